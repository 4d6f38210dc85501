/** @file
 * Feed layouts (feeds/<name>.yaml): what an agency's export looks like and what its columns mean.
 * Read-only once loaded; shared by all threads.
 */
#ifndef HEDUI_FEED_LAYOUT_H
#define HEDUI_FEED_LAYOUT_H

#include "feed/code_list.h"
#include "feed/reason.h"

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>
#include <hedui/feed_due.h>
#include <hedui/money.h>

#include <stdint.h>

/** No such column. */
#define HEDUI_COLUMN_NONE UINT32_MAX

enum { HEDUI_LAYOUT_PERSONS = 8, HEDUI_LAYOUT_COLUMNS = 128, HEDUI_DECIMAL_SCALE = 9 };

/** What the cells of a column are, and what the 8 bytes of a fact's value then hold. */
typedef enum hedui_column_type {
    HEDUI_COLUMN_CITIZEN_ID, /**< hedui_citizen_id */
    HEDUI_COLUMN_NAME,       /**< text as written, blanks around taken off (see value/name.h) */
    HEDUI_COLUMN_TEXT,       /**< text */
    HEDUI_COLUMN_DATE,       /**< day number */
    HEDUI_COLUMN_MONTH,      /**< month index: year * 12 + month - 1 */
    HEDUI_COLUMN_MONEY,      /**< fen */
    HEDUI_COLUMN_INTEGER,    /**< the number */
    HEDUI_COLUMN_AREA,       /**< hundredths of a square metre */
    HEDUI_COLUMN_RATE,       /**< millionths (8% is 80000) */
    HEDUI_COLUMN_DECIMAL,    /**< the number times 10^scale */
    HEDUI_COLUMN_CODE,       /**< index into the code list */
    HEDUI_COLUMN_CODES,      /**< bit mask over the code list */
    HEDUI_COLUMN_YES_NO,     /**< 1 or 0 */
    HEDUI_COLUMN_USCC,       /**< text: 18 characters of a true unified social credit code */
    HEDUI_COLUMN_PLATE       /**< text: licence plate, upper case, without blanks and dots */
} hedui_column_type;

/** 1 if values of the type are texts, 0 if they are numbers. */
static inline int hedui_column_type_is_text(hedui_column_type type)
{
    return type == HEDUI_COLUMN_NAME || type == HEDUI_COLUMN_TEXT || type == HEDUI_COLUMN_USCC ||
           type == HEDUI_COLUMN_PLATE;
}

/** What an empty cell means. */
typedef enum hedui_empty {
    HEDUI_EMPTY_ABSENT,  /**< there is none (the default) */
    HEDUI_EMPTY_UNKNOWN, /**< `may_be_unknown`: nobody knows */
    HEDUI_EMPTY_REJECTED /**< `required`: the row is rejected (missing) */
} hedui_empty;

typedef struct hedui_column {
    hedui_span name;           /**< as rules write it */
    hedui_span title;          /**< for people: the first header */
    const hedui_span *headers; /**< names it goes by in exports, UTF-8 */
    uint32_t header_count;
    hedui_column_type type;
    const hedui_code_list *list; /**< CODE and CODES, else NULL */
    hedui_empty empty;
    uint8_t header_required; /**< the column must exist; implied by `required`, keys and persons */
    uint8_t negative;        /**< amounts and integers below zero are accepted */
    uint8_t epoch_ms;        /**< dates may be milliseconds since 1970, China Standard Time */
    uint8_t serial;          /**< dates may be spreadsheet serials (42004 is 2014-12-31) */
    uint8_t percent;         /**< RATE: bare numbers are percent, as the header says */
    uint8_t scale;           /**< DECIMAL: digits behind the point, 0 to HEDUI_DECIMAL_SCALE */
    uint8_t sensitive;       /**< account numbers and the like: masked wherever shown */
    hedui_money_unit unit;   /**< MONEY */
    hedui_span separator;    /**< CODES: between codes; empty: every character is one */
    uint32_t max;            /**< TEXT and NAME: most characters; 0: 200 */
    const hedui_span *suffixes; /**< INTEGER and DECIMAL: words that may follow the number: 千瓦 */
    uint32_t suffix_count;
    const hedui_span *none; /**< cells that say there is none */
    uint32_t none_count;
    const hedui_span *unknown; /**< cells that say nobody knows: "00000000", "1900-01-01" */
    uint32_t unknown_count;
    const hedui_span *open; /**< cells that say without end ("9999-12-31"): value HEDUI_DATE_MAX */
    uint32_t open_count;
} hedui_column;

