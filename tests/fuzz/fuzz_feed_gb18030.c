/* Any bytes as the content of a delivery in GB18030. */
#include "text_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    target_text(data, size, "gb18030");
    return 0;
}
