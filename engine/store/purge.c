/* Purging: the kept run takes over what still holds, so that it can stand without those before. */
#include "store/list.h"

#include <hedui/store_purge.h>

static void read_name(void *item, hedui_sql *sql, hedui_arena *arena)
{
    *(hedui_span *)item = hedui_sql_get_text(sql, 0, arena);
}

static hedui_status step(hedui_store *store, const char *name, int64_t run, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, name);
    if (sql.statement && sqlite3_bind_parameter_count(sql.statement) > 0)
        hedui_sql_number(&sql, run);
    return hedui_sql_run(&sql, err);
}

static hedui_status steps(hedui_store *store, const char *const *names, int64_t run, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (; !status && *names; names++)
        status = step(store, *names, run, err);
    return status;
}

/* Inside a transaction. */
static hedui_status fold_and_delete(hedui_store *store, int64_t keep, hedui_err *err)
{
    static const char *const folds[] = {"purge_fold_flags", "purge_fold_households",
                                        "purge_fold_searched", "purge_fold_causes", NULL};
    static const char *const deletes[] = {"purge_flag_events",
                                          "purge_overridden",
                                          "purge_household_versions",
                                          "purge_searched",
                                          "purge_cause_events",
                                          "purge_versions",
                                          "purge_flags",
                                          "purge_causes",
                                          "purge_households",
                                          "purge_deliveries",
                                          "purge_rejects",
                                          "purge_queries",
                                          "purge_query_people",
                                          "purge_query_omitted",
                                          "purge_runs",
                                          NULL};
    int64_t base = HEDUI_SQL_NULL, purged = 0;
    hedui_sql sql = hedui_sql_begin(store, "run_base");
    hedui_sql_number(&sql, keep);
    hedui_status status = hedui_sql_value(&base, &sql, err);
    if (!status && base != HEDUI_SQL_NULL) {
        sql = hedui_sql_begin(store, "run_purged");
        hedui_sql_number(&sql, base);
        status = hedui_sql_value(&purged, &sql, err);
    }
    if (!status && base != HEDUI_SQL_NULL && !purged) {
        status = hedui_store_stand(store, base, err);
        if (!status)
            status = steps(store, folds, keep, err);
    }
    return status ? status : steps(store, deletes, keep, err);
}

static hedui_status check_kept(int64_t *number, hedui_store *store, hedui_span keep,
                               hedui_arena *arena, hedui_err *err)
{
    int published = 0;
    hedui_status status = hedui_store_run_number(number, store, keep, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "run_state");
    hedui_sql_number(&sql, *number);
    if (hedui_sql_row(&sql, err)) {
        published = hedui_span_is(hedui_sql_get_text(&sql, 0, arena), "published");
        hedui_sql_end(&sql);
    }
    if (!sql.status && !published)
        return hedui_fail(err, HEDUI_E5026, hedui_place_none(), HEDUI_ARG_SPAN(keep));
    return sql.status;
}

static hedui_status purge(const void **runs, size_t *count, hedui_store *store, hedui_span keep,
                          int dry, hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_sql_transaction(store, err);
    if (!status)
        status = check_kept(&number, store, keep, arena, err);
    if (!status)
        status = hedui_sql_script(store, "purge_clear", err);
    if (!status)
        status = step(store, "purge_mark", number, err);
    if (!status) {
        hedui_sql list = hedui_sql_begin(store, "purge_list");
        status = hedui_store_read(runs, count, &list, sizeof(hedui_span), read_name, arena, err);
    }
    if (!status && !dry && *count)
        status = fold_and_delete(store, number, err);
    if (!status)
        status = hedui_sql_commit(store, err);
    if (status)
        hedui_sql_rollback(store);
    store->chain = 0;
    return status;
}

hedui_status hedui_store_purge(const hedui_span **runs, size_t *count, hedui_store *store,
                               hedui_span keep, int dry, hedui_arena *arena, hedui_err *err)
{
    const void *names = NULL;
    size_t found = 0;
    int was_locked = store->lock >= 0;
    if (!keep.length)
        return hedui_fail(err, HEDUI_E5014, hedui_place_none(), HEDUI_ARG_SPAN(keep));
    hedui_status status = hedui_store_lock(store, err);
    if (status)
        return status;
    status = purge(&names, &found, store, keep, dry, arena, err);
    if (!status && !dry)
        status = hedui_sql_script(store, "purge_settle", err);
    if (!was_locked)
        hedui_store_unlock(store);
    if (status)
        return status;
    *runs = names;
    *count = found;
    return HEDUI_OK;
}
