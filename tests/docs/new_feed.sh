#!/bin/sh
# new_feed.sh ROOT PROGRAM SAMPLES: the example of feeds/README.md, done as it says: a layout nobody
# knew, its code lists and a rule on it, as files of a workspace only. Then a night over a delivery
# of it, whose flags are known beforehand, and a second night after a delta.
set -eu
root=$1 hedui=$2 samples=$3
guide=$root/feeds/README.md
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

# the blocks that name a file
mkdir -p feeds/codes rules/packs/water
awk '/^```/ { if (file) close(file); file = "" }
     /^# 文件：/ { file = substr($0, index($0, "：") + length("：)") - 1); sub(/^：/, "", file); next }
     file { print > file }' "$guide"
for file in feeds/water_arrears.yaml feeds/codes/water_service.yaml feeds/codes/water_document.yaml \
    rules/packs/water/pack.yaml rules/packs/water/rules.yaml; do
    [ -s "$file" ] || fail "feeds/README.md shows no $file"
done
sed -i -e 's/^packs:.*/packs: [water]/' -e '/^need:/d' hedui.yaml
echo 'feeds: [feeds]' >>hedui.yaml

"$samples" "$work/county/feeds" || fail 'a sample of the example is not read as it says'
"$hedui" feeds test water_arrears >out.txt 2>&1 || fail "$(cat out.txt)"
sed 's/used: "12.345"/used: "12.346"/' feeds/water_arrears.yaml >wrong.txt
mkdir wrong && cp -r feeds/codes wrong/ && cp wrong.txt wrong/water_arrears.yaml
sed 's/^feeds:.*/feeds: [wrong]/' hedui.yaml >wrong.yaml
cp hedui.yaml right.yaml && cp wrong.yaml hedui.yaml
code=0
"$hedui" feeds test >out.txt 2>&1 || code=$?
cp right.yaml hedui.yaml
[ $code = 4 ] && grep -q '应为 12.346，读成 12.345' out.txt || fail "wrong sample: $code $(cat out.txt)"
"$hedui" rules test >out.txt 2>&1 || fail "$(cat out.txt)"

# the document for the department says what the layout says; the example uses every key
"$hedui" feeds doc water_arrears >doc.txt
while IFS= read -r words; do
    grep -qF -- "$words" doc.txt || fail "feeds doc does not say: $words"
done <<'END'
## 自来水欠费（自来水公司）
一行是：一个水表一个账期的欠费
`water-arrears-[0-9]*.csv.gz`，gzip 压缩的 CSV，GB18030，用竖线 |分隔
数据截止日写在文件名里：`water-arrears-{date}`
区分各行：水表号、账期
种类：全量
`water-arrears-delta-*.csv.gz`，变更标志写在“操作”列（全量文件没有这一列），表示删除的是 D
截止日写在文件名里：`water-arrears-delta-{date}`
户主（号码在“户主证件号”列，“证件”是 SFZ 身份证 的才是公民身份号码）；用水人（号码在“用水人证件号”列，可以没有）
标题，最多 3 行
以这些字开头：共、合计、制表
应交日：每月 10 日
数据截止日超过 35 天提示
数据截止日超过 65 天不采用
减少超过 20% 或增加超过 30%
问题行超过 0.5%，待人放行
问题行超过 5%，整份不采用
内容有误的超过 1%，待人放行
比中率与上次相差超过 20%
相符的不到 95%
代码不在表内的超过 20%
| 水表号 | 文字，最多 20 个字 | 必填 | SBH |
，用“、”分隔
最多 3 位小数，可带单位吨、m³
人民币金额，单位分
每格写明单位（元、万元），可为负
不带 % 也按百分数读
也可写毫秒数
也可写电子表格日期序号
显示时遮盖
表示没有：未减免、9999-12-31
表示不掌握：待查
表示不掌握：1900-01-01
表示无期限：长期
不掌握可留空，列须保留
→ 读成：账期 2014-06
用水人证件号 不掌握，用水性质 [1, 2]
是否停水 否
减免到期 没有
用水人证件号（空）
→ 作废：日期格式错误
交接清单
| SFZ | 身份证 |
END

