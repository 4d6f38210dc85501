#!/bin/sh
# purge.sh PROGRAM TOOLS POINTS: strike `hedui db purge` at its file operations and allocations, one at
# a time, and judge what is left. See sweep.sh for the words.
set -eu
program=$1 tools=$2 points=$3
. "$(dirname "$0")/county.sh"

# Two nights, both released. The second reads every delivery in other bytes, so that of the first
# those go that no flag has cited, with its listing and what it knew of earlier nights.
cp -R "$work/first" "$work/purge"
(
    first_night "$work/purge"
    for file in inbox/*.gz; do
        gzip -dc "$file" | gzip -1nc >"$work/text"
        cp "$work/text" "$file"
    done
    "$program" run --as-of 2014-07-06 -q >/dev/null 2>&1 || [ $? = 3 ]
    "$program" runs publish R20140706-01 --person 王主任 --reason 已核实 --yes -q >/dev/null 2>&1 || true
    "$program" runs list | grep R20140706-01 | grep -q 已发布
    rm -f hedui.db.lock
)
purge="$program db purge --before 2014-07-06 --person 王主任 --reason 保存期满 --yes -q"

# Before and after: the store's two states, and how many files of each kind the purge takes.
cp -R "$work/purge" "$work/purged"
(
    cd "$work/purge" && "$program" db digest -q >"$work/states" && ls archive >"$work/before"
    cd "$work/purged" && $purge >/dev/null && "$program" db digest -q >>"$work/states" &&
        ls archive >"$work/after"
)
[ "$(sort -u "$work/states" | wc -l)" = 2 ]
for ending in gz listing input; do
    gone=$(($(grep -c "$ending$" "$work/before") - $(grep -c "$ending$" "$work/after")))
    echo "$gone .$ending go"
    [ "$gone" -ge 1 ]
done

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
run 'purge: memory' "$work/digest" --max "$allocations" --modes 'oom oom+' --check "$work/check"
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
