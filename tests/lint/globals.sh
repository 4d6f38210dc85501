#!/bin/sh
# No object may be written to after start: nothing in .data, .bss or thread-local storage. Asked of
# a build without sanitizers, which bring their own; the lock of an OpenMP critical section is the
# runtime's. $2: file that lists the objects.
. "$(dirname "$0")/lint.sh"
while read -r object; do
    objdump -t "$object" |
        awk '$0 !~ / d  / && $0 ~ / (\.data|\.bss|\.tdata|\.tbss|\*COM\*)(\.[A-Za-z0-9_.]+)?\t/ &&
             $0 !~ / \.data\.rel\.ro/ { print $NF }' | grep -v '^\.gomp_critical_user_' |
        sed "s|^|$object: can be written to: |" >>"$found" || true
done <"$2"
finish
