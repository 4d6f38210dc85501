/* Publishing without replacing is link(2), which fails where a name is taken: no moment lies
 * between looking and writing. */
#include "base/new_file.h"

#include <hedui/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct hedui_new_file {
    const char *path, *folder;
    char *temporary; /* empty once published */
    int fd;
};

static hedui_status failed(hedui_err *err, const char *path)
{
    return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(path),
                      HEDUI_ARG_ERRNO(errno));
}

/* The folder of a path, with its slash; "" for none. */
static const char *folder_of(const char *path, hedui_arena *arena)
{
    const char *slash = strrchr(path, '/');
    hedui_span folder = {path, slash ? (size_t)(slash - path) + 1 : 0};
    return hedui_arena_copy(arena, folder).at;
}

hedui_status hedui_new_file_open(hedui_new_file **file, const char *path, hedui_arena *arena,
                                 hedui_err *err)
{
    hedui_new_file *opened = hedui_arena_take(arena, sizeof *opened);
    size_t room = strlen(path) + sizeof "./..XXXXXX";
    if (!opened)
        return hedui_fail_memory(err);
    opened->path = hedui_arena_copy(arena, hedui_span_of(path)).at;
    opened->folder = folder_of(path, arena);
    opened->temporary = hedui_arena_take(arena, room);
    if (!opened->path || !opened->folder || !opened->temporary)
        return hedui_fail_memory(err);
    (void)snprintf(opened->temporary, room, "%s.%s.XXXXXX", opened->folder,
                   path + strlen(opened->folder));
    opened->fd = mkostemp(opened->temporary, O_CLOEXEC); /* mode 0600 */
    if (opened->fd < 0)
        return failed(err, path);
    *file = opened;
    return HEDUI_OK;
}

const char *hedui_new_file_place(const hedui_new_file *file)
{
    return file->temporary;
}

hedui_status hedui_new_file_add(hedui_new_file *file, hedui_span bytes, hedui_err *err)
{
    size_t done = 0;
    while (done < bytes.length) {
        ssize_t put = write(file->fd, bytes.at + done, bytes.length - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return failed(err, file->path);
        done += (size_t)put;
    }
    return HEDUI_OK;
}

hedui_status hedui_new_file_sync(hedui_new_file *file, hedui_err *err)
{
    return fsync(file->fd) == 0 ? HEDUI_OK : failed(err, file->path);
}

hedui_status hedui_new_file_name(hedui_new_file *file, int replace, hedui_err *err)
{
    if (replace && rename(file->temporary, file->path) != 0)
        return failed(err, file->path);
    if (!replace && link(file->temporary, file->path) != 0)
        return errno == EEXIST
                   ? hedui_fail(err, HEDUI_E1008, hedui_place_none(), HEDUI_ARG_TEXT(file->path))
                   : failed(err, file->path);
    if (!replace)
        (void)unlink(file->temporary);
    file->temporary[0] = '\0';
    return HEDUI_OK;
}

hedui_status hedui_new_file_publish(hedui_new_file *file, int replace, hedui_err *err)
{
    hedui_status status = hedui_new_file_name(file, replace, err);
    return status ? status : hedui_folder_sync(file->folder[0] ? file->folder : ".", err);
}

void hedui_new_file_close(hedui_new_file *file)
{
    if (!file || file->fd < 0)
        return;
    (void)close(file->fd);
    file->fd = -1;
    if (file->temporary[0])
        (void)unlink(file->temporary);
}

hedui_status hedui_nameless_open(int *fd, const char *folder, hedui_arena *arena, hedui_err *err)
{
    int opened = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (opened < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) { /* an older file system */
        size_t room = strlen(folder) + sizeof "/.hedui.XXXXXX";
        char *path = hedui_arena_take(arena, room);
        if (!path)
            return hedui_fail_memory(err);
        (void)snprintf(path, room, "%s/.hedui.XXXXXX", folder);
        opened = mkostemp(path, O_CLOEXEC);
        if (opened >= 0)
            (void)unlink(path);
    }
    if (opened < 0)
        return failed(err, folder);
    *fd = opened;
    return HEDUI_OK;
}
