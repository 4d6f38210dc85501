/* Runs: found by name, listed, shown with their parts. */
#include "store/list.h"
#include "store/tally.h"

#include "base/invariant.h"

#include <hedui/label.h>
#include <hedui/store_run.h>

hedui_status hedui_store_run_number(int64_t *number, hedui_store *store, hedui_span id,
                                    hedui_err *err)
{
    int64_t found = HEDUI_SQL_NULL;
    hedui_sql sql = hedui_sql_begin(store, id.length ? "run_by_id" : "latest_run");
    if (id.length)
        hedui_sql_text(&sql, id);
    hedui_status status = hedui_sql_value(&found, &sql, err);
    if (status)
        return status;
    if (found == HEDUI_SQL_NULL && !id.length)
        return hedui_fail_plain(err, HEDUI_E5016, hedui_place_none());
    if (found == HEDUI_SQL_NULL)
        return hedui_fail(err, HEDUI_E5014, hedui_place_none(), HEDUI_ARG_SPAN(id));
    *number = found;
    return HEDUI_OK;
}

static void read_run(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_run *run = item;
    run->id = hedui_sql_get_text(sql, 0, arena);
    run->as_of = (int32_t)hedui_sql_get_number(sql, 1);
    run->state = hedui_sql_get_text(sql, 2, arena);
    run->base = hedui_sql_get_text(sql, 3, arena);
    run->base_flags = hedui_sql_get_number(sql, 4);
    run->base_flagged = hedui_sql_get_number(sql, 5);
    run->unit = hedui_sql_get_text(sql, 6, arena);
    run->engine = hedui_sql_get_text(sql, 7, arena);
    run->digest = hedui_sql_get_digest(sql, 8);
    int64_t *const numbers[] = {&run->started,
                                &run->finished,
                                &run->persons,
                                &run->persons_matched,
                                &run->persons_authorised,
                                &run->rows_matched[0],
                                &run->rows_matched[1],
                                &run->rows_matched[2],
                                &run->rows_matched[3],
                                &run->households,
                                &run->flagged,
                                &run->clear,
                                &run->unchecked,
                                &run->out_of_scope,
                                &run->flags,
                                &run->high,
                                &run->medium,
                                &run->low,
                                &run->fresh,
                                &run->continuing,
                                &run->changed,
                                &run->not_checked,
                                &run->gone};
    for (int i = 0; i < (int)(sizeof numbers / sizeof *numbers); i++)
        *numbers[i] = hedui_sql_get_number(sql, 9 + i);
    run->purged = (int)hedui_sql_get_number(sql, 9 + (int)(sizeof numbers / sizeof *numbers));
    run->overridden = hedui_sql_get_number(sql, 10 + (int)(sizeof numbers / sizeof *numbers));
    run->listed = (int)hedui_sql_get_number(sql, 11 + (int)(sizeof numbers / sizeof *numbers));
    run->left_out = hedui_sql_get_number(sql, 12 + (int)(sizeof numbers / sizeof *numbers));
}

/* The runs, or only run `number`. */
static hedui_status list_runs(const void **items, size_t *count, hedui_store *store, int64_t number,
                              hedui_arena *arena, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "run_list");
    hedui_sql_number(&sql, number);
    return hedui_store_read(items, count, &sql, sizeof(hedui_store_run), read_run, arena, err);
}

hedui_status hedui_store_run_list(const hedui_store_run **runs, size_t *count, hedui_store *store,
                                  hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_status status = list_runs(&items, count, store, HEDUI_SQL_NULL, arena, err);
    if (!status)
        *runs = items;
    return status;
}

static void read_hold(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_hold *hold = item;
    hold->feed = hedui_sql_get_text(sql, 0, arena);
    hold->number = (int)hedui_sql_get_number(sql, 1);
    hold->argument = hedui_sql_get_text(sql, 2, arena);
    hold->verdict = hedui_sql_get_text(sql, 3, arena);
}

static void read_event(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_event *event = item;
    event->event = hedui_sql_get_text(sql, 0, arena);
    event->person = hedui_sql_get_text(sql, 1, arena);
    event->reason = hedui_sql_get_text(sql, 2, arena);
    event->at = hedui_sql_get_number(sql, 3);
}

static void read_input(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_input *input = item;
    input->kind = hedui_sql_get_text(sql, 0, arena);
    input->name = hedui_sql_get_text(sql, 1, arena);
    input->digest = hedui_sql_get_digest(sql, 2);
}

