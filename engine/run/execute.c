/* The straight line. Whatever was opened is closed here, on success and on failure alike; the
 * result holds copies. */
#include "run/execute.h"
#include "run/assemble.h"
#include "run/gather.h"
#include "run/plan.h"
#include "run/scan.h"

#include "base/invariant.h"

/* Everything between files and result that must be given back. */
typedef struct line {
    const hedui_run_request *request;
    hedui_arena *arena; /* scratch of the run, closed at its end */
    hedui_arena *result_arena;
    const hedui_notes *notes;
    hedui_err *err;
    const hedui_plan *plan;
    const hedui_areas *areas;
    const hedui_caseload *caseload;
    hedui_run_source *sources; /* households, members, feeds of the catalogue */
    uint32_t source_count;
    hedui_scan_task *tasks; /* beside the sources */
    hedui_feed_book *feeds;
    hedui_arena **feed_arenas;
    hedui_delivery **feed_deliveries;
    hedui_book book;
    hedui_judged judged;
} line;

static const hedui_catalogue *catalogue_of(const line *l)
{
    return l->request->rulebook->catalogue;
}

static hedui_status plan(line *l)
{
    const hedui_catalogue *c = catalogue_of(l);
    hedui_status status = hedui_plan_make(&l->plan, l->request->inbox, l->request->layouts,
                                          l->request->as_of, l->arena, l->notes, l->err);
    if (!status)
        status = hedui_areas_load(&l->areas, l->request->areas, l->request->area, l->arena, l->err);
    if (status)
        return status;
    l->source_count = c->feed_count + 2;
    l->sources = hedui_arena_array(l->arena, l->source_count, sizeof *l->sources);
    l->tasks = hedui_arena_array(l->arena, l->source_count, sizeof *l->tasks);
    if (!l->sources || !l->tasks)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < l->source_count; i++) {
        const hedui_layout *layout = i == 0 ? c->households : i == 1 ? c->members : c->feeds[i - 2];
        const hedui_plan_feed *entry = hedui_plan_find(l->plan, layout);
        l->sources[i].layout = l->tasks[i].layout = layout;
        l->sources[i].file = l->tasks[i].file = entry->file;
        l->sources[i].guarded.verdict = HEDUI_RUN_MISSING;
        l->sources[i].guarded.cause = HEDUI_CAUSE_NOT_SUPPLIED;
    }
    return HEDUI_OK;
}

static void tell(void *context, int64_t done, int64_t total)
{
    line *l = context;
    if (l->request->progress)
        l->request->progress(l->request->context, HEDUI_RUN_STAGE_SCAN, done, total);
}

static void tell_judge(void *context, int64_t done, int64_t total)
{
    line *l = context;
    if (l->request->progress)
        l->request->progress(l->request->context, HEDUI_RUN_STAGE_JUDGE, done, total);
}

/* Guard what was scanned; a refused delivery gives up its facts at once. */
static hedui_status guard(line *l, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        hedui_run_source *s = &l->sources[i];
        s->delivery = l->tasks[i].delivery;
        if (!s->delivery)
            continue;
        hedui_status status =
            hedui_guard(&s->guarded, s->delivery, i < 2 ? NULL : l->caseload, l->request->prior,
                        l->request->as_of, l->result_arena, l->err);
        if (status)
            return status;
        if (s->guarded.verdict == HEDUI_RUN_REFUSED)
            hedui_delivery_drop_facts(s->delivery);
    }
    return HEDUI_OK;
}

static hedui_status refuse_caseload(line *l, const hedui_run_source *s)
{
    if (!s->delivery)
        return hedui_fail(l->err, HEDUI_E4010, hedui_place_none(), HEDUI_ARG_SPAN(s->layout->title),
                          HEDUI_ARG_SPAN(s->layout->file_name));
    hedui_err why;
    hedui_buffer text;
    hedui_err_init(&why);
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < s->guarded.remark_count; i++) {
        const hedui_run_remark *r = &s->guarded.remarks[i];
        if (r->verdict != HEDUI_RUN_REFUSED)
            continue;
        hedui_buffer_text(&text, "E");
        hedui_buffer_format(&text, "%d ", r->number);
        hedui_buffer_add(&text, r->argument);
    }
    hedui_status status =
        hedui_fail(l->err, HEDUI_E4011, hedui_place_none(), HEDUI_ARG_TEXT(s->file->name),
                   HEDUI_ARG_SPAN(hedui_buffer_span(&text)), HEDUI_ARG_TEXT(""));
    hedui_buffer_free(&text);
    return status;
}

static hedui_status load_caseload(line *l)
{
    hedui_status status =
        hedui_scan_all(l->tasks, 2, NULL, l->request->spill, l->request->threads, NULL, l->err);
    if (status)
        return status;
    status = guard(l, 0, 2);
    for (uint32_t i = 0; i < 2 && !status; i++)
        if (l->sources[i].guarded.cause != HEDUI_CAUSE_NONE)
            status = refuse_caseload(l, &l->sources[i]);
    if (!status)
        status = hedui_caseload_build(&l->caseload, l->sources[0].delivery, l->sources[1].delivery,
                                      l->areas, l->request->as_of, l->arena, l->err);
    return status;
}

