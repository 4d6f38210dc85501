/** @file
 * What was delivered to a run: ledgers, remarks, rejected rows; and what the next delivery of each
 * feed is held against.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_DELIVERY_H
#define HEDUI_STORE_DELIVERY_H

#include <hedui/buffer.h>
#include <hedui/span.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

/** A message number (0: none) and its argument; what the guard made of it. */
typedef struct hedui_store_remark {
    int number;
    hedui_span argument, verdict;
} hedui_store_remark;

typedef struct hedui_store_delivery {
    hedui_span feed, title, source, file; /**< file: empty if nothing was delivered */
    hedui_digest digest;                  /**< of the compressed bytes; all zero if none */
    hedui_span charset;                   /**< "UTF-8", "GB18030" */
    int64_t size, content_length, content_crc;
    int32_t cut_off;    /**< INT32_MIN unknown */
    hedui_span verdict; /**< accepted, warned, held, refused, missing */
    int used;           /**< 1 if its facts were used: the source counts as checked */
    /** records = accepted + other_document + duplicate + rejected;
     * accepted = matched + not_in_caseload. */
    int64_t records, accepted, other_document, duplicate, rejected;
    int64_t matched, not_in_caseload, apart, unknown_fields;
    hedui_span query;  /**< number of the query list that it answers; empty: none that was used */
    int32_t query_day; /**< INT32_MIN: none */
    int64_t asked, answered; /**< people in the list; of them with rows and in the caseload now */
    int64_t unasked;         /**< rows about people of the caseload who are not in it: not used */
    const hedui_store_remark *remarks;
    size_t remark_count;
} hedui_store_delivery;

typedef struct hedui_store_reject {
    hedui_span feed, file;
    int64_t line, offset, length;
    hedui_span reason, column, excerpt; /**< excerpt is masked */
} hedui_store_reject;

/** How often one reason of rejection occurs in one feed. */
typedef struct hedui_store_reject_count {
    hedui_span feed, title, reason;
    int64_t count;
} hedui_store_reject_count;

/** One figure of a delivery's contents: "share status A", rows with it, rows with a value. */
typedef struct hedui_store_figure {
    hedui_span name;
    int64_t part, whole;
} hedui_store_figure;

/** One file of a feed and when it came: the days of the runs that saw and used it first. */
typedef struct hedui_store_arrival {
    hedui_span feed, file;
    hedui_digest digest;
    int32_t cut_off;            /**< INT32_MIN unknown */
    int32_t seen_day, used_day; /**< used_day: INT32_MIN if it never was */
} hedui_store_arrival;

/** The last full delivery of a feed that a standing run has used. */
typedef struct hedui_store_baseline {
    hedui_span feed, file;
    hedui_digest digest;
    int64_t content_crc, content_length;
    int32_t cut_off; /**< INT32_MIN unknown */
    int64_t records, rejected, matched;
    int32_t as_of; /**< of the run that used it */
    const hedui_store_figure *figures;
    size_t figure_count;
} hedui_store_baseline;

/** Deliveries of a run in its order. @param run  Empty: the latest run, as in store_run.h. */
hedui_status hedui_store_delivery_list(const hedui_store_delivery **deliveries, size_t *count,
                                       hedui_store *store, hedui_span run, hedui_arena *arena,
                                       hedui_err *err);

/** Deliveries of any run whose digest begins with `prefix` (lower-case hexadecimal), in the order
 * in which they came. Only feed, title, source, file, digest, size and cut_off are set. */
hedui_status hedui_store_delivery_find(const hedui_store_delivery **deliveries, size_t *count,
                                       hedui_store *store, hedui_span prefix, hedui_arena *arena,
                                       hedui_err *err);

/** Files that came to any run up to a day, withdrawn ones included, by feed and first day. */
hedui_status hedui_store_arrival_list(const hedui_store_arrival **arrivals, size_t *count,
                                      hedui_store *store, int32_t up_to, hedui_arena *arena,
                                      hedui_err *err);

/**
 * The titles of all deliveries about which one remark says the same, so that a sentence is told
 * once: on a first night it is true of every feed.
 *
 * @param titles  Gets them joined by “、”, in the deliveries' order; of several files of one feed
 *                once.
 * @return how many titles; 0, and nothing is appended, if an earlier delivery has said it.
 */
size_t hedui_store_remark_titles(hedui_buffer *titles, const hedui_store_delivery *deliveries,
                                 size_t count, size_t delivery, size_t remark);

/**
 * Likewise the titles of all deliveries for which one reason held a run back.
 *
 * @param run     As it was read; `hold` counts its holds.
 * @return how many titles, of a reason that concerns the run as a whole 1 without a text; 0 if an
 *         earlier hold has said it.
 */
size_t hedui_store_hold_titles(hedui_buffer *titles, const hedui_store_delivery *deliveries,
                               size_t count, const hedui_store_run *run, size_t hold);

/** 1 if what a remark says of a delivery is among the reasons that held the run back. */
int hedui_store_is_hold(const hedui_store_run *run, const hedui_store_delivery *delivery,
                        const hedui_store_remark *remark);

/** So many titles are too many to stand before their sentence: they stand behind it. */
enum { HEDUI_STORE_REMARK_TITLES = 4 };

/** Rejected rows of a run, by delivery and line. @param feed  Empty: all. */
hedui_status hedui_store_reject_list(const hedui_store_reject **rejects, size_t *count,
                                     hedui_store *store, hedui_span run, hedui_span feed,
                                     hedui_arena *arena, hedui_err *err);

/** Rejected rows of a run counted by delivery and reason, the most frequent reason first. */
hedui_status hedui_store_reject_counts(const hedui_store_reject_count **counts, size_t *count,
                                       hedui_store *store, hedui_span run, hedui_arena *arena,
                                       hedui_err *err);

/** How many records the full delivery before had that a standing earlier run used; INT64_MIN if
 * there is none. @param d  A full delivery of the run, from hedui_store_delivery_list. */
hedui_status hedui_store_delivery_before(int64_t *records, hedui_store *store, hedui_span run,
                                         const hedui_store_delivery *d, hedui_err *err);

/** Figures of a delivery of the run. */
hedui_status hedui_store_figure_list(const hedui_store_figure **figures, size_t *count,
                                     hedui_store *store, hedui_span run,
                                     const hedui_store_delivery *d, hedui_arena *arena,
                                     hedui_err *err);

/** Baselines of the guards, by feed. */
hedui_status hedui_store_baseline_list(const hedui_store_baseline **baselines, size_t *count,
                                       hedui_store *store, hedui_arena *arena, hedui_err *err);

#endif
