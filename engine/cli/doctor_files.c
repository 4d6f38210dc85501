/* The machine, and the folders of the workspace. */
#include "cli/doctor.h"

#include <hedui/file.h>
#include <hedui/store.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { MIB = 1024 * 1024, ROOM_MIB = 64, SPILL_MIB = 256, LEFT_SECONDS = 3600 };

static hedui_span say(const hedui_cli_doctor *d, const char *zh, const char *en)
{
    return hedui_span_of(hedui_cli_say(d->cli, zh, en));
}

static void check_locale(hedui_cli_doctor *d)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *value = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !(value && value[0]); i++)
        value = getenv(names[i]);
    const char *charset = value ? strchr(value, '.') : NULL;
    if (!charset || strncasecmp(charset, ".utf-8", 6) == 0 || strncasecmp(charset, ".utf8", 5) == 0)
        hedui_cli_doctor_tell(d, "machine.locale", HEDUI_CLI_SOUND,
                              say(d, "输出用 UTF-8", "output is UTF-8"), hedui_span_of(""));
    else
        hedui_cli_doctor_tell(
            d, "machine.locale", HEDUI_CLI_LOOK,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "终端按 %s 显示，程序输出的是 UTF-8",
                                          "the terminal shows %s, output is UTF-8"),
                            charset + 1),
            say(d, "把终端和 LANG 改为 UTF-8，如 LANG=C.UTF-8",
                "set the terminal and LANG to UTF-8, as LANG=C.UTF-8"));
}

/* A clock that was reset stands years back. */
static void check_clock(hedui_cli_doctor *d)
{
    enum { FIRST_DAY = 20089 }; /* 2025-01-01: this program is younger */
    if (d->now / 86400 < FIRST_DAY)
        hedui_cli_doctor_tell(
            d, "machine.clock", HEDUI_CLI_BAD,
            say(d, "时钟停在过去，缺省的基准日会是错的",
                "the clock is years back; the default day of a run is wrong"),
            say(d, "校准时钟，或每次写明 --as-of", "set the clock, or give --as-of each time"));
    else
        hedui_cli_doctor_tell(d, "machine.clock", HEDUI_CLI_SOUND, say(d, "时钟可信", "plausible"),
                              hedui_span_of(""));
}

static int64_t free_bytes(const char *folder)
{
    struct statvfs where;
    if (statvfs(folder, &where) != 0)
        return -1;
    return (int64_t)(where.f_bavail * where.f_frsize);
}

static const char *errno_words(const hedui_cli_doctor *d, int number)
{
    hedui_buffer words;
    hedui_buffer_init(&words);
    hedui_message_errno(&words, number, d->cli->language);
    hedui_span copy = hedui_buffer_keep(&words, d->cli->arena);
    return copy.at ? copy.at : "";
}

static void check_temporary(hedui_cli_doctor *d)
{
    const char *named = getenv("TMPDIR"), *folder = named && named[0] ? named : "/tmp";
    int64_t free = free_bytes(folder);
    if (access(folder, W_OK | X_OK) != 0)
        hedui_cli_doctor_tell(d, "machine.temporary", HEDUI_CLI_BAD,
                              hedui_cli_print(d->cli,
                                              hedui_cli_say(d->cli, "临时目录 %s 不能写：%s",
                                                            "%s cannot be written: %s"),
                                              folder, errno_words(d, errno)),
                              say(d, "用 TMPDIR 指定一个能写的目录",
                                  "name a folder that can be written with TMPDIR"));
    else if (free >= 0 && free < (int64_t)SPILL_MIB * MIB)
        hedui_cli_doctor_tell(d, "machine.temporary", HEDUI_CLI_LOOK,
                              hedui_cli_print(d->cli,
                                              hedui_cli_say(d->cli, "临时目录 %s 只剩 %lld MiB",
                                                            "%s has only %lld MiB left"),
                                              folder, (long long)(free / MIB)),
                              say(d, "腾出空间，或用 TMPDIR 换一个目录",
                                  "make room, or name another folder with TMPDIR"));
    else
        hedui_cli_doctor_tell(
            d, "machine.temporary", HEDUI_CLI_SOUND,
            hedui_cli_print(d->cli, hedui_cli_say(d->cli, "临时目录 %s 能写", "%s can be written"),
                            folder),
            hedui_span_of(""));
}

