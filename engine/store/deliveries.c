/* Deliveries, rejects and baselines, as questions of the faces and the guards. */
#include "store/list.h"

#include <hedui/store_delivery.h>

static int32_t day(int64_t number)
{
    return number == HEDUI_SQL_NULL ? INT32_MIN : (int32_t)number;
}

/* A delivery with its place in the receipt, for its remarks. */
typedef struct placed {
    hedui_store_delivery delivery;
    int64_t place;
} placed;

static void read_delivery(void *item, hedui_sql *sql, hedui_arena *arena)
{
    placed *row = item;
    hedui_store_delivery *d = &row->delivery;
    row->place = hedui_sql_get_number(sql, 0);
    d->feed = hedui_sql_get_text(sql, 1, arena);
    d->title = hedui_sql_get_text(sql, 2, arena);
    d->source = hedui_sql_get_text(sql, 3, arena);
    d->file = hedui_sql_get_text(sql, 4, arena);
    d->digest = hedui_sql_get_digest(sql, 5);
    d->size = hedui_sql_get_number(sql, 6);
    d->content_length = hedui_sql_get_number(sql, 7);
    d->content_crc = hedui_sql_get_number(sql, 8);
    d->cut_off = day(hedui_sql_get_number(sql, 9));
    d->verdict = hedui_sql_get_text(sql, 10, arena);
    d->used = !hedui_span_is(d->verdict, "refused") && !hedui_span_is(d->verdict, "missing");
    int64_t *const numbers[] = {&d->records,         &d->accepted, &d->other_document,
                                &d->duplicate,       &d->rejected, &d->matched,
                                &d->not_in_caseload, &d->apart,    &d->unknown_fields};
    for (int i = 0; i < 9; i++)
        *numbers[i] = hedui_sql_get_number(sql, 11 + i);
    d->charset = hedui_sql_get_text(sql, 20, arena);
    d->query = hedui_sql_get_text(sql, 21, arena);
    d->query_day = day(hedui_sql_get_number(sql, 22));
    d->asked = hedui_sql_get_number(sql, 23);
    d->answered = hedui_sql_get_number(sql, 24);
    d->unasked = hedui_sql_get_number(sql, 25);
}

static void read_remark(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_remark *remark = item;
    remark->number = (int)hedui_sql_get_number(sql, 0);
    remark->argument = hedui_sql_get_text(sql, 1, arena);
    remark->verdict = hedui_sql_get_text(sql, 2, arena);
}

static hedui_status read_remarks(hedui_store_delivery *d, hedui_store *store, int64_t run,
                                 int64_t place, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "remark_list");
    hedui_sql_number(&sql, run);
    hedui_sql_number(&sql, place);
    hedui_status status = hedui_store_read(&items, &d->remark_count, &sql, sizeof *d->remarks,
                                           read_remark, arena, err);
    if (!status)
        d->remarks = items;
    return status;
}

hedui_status hedui_store_deliveries_of(const hedui_store_delivery **deliveries, size_t *count,
                                       hedui_store *store, int64_t run, hedui_arena *arena,
                                       hedui_err *err)
{
    const void *items = NULL;
    size_t found = 0;
    hedui_sql sql = hedui_sql_begin(store, "delivery_list");
    hedui_sql_number(&sql, run);
    hedui_status status =
        hedui_store_read(&items, &found, &sql, sizeof(placed), read_delivery, arena, err);
    if (status)
        return status;
    const placed *rows = items;
    hedui_store_delivery *list = hedui_arena_array(arena, found, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (size_t i = 0; !status && i < found; i++) {
        list[i] = rows[i].delivery;
        status = read_remarks(&list[i], store, run, rows[i].place, arena, err);
    }
    if (status)
        return status;
    *deliveries = list;
    *count = found;
    return HEDUI_OK;
}

hedui_status hedui_store_delivery_list(const hedui_store_delivery **deliveries, size_t *count,
                                       hedui_store *store, hedui_span run, hedui_arena *arena,
                                       hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    return status ? status
                  : hedui_store_deliveries_of(deliveries, count, store, number, arena, err);
}

static void read_found(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_delivery *d = item;
    d->feed = hedui_sql_get_text(sql, 0, arena);
    d->title = hedui_sql_get_text(sql, 1, arena);
    d->source = hedui_sql_get_text(sql, 2, arena);
    d->file = hedui_sql_get_text(sql, 3, arena);
    d->digest = hedui_sql_get_digest(sql, 4);
    d->size = hedui_sql_get_number(sql, 5);
    d->cut_off = day(hedui_sql_get_number(sql, 6));
}

hedui_status hedui_store_delivery_find(const hedui_store_delivery **deliveries, size_t *count,
                                       hedui_store *store, hedui_span prefix, hedui_arena *arena,
                                       hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "delivery_by_digest");
    hedui_sql_text(&sql, prefix);
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **deliveries, read_found, arena, err);
    if (!status)
        *deliveries = items;
    return status;
}

