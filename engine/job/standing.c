/* Deadlines are judged by the days of runs, never by a clock: a file came at the latest when a run
 * saw it, and was not there when an earlier run did not. */
#include <hedui/job_standing.h>

#include <hedui/file.h>
#include <hedui/store_delivery.h>
#include <hedui/store_query.h>

typedef struct looker {
    const hedui_store_run *runs;
    size_t run_count;
    const hedui_store_run *run;
    int32_t day;
    const hedui_store_delivery *deliveries;
    size_t delivery_count;
    const hedui_store_baseline *baselines;
    size_t baseline_count;
    const hedui_store_arrival *arrivals;
    size_t arrival_count;
    const hedui_store_query *queries;
    size_t query_count;
} looker;

static hedui_status load(looker *l, const hedui_standing_options *options, hedui_arena *arena,
                         hedui_err *err)
{
    hedui_store *store = NULL;
    hedui_status status = HEDUI_OK;
    l->day = options->day;
    if (options->store && hedui_file_exists(options->store)) {
        status = hedui_store_open(&store, options->store, HEDUI_STORE_EXISTING, err);
        if (!status)
            status = hedui_store_run_list(&l->runs, &l->run_count, store, arena, err);
    }
    for (size_t i = 0; !status && i < l->run_count && !l->run; i++)
        if (!hedui_span_is(l->runs[i].state, "withdrawn") && !l->runs[i].listed &&
            (l->day == INT32_MIN || l->runs[i].as_of <= l->day))
            l->run = &l->runs[i];
    if (l->day == INT32_MIN)
        l->day = l->run ? l->run->as_of : options->today;
    if (!status && l->run)
        status = hedui_store_delivery_list(&l->deliveries, &l->delivery_count, store, l->run->id,
                                           arena, err);
    if (!status && store)
        status = hedui_store_baseline_list(&l->baselines, &l->baseline_count, store, arena, err);
    if (!status && store)
        status =
            hedui_store_arrival_list(&l->arrivals, &l->arrival_count, store, l->day, arena, err);
    if (!status && store)
        status = hedui_store_query_list(&l->queries, &l->query_count, store, hedui_span_of(""),
                                        arena, err);
    hedui_store_close(store);
    return status;
}

/* What the guards hold the next delivery against; a later one of the newest run, held back for a
 * person to release, stands in its place. */
static void find_used(hedui_standing_feed *f, const looker *l)
{
    const hedui_digest *digest = NULL; /* names are used again */
    for (size_t i = 0; i < l->baseline_count; i++) {
        const hedui_store_baseline *base = &l->baselines[i];
        if (!hedui_span_equal(base->feed, f->feed.feed) || base->as_of > l->day)
            continue;
        digest = &base->digest;
        f->file = base->file;
        f->rows = base->records;
        f->rejected = base->rejected;
        f->cut_off = base->cut_off;
    }
    for (size_t i = 0; i < l->delivery_count; i++) {
        const hedui_store_delivery *d = &l->deliveries[i];
        if (!hedui_span_equal(d->feed, f->feed.feed) || !d->used || !d->file.length ||
            (f->file.length && d->cut_off < f->cut_off))
            continue;
        digest = &d->digest;
        f->file = d->file;
        f->rows = d->records;
        f->rejected = d->rejected;
        f->cut_off = d->cut_off;
    }
    for (size_t i = 0; digest && i < l->arrival_count; i++) {
        const hedui_store_arrival *a = &l->arrivals[i];
        if (hedui_span_equal(a->feed, f->feed.feed) &&
            memcmp(a->digest.bytes, digest->bytes, sizeof digest->bytes) == 0 &&
            (f->received == INT32_MIN || a->seen_day < f->received))
            f->received = a->seen_day;
    }
}

/* The run left out a file of a later day. */
static int came_too_early(const hedui_store_delivery *d)
{
    for (size_t i = 0; i < d->remark_count; i++)
        if (d->remarks[i].number == HEDUI_E2103)
            return 1;
    return 0;
}

/* Of a chain, one held file holds the whole and one refused breaks it. */
static void find_state(hedui_standing_feed *f, const looker *l)
{
    int used = 0, held = 0, refused = 0, early = 0;
    for (size_t i = 0; i < l->delivery_count; i++) {
        const hedui_store_delivery *d = &l->deliveries[i];
        if (!hedui_span_equal(d->feed, f->feed.feed))
            continue;
        early |= came_too_early(d);
        if (!d->file.length)
            continue;
        used |= d->used;
        refused |= !d->used;
        held |= hedui_span_is(d->verdict, "held");
    }
    if (!l->run)
        f->state = "none";
    else if (used && held && !hedui_span_is(l->run->state, "published"))
        f->state = "held";
    else if (used)
        f->state = f->age >= 0 && f->feed.age_warn_days >= 0 && f->age > f->feed.age_warn_days
                       ? "aged"
                       : "accepted";
    else
        f->state = refused ? "refused" : early ? "early" : "missing";
}

/* 1 if a run after `due` and before `seen` looked. */
static int looked(const looker *l, int32_t due, int32_t seen)
{
    for (size_t i = 0; i < l->run_count; i++)
        if (l->runs[i].as_of > due && l->runs[i].as_of < seen)
            return 1;
    return 0;
}

