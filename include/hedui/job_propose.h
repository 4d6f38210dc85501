/** @file
 * Proposing what takes two people: that a flag is none, that a row is not this person's.
 */
#ifndef HEDUI_JOB_PROPOSE_H
#define HEDUI_JOB_PROPOSE_H

#include <hedui/message.h>
#include <hedui/store_decision.h>
#include <hedui/workspace.h>

/** What every proposal needs. */
typedef struct hedui_proposing {
    hedui_store_grounds grounds;
    int dry_run; /**< 1: change nothing */
    /** Asked once all is known and nothing is written; a failure is passed on. NULL: not asked.
     * @param message  What the flag or the row says. */
    hedui_status (*agree)(void *context, hedui_span message, hedui_err *err);
    void *context;
} hedui_proposing;

typedef struct hedui_override_options {
    hedui_proposing by;
    hedui_span rule;
    int64_t flag; /**< its place in `explain`, from 1; 0: the only one of the rule */
} hedui_override_options;

typedef struct hedui_pair_options {
    hedui_proposing by;
    hedui_span file; /**< of the delivery, and the row's line there, both as `explain` tells them */
    int64_t line;
    hedui_span name; /**< of the person whose it is not; empty: the only one of the household */
    int threads;     /**< 0: as many as cores */
} hedui_pair_options;

/**
 * Propose that a flag of the latest run (see store_run.h) is none, or that an override goes on.
 *
 * @param id       Filled on success; empty for a rehearsal.
 * @param message  Set on success: what the flag says.
 * @return HEDUI_E3060, HEDUI_E5015, HEDUI_E5044, HEDUI_E5045, HEDUI_E5046 and those of
 *         hedui_store_override_propose.
 */
hedui_status hedui_job_override_propose(char id[HEDUI_STORE_DECISION_ID], hedui_span *message,
                                        const hedui_workspace *workspace,
                                        const hedui_override_options *options, hedui_arena *arena,
                                        const hedui_notes *notes, hedui_err *err);

/**
 * Propose that a row which the latest run had for a person of the household is not that person's,
 * or that such a decision goes on. The run's deliveries are read again from the archive, so that
 * the row is the one that the run had, whole and at the end of its chain.
 *
 * @param id       Filled on success; empty for a rehearsal.
 * @param message  Set on success: what the row says, of whom.
 * @return HEDUI_E5015, HEDUI_E5050 no such row, HEDUI_E5051 of the bureau's own registers,
 *         HEDUI_E5052 of several people, those of hedui_store_pair_propose, what keeps a run from
 *         being read again (see job.h).
 */
hedui_status hedui_job_pair_propose(char id[HEDUI_STORE_DECISION_ID], hedui_span *message,
                                    const hedui_workspace *workspace,
                                    const hedui_pair_options *options, hedui_arena *arena,
                                    const hedui_notes *notes, hedui_err *err);

#endif
