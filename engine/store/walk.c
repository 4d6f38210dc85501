/* What both long lists know beforehand: the runs that a run rests on, and its rules. */
#include "store/walk.h"

#include "store/list.h"

typedef struct list {
    const char *name;
    hedui_status (*open)(hedui_walk *walk, hedui_err *err);
} list;

static const list lists[] = {{"flags", hedui_walk_open_flags},
                             {"households", hedui_walk_open_households}};

static const list *find_list(const char *name)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(lists[i].name, name) == 0)
            return &lists[i];
    return NULL;
}

static hedui_status read_chain(hedui_walk *w, hedui_err *err)
{
    w->chain = hedui_arena_array(w->arena, (size_t)w->run / 8 + 1, 1);
    if (!w->chain)
        return hedui_fail_memory(err);
    hedui_sql sql = hedui_sql_begin(w->store, "walk_chain");
    while (hedui_sql_row(&sql, err)) {
        int64_t run = hedui_sql_get_number(&sql, 0);
        if (run >= 0 && run <= w->run)
            w->chain[run / 8] |= (uint8_t)(1u << run % 8);
    }
    return sql.status;
}

static hedui_status read_run(hedui_walk *w, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, "run_name");
    hedui_sql_number(&sql, w->run);
    if (!hedui_sql_row(&sql, err))
        return sql.status;
    w->run_id = hedui_sql_get_text(&sql, 0, w->arena);
    return hedui_sql_finish(&sql, err);
}

static void read_rule(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_walk_rule *rule = item;
    hedui_span *const texts[] = {&rule->id,  &rule->title,  &rule->basis,
                                 &rule->ask, &rule->clears, &rule->severity};
    for (int i = 0; i < 6; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    rule->place = hedui_sql_get_number(sql, 6);
    rule->is_lead = (int)hedui_sql_get_number(sql, 7);
}

static hedui_status read_rules(hedui_walk *w, hedui_err *err)
{
    const void *rules = NULL;
    hedui_sql sql = hedui_sql_begin(w->store, "walk_rules");
    hedui_sql_number(&sql, w->run);
    hedui_status status =
        hedui_store_read(&rules, &w->rule_count, &sql, sizeof *w->rules, read_rule, w->arena, err);
    if (status)
        return status;
    w->rules = rules;
    hedui_table_init(&w->rule_names, w->arena);
    for (uint32_t i = 0; i < w->rule_count; i++)
        if (hedui_table_put(&w->rule_names, w->rules[i].id, i) == HEDUI_TABLE_NONE)
            return hedui_fail_memory(err);
    return HEDUI_OK;
}

const hedui_walk_rule *hedui_walk_rule_of(const hedui_walk *w, hedui_span id)
{
    uint32_t index = hedui_table_find(&w->rule_names, id);
    return index == HEDUI_TABLE_NONE ? NULL : &w->rules[index];
}

hedui_status hedui_walk_open(hedui_walk **walk, const char *name, hedui_store *store,
                             sqlite3_stmt *rows, int64_t run, hedui_err *err)
{
    const list *found = find_list(name);
    if (!found) {
        *walk = NULL;
        return HEDUI_OK;
    }
    hedui_arena *arena = hedui_arena_open(0);
    hedui_walk *w = arena ? hedui_arena_take(arena, sizeof *w) : NULL;
    if (!w) {
        hedui_arena_close(arena);
        return hedui_fail_memory(err);
    }
    *w = (hedui_walk){.store = store, .rows = rows, .run = run, .arena = arena};
    hedui_status status = read_chain(w, err);
    if (!status)
        status = read_run(w, err);
    if (!status)
        status = read_rules(w, err);
    if (!status)
        status = found->open(w, err);
    if (status) {
        hedui_walk_close(w);
        return status;
    }
    *walk = w;
    return HEDUI_OK;
}

int hedui_walk_row(hedui_sheet_cell *cells, hedui_walk *w, hedui_err *err)
{
    return w->status ? 0 : w->step(cells, w, err);
}

int hedui_walk_next(hedui_walk *w, hedui_err *err)
{
    int code = sqlite3_step(w->rows);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        w->status = hedui_sql_fail(w->store->db, code, "walk", err);
    return code == SQLITE_ROW;
}

hedui_span hedui_walk_text(const hedui_walk *w, int column)
{
    hedui_span text = {(const char *)sqlite3_column_text(w->rows, column), 0};
    text.length = (size_t)sqlite3_column_bytes(w->rows, column);
    return text.at ? text : hedui_span_of("");
}

void hedui_walk_close(hedui_walk *w)
{
    if (!w)
        return;
    hedui_walk_close_flags(w);
    hedui_walk_close_households(w);
    hedui_arena_close(w->arena);
}
