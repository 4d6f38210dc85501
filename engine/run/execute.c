/* The straight line. Whatever was opened is closed here, on success and on failure alike; the
 * result holds copies. */
#include "run/execute.h"
#include "run/assemble.h"
#include "run/gather.h"
#include "run/parts.h"
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
    const uint8_t *only;    /* by household: it is asked about; NULL: all are */
    uint32_t looked_at;     /* household of a look, HEDUI_NONE if the caseload has it not */
    hedui_scan_task *tasks; /* one a catalogue source: feeds, households, members */
    uint32_t task_count;
    hedui_run_source *sources; /* one a delivery, in the result's order */
    uint32_t source_count;
    uint32_t *first; /* by catalogue source: its first delivery among the sources */
    hedui_reply_tokens tokens;
    hedui_feed_book *feeds;
    hedui_arena **feed_arenas;
    hedui_delivery **feed_deliveries;
    hedui_book book;
} line;

static const hedui_catalogue *catalogue_of(const line *l)
{
    return l->request->rulebook->catalogue;
}

/* Numbers of the catalogue's sources in the order in which a result lists them. */
static uint32_t source_at(const line *l, uint32_t position)
{
    uint32_t feeds = catalogue_of(l)->feed_count;
    return position < 2 ? feeds + position : position - 2;
}

/* Nothing came but a file of a later day: whoever looks for it must not be told that none came. */
static hedui_status tell_later(line *l, hedui_run_source *s)
{
    const hedui_inbox_file *later = hedui_plan_find(l->plan, s->layout)->later;
    if (s->file || !later)
        return HEDUI_OK;
    return hedui_guard_add(&s->guarded, HEDUI_E2103, HEDUI_RUN_MISSING, hedui_span_of(later->name),
                           l->result_arena, l->err);
}

/* One source a file, or one for a feed of which nothing came. */
static hedui_status list_sources(line *l)
{
    for (uint32_t i = 0; i < l->task_count; i++)
        l->source_count += l->tasks[i].file_count ? l->tasks[i].file_count : 1;
    l->sources = hedui_arena_array(l->arena, l->source_count, sizeof *l->sources);
    if (!l->sources)
        return hedui_fail_memory(l->err);
    uint32_t n = 0;
    for (uint32_t position = 0; position < l->task_count; position++) {
        const hedui_scan_task *task = &l->tasks[source_at(l, position)];
        l->first[source_at(l, position)] = n;
        for (uint32_t f = 0; f < task->file_count || f == 0; f++) {
            hedui_run_source *s = &l->sources[n++];
            s->layout = task->layout;
            s->file = f < task->file_count ? task->files[f] : NULL;
            s->guarded.verdict = HEDUI_RUN_MISSING;
            s->guarded.cause = HEDUI_CAUSE_NOT_SUPPLIED;
        }
        hedui_status status = tell_later(l, &l->sources[l->first[source_at(l, position)]]);
        if (status)
            return status;
    }
    return HEDUI_OK;
}

static hedui_status plan(line *l)
{
    hedui_status status = hedui_plan_make(&l->plan, l->request->inbox, l->request->layouts,
                                          l->request->as_of, l->arena, l->notes, l->err);
    if (!status)
        status = hedui_areas_load(&l->areas, l->request->areas, l->request->area, l->arena, l->err);
    if (status)
        return status;
    l->task_count = catalogue_of(l)->feed_count + 2;
    l->tasks = hedui_arena_array(l->arena, l->task_count, sizeof *l->tasks);
    l->first = hedui_arena_array(l->arena, l->task_count, sizeof *l->first);
    if (!l->tasks || !l->first)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < l->task_count; i++) {
        const hedui_plan_feed *entry =
            hedui_plan_find(l->plan, hedui_catalogue_layout(catalogue_of(l), i));
        l->tasks[i] = (hedui_scan_task){
            .layout = entry->layout,
            .files = entry->files,
            .file_count = entry->file_count,
            .gauges = hedui_arena_array(l->arena, entry->file_count, sizeof(hedui_gauge)),
            .arena = hedui_arena_open(0)};
        if (!l->tasks[i].gauges || !l->tasks[i].arena)
            return hedui_fail_memory(l->err);
    }
    return list_sources(l);
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

