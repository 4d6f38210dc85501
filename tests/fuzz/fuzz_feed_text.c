/* Any bytes as the content of a delivery; the first byte chooses character set and delimiter. The
 * ledger balances, and windows of any size say the same. */
#include "feed_target.h"

#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {"utf-8", "gb18030"};
    static const char *const delimiters[] = {"comma", "pipe", "tab", "caret"};
    if (!size)
        return 0;
    const hedui_layout *layout;
    hedui_arena *arena = hedui_arena_open(0);
    z_stream z = {0};
    need(arena != NULL);
    layout = target_layout(arena, charsets[data[0] & 1], delimiters[data[0] >> 1 & 3]);
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
    target_compare(target_scan(gz, length, layout, 0), target_scan(gz, length, layout, 5));
    hedui_arena_close(arena);
    return 0;
}
