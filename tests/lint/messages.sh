#!/bin/sh
# The catalogue: one message a line, ascending in each file, each number once, both languages closed
# by their own full stop, exit codes 0 to 10.
. "$(dirname "$0")/lint.sh"
for file in include/hedui/messages/*.def; do
    grep -nE '^[^/ *]' "$file" |
        grep -vE '^[0-9]+:HEDUI_MESSAGE\([1-9][0-9]{3}, ([0-9]|10), ".*(。|？)", ".*[.?]"\)$' |
        sed "s|^\([0-9]*\):.*|$file:\1: not HEDUI_MESSAGE(number, exit code, \"…。\", \"….\") on one line|" \
        >>"$found" || true
    sed -nE 's/^HEDUI_MESSAGE\(([0-9]+),.*/\1/p' "$file" |
        awk -v file="$file" '$1 <= last { print file ": E" $1 " stands behind E" last } { last = $1 }' \
        >>"$found"
done
sed -nE 's/^HEDUI_MESSAGE\(([0-9]+),.*/\1/p' include/hedui/messages/*.def | sort | uniq -d |
    sed 's/^/include\/hedui\/messages: given twice: E/' >>"$found"
finish
