/** @file
 * One line of a delivery held up to the light while the whole is read.
 */
#ifndef HEDUI_FEED_WATCH_H
#define HEDUI_FEED_WATCH_H

#include "feed/decode.h"
#include "feed/ledger.h"

#include <hedui/feed_line.h>

struct hedui_scan;
struct hedui_csv_row;

/** One cell of the line. */
typedef struct hedui_watch_cell {
    uint32_t column; /**< of the layout, or HEDUI_COLUMN_NONE: an extra column, or one too many */
    hedui_span header, raw; /**< UTF-8, whole */
    hedui_decoded decoded;  /**< for columns of the layout */
} hedui_watch_cell;

typedef struct hedui_watch {
    uint32_t line;         /**< looked for, from 1 */
    hedui_arena *arena;    /**< takes all that is found */
    hedui_line_kind kind;  /**< HEDUI_LINE_NONE: the text ends before it */
    hedui_reason reason;   /**< of HEDUI_LINE_REJECTED */
    uint32_t column;       /**< of the reason, or HEDUI_COLUMN_NONE */
    uint32_t first, lines; /**< the row's first line, and how many it spans */
    uint64_t offset;       /**< of the row in the uncompressed text */
    uint32_t length;
    hedui_watch_cell *cells; /**< of rows below the header; else one with the whole line */
    uint32_t cell_count;
    int failed; /**< 1: no memory */
} hedui_watch;

/** Note the row if the line is in it. `before` is the ledger before the row was taken. */
void hedui_watch_row(struct hedui_scan *scan, const struct hedui_csv_row *row,
                     const hedui_ledger *before, uint32_t footers_before);

/** Note that the row at `offset` says what an earlier one says. */
void hedui_watch_double(struct hedui_scan *scan, uint64_t offset);

/** Note that the line is the beginning of a row too long to be read. */
void hedui_watch_endless(struct hedui_scan *scan);

#endif
