/* Whole files. Replacing one follows temp, fsync, rename, fsync of the folder: with either fsync
 * left out a power cut can leave an empty file under the final name. */
#include <hedui/file.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static hedui_status read_error(hedui_err *err, hedui_status status, const char *path)
{
    return hedui_fail(err, status, hedui_place_none(), HEDUI_ARG_TEXT(path),
                      HEDUI_ARG_ERRNO(errno));
}

static hedui_status read_all(hedui_span *text, int fd, const char *path, size_t limit,
                             hedui_arena *arena, hedui_err *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return read_error(err, HEDUI_E1003, path);
    if (info.st_size < 0 || (uint64_t)info.st_size > limit)
        return hedui_fail(err, HEDUI_E1005, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_NUMBER(info.st_size), HEDUI_ARG_NUMBER(limit));
    size_t size = (size_t)info.st_size, used = 0;
    char *bytes = hedui_arena_take(arena, size + 1);
    if (!bytes)
        return hedui_fail_memory(err);
    while (used < size) {
        ssize_t got = read(fd, bytes + used, size - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return read_error(err, HEDUI_E1003, path);
        if (got == 0)
            break; /* became shorter while we read: what is there is what there is */
        used += (size_t)got;
    }
    text->at = bytes;
    text->length = used;
    return HEDUI_OK;
}

hedui_status hedui_file_read(hedui_span *text, const char *path, size_t limit, hedui_arena *arena,
                             hedui_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return read_error(err, HEDUI_E1002, path);
    hedui_status status = read_all(text, fd, path, limit, arena, err);
    (void)close(fd);
    return status;
}

static int write_all(int fd, hedui_span content)
{
    size_t done = 0;
    while (done < content.length) {
        ssize_t put = write(fd, content.at + done, content.length - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        done += (size_t)put;
    }
    return fsync(fd);
}

static int sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = fsync(fd);
    int saved = errno;
    (void)close(fd);
    errno = saved;
    return result;
}

hedui_status hedui_folder_sync(const char *path, hedui_err *err)
{
    return sync_folder(path) == 0 ? HEDUI_OK : read_error(err, HEDUI_E1004, path);
}

static int sync_folder_of(const char *path, char *scratch)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (!slash)
        memcpy(scratch, ".", 2);
    else if (length == 0)
        memcpy(scratch, "/", 2);
    else {
        memcpy(scratch, path, length);
        scratch[length] = '\0';
    }
    return sync_folder(scratch);
}

hedui_status hedui_file_replace(const char *path, hedui_span content, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    size_t room = strlen(path) + sizeof ".XXXXXX";
    char *temporary = malloc(room);
    int fd = -1;
    if (!temporary)
        return hedui_fail_memory(err);
    (void)snprintf(temporary, room, "%s.XXXXXX", path);
    fd = mkstemp(temporary); /* mode 0600 */
    if (fd < 0) {
        status = read_error(err, HEDUI_E1004, path);
        goto done;
    }
    int bad = write_all(fd, content) != 0;
    int saved = errno;
    if (close(fd) != 0 && !bad) {
        bad = 1;
        saved = errno;
    }
    if (!bad && rename(temporary, path) != 0) {
        bad = 1;
        saved = errno;
    }
    if (bad) {
        (void)unlink(temporary);
        errno = saved;
        status = read_error(err, HEDUI_E1004, path);
        goto done;
    }
    if (sync_folder_of(path, temporary) != 0)
        status = read_error(err, HEDUI_E1004, path);
done:
    free(temporary);
    return status;
}

hedui_status hedui_folder_make(const char *path, hedui_err *err)
{
    char *copy = strdup(path);
    hedui_status status = HEDUI_OK;
    if (!copy)
        return hedui_fail_memory(err);
    for (char *at = copy + 1; status == HEDUI_OK; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        char kept = *at;
        *at = '\0';
        struct stat info;
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            status = read_error(err, HEDUI_E1006, copy);
        else if (stat(copy, &info) != 0 || !S_ISDIR(info.st_mode)) {
            errno = ENOTDIR;
            status = read_error(err, HEDUI_E1006, copy);
        }
        *at = kept;
        if (kept == '\0')
            break;
    }
    free(copy);
    return status;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

hedui_status hedui_folder_list(const char *const **names, size_t *count, const char *path,
                               hedui_arena *arena, hedui_err *err)
{
    DIR *folder = opendir(path);
    if (!folder)
        return read_error(err, HEDUI_E1002, path);
    const char **list = NULL;
    size_t used = 0, room = 0;
    hedui_status status = HEDUI_OK;
    struct dirent *entry;
    for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
        if (entry->d_name[0] == '.')
            continue;
        if (used == room) {
            size_t larger = room ? room * 2 : 64;
            const char **moved = hedui_arena_array(arena, larger, sizeof *moved);
            if (!moved) {
                status = hedui_fail_memory(err);
                goto done;
            }
            if (used)
                memcpy(moved, list, used * sizeof *moved);
            list = moved;
            room = larger;
        }
        hedui_span name = hedui_arena_copy(arena, hedui_span_of(entry->d_name));
        if (!name.at) {
            status = hedui_fail_memory(err);
            goto done;
        }
        list[used++] = name.at;
    }
    if (errno) {
        status = read_error(err, HEDUI_E1003, path);
        goto done;
    }
    if (used)
        qsort(list, used, sizeof *list, by_bytes);
    *names = list;
    *count = used;
done:
    (void)closedir(folder);
    return status;
}

int hedui_file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

const char *hedui_path_join(const char *folder, const char *name, hedui_arena *arena)
{
    size_t a = strlen(folder), b = strlen(name);
    if (name[0] == '/' || a == 0)
        return hedui_arena_copy(arena, hedui_span_of(name)).at;
    char *path = hedui_arena_take(arena, a + b + 2);
    if (!path)
        return NULL;
    memcpy(path, folder, a);
    if (path[a - 1] != '/')
        path[a++] = '/';
    memcpy(path + a, name, b + 1);
    return path;
}
