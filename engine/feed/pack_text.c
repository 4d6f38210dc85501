/* A text goes into the delivery byte by byte; it is converted only if it is in another character
 * set than the layout's. Which one it is in, is counted: characters that are well-formed UTF-8 by
 * chance are rare in GB18030, so that a few broken ones do not turn the verdict. */
#include "feed/pack.h"

#include "value/cell.h"

#include <errno.h>
#include <iconv.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, LONGEST = 4 };

typedef struct signs {
    uint64_t characters, broken; /* beyond ASCII */
    int has_mark;                /* a byte-order mark */
} signs;

/* A window of the file: what was left of the last, and more behind it. */
typedef struct window {
    char bytes[PIECE + LONGEST * 2];
    size_t length;
    off_t at;
    int ended;
} window;

static hedui_status fill(window *w, size_t used, int fd, const char *source, hedui_err *err)
{
    w->length -= used;
    memmove(w->bytes, w->bytes + used, w->length);
    ssize_t got;
    do
        got = pread(fd, w->bytes + w->length, PIECE, w->at);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(source),
                          HEDUI_ARG_ERRNO(errno));
    w->length += (size_t)got;
    w->at += got;
    w->ended = got == 0;
    return HEDUI_OK;
}

static hedui_status count(signs *found, int fd, const char *source, window *w, hedui_err *err)
{
    size_t used = 0;
    w->length = 0;
    w->at = 0;
    do {
        hedui_status status = fill(w, used, fd, source, err);
        if (status != HEDUI_OK)
            return status;
        if (w->at == (off_t)w->length && w->length >= 3)
            found->has_mark |= memcmp(w->bytes, "\xEF\xBB\xBF", 3) == 0;
        hedui_span rest = {w->bytes, w->length};
        while (rest.length && (w->ended || rest.length >= LONGEST)) {
            uint32_t c = hedui_utf8_take(&rest);
            found->broken += c == UINT32_MAX;
            found->characters += c >= 0x80 && c != UINT32_MAX;
        }
        used = w->length - rest.length;
    } while (!w->ended);
    return HEDUI_OK;
}

static int is_utf8(const signs *found)
{
    enum { FOR_ONE_BROKEN = 4 };
    return found->has_mark || !found->broken || found->characters / FOR_ONE_BROKEN > found->broken;
}

/* GB18030 to UTF-8; a byte that is no character becomes 0xFF, which is none in UTF-8 either. */
static hedui_status from_gb18030(hedui_pack_gzip *gzip, iconv_t handle, char *text, size_t *left,
                                 int ended, hedui_err *err)
{
    char piece[8 * 1024];
    hedui_status status = HEDUI_OK;
    while (*left && status == HEDUI_OK) {
        char *out = piece;
        size_t room = sizeof piece;
        size_t result = iconv(handle, &text, left, &out, &room);
        int reason = errno;
        status = hedui_pack_gzip_add(gzip, (hedui_span){piece, sizeof piece - room}, err);
        if (status != HEDUI_OK || result != (size_t)-1 || reason == E2BIG)
            continue;
        if (reason == EINVAL && !ended)
            break; /* half a character: the rest comes with the next window */
        status = hedui_pack_gzip_add(gzip, (hedui_span){"\xFF", 1}, err);
        text++;
        (*left)--;
    }
    return status;
}

/* The bytes of `w` that are whole characters, if they are UTF-8. */
static size_t whole(const window *w)
{
    if (w->ended)
        return w->length;
    for (size_t back = 1; back < LONGEST && back <= w->length; back++)
        if (((unsigned char)w->bytes[w->length - back] & 0xC0) == 0xC0)
            return w->length - back;
    return w->length;
}

static hedui_status copy(hedui_pack_gzip *gzip, int fd, const char *source, const signs *found,
                         window *w, hedui_err *err)
{
    int utf8 = is_utf8(found), to_utf8 = gzip->charset == HEDUI_CHARSET_UTF8;
    int same = utf8 == to_utf8 && !(found->has_mark && !to_utf8);
    size_t used = 0;
    hedui_status status = HEDUI_OK;
    iconv_t handle = utf8 ? (iconv_t)-1 : iconv_open("UTF-8", "GB18030");
    if (!utf8 && handle == (iconv_t)-1)
        return hedui_fail_memory(err);
    w->length = 0;
    w->at = 0;
    do {
        status = fill(w, used, fd, source, err);
        if (status != HEDUI_OK)
            break;
        size_t mark = !same && found->has_mark && w->at == (off_t)w->length ? 3 : 0;
        used = w->length;
        if (same) {
            status = hedui_pack_gzip_add(gzip, (hedui_span){w->bytes, w->length}, err);
        } else if (utf8) {
            used = whole(w);
            if (used >= mark)
                status =
                    hedui_pack_gzip_text(gzip, (hedui_span){w->bytes + mark, used - mark}, err);
        } else {
            size_t left = w->length;
            status = from_gb18030(gzip, handle, w->bytes, &left, w->ended, err);
            used = w->length - left;
        }
    } while (status == HEDUI_OK && !w->ended);
    if (handle != (iconv_t)-1)
        (void)iconv_close(handle);
    return status;
}

hedui_status hedui_pack_text(hedui_pack *pack, const hedui_pack_table *table, hedui_err *err)
{
    hedui_pack_item *item = NULL;
    hedui_pack_gzip gzip = {0};
    signs found = {0};
    hedui_status status = hedui_pack_begin(&item, pack, table, err);
    if (status != HEDUI_OK || !item)
        return status;
    window *w = hedui_arena_take(pack->scratch, sizeof *w);
    if (!w)
        return hedui_fail_memory(err);
    status = count(&found, table->fd, table->source, w, err);
    if (status == HEDUI_OK)
        status = hedui_pack_gzip_open(&gzip, item, table->source, err);
    if (status == HEDUI_OK)
        status = copy(&gzip, table->fd, table->source, &found, w, err);
    if (status == HEDUI_OK)
        status = hedui_pack_gzip_end(&item->digest, &gzip, err);
    hedui_pack_gzip_close(&gzip);
    item->packed->converted = (found.broken || found.characters) &&
                              is_utf8(&found) != (item->layout->charset == HEDUI_CHARSET_UTF8);
    return status ? status : hedui_pack_finish(pack, item, err);
}
