/** @file
 * Any bytes as the content of a delivery in one character set, packed and read back: the ledger
 * balances, and windows of any size say the same.
 */
#ifndef HEDUI_TESTS_TEXT_TARGET_H
#define HEDUI_TESTS_TEXT_TARGET_H

#include "feed_target.h"

#include <zlib.h>

/** The second and third bit of the first byte choose the delimiter, the rest is the text. */
static inline void target_text(const uint8_t *data, size_t size, const char *charset)
{
    static const char *const delimiters[] = {"comma", "pipe", "tab", "caret"};
    /* one layout for each delimiter, kept from call to call: reading one costs more than a scan */
    static const hedui_layout *layouts[4];
    static hedui_arena *kept;
    if (!size)
        return;
    unsigned delimiter = data[0] >> 1 & 3u;
    kept = kept ? kept : hedui_arena_open(0);
    need(kept != NULL);
    if (!layouts[delimiter])
        layouts[delimiter] = target_layout(kept, charset, delimiters[delimiter]);
    const hedui_layout *layout = layouts[delimiter];
    hedui_arena *arena = hedui_arena_open(0);
    z_stream z = {0};
    need(arena != NULL);
    need(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    uLong room = deflateBound(&z, (uLong)size);
    unsigned char *gz = hedui_arena_take(arena, room);
    need(gz != NULL);
    z.next_in = (Bytef *)(uintptr_t)(data + 1);
    z.avail_in = (uInt)(size - 1);
    z.next_out = gz;
    z.avail_out = (uInt)room;
    need(deflate(&z, Z_FINISH) == Z_STREAM_END);
    size_t length = room - z.avail_out;
    (void)deflateEnd(&z);
    hedui_delivery *first = target_scan(gz, length, layout, 1024);
    target_survey(gz, length, first, 1024);
    target_compare(first, target_scan(gz, length, layout, 5));
    hedui_arena_close(arena);
}

#endif
