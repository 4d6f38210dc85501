#!/bin/sh
# debian.sh ROOT BUILD: the Debian package is made, has what Debian asks for, and works unpacked in a
# folder of its own; its units are understood by systemd and closed in.
set -eu
root=$1 build=$2
for tool in cpack dpkg-deb dpkg-shlibdeps gzip; do
    if ! command -v $tool >/dev/null; then
        echo "no $tool here"
        exit 77
    fi
done
. "$root/tests/package/unpacked_works.sh"

cpack --config "$build/CPackConfig.cmake" -B "$place/made" >"$work/log.txt" 2>&1 || fail "$(tail "$work/log.txt")"
deb=$(find "$place/made" -maxdepth 1 -name '*.deb')
[ -s "$deb" ] || fail 'no package was made'
for library in libc6 libsqlite3-0 libyaml-0-2 libzip4 libexpat1 zlib1g libgomp1; do
    dpkg-deb -f "$deb" Depends | grep -q "\b$library\b" || fail "the package does not depend on $library"
done
dpkg-deb -e "$deb" "$work/control"
[ ! -e "$work/control/conffiles" ] || fail 'the package has configuration files'
for script in "$work"/control/p*; do
    sh -n "$script" || fail "$script"
done
grep -q 'systemctl stop hedui-run.service hedui-backup.service' "$work/control/prerm" ||
    fail 'a run goes on while its program is removed'

mkdir "$work/root"
dpkg-deb -x "$deb" "$work/root"
usr="$work/root/usr"
for path in share/doc/hedui/copyright share/doc/hedui/changelog.gz share/doc/hedui/changelog.Debian.gz \
    share/doc/hedui/README.zh-CN.md share/doc/hedui/examples/alert libexec/hedui/hedui-backup \
    lib/systemd/system/hedui-run.service lib/systemd/system/hedui-run.timer \
    lib/systemd/system/hedui-backup.service lib/systemd/system/hedui-backup.timer \
    share/man/man1/hedui.1.gz share/man/zh_CN/man1/hedui.1.gz \
    lib/systemd/system/hedui-alert@.service lib/sysusers.d/hedui.conf lib/tmpfiles.d/hedui.conf; do
    [ -s "$usr/$path" ] || fail "the package lacks $path"
done
# the manual speaks of what is there: paths of the package, its units
for path in $(grep -ohE '/usr/[A-Za-z0-9/._-]+[a-z]' "$root"/docs/*.md | sort -u); do
    [ -e "$work/root$path" ] || fail "a document names $path, which the package lacks"
done
for unit in $(grep -ohE 'hedui-[a-z]+\.(timer|service)' "$root"/docs/*.md | sort -u); do
    [ -s "$usr/lib/systemd/system/$unit" ] || fail "a document names $unit, which the package lacks"
done
for document in 操作手册 核查员手册 术语表 错误编号 数据接口; do
    [ -s "$usr/share/doc/hedui/docs/$document.md" ] || fail "the package lacks $document.md"
done
# departments find each shipped layout in the interface document, by its title
for layout in "$root"/feeds/*.yaml; do
    title=$(sed -n 's/^title: *//p' "$layout" | head -n 1)
    grep -q "^## $title（" "$usr/share/doc/hedui/docs/数据接口.md" ||
        fail "数据接口.md lacks ${layout##*/}, $title"
done
[ ! -e "$usr/include" ] || fail 'the package has headers'
diff -r "$root/feeds" "$usr/share/hedui/feeds" && diff -r "$root/rules" "$usr/share/hedui/rules" ||
    fail 'layouts or rules differ from the tree'
(cd "$work/root" && md5sum --quiet -c "$work/control/md5sums") || fail 'md5sums'
if grep -rl "$root" "$usr/lib" "$usr/share" "$usr/libexec"; then
    fail 'these files name the folder of the build'
fi
works "$usr"

if command -v systemd-analyze >/dev/null; then
    mkdir "$place/units"
    # units are checked against the machine; the program and the script stand elsewhere here
    for unit in "$usr"/lib/systemd/system/*; do
        sed -e "s|/usr/libexec/hedui/hedui-backup|/bin/true|" -e 's|=/usr/bin/hedui run|=/bin/true run|' \
            "$unit" >"$place/units/${unit##*/}"
        ! grep '^ExecStart=[^ ]*/hedui' "$place/units/${unit##*/}" || fail "a program nobody knows: $unit"
    done
    mv "$place/units/hedui-alert@.service" "$place/units/hedui-alert@x.service"
    SYSTEMD_UNIT_PATH="$place/units:" systemd-analyze verify --man=no "$place"/units/* >"$work/out.txt" 2>&1 ||
        fail "units: $(cat "$work/out.txt")"
    ! grep "$place/units\|hedui" "$work/out.txt" || fail 'units: see above'
    for unit in hedui-run.service hedui-backup.service; do
        systemd-analyze security --offline=true --threshold=10 "$usr/lib/systemd/system/$unit" \
            >"$work/out.txt" 2>&1 || fail "$unit is exposed: $(tail -n 1 "$work/out.txt")"
    done
    systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' "$usr/lib/systemd/system/hedui-run.timer")" >/dev/null ||
        fail 'the hour of the timer'
else
    echo 'no systemd-analyze here: units not verified'
fi
if command -v systemd-sysusers >/dev/null && [ "$(id -u)" = 0 ]; then
    mkdir "$work/root/etc"
    systemd-sysusers --root="$work/root" hedui.conf 2>/dev/null
    grep -q '^hedui:.*:/var/lib/hedui:.*nologin$' "$work/root/etc/passwd" || fail 'no user is made'
    systemd-tmpfiles --root="$work/root" --create hedui.conf
    id=$(sed -n 's/^hedui:[^:]*:\([0-9]*\):.*/\1/p' "$work/root/etc/passwd")
    for folder in lib backups; do
        [ "$(stat -c '%a %u' "$work/root/var/$folder/hedui")" = "700 $id" ] || fail "/var/$folder/hedui"
    done
fi

if command -v lintian >/dev/null; then
    lintian --allow-root --fail-on error "$deb" >"$work/out.txt" 2>&1 || fail "$(cat "$work/out.txt")"
else
    echo 'no lintian here: the package was not held against Debian policy'
fi
