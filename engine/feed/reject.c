/* Rejects: an array in memory; when it is full it is written behind the others in a temporary file
 * whose name is removed at once. Records have one size, so that the file is an array too. */
#include "feed/reject.h"

#include "base/invariant.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_KEEP = 4096, FIRST_ROOM = 32 };

struct hedui_rejects {
    hedui_arena *arena;
    const char *folder;
    hedui_reject *memory;
    uint32_t keep, room, used; /**< most in memory, now room for, there */
    uint64_t spilled;          /**< in the file, before those in memory */
    int fd;
};

hedui_rejects *hedui_rejects_open(const char *folder, uint32_t keep, hedui_arena *arena)
{
    hedui_rejects *rejects = hedui_arena_take(arena, sizeof *rejects);
    if (!rejects)
        return NULL;
    rejects->arena = arena;
    rejects->fd = -1;
    rejects->keep = keep ? keep : DEFAULT_KEEP;
    rejects->folder = hedui_arena_copy(arena, hedui_span_of(folder ? folder : "/tmp")).at;
    return rejects->folder ? rejects : NULL;
}

void hedui_rejects_close(hedui_rejects *rejects)
{
    if (!rejects || rejects->fd < 0)
        return;
    (void)close(rejects->fd);
    rejects->fd = -1;
}

void hedui_rejects_drop(hedui_rejects *rejects)
{
    rejects->used = 0;
    rejects->spilled = 0;
}

static hedui_status write_error(const hedui_rejects *rejects, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(rejects->folder),
                      HEDUI_ARG_ERRNO(errno));
}

/* A file without a name; where the file system has none such, one whose name goes at once. */
static int open_nameless(const hedui_rejects *rejects)
{
    int fd = open(rejects->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return fd;
    char *path =
        hedui_arena_take(rejects->arena, strlen(rejects->folder) + sizeof "/rejects.XXXXXX");
    if (!path) {
        errno = ENOMEM;
        return -1;
    }
    char *end = stpcpy(path, rejects->folder);
    (void)stpcpy(end, "/rejects.XXXXXX");
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(path);
    return fd;
}

static hedui_status spill(hedui_rejects *rejects, hedui_err *err)
{
    if (rejects->fd < 0)
        rejects->fd = open_nameless(rejects);
    if (rejects->fd < 0)
        return write_error(rejects, err);
    const char *bytes = (const char *)rejects->memory;
    size_t left = rejects->used * sizeof *rejects->memory;
    off_t at = (off_t)(rejects->spilled * sizeof *rejects->memory);
    while (left) {
        ssize_t put = pwrite(rejects->fd, bytes, left, at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return write_error(rejects, err);
        bytes += put;
        left -= (size_t)put;
        at += put;
    }
    rejects->spilled += rejects->used;
    rejects->used = 0;
    return HEDUI_OK;
}

/* Most files have few. */
static int grow(hedui_rejects *rejects)
{
    uint32_t room = rejects->room ? rejects->room * 4 : FIRST_ROOM;
    room = room < rejects->keep ? room : rejects->keep;
    hedui_reject *memory = hedui_arena_array(rejects->arena, room, sizeof *memory);
    if (!memory)
        return 0;
    if (rejects->used)
        memcpy(memory, rejects->memory, rejects->used * sizeof *memory);
    rejects->memory = memory;
    rejects->room = room;
    return 1;
}

hedui_status hedui_rejects_add(hedui_rejects *rejects, const hedui_reject *reject, hedui_err *err)
{
    if (rejects->used == rejects->room && rejects->room < rejects->keep && !grow(rejects))
        return hedui_fail_memory(err);
    if (rejects->used == rejects->keep) {
        hedui_status status = spill(rejects, err);
        if (status != HEDUI_OK)
            return status;
    }
    rejects->memory[rejects->used++] = *reject;
    return HEDUI_OK;
}

uint64_t hedui_rejects_count(const hedui_rejects *rejects)
{
    return rejects->spilled + rejects->used;
}

hedui_status hedui_rejects_get(hedui_reject *reject, hedui_rejects *rejects, uint64_t index,
                               hedui_err *err)
{
    HEDUI_INVARIANT(index < hedui_rejects_count(rejects));
    if (index >= rejects->spilled) {
        *reject = rejects->memory[index - rejects->spilled];
        return HEDUI_OK;
    }
    hedui_reject read;
    off_t at = (off_t)(index * sizeof read);
    ssize_t got;
    while ((got = pread(rejects->fd, &read, sizeof read, at)) < 0 && errno == EINTR) {
    }
    if (got != (ssize_t)sizeof read)
        return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(rejects->folder),
                          HEDUI_ARG_ERRNO(got < 0 ? errno : EIO));
    *reject = read;
    return HEDUI_OK;
}
