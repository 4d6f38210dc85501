/** @file
 * Numbers of registers: the unified social credit code and licence plates.
 */
#ifndef HEDUI_VALUE_REGISTER_NO_H
#define HEDUI_VALUE_REGISTER_NO_H

#include <hedui/span.h>

enum { HEDUI_USCC_TEXT = 19, HEDUI_PLATE_TEXT = 48 };

/**
 * Read a unified social credit code: 18 characters with a true check character. Blanks around,
 * lower case and full-width forms are accepted.
 *
 * @param code  Set on success: 18 characters and a NUL.
 * @return 1, or 0 (also for the older registration numbers of 13 and 15 digits).
 *
 * Source: GB 32100-2015.
 */
int hedui_uscc_parse(char code[HEDUI_USCC_TEXT], hedui_span text);

/**
 * Read a licence plate: letters in upper case, blanks, dots and hyphens left out; 4 to 10
 * characters of which the last four to eight are letters, digits or one of 学 警 挂 港 澳 使 领.
 * The province's character may be missing: some exports keep it in a field of its own.
 *
 * @param plate  Set on success: UTF-8 and a NUL.
 * @return 1, else 0.
 */
int hedui_plate_parse(char plate[HEDUI_PLATE_TEXT], hedui_span text);

#endif
