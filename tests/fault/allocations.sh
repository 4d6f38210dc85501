#!/bin/sh
# allocations.sh PROGRAM STRIKER PRELOAD POINTS: let allocations of a first night, a second night and a
# purge fail, one at a time, alone and with all that follow. POINTS: so many of each, drawn anew each time
# (FAULT_SEED repeats it); `all`: every one. STRIKER is built of allocations.c, PRELOAD of starve.c.
# FAULT_SECONDS stops it after so long, FAULT_JOBS are struck at once.
set -eu
program=$1 striker=$2 preload=$3 points=$4 tools=''
. "$(dirname "$0")/county.sh"

second_night
purge_night
export PROGRAM="$program" TMPDIR="$work"
seed=${FAULT_SEED:-$(date +%s)}
few=$points alone=10
if [ "$points" = all ]; then
    few=0 alone=200
fi
echo "seed $seed"

# The purge first, the longest last: it is the one that is cut short.
end=$(($(date +%s) + ${FAULT_SECONDS:-0}))
left() { # seconds that remain; 0: no end was set
    rest=$((end - $(date +%s)))
    if [ "${FAULT_SECONDS:-0}" = 0 ]; then
        echo 0
    else
        echo $((rest > 1 ? rest : 1))
    fi
}

failed=0
strike() { # NAME TREE JUDGE COMMAND ...
    name=$1 tree=$2 judge=$here/$3
    shift 3
    "$striker" "$name" "$tree" "$preload" "$judge" points="$few" seed="$seed" alone="$alone" \
        jobs="${FAULT_JOBS:-2}" seconds="$(left)" -- "$@" || failed=1
}
night() { # NAME TREE DAY
    export DAY="$3"
    cp -R "$2" "$work/whole"
    WHOLE=$(cd "$work/whole" && "$program" run --as-of "$DAY" --threads 1 -q >/dev/null && "$program" db digest -q)
    export WHOLE
    rm -rf "$work/whole"
    strike "$1" "$2" judge_night.sh "$program" run --as-of "$DAY" --threads 1 -q
}
mkdir "$work/sides"
mv "$work/states" "$work/before" "$work/after" "$work/sides/"
echo "exec $purge" >"$work/sides/purge"
export BEFORE_AND_AFTER="$work/sides"
# shellcheck disable=SC2086
strike 'purge' "$work/purge" judge_purge.sh $purge
night 'second night' "$work/second" 2014-07-06
night 'first night' "$work/first" 2014-07-05
exit $failed
