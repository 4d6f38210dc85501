/* Any bytes as the content of a delivery in UTF-8. */
#include "text_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    target_text(data, size, "utf-8");
    return 0;
}
