/** @file
 * A run over an invented county, up to its result.
 */
#ifndef HEDUI_TESTS_COUNTY_RUN_H
#define HEDUI_TESTS_COUNTY_RUN_H

#include "county.h"

#include "job/packs.h"
#include "run/execute.h"

/** A run over the county as it lies there, by no prior. */
static inline hedui_run_request county_request(const county *c, int threads)
{
    const hedui_workspace *workspace = county_workspace(c);
    hedui_job_packs packs = {0};
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_job_packs_load(&packs, workspace, c->arena, NULL, &err) != HEDUI_OK)
        fail_msg("E%d %s:%u %s", (int)err.status, err.file, err.line, err.text);
    return (hedui_run_request){.unit = workspace->unit,
                               .as_of = c->as_of,
                               .area = workspace->area,
                               .areas = workspace->areas,
                               .inbox = workspace->inbox,
                               .spill = c->folder,
                               .layouts = packs.layouts,
                               .rulebook = packs.rulebook,
                               .threads = threads};
}

#endif
