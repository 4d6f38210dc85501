# judge_purge.sh done|failed UNDISTURBED, in a copy of what a struck purge left: the checks of README.md.
# Wants PROGRAM and BEFORE_AND_AFTER, a folder: states (the digests), before and after (what the archive
# holds), purge (the command).
set -u
export HEDUI_LANG=en
wrong() {
    echo "$1"
    exit 1
}
archived() {
    for f in archive/*.gz; do
        [ "$(sha256sum <"$f" | cut -c1-64).gz" = "${f#archive/}" ] || wrong "$f holds other bytes"
    done
}
"$PROGRAM" db check -q || wrong 'db check finds something'
archived
state=$("$PROGRAM" db digest -q) || wrong 'the store does not open'
before=$(head -n 1 "$BEFORE_AND_AFTER/states") after=$(tail -n 1 "$BEFORE_AND_AFTER/states")
case $state in
"$before")
    ls archive | cmp -s - "$BEFORE_AND_AFTER/before" || wrong 'gone before it was on record'
    [ "$1" = failed ] || wrong 'it said done, and is not'
    ;;
"$after")
    [ "$1" = failed ] || ls archive | cmp -s - "$BEFORE_AND_AFTER/after" || wrong 'it said done, and files are left'
    ;;
*) wrong 'neither before nor after' ;;
esac
diff -r out "$2/out" || wrong 'reports changed'
"$PROGRAM" replay R20140706-01 --threads 1 -q >/dev/null || wrong 'the kept run is another'
sh "$BEFORE_AND_AFTER/purge" || wrong 'the next purge fails'
[ "$("$PROGRAM" db digest -q)" = "$after" ] || wrong 'the next purge comes to another state'
ls archive | cmp -s - "$BEFORE_AND_AFTER/after" || wrong 'the next purge leaves files'
"$PROGRAM" db check -q || wrong 'db check finds something after the next purge'
archived
