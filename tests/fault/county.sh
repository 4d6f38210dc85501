# shellcheck shell=sh disable=SC2154,SC2164
# county.sh: what sweep.sh, purge.sh, full.sh and allocations.sh begin with; sourced, with program, points and tools
# set. Leaves a folder `work` with the tools built, unless tools is empty, and a county in $work/first;
# exits 77 when something needed is not there.
skip() {
    echo "skipped: $1"
    exit 77
}

if [ -n "$tools" ]; then
    [ -f "$tools/faultrun.c" ] || skip "the fault tools are not there"
    [ "$(uname -m)" = x86_64 ] || skip "the fault tools know x86-64 only"
    for need in python3 gcc awk; do
        command -v $need >/dev/null || skip "needs $need"
    done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 143' HUP INT TERM
export LC_ALL=C
mkdir "$work/tools"
if [ -n "$tools" ]; then
    cp "$tools/sweep.py" "$work/tools/"
    gcc -O1 "$tools/faultrun.c" -o "$work/tools/faultrun"
fi

# What this night knows of: three rules over four registers. Every layout and rule goes into the
# archive as a file of its own, so that few of them make a whole sweep one of hours, not of days.
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work/share/feeds/codes"
cp -R "$here/share/rules" "$work/share/"
for feed in caseload_household caseload_member household_register death_cremation vehicle pension; do
    cp "$here/../../feeds/$feed.yaml" "$work/share/feeds/"
done
for code in $(cat "$work"/share/feeds/*.yaml | grep -o '[a-z_0-9]*' | sort -u); do
    if [ -f "$here/../../feeds/codes/$code.yaml" ]; then
        cp "$here/../../feeds/codes/$code.yaml" "$work/share/feeds/codes/"
    fi
done

# A county of two dozen households, most of them flagged, out of an invented one: few enough for
# thousands of runs.
"$program" demo "$work/county" --households 1000 --seed 3 -q >/dev/null 2>&1
mkdir -p "$work/first/inbox" "$work/first/archive" "$work/first/out"
sed 's/^packs:.*/packs: [small]/' "$work/county/hedui.yaml" >"$work/first/hedui.yaml"
cp "$work/county/areas.csv" "$work/first/"
{
    grep -ao '^DB[0-9]*' "$work"/county/out/*疑点清单*.csv | uniq | head -n 18
    printf '%s\n' DB0000000201 DB0000000202 DB0000000203 DB0000000204 DB0000000205 DB0000000206
} | sort -u >"$work/households"
keep() { # FILE PATTERNS: its first two lines, title or header, and those that hold a pattern
    gzip -dc "$work/county/inbox/$1" >"$work/text"
    sed -n 1,2p "$work/text"
    sed 1,2d "$work/text" | grep -aF -f "$2"
}
for name in caseload-household-20140705 caseload-member-20140705 hukou-20140630 death-cremation-20140630 \
    veh-201406 pension-201406; do
    name=$name.csv.gz
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

export HEDUI_SHARE="$work/share"

# The night after that one: its store, released, and a newer delivery with one car less.
first_night() { # TREE
    cd "$1"
    "$program" run --as-of 2014-07-05 -q >/dev/null 2>&1 || [ $? = 3 ]
    "$program" runs publish R20140705-01 --person 王主任 --reason 已核实 --yes -q >/dev/null 2>&1 || true
    "$program" runs list | grep R20140705-01 | grep -q 已发布
    [ "$("$program" runs show R20140705-01 | grep -c '已采用')" -ge 5 ]
    [ "$(cat out/*疑点清单*.csv | wc -l)" -ge 10 ]
}

second_night() { # makes $work/second
    cp -R "$work/first" "$work/second"
    (
        first_night "$work/second"
        gzip -dc inbox/veh-201406.csv.gz | sed '$d' | gzip -nc >inbox/veh-201407.csv.gz
        rm -f hedui.db.lock
    )
}

# Two nights, both released. The second reads every delivery in other bytes, so that of the first
# those go that no flag has cited, with its listing and what it knew of earlier nights.
purge_night() { # makes $work/purge, and of before and after a purge: $work/states, before, after
    purge="$program db purge --before 2014-07-06 --person 王主任 --reason 保存期满 --yes -q"
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
    # the store's two states, and how many files of each kind the purge takes
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
}

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
chmod +x "$work/sound" "$work/archived"
every=0
if [ "$points" != all ]; then
    every=$points
fi
file_modes='kill power:0 power:1 power:2 power:3 power:4 power:5 ENOSPC ENOSPC+ EIO EIO+ EINTR short lost'
