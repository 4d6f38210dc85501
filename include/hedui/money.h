/** @file
 * Money in fen, as a whole number; never floating point.
 */
#ifndef HEDUI_MONEY_H
#define HEDUI_MONEY_H

#include <hedui/span.h>

#include <stdint.h>

enum { HEDUI_MONEY_TEXT = 32 };

/** What a text turned out to be. */
typedef enum hedui_money_form {
    HEDUI_MONEY_OK,
    HEDUI_MONEY_EMPTY,  /**< nothing, or a sign for nothing: 无 - -- NULL */
    HEDUI_MONEY_FORMAT, /**< not an amount (NaN, exponents, letters, misplaced separators) */
    HEDUI_MONEY_SCALE,  /**< digits below one fen that are not zeros */
    HEDUI_MONEY_RANGE   /**< more than fits */
} hedui_money_form;

/** Unit that an amount without a unit of its own is written in. */
typedef enum hedui_money_unit {
    HEDUI_MONEY_YUAN,
    HEDUI_MONEY_WAN_YUAN, /**< 万元, ten thousand yuan */
    HEDUI_MONEY_FEN,
    HEDUI_MONEY_STATED /**< no unit of its own: every amount ends in 元, 万元 or 万 */
} hedui_money_unit;

/**
 * Read an amount: digits with at most one point, thousands separators in groups of three, one
 * currency sign in front (¥ ￥), one trailing unit, full-width digits; blanks around; one sign.
 *
 * @param fen   Set for HEDUI_MONEY_OK, untouched otherwise. May be negative: whether a negative
 *              amount is allowed is the layout's business.
 * @param unit  Unit of the column. A trailing unit must be the column's: 元 for YUAN, 万元 or 万
 * for WAN_YUAN, none for FEN, any for STATED, which needs one; else HEDUI_MONEY_FORMAT.
 */
hedui_money_form hedui_money_parse(int64_t *fen, hedui_span text, hedui_money_unit unit);

/** Print 1,234,567.89 with separators and a NUL. */
void hedui_money_print(char text[HEDUI_MONEY_TEXT], int64_t fen);

#endif
