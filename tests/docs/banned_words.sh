#!/bin/sh
# banned_words.sh ROOT: one word per idea. The last column of the glossary holds words that nobody is
# to read: not in the program's texts, not in layouts, rules, reports or documents.
set -eu
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
glossary=$root/docs/术语表.md

sed -n 's/^| .* | \([^|]*\) |$/\1/p' "$glossary" | sed -e 1d -e '/^---/d' -e 's/、/\n/g' >"$work/banned"
if [ "$(wc -l <"$work/banned")" -lt 30 ] || grep -q '^$' "$work/banned"; then
    echo 'the words were not found in the glossary'
    exit 1
fi

# look TREE: where one of the words stands
look() {
    (cd "$1" && find . -path ./build -prune -o -path ./.git -prune -o -path ./tests -prune -o -type f \( \
        -name '*.c' -o -name '*.h' -o -name '*.def' -o -name '*.sql' -o -name '*.yaml' -o -name '*.md' -o \
        -name '*.5' -o -name '*.sh' -o -name '*.css' \) ! -name 术语表.md -print0 |
        xargs -0 grep -nFf "$work/banned" /dev/null)
}

# each of them is noticed where it would stand
mkdir "$work/tree"
while IFS= read -r word; do
    printf 'static const char text[] = "请看%s。";\n' "$word" >"$work/tree/text.c"
    if ! look "$work/tree" | grep -qF "$word"; then
        echo "the test does not notice $word"
        exit 1
    fi
done <"$work/banned"

if look "$root" >"$work/found"; then
    cat "$work/found"
    echo 'the glossary (docs/术语表.md) has other words for these'
    exit 1
fi
