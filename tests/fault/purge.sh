#!/bin/sh
# purge.sh PROGRAM TOOLS POINTS: strike `hedui db purge` at its file operations, one at a time, and judge
# what is left. See sweep.sh for the words.
set -eu
program=$1 tools=$2 points=$3
. "$(dirname "$0")/county.sh"

purge_night

cat >"$work/digest" <<END
#!/bin/sh
"$program" db digest -q && ls archive
END
# Whatever struck: the store is as before or as after, with all that it needs in the archive, and the
# kept run can be made again from that. Nothing went from the archive before that was on record.
cat >"$work/check" <<END
#!/bin/sh
export HEDUI_LANG=en
"$work/sound" || exit 1
"$work/archived" || exit 1
state=\$("$program" db digest -q)
grep -q "^\$state\$" "$work/states" || { echo "neither before nor after"; exit 1; }
if [ "\$state" = "\$(head -n 1 "$work/states")" ]; then
    ls archive | cmp -s - "$work/before" || { echo "gone before it was on record"; exit 1; }
fi
"$program" replay R20140706-01 --threads 1 -q >/dev/null || { echo "the kept run is another"; exit 1; }
END
cat >"$work/night" <<END
#!/bin/sh
"$program" run --as-of 2014-07-07 --threads 1 -q >/dev/null 2>&1
true
END
chmod +x "$work/digest" "$work/check" "$work/night"

failed=0
run() { # NAME DIGEST [option of sweep.py ...]
    echo "== $1"
    digest=$2
    shift 2
    "$work/tools/sweep.py" --tree "$work/purge" --run "$purge" --digest "$digest" --staged "$@" ||
        failed=1
}
run 'purge: files' "$work/digest" --max "$every" --modes "$file_modes" --check "$work/check"
run 'purge: the second struck as well' "$work/digest" --max "$every" --compound \
    --modes 'kill power:0 power:3 ENOSPC+ EIO+ lost'
# Killed before the last file, an input that only the record names by then: a second purge, for which
# nothing is left to purge, deletes it.
echo '== purge: killed before its last file'
strike() { # POINT
    rm -rf "$work/struck"
    cp -R "$work/purge" "$work/struck"
    (cd "$work/struck" && "$work/tools/faultrun" -p "$work/struck" -n "$1" -m kill -o "$work/status" -- \
        $purge >/dev/null 2>&1) || true
}
strike 0
point=$(sed 's/^ops=\([0-9]*\).*/\1/' "$work/status") least=$((point - 30))
until grep -q ' at=n:.*\.input' "$work/status"; do
    point=$((point - 1))
    [ $point -gt $least ]
    strike $point
done
(cd "$work/struck" && $purge && ls archive | cmp - "$work/after") || failed=1
run 'purge: a night meanwhile' "$work/sound" --max "$every" --modes meanwhile \
    --meanwhile "$work/night" --check "$work/archived"
exit $failed
