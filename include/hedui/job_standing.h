/** @file
 * Where each department stands with its deliveries: what is asked, what came, when, and what became
 * of it.
 */
#ifndef HEDUI_JOB_STANDING_H
#define HEDUI_JOB_STANDING_H

#include <hedui/feed.h>
#include <hedui/store_run.h>
#include <hedui/workspace.h>

/** One layout with what came of it. Days are INT32_MIN and figures -1 where not known. */
typedef struct hedui_standing_feed {
    hedui_feed_entry feed;
    /** In the run: "accepted", "aged" (used, its data older than the layout's limit), "held",
     * "refused", "early" (only a file of a day after the run's, left out), "missing"; "none": there
     * is no run. */
    const char *state;
    hedui_span file;        /**< last one whose facts were used; empty: none … */
    int64_t rows, rejected; /**< … its ledger … */
    int32_t cut_off, age;   /**< … the day of its data, and their age on the run's day … */
    int32_t received;       /**< … and the day of the first run that saw it */
    /** The days due around the day asked about. Each day due asks for data that are not older than
     * the day due before it. */
    hedui_due_days due;
    int met;           /**< 1: such data came for due.last */
    int never;         /**< 1: no file of it ever came: perhaps nobody asked for it */
    int overdue;       /**< 1: files came before, and a run after due.last still had no such data */
    int32_t late_days; /**< met: how late they came, 0 in time; overdue: how late they are by now */
    hedui_span query;  /**< list that the deliveries used in the run answer; empty: none … */
    int32_t query_day; /**< … its day … */
    /** … people asked; of them with rows and in the caseload; rows about others, not used. */
    int64_t asked, answered, unasked;
    /** The newest list up to the day, if nothing used in the run answers it; empty: none … */
    hedui_span open_query;
    int32_t open_day, open_by; /**< … its day, last day for an answer (INT32_MAX any) … */
    int32_t open_age;          /**< … days from its day to the day asked about … */
    int64_t open_asked;        /**< … people asked */
} hedui_standing_feed;

/** Sums of one department. asked = met + overdue + never + those not yet due behind a run. */
typedef struct hedui_standing_source {
    hedui_span source;
    uint32_t feeds;                     /**< layouts */
    uint32_t asked;                     /**< layouts with a day due */
    uint32_t met, late, overdue, never; /**< late: met behind the day */
    uint32_t received;                  /**< with a file in the run … */
    uint32_t accepted, held, refused;   /**< … and what became of it: these sum up to received */
} hedui_standing_source;

typedef struct hedui_standing {
    int32_t day;                      /**< asked about */
    const hedui_store_run *run;       /**< the newest that stands and is not later, or NULL */
    const hedui_standing_feed *feeds; /**< by name in byte order */
    size_t feed_count;
    const hedui_standing_source *sources; /**< by first feed */
    size_t source_count;
} hedui_standing;

typedef struct hedui_standing_options {
    const char *const *folders; /**< of layouts */
    uint32_t folder_count;
    const char *store; /**< its path; NULL, or no such file: nothing came yet */
    int32_t day;       /**< INT32_MIN: that of the newest run … */
    int32_t today;     /**< … and this one without a run */
} hedui_standing_options;

/**
 * Look at all layouts and at the runs up to a day.
 *
 * Whether a file came late is told only by a run between the day due and the run that saw it.
 *
 * @param standing  Set on success; in `arena`.
 * @return as hedui_feed_list; E5xxx of the store.
 */
hedui_status hedui_job_standing(const hedui_standing **standing,
                                const hedui_standing_options *options, hedui_arena *arena,
                                hedui_err *err);

#endif
