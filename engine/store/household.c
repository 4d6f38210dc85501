/* One household explained, and the flags of a run with their evidence. */
#include "store/list.h"

#include "store/pairs.h"
#include <hedui/store_household.h>

#include <hedui/store_override.h>

/* Elements with the row numbers that lead to their parts. */
typedef struct numbered_flag {
    hedui_store_flag flag;
    int64_t version;
} numbered_flag;

typedef struct numbered_overridden {
    hedui_store_overridden overridden;
    int64_t version;
} numbered_overridden;

typedef struct numbered_evidence {
    hedui_store_evidence evidence;
    int64_t number;
} numbered_evidence;

static void read_flag(void *item, hedui_sql *sql, hedui_arena *arena)
{
    numbered_flag *row = item;
    hedui_store_flag *f = &row->flag;
    hedui_span *const before[] = {&f->household, &f->town_name, &f->head_name,
                                  &f->rule,      &f->title,     &f->basis,
                                  &f->ask,       &f->clears,    &f->severity};
    for (int i = 0; i < 9; i++)
        *before[i] = hedui_sql_get_text(sql, i, arena);
    f->category = hedui_sql_get_number(sql, 9);
    f->effect = hedui_sql_get_text(sql, 10, arena);
    f->capped = (int)hedui_sql_get_number(sql, 11);
    hedui_span *const after[] = {&f->subject, &f->person, &f->person_masked, &f->message,
                                 &f->status,  &f->why,    &f->since};
    for (int i = 0; i < 7; i++)
        *after[i] = hedui_sql_get_text(sql, 12 + i, arena);
    f->content = hedui_sql_get_digest(sql, 19);
    row->version = hedui_sql_get_number(sql, 20);
    row->flag.placed = (int)hedui_sql_get_number(sql, 21);
}

static void read_evidence(void *item, hedui_sql *sql, hedui_arena *arena)
{
    numbered_evidence *row = item;
    hedui_store_evidence *e = &row->evidence;
    e->feed = hedui_sql_get_text(sql, 0, arena);
    e->feed_title = hedui_sql_get_text(sql, 1, arena);
    e->source = hedui_sql_get_text(sql, 2, arena);
    e->file = hedui_sql_get_text(sql, 3, arena);
    e->file_digest = hedui_sql_get_digest(sql, 4);
    int64_t cut_off = hedui_sql_get_number(sql, 5);
    e->cut_off = cut_off == HEDUI_SQL_NULL ? INT32_MIN : (int32_t)cut_off;
    e->line = hedui_sql_get_number(sql, 6);
    e->offset = hedui_sql_get_number(sql, 7);
    e->length = hedui_sql_get_number(sql, 8);
    e->row_key = hedui_sql_get_text(sql, 9, arena);
    e->person = hedui_sql_get_text(sql, 10, arena);
    e->match = hedui_sql_get_text(sql, 11, arena);
    e->content = hedui_sql_get_digest(sql, 12);
    row->number = hedui_sql_get_number(sql, 13);
}

static void read_cell(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_cell *cell = item;
    cell->column = hedui_sql_get_text(sql, 0, arena);
    cell->title = hedui_sql_get_text(sql, 1, arena);
    cell->value = hedui_sql_get_text(sql, 2, arena);
}

