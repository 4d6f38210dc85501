/** @file
 * One cell of text to what it says, by the words of its layout: a second reading of
 * feeds/README.md.
 */
#ifndef HEDUI_ORACLE_CELLS_H
#define HEDUI_ORACLE_CELLS_H

#include "yaml.h"

typedef enum cell_state {
    CELL_VALUE,
    CELL_ABSENT,
    CELL_UNKNOWN,
    CELL_UNLISTED,
    CELL_BAD
} cell_state;

typedef struct cell {
    cell_state state;
    const char *reason; /**< why it cannot be used, or NULL */
    const char *text;   /**< canonical: into the cell that was read, or `own` */
    char own[256];
} cell;

/** Read `text`, which is trimmed in place. `codes`: the column's list, or NULL. Broken characters
 * stand in it as the byte 0xFF. `dates`: what the layout says of all its dates, or NULL. */
void cell_read(cell *out, const yaml *column, const yaml *codes, const yaml *dates, char *text);

/** The code written as `text`, or NULL. */
const char *cell_code(const yaml *codes, const char *text);

/** 1 if the text is one of the signs for nothing. */
int cell_says_nothing(const char *text);

enum { CELL_PLAIN = 512 };

/** Full-width forms as ASCII, the wide yuan sign as the narrow one. 0 if it is too long for that.
 */
int cell_plain(char out[CELL_PLAIN], const char *text);

/** The cell cannot be read, for a reason. */
void cell_fault(cell *out, const char *reason);

/** A date, or a month in all its forms too. */
void cell_read_date(cell *out, const yaml *column, const char *text, int month_only);

/** Take blanks of all kinds off both ends. */
void cell_trim(char *text);

#endif
