/* A run made again from what the archive kept of it. Its inputs are laid out in a folder of their
 * own, so that nothing of today's workspace can slip in; the line from plan to result is the same
 * one that made it. */
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_delivery.h>
#include <hedui/store_household.h>
#include <hedui/store_run.h>

#include "job/archive.h"
#include "job/inputs.h"
#include "job/laid.h"
#include "job/packs.h"
#include "rule/prior.h"
#include "run/execute.h"

#include <errno.h>
#include <omp.h>
#include <unistd.h>

typedef struct replay {
    const hedui_workspace *workspace; /* of today: store and archive */
    hedui_job_laid laid;
    hedui_store *store;
    const hedui_store_run *run;
    hedui_job_packs packs;
    hedui_prior prior;
    hedui_scope scope;
    int threads;
    hedui_job_replay_outcome *outcome;
    hedui_job_difference *differences;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_err *err;
} replay;

/* --- laying out ------------------------------------------------------------------------------- */

static hedui_status check_digest(replay *r, const char *path, const hedui_digest *recorded)
{
    hedui_digest found;
    hedui_status status = hedui_digest_of_file(&found, path, r->err);
    if (!status && memcmp(&found, recorded, sizeof found) != 0)
        status = hedui_fail(r->err, HEDUI_E8021, hedui_place_none(), HEDUI_ARG_TEXT(path));
    return status;
}

/* Under the names they came with, as further names of the archived files, which is why the folder
 * stands in the archive. */
static hedui_status lay_deliveries(replay *r)
{
    const hedui_store_delivery *list = NULL;
    size_t count = 0;
    hedui_status status =
        hedui_store_delivery_list(&list, &count, r->store, r->run->id, r->arena, r->err);
    for (size_t i = 0; i < count && !status; i++) {
        if (!list[i].file.length)
            continue;
        const char *from = hedui_archive_path(r->workspace->archive, &list[i].digest, r->arena);
        hedui_span name = hedui_arena_copy(r->arena, list[i].file);
        const char *to =
            name.at ? hedui_path_join(r->laid.workspace->inbox, name.at, r->arena) : NULL;
        if (!from || !to)
            status = hedui_fail_memory(r->err);
        else if (!hedui_file_exists(from))
            status = hedui_fail(r->err, HEDUI_E8020, hedui_place_none(), HEDUI_ARG_TEXT(from));
        else if ((status = check_digest(r, from, &list[i].digest)) != HEDUI_OK)
            break;
        else if (link(from, to) != 0)
            status = hedui_fail(r->err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(to),
                                HEDUI_ARG_ERRNO(errno));
        r->outcome->deliveries++;
    }
    return status;
}

/* The list of a run about some households only. */
static hedui_status lay_households(replay *r)
{
    enum { LARGEST = 1 << 24 };
    hedui_span text;
    if (!r->run->listed)
        return HEDUI_OK;
    const char *path = hedui_path_join(r->laid.folder, HEDUI_JOB_HOUSEHOLDS, r->arena);
    if (!path)
        return hedui_fail_memory(r->err);
    if (!hedui_file_exists(path))
        return hedui_fail(r->err, HEDUI_E8023, hedui_place_none(), HEDUI_ARG_SPAN(r->run->id));
    hedui_status status = hedui_file_read(&text, path, LARGEST, r->arena, r->err);
    return status ? status : hedui_scope_read(&r->scope, path, text, r->arena, r->err);
}

static hedui_status lay_out(replay *r)
{
    hedui_status status =
        hedui_job_laid_open(&r->laid, r->workspace->archive, r->run, r->arena, r->err);
    if (!status)
        status = hedui_prior_read(&r->prior, r->laid.prior, r->arena, r->err);
    if (!status)
        status = lay_deliveries(r);
    if (!status)
        status = lay_households(r);
    if (!status)
        status = hedui_job_packs_load(&r->packs, r->laid.workspace, r->arena, r->notes, r->err);
    return status;
}

