/* Copies are made by way of a temporary file and take their name only when the digest of what was
 * copied is the digest of what was read: a delivery that was replaced meanwhile is not archived
 * under the other's name. */
#include "job/archive.h"

#include <hedui/file.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TOGETHER = 64 };

const char *hedui_archive_path(const char *archive, const hedui_digest *digest, hedui_arena *arena)
{
    char name[HEDUI_DIGEST_HEX + 3];
    hedui_digest_hex(name, digest);
    memcpy(name + HEDUI_DIGEST_HEX - 1, ".gz", sizeof ".gz");
    return hedui_path_join(archive, name, arena);
}

static hedui_status io_error(hedui_err *err, hedui_status status, const char *path)
{
    return hedui_fail(err, status, hedui_place_none(), HEDUI_ARG_TEXT(path),
                      HEDUI_ARG_ERRNO(errno));
}

static int write_whole(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        bytes += put;
        length -= (size_t)put;
    }
    return 0;
}

static hedui_status copy(int from, int to, const char *source, const char *target,
                         hedui_digester *digester, const hedui_stop *stop, hedui_arena *arena,
                         hedui_err *err)
{
    enum { CHUNK = 1 << 18 };
    hedui_arena_mark mark = hedui_arena_here(arena);
    char *buffer = hedui_arena_take(arena, CHUNK);
    hedui_status status = buffer ? HEDUI_OK : hedui_fail_memory(err);
    while (!status && (status = hedui_stop_check(stop, err)) == HEDUI_OK) {
        ssize_t got = read(from, buffer, CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status = io_error(err, HEDUI_E1003, source);
        if (got <= 0)
            break;
        hedui_digester_add(digester, buffer, (size_t)got);
        if (write_whole(to, buffer, (size_t)got) != 0)
            status = io_error(err, HEDUI_E1004, target);
    }
    if (!status && fchmod(to, 0400) != 0)
        status = io_error(err, HEDUI_E1004, target);
    hedui_arena_reset(arena, mark);
    return status;
}

/* A copy that has not got its name yet. */
typedef struct copied {
    const char *target;
    char *temporary; /* NULL: none was made */
    int fd;
} copied;

/* Written and seen to be what was read, not yet durable. */
static hedui_status copy_one(copied *c, const char *source, const hedui_digest *digest,
                             const hedui_stop *stop, hedui_arena *arena, hedui_err *err)
{
    hedui_digest read;
    size_t length = strlen(c->target);
    char *temporary = hedui_arena_take(arena, length + sizeof ".XXXXXX");
    hedui_digester *digester = hedui_digester_open();
    int from = -1;
    hedui_status status = temporary && digester ? HEDUI_OK : hedui_fail_memory(err);
    if (status)
        goto done;
    memcpy(temporary, c->target, length);
    memcpy(temporary + length, ".XXXXXX", sizeof ".XXXXXX");
    from = open(source, O_RDONLY | O_CLOEXEC);
    if (from < 0) {
        status = io_error(err, HEDUI_E1002, source);
        goto done;
    }
    c->fd = mkostemp(temporary, O_CLOEXEC);
    if (c->fd < 0) {
        status = io_error(err, HEDUI_E1004, c->target);
        goto done;
    }
    c->temporary = temporary;
    status = copy(from, c->fd, source, c->target, digester, stop, arena, err);
    if (!status)
        status = hedui_digester_end(&read, digester, err);
    if (!status && memcmp(read.bytes, digest->bytes, sizeof read.bytes) != 0)
        status = hedui_fail(err, HEDUI_E8010, hedui_place_none(), HEDUI_ARG_TEXT(source));
done:
    if (from >= 0)
        (void)close(from);
    hedui_digester_close(digester);
    return status;
}

/* Durable, then under its name. */
static hedui_status name_one(copied *c, hedui_err *err)
{
    if (fsync(c->fd) != 0 || rename(c->temporary, c->target) != 0)
        return io_error(err, HEDUI_E1004, c->target);
    c->temporary = NULL;
    return HEDUI_OK;
}

/* All are written before the first is synced: the disk has begun with the others meanwhile. */
static hedui_status keep_some(const char *archive, const char *inbox,
                              const hedui_run_delivery *deliveries, uint32_t count,
                              const hedui_stop *stop, hedui_arena *arena, hedui_err *err)
{
    copied copies[TOGETHER];
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < count; i++)
        copies[i] = (copied){.fd = -1};
    for (uint32_t i = 0; i < count && !status; i++) {
        const hedui_run_delivery *d = &deliveries[i];
        if (d->file.length == 0)
            continue;
        copies[i].target = hedui_archive_path(archive, &d->digest, arena);
        hedui_span name = hedui_arena_copy(arena, d->file);
        const char *source = name.at ? hedui_path_join(inbox, name.at, arena) : NULL;
        if (!copies[i].target || !source)
            status = hedui_fail_memory(err);
        else if (!hedui_file_exists(copies[i].target))
            status = copy_one(&copies[i], source, &d->digest, stop, arena, err);
    }
    for (uint32_t i = 0; i < count && !status; i++)
        if (copies[i].temporary)
            status = name_one(&copies[i], err);
    for (uint32_t i = 0; i < count; i++) {
        if (copies[i].temporary)
            (void)unlink(copies[i].temporary);
        if (copies[i].fd >= 0)
            (void)close(copies[i].fd);
    }
    return status;
}

