#!/bin/sh
# verify.sh ROOT PROGRAM WHAT HOUSEHOLDS SEED [demo's options]: a county is made and run, its export
# derived again. WHAT: agrees, or notices (after a second night with findings that people have
# decided about; each spoiled export must be seen).
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

# Of each rule that lets people decide, a few findings are decided about: two hold; of the others one
# was only proposed, one refused, one revoked, and one has run out by the second night.
decide() {
    "$hedui" runs publish R20140705-01 -C county --person 王主任 --reason 已核实 --yes -q
    "$hedui" runs export R20140705-01 -C county --out first.jsonl -q
    python3 "$root/tests/verify/pick.py" <first.jsonl >picked
    while read -r household rule fate; do
        until=2014-08-05
        [ "$fate" != expired ] || until=2014-07-05
        "$hedui" overrides propose "$household" "$rule" -C county --as-of 2014-07-05 --yes -q \
            --person 李敏 --reason 已核对 --evidence 佐证材料 --until $until >/dev/null
        id=$("$hedui" overrides list -C county --json | grep -o '"override":"[^"]*"' | head -n 1 |
            cut -d '"' -f 4)
        case $fate in
        proposed) continue ;;
        refused) words=refuse ;;
        revoked) words='approve revoke' ;;
        *) words=approve ;;
        esac
        for word in $words; do
            "$hedui" overrides "$word" "$id" -C county --as-of 2014-07-05 --yes -q \
                --person 王主任 --reason 已核对 >/dev/null
        done
    done <picked
    python3 "$root/tests/verify/pick.py" rows <first.jsonl >picked
    while read -r household file line fate; do
        until=2014-08-05
        [ "$fate" != expired ] || until=2014-07-05
        "$hedui" pairs propose "$household" "$file" "$line" -C county --as-of 2014-07-05 --yes -q \
            --person 李敏 --reason 冒用身份 --evidence 公安回函 --until $until >/dev/null
        id=$("$hedui" pairs list -C county --json | grep -o '"pair":"[^"]*"' | head -n 1 |
            cut -d '"' -f 4)
        [ "$fate" = proposed ] || "$hedui" pairs approve "$id" -C county --as-of 2014-07-05 --yes -q \
            --person 王主任 --reason 已核对 >/dev/null
    done <picked
    "$hedui" run -C county --as-of 2014-07-06 -q >/dev/null 2>&1 || [ $? = 3 ]
}

[ "$what" = agrees ] || decide
"$hedui" runs export "$("$hedui" runs list -C county --json | grep -o '"run":"[^"]*"' | head -n 1 |
    cut -d '"' -f 4)" -C county --out export.jsonl -q
"$hedui" overrides list -C county --json >decisions.json
"$hedui" pairs list -C county --json >pairs.json

check() {
    python3 "$root/tests/verify/verify.py" "$1" county/inbox county/areas.csv "$root" \
        county/out/requests decisions.json pairs.json
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
    grep -e 'overridden findings' -e 'wrong matches' -e 'marks of' report
    python3 "$root/tests/verify/notices.py" export.jsonl county/inbox county/areas.csv "$root" \
        county/out/requests decisions.json pairs.json
    ;;
esac