static hedui_status execute(replay *r, const hedui_run_result **result)
{
    const hedui_run_request request = {.unit = r->laid.workspace->unit,
                                       .area = r->laid.workspace->area,
                                       .areas = r->laid.workspace->areas,
                                       .inbox = r->laid.workspace->inbox,
                                       .spill = r->laid.folder,
                                       .layouts = r->packs.layouts,
                                       .rulebook = r->packs.rulebook,
                                       .need = r->laid.workspace->need,
                                       .need_count = r->laid.workspace->need_count,
                                       .prior = &r->prior,
                                       .scope = r->run->listed ? &r->scope : NULL,
                                       .as_of = r->run->as_of,
                                       .threads = r->threads};
    return hedui_run_execute(result, NULL, &request, r->arena, NULL, r->err);
}

/* What was read must be what is recorded: the archive's names promise it, its bytes must keep it.
 */
static hedui_status check_deliveries(replay *r, const hedui_run_result *result)
{
    const hedui_store_delivery *list = NULL;
    size_t count = 0;
    hedui_status status =
        hedui_store_delivery_list(&list, &count, r->store, r->run->id, r->arena, r->err);
    for (size_t i = 0; i < count && !status; i++) {
        const hedui_run_delivery *made = i < result->delivery_count ? &result->deliveries[i] : NULL;
        if (!made || !hedui_span_equal(made->feed, list[i].feed) ||
            memcmp(&made->digest, &list[i].digest, sizeof made->digest) != 0)
            status = hedui_fail(r->err, HEDUI_E8021, hedui_place_none(),
                                HEDUI_ARG_SPAN(list[i].file.length ? list[i].file : list[i].feed));
    }
    return status;
}

/* --- comparing -------------------------------------------------------------------------------- */

static void differ(replay *r, hedui_span household, hedui_span rule, hedui_span subject,
                   const char *kind)
{
    hedui_job_replay_outcome *o = r->outcome;
    if (o->difference_count < HEDUI_JOB_DIFFERENCES)
        r->differences[o->difference_count] = (hedui_job_difference){
            hedui_arena_copy(r->arena, household), hedui_arena_copy(r->arena, rule),
            hedui_arena_copy(r->arena, subject), kind};
    o->difference_count++;
}

static int same_place(const hedui_run_result *result, const hedui_run_evidence *made,
                      const hedui_store_evidence *stored)
{
    return made->line == stored->line && made->offset == stored->offset &&
           made->length == stored->length &&
           memcmp(&result->deliveries[made->delivery].digest, &stored->file_digest,
                  sizeof stored->file_digest) == 0;
}

static void compare_flag(replay *r, const hedui_run_result *result, const hedui_run_flag *made,
                         const hedui_store_flag *stored)
{
    int fresh = stored->placed;
    int facts = memcmp(&made->content, &stored->content, sizeof made->content) == 0 &&
                made->evidence_count == stored->evidence_count;
    int words = hedui_span_equal(made->message, stored->message), places = 1;
    r->outcome->flags++;
    /* else its places are those of the run that first found these facts */
    for (uint32_t i = 0; facts && fresh && i < made->evidence_count; i++) {
        int same = same_place(result, &made->evidence[i], &stored->evidence[i]);
        r->outcome->rows++;
        r->outcome->rows_same += same;
        places &= same;
    }
    r->outcome->flags_same += facts && words && places;
    if (!facts || !words || !places)
        differ(r, stored->household, stored->rule, stored->subject,
               !facts   ? "facts"
               : !words ? "words"
                        : "place");
}

static int order(const hedui_run_result *result, const hedui_run_flag *made,
                 const hedui_store_flag *stored)
{
    int by = hedui_span_compare(result->households[made->household].id, stored->household);
    for (uint32_t i = 0; !by && i < result->rule_count; i++) {
        int left = i == made->rule, right = hedui_span_equal(result->rules[i].id, stored->rule);
        if (left || right)
            by = left && right ? 0 : left ? -1 : 1;
        if (left || right)
            break;
    }
    return by ? by : hedui_span_compare(made->subject, stored->subject);
}

