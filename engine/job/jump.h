/** @file
 * A jump of flags: far more or far fewer than the last published run had is more likely a delivery
 * or a rule gone wrong than a county changed overnight.
 */
#ifndef HEDUI_JOB_JUMP_H
#define HEDUI_JOB_JUMP_H

#include "run/result.h"

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/store.h>
#include <hedui/workspace.h>

/** What a run is compared by; all 0 before the first part of it. */
typedef struct hedui_job_counts {
    int64_t flagged; /**< households with a flag */
    int64_t *flags;  /**< by rule of the result; tags are none */
} hedui_job_counts;

/** Add a part of a result. */
void hedui_job_count(hedui_job_counts *counts, const hedui_run_result *part);

/**
 * Reasons to hold a run back: flagged households, and flags of each rule, that changed by more than
 * the workspace allows against the last published run. Tags are no flags. Without a published run
 * there is nothing to compare with and no reason.
 *
 * @param holds   Filled on success; lives in `arena`. The households first, then rules in the order
 *                of the last run's, then those that it did not have.
 * @param result  Its rules, and whether it is of a list; households and flags are not looked at.
 * @return E5xxx store, HEDUI_E1001.
 */
hedui_status hedui_job_jump(const hedui_run_remark **holds, uint32_t *count,
                            const hedui_publish *limits, const hedui_run_result *result,
                            const hedui_job_counts *counts, hedui_store *store, hedui_arena *arena,
                            hedui_err *err);

#endif
