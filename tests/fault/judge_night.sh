# judge_night.sh done|failed UNDISTURBED, in a copy of what a struck night left: the checks 2 to 5 of
# README.md; and who said done has written the same reports as one that nothing struck.
# Wants PROGRAM, DAY, WHOLE (the digest after a whole night).
set -u
export HEDUI_LANG=en
wrong() {
    echo "$1"
    exit 1
}
archived() {
    for f in archive/*.gz; do
        [ -e "$f" ] || continue
        [ "$(sha256sum <"$f" | cut -c1-64).gz" = "${f#archive/}" ] || wrong "$f holds other bytes"
    done
}
archived
if [ -s hedui.db ]; then
    state=$("$PROGRAM" db digest -q) || wrong 'the store does not open'
    [ "$1" != "done" ] || [ "$state" = "$WHOLE" ] || wrong 'it said done, and is not'
elif [ "$1" = "done" ]; then
    wrong 'it said done, and there is no store'
fi
if [ "$1" = "done" ]; then
    diff -r out "$2/out" || wrong 'it said done, and reports are missing'
    diff -r archive "$2/archive" || wrong 'it said done, and the archive is another'
fi
if ! "$PROGRAM" runs list 2>/dev/null | grep -q "R$(echo "$DAY" | tr -d -)-01"; then
    "$PROGRAM" run --as-of "$DAY" --threads 1 -q || [ $? = 3 ] || wrong 'the next night fails'
fi
state=$("$PROGRAM" db digest -q) || wrong 'the store does not open after the next night'
[ "$state" = "$WHOLE" ] || wrong 'the next night comes to another state'
"$PROGRAM" db check -q || wrong 'db check finds something'
archived