/** Whom a row is about. */
typedef struct hedui_layout_person {
    hedui_span role, title;
    uint32_t id_column;
    uint32_t name_column;   /**< or HEDUI_COLUMN_NONE */
    uint32_t kind_column;   /**< kind of document, or HEDUI_COLUMN_NONE: always a citizen number */
    uint64_t citizen_codes; /**< bits of the kind's codes under which the number is a citizen's */
    uint8_t optional;       /**< the id cell may be empty (no co-owner, an unmarried person) */
} hedui_layout_person;

typedef enum hedui_charset { HEDUI_CHARSET_UTF8, HEDUI_CHARSET_GB18030 } hedui_charset;

typedef enum hedui_feed_kind {
    HEDUI_FEED_FULL,   /**< everything the agency has: not there means no record */
    HEDUI_FEED_DELTA,  /**< rows added, changed or deleted since the delivery before */
    HEDUI_FEED_HITS,   /**< answers to a query list: only who was asked can have no record */
    HEDUI_FEED_VERDICT /**< ready yes/no answers to a query list */
} hedui_feed_kind;

/** Limits beyond which a delivery is noted, held or refused. Shares in millionths; -1: not set. */
typedef struct hedui_layout_guards {
    int32_t age_warn_days, age_refuse_days;
    int32_t rows_fall, rows_rise; /**< change of records against the last accepted delivery: hold */
    int32_t rejects_hold, rejects_refuse; /**< rejected of records */
    int32_t fields_hold, fields_refuse;   /**< rows rejected in decoding, of rows decoded */
    int32_t join_rate;      /**< band around the last accepted share of matched rows: hold */
    int32_t name_agreement; /**< least share of matched rows with the caseload's name: hold */
    int32_t unknown_share;  /**< most cells of any one column unknown for a bad or unlisted value:
                               hold */
    int32_t watch_from;     /**< rows with a value below which distributions are not compared */
    const struct hedui_layout_watch *watches; /**< distributions held against the last accepted */
    uint32_t watch_count;
} hedui_layout_guards;

/** How far the distribution of one column may move. Millionths; -1: not watched. */
typedef struct hedui_layout_watch {
    uint32_t column;
    int32_t share;  /**< CODE, CODES: any one code's share of the values, in points */
    int32_t zero;   /**< numbers: the share of zeros, in points */
    int32_t median; /**< numbers: the median, relative to the last */
} hedui_layout_watch;

/** A row to decode in tests and documents, and what must come of it. */
typedef struct hedui_layout_sample {
    const hedui_span *headers, *cells; /**< by any alias of the columns; UTF-8 */
    uint32_t cell_count;
    const uint32_t *columns;  /**< columns with an expected value … */
    const hedui_span *values; /**< … printed canonically, see hedui_facts_print */
    uint32_t value_count;
    uint8_t rejected;    /**< 1: the row must be rejected for … */
    hedui_reason reason; /**< … this */
    uint32_t line;       /**< in the layout's file */
} hedui_layout_sample;

/** In which months a household received the benefit, said by rows of one month each or, in the
 * caseload, by the first month of what it receives now. Columns may be HEDUI_COLUMN_NONE. */
typedef struct hedui_layout_benefit {
    uint32_t month;               /**< rows of one month each: the month */
    uint32_t from;                /**< the caseload's households: the first month */
    uint32_t state;               /**< code column; none: every row counts */
    uint64_t received, undecided; /**< bits of its codes: yes; not known yet; all others: no */
} hedui_layout_benefit;

