#!/bin/sh
# signals.sh PROGRAM: a night that is told to stop at several moments ends soon, with the exit code
# of the signal and flags as they were; the one after it succeeds.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C
unset HEDUI_LANG 2>/dev/null || true
"$program" demo county --households 4000 --seed 7 -q >/dev/null 2>&1
rm -f county/hedui.db* county/out/*
fail() {
    echo "$1"
    cat told
    exit 1
}
stopped=0
for signal in TERM:143 INT:130 HUP:129; do
    name=${signal%:*} code=${signal#*:}
    for after in 0.05 0.2 0.4 0.8 1.6 3.2; do
        # a shell starts what is in the background with SIGINT ignored: a program in between undoes it
        env --default-signal=INT "$program" run -C county --as-of 2014-07-05 --threads 4 -q \
            >/dev/null 2>told &
        night=$!
        sleep "$after"
        kill -"$name" "$night" 2>/dev/null || true
        got=0
        wait "$night" || got=$?
        case $got in
        0 | 3) break ;; # it was quicker: nothing is left to stop
        "$code")
            # before the program watches for signals, and once the night has ended and it only leaves, it
            # ends by them as any program does
            if [ ! -s told ] && [ -e county/hedui.db ] && "$program" runs list -C county | grep -q ^R2; then
                [ "$(ls county/out | wc -l)" = 6 ] || fail "$name after $after: a run without its reports"
                break
            fi
            [ "$after" = 0.05 ] || grep -q '^错误 E5023  核对被中止' told || fail "$name after $after: not told"
            stopped=$((stopped + 1))
            ;;
        *) fail "$name after $after: exit code $got" ;;
        esac
        [ ! -e county/hedui.db ] || ! "$program" runs list -C county | grep -q ^R2 ||
            fail "$name after $after: there is a run"
        [ "$(ls county/out | wc -l)" = 0 ] || fail "$name after $after: there is a report"
    done
    rm -f county/hedui.db* county/out/*
done
[ "$stopped" -ge 3 ] || fail "only $stopped nights were stopped"
env --default-signal=INT "$program" --lang en run -C county --as-of 2014-07-05 --threads 4 -q 2>told &
sleep 0.2
kill -TERM $! && ! wait $!
grep -q '^error E5023 ' told || fail 'not told in English'
"$program" run -C county --as-of 2014-07-05 -q 2>told || [ $? = 3 ] || fail 'the night after'
"$program" db check -C county -q || fail 'the store after'
[ "$(ls -A county/archive | grep -c -e '^\.' -e '\.gz\.')" = 0 ] || fail 'half a copy is left'
echo "$stopped nights stopped"
