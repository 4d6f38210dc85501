#!/bin/sh
# full.sh PROGRAM SIZES: a night on a disk that is too small for it, at SIZES sizes from nothing left to
# nearly enough, then on one that was given more room. Real disks of memory, mounted in a name space of
# our own; exit 77 where that is not allowed.
set -eu
if [ "${FULL_DISK:-}" != here ]; then
    if ! unshare -rm true 2>/dev/null; then
        echo "skipped: no disk may be mounted here"
        exit 77
    fi
    FULL_DISK=here exec unshare -rm sh "$0" "$@"
fi
program=$1 sizes=$2 tools='' points=0
. "$(dirname "$0")/county.sh"
second_night

disk=$work/disk
mkdir "$disk"
: >"$work/said"
mount -t tmpfs -o size=64m none "$disk" 2>/dev/null || skip "no disk may be mounted here"
umount "$disk"
trap 'umount "$disk" 2>/dev/null || true; rm -rf "$work"' EXIT

wrong=0
fail() { # WHAT
    echo "$night night, $left KiB left, exit $code: $1"
    cat "$work/told" "$work/said"
    wrong=$((wrong + 1))
}
# What the store says, and which files there are beside it.
state() {
    "$program" db digest -q
    find . -type f ! -name 'hedui.db-*' ! -name '*.lock' | sort
}
run() { "$program" run --as-of 2014-07-06 --threads 1 -q >"$work/told" 2>&1; }
used() { df -k --output=used "$disk" | tail -n 1; }

for night in first second; do
    # A whole night: its state, and how much room is taken once it has ended. While it runs its log
    # takes more, at least a page of 16 KiB for each table and index: four times as much and a
    # thousand KiB are enough.
    mount -t tmpfs -o size=64m none "$disk"
    cp -R "$work/$night/." "$disk"
    before=$(used)
    (cd "$disk" && run || [ $? = 3 ]) && (cd "$disk" && state) >"$work/whole"
    taken=$(($(used) - before)) struck=0 stored=0 ended=0 i=0
    umount "$disk"
    while [ $i -le "$sizes" ]; do
        left=$(((4 * taken + 1024) * i / sizes)) code=0
        i=$((i + 1))
        mount -t tmpfs -o size=$((before + left))k none "$disk"
        cp -R "$work/$night/." "$disk"
        (cd "$disk" && run) || code=$?
        case $code in
        0 | 3)
            ended=$((ended + 1))
            (cd "$disk" && state) | cmp -s - "$work/whole" || fail 'ended, yet the state is another'
            ;;
        6)
            struck=$((struck + 1))
            grep -q '磁盘已满' "$work/told" || fail 'does not say that the disk is full'
            ;;
        *) fail 'another exit code than that of a full disk' ;;
        esac
        mount -o remount,size=64m "$disk"
        if [ -s "$disk/hedui.db" ]; then
            (cd "$disk" && "$work/sound") >"$work/said" 2>&1 || fail 'the store is not sound'
        fi
        (cd "$disk" && "$work/archived") >"$work/said" 2>&1 || fail 'the archive holds other bytes'
        if grep -q E8011 "$work/told"; then # all but the reports, which are made again as the advice says
            (cd "$disk" && "$program" report build run R20140706-01 -q) || fail 'no reports with room'
            stored=$((stored + 1))
        elif [ $code = 6 ]; then
            (cd "$disk" && run) || [ $? = 3 ] || fail 'with room it does not end either'
        fi
        if [ $code = 6 ]; then
            (cd "$disk" && state) | cmp - "$work/whole" >"$work/said" 2>&1 ||
                fail 'with room it comes to another state'
        fi
        umount "$disk"
    done
    echo "$night night: $taken KiB taken, stopped $struck times ($stored in its reports), ended $ended times"
    [ $struck -gt 0 ] && [ $ended -gt 0 ]
done
echo "$wrong wrong"
[ $wrong = 0 ]
