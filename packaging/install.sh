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
# enough VERSION AT_LEAST
enough() {
    [ -z "$2" ] || dpkg --compare-versions "$1" ge "$2"
}
# brought NAME AT_LEAST
brought() {
    for file in packages/"$1"_*.deb; do
        [ -e "$file" ] && enough "$(dpkg-deb -f "$file" Version)" "$2" && return 0
    done
    return 1
}
missing=''
while IFS='	' read -r names at_least _; do
    case $names in '#'*) continue ;; esac
    found=''
    for name in $(printf '%s' "$names" | tr '|' ' '); do
        if installed "$name" && enough "$(dpkg-query -W -f='${Version}' "$name")" "$at_least"; then
            found=1
        elif brought "$name" "$at_least"; then
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
# 带来的软件包比本机的旧就不动本机的；hedui 自己可以退回旧版
set -- packages/*.deb
if [ -e "$1" ]; then
    dpkg --refuse-downgrade --skip-same-version -i "$@"
fi
dpkg -i hedui_*.deb
echo "已安装。退回：${before:+用 $before 版的安装包再执行一次 install.sh；}卸载：dpkg -r hedui（工作目录和备份不删）"
