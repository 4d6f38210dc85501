#!/bin/sh
# bundle.sh BUILD FOLDER: what is carried to a machine without a network, as one tar in FOLDER: the
# package, what it needs, how to install it, the manual, and the digests of them all.
set -eu
cd "$(dirname "$0")/.."
build=$1 folder=$2
for tool in cpack dpkg-deb dpkg-shlibdeps sha256sum; do
    if ! command -v $tool >/dev/null; then
        echo "bundle: no $tool here" >&2
        exit 2
    fi
done
part=$folder/.part
rm -rf "$part"
mkdir -p "$part/cpack"
if ! cpack --config "$build/CPackConfig.cmake" -B "$part/cpack" >"$part/log" 2>&1; then
    tail "$part/log" >&2
    exit 1
fi
deb=$(find "$part/cpack" -maxdepth 1 -name '*.deb')
name=hedui-$(dpkg-deb -f "$deb" Version)-$(. /etc/os-release && echo "${VERSION_CODENAME:-$ID}")-$(dpkg-deb -f "$deb" Architecture)
mkdir "$part/$name"
mv "$deb" "$part/$name/"
cp README.zh-CN.md packaging/install.sh "$part/$name/"
cp -r docs "$part/$name/"
cp "$build/packaging/错误编号.md" "$build/packaging/数据接口.md" "$part/$name/docs/"
{
    echo '# 本包需要的 Debian 软件包：名称、至少的版本（空为不限）、打包时所用的版本。用“|”分隔的任选其一。'
    dpkg-deb -f "$part/$name"/*.deb Depends | sed 's/, /\n/g' | while IFS= read -r need; do
        at_least=$(printf '%s' "$need" | sed -n 's/.*(>= \(.*\)).*/\1/p')
        names=$(printf '%s' "$need" | sed 's/ ([^)]*)//; s/ | /|/g')
        here=$(dpkg-query -W -f='${Version}' "${names%%|*}" 2>/dev/null || true)
        printf '%s\t%s\t%s\n' "$names" "$at_least" "$here"
    done
} >"$part/$name/packages.txt"
(cd "$part/$name" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + | LC_ALL=C sort -k 2 >SHA256SUMS)
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$part" -cf "$folder/$name.tar" "$name"
(cd "$folder" && sha256sum "$name.tar" >"$name.tar.sha256")
rm -rf "$part"
echo "$folder/$name.tar"
