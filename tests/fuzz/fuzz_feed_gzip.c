/* Any bytes as a delivery: refused by name or read, and the same from windows of any size. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hedui_layout *layout = target_kept_layout("utf-8");
    hedui_delivery *first = target_scan(data, size, layout, 0);
    target_survey(data, size, first, 0);
    target_compare(first, target_scan(data, size, layout, 3));
    return 0;
}
