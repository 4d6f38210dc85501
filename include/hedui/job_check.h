/** @file
 * Whether a run would use a delivery, as far as the file alone decides it.
 */
#ifndef HEDUI_JOB_CHECK_H
#define HEDUI_JOB_CHECK_H

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/feed.h>

#include <stdint.h>

/** A remark of the guards: a message number and its arguments, see hedui_message_remark. */
typedef struct hedui_job_check_remark {
    int number;
    hedui_span argument;
    const char *verdict; /**< as below */
} hedui_job_check_remark;

/** A file with what the guards make of it. Judged are refusals, the age, the share of rejected rows
 * and of cells nobody can read; both shares over all rows, where a run looks at the columns of its
 * households' rows only. Not judged is what needs an earlier delivery (rows, distributions), the
 * caseload (matches, names), a manifest or a query list. */
typedef struct hedui_job_check {
    const hedui_feed_report *report;
    const char *verdict; /**< "accepted", "warned", "held", "refused": the worst of all remarks */
    const hedui_job_check_remark *remarks; /**< in the order of the guards; texts in the arena */
    uint32_t remark_count;
    int answers; /**< 1: it answers a query list */
} hedui_job_check;

/**
 * hedui_feed_check and then the guards.
 *
 * @param check  Set on success; lives in `arena`.
 * @param as_of  Day of the run that is thought of.
 * @return as hedui_feed_check.
 */
hedui_status hedui_job_check_file(const hedui_job_check **check, const char *path, const char *feed,
                                  const char *const *folders, size_t folder_count, int32_t as_of,
                                  hedui_arena *arena, hedui_err *err);

#endif
