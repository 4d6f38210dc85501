/* The writing end. The header is ten bytes of our own settling: no time, no name, so that a
 * delivery packed twice is one delivery. */
#include "feed/pack.h"

#include "value/cell.h"

#include <errno.h>
#include <iconv.h>

hedui_status hedui_pack_gzip_open(hedui_pack_gzip *gzip, hedui_pack_item *item, const char *source,
                                  hedui_err *err)
{
    enum { GZIP = 16, WINDOW = 15, MEMORY = 8 };
    *gzip = (hedui_pack_gzip){.file = item->delivery, .charset = item->layout->charset};
    gzip->source = source;
    gzip->digester = hedui_digester_open();
    if (!gzip->digester || deflateInit2(&gzip->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                                        WINDOW + GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return hedui_fail_memory(err);
    gzip->is_open = 1;
    if (gzip->charset == HEDUI_CHARSET_UTF8)
        return HEDUI_OK;
    iconv_t handle = iconv_open("GB18030", "UTF-8");
    if (handle == (iconv_t)-1)
        return hedui_fail_memory(err);
    gzip->iconv = handle;
    return HEDUI_OK;
}

void hedui_pack_gzip_close(hedui_pack_gzip *gzip)
{
    if (gzip->is_open)
        (void)deflateEnd(&gzip->stream);
    if (gzip->iconv)
        (void)iconv_close(gzip->iconv);
    hedui_digester_close(gzip->digester);
    *gzip = (hedui_pack_gzip){0};
}

static hedui_status squeeze(hedui_pack_gzip *gzip, hedui_span bytes, int flush, hedui_err *err)
{
    unsigned char piece[16 * 1024];
    gzip->stream.next_in = (Bytef *)(uintptr_t)bytes.at;
    gzip->stream.avail_in = (uInt)bytes.length;
    do {
        gzip->stream.next_out = piece;
        gzip->stream.avail_out = sizeof piece;
        (void)deflate(&gzip->stream, flush); /* cannot fail on a sound stream */
        hedui_span out = {(const char *)piece, sizeof piece - gzip->stream.avail_out};
        hedui_digester_add(gzip->digester, out.at, out.length);
        hedui_status status = hedui_new_file_add(gzip->file, out, err);
        if (status != HEDUI_OK)
            return status;
    } while (gzip->stream.avail_out == 0);
    return HEDUI_OK;
}

hedui_status hedui_pack_gzip_add(hedui_pack_gzip *gzip, hedui_span bytes, hedui_err *err)
{
    enum { MOST = 1 << 30 };
    while (bytes.length) {
        hedui_span part = {bytes.at, bytes.length < MOST ? bytes.length : MOST};
        hedui_status status = squeeze(gzip, part, Z_NO_FLUSH, err);
        if (status != HEDUI_OK)
            return status;
        bytes.at += part.length;
        bytes.length -= part.length;
    }
    return HEDUI_OK;
}

/* The character at `at` cannot be converted: is it one? */
static hedui_status skip_character(hedui_pack_gzip *gzip, char **at, size_t *left, hedui_err *err)
{
    hedui_span rest = {*at, *left};
    if (hedui_utf8_take(&rest) != UINT32_MAX)
        return hedui_fail(err, HEDUI_E2235, hedui_place_none(), HEDUI_ARG_TEXT(gzip->source),
                          HEDUI_ARG_TEXT("gb18030"));
    (*at)++;
    (*left)--;
    return hedui_pack_gzip_add(gzip, (hedui_span){"\xFF", 1}, err);
}

hedui_status hedui_pack_gzip_text(hedui_pack_gzip *gzip, hedui_span text, hedui_err *err)
{
    char piece[8 * 1024];
    char *in = (char *)(uintptr_t)text.at; /* iconv's prototype forgot const */
    size_t left = text.length;
    hedui_status status = HEDUI_OK;
    if (!gzip->iconv)
        return hedui_pack_gzip_add(gzip, text, err);
    (void)iconv(gzip->iconv, NULL, NULL, NULL, NULL);
    while (left && status == HEDUI_OK) {
        char *out = piece;
        size_t room = sizeof piece;
        size_t result = iconv(gzip->iconv, &in, &left, &out, &room);
        int reason = errno;
        status = hedui_pack_gzip_add(gzip, (hedui_span){piece, sizeof piece - room}, err);
        if (status == HEDUI_OK && result == (size_t)-1 && reason != E2BIG)
            status = skip_character(gzip, &in, &left, err);
    }
    return status;
}

hedui_status hedui_pack_gzip_end(hedui_digest *digest, hedui_pack_gzip *gzip, hedui_err *err)
{
    hedui_status status = squeeze(gzip, (hedui_span){"", 0}, Z_FINISH, err);
    if (status == HEDUI_OK)
        status = hedui_digester_end(digest, gzip->digester, err);
    return status ? status : hedui_new_file_sync(gzip->file, err);
}
