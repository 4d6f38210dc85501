#!/bin/sh
# error_reference.sh HEDUI FOLDER: 错误编号.md, from the program itself: every number of the catalogue
# in FOLDER (include/hedui/messages), its sentence, exit code, and what it means in a run.
set -eu
hedui=$1 folder=$2
export LANG=C.UTF-8 HEDUI_LANG=zh
echo '# 错误编号'
echo
echo '由程序生成，与 `hedui help E2113` 所说的相同。“…”处是出错时的具体内容。E21xx 是对一批数据的说明，不结束命令。'
for layer in base value yaml text sheet layout feed cel caseload pack rule run store casework report job demo cli; do
    [ -e "$folder/$layer.def" ] || continue
    case $layer in
    base) title='文件、内存、系统' ;;
    yaml) title='YAML 的写法' ;;
    layout) title='数据布局' ;;
    feed) title='数据文件' ;;
    cel) title='规则表达式' ;;
    pack) title='规则包' ;;
    rule) title='规则' ;;
    run) title='核对' ;;
    store) title='数据库' ;;
    report) title='报表' ;;
    job) title='工作目录、存档、重算' ;;
    demo) title='演示' ;;
    cli) title='命令行' ;;
    *) title=$layer ;;
    esac
    printf '\n## %s\n' "$title"
    for number in $(sed -n 's/^HEDUI_MESSAGE(\([0-9]*\),.*/\1/p' "$folder/$layer.def" | sort -n); do
        printf '\n### E%s\n\n' "$number"
        "$hedui" help "E$number" | sed -e '1d; 3d' -e '/^“…”处/d' -e 's/^  //' -e 's/$/  /'
    done
done
