#!/bin/sh
# verify.sh ROOT PROGRAM WHAT HOUSEHOLDS SEED [demo's options]: a county is made and run, its export
# derived again. WHAT: agrees, or notices (each spoiled export must be seen).
set -eu
root=$1 hedui=$2 what=$3 households=$4 seed=$5
shift 5
if ! command -v python3 >/dev/null; then
    echo 'python3 is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LANG=C.UTF-8 TERM=dumb PYTHONDONTWRITEBYTECODE=1

"$hedui" demo county --households "$households" --seed "$seed" "$@" >summary 2>&1 || {
    cat summary
    exit 1
}
"$hedui" runs export -C county --out export.jsonl -q

check() {
    python3 "$root/tests/verify/verify.py" "$1" county/inbox county/areas.csv "$root"
}

case $what in
agrees)
    check export.jsonl
    ;;
notices)
    check export.jsonl >report || {
        cat report
        exit 1
    }
    for way in $(python3 "$root/tests/verify/spoil.py"); do
        python3 "$root/tests/verify/spoil.py" "$way" <export.jsonl >spoiled.jsonl
        if check spoiled.jsonl >report; then
            echo "not noticed: $way"
            exit 1
        fi
        echo "$way: $(grep -m 1 '^  ' report)"
    done
    sed '$d' export.jsonl >cut.jsonl
    if check cut.jsonl 2>report; then
        echo 'not noticed: an export without its end'
        exit 1
    fi
    ;;
esac
