#!/bin/sh
# explain.sh ROOT PROGRAM WHAT: `hedui explain --json` of a small county with breakdowns (sums), or of
# the demo's, held against the independent verifier (agrees); see explain.py.
set -eu
root=$1 hedui=$2 what=$3
if ! command -v python3 >/dev/null; then
    echo 'python3 is not installed'
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$hedui" "$work/bin/hedui"
cd "$work"
export LANG=C.UTF-8 TERM=dumb PYTHONDONTWRITEBYTECODE=1 PATH="$work/bin:$PATH"

case $what in
sums)
    HEDUI_SHARE=$root sh "$root/tests/golden/explain/county.sh" county "$root/tests/golden/explain/pack"
    HEDUI_SHARE=$root hedui run -C county --as-of 2014-07-05 -q || [ $? = 3 ]
    HEDUI_SHARE=$root python3 "$root/tests/explain/explain.py" "$hedui" county
    ;;
agrees)
    "$hedui" demo county --households 1000 --seed 21 >summary 2>&1 || {
        cat summary
        exit 1
    }
    "$hedui" runs export -C county --out export.jsonl -q
    python3 "$root/tests/explain/explain.py" "$hedui" county export.jsonl "$root" 16
    ;;
esac
