#!/bin/sh
# demo.sh ROOT PROGRAM WHAT HOUSEHOLDS SEED JSON_VALID: the invented county through the program as a
# person runs it. WHAT: one of the cases below.
set -eu
root=$1 hedui=$2 what=$3 households=$4 seed=$5 json_valid=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LANG=C.UTF-8 TERM=dumb

make() {
    "$hedui" demo county --households "$households" --seed "$seed" "$@" >summary 2>messages || {
        code=$?
        cat summary messages
        exit "$code"
    }
}

adds_up() {
    awk -f "$root/tests/demo/adds_up.awk" summary || {
        cat summary
        exit 1
    }
}

case $what in
truth)
    make
    adds_up
    grep '^真值核对' summary
    "$hedui" db check -C county
    # nobody's number is shown whole, on screen or in a report
    if grep -rlE '(^|[^0-9])659000[0-9]{11}[0-9X]([^0-9]|$)' summary messages county/out; then
        echo 'a whole citizen number is shown'
        exit 1
    fi
    ;;
all) # every layout has its delivery, and none is refused or has a column too many but the planted
    make --all-feeds
    adds_up
    grep '^真值核对' summary
    # the caseload is there twice, as it was when the query lists were written and as it is; and of
    # the vehicle register there are the changes since; of the subsidies that are no good, one has a
    # sound file of the month before and one a delta
    [ "$(ls county/inbox/*.gz | wc -l)" = $(($(ls "$root"/feeds/*.yaml county/feeds/*.yaml | wc -l) + 5)) ]
    # 数据批次 is the column that is planted, one answer names a list that nobody wrote, and eight
    # files are no good
    if grep -E '^ *未采用|：未采用。|E2120' summary |
        grep -vE 'E2120 多出的列：数据批次。|E2172 .* Q20140101-9999，|E2119 文件有误|E2139'; then
        exit 1
    fi
    [ "$(grep -c '：未采用。E2172 ' summary)" = 1 ]
    # two of the eight are cut short, and share their sentence
    [ "$(grep -c '：未采用。E2119 ' summary)" = 7 ]
    grep -q '土地流转租金、危房改造补助：未采用。E2119 ' summary
    [ "$(grep -c '：未采用。E2139 ' summary)" = 1 ]
    [ "$(grep -c '^未核对  FILE-0[1-8]：.*（数据源未采用）' summary)" = 8 ]
    grep -q 'E2102 .*repair-subsidy-201405.csv.gz' messages # the sound one takes nobody's place
    [ "$(grep -c 'E2170 回复查询名单 Q20140620-0[123]' summary)" = 3 ]
    [ "$(grep -c 'E2171' summary)" = 1 ]
    [ "$("$hedui" feeds requests -C county | grep -c '^Q20140620-0[123] ')" = 3 ]
    # another county in the same place: its answers name lists of its own
    make --all-feeds --seed $((seed + 1))
    grep '^真值核对' summary
    [ "$(grep -c 'E2170 回复查询名单 Q20140620-0[456]' summary)" = 3 ]
    ;;
threads)
    make --threads 1
    digest=$(sed -n 's/^结果摘要 *//p' summary)
    for threads in 2 4; do
        rm -rf county
        make --threads $threads
        if [ "$digest" != "$(sed -n 's/^结果摘要 *//p' summary)" ]; then
            echo "another digest with $threads threads"
            exit 1
        fi
    done
    echo "digest $digest"
    ;;
again) # the same files on the same day: everything continues, nothing is new
    make
    flags=$(sed -n 's/^疑点  \([0-9,]*\) .*/\1/p' summary)
    code=0
    "$hedui" run -C county --as-of 2014-07-05 >summary 2>messages || code=$?
    adds_up
    grep -q "新增 0，延续 $flags，有变化 0；上期疑点消失 0，本次未核对 0" summary || {
        cat summary messages
        exit 1
    }
    "$hedui" runs show -C county >shown
    sed '/^用时/,$d' summary >kept
    diff kept shown
    [ "$("$hedui" runs list -C county | wc -l)" = 3 ]
    ;;
refused) # a delivery that ends early: its source is not checked, and no rule says no by it
    make
    file=$(ls county/inbox/veh-*.gz)
    size=$(wc -c <"$file")
    head -c $((size / 2)) "$file" >cut && mv cut "$file"
    code=0
    "$hedui" run -C county --as-of 2014-07-05 >summary 2>messages || code=$?
    [ $code = 3 ] || {
        echo "exit code $code"
        cat summary messages
        exit 1
    }
    adds_up
    # the table of rules counts the households of the line below it too
    missed=$(sed -n 's/^未核对  VEH-01.*，\([0-9,]*\) 户$/\1/p' summary | tr -d ,)
    unanswered=$(sed -n 's/^  VEH-01 .* \([0-9,]*\)$/\1/p' summary | tr -d ,)
    if [ "$unanswered" -lt "$missed" ]; then
        cat summary
        exit 1
    fi
    grep -q '^核实后：.* runs publish R20140705-02 --person 姓名 --reason 理由 -C county$' summary
    ;;
reports) # what is stored stands, though a report cannot be written
    make
    mkdir 'county/out/核对批次报告_R20140705-02.html'
    code=0
    "$hedui" run -C county --as-of 2014-07-05 >summary 2>messages || code=$?
    adds_up
    cat messages
    [ $code = 6 ]
    grep -q 'E8011  核对批次 R20140705-02 的结果已入库，报表未写出：' messages
    grep -q ' runs show R20140705-02 -C county$' messages
    "$hedui" runs show R20140705-02 -C county >shown
    # what its advice says: the reports alone, the same as a night without a fault writes
    rmdir 'county/out/核对批次报告_R20140705-02.html'
    "$hedui" help E8011 | grep -q 'hedui report build run 批次'
    "$hedui" report build run R20140705-02 -C county >built
    [ "$(grep -c '^已写 ' built)" = 6 ]
    cp -R county/out first
    "$hedui" report build run R20140705-02 --format csv -C county >built
    [ "$(grep -c '^已写 .*csv$' built)" = 3 ] && [ "$(wc -l <built)" = 3 ]
    diff -r first county/out
    for file in first/*R20140705-02.*; do # what the undisturbed night before it wrote
        [ -e "$(echo "$file" | sed 's/-02\./-01./')" ]
    done
    code=0
    "$hedui" report build run --town 城关街道 -C county 2>messages || code=$?
    [ $code = 2 ] && grep -q E7008 messages
    code=0
    rm -r county/out
    touch county/out
    "$hedui" run -C county --as-of 2014-07-05 2>messages || code=$?
    [ $code = 6 ]
    [ "$("$hedui" runs list -C county | wc -l)" = 3 ] # refused before anything was read
    ;;
private) # nothing a night leaves behind holds a whole number, or is for other eyes
    umask 022
    mkdir tmp
    export TMPDIR="$work/tmp"
    make
    gzip -dc county/inbox/*.gz | LC_ALL=C grep -aoE '[0-9]{17}[0-9Xx]' | sort -u >people
    [ "$(wc -l <people)" -gt 3000 ]
    whole() { # of files that are not the feeds themselves, their archive or the truth
        if LC_ALL=C grep -raFlf people county tmp summary messages \
            --exclude-dir=inbox --exclude-dir=archive --exclude-dir=truth; then
            echo "$1: a whole citizen number"
            exit 1
        fi
        if find county tmp | LC_ALL=C grep -aFf people; then
            echo "$1: a citizen number in a file's name"
            exit 1
        fi
    }
    whole 'after the night'
    # the archive: deliveries only, and of those what the runs rest on; one person is in a delivery of
    # the second night alone, of which no flag cites a row, because the first had the same cars
    only=659000197707079172
    cars=county/inbox/veh-201406.csv.gz
    archived() {
        for file in county/archive/*.gz; do # one of them is cut: gzip would give up there
            gzip -dc "$file" 2>/dev/null || true
        done | LC_ALL=C grep -ac "$only" || true
    }
    gzip -dc $cars >first
    LC_ALL=C grep -aE '[0-9]{17}[0-9Xx]' first | tail -n 1 | LC_ALL=C sed -E "s/[0-9]{17}[0-9Xx]/$only/" >stranger
    (LC_ALL=C sed 1q first && LC_ALL=C sed 1d first | LC_ALL=C sort && cat stranger) | gzip -9n >$cars
    "$hedui" run -C county --as-of 2014-07-06 --progress log >>summary 2>>messages || [ $? = 3 ]
    (LC_ALL=C sed 1q first && LC_ALL=C sed 1d first | LC_ALL=C sort -r) | gzip -9n >$cars
    rm first stranger
    "$hedui" runs list -C county >>summary
    "$hedui" runs diff -C county >>summary 2>>messages || true
    "$hedui" runs export -C county >>summary
    "$hedui" runs export -C county --out county/export.jsonl >>summary
    "$hedui" feeds quarantine -C county >>summary 2>>messages
    "$hedui" explain -C county DB0000000001 >>summary
    # a row that cannot be read, a file that is none, a store that is busy: errors too are read by others
    (umask 077 && printf 'x' >county/inbox/veh-201407.csv.gz)
    "$hedui" run -C county --as-of 2014-07-31 >>summary 2>>messages || true
    whole 'after errors'
    "$hedui" runs publish R20140706-01 -C county --person 王主任 --reason 已核实 --yes >>summary 2>>messages
    "$hedui" feeds show $cars 2 --reveal --person 李敏 --reason 核对 --yes -C county >/dev/null
    "$hedui" audit log -C county >>summary
    "$hedui" run -C county --as-of 2014-08-06 >>summary 2>>messages || [ $? = 3 ]
    "$hedui" runs publish R20140806-01 -C county --person 王主任 --reason 已核实 --yes >>summary 2>>messages
    leaks_none() {
        if LC_ALL=C grep -aFlf people county/archive/*.input county/archive/*.listing; then
            echo "$1: a whole citizen number beside the deliveries of the archive"
            exit 1
        fi
    }
    leaks_none 'before the purge'
    [ "$(archived)" = 1 ]
    "$hedui" db check -C county >>summary
    before=$(ls county/archive | wc -l)
    "$hedui" db purge -C county --before 2014-08-06 --person 王主任 --reason 保存期满 --yes >>summary 2>>messages
    whole 'after the purge'
    leaks_none 'after the purge'
    [ "$(archived)" = 0 ]
    [ "$(ls county/archive | wc -l)" -lt "$before" ]
    "$hedui" db check -C county >>summary
    for run in R20140705-01 R20140706-01; do
        "$hedui" replay $run -C county >>summary 2>>messages && exit 1
    done
    [ "$(grep -c 'E8028.*王主任' messages)" = 2 ]
    others=$(find county -perm /077 ! -type l)
    if [ -n "$others" ]; then
        echo "others may read: $others"
        exit 1
    fi
    # no core dump: the limit is seen while the program waits for a workspace that never comes
    mkdir waiting
    mkfifo waiting/hedui.yaml
    "$hedui" runs list -C waiting >/dev/null 2>&1 &
    pid=$!
    tries=0
    until grep -q '^Max core file size *0 *0 ' /proc/$pid/limits; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || {
            cat /proc/$pid/limits
            kill $pid
            exit 1
        }
        sleep 0.05
    done
    kill $pid 2>/dev/null || true
    ;;
json)
    make --json
    "$json_valid" <summary
    id=$("$hedui" explain -C county --json DB0000000001 | sed 's/.*"household":"\([^"]*\)".*/\1/')
    [ "$id" = DB0000000001 ]
    while read -r line; do
        # shellcheck disable=SC2086
        "$hedui" $line --json -C county >document || [ $? = 3 ]
        if ! "$json_valid" <document || ! grep -q '^{"schema":"hedui\.[a-z_]*/[1-9]",' document; then
            echo "hedui $line --json:"
            cat document
            exit 1
        fi
    done <<END
version
help E1001
runs export --out county/export.jsonl
rules check
rules test
feeds check county/inbox/caseload-member-20140705.csv.gz
run --as-of 2014-07-06
runs list
runs show
explain DB0000000002
db check
db backup county/copy.db
END
    # each line of an export is a document
    (
        printf '['
        paste -sd , county/export.jsonl
        printf ']'
    ) >document
    "$json_valid" <document
    ;;
progress)
    make
    if grep -q "$(printf '\033')" messages summary; then
        echo 'escapes without a terminal'
        exit 1
    fi
    "$hedui" run -C county --as-of 2014-07-06 --progress log >summary 2>messages || [ $? = 3 ]
    grep -qx 读取 messages
    "$hedui" run -C county --as-of 2014-07-06 --progress bar --color always >summary 2>messages || [ $? = 3 ]
    grep -q '▕' messages
    grep -q "$(printf '\033')" summary
    "$hedui" run -C county --as-of 2014-07-06 -q >summary 2>messages || [ $? = 3 ]
    if [ -s summary ] || [ -s messages ]; then
        cat summary messages
        exit 1
    fi
    ;;
esac
