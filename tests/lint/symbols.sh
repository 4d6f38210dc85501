#!/bin/sh
# Every global of library, demo and program begins with hedui_; so do the names of critical
# sections, which the compiler makes globals of. $2: file that lists the objects.
. "$(dirname "$0")/lint.sh"
xargs nm -A -g --defined-only <"$2" | awk '
    $NF !~ /^(hedui_|__odr_asan|__asan_|__tsan_|__ubsan_|\.gomp_critical_user_hedui_|main$)/ {
        sub(/:.*/, "", $1)
        print $1 ": global without hedui_: " $NF
    }' >>"$found"
finish
