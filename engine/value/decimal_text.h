/** @file
 * Decimal numbers as registries write them, scaled to a whole number.
 */
#ifndef HEDUI_VALUE_DECIMAL_TEXT_H
#define HEDUI_VALUE_DECIMAL_TEXT_H

#include "value/cell.h"

#include <hedui/money.h>

/**
 * Read [sign] digits [,ddd]… [. digits] from the whole of `cell` as value * 10^scale.
 *
 * A missing zero before the point is accepted (databases print .50), a point at the end is not.
 *
 * @param value  Set for HEDUI_MONEY_OK, untouched otherwise.
 * @return HEDUI_MONEY_OK, _FORMAT, _SCALE (non-zero digits below 10^-scale), _RANGE. Never _EMPTY.
 */
hedui_money_form hedui_decimal_read(int64_t *value, const hedui_cell *cell, int scale);

/**
 * Quickly read what nearly all cells are: [-] 1 to 9 digits [. 1 to `scale` digits], in ASCII and
 * with nothing around.
 *
 * @param scale  At most 9.
 * @return 1 and `value` set as hedui_decimal_read of that cell would, or 0: it is something else.
 */
int hedui_decimal_plain(int64_t *value, hedui_span text, int scale);

#endif
