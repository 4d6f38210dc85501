#!/bin/sh
# man_examples.sh ROOT PROGRAM: the examples of the pages about files, in both languages, are taken:
# the settings, the layout and the rule of one language make a workspace that passes the checks.
set -eu
root=$1 hedui=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LANG=C.UTF-8 TERM=dumb
wrong=0

# example PAGE: what stands between .nf and .fi, as a reader sees it
example() {
    awk '/^\.nf/ { on = 1; next } /^\.fi/ { on = 0 } on' "$1" | sed -e 's/\\:/:/g' -e 's/\\-/-/g'
}

for pages in man/man5 man/zh_CN/man5; do
    county=$work/$pages
    "$hedui" init "$county" -q >/dev/null
    mkdir -p "$county/rules/packs/water"
    example "$root/$pages/hedui.yaml.5" >"$county/hedui.yaml"
    example "$root/$pages/hedui-feeds.5" >"$county/feeds/water_arrears.yaml"
    example "$root/$pages/hedui-rules.5" >"$county/rules/packs/water/rules.yaml"
    cat >"$county/rules/packs/water/pack.yaml" <<'END'
pack: water
title: 用水核查（示例）
applies_to: {programme: [dibao], status: [receiving]}
documents:
  plan: {title: 示例方案, kind: work_plan, level: county, confirmed: true}
END
    "$hedui" config show -C "$county" >"$work/out" 2>&1 || {
        echo "$pages/hedui.yaml.5: $(cat "$work/out")"
        wrong=1
    }
    sed -i 's/^packs:.*/packs: [water]/' "$county/hedui.yaml"
    for command in 'rules check' 'rules test' 'feeds test water_arrears'; do
        # shellcheck disable=SC2086
        "$hedui" $command -C "$county" >"$work/out" 2>&1 || {
            echo "$pages: hedui $command: $(cat "$work/out")"
            wrong=1
        }
    done
done
exit $wrong
