#!/bin/sh
# The sources are as .clang-format would write them (./dev format writes them so).
. "$(dirname "$0")/lint.sh"
if ! command -v clang-format >/dev/null; then
    echo 'clang-format is not installed'
    exit 77
fi
for file in $(c_files engine include tests bench); do
    clang-format --dry-run -Werror "$file" >/dev/null 2>&1 ||
        echo "$file:1: not formatted; run ./dev format" >>"$found"
done
finish
