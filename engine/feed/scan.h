/** @file
 * The state of one scan, shared by the files that do it: scan.c (window, header, lines), row.c
 * (structure and numbers of every row), batch.c (matching, and decoding of matched rows).
 */
#ifndef HEDUI_FEED_SCAN_H
#define HEDUI_FEED_SCAN_H

#include "feed/block.h"
#include "feed/chain.h"
#include "feed/charset.h"
#include "feed/csv.h"
#include "feed/decode.h"
#include "feed/delivery.h"
#include "feed/doubles.h"
#include "feed/header.h"
#include "feed/seen.h"

enum {
    HEDUI_SCAN_IDS = HEDUI_MATCH_BATCH,
    HEDUI_SCAN_FOOTERS = 4, /**< lines that may turn out to be footers */
    HEDUI_SCAN_KINDS = 32,  /**< spellings of document kinds remembered */
    HEDUI_SCAN_EXCERPT = 96 /**< bytes of a row looked at for an excerpt */
};

/** A row waiting for its numbers to be looked up; rows keep their order. */
typedef struct hedui_pending {
    hedui_csv_row row;
    uint64_t offset;
    uint32_t line;
    hedui_reason fault; /**< or HEDUI_CSV_SOUND */
    uint32_t fault_column;
    uint32_t first_id, id_count; /**< in ids, roles, forms */
    int other_document;          /**< of nobody with a citizen number; waits in deltas only */
} hedui_pending;

/** What stands in a person's cells. */
typedef enum hedui_person_kind {
    HEDUI_PERSON_CITIZEN,
    HEDUI_PERSON_EMPTY,
    HEDUI_PERSON_OTHER, /**< another document */
    HEDUI_PERSON_BAD
} hedui_person_kind;

typedef struct hedui_person_cells {
    hedui_person_kind kind;
    hedui_citizen_id id;
    hedui_citizen_id_form form;
    hedui_reason reason; /**< for BAD; id_type also for CITIZEN with a kind that is not listed */
    uint32_t column;     /**< of the reason */
} hedui_person_cells;

typedef struct hedui_scan {
    hedui_arena *arena; /**< holds the scan itself */
    hedui_delivery *delivery;
    const hedui_layout *layout;
    const hedui_matcher *matcher;
    hedui_inflate *inflate;
    hedui_block block;
    hedui_csv_format format;
    hedui_converter converter;
    hedui_header header;
    int header_found;
    hedui_ledger ledger;
    hedui_column_count *counts;
    const uint8_t *no_columns; /**< of a delivery that has none */
    uint64_t **codes;          /**< of the delivery */

    hedui_pending pending[HEDUI_MATCH_BATCH];
    uint32_t pending_count;
    hedui_citizen_id ids[HEDUI_SCAN_IDS];
    uint32_t persons[HEDUI_SCAN_IDS];
    uint8_t roles[HEDUI_SCAN_IDS], forms[HEDUI_SCAN_IDS];
    uint32_t id_count;

    hedui_reject footers[HEDUI_SCAN_FOOTERS];
    int64_t footer_says[HEDUI_SCAN_FOOTERS]; /**< hedui_footer_count */
    uint32_t footer_count;
    int skipping; /**< inside a row longer than HEDUI_CSV_ROW */
    char skipped_last;
    uint64_t skipped_length;
    hedui_reject skipped;

    struct {
        char raw[24];
        uint8_t length;
        uint32_t code;
    } kinds[HEDUI_SCAN_KINDS];
    uint32_t kind_count;

    hedui_draft draft;
    hedui_arena *fact_scratch; /**< facts until they are packed */
    hedui_arena *row_arena;    /**< texts of the row being read */
    hedui_arena_mark row_start;
    hedui_buffer scratch;  /**< converted texts */
    hedui_buffer unquoted; /**< cells without doubled quotes, which are then converted */
    hedui_csv_cell cells[HEDUI_CSV_FIELDS];
    hedui_seen seen;
    hedui_doubles *doubles;    /**< rows are counted, not kept; else NULL */
    hedui_chain *chain;        /**< of a delta, else NULL */
    const hedui_stop *stop;    /**< or NULL */
    struct hedui_watch *watch; /**< a line to look at, else NULL */
    uint32_t rows_kept;
    uint32_t *rejected_persons;
    uint32_t rejected_person_capacity;
    uint64_t utf8_rows, other_rows; /**< records with characters beyond ASCII, by what they are */
    uint64_t rows_looked_at;
} hedui_scan;

/** Take a row behind the header: count it, check structure and numbers, let it wait. */
hedui_status hedui_scan_row(hedui_scan *scan, const hedui_csv_row *row, hedui_err *err);

/** Read the cells of one person of a row that was cut into scan->cells. */
hedui_person_cells hedui_scan_person(hedui_scan *scan, uint32_t person);

/** A cell of scan->cells as UTF-8 that lives as long as the row arena. @return 1, or 0 for broken
 * characters. Running out of memory is remembered in scan->scratch. */
int hedui_scan_text(hedui_span *text, hedui_scan *scan, uint32_t cell);

/** Give up the texts of a row. HEDUI_E1001 if memory ran out while it was read. */
hedui_status hedui_scan_forget_row(hedui_scan *scan, hedui_err *err);

/** Look up the numbers of all waiting rows and deal with each. */
hedui_status hedui_scan_flush(hedui_scan *scan, hedui_err *err);

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
