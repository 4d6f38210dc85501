#!/bin/sh
# The sources are as .clang-format would write them (./dev format writes them so).
. "$(dirname "$0")/lint.sh"
if ! command -v clang-format >/dev/null; then
    echo 'clang-format is not installed'
    exit 77
fi
c_files engine include tests bench | xargs clang-format --dry-run 2>&1 |
    sed -n 's|^\([^:]*:[0-9]*\):.*clang-format-violations.*|\1: not formatted; run ./dev format|p' >>"$found"
finish
