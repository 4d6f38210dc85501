/** @file
 * A short cell as code points: full-width forms narrowed, blanks around taken off. What the parsers
 * of amounts, dates and codes start from.
 */
#ifndef HEDUI_VALUE_CELL_H
#define HEDUI_VALUE_CELL_H

#include <hedui/span.h>

#include <stdint.h>

/** Longest cell, in code points, that can be a number, a date or a code. */
enum { HEDUI_CELL_LONGEST = 64 };

typedef struct hedui_cell {
    uint32_t at[HEDUI_CELL_LONGEST];
    int from, to; /**< the text is at[from..to) */
} hedui_cell;

/** Take one UTF-8 character off the front of `text`. @return its code point; UINT32_MAX for a byte
 * that is none (one byte is taken off). `text` must not be empty. */
uint32_t hedui_utf8_take(hedui_span *text);

/** Write a code point as UTF-8. @return bytes written, 1 to 4. */
int hedui_utf8_put(char out[4], uint32_t code_point);

/** 1 if all of `text` is well-formed UTF-8 (no surrogates, no overlong forms), else 0. */
int hedui_utf8_valid(hedui_span text);

/** Blank: space, tab, no-break space, ideographic space, zero-width space, byte-order mark. */
int hedui_is_blank(uint32_t code_point);

/** `text` without blanks at both ends. */
hedui_span hedui_trim(hedui_span text);

/**
 * Decode, narrow (U+FF01..FF5E to ASCII, ￥ to ¥) and trim.
 *
 * @return 1, or 0 if longer than HEDUI_CELL_LONGEST or not UTF-8 (`cell` is then empty).
 */
int hedui_cell_read(hedui_cell *cell, hedui_span text);

/** 1 if the cell is empty or a sign for nothing: 无 - -- — / \N NULL N/A. */
int hedui_cell_says_nothing(const hedui_cell *cell);

/** 1 if what is left of the cell is `text` (ASCII), else 0. */
int hedui_cell_is(const hedui_cell *cell, const char *text);

/** 1 if the cell starts with `code_point`, which is then taken off. */
int hedui_cell_skip(hedui_cell *cell, uint32_t code_point);

/** 1 if the cell ends in `code_point`, which is then taken off. */
int hedui_cell_skip_end(hedui_cell *cell, uint32_t code_point);

#endif