static void read_reject(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_reject *reject = item;
    reject->feed = hedui_sql_get_text(sql, 0, arena);
    reject->file = hedui_sql_get_text(sql, 1, arena);
    reject->line = hedui_sql_get_number(sql, 2);
    reject->offset = hedui_sql_get_number(sql, 3);
    reject->length = hedui_sql_get_number(sql, 4);
    reject->reason = hedui_sql_get_text(sql, 5, arena);
    reject->column = hedui_sql_get_text(sql, 6, arena);
    reject->excerpt = hedui_sql_get_text(sql, 7, arena);
}

hedui_status hedui_store_reject_list(const hedui_store_reject **rejects, size_t *count,
                                     hedui_store *store, hedui_span run, hedui_span feed,
                                     hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    const void *items = NULL;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (!status)
        status = hedui_store_stand(store, number, err); /* not of a run that was purged */
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "reject_list");
    hedui_sql_number(&sql, number);
    hedui_sql_text(&sql, feed);
    status = hedui_store_read(&items, count, &sql, sizeof **rejects, read_reject, arena, err);
    if (!status)
        *rejects = items;
    return status;
}

static void read_reject_count(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_reject_count *count = item;
    count->feed = hedui_sql_get_text(sql, 0, arena);
    count->title = hedui_sql_get_text(sql, 1, arena);
    count->reason = hedui_sql_get_text(sql, 2, arena);
    count->count = hedui_sql_get_number(sql, 3);
}

hedui_status hedui_store_reject_counts(const hedui_store_reject_count **counts, size_t *count,
                                       hedui_store *store, hedui_span run, hedui_arena *arena,
                                       hedui_err *err)
{
    int64_t number = 0;
    const void *items = NULL;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (!status)
        status = hedui_store_stand(store, number, err); /* not of a run that was purged */
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "reject_counts");
    hedui_sql_number(&sql, number);
    status = hedui_store_read(&items, count, &sql, sizeof **counts, read_reject_count, arena, err);
    if (!status)
        *counts = items;
    return status;
}

/* A baseline with its delivery, for its figures. */
typedef struct numbered {
    hedui_store_baseline baseline;
    int64_t number;
} numbered;

static void read_baseline(void *item, hedui_sql *sql, hedui_arena *arena)
{
    numbered *row = item;
    hedui_store_baseline *baseline = &row->baseline;
    baseline->feed = hedui_sql_get_text(sql, 0, arena);
    baseline->file = hedui_sql_get_text(sql, 1, arena);
    baseline->digest = hedui_sql_get_digest(sql, 2);
    baseline->content_crc = hedui_sql_get_number(sql, 3);
    baseline->content_length = hedui_sql_get_number(sql, 4);
    baseline->cut_off = day(hedui_sql_get_number(sql, 5));
    baseline->records = hedui_sql_get_number(sql, 6);
    baseline->rejected = hedui_sql_get_number(sql, 7);
    baseline->matched = hedui_sql_get_number(sql, 8);
    baseline->as_of = day(hedui_sql_get_number(sql, 9));
    row->number = hedui_sql_get_number(sql, 10);
}

static void read_figure(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_figure *figure = item;
    figure->name = hedui_sql_get_text(sql, 0, arena);
    figure->part = hedui_sql_get_number(sql, 1);
    figure->whole = hedui_sql_get_number(sql, 2);
}

hedui_status hedui_store_figure_list(const hedui_store_figure **figures, size_t *count,
                                     hedui_store *store, hedui_span run,
                                     const hedui_store_delivery *d, hedui_arena *arena,
                                     hedui_err *err)
{
    int64_t number = 0;
    const void *items = NULL;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "figure_list_of");
    hedui_sql_number(&sql, number);
    hedui_sql_text(&sql, d->feed);
    hedui_sql_digest(&sql, &d->digest);
    status =
        hedui_store_read(&items, count, &sql, sizeof(hedui_store_figure), read_figure, arena, err);
    if (!status)
        *figures = items;
    return status;
}

hedui_status hedui_store_delivery_before(int64_t *records, hedui_store *store, hedui_span run,
                                         const hedui_store_delivery *d, hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "delivery_before");
    hedui_sql_number(&sql, number);
    hedui_sql_text(&sql, d->feed);
    hedui_sql_digest(&sql, &d->digest);
    return hedui_sql_value(records, &sql, err);
}