static void read_cause(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_cause *c = item;
    hedui_span *const texts[] = {&c->rule,         &c->subject, &c->reason, &c->source,
                                 &c->source_title, &c->field,   &c->person};
    for (int i = 0; i < 7; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    c->review = (int)hedui_sql_get_number(sql, 7);
}

static void read_tag(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_tag *tag = item;
    hedui_span *const before[] = {&tag->rule, &tag->title, &tag->basis, &tag->ask};
    hedui_span *const after[] = {&tag->person, &tag->person_masked, &tag->message};
    for (int i = 0; i < 4; i++)
        *before[i] = hedui_sql_get_text(sql, i, arena);
    tag->category = hedui_sql_get_number(sql, 4);
    for (int i = 0; i < 3; i++)
        *after[i] = hedui_sql_get_text(sql, 5 + i, arena);
}

static void read_overridden(void *item, hedui_sql *sql, hedui_arena *arena)
{
    numbered_overridden *row = item;
    hedui_store_overridden *o = &row->overridden;
    hedui_store_flag *f = &o->flag;
    hedui_span *const rule[] = {&f->household, &f->rule, &f->title, &f->severity};
    for (int i = 0; i < 4; i++)
        *rule[i] = hedui_sql_get_text(sql, i, arena);
    f->category = hedui_sql_get_number(sql, 4);
    f->effect = hedui_sql_get_text(sql, 5, arena);
    f->capped = (int)hedui_sql_get_number(sql, 6);
    hedui_span *const found[] = {&f->subject, &f->person, &f->person_masked, &f->message};
    for (int i = 0; i < 4; i++)
        *found[i] = hedui_sql_get_text(sql, 7 + i, arena);
    f->content = hedui_sql_get_digest(sql, 11);
    row->version = hedui_sql_get_number(sql, 12);
    f->placed = (int)hedui_sql_get_number(sql, 13);
    hedui_span *const decided[] = {&o->override, &o->rests_on, &o->proposer, &o->approver};
    for (int i = 0; i < 4; i++)
        *decided[i] = hedui_sql_get_text(sql, 14 + i, arena);
    o->until = (int32_t)hedui_sql_get_number(sql, 18);
}

static void read_answer(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_answer *answer = item;
    answer->rule = hedui_sql_get_text(sql, 0, arena);
    answer->title = hedui_sql_get_text(sql, 1, arena);
    answer->answer = hedui_sql_get_text(sql, 2, arena);
}

static void read_household(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_household *h = item;
    hedui_span *const texts[] = {&h->id,        &h->area_code,   &h->area_name,
                                 &h->town_code, &h->town_name,   &h->head_name,
                                 &h->programme, &h->urban_rural, &h->status};
    for (int i = 0; i < 9; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    h->members = hedui_sql_get_number(sql, 9);
    h->counted = hedui_sql_get_number(sql, 10);
    h->paid_fen = hedui_sql_get_number(sql, 11);
    h->state = hedui_sql_get_text(sql, 12, arena);
    h->flag_total = hedui_sql_get_number(sql, 13);
    h->unanswered = hedui_sql_get_number(sql, 14);
    h->searched = hedui_sql_get_text(sql, 15, arena);
}

static hedui_status add_cells(hedui_store_evidence *evidence, hedui_store *store, int64_t number,
                              hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "cell_list");
    hedui_sql_number(&sql, number);
    hedui_status status = hedui_store_read(&items, &evidence->cell_count, &sql,
                                           sizeof *evidence->cells, read_cell, arena, err);
    evidence->cells = items;
    return status;
}

static hedui_status add_evidence(hedui_store_flag *flag, hedui_store *store, int64_t version,
                                 hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t count = 0;
    hedui_sql sql = hedui_sql_begin(store, "evidence_list");
    hedui_sql_number(&sql, version);
    hedui_status status = hedui_store_read(&items, &count, &sql, sizeof(numbered_evidence),
                                           read_evidence, arena, err);
    if (status)
        return status;
    const numbered_evidence *rows = items;
    hedui_store_evidence *list = hedui_arena_array(arena, count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (size_t i = 0; !status && i < count; i++) {
        list[i] = rows[i].evidence;
        status = add_cells(&list[i], store, rows[i].number, arena, err);
    }
    flag->evidence = list;
    flag->evidence_count = count;
    return status;
}

/* Needs temp.chain to stand on the run. */
static hedui_status list_flags(const hedui_store_flag **flags, size_t *count, hedui_store *store,
                               hedui_span household, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t found = 0;
    hedui_sql sql = hedui_sql_begin(store, household.length ? "flag_list_of" : "flag_list");
    if (household.length)
        hedui_sql_text(&sql, household);
    hedui_status status =
        hedui_store_read(&items, &found, &sql, sizeof(numbered_flag), read_flag, arena, err);
    if (status)
        return status;
    const numbered_flag *rows = items;
    hedui_store_flag *list = hedui_arena_array(arena, found, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (size_t i = 0; !status && i < found; i++) {
        list[i] = rows[i].flag;
        status = add_evidence(&list[i], store, rows[i].version, arena, err);
    }
    if (status)
        return status;
    *flags = list;
    *count = found;
    return HEDUI_OK;
}

static hedui_status list_by_household(const void **items, size_t *count, hedui_store *store,
                                      const char *name, int64_t run, hedui_span id, size_t size,
                                      hedui_store_reader *read, hedui_arena *arena, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, name);
    hedui_sql_number(&sql, run);
    hedui_sql_text(&sql, id);
    return hedui_store_read(items, count, &sql, size, read, arena, err);
}

static hedui_status list_overridden(const hedui_store_overridden **overridden, size_t *count,
                                    hedui_store *store, int64_t run, hedui_span household,
                                    hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t found = 0;
    hedui_status status =
        list_by_household(&items, &found, store, "overridden_list", run, household,
                          sizeof(numbered_overridden), read_overridden, arena, err);
    if (status)
        return status;
    const numbered_overridden *rows = items;
    hedui_store_overridden *list = hedui_arena_array(arena, found, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (size_t i = 0; !status && i < found; i++) {
        list[i] = rows[i].overridden;
        status = add_evidence(&list[i].flag, store, rows[i].version, arena, err);
    }
    if (status)
        return status;
    *overridden = list;
    *count = found;
    return HEDUI_OK;
}

static hedui_status stand_on(int64_t *number, hedui_store *store, hedui_span run, hedui_err *err)
{
    hedui_status status = hedui_store_run_number(number, store, run, err);
    return status ? status : hedui_store_stand(store, *number, err);
}

hedui_status hedui_store_flag_list(const hedui_store_flag **flags, size_t *count,
                                   hedui_store *store, hedui_span run, hedui_span household,
                                   hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = stand_on(&number, store, run, err);
    if (!status)
        status = list_flags(flags, count, store, household, arena, err);
    hedui_store_snapshot_end(store);
    return status;
}

static hedui_status find_household(hedui_store_household *h, hedui_store *store, hedui_span id,
                                   int64_t run, hedui_arena *arena, hedui_err *err)
{
    hedui_sql name = hedui_sql_begin(store, "run_place");
    hedui_sql_number(&name, run);
    if (hedui_sql_row(&name, err)) {
        h->run = hedui_sql_get_text(&name, 0, arena);
        h->as_of = (int32_t)hedui_sql_get_number(&name, 1);
        (void)hedui_sql_finish(&name, err);
    }
    if (name.status)
        return name.status;
    hedui_sql sql = hedui_sql_begin(store, "household_one");
    hedui_sql_text(&sql, id);
    if (!hedui_sql_row(&sql, err))
        return sql.status ? sql.status
                          : hedui_fail(err, HEDUI_E5015, hedui_place_none(), HEDUI_ARG_SPAN(id),
                                       HEDUI_ARG_SPAN(h->run));
    read_household(h, &sql, arena);
    return hedui_sql_finish(&sql, err);
}

static hedui_status find_whole(const hedui_store_household **household, hedui_store *store,
                               hedui_span run, hedui_span id, hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    const void *causes = NULL, *answers = NULL, *tags = NULL;
    hedui_store_household *h = hedui_arena_take(arena, sizeof *h);
    if (!h)
        return hedui_fail_memory(err);
    hedui_status status = stand_on(&number, store, run, err);
    if (!status)
        status = find_household(h, store, id, number, arena, err);
    if (!status)
        status = list_flags(&h->flags, &h->flag_count, store, id, arena, err);
    if (!status)
        status = list_by_household(&tags, &h->tag_count, store, "tag_list", number, id,
                                   sizeof *h->tags, read_tag, arena, err);
    if (!status)
        status = list_by_household(&causes, &h->cause_count, store, "cause_list", number, id,
                                   sizeof *h->causes, read_cause, arena, err);
    if (!status)
        status = list_by_household(&answers, &h->answer_count, store, "answer_list", number, id,
                                   sizeof *h->answers, read_answer, arena, err);
    if (!status)
        status = hedui_store_deliveries_of(&h->deliveries, &h->delivery_count, store, number, arena,
                                           err);
    if (!status)
        status =
            list_overridden(&h->overridden, &h->overridden_count, store, number, id, arena, err);
    if (!status)
        status = hedui_pairs_met(&h->met, &h->met_count, store, number, id, arena, err);
    h->tags = tags;
    h->causes = causes;
    h->answers = answers;
    if (!status)
        *household = h;
    return status;
}

hedui_status hedui_store_household_find(const hedui_store_household **household, hedui_store *store,
                                        hedui_span run, hedui_span id, hedui_arena *arena,
                                        hedui_err *err)
{
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = find_whole(household, store, run, id, arena, err);
    hedui_store_snapshot_end(store);
    return status;
}

hedui_status hedui_store_overridden_list(const hedui_store_overridden **overridden, size_t *count,
                                         hedui_store *store, hedui_span run, hedui_span household,
                                         hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = stand_on(&number, store, run, err);
    if (!status)
        status = list_overridden(overridden, count, store, number, household, arena, err);
    hedui_store_snapshot_end(store);
    return status;
}
