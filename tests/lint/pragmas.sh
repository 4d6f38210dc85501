#!/bin/sh
# Threads start in four files only, and say what they share.
. "$(dirname "$0")/lint.sh"
c_files engine include | grep -vxE 'engine/run/(scan|gather|judge|assemble)\.c' |
    refuse 'pragma outside run/{scan,gather,judge,assemble}.c' '^ *# *pragma|_Pragma'
for file in engine/run/scan.c engine/run/gather.c engine/run/judge.c engine/run/assemble.c; do
    if [ -f "$file" ]; then
        # the directive with its continued lines
        sed -e ':a' -e '/\\$/{N' -e 's/\\\n//' -e 'ba' -e '}' "$file" |
            grep -E '^ *# *pragma omp.*parallel' | grep -v 'default(none)' |
            sed "s|^|$file: without default(none): |" >>"$found" || true
    fi
done
finish
