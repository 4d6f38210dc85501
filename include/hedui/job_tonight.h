/** @file
 * What would stop a run of some day before it reads a row: seen from names and days alone, so that
 * it can be asked at any time, beside a run too.
 */
#ifndef HEDUI_JOB_TONIGHT_H
#define HEDUI_JOB_TONIGHT_H

#include <hedui/workspace.h>

/** A feed without which there is no run, and why it would be missing. */
typedef struct hedui_tonight_gap {
    hedui_span feed, title;
    hedui_span file_name; /**< pattern of its files */
    const char *state;    /**< "missing": no file; "early": only of a later day; "undated": the day
                               of the data is not known; "stale": too old */
    int32_t age;          /**< stale: days from its cut-off to the day asked about … */
    int32_t age_most;     /**< … and how many there may be */
} hedui_tonight_gap;

typedef struct hedui_tonight {
    hedui_err areas;               /**< HEDUI_OK, or why the table of areas cannot be used */
    hedui_err inbox;               /**< HEDUI_OK, or why the inbox cannot be listed: no gaps then */
    const hedui_tonight_gap *gaps; /**< the caseload's first, then in the order of need */
    uint32_t gap_count;
    const char *const *unread; /**< names of files in the inbox that no layout knows */
    uint32_t unread_count;
    uint32_t in_force; /**< rules that are judged on the day, seen documents or not; 0: no run */
} hedui_tonight;

/**
 * Look ahead.
 *
 * A file that is there may still turn out to be broken or to hold too many rejected rows: that is
 * for hedui_job_check_file. Feeds that `need` names and no layout describes are left out.
 *
 * @param tonight  Filled on success; texts live in `arena`.
 * @param day      Of the run.
 * @return what loading layouts and packs returns (E20xx, E3xxx), HEDUI_E1001.
 */
hedui_status hedui_job_tonight(hedui_tonight *tonight, const hedui_workspace *workspace,
                               int32_t day, hedui_arena *arena, hedui_err *err);

#endif
