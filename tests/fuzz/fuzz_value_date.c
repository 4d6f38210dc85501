/* Any bytes as a date and as a month, with and without the counted forms: what is read prints and
 * reads back as the same day. */
#include "value/date_text.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int condition)
{
    if (!condition)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_span text = {(const char *)data, size};
    int32_t day, same;
    char date[HEDUI_DATE_TEXT], month[HEDUI_MONTH_TEXT];
    for (int forms = 0; forms < 4; forms++) {
        if (hedui_date_parse(&day, text, forms) == HEDUI_DATE_OK) {
            hedui_date_print(date, day);
            need(hedui_date_parse(&same, hedui_span_of(date), 0) == HEDUI_DATE_OK && same == day);
        }
        if (hedui_month_parse(&day, text, forms) == HEDUI_DATE_OK) {
            hedui_month_print(month, day);
            need(hedui_month_parse(&same, hedui_span_of(month), 0) == HEDUI_DATE_OK && same == day);
        }
    }
    return 0;
}
