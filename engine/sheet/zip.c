/* libzip does the reading; here stand the bounds, which it leaves to its callers. Its list of
 * entries takes memory by the archive's say-so, so the size of that list is looked up first. */
#include "sheet/zip.h"

#include "value/cell.h"

#include <hedui/buffer.h>

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

struct hedui_zip {
    const char *path;
    zip_t *handle;
    hedui_zip_entry *entries;
    uint32_t count;
};

struct hedui_zip_stream {
    const hedui_zip *zip;
    const hedui_zip_entry *entry;
    zip_file_t *file;
    uint64_t got;
};

static hedui_status damaged(hedui_err *err, const char *path, const char *why)
{
    return hedui_fail(err, HEDUI_E2209, hedui_place_none(), HEDUI_ARG_TEXT(path),
                      HEDUI_ARG_TEXT(why));
}

static uint64_t number(const unsigned char *at, int bytes)
{
    uint64_t n = 0;
    for (int i = bytes - 1; i >= 0; i--)
        n = n << 8 | at[i];
    return n;
}

/* Bytes of the list of entries, by the record at the end of the file; UINT64_MAX if there is none.
 */
static uint64_t directory_size(int fd, uint64_t size, unsigned char *tail, size_t room)
{
    enum { END = 22, LOCATOR = 20, END64 = 56 };
    size_t length = size < room ? (size_t)size : room;
    uint64_t from = size - length;
    if (length < END || pread(fd, tail, length, (off_t)from) != (ssize_t)length)
        return UINT64_MAX;
    for (size_t at = length - END + 1; at-- > 0;) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0)
            continue;
        uint64_t bytes = number(tail + at + 12, 4);
        unsigned char end64[END64];
        if (at >= LOCATOR && memcmp(tail + at - LOCATOR, "PK\6\7", 4) == 0) {
            uint64_t place = number(tail + at - LOCATOR + 8, 8);
            if (place < size && size - place >= END64 &&
                pread(fd, end64, END64, (off_t)place) == END64 && !memcmp(end64, "PK\6\6", 4))
                bytes = number(end64 + 40, 8);
        }
        return bytes;
    }
    return UINT64_MAX;
}

/* A name leads nowhere but down: no root, no drive, no "..", no backslash, no NUL. */
static int is_safe(hedui_span name)
{
    if (!name.length || name.at[0] == '/' || memchr(name.at, '\\', name.length) ||
        memchr(name.at, '\0', name.length) || (name.length > 1 && name.at[1] == ':'))
        return 0;
    for (size_t from = 0, at = 0; at <= name.length; at++) {
        if (at < name.length && name.at[at] != '/')
            continue;
        if (at - from == 2 && memcmp(name.at + from, "..", 2) == 0)
            return 0;
        from = at + 1;
    }
    return 1;
}

/* Windows in China writes names in GBK without saying so. */
static hedui_span name_of(hedui_span raw, hedui_arena *arena)
{
    char piece[1024];
    char *in = (char *)(uintptr_t)raw.at, *out = piece; /* iconv's prototype forgot const */
    size_t left = raw.length, room = sizeof piece;
    if (hedui_utf8_valid(raw))
        return hedui_arena_copy(arena, raw);
    iconv_t handle = iconv_open("UTF-8", "GB18030");
    int sound = handle != (iconv_t)-1 && iconv(handle, &in, &left, &out, &room) != (size_t)-1;
    if (handle != (iconv_t)-1)
        (void)iconv_close(handle);
    if (sound)
        return hedui_arena_copy(arena, (hedui_span){piece, sizeof piece - room});
    hedui_span copy = hedui_arena_copy(arena, raw); /* whatever it is, shown as what it is not */
    char *byte = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; byte && i < copy.length; i++)
        byte[i] = (unsigned char)byte[i] < 0x80 ? byte[i] : '?';
    return copy;
}

static hedui_status read_entry(hedui_zip_entry *entry, hedui_zip *zip, uint64_t index,
                               hedui_arena *arena, hedui_err *err)
{
    zip_stat_t stat;
    const char *name = zip_get_name(zip->handle, index, ZIP_FL_ENC_RAW);
    zip_stat_init(&stat);
    if (!name || zip_stat_index(zip->handle, index, 0, &stat) != 0)
        return damaged(err, zip->path, zip_strerror(zip->handle));
    entry->index = index;
    entry->name = name_of(hedui_span_of(name), arena);
    if (!entry->name.at)
        return hedui_fail_memory(err);
    entry->packed = stat.comp_size;
    entry->is_folder = entry->name.length && entry->name.at[entry->name.length - 1] == '/';
    if (!is_safe(entry->name))
        return hedui_fail(err, HEDUI_E2211, hedui_place_none(), HEDUI_ARG_TEXT(zip->path),
                          HEDUI_ARG_SPAN(entry->name));
    if (stat.encryption_method != ZIP_EM_NONE)
        return hedui_fail(err, HEDUI_E2210, hedui_place_none(), HEDUI_ARG_TEXT(zip->path),
                          HEDUI_ARG_SPAN(entry->name));
    return HEDUI_OK;
}

