#!/bin/sh
# sweep.sh PROGRAM TOOLS POINTS: strike a small run at its file operations, one at a time, and judge what
# is left. PROGRAM is built without sanitizers. TOOLS holds faultrun.c and sweep.py (see README.md).
# POINTS: so many a mode, spread evenly; `all`: every operation. Exit 77 when something needed is not
# there. Allocations: allocations.sh.
set -eu
program=$1 tools=$2 points=$3

. "$(dirname "$0")/county.sh"

second_night
gcc -O1 "$(dirname "$0")/night.c" -o "$work/tools/night"
night="$work/tools/night $program 2014-07-06"
cat >"$work/digest" <<END
#!/bin/sh
[ -s hedui.db ] || { echo 'no store yet'; exit 0; }
"$program" db digest -q
END
cat >"$work/again" <<END
#!/bin/sh
"$program" run --as-of 2014-07-06 --threads 1 -q
END
cat >"$work/latest" <<END
#!/bin/sh
# What the latest run found, whatever its number, and a store that is sound.
"$program" db check -q && "$program" runs list --json | grep -o '"digest":"[0-9a-f]*"' | tail -n 1
END
chmod +x "$work/digest" "$work/again" "$work/latest"

# run NAME TREE DIGEST [option of sweep.py ...]
failed=0
run() {
    echo "== $1"
    tree=$work/$2 digest=$3
    shift 3
    "$work/tools/sweep.py" --tree "$tree" --run "$night" --digest "$digest" \
        --check "$work/archived" --staged "$@" || failed=1
}

for night_of in first second; do
    run "$night_of night: files" $night_of "$work/digest" --max "$every" --modes "$file_modes"
done
run 'second night: the recovery struck as well' second "$work/digest" --max "$every" --compound \
    --modes 'kill power:0 power:3 ENOSPC+ EIO+ lost'
run 'another run meanwhile' second "$work/latest" --max "$every" --modes meanwhile \
    --meanwhile "$work/again"
run 'the newest delivery replaced meanwhile' second "$work/sound" --max "$every" --modes meanwhile \
    --meanwhile "cp inbox/veh-201406.csv.gz inbox/.new && mv inbox/.new inbox/veh-201407.csv.gz"
exit $failed
