# What every lint shares; sourced. A lint prints `file:line: what is wrong` for each find and
# leaves with 1 if there was one. Sources are those under git, or, without git, those on disk.
set -eu
root=${1:?the root of the tree}
cd "$root"
found=$(mktemp)
trap 'rm -f "$found"' EXIT

# Files under version control and new ones not ignored, below the folders named.
tracked() {
    if [ -e .git ] && git ls-files >/dev/null 2>&1; then
        git -c core.quotePath=false ls-files --cached --others --exclude-standard -- "$@"
    else
        find "$@" -type f -not -path './build/*' -not -path './.git/*' | sed 's|^\./||'
    fi | while read -r file; do
        if [ -f "$file" ]; then
            echo "$file"
        fi
    done
}

c_files() {
    tracked "$@" | grep -E '\.[ch]$' || true
}

# refuse WHAT PATTERN: lines of the files on standard input that match, comments left out.
refuse() {
    WHAT=$1 PATTERN=$2 xargs awk '
        { line = $0
          gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)
          sub(/^ *\*.*/, "", line); sub(/\/\*.*/, "", line); sub(/\/\/.*/, "", line) }
        line ~ ENVIRON["PATTERN"] { print FILENAME ":" FNR ": " ENVIRON["WHAT"] }' /dev/null >>"$found"
}

finish() {
    if [ -s "$found" ]; then
        cat "$found"
        exit 1
    fi
}