hedui_status hedui_archive_keep(const char *archive, const char *inbox,
                                const hedui_run_result *result, const hedui_stop *stop,
                                hedui_arena *arena, hedui_err *err)
{
    hedui_status status = hedui_folder_make(archive, err);
    for (uint32_t i = 0; i < result->delivery_count && !status; i += TOGETHER) {
        uint32_t left = result->delivery_count - i;
        status = keep_some(archive, inbox, result->deliveries + i,
                           left < TOGETHER ? left : TOGETHER, stop, arena, err);
    }
    return status ? status : hedui_folder_sync(archive, err);
}

/* --- what was left half done ------------------------------------------------------------------ */

static const char replay_start[] = ".replay-";

/* "<digest>.<what>.XXXXXX", with a point in front or without: a copy that never got its name. */
static int is_half_done(const char *name)
{
    static const char *const endings[] = {".gz.", ".input.", ".listing."};
    name += *name == '.';
    if (strspn(name, "0123456789abcdef") != HEDUI_DIGEST_HEX - 1)
        return 0;
    name += HEDUI_DIGEST_HEX - 1;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (strncmp(name, endings[i], length) == 0)
            return strlen(name + length) == sizeof "XXXXXX" - 1;
    }
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

void hedui_archive_delete(const char *folder)
{
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

hedui_status hedui_archive_claim(const char **folder, int *fd, const char *archive,
                                 hedui_arena *arena, hedui_err *err)
{
    size_t room = strlen(archive) + 1 + sizeof replay_start + sizeof "XXXXXX";
    char *name = hedui_arena_take(arena, room);
    if (!name)
        return hedui_fail_memory(err);
    (void)snprintf(name, room, "%s/%sXXXXXX", archive, replay_start);
    if (!mkdtemp(name))
        return io_error(err, HEDUI_E1006, name);
    int held = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (held < 0 || flock(held, LOCK_EX | LOCK_NB) != 0) {
        hedui_status status = io_error(err, HEDUI_E1006, name);
        if (held >= 0)
            (void)close(held);
        (void)rmdir(name);
        return status;
    }
    *folder = name;
    *fd = held;
    return HEDUI_OK;
}

/* A folder whose maker is gone is held by nobody. */
static void sweep_replay(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        hedui_archive_delete(folder);
    (void)close(fd);
}

void hedui_archive_sweep(const char *archive)
{
    char path[4096];
    DIR *folder = opendir(archive);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        int length = snprintf(path, sizeof path, "%s/%s", archive, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof path)
            continue;
        if (is_half_done(entry->d_name))
            (void)unlink(path);
        else if (strncmp(entry->d_name, replay_start, sizeof replay_start - 1) == 0)
            sweep_replay(path);
    }
    (void)closedir(folder);
}
