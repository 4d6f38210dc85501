/* Any bytes as a delivery: refused by name or read, and the same from windows of any size. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_arena *arena = hedui_arena_open(0);
    need(arena != NULL);
    const hedui_layout *layout = target_layout(arena, "utf-8", "comma");
    target_compare(target_scan(data, size, layout, 0), target_scan(data, size, layout, 3));
    hedui_arena_close(arena);
    return 0;
}
