/** @file
 * A stored run made again from the archive alone: laying it out, running it, comparing.
 */
#ifndef HEDUI_JOB_AGAIN_H
#define HEDUI_JOB_AGAIN_H

#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

#include "job/laid.h"
#include "job/packs.h"
#include "rule/prior.h"
#include "run/execute.h"

/** A run being made again. The caller sets what stands above the line and zeroes the rest. */
typedef struct hedui_again {
    const hedui_workspace *workspace; /**< of today: store and archive */
    hedui_store *store;
    const hedui_store_run *run;
    int threads;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_err *err;
    /* --- */
    hedui_job_laid laid;
    hedui_job_packs packs;
    hedui_prior prior;
    hedui_scope scope;
    int64_t deliveries; /**< laid out, each with its recorded digest */
} hedui_again;

/** Lay the run out in a folder of its own in the archive, and load its packs.
 * @return HEDUI_E8020, E8021, E8023, what packs can be refused for. Close in any case. */
hedui_status hedui_again_lay_out(hedui_again *again);

/** Run it; every delivery must be the one on record (HEDUI_E8021).
 * @param look  NULL: all of it. Else see hedui_run_look. */
hedui_status hedui_again_execute(const hedui_run_result **result, hedui_again *again,
                                 const hedui_run_look *look);

/** Delete the folder. */
void hedui_again_close(hedui_again *again);

/**
 * Hold what was made against what is stored: flags with their facts, words and places, what
 * overrides kept from being flags (kind "override"), rows that are not this person's (kind "pair"),
 * and what was searched (kind "searched").
 *
 * @param outcome      Flags, rows and differences are counted in it.
 * @param differences  Takes the first HEDUI_JOB_DIFFERENCES of them.
 * @param household    Empty: all.
 */
hedui_status hedui_again_compare(hedui_job_replay_outcome *outcome,
                                 hedui_job_difference *differences, hedui_again *again,
                                 const hedui_run_result *result, hedui_span household);

#endif
