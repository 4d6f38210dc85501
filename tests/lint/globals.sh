#!/bin/sh
# No object may be written to after start: nothing in .data, .bss or thread-local storage. Asked of
# a build without sanitizers, which bring their own; the lock of an OpenMP critical section is the
# runtime's. $2: file that lists the objects.
. "$(dirname "$0")/lint.sh"
xargs objdump -t <"$2" | awk '
    /file format/ { object = $1; next }
    $0 !~ / d  / && $0 !~ / \.data\.rel\.ro/ && $NF !~ /^\.gomp_critical_user_/ &&
    / (\.data|\.bss|\.tdata|\.tbss|\*COM\*)(\.[A-Za-z0-9_.]+)?\t/ {
        print object " can be written to: " $NF
    }' >>"$found"
finish