static void judge_due(hedui_standing_feed *f, const looker *l)
{
    int32_t came = INT32_MAX;
    f->due = hedui_due_around(&f->feed.due, l->day);
    f->never = 1;
    for (size_t i = 0; i < l->arrival_count; i++) {
        const hedui_store_arrival *a = &l->arrivals[i];
        if (!hedui_span_equal(a->feed, f->feed.feed))
            continue;
        f->never = 0;
        if (a->used_day != INT32_MIN && a->cut_off > f->due.before && a->seen_day < came)
            came = a->seen_day;
    }
    if (f->due.last == INT32_MIN)
        return;
    f->met = came != INT32_MAX;
    if (f->met && came <= f->due.last)
        f->late_days = 0;
    else if (f->met && looked(l, f->due.last, came))
        f->late_days = came - f->due.last;
    f->overdue = !f->met && !f->never && l->run && l->run->as_of > f->due.last;
    if (f->overdue)
        f->late_days = l->run->as_of - f->due.last;
}

/* A list stays open until a delivery that was used answers it. Older ones are superseded: whom they
 * asked about is asked about again in the newest. */
static void find_lists(hedui_standing_feed *f, const looker *l)
{
    for (size_t i = 0; i < l->delivery_count; i++) {
        const hedui_store_delivery *d = &l->deliveries[i];
        if (!d->used || !d->query.length || !hedui_span_equal(d->feed, f->feed.feed))
            continue;
        f->query = d->query;
        f->query_day = d->query_day;
        f->asked = d->asked;
        f->answered = d->answered;
        f->unasked = d->unasked;
    }
    for (size_t i = 0; i < l->query_count; i++) { /* the newest first */
        const hedui_store_query *q = &l->queries[i];
        if (!hedui_span_equal(q->feed, f->feed.feed) || q->day > l->day)
            continue;
        if (hedui_span_equal(q->id, f->query))
            return;
        f->open_query = q->id;
        f->open_day = q->day;
        f->open_by = q->answer_by;
        f->open_age = l->day - q->day;
        f->open_asked = q->asked;
        return;
    }
}

static void judge(hedui_standing_feed *f, const hedui_feed_entry *feed, const looker *l)
{
    *f = (hedui_standing_feed){.feed = *feed,
                               .cut_off = INT32_MIN,
                               .age = -1,
                               .rows = -1,
                               .rejected = -1,
                               .received = INT32_MIN,
                               .late_days = -1,
                               .query_day = INT32_MIN,
                               .asked = -1,
                               .answered = -1,
                               .unasked = -1,
                               .open_day = INT32_MIN,
                               .open_by = INT32_MAX,
                               .open_age = -1,
                               .open_asked = -1};
    find_used(f, l);
    if (l->run && f->cut_off != INT32_MIN)
        f->age = l->run->as_of - f->cut_off;
    find_state(f, l);
    judge_due(f, l);
    find_lists(f, l);
}

static void add(hedui_standing_source *source, const hedui_standing_feed *f)
{
    int used = strcmp(f->state, "accepted") == 0 || strcmp(f->state, "aged") == 0;
    int held = strcmp(f->state, "held") == 0, refused = strcmp(f->state, "refused") == 0;
    source->feeds++;
    source->asked += f->feed.due.every != HEDUI_DUE_NEVER;
    source->met += f->met != 0;
    source->late += f->met && f->late_days > 0;
    source->overdue += f->overdue != 0;
    source->never += f->never && f->feed.due.every != HEDUI_DUE_NEVER;
    source->received += used || held || refused;
    source->accepted += (uint32_t)used;
    source->held += (uint32_t)held;
    source->refused += (uint32_t)refused;
}

static hedui_standing_source *source_of(hedui_standing_source *sources, size_t *count,
                                        hedui_span name)
{
    for (size_t i = 0; i < *count; i++)
        if (hedui_span_equal(sources[i].source, name))
            return &sources[i];
    sources[*count].source = name;
    return &sources[(*count)++];
}

hedui_status hedui_job_standing(const hedui_standing **standing,
                                const hedui_standing_options *options, hedui_arena *arena,
                                hedui_err *err)
{
    const hedui_feed_entry *entries = NULL;
    size_t count = 0;
    looker l = {0};
    hedui_status status =
        hedui_feed_list(&entries, &count, options->folders, options->folder_count, arena, err);
    if (!status)
        status = load(&l, options, arena, err);
    if (status)
        return status;
    hedui_standing *made = hedui_arena_take(arena, sizeof *made);
    hedui_standing_feed *feeds = hedui_arena_array(arena, count, sizeof *feeds);
    hedui_standing_source *sources = hedui_arena_array(arena, count, sizeof *sources);
    if (!made || !feeds || !sources)
        return hedui_fail_memory(err);
    *made = (hedui_standing){
        .day = l.day, .run = l.run, .feeds = feeds, .feed_count = count, .sources = sources};
    for (size_t i = 0; i < count; i++) {
        judge(&feeds[i], &entries[i], &l);
        add(source_of(sources, &made->source_count, entries[i].source), &feeds[i]);
    }
    *standing = made;
    return HEDUI_OK;
}