static hedui_status scan_feeds(line *l)
{
    hedui_matcher matcher = {l->caseload, hedui_caseload_find};
    hedui_scan_progress progress = {tell, l};
    hedui_status status = hedui_scan_all(l->tasks + 2, l->source_count - 2, &matcher,
                                         l->request->spill, l->request->threads, &progress, l->err);
    return status ? status : guard(l, 2, l->source_count);
}

static hedui_status check_ledgers(line *l)
{
    for (uint32_t i = 0; i < l->source_count; i++)
        if (l->sources[i].delivery && l->sources[i].delivery->refusal == HEDUI_REFUSAL_none &&
            !hedui_ledger_balances(&l->sources[i].delivery->ledger))
            return hedui_fail(l->err, HEDUI_E4021, hedui_place_none(),
                              HEDUI_ARG_TEXT(l->sources[i].delivery->name));
    return HEDUI_OK;
}

static hedui_status check_needs(line *l)
{
    for (uint32_t n = 0; n < l->request->need_count; n++) {
        const hedui_run_source *found = NULL;
        for (uint32_t i = 0; i < l->source_count; i++)
            if (hedui_span_equal(l->sources[i].layout->name, l->request->need[n]))
                found = &l->sources[i];
        if (!found)
            return hedui_fail(l->err, HEDUI_E4014, hedui_place_none(),
                              HEDUI_ARG_SPAN(l->request->need[n]));
        if (found->guarded.cause != HEDUI_CAUSE_NONE)
            return hedui_fail(l->err, HEDUI_E4020, hedui_place_none(),
                              HEDUI_ARG_SPAN(found->layout->title));
    }
    return HEDUI_OK;
}

static hedui_status gather(line *l)
{
    uint32_t count = catalogue_of(l)->feed_count;
    l->feeds = hedui_arena_array(l->arena, count, sizeof *l->feeds);
    l->feed_arenas = hedui_arena_array(l->arena, count, sizeof *l->feed_arenas);
    l->feed_deliveries = hedui_arena_array(l->arena, count, sizeof *l->feed_deliveries);
    if (!l->feeds || !l->feed_arenas || !l->feed_deliveries)
        return hedui_fail_memory(l->err);
    for (uint32_t f = 0; f < count; f++) {
        const hedui_run_source *s = &l->sources[f + 2];
        l->feed_arenas[f] = hedui_arena_open(0);
        if (!l->feed_arenas[f])
            return hedui_fail_memory(l->err);
        l->feeds[f].layout = s->layout;
        l->feeds[f].cause = s->guarded.cause;
        l->feed_deliveries[f] = s->delivery;
        l->feeds[f].deliveries = &l->feed_deliveries[f];
        l->feeds[f].delivery_count = s->guarded.cause == HEDUI_CAUSE_NONE;
    }
    l->book = (hedui_book){l->caseload, l->feeds, count, l->request->as_of};
    return hedui_gather(l->feeds, count, l->caseload, l->feed_arenas, l->request->threads, l->err);
}

static void close_line(line *l)
{
    hedui_judged_close(&l->judged);
    for (uint32_t f = 0; l->feed_arenas && f < catalogue_of(l)->feed_count; f++)
        hedui_arena_close(l->feed_arenas[f]);
    for (uint32_t i = 0; l->tasks && i < l->source_count; i++)
        hedui_delivery_close(l->tasks[i].delivery);
    hedui_arena_close(l->arena);
}

hedui_status hedui_run_execute(const hedui_run_result **result, const hedui_run_result **receipt,
                               const hedui_run_request *request, hedui_arena *arena,
                               const hedui_notes *notes, hedui_err *err)
{
    line l = {.request = request, .result_arena = arena, .notes = notes, .err = err};
    hedui_run_result *made = hedui_arena_take(arena, sizeof *made);
    l.arena = hedui_arena_open(0);
    hedui_status status = made && l.arena ? HEDUI_OK : hedui_fail_memory(err);
    HEDUI_INVARIANT(request->threads >= 1);
    if (!status)
        status = plan(&l);
    if (!status && request->progress)
        request->progress(request->context, HEDUI_RUN_STAGE_CASELOAD, 0, 0);
    if (!status)
        status = load_caseload(&l);
    if (!status)
        status = scan_feeds(&l);
    if (!status)
        status = check_ledgers(&l);
    if (!status)
        status = hedui_assemble_deliveries(made, l.sources, l.source_count, l.caseload, arena, err);
    if (!status && receipt) {
        made->as_of = request->as_of;
        *receipt = made;
    }
    if (!status)
        status = check_needs(&l);
    if (!status)
        status = gather(&l);
    if (!status)
        status = hedui_judge_all(&l.judged, request->rulebook, &l.book, request->threads,
                                 tell_judge, &l, l.arena, err);
    if (!status)
        status = hedui_assemble_result(made, request, &l.book, &l.judged, arena, err);
    if (!status)
        *result = made;
    close_line(&l);
    return status;
}
