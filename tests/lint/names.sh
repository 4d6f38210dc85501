#!/bin/sh
# Files are nouns; folders are layers; sources stay short enough to read in one sitting.
. "$(dirname "$0")/lint.sh"
tracked . | grep -E '(^|/)(util|utils|misc|common|helper|helpers|manager)(\.[a-z]+)?(/|$)' |
    sed 's|$|: not a name that says what is in it|' >>"$found" || true
c_files engine include | xargs wc -l | while read -r lines file; do
    limit=480 # the aim is 400
    case $file in
    total) continue ;;
    include/hedui/*) limit=150 ;;
    engine/cel/parse.c) limit=680 ;; # the grammar in one piece, for now
    esac
    if [ "$lines" -gt "$limit" ]; then
        echo "$file:$lines: longer than $limit lines"
    fi
done >>"$found"
finish
