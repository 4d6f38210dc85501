#!/bin/sh
# sweep.sh PROGRAM TOOLS POINTS: strike a small run at its file operations and allocations, one at a
# time, and judge what is left. PROGRAM is built without sanitizers. TOOLS holds faultrun.c,
# oomfail.c and sweep.py (see README.md). POINTS: so many a mode, spread evenly; `all`: every file
# operation, and 3,000 of the hundred thousand allocations. Exit 77 when something needed is not there.
set -eu
program=$1 tools=$2 points=$3

skip() {
    echo "skipped: $1"
    exit 77
}

[ -f "$tools/faultrun.c" ] || skip "the fault tools are not there"
[ "$(uname -m)" = x86_64 ] || skip "the fault tools know x86-64 only"
for need in python3 gcc gzip awk; do
    command -v $need >/dev/null || skip "needs $need"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
mkdir "$work/tools"
cp "$tools/sweep.py" "$work/tools/"
gcc -O1 "$tools/faultrun.c" -o "$work/tools/faultrun"
gcc -O1 -shared -fPIC "$tools/oomfail.c" -o "$work/tools/oomfail.so"

# A county of two dozen households, most of them flagged, out of an invented one: few enough for
# thousands of runs.
"$program" demo "$work/county" --households 1000 --seed 3 -q >/dev/null 2>&1
mkdir -p "$work/first/inbox" "$work/first/archive" "$work/first/out"
cp "$work/county/hedui.yaml" "$work/county/areas.csv" "$work/first/"
{
    grep -ao '^DB[0-9]*' "$work"/county/out/*疑点清单*.csv | uniq | head -n 18
    printf '%s\n' DB0000000201 DB0000000202 DB0000000203 DB0000000204 DB0000000205 DB0000000206
} | sort -u >"$work/households"
keep() { # FILE PATTERNS: its first two lines, title or header, and those that hold a pattern
    gzip -dc "$work/county/inbox/$1" >"$work/text"
    sed -n 1,2p "$work/text"
    sed 1,2d "$work/text" | grep -aF -f "$2"
}
for file in "$work"/county/inbox/*.gz; do
    name=$(basename "$file")
    case $name in
    caseload-household-*) keep "$name" "$work/households" ;;
    caseload-member-*)
        keep "$name" "$work/households" >"$work/members"
        grep -ao '[0-9]\{17\}[0-9X]' "$work/members" >"$work/people"
        cat "$work/members"
        ;;
    *) keep "$name" "$work/people" ;;
    esac | gzip -nc >"$work/first/inbox/$name"
done

# The second night: the store of the first, released, and a newer delivery with one car less.
cp -R "$work/first" "$work/second"
(
    cd "$work/second"
    "$program" run --as-of 2014-07-05 -q >/dev/null 2>&1 || [ $? = 3 ]
    "$program" runs publish R20140705-01 --person 王主任 --reason 已核实 --yes -q >/dev/null 2>&1 || true
    "$program" runs list | grep R20140705-01 | grep -q 已发布
    [ "$("$program" runs show R20140705-01 | grep -c '已采用')" -ge 5 ]
    [ "$(cat out/*疑点清单*.csv | wc -l)" -ge 10 ]
    gzip -dc inbox/veh-201406.csv.gz | sed '$d' | gzip -nc >inbox/veh-201407.csv.gz
    rm -f hedui.db.lock
)

gcc -O1 -static "$(dirname "$0")/night.c" -o "$work/tools/night"
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
cat >"$work/sound" <<END
#!/bin/sh
"$program" db check -q
END
cat >"$work/archived" <<'END'
#!/bin/sh
# Every archived delivery holds the bytes that its name promises.
cd archive && for f in *.gz; do
    [ -e "$f" ] || continue
    [ "$(sha256sum <"$f" | cut -c1-64).gz" = "$f" ] || { echo "$f holds other bytes"; exit 1; }
done
END
chmod +x "$work/digest" "$work/again" "$work/latest" "$work/sound" "$work/archived"

# run NAME TREE DIGEST [option of sweep.py ...]
failed=0
run() {
    echo "== $1"
    tree=$work/$2 digest=$3
    shift 3
    "$work/tools/sweep.py" --tree "$tree" --run "$night" --digest "$digest" \
        --check "$work/archived" --staged "$@" || failed=1
}

every=0 allocations=3000
if [ "$points" != all ]; then
    every=$points allocations=$points
fi
file_modes='kill power:0 power:1 power:2 power:3 power:4 power:5 ENOSPC ENOSPC+ EIO EIO+ EINTR short lost'

for night_of in first second; do
    run "$night_of night: files" $night_of "$work/digest" --max "$every" --modes "$file_modes"
    run "$night_of night: memory" $night_of "$work/digest" --max "$allocations" --modes 'oom oom+'
done
run 'second night: the recovery struck as well' second "$work/digest" --max "$every" --compound \
    --modes 'kill power:0 power:3 ENOSPC+ EIO+ lost'
run 'another run meanwhile' second "$work/latest" --max "$every" --modes meanwhile \
    --meanwhile "$work/again"
run 'the newest delivery replaced meanwhile' second "$work/sound" --max "$every" --modes meanwhile \
    --meanwhile "cp inbox/veh-201406.csv.gz inbox/.new && mv inbox/.new inbox/veh-201407.csv.gz"
exit $failed
