/** @file
 * Why a household came out as it did: what the store has of it, and how it follows from the rows
 * that were read, derived again from the archive.
 */
#ifndef HEDUI_JOB_EXPLAIN_H
#define HEDUI_JOB_EXPLAIN_H

#include <hedui/account.h>
#include <hedui/job.h>
#include <hedui/store_household.h>

typedef struct hedui_job_explanation {
    const hedui_store_household *household; /**< what is stored */
    /** What its deliveries give with the rules of that day; NULL if they were not read again
     * (`why`) or the household does not stand in the caseload. */
    const hedui_account *account;
    hedui_err why;            /**< why nothing was derived: E8020 (lost), E8023, or a failure */
    int gone;                 /**< 1: `why` is that of an archive whose time is over, no failure */
    int64_t difference_count; /**< between what is stored and what was derived */
    const hedui_job_difference *differences; /**< as of a replay, and "state", "searched", "cause",
                                                "tag", "override", "pair" */
} hedui_job_explanation;

/**
 * Explain a household of a run.
 *
 * All deliveries of the run are read from the archive, as by hedui_job_replay; only this household
 * is judged. Nothing is stored.
 *
 * @param explanation  Filled on success; lives in `arena`.
 * @param run          Name of the run; empty: the latest.
 * @param stored_only  1: read no archive; account NULL without a `why`.
 * @param threads      0: as many as cores.
 * @return HEDUI_E5015 (exit 10) if the run does not know the household, E5xxx, E10xx. What keeps it
 *         from being derived again is in `why`.
 */
hedui_status hedui_job_explain(hedui_job_explanation *explanation, const hedui_workspace *workspace,
                               hedui_span run, hedui_span household, int stored_only, int threads,
                               hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

#endif
