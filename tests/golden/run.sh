#!/bin/sh
# run.sh ROOT PROGRAM CASE [accept]: runs each line of CASE/commands in an empty folder and compares
# the transcript with CASE/expected: the line after "$ ", what it wrote to standard output, what it
# wrote to standard error after "! ", and its exit code in brackets unless 0.
set -eu
root=$1 program=$2 case=$3 mode=${4:-compare}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/here"
ln -s "$program" "$work/bin/hedui"
cd "$work/here"
while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    echo "\$ $line"
    code=0
    env -i PATH="$work/bin:/usr/bin:/bin" HOME="$work" LANG=C.UTF-8 TERM=dumb ROOT="$root" \
        ASAN_OPTIONS="${ASAN_OPTIONS:-}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" \
        sh -c "$line" >"$work/out" 2>"$work/err" </dev/null || code=$?
    cat "$work/out"
    sed 's/^/! /' "$work/err"
    if [ "$code" != 0 ]; then
        echo "[$code]"
    fi
done <"$root/tests/golden/$case/commands" |
    sed -E -e "s|$work/here|<here>|g" -e "s|$root|<root>|g" \
        -e 's/(SHA-256 |"sha256":")[0-9a-f]+/\1<digest>/' >"$work/transcript"
if [ "$mode" = accept ]; then
    cp "$work/transcript" "$root/tests/golden/$case/expected"
else
    diff -u "$root/tests/golden/$case/expected" "$work/transcript"
fi