void hedui_cli_doctor_machine(hedui_cli_doctor *d)
{
    check_locale(d);
    check_clock(d);
    check_temporary(d);
}

/* The inbox may be open to a group: departments deliver into it. */
static void check_modes(hedui_cli_doctor *d)
{
    const hedui_workspace *w = d->workspace;
    const char *const paths[] = {w->folder, w->archive, w->out, w->store, w->file, w->inbox};
    hedui_span open = hedui_span_of("");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct stat info;
        mode_t others = paths[i] == w->inbox ? 0007 : 0077;
        if (stat(paths[i], &info) == 0 && (info.st_mode & others))
            open = hedui_cli_print(d->cli, "%s %s", open.at, paths[i]);
    }
    if (!open.length) {
        hedui_cli_doctor_tell(d, "workspace.modes", HEDUI_CLI_SOUND,
                              say(d, "只有本人能读", "for their owner alone"), hedui_span_of(""));
        return;
    }
    hedui_cli_doctor_tell(
        d, "workspace.modes", HEDUI_CLI_BAD,
        hedui_cli_print(d->cli, hedui_cli_say(d->cli, "他人可以看到：%s", "open to others:%s"),
                        open.at + (d->cli->language == HEDUI_ZH)),
        hedui_cli_print(d->cli, "chmod go-rwx%s", open.at));
}

/* access() as root allows what a unit that runs as another user may not do. */
static void check_access(hedui_cli_doctor *d, const char *code, const char *path, int how)
{
    struct stat info, own;
    if (access(path, how) != 0) {
        hedui_cli_doctor_tell(
            d, code, HEDUI_CLI_BAD, hedui_cli_print(d->cli, "%s: %s", path, errno_words(d, errno)),
            say(d, "建立这个目录或文件，或改 hedui.yaml、改权限（chmod、chown）",
                "make it, or mend hedui.yaml or its owner and mode (chown, chmod)"));
    } else if (stat(path, &info) == 0 && stat(d->workspace->folder, &own) == 0 &&
               info.st_uid != own.st_uid && (how & W_OK)) {
        hedui_cli_doctor_tell(
            d, code, HEDUI_CLI_LOOK,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "%s 属于另一个用户，与工作目录不同",
                                          "%s belongs to another user than the workspace"),
                            path),
            hedui_cli_print(d->cli, "chown -R --reference=%s %s", d->workspace->folder, path));
    } else {
        hedui_cli_doctor_tell(d, code, HEDUI_CLI_SOUND, hedui_span_of(path), hedui_span_of(""));
    }
}

static void check_local(hedui_cli_doctor *d)
{
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_store_is_local(d->workspace->store, &err))
        hedui_cli_doctor_fail(
            d, "workspace.local", &err,
            hedui_cli_say(d->cli, "把数据库放到本机磁盘上", "keep the database on a local disk"));
    else
        hedui_cli_doctor_tell(d, "workspace.local", HEDUI_CLI_SOUND,
                              say(d, "数据库在本机磁盘上", "the database is on a local disk"),
                              hedui_span_of(""));
}

static int64_t size_of_folder(const char *path)
{
    char name[4096];
    struct stat info;
    int64_t sum = 0;
    DIR *folder = opendir(path);
    if (!folder)
        return 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (length > 0 && (size_t)length < sizeof name && stat(name, &info) == 0 &&
            S_ISREG(info.st_mode))
            sum += info.st_size;
    }
    (void)closedir(folder);
    return sum;
}

/* A night archives what it read, adds to the database at most what that holds, and writes reports.
 */
