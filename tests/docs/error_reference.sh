#!/bin/sh
# error_reference.sh ROOT PROGRAM: the reference has every number of the catalogue once, with the
# catalogue's own sentence and exit code; the numbers that documents name are there, and
# those in the manual's table of incidents have what to do in help too.
set -eu
root=$1 hedui=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8
sh "$root/packaging/error_reference.sh" "$hedui" "$root/include/hedui/messages" >"$work/reference.md"

# number, sentence with holes as …, straight from the text of the catalogue
sed -nE 's/^HEDUI_MESSAGE\(([0-9]+), ([0-9]+), "(([^"\\]|\\.)*)".*/\1\t\2\t\3/p' "$root"/include/hedui/messages/*.def |
    sed -E 's/\{[0-9]\}/…/g; s/\{\{/{/g; s/\}\}/}/g; s/\\(.)/\1/g' | sort -n >"$work/catalogue"
awk -F '\t' '{ print $1 "\t" $3 }' "$work/catalogue" >"$work/want"
awk '/^### E/ { number = substr($0, 6); next } number != "" && NF { sub(/  $/, ""); print number "\t" $0; number = "" }' \
    "$work/reference.md" | sort -n >"$work/have"
[ "$(wc -l <"$work/want")" = "$(grep -c '^HEDUI_MESSAGE(' "$root"/include/hedui/messages/*.def | awk -F: '{ n += $2 } END { print n }')" ] || {
    echo 'lines of the catalogue that this test cannot read'
    exit 1
}
diff "$work/want" "$work/have" || {
    echo 'the reference is not the catalogue'
    exit 1
}
while IFS='	' read -r number code _; do
    text=$(awk -v wanted="### E$number" '/^### / { on = $0 == wanted } on' "$work/reference.md")
    case $code,$text in
    *,*"退出码：$code"* | *,*核对时：* | 0,*不会使命令失败*) ;;
    *)
        echo "E$number: neither exit code $code nor what it means in a run"
        exit 1
        ;;
    esac
done <"$work/catalogue"

grep -ohE '\bE[0-9]{4}\b' "$root"/README*.md "$root"/docs/*.md | sort -u | while read -r number; do
    grep -qx "### $number" "$work/reference.md" || {
        echo "a document names $number, which is no error"
        exit 1
    }
done

sed -n '/^## 3 /,/^## 4 /p' "$root/docs/操作手册.md" | grep -oE '\bE[0-9]{4}\b' | sort -u >"$work/incidents"
[ "$(wc -l <"$work/incidents")" -ge 25 ] || {
    echo 'the table of incidents is not where it was'
    exit 1
}
while read -r number; do
    "$hedui" help "$number" | grep -q '^办法：' || {
        echo "the manual says what to do about $number, help does not"
        exit 1
    }
done <"$work/incidents"
