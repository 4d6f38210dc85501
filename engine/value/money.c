/* Amounts. The unit belongs to the column: an amount that names another one contradicts its column
 * and is refused, because a guess is wrong by a factor of ten thousand. */
#include <hedui/money.h>

#include "value/decimal_text.h"

enum { YUAN_SIGN = 0xA5, YUAN_CHARACTER = 0x5143, WAN_CHARACTER = 0x4E07 };

/* Take a unit off the end. @return the unit, or `none` if there is none. */
static hedui_money_unit take_unit(hedui_cell *cell, hedui_money_unit none)
{
    hedui_money_unit found = none;
    if (hedui_cell_skip_end(cell, YUAN_CHARACTER))
        found = HEDUI_MONEY_YUAN;
    if (hedui_cell_skip_end(cell, WAN_CHARACTER))
        found = HEDUI_MONEY_WAN_YUAN;
    while (found != none && cell->from < cell->to && hedui_is_blank(cell->at[cell->to - 1]))
        cell->to--;
    return found;
}

hedui_money_form hedui_money_parse(int64_t *fen, hedui_span text, hedui_money_unit unit)
{
    static const int scales[] = {
        [HEDUI_MONEY_YUAN] = 2, [HEDUI_MONEY_WAN_YUAN] = 6, [HEDUI_MONEY_FEN] = 0};
    hedui_cell cell;
    if (unit != HEDUI_MONEY_STATED && hedui_decimal_plain(fen, text, scales[unit]))
        return HEDUI_MONEY_OK;
    if (!hedui_cell_read(&cell, text))
        return HEDUI_MONEY_FORMAT;
    if (hedui_cell_says_nothing(&cell))
        return HEDUI_MONEY_EMPTY;
    hedui_money_unit stated = take_unit(&cell, HEDUI_MONEY_STATED);
    if (stated == HEDUI_MONEY_STATED ? unit == HEDUI_MONEY_STATED
                                     : unit != HEDUI_MONEY_STATED && unit != stated)
        return HEDUI_MONEY_FORMAT;
    if (stated != HEDUI_MONEY_STATED)
        unit = stated;
    if (hedui_cell_skip(&cell, YUAN_SIGN)) {
        while (cell.from < cell.to && hedui_is_blank(cell.at[cell.from]))
            cell.from++;
    } else if (cell.to - cell.from > 1 && cell.at[cell.from] == '-' &&
               cell.at[cell.from + 1] == YUAN_SIGN) {
        cell.at[++cell.from] = '-';
    }
    return hedui_decimal_read(fen, &cell, scales[unit]);
}

void hedui_money_print(char text[HEDUI_MONEY_TEXT], int64_t fen)
{
    char reversed[HEDUI_MONEY_TEXT];
    uint64_t left = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    int n = 0, digits = 0, at = 0;
    for (; digits < 3 || left; left /= 10, digits++) {
        if (digits == 2)
            reversed[n++] = '.';
        else if (digits > 2 && (digits - 2) % 3 == 0)
            reversed[n++] = ',';
        reversed[n++] = (char)('0' + left % 10);
    }
    if (fen < 0)
        text[at++] = '-';
    while (n)
        text[at++] = reversed[--n];
    text[at] = '\0';
}
