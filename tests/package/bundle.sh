#!/bin/sh
# bundle.sh ROOT BUILD: the tar for machines without a network: its digests are those of its files, a
# change is noticed, what is missing is named, and the package in it is the program.
set -eu
root=$1 build=$2
for tool in cpack dpkg-deb dpkg-shlibdeps sha256sum; do
    if ! command -v $tool >/dev/null; then
        echo "no $tool here"
        exit 77
    fi
done
. "$root/tests/package/unpacked_works.sh"

sh "$root/packaging/bundle.sh" "$build" "$work/bundle" >"$work/out.txt" 2>&1 || fail "$(cat "$work/out.txt")"
tar=$(cat "$work/out.txt")
(cd "$work/bundle" && sha256sum --quiet -c ./*.sha256) || fail 'the digest of the tar'
mkdir "$work/usb"
tar -C "$work/usb" -xf "$tar"
cd "$work"/usb/hedui-*
[ "$(find . -type f ! -name SHA256SUMS | wc -l)" = "$(wc -l <SHA256SUMS)" ] || fail 'a file has no digest'
for path in README.zh-CN.md docs/操作手册.md docs/核查员手册.md docs/术语表.md docs/错误编号.md docs/数据接口.md install.sh packages.txt hedui_*.deb; do
    [ -s "$path" ] || fail "the bundle lacks $path"
done
./install.sh --check >"$work/out.txt" 2>&1 || fail "install.sh --check: $(cat "$work/out.txt")"

# every package that the program was linked with is on the list
for name in $(dpkg-deb -f hedui_*.deb Depends | tr ',|' '\n\n' | sed 's/^ *//; s/ .*//'); do
    grep -v '^#' packages.txt | cut -f 1 | tr '|' '\n' | grep -qx "$name" || fail "packages.txt lacks $name"
done

# faults: a changed file; a package that nobody has, a version that is too old
cp install.sh kept && echo '# x' >>install.sh
code=0 && sh kept --check >"$work/out.txt" 2>&1 || code=$?
[ $code = 1 ] && grep -q '没有安装' "$work/out.txt" || fail "a changed file: $code $(cat "$work/out.txt")"
mv kept install.sh
cp packages.txt kept
for line in 'libnobody9	1.0	' 'zlib1g	99:1	'; do
    { cat kept && printf '%s\n' "$line"; } >packages.txt
    find . -type f ! -name SHA256SUMS ! -name kept -exec sha256sum {} + | LC_ALL=C sort -k 2 >SHA256SUMS
    code=0 && ./install.sh --check >"$work/out.txt" 2>&1 || code=$?
    [ $code = 2 ] && grep -q "缺软件包： ${line%%	*}" "$work/out.txt" || fail "$line: $code $(cat "$work/out.txt")"
done

# a version that is too old here, brought along: too old again, then new enough. It is never put in
# place of a newer one; hedui itself may go back.
for version in 98:1 99:1; do
    mkdir -p made/DEBIAN packages
    printf 'Package: zlib1g\nVersion: %s\nArchitecture: all\nMaintainer: x <x@hedui.example>\nDescription: x\n' \
        $version >made/DEBIAN/control
    rm -f packages/*
    dpkg-deb -b made "packages/zlib1g_${version#*:}_all.deb" >/dev/null
    rm -r made
    code=0 && ./install.sh --check >"$work/out.txt" 2>&1 || code=$?
    case $version,$code in
    98:1,2 | 99:1,0) ;;
    *) fail "zlib1g $version is brought, 99:1 is needed: $code $(cat "$work/out.txt")" ;;
    esac
done
mkdir "$work/bin"
printf '#!/bin/sh\necho 0\n' >"$work/bin/id"
printf '#!/bin/sh\n[ "$1" != --compare-versions ] || exec %s "$@"\necho "$*" >>"%s"\n' \
    "$(command -v dpkg)" "$work/asked" >"$work/bin/dpkg"
chmod +x "$work"/bin/*
PATH="$work/bin:$PATH" ./install.sh >"$work/out.txt" 2>&1 || fail "install.sh: $(cat "$work/out.txt")"
grep -- '--refuse-downgrade.* -i .*packages/zlib1g' "$work/asked" | grep -qv hedui_ ||
    fail "a brought package may be older: $(cat "$work/asked")"
grep -- ' *-i .*hedui_' "$work/asked" | grep -qv downgrade || fail "hedui cannot go back: $(cat "$work/asked")"
rm -r packages
mv kept packages.txt

mkdir "$work/root"
dpkg-deb -x hedui_*.deb "$work/root"
works "$work/root/usr"