# every key that a layout may have is in the guide
grep -ohE '\{"[a-z_]+", HEDUI_YAML_' "$root/engine/feed/layout_fields.c" \
    "$root/engine/feed/layout_samples.c" "$root/engine/feed/code_list_parse.c" |
    sed -E 's/^\{"([a-z_]+)".*/\1/' | sort -u >keys.txt
[ "$(wc -l <keys.txt)" -gt 40 ] || fail 'the keys were not found'
while read -r key; do
    grep -qE "(^|[^a-z_])$key:" "$guide" || fail "feeds/README.md says nothing of the key $key"
done <keys.txt

# people of different households that are looked at, with their numbers and names
gzip -dc inbox/caseload-household-*.csv.gz | awk -F, '$2 == "低保" && $7 == "在享" { print $1 }' \
    >receiving.txt
gzip -dc inbox/caseload-member-*.csv.gz |
    awk -F, -v day=2014-07-05 'NR == FNR { receives[$1] = 1; next }
        receives[$1] && $2 !~ /[^0-9X]/ && length($2) == 18 && $5 == "是" && $3 !~ /[ *·]/ &&
        $7 ~ /^20..-..-..$/ && $7 > day && !seen[$1]++ { print $1 "," $2 "," $3 }' \
        receiving.txt - | head -n 4 >people.txt
[ "$(wc -l <people.txt)" = 4 ] || fail 'the demo has no four people for the test'
who() { sed -n "$1p" people.txt | cut -d, -f"$2"; }

# 1 商业 101 吨: flagged; 2 居民: not; 3 as 用水人: flagged; 4 商业 99.999 吨: not
{
    echo '示例县自来水公司'
    echo '欠费清单'
    echo '水表号|账期|户主证件号|证件|户主|用水人证件号|用水人|用水性质|用水量|欠费(分)|是否停水|抄表时间'
    echo "A1|201406|$(who 1 2)|SFZ|$(who 1 3)|||居民、商业|101吨|26050|否|1404057600000"
    echo "A2|201406|$(who 2 2)|SFZ|$(who 2 3)|||居民|500|100|否|1404057600000"
    echo "A3|201406|91659000MA7AAA0011|ZZ|示例公司|$(who 3 2)|$(who 3 3)|商业|200|100|否|1404057600000"
    echo "A4|201406|$(who 4 2)|SFZ|$(who 4 3)|||2|99.999|100|否|1404057600000"
    echo "A5|201406|1.10105E+17|SFZ|某某|||2|300|100|否|1404057600000"
    # registers are large; one bad row of five would refuse the delivery
    seq 50 | sed 's/.*/B&|201406|91659000MA7AAA0011|ZZ|示例公司|||商业|200|100|否|1404057600000/'
    echo '合计|55'
} | iconv -t GB18030 | gzip >inbox/water-arrears-20140630.csv.gz

flagged() {
    code=0
    "$hedui" run --as-of 2014-07-05 --json >run.json 2>err.txt || code=$?
    case $code in 0 | 3) ;; *) fail "run: exit code $code: $(cat err.txt)" ;; esac
    for n in 1 2 3 4; do
        "$hedui" explain "$(who $n 1)" --json >explain.txt 2>&1 || fail "$(cat explain.txt)"
        ! grep -q '"state":"flagged"' explain.txt || echo "$n"
    done | tr '\n' ' '
}

"$hedui" feeds check inbox/water-arrears-20140630.csv.gz --json >check.json || [ $? = 3 ] ||
    fail "$(cat check.json)"
grep -q '"records":55' check.json || fail "$(cat check.json)"
got=$(flagged)
[ "$got" = '1 3 ' ] || fail "flagged: $got, not 1 3"

# the meter of the first household is deleted, the fourth has used more
{
    echo '水表号|账期|户主证件号|证件|户主|用水性质|用水量|欠费(分)|是否停水|抄表时间|操作'
    echo "A1|201406|$(who 1 2)|SFZ|$(who 1 3)|||0|否||删除"
    echo "A4|201406|$(who 4 2)|SFZ|$(who 4 3)|2|120 m³|100|否|1404316800000|修改"
} | iconv -t GB18030 | gzip >inbox/water-arrears-delta-20140702.csv.gz
rm -f hedui.db*
got=$(flagged)
[ "$got" = '3 4 ' ] || fail "flagged after the delta: $got, not 3 4"
