/* Any bytes as an amount, a date, a month, a name, a plate, an excerpt: what is read prints and
 * reads back as the same value. */
#include "value/cell.h"
#include "value/date_text.h"
#include "value/mask.h"
#include "value/name.h"
#include "value/register_no.h"

#include <hedui/money.h>

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
    int64_t fen, again;
    int32_t day, same;
    char money[HEDUI_MONEY_TEXT], date[HEDUI_DATE_TEXT], month[HEDUI_MONTH_TEXT];
    char plate[HEDUI_PLATE_TEXT], code[HEDUI_USCC_TEXT], excerpt[60];
    for (int unit = 0; unit < 3; unit++) {
        if (hedui_money_parse(&fen, text, (hedui_money_unit)unit) != HEDUI_MONEY_OK)
            continue;
        hedui_money_print(money, fen);
        need(hedui_money_parse(&again, hedui_span_of(money), HEDUI_MONEY_YUAN) == HEDUI_MONEY_OK &&
             again == fen);
    }
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
    if (hedui_plate_parse(plate, text))
        need(hedui_utf8_valid(hedui_span_of(plate)));
    if (hedui_uscc_parse(code, text))
        need(strlen(code) == 18);
    hedui_mask_excerpt(excerpt, sizeof excerpt, text, HEDUI_MASK_TEXT);
    need(hedui_utf8_valid(hedui_span_of(excerpt)));
    (void)hedui_name_agree(text, text);
    return 0;
}
