#!/bin/sh
# install.sh [--check]: 先核对摘要和所需软件包，都齐了再安装；--check 只核对，不安装。
# 缺的软件包可在能联网的同版本机器上用 apt-get download 取来，放进 packages/，会一并安装。
set -eu
cd "$(dirname "$0")"
if ! sha256sum --quiet -c SHA256SUMS; then
    echo '有文件与摘要不符，没有安装。请重新拷贝。' >&2
    exit 1
fi
echo '摘要：全部相符'
installed() {
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}
brought() {
    for file in packages/"$1"_*.deb; do
        [ -e "$file" ] && return 0
    done
    return 1
}
missing=''
while IFS='	' read -r names at_least _; do
    case $names in '#'*) continue ;; esac
    found=''
    for name in $(printf '%s' "$names" | tr '|' ' '); do
        if installed "$name"; then
            version=$(dpkg-query -W -f='${Version}' "$name")
            if [ -z "$at_least" ] || dpkg --compare-versions "$version" ge "$at_least"; then
                found=1
            fi
        elif brought "$name"; then
            found=1
        fi
    done
    if [ -z "$found" ]; then
        missing="$missing ${names%%|*}"
    fi
done <packages.txt
if [ -n "$missing" ]; then
    echo "缺软件包：$missing" >&2
    echo "在能联网的机器上：mkdir packages && cd packages && apt-get download$missing" >&2
    exit 2
fi
echo '所需软件包：齐全'
if [ "${1:-}" = --check ]; then
    exit 0
fi
if [ "$(id -u)" != 0 ]; then
    echo '安装须用 root：sudo ./install.sh' >&2
    exit 2
fi
before=$(dpkg-query -W -f='${Version}' hedui 2>/dev/null || true)
set -- hedui_*.deb
for file in packages/*.deb; do
    if [ -e "$file" ]; then
        set -- "$@" "$file"
    fi
done
dpkg -i "$@"
echo "已安装。退回：${before:+用 $before 版的安装包再执行一次 install.sh；}卸载：dpkg -r hedui（工作目录和备份不删）"