hedui_status hedui_store_baseline_list(const hedui_store_baseline **baselines, size_t *count,
                                       hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t found = 0;
    hedui_sql sql = hedui_sql_begin(store, "baseline_list");
    hedui_status status =
        hedui_store_read(&items, &found, &sql, sizeof(numbered), read_baseline, arena, err);
    const numbered *rows = items;
    hedui_store_baseline *list = status ? NULL : hedui_arena_array(arena, found, sizeof *list);
    if (!status && !list)
        status = hedui_fail_memory(err);
    for (size_t i = 0; !status && i < found; i++) {
        const void *figures = NULL;
        list[i] = rows[i].baseline;
        sql = hedui_sql_begin(store, "figure_list");
        hedui_sql_number(&sql, rows[i].number);
        status = hedui_store_read(&figures, &list[i].figure_count, &sql, sizeof *list[i].figures,
                                  read_figure, arena, err);
        list[i].figures = figures;
    }
    if (status)
        return status;
    *baselines = list;
    *count = found;
    return HEDUI_OK;
}

static void read_arrival(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_arrival *arrival = item;
    arrival->feed = hedui_sql_get_text(sql, 0, arena);
    arrival->file = hedui_sql_get_text(sql, 1, arena);
    arrival->digest = hedui_sql_get_digest(sql, 2);
    arrival->cut_off = day(hedui_sql_get_number(sql, 3));
    arrival->seen_day = day(hedui_sql_get_number(sql, 4));
    arrival->used_day = day(hedui_sql_get_number(sql, 5));
}

hedui_status hedui_store_arrival_list(const hedui_store_arrival **arrivals, size_t *count,
                                      hedui_store *store, int32_t up_to, hedui_arena *arena,
                                      hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "arrival_list");
    hedui_sql_number(&sql, up_to);
    hedui_status status = hedui_store_read(&items, count, &sql, sizeof(hedui_store_arrival),
                                           read_arrival, arena, err);
    if (!status)
        *arrivals = items;
    return status;
}

static int has_remark(const hedui_store_delivery *d, const hedui_store_remark *r)
{
    for (size_t i = 0; i < d->remark_count; i++)
        if (d->remarks[i].number == r->number &&
            hedui_span_equal(d->remarks[i].argument, r->argument) &&
            hedui_span_equal(d->remarks[i].verdict, r->verdict))
            return 1;
    return 0;
}

size_t hedui_store_remark_titles(hedui_buffer *titles, const hedui_store_delivery *deliveries,
                                 size_t count, size_t delivery, size_t remark)
{
    const hedui_store_remark *r = &deliveries[delivery].remarks[remark];
    for (size_t i = 0; i < delivery; i++)
        if (has_remark(&deliveries[i], r))
            return 0;
    const hedui_store_delivery earlier = {.remarks = deliveries[delivery].remarks,
                                          .remark_count = remark};
    if (has_remark(&earlier, r)) /* two measures of one column may say the same */
        return 0;
    size_t told = delivery, titled = 1;
    hedui_buffer_add(titles, deliveries[told].title);
    for (size_t i = delivery + 1; i < count; i++)
        if (has_remark(&deliveries[i], r) &&
            !hedui_span_equal(deliveries[i].title, deliveries[told].title)) {
            hedui_buffer_text(titles, "、");
            hedui_buffer_add(titles, deliveries[i].title);
            told = i;
            titled++;
        }
    return titled;
}

static int same_hold(const hedui_store_hold *a, const hedui_store_hold *b)
{
    return a->number == b->number && hedui_span_equal(a->argument, b->argument) &&
           hedui_span_equal(a->verdict, b->verdict);
}

size_t hedui_store_hold_titles(hedui_buffer *titles, const hedui_store_delivery *deliveries,
                               size_t count, const hedui_store_run *run, size_t hold)
{
    const hedui_store_hold *of = &run->holds[hold];
    hedui_span told = {"", 0};
    size_t titled = 0;
    for (size_t i = 0; i < hold; i++)
        if (same_hold(&run->holds[i], of))
            return 0;
    for (size_t i = hold; i < run->hold_count; i++) {
        hedui_span title = run->holds[i].feed;
        if (!same_hold(&run->holds[i], of))
            continue;
        for (size_t d = 0; d < count; d++)
            if (hedui_span_equal(deliveries[d].feed, run->holds[i].feed))
                title = deliveries[d].title;
        if (titled && hedui_span_equal(title, told))
            continue;
        hedui_buffer_text(titles, titled ? "、" : "");
        hedui_buffer_add(titles, title);
        told = title;
        titled++;
    }
    return titled;
}

int hedui_store_is_hold(const hedui_store_run *run, const hedui_store_delivery *delivery,
                        const hedui_store_remark *remark)
{
    const hedui_store_hold said = {
        .number = remark->number, .argument = remark->argument, .verdict = remark->verdict};
    for (size_t i = 0; i < run->hold_count; i++)
        if (hedui_span_equal(run->holds[i].feed, delivery->feed) &&
            same_hold(&run->holds[i], &said))
            return 1;
    return 0;
}
