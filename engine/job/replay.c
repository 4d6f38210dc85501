/* A run made again from what the archive kept of it, and held against what was stored. */
#include "job/again.h"
#include "job/purge.h"

#include <hedui/store_household.h>

#include <omp.h>

static hedui_status replay_run(hedui_job_replay_outcome *o, hedui_job_difference *differences,
                               hedui_again *r, hedui_span run, hedui_span household)
{
    const hedui_run_result *result = NULL;
    const hedui_store_household *known = NULL;
    hedui_status status =
        hedui_store_open(&r->store, r->workspace->store, HEDUI_STORE_EXISTING, r->err);
    if (!status)
        status = hedui_store_run_find(&r->run, r->store, run, r->arena, r->err);
    if (!status && r->run->purged)
        status = hedui_job_tell_purged(r->store, r->run->id, r->arena, r->err);
    if (!status && household.length)
        status =
            hedui_store_household_find(&known, r->store, r->run->id, household, r->arena, r->err);
    if (!status)
        status = hedui_again_lay_out(r);
    if (!status)
        status = hedui_again_execute(&result, r, NULL);
    if (!status)
        status = hedui_again_compare(o, differences, r, result, household);
    if (status)
        return status;
    o->deliveries = r->deliveries;
    o->run = r->run->id;
    o->as_of = r->run->as_of;
    o->engine = r->run->engine;
    o->engine_now = hedui_span_of(HEDUI_ENGINE);
    hedui_digest_hex(o->stored, &r->run->digest);
    hedui_digest_hex(o->made, &result->digest);
    o->differences = differences;
    o->same = o->difference_count == 0 && memcmp(o->stored, o->made, sizeof o->stored) == 0;
    return HEDUI_OK;
}

hedui_status hedui_job_replay(hedui_job_replay_outcome *outcome, const hedui_workspace *workspace,
                              hedui_span run, hedui_span household, int threads, hedui_arena *arena,
                              const hedui_notes *notes, hedui_err *err)
{
    hedui_job_replay_outcome made = {0};
    hedui_again r = {.workspace = workspace,
                     .threads = threads > 0 ? threads : omp_get_num_procs(),
                     .arena = arena,
                     .notes = notes,
                     .err = err};
    hedui_job_difference *differences =
        hedui_arena_array(arena, HEDUI_JOB_DIFFERENCES, sizeof *differences);
    hedui_status status =
        differences ? replay_run(&made, differences, &r, run, household) : hedui_fail_memory(err);
    hedui_store_close(r.store);
    hedui_again_close(&r);
    if (!status)
        *outcome = made;
    return status;
}
