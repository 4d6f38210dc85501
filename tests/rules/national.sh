#!/bin/sh
# national.sh ROOT PROGRAM SEED COUNT: invented households and what national.awk says of them, against
# the pack national-common; then the pack with one figure or word changed, which must be noticed.
set -eu
root=$1 program=$2 seed=$3 count=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" init "$work" -q
cd "$work"
sed -i 's/^packs:.*/packs: [national-common]/' hedui.yaml
pack=rules/packs/national-common
mkdir -p rules/packs
cp -r "$root/$pack" rules/packs/
rm -r $pack/scenarios
mkdir $pack/scenarios
LC_ALL=C awk -v seed="$seed" -v count="$count" -v folder=$pack/scenarios \
    -f "$root/tests/rules/national.awk"
for outcome in true false undetermined; do
    for rule in N-INC-01 N-INC-02 N-MON-01 N-MON-03 N-HOME-01 N-BIZ-02; do
        grep -q "    $rule: $outcome" $pack/scenarios/*.yaml || {
            echo "no household with $rule: $outcome"
            exit 1
        }
    done
done
"$program" rules test
[ "$seed" = 1 ] || exit 0
cp $pack/pack.yaml whole
while read -r change; do
    sed -E "$change" whole >$pack/pack.yaml
    if cmp -s whole $pack/pack.yaml; then
        echo "changes nothing: $change"
        exit 1
    fi
    # examples differ too; only the scenarios' line counts here
    if "$program" rules test 2>/dev/null | grep -q '个场景.*不符 0。'; then
        echo "not noticed: $change"
        exit 1
    fi
done <<'END'
s/(area: "659000", )value: 0.1, basis/\1value: 0.11, basis/
s/times: 24, of: dibao_standard\}/times: 25, of: dibao_standard}/
s/(from: 2021-01-01, to: 2025-12-31\}, value: )0/\11/
s/(support_free|\{times: )2, of/\13, of/
s/value: 35.00/value: 35.01/
s/max\(m.registered_income, m.declared_income\)/m.registered_income/
s/assume\(m.employee_pension, dec\("0.00"\)\)/dec("0.00")/
s/income_item.kind == "wage"$/income_item.kind != "rent"/
s/p.payment_state.drawing\).sumOf\(p, p.monthly/p.insurance_kind.pension).sumOf(p, p.monthly/
s/b.account_kind.money \&\& b.currency.yuan\).sumOf/b.currency.yuan).sumOf/
s/distinctBy\(r, r.unit_no\)/filter(r, true)/
s/value: 100000.00/value: 90000.00/
END
