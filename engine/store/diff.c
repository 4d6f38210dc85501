/* Two runs compared. Each side is laid out once; what differs is asked of both at a time. */
#include "store/list.h"

#include <hedui/store_diff.h>

static void read_change(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_change *c = item;
    hedui_span *const texts[] = {&c->household, &c->town_name, &c->head_name, &c->rule,  &c->title,
                                 &c->subject,   &c->person,    &c->message,   &c->change};
    for (int i = 0; i < 9; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
}

static void read_town(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_town_change *town = item;
    town->code = hedui_sql_get_text(sql, 0, arena);
    town->name = hedui_sql_get_text(sql, 1, arena);
    town->households = (hedui_store_household_change){.before = hedui_sql_get_number(sql, 2),
                                                      .gained = hedui_sql_get_number(sql, 3),
                                                      .gone = hedui_sql_get_number(sql, 4),
                                                      .not_checked = hedui_sql_get_number(sql, 5),
                                                      .after = hedui_sql_get_number(sql, 6)};
}

static hedui_status lay_out(hedui_store *store, int64_t run, int side, hedui_err *err)
{
    static const char *const steps[] = {"diff_runs", "diff_flags", "diff_households"};
    hedui_status status = hedui_store_stand(store, run, err);
    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++) {
        hedui_sql sql = hedui_sql_begin(store, steps[i]);
        hedui_sql_number(&sql, side);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

static hedui_status tell_unchecked(hedui_store *store, int64_t to, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "diff_unchecked");
    hedui_sql_number(&sql, to);
    return hedui_sql_run(&sql, err);
}

static hedui_status count_flags(hedui_store_diff *diff, hedui_store *store, hedui_err *err)
{
    int64_t *const numbers[] = {&diff->flags_before, &diff->flags_after, &diff->same,
                                &diff->changed,      &diff->added,       &diff->removed,
                                &diff->not_checked};
    hedui_sql sql = hedui_sql_begin(store, "diff_counts");
    if (hedui_sql_row(&sql, err)) {
        for (int i = 0; i < 7; i++)
            *numbers[i] = hedui_sql_get_number(&sql, i);
        hedui_sql_end(&sql);
    }
    return sql.status;
}

static hedui_status list_changes(hedui_store_diff *diff, hedui_store *store, int64_t from,
                                 int64_t to, hedui_arena *arena, hedui_err *err)
{
    const void *changes = NULL, *towns = NULL;
    hedui_sql sql = hedui_sql_begin(store, "diff_changes");
    hedui_sql_number(&sql, from);
    hedui_sql_number(&sql, to);
    hedui_status status = hedui_store_read(&changes, &diff->change_count, &sql,
                                           sizeof *diff->changes, read_change, arena, err);
    if (status)
        return status;
    sql = hedui_sql_begin(store, "diff_towns");
    status = hedui_store_read(&towns, &diff->town_count, &sql, sizeof *diff->towns, read_town,
                              arena, err);
    diff->changes = changes;
    diff->towns = towns;
    for (size_t i = 0; !status && i < diff->town_count; i++) {
        const hedui_store_household_change *town = &diff->towns[i].households;
        diff->households.before += town->before;
        diff->households.gained += town->gained;
        diff->households.gone += town->gone;
        diff->households.not_checked += town->not_checked;
        diff->households.after += town->after;
    }
    return status;
}

static hedui_status name_of(hedui_span *name, hedui_store *store, int64_t run, hedui_arena *arena,
                            hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "run_name");
    hedui_sql_number(&sql, run);
    if (hedui_sql_row(&sql, err)) {
        *name = hedui_sql_get_text(&sql, 0, arena);
        hedui_sql_end(&sql);
    }
    return sql.status;
}

static hedui_status find_pair(int64_t *from, int64_t *to, hedui_store *store, hedui_span from_id,
                              hedui_span to_id, hedui_err *err)
{
    hedui_status status = hedui_store_run_number(to, store, to_id, err);
    if (status)
        return status;
    if (from_id.length)
        return hedui_store_run_number(from, store, from_id, err);
    hedui_sql sql = hedui_sql_begin(store, "run_base");
    hedui_sql_number(&sql, *to);
    status = hedui_sql_value(from, &sql, err);
    if (!status && *from == HEDUI_SQL_NULL)
        status = hedui_fail(err, HEDUI_E5014, hedui_place_none(), HEDUI_ARG_SPAN(from_id));
    return status;
}

static hedui_status compare(hedui_store_diff *diff, hedui_store *store, hedui_span from_id,
                            hedui_span to_id, hedui_arena *arena, hedui_err *err)
{
    int64_t from = 0, to = 0;
    hedui_status status = find_pair(&from, &to, store, from_id, to_id, err);
    if (!status)
        status = name_of(&diff->from, store, from, arena, err);
    if (!status)
        status = name_of(&diff->to, store, to, arena, err);
    if (!status)
        status = hedui_sql_script(store, "diff_clear", err);
    if (!status)
        status = lay_out(store, from, 0, err);
    if (!status)
        status = lay_out(store, to, 1, err);
    if (!status)
        status = tell_unchecked(store, to, err);
    if (!status)
        status = count_flags(diff, store, err);
    return status ? status : list_changes(diff, store, from, to, arena, err);
}

hedui_status hedui_store_diff_find(const hedui_store_diff **found, hedui_store *store,
                                   hedui_span from_id, hedui_span to_id, hedui_arena *arena,
                                   hedui_err *err)
{
    hedui_store_diff *diff = hedui_arena_take(arena, sizeof *diff);
    if (!diff)
        return hedui_fail_memory(err);
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = compare(diff, store, from_id, to_id, arena, err);
    hedui_store_snapshot_end(store);
    if (!status)
        *found = diff;
    return status;
}
