/** @file
 * What a named person says, as it may be put on record for good.
 */
#ifndef HEDUI_STORE_WORD_H
#define HEDUI_STORE_WORD_H

#include <hedui/err.h>
#include <hedui/span.h>

/** 1 if a text holds 15 digits in a row: somebody's number. */
int hedui_store_names_number(hedui_span text);

/** @return HEDUI_E5020 without a person or a reason (blanks are none), HEDUI_E5047 if a whole
 * number stands in one of them. */
hedui_status hedui_store_word_check(hedui_span person, hedui_span reason, hedui_err *err);

#endif
