#!/bin/sh
# Plurals are content: no column header, no agency, no code of a rule stands in C. The demo, which
# writes deliveries as an agency would, is left out. Some headers are words that captions and the
# descriptions of keys cannot do without; they are listed here and do not count.
. "$(dirname "$0")/lint.sh"
plain='类型 名称 依据 状态 日期 金额 单位 关系 分类 备注 姓名 年龄 性别 理由 对象 余额 结果 来源'
words=$(mktemp)
trap 'rm -f "$found" "$words"' EXIT
layouts=$(tracked feeds | grep -E '^feeds/[a-z_]+\.yaml$' || true)
rules=$(tracked rules/packs | grep -E '\.yaml$' || true)
if [ -z "$layouts$rules" ]; then
    echo 'no layouts and no rules to take words from'
    exit 77
fi
{
    # the aliases of a column: header: [a, b]
    for file in $layouts; do
        sed -nE 's/.*header: *\[([^]]*)\].*/\1/p' "$file" | tr ',' '\n'
        sed -nE 's/^source: *//p' "$file"
    done
    for file in $rules; do
        sed -nE 's/^ *- *id: *//p' "$file"
    done
} | sed -e 's/^[ "]*//' -e 's/[ "]*$//' -e 's/ *#.*//' | grep -vE '^[a-z_]*$' |
    grep -vxF "$(echo "$plain" | tr ' ' '\n')" | sort -u >"$words"
# whole C strings
c_files engine | grep -v '^engine/demo/' | xargs awk -v words="$words" '
    BEGIN { while ((getline word <words) > 0) content[word] = 1 }
    { line = $0
      while (match(line, /"([^"\\]|\\.)*"/)) {
          string = substr(line, RSTART + 1, RLENGTH - 2)
          line = substr(line, RSTART + RLENGTH)
          if (string in content)
              print FILENAME ":" FNR ": a word of feeds/ or rules/: " string
      } }' >>"$found"
finish
