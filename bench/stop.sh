#!/bin/sh
# stop.sh PROGRAM FOLDER HOUSEHOLDS TIMES: a night over a county is told to stop at moments spread over
# its length; how long until it is gone, in milliseconds: median and maximum. Nothing is asserted.
set -eu
program=$1 folder=$2 households=$3 times=$4
export LC_ALL=C
mkdir -p "$folder"
[ -d "$folder/county" ] ||
    "$program" demo "$folder/county" --households "$households" --seed 1 -q >/dev/null 2>&1 || [ $? = 3 ]
now() { date +%s%N; }
clear_out() { rm -rf "$folder"/county/hedui.db* "$folder"/county/out/* && mkdir -p "$folder/county/out"; }
night() { "$program" run -C "$folder/county" --as-of 2014-07-05 -q >/dev/null 2>&1; }
clear_out
began=$(now)
night || [ $? = 3 ]
whole=$((($(now) - began) / 1000000))
: >"$folder/waits"
n=0
while [ $n -lt "$times" ]; do
    n=$((n + 1))
    clear_out
    after=$((whole * n / (times + 1)))
    "$program" run -C "$folder/county" --as-of 2014-07-05 -q >/dev/null 2>&1 &
    pid=$!
    sleep "$((after / 1000)).$(printf %03d $((after % 1000)))"
    began=$(now)
    kill -TERM $pid 2>/dev/null || continue # it was quicker
    code=0
    wait $pid || code=$?
    [ $code != 143 ] || echo "$((($(now) - began) / 1000000)) $after" >>"$folder/waits"
done
sort -n "$folder/waits" >"$folder/sorted"
stopped=$(wc -l <"$folder/sorted")
echo "a night of $households households: $whole ms; stopped $stopped times of $times"
[ "$stopped" = 0 ] || echo "from SIGTERM to exit: median $(sed -n "$(((stopped + 1) / 2))p" "$folder/sorted" | cut -d' ' -f1) ms, maximum $(tail -n 1 "$folder/sorted" | cut -d' ' -f1) ms ($(tail -n 1 "$folder/sorted" | cut -d' ' -f2) ms after the start)"
