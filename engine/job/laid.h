/** @file
 * The inputs of a stored run, laid out again from the archive in a folder of their own, so that
 * nothing of today's workspace can slip in.
 */
#ifndef HEDUI_JOB_LAID_H
#define HEDUI_JOB_LAID_H

#include <hedui/store_run.h>
#include <hedui/workspace.h>

typedef struct hedui_job_laid {
    const hedui_workspace *workspace; /**< of the run: see hedui_job_inputs_lay_out */
    hedui_span prior;                 /**< bytes of prior.tsv */
    const char *folder;               /**< in the archive; NULL until it is there */
    int held;                         /**< descriptor that keeps a sweep from it */
} hedui_job_laid;

/**
 * Lay them out. hedui_job_laid_close is due also after a failure.
 *
 * @param laid     All zero before.
 * @param archive  Of today's workspace.
 * @return HEDUI_E8023 if the run was stored without its inputs, E8020, E8021, E10xx.
 */
hedui_status hedui_job_laid_open(hedui_job_laid *laid, const char *archive,
                                 const hedui_store_run *run, hedui_arena *arena, hedui_err *err);

/** Delete the folder. */
void hedui_job_laid_close(hedui_job_laid *laid);

#endif
