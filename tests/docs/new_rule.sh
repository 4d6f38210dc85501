#!/bin/sh
# new_rule.sh ROOT PROGRAM: the first example of rules/README.md, done as it says, over an invented
# county: every step works, a wrong example is told, and the night gives each of the outcomes.
set -eu
root=$1 hedui=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 TERM=dumb

fail() {
    echo "$1" >&2
    exit 1
}

"$hedui" demo "$work/county" --households 1000 -q >/dev/null
cd "$work/county"
rm -f hedui.db*
mkdir -p rules/packs/county-2014
awk '/^```/ { if (file) close(file); file = "" }
     /^# 文件：/ { file = substr($0, index($0, "：") + length("：)") - 1); sub(/^：/, "", file); next }
     file { print > file }' "$root/rules/README.md"
for file in pack.yaml care.yaml; do
    [ -s rules/packs/county-2014/$file ] || fail "rules/README.md shows no $file"
done
sed -i 's/^packs:.*/packs: [county-2014]/' hedui.yaml

"$hedui" rules check >out.txt 2>&1 || fail "$(cat out.txt)"
if grep -q 警告 out.txt; then
    fail "$(cat out.txt)"
fi
"$hedui" rules test >out.txt 2>&1 || fail "$(cat out.txt)"
"$hedui" rules show CARE-01 --as-of 2014-07-05 >out.txt
grep -q '高龄独居老人关爱办法（演示用） 第二条' out.txt || fail "$(cat out.txt)"
"$hedui" rules doc --as-of 2014-07-05 >doc.html
grep -q '高龄老人独居' doc.html || fail 'rules doc does not show the rule'
"$hedui" rules diff cleanup-2014 county-2014 >out.txt
[ "$(grep -c '^新增' out.txt)" = 5 ] || fail "$(cat out.txt)" # pack, document, parameter, value, rule

# an example that is wrong says by which day it was judged
sed -i 's/birth_date: 1934-01-02/birth_date: 1934-01-01/' rules/packs/county-2014/care.yaml
code=0
"$hedui" rules test >out.txt 2>&1 || code=$?
[ $code = 4 ] && grep -q '应为 false，实为 true（按 2014-01-01 判断）' out.txt || fail "$code $(cat out.txt)"
sed -i '0,/birth_date: 1934-01-01/b; s/birth_date: 1934-01-01/birth_date: 1934-01-02/' rules/packs/county-2014/care.yaml

code=0
"$hedui" run --as-of 2014-07-05 -q >out.txt 2>&1 || code=$?
[ $code = 0 ] || [ $code = 3 ] || fail "$code $(cat out.txt)"
"$hedui" runs export >export.txt
for answer in tagged clear undetermined not_applicable; do
    grep -q "\"rule\":\"CARE-01\",\"answer\":\"$answer\"" export.txt || fail "no household is $answer"
done