/* What an answer to a query list answers. */
static hedui_status bind_answer(line *l, uint32_t source)
{
    hedui_run_source *s = &l->sources[l->first[source]];
    const hedui_plan_feed *entry = hedui_plan_find(l->plan, s->layout);
    const hedui_reply_question question = {s->file,     entry->other,      s->delivery,
                                           l->caseload, l->request->prior, l->request->as_of};
    return hedui_reply_bind(&s->reply, &s->guarded, &question, &l->tokens, l->arena,
                            l->result_arena, l->err);
}

/* The others of a chain in which a delivery is refused: neither used nor told as if they were. */
static hedui_status refuse_chain(line *l, uint32_t source, const hedui_inbox_file *refused)
{
    const hedui_scan_task *task = &l->tasks[source];
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < task->file_count && !status; i++) {
        hedui_run_source *s = &l->sources[l->first[source] + i];
        hedui_delivery_drop_facts(s->delivery);
        if (s->guarded.verdict == HEDUI_RUN_REFUSED)
            continue;
        status = hedui_guard_add(&s->guarded, HEDUI_E2139, HEDUI_RUN_REFUSED,
                                 hedui_span_of(refused->name), l->result_arena, l->err);
    }
    return status;
}

/* Guard the deliveries of one source. Where one of a chain is refused the whole source is not
 * checked: a delta laid over rows that are not there would be wrong in silence. */
static hedui_status guard(line *l, uint32_t source)
{
    const hedui_scan_task *task = &l->tasks[source];
    hedui_run_source *sources = &l->sources[l->first[source]];
    uint32_t read = task->chain ? hedui_chain_count(task->chain) : 0;
    int caseload = source >= catalogue_of(l)->feed_count || source == catalogue_of(l)->supporters;
    const hedui_inbox_file *refused = NULL;
    for (uint32_t i = 0; i < read; i++) {
        int place =
            (i == 0 ? HEDUI_GUARD_FULL : 0) | (i + 1 == task->file_count ? HEDUI_GUARD_LAST : 0);
        sources[i].delivery = hedui_chain_at(task->chain, i);
        hedui_status status =
            hedui_guard_gauged(&sources[i].guarded, sources[i].delivery, place, &task->gauges[i],
                               l->request->prior, l->request->as_of, l->result_arena, l->err);
        if (!status && i == 0 && !caseload)
            status = bind_answer(l, source);
        if (status)
            return status;
        if (!refused && sources[i].guarded.verdict == HEDUI_RUN_REFUSED)
            refused = task->files[i];
    }
    return refused ? refuse_chain(l, source, refused) : HEDUI_OK;
}

/* Why a source is not checked: the cause of the first of its deliveries that has one. */
static hedui_cause cause_of(const line *l, uint32_t source)
{
    uint32_t count = l->tasks[source].file_count ? l->tasks[source].file_count : 1;
    for (uint32_t i = 0; i < count; i++)
        if (l->sources[l->first[source] + i].guarded.cause != HEDUI_CAUSE_NONE)
            return l->sources[l->first[source] + i].guarded.cause;
    return HEDUI_CAUSE_NONE;
}

/* The sentences of the remarks that refused a source, or where its file should be. */
static hedui_status refuse(line *l, hedui_status number, hedui_span subject, uint32_t source)
{
    const hedui_scan_task *task = &l->tasks[source];
    const hedui_run_source *first = &l->sources[l->first[source]];
    hedui_buffer why;
    hedui_buffer_init(&why);
    for (uint32_t i = 0; i < task->file_count; i++)
        for (uint32_t r = 0; r < first[i].guarded.remark_count; r++)
            if (first[i].guarded.remarks[r].verdict == HEDUI_RUN_REFUSED)
                hedui_guard_sentence(&why, &first[i].guarded.remarks[r]);
    if (!task->file_count) {
        hedui_buffer_text(&why, "没有收到，文件名应为 ");
        hedui_buffer_add(&why, task->layout->file_name);
        hedui_buffer_text(&why, "。");
    }
    hedui_status status = hedui_fail(l->err, number, hedui_place_none(), HEDUI_ARG_SPAN(subject),
                                     HEDUI_ARG_SPAN(hedui_buffer_span(&why)));
    hedui_buffer_free(&why);
    return status;
}

