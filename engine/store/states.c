/* Every household's state and open causes in one reading. */
#include "store/list.h"

#include <hedui/store_household.h>

static void read_state(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_state *state = item;
    state->household = hedui_sql_get_text(sql, 0, arena);
    state->state = hedui_sql_get_text(sql, 1, arena);
    state->searched = hedui_sql_get_text(sql, 2, arena);
}

static void read_mark(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_mark *mark = item;
    hedui_span *const texts[] = {&mark->household, &mark->rule,          &mark->subject,
                                 &mark->person,    &mark->person_masked, &mark->effect};
    for (int i = 0; i < 6; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    mark->capped = (int)hedui_sql_get_number(sql, 6);
}

static void read_open_cause(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_open_cause *cause = item;
    cause->household = hedui_sql_get_text(sql, 0, arena);
    cause->rule = hedui_sql_get_text(sql, 1, arena);
    cause->reason = hedui_sql_get_text(sql, 2, arena);
}

static hedui_status list(const void **items, size_t *count, hedui_store *store, hedui_span run,
                         const char *name, size_t size, hedui_store_reader *read,
                         hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (!status)
        status = hedui_store_stand(store, number, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, name);
    return hedui_store_read(items, count, &sql, size, read, arena, err);
}

hedui_status hedui_store_state_list(const hedui_store_state **states, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err)
{
    const void *items = NULL;
    hedui_status status =
        list(&items, count, store, run, "state_list", sizeof **states, read_state, arena, err);
    if (!status)
        *states = items;
    return status;
}

hedui_status hedui_store_mark_list(const hedui_store_mark **marks, size_t *count,
                                   hedui_store *store, hedui_span run, hedui_arena *arena,
                                   hedui_err *err)
{
    const void *items = NULL;
    hedui_status status =
        list(&items, count, store, run, "mark_list", sizeof **marks, read_mark, arena, err);
    if (!status)
        *marks = items;
    return status;
}

hedui_status hedui_store_shown_list(const hedui_store_state **states, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err)
{
    const void *items = NULL;
    hedui_status status =
        list(&items, count, store, run, "shown_list", sizeof **states, read_state, arena, err);
    if (!status)
        *states = items;
    return status;
}

hedui_status hedui_store_open_cause_list(const hedui_store_open_cause **causes, size_t *count,
                                         hedui_store *store, hedui_span run, hedui_arena *arena,
                                         hedui_err *err)
{
    const void *items = NULL;
    hedui_status status = list(&items, count, store, run, "open_cause_list", sizeof **causes,
                               read_open_cause, arena, err);
    if (!status)
        *causes = items;
    return status;
}
