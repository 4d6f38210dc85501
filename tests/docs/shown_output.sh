#!/bin/sh
# shown_output.sh ROOT PROGRAM: output that a document shows is output. A block ```text begins with
# `$ hedui …`; its lines stand in what the command prints, in that order; … is what is left out. The
# county is that of `hedui demo county --households 1000`.
set -eu
root=$1 hedui=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/here"
ln -s "$hedui" "$work/bin/hedui"
export PATH="$work/bin:$PATH" LANG=C.UTF-8 TERM=dumb
cd "$work/here"
hedui demo county --households 1000 -q >"$work/out" 2>&1 || {
    cat "$work/out"
    exit 1
}
blocks=0 wrong=0

# stands BLOCK OUTPUT: the first line of the block that is not in the output after those before it
stands() {
    awk 'NR == FNR { line[++n] = $0; next }
         at < n && FNR == 1 { at = 1 }
         { while (line[at] == "…") at++ }
         at <= n && $0 == line[at] { at++ }
         END { while (at <= n && line[at] == "…") at++; if (at <= n) { print line[at]; exit 1 } }' "$1" "$2"
}

printf 'a\n…\nc\n' >block && printf 'a\nb\nc\n' >out
stands block out || wrong=1
printf 'c\na\n' >block
if stands block out >/dev/null; then
    echo 'the test does not notice a wrong order'
    wrong=1
fi

for document in "$root"/README.md "$root"/README.zh-CN.md "$root"/docs/*.md; do
    rm -f block-*
    awk '/^```text/ { on = 1; name = sprintf("block-%03d", ++n); next }
         /^```/ { on = 0 } on { print > name }' "$document"
    for block in block-*; do
        [ -e "$block" ] || continue
        command=$(sed -n '1s/^\$ //p' "$block")
        case $command in
        hedui*) ;;
        *)
            echo "$document: a block without a command: $(head -n 1 "$block")"
            wrong=1
            continue
            ;;
        esac
        sed 1d "$block" >lines
        sh -c "$command" >out 2>&1 </dev/null || true
        if ! line=$(stands lines out); then
            echo "${document#"$root/"}: $command does not print: $line"
            wrong=1
        fi
        blocks=$((blocks + 1))
    done
done
if [ $blocks -lt 4 ]; then
    echo "only $blocks blocks were found"
    wrong=1
fi
exit $wrong