static void check_room(hedui_cli_doctor *d)
{
    struct stat info;
    int64_t free = free_bytes(d->workspace->folder);
    int64_t need = (int64_t)ROOM_MIB * MIB + size_of_folder(d->workspace->inbox);
    need += stat(d->workspace->store, &info) == 0 ? info.st_size : 0;
    hedui_span found =
        hedui_cli_print(d->cli,
                        hedui_cli_say(d->cli, "剩余 %lld MiB，一次核对最多要 %lld MiB",
                                      "%lld MiB left; a night needs up to %lld MiB"),
                        (long long)(free / MIB), (long long)(need / MIB));
    hedui_cli_health health = free < need        ? HEDUI_CLI_BAD
                              : free < 10 * need ? HEDUI_CLI_LOOK
                                                 : HEDUI_CLI_SOUND;
    hedui_cli_doctor_tell(d, "workspace.room", health, found,
                          health == HEDUI_CLI_SOUND
                              ? hedui_span_of("")
                              : say(d, "腾出或增加磁盘空间；hedui db purge 清除过期的批次",
                                    "make room; hedui db purge deletes runs that are over"));
}

/* ".name.XXXXXX" or "name.XXXXXX" of an hour ago and more: what a killed program was writing. Of
 * mkstemp's six characters at least one is nearly always a capital. */
static int is_left_over(const char *path, const char *name, int64_t now)
{
    struct stat info;
    const char *end = strrchr(name, '.');
    if (strncmp(name, ".replay-", sizeof ".replay-" - 1) != 0) {
        if (!end || end == name || strlen(end) != sizeof ".XXXXXX" - 1)
            return 0;
        int capitals = 0;
        for (const char *at = end + 1; *at; at++) {
            int capital = *at >= 'A' && *at <= 'Z';
            capitals += capital;
            if (!capital && !(*at >= 'a' && *at <= 'z') && !(*at >= '0' && *at <= '9'))
                return 0;
        }
        if (!capitals)
            return 0;
    }
    return stat(path, &info) == 0 && now - (int64_t)info.st_mtime > LEFT_SECONDS;
}

static void check_leftovers(hedui_cli_doctor *d)
{
    const hedui_workspace *w = d->workspace;
    const char *const folders[] = {w->folder, w->inbox, w->archive, w->out};
    hedui_span left = hedui_span_of("");
    int count = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        DIR *folder = opendir(folders[i]);
        for (const struct dirent *entry; folder && (entry = readdir(folder));) {
            const char *path = hedui_path_join(folders[i], entry->d_name, d->cli->arena);
            if (!path || !is_left_over(path, entry->d_name, d->now))
                continue;
            if (count++ < 3)
                left = hedui_cli_print(d->cli, "%s '%s'", left.at, path);
        }
        if (folder)
            (void)closedir(folder);
    }
    if (count)
        hedui_cli_doctor_tell(
            d, "workspace.leftovers", HEDUI_CLI_LOOK,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "有 %d 个没有写完的临时文件",
                                          "%d temporary files were never finished"),
                            count),
            hedui_cli_print(d->cli, "rm -r%s%s", left.at, count > 3 ? " ..." : ""));
    else
        hedui_cli_doctor_tell(d, "workspace.leftovers", HEDUI_CLI_SOUND,
                              say(d, "没有遗留的临时文件", "no temporary files are left over"),
                              hedui_span_of(""));
}

void hedui_cli_doctor_files(hedui_cli_doctor *d)
{
    check_modes(d);
    check_access(d, "workspace.areas", d->workspace->areas, R_OK);
    check_access(d, "workspace.inbox", d->workspace->inbox, R_OK | X_OK);
    check_access(d, "workspace.archive", d->workspace->archive, R_OK | W_OK | X_OK);
    check_access(d, "workspace.out", d->workspace->out, R_OK | W_OK | X_OK);
    check_local(d);
    check_room(d);
    check_leftovers(d);
}
