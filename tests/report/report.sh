#!/bin/sh
# report.sh ROOT PROGRAM WHAT HOUSEHOLDS SEED: reports of an invented county held against its store. In
# its second night one delivery ends early, so that some flags are not checked. WHAT: a case below.
set -eu
root=$1 hedui=$2 what=$3 households=$4 seed=$5
if ! command -v python3 >/dev/null; then
    echo 'python3 is not installed'
    exit 77
fi
case $what in resaved | printed)
    if ! command -v soffice >/dev/null; then
        echo 'soffice (LibreOffice) is not installed'
        exit 77
    fi
    ;;
esac
# a type whose letters are as wide as those of 宋体, half as wide as they are high
like_song='Noto Sans Mono CJK SC'
if [ "$what" = printed ]; then
    for tool in pdfinfo pdftotext fc-match; do
        command -v $tool >/dev/null || {
            echo "$tool is not installed"
            exit 77
        }
    done
    if [ "$(fc-match -f '%{family[0]}' "$like_song")" != "$like_song" ]; then
        echo "there is no $like_song to print with"
        exit 77
    fi
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LANG=C.UTF-8 TERM=dumb PYTHONDONTWRITEBYTECODE=1

said() { # what was printed, if a command fails otherwise than expected
    cat said
    exit 1
}

county() {
    "$hedui" demo county --households "$households" --seed "$seed" >said 2>&1 || said
    "$hedui" runs publish -C county R20140705-01 --person 王主任 --reason 已核实 --yes >said 2>&1 || said
    file=$(ls county/inbox/veh-*.gz | head -n 1)
    head -c $(($(wc -c <"$file") / 2)) "$file" >cut && mv cut "$file"
    code=0
    "$hedui" run -C county --as-of 2014-08-06 >said 2>&1 || code=$?
    [ $code = 3 ] || said
}

build() { # KIND RUN FOLDER [options]
    kind=$1 run=$2 folder=$3
    shift 3
    "$hedui" report build "$kind" "$run" -C county --out "$folder" "$@" >said 2>&1 || said
}

twice() { # KIND RUN [options]: built again, byte for byte the same
    kind=$1 run=$2
    shift 2
    build "$kind" "$run" again "$@"
    build "$kind" "$run" once "$@"
    diff -r once again
    rm -r again
}

case $what in
ledger)
    county
    for run in R20140705-01 R20140806-01; do
        twice ledger $run
        python3 "$root/tests/report/ledger.py" county/hedui.db once $run
        rm -r once
    done
    ;;
visits)
    county
    for run in R20140705-01 R20140806-01; do
        twice visit $run
        python3 "$root/tests/report/visits.py" county/hedui.db once $run
        rm -r once
    done
    ;;
summary)
    county
    for run in R20140705-01 R20140806-01; do
        twice summary $run
        build summary $run once --format html
        python3 "$root/tests/report/summary.py" county/hedui.db once $run
        rm -r once
    done
    ;;
problems)
    county
    twice problems R20140806-01
    python3 "$root/tests/report/problems.py" county/hedui.db once R20140806-01
    # rows that are found to be another person's go back too
    rm -r once
    python3 "$root/tests/report/problems.py" county/hedui.db rows R20140806-01 >rows
    [ "$(wc -l <rows)" = 3 ]
    while read -r household file line; do
        "$hedui" pairs propose "$household" "$file" "$line" -C county --as-of 2014-08-06 --yes --person 李敏 \
            --reason 同名 --evidence 派出所回函 --until 2014-12-31 >said 2>&1 || said
        id=$(grep -o 'P[0-9]\{8\}-[0-9]*' said | head -n 1)
        "$hedui" pairs approve "$id" -C county --as-of 2014-08-06 --yes --person 王主任 --reason 已核对 \
            >said 2>&1 || said
    done <rows
    code=0
    "$hedui" run -C county --as-of 2014-08-07 >said 2>&1 || code=$?
    [ $code = 3 ] || said
    twice problems R20140807-01
    python3 "$root/tests/report/problems.py" county/hedui.db once R20140807-01 >found
    cat found
    grep -q '[^0-9]3 of somebody else' found
    ;;
sources) # what each source has about a household, flagged or not
    county
    for run in R20140705-01 R20140806-01; do
        chosen=$(python3 "$root/tests/report/sources.py" county - $run)
        twice household $run --household "$chosen"
        build visit $run once --household "$chosen"
        python3 "$root/tests/report/sources.py" county once $run
        rm -r once
    done
    ;;
printed) # on paper as on an office machine: type that can be read, captions on every page
    county
    for font in 宋体 黑体 方正小标宋简体; do
        echo "<match target=\"pattern\"><test name=\"family\"><string>$font</string></test>"
        echo "<edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>$like_song</string></edit></match>"
    done >fonts
    {
        echo '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        echo '<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        cat fonts
        echo '</fontconfig>'
    } >fonts.conf
    build ledger R20140806-01 once
    build summary R20140806-01 once
    build problems R20140806-01 once
    for kind in 核查台账 疑点汇总表 数据质量与退回清单; do
        mkdir $kind
        file=$(ls once/${kind}_*.xlsx | sort | head -n 1)
        FONTCONFIG_FILE=$work/fonts.conf timeout 280 soffice \
            -env:UserInstallation="file://$work/office" --headless --convert-to pdf \
            --outdir $kind "$file" >/dev/null 2>&1
    done
    python3 "$root/tests/report/printed.py" 核查台账/*.pdf A3 9 8.5 核查编号 来源数据
    python3 "$root/tests/report/printed.py" 疑点汇总表/*.pdf A4 9 9 疑点
    python3 "$root/tests/report/printed.py" 数据质量与退回清单/*.pdf A3 8.5 8 数据
    ;;
resaved) # an office program that opens and saves a ledger leaves everything in it
    county
    build ledger R20140806-01 once
    (cd once && ls | sort | head -n 2 | while read -r file; do
        timeout 280 soffice -env:UserInstallation="file://$work/office" --headless \
            --convert-to xlsx:'Calc MS Excel 2007 XML' --outdir "$work/saved" "$file" >/dev/null 2>&1
    done)
    python3 "$root/tests/report/resaved.py" once saved
    ;;
esac
