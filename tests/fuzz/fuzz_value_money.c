/* Any bytes as an amount, and as a decimal of any scale: what is read prints and reads back. */
#include <hedui/money.h>
#include <hedui/span.h>

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_span text = {(const char *)data, size};
    int64_t fen, again;
    char money[HEDUI_MONEY_TEXT];
    for (int unit = 0; unit < 3; unit++) {
        if (hedui_money_parse(&fen, text, (hedui_money_unit)unit) != HEDUI_MONEY_OK)
            continue;
        hedui_money_print(money, fen);
        if (hedui_money_parse(&again, hedui_span_of(money), HEDUI_MONEY_YUAN) != HEDUI_MONEY_OK ||
            again != fen)
            abort();
    }
    return 0;
}
