#!/bin/sh
# Each lint is shown a fault of its kind and must find it; a lint that sees nothing is worse than
# none.
set -eu
root=${1:?the root of the tree}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# A tree of a few files.
fresh() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/feeds" "$work/tree/rules/packs"
    for file in engine/base/arena.c engine/value/date.c engine/text/json.c engine/run/judge.c \
        include/hedui/arena.h include/hedui/messages/job.def .clang-format; do
        mkdir -p "$work/tree/$(dirname $file)"
        cp "$root/$file" "$work/tree/$file"
    done
    printf 'source: 某某部门\n  a: {header: [某列名]}\n' >"$work/tree/feeds/sample.yaml"
}

# catches LINT FILE LINE: the line is added to the file.
catches() {
    fresh
    if ! sh "$root/tests/lint/$1.sh" "$work/tree" >"$work/out" 2>&1; then
        echo "lint $1 complains of a sound tree:"
        cat "$work/out"
        failed=1
    fi
    printf '%s\n' "$3" >>"$work/tree/$2"
    if sh "$root/tests/lint/$1.sh" "$work/tree" >"$work/out" 2>&1 || ! grep -q "$2" "$work/out"; then
        echo "lint $1 does not see: $2: $3"
        failed=1
    fi
}

# The same for a new file of a tree under git, which quotes names that are not ASCII.
catches_tracked() {
    fresh
    mkdir -p "$work/tree/$(dirname "$2")"
    printf '%s\n' "$3" >"$work/tree/$2"
    git init -q "$work/tree"
    git -C "$work/tree" add .
    if sh "$root/tests/lint/$1.sh" "$work/tree" >"$work/out" 2>&1 || ! grep -q "$2" "$work/out"; then
        echo "lint $1 does not see under git: $2: $3"
        failed=1
    fi
}

# The same for a compiled object.
catches_object() {
    printf '%s\n' "$2" >"$work/a.c"
    ${CC:-cc} -fPIE -c -o "$work/a.o" "$work/a.c"
    echo "$work/a.o" >"$work/objects"
    fresh
    if sh "$root/tests/lint/$1.sh" "$work/tree" "$work/objects" >"$work/out" 2>&1 ||
        ! grep -q 'a\.o' "$work/out"; then
        echo "lint $1 does not see: $2"
        failed=1
    fi
}

catches layers engine/base/arena.c '#include "yaml/yaml.h"'
catches layers engine/text/json.c '#include <hedui/job.h>'
catches layers include/hedui/arena.h '#include "base/invariant.h"'
catches layers engine/base/arena.c '#include "neighbour.h"'
catches pragmas engine/base/arena.c '#pragma omp parallel for'
catches pragmas engine/run/judge.c '#pragma omp parallel for'
catches calls engine/base/arena.c '    n = atoi(text);'
catches calls engine/value/date.c '    (void)printf("%d", n);'
catches calls engine/value/date.c '    exit(1);'
catches calls engine/value/date.c '    p = malloc(n);'
catches calls engine/value/date.c '    now = time(NULL);'
catches sql engine/value/date.c '    s = "SELECT id FROM run";'
catches names engine/base/util.c 'int x;'
catches names include/hedui/arena.h "$(yes '/* long */' | head -n 150)"
catches content engine/value/date.c '    s = "某列名";'
catches content engine/value/date.c '    s = "某某部门";'
catches messages include/hedui/messages/job.def 'HEDUI_MESSAGE(1, 4, "一。", "One.")'
catches messages include/hedui/messages/job.def 'HEDUI_MESSAGE(9999, 4, "一", "One.")'
catches words engine/value/date.c "/* see /w""ork/main */"
if command -v git >/dev/null; then
    catches_tracked words docs/手册.md "见 /w""ork/main"
fi
if command -v clang-format >/dev/null; then
    catches format engine/value/date.c 'int   x ;'
fi
catches_object symbols 'int stray(void); int stray(void) { return 0; }'
catches_object globals 'static int seen; int hedui_f(void); int hedui_f(void) { return seen++; }'
catches_object globals 'int hedui_f(void); int hedui_f(void) { static _Thread_local int n; return n++; }'
catches_object globals 'int hedui_count = 3;'
exit $failed