static hedui_status refuse_caseload(line *l, uint32_t source)
{
    const hedui_layout *layout = l->tasks[source].layout;
    if (!l->tasks[source].file_count)
        return hedui_fail(l->err, HEDUI_E4010, hedui_place_none(), HEDUI_ARG_SPAN(layout->title),
                          HEDUI_ARG_SPAN(layout->file_name));
    return refuse(l, HEDUI_E4011, hedui_span_of(l->tasks[source].files[0]->name), source);
}

/* Households whose area nobody knows have no local standard: said once for all of them. */
static hedui_status remark_areas(line *l, uint32_t households)
{
    hedui_guarded *guarded = &l->sources[l->first[households]].guarded;
    uint32_t strays = 0, example = 0, count = l->caseload->household_count;
    for (uint32_t h = count; h-- > 0;)
        if (l->caseload->households[h].area == HEDUI_AREA_NONE) {
            strays++;
            example = h;
        }
    if (!strays)
        return HEDUI_OK;
    hedui_buffer argument;
    hedui_buffer_init(&argument);
    hedui_buffer_format(&argument, "%u\t", strays);
    hedui_buffer_add(&argument, hedui_household_text(l->caseload, example, HEDUI_HOUSEHOLD_AREA));
    /* more than a tenth: the table of areas was never filled in */
    hedui_status status =
        hedui_buffer_failed(&argument)
            ? hedui_fail_memory(l->err)
            : hedui_guard_add(guarded, HEDUI_E4015,
                              strays > count / 10 ? HEDUI_RUN_HELD : HEDUI_RUN_WARNED,
                              hedui_buffer_span(&argument), l->result_arena, l->err);
    hedui_buffer_free(&argument);
    return status;
}

/* @param caseload  Whose people are looked for; NULL: it is being read itself. */
static hedui_status scan(line *l, uint32_t first, uint32_t count, const hedui_caseload *caseload,
                         const hedui_scan_progress *progress)
{
    const hedui_run_request *request = l->request;
    const hedui_matcher matcher = {caseload, hedui_caseload_find};
    hedui_scan_options options = {.matcher = caseload ? &matcher : NULL,
                                  .spill_folder = request->spill,
                                  .stop = request->stop};
    if (request->reading)
        options.reading = *request->reading;
    return hedui_scan_all(l->tasks + first, count, &options, caseload, request->threads, progress,
                          l->err);
}

/* Who owes support to whom is the caseload's to say: every row is read, no register is asked. A
 * file that is refused leaves it unknown; the night goes on. */
static hedui_status load_supporters(hedui_delivery **delivery, line *l)
{
    uint32_t source = catalogue_of(l)->supporters;
    if (source == UINT32_MAX || !l->tasks[source].file_count)
        return HEDUI_OK;
    hedui_status status = scan(l, source, 1, NULL, NULL);
    if (!status)
        status = guard(l, source);
    if (!status && cause_of(l, source) == HEDUI_CAUSE_NONE)
        *delivery = l->sources[l->first[source]].delivery;
    return status;
}

static hedui_status load_caseload(line *l)
{
    uint32_t households = catalogue_of(l)->feed_count, members = households + 1;
    hedui_delivery *supporters = NULL;
    hedui_status status = scan(l, households, 2, NULL, NULL);
    for (uint32_t source = households; source <= members && !status; source++) {
        status = guard(l, source);
        if (!status && cause_of(l, source) != HEDUI_CAUSE_NONE)
            status = refuse_caseload(l, source);
    }
    if (!status)
        status = load_supporters(&supporters, l);
    if (!status)
        status = hedui_caseload_build(&l->caseload, l->sources[l->first[households]].delivery,
                                      l->sources[l->first[members]].delivery, supporters, l->areas,
                                      l->request->as_of, l->arena, l->err);
    return status ? status : remark_areas(l, households);
}

static hedui_status scan_feeds(line *l)
{
    hedui_scan_progress progress = {tell, l};
    uint32_t feeds = catalogue_of(l)->feed_count, done = catalogue_of(l)->supporters, files = 0;
    if (done != UINT32_MAX) { /* was read with the caseload */
        files = l->tasks[done].file_count;
        l->tasks[done].file_count = 0;
    }
    hedui_status status = scan(l, 0, feeds, l->caseload, &progress);
    if (done != UINT32_MAX)
        l->tasks[done].file_count = files;
    for (uint32_t source = 0; source < feeds && !status; source++)
        if (source != done)
            status = guard(l, source);
    return status;
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
        uint32_t found = HEDUI_NONE;
        for (uint32_t source = 0; source < l->task_count; source++)
            if (hedui_span_equal(l->tasks[source].layout->name, l->request->need[n]))
                found = source;
        if (found == HEDUI_NONE)
            return hedui_fail(l->err, HEDUI_E4014, hedui_place_none(),
                              HEDUI_ARG_SPAN(l->request->need[n]));
        if (cause_of(l, found) != HEDUI_CAUSE_NONE)
            return refuse(l, HEDUI_E4020, l->tasks[found].layout->title, found);
    }
    return HEDUI_OK;
}

