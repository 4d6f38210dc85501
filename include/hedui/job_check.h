/** @file
 * Whether a run would use a delivery, as far as the file and the last accepted one decide it.
 */
#ifndef HEDUI_JOB_CHECK_H
#define HEDUI_JOB_CHECK_H

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/feed.h>

#include <stdint.h>

/** What to check a file by. */
typedef struct hedui_job_check_options {
    const char *feed;           /**< the layout to read by; NULL: what the file's name calls for */
    const char *const *folders; /**< of layouts, searched in order */
    uint32_t folder_count;
    const char *store; /**< path of a store, which need not exist yet; NULL: there is none, and
                            change is not judged */
    int32_t as_of;     /**< day of the run that is thought of */
} hedui_job_check_options;

/** A remark of the guards: a message number and its arguments, see hedui_message_remark. */
typedef struct hedui_job_check_remark {
    int number;
    hedui_span argument;
    const char *verdict; /**< as below */
} hedui_job_check_remark;

/** What a run may judge and a check cannot; room for every word. */
enum { HEDUI_JOB_CHECK_UNJUDGED = 6 };

/** A file with what the guards make of it. Judged are refusals, the age, the share of rows rejected
 * for what a run looks at in every row, and of cells nobody can read. A run reads the columns of
 * matched people's rows only; what is wrong with them in all rows is a warning (HEDUI_E2138), and
 * the share of cells is over all rows. With a store, a full delivery is held against the one that a
 * run would hold it against: its rows, and content that came before under another day. */
typedef struct hedui_job_check {
    const hedui_feed_report *report;
    const char *verdict; /**< the worst of all remarks: "accepted", "warned", "held", "refused"; or
                              "early": its day is after the run's, which would not read it */
    const hedui_job_check_remark *remarks; /**< in the order of the guards; texts in the arena */
    uint32_t remark_count;
    hedui_span last_file; /**< the accepted delivery it was held against; empty: none */
    int32_t last_cut_off; /**< INT32_MIN unknown, or no such delivery */
    int64_t last_records;
    /** What this layout asks of a run and was not judged: "rows" (change against the last accepted
     * delivery), "distributions" (the same), "matches", "names" (need the caseload), "manifest",
     * "query_list". */
    const char *unjudged[HEDUI_JOB_CHECK_UNJUDGED];
    uint32_t unjudged_count;
} hedui_job_check;

/**
 * hedui_feed_check and then the guards.
 *
 * @param check  Set on success; lives in `arena`.
 * @return as hedui_feed_check; what hedui_store_open and hedui_store_baseline_list return.
 */
hedui_status hedui_job_check_file(const hedui_job_check **check, const char *path,
                                  const hedui_job_check_options *options, hedui_arena *arena,
                                  hedui_err *err);

#endif