static void read_rule(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_rule *rule = item;
    hedui_span *const texts[] = {&rule->pack, &rule->id,     &rule->title,  &rule->basis,
                                 &rule->ask,  &rule->clears, &rule->effect, &rule->severity};
    for (int i = 0; i < 8; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    rule->category = hedui_sql_get_number(sql, 8);
    rule->in_force = (int)hedui_sql_get_number(sql, 9);
    rule->digest = hedui_sql_get_digest(sql, 10);
    rule->flags = hedui_sql_get_number(sql, 11);
    rule->households = hedui_sql_get_number(sql, 12);
    rule->unanswered = hedui_sql_get_number(sql, 13);
    rule->standing = hedui_sql_get_text(sql, 14, arena);
}

static void read_gap(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_gap *gap = item;
    gap->rule = hedui_sql_get_text(sql, 0, arena);
    gap->reason = hedui_sql_get_text(sql, 1, arena);
    gap->source = hedui_sql_get_text(sql, 2, arena);
    gap->source_title = hedui_sql_get_text(sql, 3, arena);
    gap->households = hedui_sql_get_number(sql, 4);
    gap->field = hedui_sql_get_text(sql, 5, arena);
    gap->field_title = hedui_sql_get_text(sql, 6, arena);
}

static void read_town(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_town *town = item;
    town->code = hedui_sql_get_text(sql, 0, arena);
    town->name = hedui_sql_get_text(sql, 1, arena);
    int64_t *const numbers[] = {&town->households,     &town->flagged,      &town->clear,
                                &town->unchecked,      &town->out_of_scope, &town->flags,
                                &town->high,           &town->medium,       &town->low,
                                &town->flagged_before, &town->kept};
    for (int i = 0; i < 11; i++)
        *numbers[i] = hedui_sql_get_number(sql, 2 + i);
}

/* A part of a run: the rows of a statement that takes its number. */
static hedui_status part(const void **items, size_t *count, hedui_store *store, const char *name,
                         int64_t run, size_t size, hedui_store_reader *read, hedui_arena *arena,
                         hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, name);
    if (sql.statement && sqlite3_bind_parameter_count(sql.statement) > 0)
        hedui_sql_number(&sql, run);
    return hedui_store_read(items, count, &sql, size, read, arena, err);
}

static hedui_status read_parts(hedui_store_run *run, hedui_store *store, int64_t number,
                               hedui_arena *arena, hedui_err *err)
{
    const struct {
        const char *name;
        size_t size;
        hedui_store_reader *read;
        size_t *count;
        int particular; /* asks for flags and households, which a purge deletes */
    } parts[] = {
        {"hold_list", sizeof *run->holds, read_hold, &run->hold_count, 0},
        {"event_list", sizeof *run->events, read_event, &run->event_count, 0},
        {"input_list", sizeof *run->inputs, read_input, &run->input_count, 0},
        {"rule_list", sizeof *run->rules, read_rule, &run->rule_count, 1},
        {"gap_list", sizeof *run->gaps, read_gap, &run->gap_count, 0},
        {"town_list", sizeof *run->towns, read_town, &run->town_count, 1},
    };
    const void *items[sizeof parts / sizeof *parts] = {0};
    hedui_status status = run->purged ? HEDUI_OK : hedui_store_stand(store, number, err);
    if (!status && !run->purged)
        status = hedui_store_tally(store, number, err);
    for (size_t i = 0; !status && i < sizeof parts / sizeof *parts; i++) {
        if (run->purged && parts[i].particular)
            continue;
        status = part(&items[i], parts[i].count, store, parts[i].name, number, parts[i].size,
                      parts[i].read, arena, err);
    }
    run->holds = items[0];
    run->events = items[1];
    run->inputs = items[2];
    run->rules = items[3];
    run->gaps = items[4];
    run->towns = items[5];
    return status;
}

hedui_span hedui_store_town_name(const hedui_store_town *town, hedui_language language)
{
    return town->name.length   ? town->name
           : town->code.length ? town->code
                               : hedui_label(HEDUI_LABEL_AREA, hedui_span_of("unknown"), language);
}

static hedui_status find_run(const hedui_store_run **found, hedui_store *store, hedui_span id,
                             hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    const void *items = NULL;
    size_t count = 0;
    hedui_status status = hedui_store_run_number(&number, store, id, err);
    if (!status)
        status = list_runs(&items, &count, store, number, arena, err);
    if (status)
        return status;
    HEDUI_INVARIANT(count == 1);
    hedui_store_run *run = hedui_arena_take(arena, sizeof *run);
    if (!run)
        return hedui_fail_memory(err);
    memcpy(run, items, sizeof *run);
    status = read_parts(run, store, number, arena, err);
    if (!status)
        *found = run;
    return status;
}

hedui_status hedui_store_run_find(const hedui_store_run **found, hedui_store *store, hedui_span id,
                                  hedui_arena *arena, hedui_err *err)
{
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = find_run(found, store, id, arena, err);
    hedui_store_snapshot_end(store);
    return status;
}

hedui_status hedui_store_run_flagged(hedui_span *household, hedui_store *store, hedui_span id,
                                     hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    hedui_span found = {"", 0};
    hedui_status status = hedui_store_run_number(&number, store, id, err);
    if (!status)
        status = hedui_store_stand(store, number, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "state_flagged");
    while (hedui_sql_row(&sql, err))
        found = hedui_sql_get_text(&sql, 0, arena);
    if (!sql.status)
        *household = found;
    return sql.status;
}