/* Both lists stand by household, rule and subject. Tags are not listed one by one: the result
 * digest covers them. */
static hedui_status compare(replay *r, const hedui_run_result *result, hedui_span household)
{
    const hedui_store_flag *stored = NULL;
    size_t count = 0, s = 0;
    hedui_status status =
        hedui_store_flag_list(&stored, &count, r->store, r->run->id, household, r->arena, r->err);
    if (status)
        return status;
    for (uint32_t m = 0; m < result->flag_count || s < count;) {
        const hedui_run_flag *made = m < result->flag_count ? &result->flags[m] : NULL;
        hedui_span owner = made ? result->households[made->household].id : (hedui_span){"", 0};
        int tag = made && result->rules[made->rule].effect == HEDUI_RUN_INFORM;
        if (tag || (made && household.length && !hedui_span_equal(owner, household))) {
            m++;
            continue;
        }
        if (s < count && (hedui_span_is(stored[s].status, "gone") ||
                          hedui_span_is(stored[s].status, "not_checked"))) {
            s++;
            continue;
        }
        int by = !made ? 1 : s == count ? -1 : order(result, made, &stored[s]);
        if (by == 0) {
            compare_flag(r, result, made, &stored[s]);
            m++;
            s++;
        } else if (by < 0) {
            differ(r, owner, result->rules[made->rule].id, made->subject, "added");
            m++;
        } else {
            r->outcome->flags++;
            differ(r, stored[s].household, stored[s].rule, stored[s].subject, "missing");
            s++;
        }
    }
    return HEDUI_OK;
}

/* --- the whole -------------------------------------------------------------------------------- */

static hedui_status replay_run(replay *r, hedui_span run, hedui_span household)
{
    const hedui_run_result *result = NULL;
    hedui_job_replay_outcome *o = r->outcome;
    hedui_status status =
        hedui_store_open(&r->store, r->workspace->store, HEDUI_STORE_EXISTING, r->err);
    if (!status)
        status = hedui_store_run_find(&r->run, r->store, run, r->arena, r->err);
    const hedui_store_household *known = NULL;
    if (!status && household.length)
        status =
            hedui_store_household_find(&known, r->store, r->run->id, household, r->arena, r->err);
    if (!status && r->run->purged)
        status = hedui_fail(r->err, HEDUI_E5025, hedui_place_none(), HEDUI_ARG_SPAN(r->run->id));
    if (!status)
        status = lay_out(r);
    if (!status)
        status = execute(r, &result);
    if (!status)
        status = check_deliveries(r, result);
    if (!status)
        status = compare(r, result, household);
    if (status)
        return status;
    o->run = r->run->id;
    o->as_of = r->run->as_of;
    o->engine = r->run->engine;
    o->engine_now = hedui_span_of(HEDUI_ENGINE);
    hedui_digest_hex(o->stored, &r->run->digest);
    hedui_digest_hex(o->made, &result->digest);
    o->differences = r->differences;
    o->same = o->difference_count == 0 && memcmp(o->stored, o->made, sizeof o->stored) == 0;
    return HEDUI_OK;
}

hedui_status hedui_job_replay(hedui_job_replay_outcome *outcome, const hedui_workspace *workspace,
                              hedui_span run, hedui_span household, int threads, hedui_arena *arena,
                              const hedui_notes *notes, hedui_err *err)
{
    hedui_job_replay_outcome made = {0};
    replay r = {.workspace = workspace,
                .threads = threads > 0 ? threads : omp_get_num_procs(),
                .outcome = &made,
                .arena = arena,
                .notes = notes,
                .err = err};
    r.differences = hedui_arena_array(arena, HEDUI_JOB_DIFFERENCES, sizeof *r.differences);
    hedui_status status = r.differences ? replay_run(&r, run, household) : hedui_fail_memory(err);
    hedui_store_close(r.store);
    hedui_job_laid_close(&r.laid);
    if (!status)
        *outcome = made;
    return status;
}
