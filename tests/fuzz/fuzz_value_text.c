/* Any bytes as a name, a plate, a company code, an excerpt: what is shown is readable, and no
 * excerpt of any column shows a run of 15 digits. */
#include "value/cell.h"
#include "value/mask.h"
#include "value/name.h"
#include "value/register_no.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int condition)
{
    if (!condition)
        abort();
}

static void need_short_runs(const char *text)
{
    for (int run = 0; *text; text++) {
        run = *text >= '0' && *text <= '9' ? run + 1 : 0;
        need(run < 15);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_span text = {(const char *)data, size};
    char plate[HEDUI_PLATE_TEXT], code[HEDUI_USCC_TEXT], excerpt[60];
    if (hedui_plate_parse(plate, text))
        need(hedui_utf8_valid(hedui_span_of(plate)));
    if (hedui_uscc_parse(code, text))
        need(strlen(code) == 18);
    hedui_mask_excerpt(excerpt, sizeof excerpt, text, HEDUI_MASK_TEXT);
    need(hedui_utf8_valid(hedui_span_of(excerpt)));
    need_short_runs(excerpt);
    hedui_mask_excerpt(excerpt, sizeof excerpt, text, HEDUI_MASK_NOTHING);
    need_short_runs(excerpt);
    (void)hedui_name_agree(text, text);
    return 0;
}
