# Read by the other scripts: a place of work whose name has blanks and Chinese, and checks.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
work="$place/核对 包"
mkdir "$work"
export LANG=C.UTF-8 TERM=dumb
unset HEDUI_SHARE HEDUI_FOLDER HEDUI_LANG || true

fail() {
    echo "$1" >&2
    exit 1
}

# works FOLDER: the program below FOLDER makes its county, checks it, and judges its rules, with what
# lies beside it and nothing else.
works() {
    hedui="$1/bin/hedui"
    [ -x "$hedui" ] || fail "no program in $1/bin"
    (cd / && "$hedui" demo "$work/county" --households 1000) >"$work/out.txt" 2>&1 ||
        fail "the demo: $(tail -n 5 "$work/out.txt")"
    truth=$(sed -n 's/^真值核对：\([0-9]* \/ [0-9]*\)$/\1/p' "$work/out.txt")
    [ -n "$truth" ] && [ "${truth%% /*}" = "${truth##*/ }" ] && [ "${truth%% /*}" -gt 1000 ] ||
        fail "the truth: '$truth'"
    (cd / && "$hedui" rules test -C "$work/county") >"$work/out.txt" 2>&1 ||
        fail "rules test: $(tail -n 5 "$work/out.txt")"
    grep -q '个样例：符合 [1-9][0-9]*，不符 0。' "$work/out.txt" || fail "rules test: $(cat "$work/out.txt")"
    mv "$1/share/hedui" "$1/share/away"
    if (cd / && "$hedui" rules test -C "$work/county") >"$work/out.txt" 2>&1; then
        fail 'without its share the program still finds rules: those of another place'
    fi
    mv "$1/share/away" "$1/share/hedui"
}
