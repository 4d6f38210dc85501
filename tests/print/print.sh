#!/bin/sh
# print.sh PROGRAM: the sheets that the unit test PROGRAM makes (seven members with long names, eight
# flags, hostile texts, a draft), printed by Chromium: a page for each sheet and no more, nothing wider
# than its place, a draft marked on every page.
set -eu
for tool in chromium pdfinfo pdftotext; do
    if ! command -v $tool >/dev/null; then
        echo "skipped: there is no $tool to print with"
        exit 77
    fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HEDUI_TEST_KEEP=$work "$1" >"$work/log" 2>&1 || {
    cat "$work/log"
    exit 1
}
browser() {
    HOME=$work timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" "$@"
}
wrong=0
complain() {
    echo "$1"
    wrong=1
}
# what sticks out of its cell, told by the browser itself
script='<pre id="told"></pre><script>addEventListener("load",()=>{let n=0;
document.querySelectorAll("td,th,p,h1,h2").forEach(e=>{if(e.scrollWidth>e.clientWidth+1&&e.clientWidth)n++});
document.getElementById("told").textContent="sticking out: "+n})</script></body>'
printed=0
for file in "$work"/*_城关镇_R20140705-01.html "$work"/*_HD14-0002_*.html "$work"/*_HD14-0007_*.html; do
    name=$(basename "$file")
    browser --no-pdf-header-footer --print-to-pdf="$work/out.pdf" "$file" >"$work/log" 2>&1 || {
        cat "$work/log"
        complain "$name was not printed"
        continue
    }
    pages=$(pdfinfo "$work/out.pdf" | sed -n 's/^Pages: *//p')
    sheets=$(grep -c '^<section>' "$file" || true)
    case $name in
    入户核查表*) [ "$pages" = "$sheets" ] || complain "$name: $pages pages for $sheets sheets" ;;
    *) [ "$pages" -ge 1 ] || complain "$name: no page" ;;
    esac
    # a draft says so on every page
    if grep -q 草稿 "$file"; then
        for page in $(seq "$pages"); do
            pdftotext -f "$page" -l "$page" "$work/out.pdf" - | grep -q 草稿 ||
                complain "$name: page $page does not say that it is a draft"
        done
    fi
    pdfinfo "$work/out.pdf" | grep -q '(A4)' || complain "$name is not A4"
    awk -v script="$script" '{ if ($0 == "</body>") print script; else print }' "$file" >"$work/told.html"
    told=$(browser --dump-dom "$work/told.html" 2>"$work/log" | grep -o 'sticking out: [0-9]*<' || true)
    [ "$told" = 'sticking out: 0<' ] || complain "$name: ${told:-the browser told nothing}"
    printed=$((printed + 1))
    echo "$name: $pages pages"
done
[ $printed -ge 7 ] || complain "only $printed files were printed"
exit $wrong
