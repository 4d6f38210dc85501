#!/bin/sh
# A layer includes itself and those below it; the faces and the demo include <hedui/...> only.
. "$(dirname "$0")/lint.sh"
order='base value yaml text sheet cel feed caseload rule run store casework report job cli web demo'

rank() {
    n=0
    for layer in $order; do
        n=$((n + 1))
        if [ "$layer" = "$1" ]; then
            echo "$n"
            return
        fi
    done
    echo 0
}

# The layer a public header belongs to.
layer_of() {
    case $1 in
    arena | buffer | digest | err | file | span | table | log) echo base ;;
    citizen_id | date | money | month) echo value ;;
    escape | json | message) echo text ;;
    cel | cel_*) echo cel ;;
    store_* | label) echo store ;;
    feed | store | report | demo | casework | caseload | rule | run) echo "$1" ;;
    prior) echo rule ;;
    job | workspace) echo job ;;
    hedui) echo job ;;
    *) echo unknown ;;
    esac
}

for file in $(c_files engine include); do
    case $file in
    include/hedui/*) name=$(basename "$file" .h) from=$(layer_of "$name") ;;
    engine/*/*) from=${file#engine/} from=${from%%/*} ;;
    *) echo "$file:1: stands in no layer" >>"$found"; continue ;;
    esac
    if [ "$(rank "$from")" = 0 ]; then
        echo "$file:1: no layer is known for it (see tests/lint/layers.sh)" >>"$found"
        continue
    fi
    grep -nE '^ *# *include' "$file" | while IFS= read -r line; do
        number=${line%%:*}
        case $line in
        *'<hedui/messages'*) continue ;;
        *'<hedui/'*) to=${line#*<hedui/} to=$(layer_of "${to%%.*}") ;;
        *'"'*/*'"'*) to=${line#*\"} to=${to%%/*} ;;
        *'<'*) continue ;;
        *) echo "$file:$number: include by path from engine/, or <hedui/...>"; continue ;;
        esac
        # a layer must be higher than, or the same as, what it includes
        case "$from:$line" in
        cli:*'"'cli/* | web:*'"'web/* | demo:*'"'demo/*) continue ;;
        cli:*'"'* | web:*'"'* | demo:*'"'*)
            echo "$file:$number: $from includes only <hedui/...>"; continue ;;
        esac
        if [ "$(rank "$to")" = 0 ] || [ "$(rank "$from")" -lt "$(rank "$to")" ]; then
            if [ "$from:$to" != "cli:demo" ]; then
                echo "$file:$number: $from may not include $to"
            fi
        fi
    done >>"$found"
done
# A public header shows nothing of the inside.
for file in $(c_files include); do
    grep -nE '^ *# *include *"' "$file" | sed "s|^\([0-9]*\):.*|$file:\1: a public header includes <...> only|" \
        >>"$found" || true
done
finish