/* Open the archive by a descriptor of its own, after a look at what its list would cost. */
static hedui_status open_handle(zip_t **handle, int fd, const char *path, hedui_arena *arena,
                                hedui_err *err)
{
    enum { TAIL = 65536 + 128 };
    struct stat info;
    unsigned char *tail = hedui_arena_take(arena, TAIL);
    if (!tail)
        return hedui_fail_memory(err);
    if (fstat(fd, &info) != 0)
        return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(errno));
    uint64_t bytes = directory_size(fd, (uint64_t)info.st_size, tail, TAIL);
    if (bytes == UINT64_MAX)
        return damaged(err, path, "no end of central directory");
    if (bytes > HEDUI_ZIP_DIRECTORY)
        return hedui_fail(err, HEDUI_E2213, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_NUMBER(HEDUI_ZIP_ENTRIES));
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 0), code = 0;
    if (own < 0 || lseek(own, 0, SEEK_SET) != 0) {
        if (own >= 0)
            (void)close(own);
        return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(errno));
    }
    zip_t *opened = zip_fdopen(own, 0, &code);
    if (!opened) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        hedui_status status = damaged(err, path, zip_error_strerror(&error));
        zip_error_fini(&error);
        (void)close(own);
        return status;
    }
    *handle = opened;
    return HEDUI_OK;
}

hedui_status hedui_zip_open(hedui_zip **zip, int fd, const char *path, hedui_arena *arena,
                            hedui_err *err)
{
    hedui_zip *opened = hedui_arena_take(arena, sizeof *opened);
    if (!opened)
        return hedui_fail_memory(err);
    opened->path = path;
    hedui_status status = open_handle(&opened->handle, fd, path, arena, err);
    if (status != HEDUI_OK)
        return status;
    zip_int64_t count = zip_get_num_entries(opened->handle, 0);
    if (count < 0 || count > HEDUI_ZIP_ENTRIES) {
        status = hedui_fail(err, HEDUI_E2213, hedui_place_none(), HEDUI_ARG_TEXT(path),
                            HEDUI_ARG_NUMBER(HEDUI_ZIP_ENTRIES));
        goto done;
    }
    opened->entries = hedui_arena_array(arena, (size_t)count, sizeof *opened->entries);
    if (!opened->entries)
        status = hedui_fail_memory(err);
    for (zip_int64_t i = 0; i < count && status == HEDUI_OK; i++) {
        status = read_entry(&opened->entries[i], opened, (uint64_t)i, arena, err);
        opened->count++;
    }
    if (status != HEDUI_OK)
        goto done;
    *zip = opened;
    opened = NULL; /* handed to the caller */
done:
    hedui_zip_close(opened);
    return status;
}

void hedui_zip_close(hedui_zip *zip)
{
    if (!zip || !zip->handle)
        return;
    zip_discard(zip->handle);
    zip->handle = NULL;
}

const hedui_zip_entry *hedui_zip_entries(const hedui_zip *zip, uint32_t *count)
{
    *count = zip->count;
    return zip->entries;
}

const hedui_zip_entry *hedui_zip_find(const hedui_zip *zip, hedui_span name)
{
    for (uint32_t i = 0; i < zip->count; i++)
        if (hedui_span_equal(zip->entries[i].name, name))
            return &zip->entries[i];
    return NULL;
}

hedui_status hedui_zip_stream_open(hedui_zip_stream **stream, hedui_zip *zip,
                                   const hedui_zip_entry *entry, hedui_arena *arena, hedui_err *err)
{
    hedui_zip_stream *opened = hedui_arena_take(arena, sizeof *opened);
    if (!opened)
        return hedui_fail_memory(err);
    opened->zip = zip;
    opened->entry = entry;
    opened->file = zip_fopen_index(zip->handle, entry->index, 0);
    if (!opened->file)
        return damaged(err, zip->path, zip_strerror(zip->handle));
    *stream = opened;
    return HEDUI_OK;
}

hedui_status hedui_zip_read(size_t *got, hedui_zip_stream *stream, void *out, size_t room,
                            hedui_err *err)
{
    const hedui_zip_entry *entry = stream->entry;
    zip_int64_t read = zip_fread(stream->file, out, room);
    if (read < 0)
        return damaged(err, stream->zip->path, zip_file_strerror(stream->file));
    stream->got += (uint64_t)read;
    if (stream->got > (uint64_t)HEDUI_ZIP_LARGEST)
        return hedui_fail(err, HEDUI_E2237, hedui_place_none(), HEDUI_ARG_SPAN(entry->name),
                          HEDUI_ARG_NUMBER(HEDUI_ZIP_LARGEST));
    if (stream->got > HEDUI_ZIP_FREE && stream->got / HEDUI_ZIP_RATIO > entry->packed)
        return hedui_fail(err, HEDUI_E2212, hedui_place_none(), HEDUI_ARG_SPAN(entry->name));
    *got = (size_t)read;
    return HEDUI_OK;
}

void hedui_zip_stream_close(hedui_zip_stream *stream)
{
    if (!stream || !stream->file)
        return;
    (void)zip_fclose(stream->file);
    stream->file = NULL;
}