static hedui_status gather(line *l)
{
    uint32_t count = catalogue_of(l)->feed_count;
    l->feeds = hedui_arena_array(l->arena, count, sizeof *l->feeds);
    l->feed_arenas = hedui_arena_array(l->arena, count, sizeof *l->feed_arenas);
    l->feed_deliveries = hedui_arena_array(l->arena, l->source_count, sizeof *l->feed_deliveries);
    const hedui_gauge **gauges = hedui_arena_array(l->arena, count, sizeof *gauges);
    if (!l->feeds || !l->feed_arenas || !l->feed_deliveries || !gauges)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < l->source_count; i++)
        l->feed_deliveries[i] = l->sources[i].delivery;
    for (uint32_t f = 0; f < count; f++) {
        l->feed_arenas[f] = hedui_arena_open(0);
        if (!l->feed_arenas[f])
            return hedui_fail_memory(l->err);
        gauges[f] = l->tasks[f].gauges;
        l->feeds[f].layout = l->tasks[f].layout;
        l->feeds[f].cause = cause_of(l, f);
        l->feeds[f].asked = l->tasks[f].layout->kind == HEDUI_FEED_FULL;
        l->feeds[f].asked_about = l->sources[l->first[f]].reply.asked_about;
        l->feeds[f].deliveries = &l->feed_deliveries[l->first[f]];
        if (l->feeds[f].cause == HEDUI_CAUSE_NONE)
            l->feeds[f].delivery_count = l->tasks[f].file_count;
    }
    l->book = (hedui_book){l->caseload, l->feeds, count, l->request->as_of, l->request->prior};
    hedui_bound_pairs pairs;
    hedui_status status = hedui_pairs_bind(&pairs, l->request->prior, l->request->as_of,
                                           l->caseload, &l->tokens, l->arena, l->err);
    return status ? status
                  : hedui_gather(l->feeds, count, l->caseload, gauges, &pairs, l->feed_arenas,
                                 l->request->threads, l->err);
}

/* All, those of a list, or the one that is looked at. */
static hedui_status choose(line *l)
{
    const hedui_run_request *request = l->request;
    if (request->look) {
        uint8_t *only = hedui_arena_array(l->arena, l->caseload->household_count, 1);
        if (!only)
            return hedui_fail_memory(l->err);
        l->looked_at = hedui_caseload_household(l->caseload, request->look->household);
        if (l->looked_at != HEDUI_NONE)
            only[l->looked_at] = 1;
        l->only = only;
        return HEDUI_OK;
    }
    return request->scope
               ? hedui_scope_find(&l->only, request->scope, l->caseload, l->arena, l->notes, l->err)
               : HEDUI_OK;
}

static hedui_status judge(hedui_run_result *result, line *l)
{
    const hedui_parts_input input = {
        .request = l->request,
        .book = &l->book,
        .only = l->only,
        .looked_at = l->request->look ? l->looked_at : HEDUI_NONE,
        .first = l->first,
        .tell = tell_judge,
        .context = l,
    };
    return hedui_parts_run(result, &input, l->result_arena, l->err);
}

static void close_line(line *l)
{
    for (uint32_t f = 0; l->feed_arenas && f < catalogue_of(l)->feed_count; f++)
        hedui_arena_close(l->feed_arenas[f]);
    for (uint32_t i = 0; l->tasks && i < l->task_count; i++) {
        hedui_chain_close(l->tasks[i].chain);
        hedui_arena_close(l->tasks[i].arena);
    }
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
        status = choose(&l);
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
        status = hedui_stop_check(request->stop, err);
    if (!status)
        status = gather(&l);
    if (!status)
        status = judge(made, &l);
    if (!status)
        *result = made;
    close_line(&l);
    return status;
}