typedef struct hedui_layout {
    hedui_span name; /**< feed: */
    hedui_span as;   /**< the list that rules see */
    hedui_span title, source, row;
    const char *path;
    hedui_digest digest;  /**< of the layout's bytes and of the code lists it uses */
    const uint32_t *keys; /**< key columns; none: two rows are the same when all values are */
    uint32_t key_count;
    hedui_layout_person persons[HEDUI_LAYOUT_PERSONS];
    uint32_t person_count; /**< 0: every row is decoded (the caseload's households) */
    const hedui_column *columns;
    uint32_t column_count;
    hedui_span file_name; /**< glob */
    hedui_charset charset;
    hedui_feed_kind kind;
    char delimiter;            /**< , \t | ^ ; */
    uint32_t title_lines;      /**< most lines searched above the header */
    const hedui_span *footers; /**< a last line that begins so is no record: 共 合计 */
    uint32_t footer_count;
    hedui_span cut_off_pattern; /**< "veh-{yyyymm}", matched against the file name; empty: none */
    hedui_span delta_name;      /**< glob of deltas, looked at before file_name; empty: none */
    hedui_span delta_pattern;   /**< cut-off in their names */
    uint32_t change_column;     /**< deltas: the add/change/delete mark, or HEDUI_COLUMN_NONE */
    uint64_t deleted_codes;     /**< deltas: bits of its codes that delete the row of that key */
    uint32_t answer_column;     /**< VERDICT: the yes/no answer, or HEDUI_COLUMN_NONE */
    hedui_layout_benefit benefit;
    uint8_t own_register;     /**< 1: the bureau's own record: vouches for nothing said elsewhere */
    uint8_t visit_sheet_only; /**< 1: that it has rows stands on the inspector's own sheet alone */
    hedui_due due;            /**< when it is to come; HEDUI_DUE_NEVER: not agreed */
    hedui_layout_guards guards;
    const hedui_layout_sample *samples;
    uint32_t sample_count;
} hedui_layout;

/** 1 if its deliveries answer query lists: hits or verdicts. */
static inline int hedui_layout_is_answer(const hedui_layout *layout)
{
    return layout->kind == HEDUI_FEED_HITS || layout->kind == HEDUI_FEED_VERDICT;
}

/** The layouts and code lists of a run. */
typedef struct hedui_layouts {
    const hedui_layout *const *list; /**< by name in byte order */
    uint32_t count;
    const hedui_code_list *const *code_lists;
    uint32_t code_list_count;
} hedui_layouts;

/**
 * Load every <folder>/<name>.yaml and <folder>/codes/<name>.yaml.
 *
 * @param layouts  Set on success; all of it lives in `arena`, which must outlive it.
 * @param folders  Searched in order: a layout or code list of an earlier folder replaces one of
 *                 the same name in a later folder (the workspace before the shipped ones). A
 *                 folder that does not exist is an error; one without codes/ is fine.
 * @param notes    Every fault of every file; NULL: only the first, in `err`.
 * @return HEDUI_OK only if all files are sound: E11xx (YAML), E20xx (layouts), E10xx (files).
 */
hedui_status hedui_layouts_load(const hedui_layouts **layouts, const char *const *folders,
                                size_t folder_count, hedui_arena *arena, const hedui_notes *notes,
                                hedui_err *err);

/** The layout called `name`, or NULL. */
const hedui_layout *hedui_layouts_find(const hedui_layouts *layouts, hedui_span name);

/** What a person wrote: the name of a layout, else a title that exactly one has; or NULL. */
const hedui_layout *hedui_layouts_find_named(const hedui_layouts *layouts, hedui_span text);

/** The layout that rules see as `as`, or NULL. */
const hedui_layout *hedui_layouts_find_as(const hedui_layouts *layouts, hedui_span as);

/** The column called `name`, or HEDUI_COLUMN_NONE. */
uint32_t hedui_layout_column(const hedui_layout *layout, hedui_span name);

/** The word of a type in layout files: "citizen_id", "money". Never NULL. */
const char *hedui_column_type_name(hedui_column_type type);

/** The word of a kind in layout files: "full", "delta". Never NULL. */
const char *hedui_feed_kind_name(hedui_feed_kind kind);

#endif
