/** @file
 * Proposing an override of a flag that a run raised.
 */
#ifndef HEDUI_JOB_OVERRIDE_H
#define HEDUI_JOB_OVERRIDE_H

#include <hedui/message.h>
#include <hedui/store_override.h>
#include <hedui/workspace.h>

typedef struct hedui_override_options {
    hedui_span household, rule;
    int64_t flag; /**< its place in `explain`, from 1; 0: the only one of the rule */
    hedui_span evidence;
    int32_t until;
    hedui_store_word word;
    int dry_run; /**< 1: change nothing */
    /** Asked once all is known and nothing is written; a failure is passed on. NULL: not asked.
     * @param message  What the flag says. */
    hedui_status (*agree)(void *context, hedui_span message, hedui_err *err);
    void *context;
} hedui_override_options;

/**
 * Propose that a flag of the latest run (see store_run.h) is none, or that an override goes on.
 *
 * @param id       Filled on success; empty for a rehearsal.
 * @param message  Set on success: what the flag says.
 * @return HEDUI_E3060, HEDUI_E5015, HEDUI_E5044, HEDUI_E5045, HEDUI_E5046 and those of
 *         hedui_store_override_propose.
 */
hedui_status hedui_job_override_propose(char id[HEDUI_STORE_OVERRIDE_ID], hedui_span *message,
                                        const hedui_workspace *workspace,
                                        const hedui_override_options *options, hedui_arena *arena,
                                        const hedui_notes *notes, hedui_err *err);

#endif
