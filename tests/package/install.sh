#!/bin/sh
# install.sh ROOT BUILD: `cmake --install` into a folder, which is then moved; the program works there,
# the headers are whole, the library links, the copies it makes can be restored.
set -eu
root=$1 build=$2
. "$root/tests/package/unpacked_works.sh"

cmake --install "$build" --prefix "$work/first" >"$work/log.txt" 2>&1 || fail "$(tail "$work/log.txt")"
mv "$work/first" "$work/moved"
works "$work/moved"

for path in share/doc/hedui/README.zh-CN.md share/doc/hedui/examples/hedui.cron \
    lib/systemd/system/hedui-run.timer lib/sysusers.d/hedui.conf libexec/hedui/hedui-backup; do
    [ -s "$work/moved/$path" ] || fail "cmake --install leaves out $path"
done

# every header, alone, from where it was installed, and a program on the library
for header in "$work/moved"/include/hedui/*.h; do
    echo "#include <hedui/${header##*/}>"
done >"$work/all.c"
[ "$(wc -l <"$work/all.c")" = "$(find "$root/include/hedui" -maxdepth 1 -name '*.h' | wc -l)" ] ||
    fail 'headers are left out'
cat >>"$work/all.c" <<'END'
int main(void)
{
    hedui_err err;
    hedui_err_init(&err);
    return hedui_workspace_init("made", &err) ? 1 : 0;
}
END
library=$(find "$work/moved" -name libhedui.a)
[ -n "$library" ] || fail 'the library is left out'
libraries="sqlite3 yaml-0.1 nettle zlib libzip expat xlsxwriter"
if pkg-config --exists libisal; then
    libraries="$libraries libisal"
fi
# shellcheck disable=SC2046,SC2086
${CC:-cc} -std=c17 -D_GNU_SOURCE -I"$work/moved/include" "$work/all.c" "$library" -o "$work/user" \
    $(pkg-config --libs $libraries) -fopenmp -lm || fail 'a program on the installed library is not built'
(cd "$work" && ./user && [ -s made/hedui.yaml ]) || fail 'a program on the installed library fails'

# a copy, its sums, and a county restored from it
export HEDUI="$work/moved/bin/hedui"
mkdir "$work/copies"
for old in 20140101-010101 20140102-010101; do
    mkdir "$work/copies/$old"
    touch -d '40 days ago' "$work/copies/$old"
done
touch "$work/copies/note-of-the-operator"
for other in 2013-2014 20140101-010101-kept; do
    mkdir "$work/copies/$other"
    touch -d '40 days ago' "$work/copies/$other"
done
mkdir "$work/layouts" # kept elsewhere, with a link in the county
cp "$root/feeds/boat.yaml" "$work/layouts/"
ln -s "$work/layouts" "$work/county/feeds"
copy=$("$work/moved/libexec/hedui/hedui-backup" "$work/county" "$work/copies" 35) || fail 'the copy fails'
[ "$(find "$work/copies" -mindepth 1 | grep -c '/2014010[12]-010101$')" = 0 ] || fail 'old copies stay'
for other in note-of-the-operator 2013-2014 20140101-010101-kept; do
    [ -e "$work/copies/$other" ] || fail "the backup removes $other, which is not its own"
done
[ -s "$copy/feeds/boat.yaml" ] && [ ! -h "$copy/feeds" ] || fail 'the copy has a link, not the layouts'
[ "$(stat -c %a "$copy")" = 700 ] || fail 'others may read the copy'
(cd "$copy" && sha256sum --quiet -c SHA256SUMS) || fail 'sums of the copy'
mkdir "$work/restored"
cp -a "$copy/." "$work/restored/"
cp -a "$work/county/archive" "$work/restored/"
"$HEDUI" db check -C "$work/restored" >/dev/null || fail 'the restored database is not in order'
[ "$("$HEDUI" db digest -C "$work/county")" = "$("$HEDUI" db digest -C "$work/restored")" ] ||
    fail 'the restored database differs'
[ "$(cat "$copy/DIGEST")" = "$("$HEDUI" db digest -C "$work/restored")" ] || fail 'the digest of the copy'
"$HEDUI" replay -C "$work/restored" >"$work/out.txt" 2>&1 || fail "replay: $(tail -n 3 "$work/out.txt")"
printf 'x' >>"$copy/hedui.yaml"
if (cd "$copy" && sha256sum --status -c SHA256SUMS 2>/dev/null); then
    fail 'the sums do not notice a change'
fi
