/** @file
 * The state of one scan, shared by the files that do it: scan.c (window, header, lines), row.c
 * (structure and numbers of every row), batch.c (matching, and decoding of matched rows).
 */
#ifndef HEDUI_FEED_SCAN_H
#define HEDUI_FEED_SCAN_H

#include "feed/block.h"
#include "feed/chain.h"
#include "feed/delivery.h"
#include "feed/doubles.h"
#include "feed/reader.h"
#include "feed/seen.h"
#include "feed/share.h"

enum {
    HEDUI_SCAN_FOOTERS = 4, /**< lines that may turn out to be footers */
    HEDUI_SCAN_EXCERPT = 96 /**< bytes of a row looked at for an excerpt */
};

typedef struct hedui_scan {
    hedui_arena *arena; /**< holds the scan itself */
    hedui_delivery *delivery;
    const hedui_layout *layout;
    hedui_inflate *inflate;
    hedui_block block;
    hedui_reader reader;
    hedui_header header;
    int header_found;
    hedui_ledger ledger;
    hedui_column_count *counts;
    const uint8_t *no_columns; /**< of a delivery that has none */
    uint64_t **codes;          /**< of the delivery */

    hedui_reject footers[HEDUI_SCAN_FOOTERS];
    int64_t footer_says[HEDUI_SCAN_FOOTERS]; /**< hedui_footer_count */
    uint32_t footer_count;
    int skipping; /**< inside a row longer than HEDUI_CSV_ROW */
    char skipped_last;
    uint64_t skipped_length;
    hedui_reject skipped;

    hedui_arena *fact_scratch; /**< facts until they are packed */
    hedui_seen seen;
    hedui_doubles *doubles;    /**< rows are counted, not kept; else NULL */
    hedui_chain *chain;        /**< of a delta, else NULL */
    const hedui_stop *stop;    /**< or NULL */
    struct hedui_watch *watch; /**< a line to look at, else NULL */
    struct hedui_crew *crew;   /**< who may read rows beside this scan, or NULL */
    hedui_share *share;        /**< what was handed to them; NULL: nothing yet */
    int always_share;          /**< also if nobody waits for it */
    uint32_t rows_kept;
    uint32_t *rejected_persons;
    uint32_t rejected_person_capacity;
    uint64_t utf8_rows, other_rows; /**< records with characters beyond ASCII, by what they are */
    uint64_t rows_looked_at;
} hedui_scan;

/** Take a row behind the header: count it, check structure and numbers, let it wait. */
hedui_status hedui_scan_row(hedui_scan *scan, const hedui_line *line, hedui_err *err);

/** Give up the texts of a row. HEDUI_E1001 if memory ran out while it was read. */
hedui_status hedui_scan_forget_row(hedui_scan *scan, hedui_err *err);

/** Whether enough rows were looked at to say what character set the text has. */
static inline int hedui_scan_knows_charset(const hedui_scan *scan)
{
    enum { ENOUGH = 100, MOST = 10000 };
    return scan->utf8_rows + scan->other_rows >= ENOUGH || scan->rows_looked_at >= MOST;
}

/** Look up the numbers of all waiting rows and deal with each. */
hedui_status hedui_scan_flush(hedui_scan *scan, hedui_err *err);

/** What becomes of a decoded row: it is rejected, new, was there before, or contradicts one that
 * was. Not for deltas. */
hedui_status hedui_scan_settle(hedui_scan *scan, const hedui_pending *pending,
                               const hedui_decoded_row *row, hedui_err *err);

/** Fill in a reject; the excerpt is of `text` (raw bytes), masked according to the column. */
void hedui_scan_reject(hedui_reject *reject, hedui_scan *scan, uint64_t offset, uint32_t line,
                       uint32_t length, hedui_reason reason, uint32_t column, hedui_span text);

/** Count and keep a reject. */
hedui_status hedui_scan_keep_reject(hedui_scan *scan, const hedui_reject *reject, hedui_err *err);

/** Lines that looked like footers were none: a record came behind them. */
hedui_status hedui_scan_footers_are_records(hedui_scan *scan, hedui_err *err);

/** The whole text, from the byte-order mark to the last line. */
hedui_status hedui_scan_run(hedui_scan *scan, hedui_err *err);

#endif
