#!/bin/sh
# Files are nouns; folders are layers; sources stay short enough to read in one sitting.
. "$(dirname "$0")/lint.sh"
tracked . | grep -E '(^|/)(util|utils|misc|common|helper|helpers|manager)(\.[a-z]+)?(/|$)' |
    sed 's|$|: not a name that says what is in it|' >>"$found" || true
for file in $(c_files engine include); do
    lines=$(wc -l <"$file")
    limit=480 # the aim is 400
    case $file in include/hedui/*) limit=150 ;; esac
    if [ "$lines" -gt "$limit" ]; then
        echo "$file:$lines: longer than $limit lines" >>"$found"
    fi
done
finish
