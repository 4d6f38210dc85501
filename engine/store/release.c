/* Releasing and withdrawing runs: by a named person, with a reason, on record for good. */
#include "store/sql.h"
#include "store/word.h"

#include <hedui/store_run.h>

static hedui_status state_of(hedui_span *state, hedui_store *store, int64_t run, hedui_arena *arena,
                             hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "run_state");
    hedui_sql_number(&sql, run);
    if (hedui_sql_row(&sql, err)) {
        *state = hedui_sql_get_text(&sql, 0, arena);
        (void)hedui_sql_finish(&sql, err);
    }
    return sql.status;
}

/* A draft says what is new against the run it was compared with. If another was published since,
 * that is not what people have seen last. */
static hedui_status refuse_superseded(hedui_store *store, int64_t run, hedui_span id,
                                      hedui_arena *arena, hedui_err *err)
{
    int64_t later = HEDUI_SQL_NULL;
    hedui_sql sql = hedui_sql_begin(store, "run_superseded");
    hedui_sql_number(&sql, run);
    hedui_status status = hedui_sql_value(&later, &sql, err);
    if (status || later == HEDUI_SQL_NULL)
        return status;
    hedui_span name = hedui_span_of("");
    hedui_sql ask = hedui_sql_begin(store, "run_name");
    hedui_sql_number(&ask, later);
    if (hedui_sql_row(&ask, err)) {
        name = hedui_sql_get_text(&ask, 0, arena);
        (void)hedui_sql_finish(&ask, err);
    }
    if (ask.status)
        return ask.status;
    return hedui_fail(err, HEDUI_E5019, hedui_place_none(), HEDUI_ARG_SPAN(id),
                      HEDUI_ARG_SPAN(name));
}

typedef struct change {
    const char *event; /**< also the new state */
    hedui_span id, person, reason;
    int64_t at;
    int release;
} change;

static hedui_status record(hedui_store *store, int64_t run, const change *c, hedui_err *err)
{
    hedui_sql event = hedui_sql_begin(store, "run_event_insert");
    hedui_sql_number(&event, run);
    hedui_sql_code(&event, c->event);
    hedui_sql_text(&event, c->person);
    hedui_sql_text(&event, c->reason);
    hedui_sql_number(&event, c->at);
    hedui_status status = hedui_sql_run(&event, err);
    if (status)
        return status;
    hedui_sql state = hedui_sql_begin(store, "run_set_state");
    hedui_sql_number(&state, run);
    hedui_sql_code(&state, c->event);
    return hedui_sql_run(&state, err);
}

static hedui_status apply(hedui_store *store, const change *c, hedui_arena *arena, hedui_err *err)
{
    int64_t run = 0;
    hedui_span state = hedui_span_of("");
    hedui_status status = hedui_store_run_number(&run, store, c->id, err);
    if (!status)
        status = state_of(&state, store, run, arena, err);
    if (status)
        return status;
    int listed = hedui_span_is(state, "listed");
    if (listed && c->release)
        return hedui_fail(err, HEDUI_E5030, hedui_place_none(), HEDUI_ARG_SPAN(c->id));
    int may = listed || hedui_span_is(state, "draft") ||
              (!c->release && hedui_span_is(state, "published"));
    if (!may)
        return hedui_fail(err, hedui_span_is(state, "published") ? HEDUI_E5027 : HEDUI_E5018,
                          hedui_place_none(), HEDUI_ARG_SPAN(c->id));
    if (c->release)
        status = refuse_superseded(store, run, c->id, arena, err);
    return status ? status : record(store, run, c, err);
}

static hedui_status change_state(hedui_store *store, const change *c, hedui_err *err)
{
    if (!c->id.length)
        return hedui_fail(err, HEDUI_E5014, hedui_place_none(), HEDUI_ARG_SPAN(c->id));
    hedui_status status = hedui_store_word_check(c->person, c->reason, err);
    if (status)
        return status;
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena)
        return hedui_fail_memory(err);
    int was_locked = store->lock >= 0;
    status = hedui_store_lock(store, err); /* not while a run picks its base */
    if (!status)
        status = hedui_sql_transaction(store, err);
    if (!status) {
        status = apply(store, c, arena, err);
        if (!status)
            status = hedui_sql_commit(store, err);
        if (status)
            hedui_sql_rollback(store);
    }
    if (!was_locked)
        hedui_store_unlock(store);
    hedui_arena_close(arena);
    return status;
}

hedui_status hedui_store_run_publish(hedui_store *store, hedui_span id, hedui_span person,
                                     hedui_span reason, int64_t at, hedui_err *err)
{
    const change c = {"published", id, person, reason, at, 1};
    return change_state(store, &c, err);
}

hedui_status hedui_store_run_withdraw(hedui_store *store, hedui_span id, hedui_span person,
                                      hedui_span reason, int64_t at, hedui_err *err)
{
    const change c = {"withdrawn", id, person, reason, at, 0};
    return change_state(store, &c, err);
}
