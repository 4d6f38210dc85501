/** @file
 * One delivery: a gzip file of an agency, read once, checked whole, its matched rows as facts.
 */
#ifndef HEDUI_FEED_DELIVERY_H
#define HEDUI_FEED_DELIVERY_H

#include "feed/fact.h"
#include "feed/layout.h"
#include "feed/ledger.h"
#include "feed/matcher.h"
#include "feed/reading.h"
#include "feed/reject.h"

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>
#include <hedui/stop.h>

#include <stdint.h>

/** Day number for "not known". */
#define HEDUI_DAY_NONE INT32_MIN

/** What the manifest beside a delivery promises; binding. */
typedef struct hedui_promise {
    uint8_t has_digest, has_rows;
    hedui_digest digest;
    uint64_t rows;   /**< records, rejected ones included */
    int32_t cut_off; /**< or HEDUI_DAY_NONE */
} hedui_promise;

typedef struct hedui_scan_options {
    const hedui_matcher *matcher; /**< NULL: decode every row */
    const char *spill_folder;     /**< for what memory does not hold; NULL: TMPDIR, else
                                       /tmp */
    const hedui_promise *promise; /**< NULL: no manifest */
    hedui_reading reading;
    struct hedui_watch *watch; /**< a line to look at (feed/watch.h), or NULL */
    struct hedui_chain *chain; /**< set by hedui_chain_add for a delta; else NULL */
    const hedui_stop *stop;    /**< asked once a block; NULL: never */
    struct hedui_crew *crew;   /**< who may read rows beside the scan (base/crew.h); NULL: nobody */
} hedui_scan_options;

/** Cells of one column, over decoded rows. */
typedef struct hedui_column_count {
    uint64_t value, absent, unknown, unlisted, bad;
    int64_t least, most; /**< of values, numbers only; least > most when there was none */
} hedui_column_count;

/** A delivery after its scan. Owned by the caller (hedui_delivery_close). */
typedef struct hedui_delivery {
    hedui_arena *arena;      /**< holds the delivery and all below but the facts */
    hedui_arena *fact_arena; /**< holds the facts */
    const char *path, *name;
    const hedui_layout *layout;
    uint64_t size;             /**< compressed bytes */
    hedui_digest digest;       /**< SHA-256 of the compressed bytes */
    uint32_t crc;              /**< CRC-32 of the content … */
    uint64_t content_length;   /**< … and its length: together they tell content apart */
    int32_t cut_off;           /**< day of the data, or HEDUI_DAY_NONE: counts as stale */
    hedui_refusal refusal;     /**< HEDUI_REFUSAL_none, or why nothing of it is used */
    hedui_span refusal_detail; /**< the column, the character set, …; may be empty */
    uint64_t refusal_offset;   /**< in the compressed file, where known, else 0 */
    uint32_t refusal_line;     /**< in the text, where known, else 0 */
    /** What was counted; complete only if not refused. Of a broken container nothing is: like
     * content, columns and rejects it is then that of no text at all. */
    hedui_ledger ledger;
    hedui_span footer_unread;        /**< a footer that speaks of a count nobody can read; masked */
    const hedui_span *extra_columns; /**< headers that the layout does not know, UTF-8 */
    uint32_t extra_column_count;
    const uint8_t *has_column;         /**< by layout column: 1 if the delivery has it */
    const hedui_column_count *columns; /**< by layout column */
    /** By layout column, NULL for other kinds. CODE, CODES: values by index into the list; YES_NO:
     * no, yes. */
    uint64_t *const *codes;
    hedui_facts no_facts; /**< what `facts` points to once they were dropped */
    hedui_facts *facts;   /**< never NULL; empty if refused or dropped */
    hedui_rejects *rejects;
    const uint32_t *rejected_persons; /**< known persons whose row was rejected: for them this feed
                                           is unknown. In file order, may repeat. */
    uint32_t rejected_person_count;
} hedui_delivery;

/**
 * Read a delivery once from beginning to end.
 *
 * Whatever is wrong with the file itself is a finding, not a failure: HEDUI_OK with `refusal` set,
 * digest and size known, facts dropped. Failures are HEDUI_E1001, E1002, E1003, E1004.
 * Re-entrant; one delivery belongs to one thread at a time.
 *
 * Of layouts with several kinds of person a row matches if any of its persons does.
 *
 * @param delivery  Set on success.
 * @param path      A gzip file.
 * @param layout    Must outlive the delivery.
 * @param options   NULL: all defaults.
 */
hedui_status hedui_delivery_scan(hedui_delivery **delivery, const char *path,
                                 const hedui_layout *layout, const hedui_scan_options *options,
                                 hedui_err *err);

/**
 * The same without a matcher and without keeping facts: ledger, columns and rejects are those of
 * hedui_delivery_scan, and memory does not grow with the file. Doubled rows are found with the help
 * of nameless temporary files (80 bytes a row at most); if there are any, the text is read twice.
 *
 * @param path     A gzip file, or a pipe, which is copied first.
 * @param options  As above; no matcher, no chain.
 * @return as hedui_delivery_scan; HEDUI_E1003 and HEDUI_E1004 also for the temporary files.
 */
hedui_status hedui_delivery_survey(hedui_delivery **delivery, const char *path,
                                   const hedui_layout *layout, const hedui_scan_options *options,
                                   hedui_err *err);

/** Drop the facts (a guard refused the delivery) and their memory; the rest stays readable. */
void hedui_delivery_drop_facts(hedui_delivery *delivery);

/** NULL is accepted. */
void hedui_delivery_close(hedui_delivery *delivery);

/** The day in a file name by a pattern such as "veh-{yyyymm}" (its month's last day),
 * "hukou-{yyyymmdd}" or "veh-{date}" (either); `*` skips what is no digit, the rest of the name is
 * free. HEDUI_DAY_NONE if it does not match. */
int32_t hedui_cut_off_of(hedui_span pattern, hedui_span file_name);

#endif
