#!/bin/sh
# Every global of library, demo and program begins with hedui_; so do the names of critical
# sections, which the compiler makes globals of. $2: file that lists the objects.
. "$(dirname "$0")/lint.sh"
while read -r object; do
    nm -g --defined-only "$object" | awk 'NF == 3 { print $3 }' |
        grep -vE '^(hedui_|__odr_asan|__asan_|__tsan_|__ubsan_|\.gomp_critical_user_hedui_|main$)' |
        sed "s|^|$object: global without hedui_: |" >>"$found" || true
done <"$2"
finish
