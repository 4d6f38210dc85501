/* Purging: the kept run takes over what still holds, so that it can stand without those before. A
 * rehearsal does all of it and takes it back, so that what is listed is what would go. */
#include "store/list.h"
#include "store/word.h"

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
    static const char *const deletes[] = {"purge_decided",
                                          "purge_flag_events",
                                          "purge_overridden",
                                          "purge_pairs_met",
                                          "purge_pair_rows",
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
        (void)hedui_sql_finish(&sql, err);
    }
    if (!sql.status && !published)
        return hedui_fail(err, HEDUI_E5026, hedui_place_none(), HEDUI_ARG_SPAN(keep));
    return sql.status;
}

/* --- the archive ------------------------------------------------------------------------------ */

static void read_archived(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_archived *a = item;
    a->kind = (hedui_archived_kind)hedui_sql_get_number(sql, 0);
    a->digest = hedui_sql_get_digest(sql, 1);
    a->feed = hedui_sql_get_text(sql, 2, arena);
    a->title = hedui_sql_get_text(sql, 3, arena);
    a->file = hedui_sql_get_text(sql, 4, arena);
    a->size = hedui_sql_get_number(sql, 5);
}

static hedui_status list_archived(hedui_archived_list *list, hedui_store *store, const char *name,
                                  int64_t run, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t count = 0;
    hedui_sql sql = hedui_sql_begin(store, name);
    if (sql.statement && sqlite3_bind_parameter_count(sql.statement) > 0)
        hedui_sql_number(&sql, run);
    hedui_status status =
        hedui_store_read(&items, &count, &sql, sizeof(hedui_archived), read_archived, arena, err);
    if (!status)
        *list = (hedui_archived_list){items, count};
    return status;
}

hedui_status hedui_store_archive_stay(hedui_archived_list *stay, hedui_store *store,
                                      hedui_arena *arena, hedui_err *err)
{
    static const char *const names[] = {"archive_stay_deliveries", "archive_stay_listings", NULL};
    hedui_status status = hedui_sql_script(store, "archive_stay_clear", err);
    if (!status)
        status = steps(store, names, 0, err);
    return status ? status : list_archived(stay, store, "archive_stay_list", 0, arena, err);
}

hedui_status hedui_store_archive_left(hedui_archived_list *left, hedui_store *store,
                                      hedui_arena *arena, hedui_err *err)
{
    return list_archived(left, store, "archive_left_list", 0, arena, err);
}

hedui_status hedui_store_archive_cleared(hedui_store *store, hedui_err *err)
{
    return step(store, "archive_left_clear", 0, err);
}

/* --- a purge ---------------------------------------------------------------------------------- */

typedef struct purge {
    hedui_store *store;
    const hedui_store_purging *p;
    hedui_store_purged made;
    int64_t keep;
    hedui_arena *arena;
    hedui_err *err;
} purge;

/* The runs concerned, in temp.purge and as a list. */
static hedui_status mark(purge *m, hedui_span keep)
{
    const void *runs = NULL;
    hedui_status status = check_kept(&m->keep, m->store, keep, m->arena, m->err);
    if (!status)
        status = hedui_sql_script(m->store, "purge_clear", m->err);
    if (!status)
        status = step(m->store, "purge_mark", m->keep, m->err);
    if (!status) {
        hedui_sql list = hedui_sql_begin(m->store, "purge_list");
        status = hedui_store_read(&runs, &m->made.run_count, &list, sizeof(hedui_span), read_name,
                                  m->arena, m->err);
        m->made.runs = runs;
    }
    return status;
}

static hedui_status choose_files(purge *m)
{
    hedui_archived_list stay = {0}, go = {0};
    if (!m->p->files)
        return HEDUI_OK;
    hedui_status status = hedui_store_archive_stay(&stay, m->store, m->arena, m->err);
    if (!status)
        status = list_archived(&go, m->store, "archive_go_list", m->keep, m->arena, m->err);
    return status ? status : m->p->files(&m->made.files, m->p->context, stay, go, m->arena, m->err);
}

static hedui_status record(purge *m)
{
    int64_t event = 0;
    hedui_sql sql = hedui_sql_begin(m->store, "purge_event_insert");
    hedui_sql_number(&sql, m->keep);
    hedui_sql_number(&sql, m->p->before == INT32_MIN ? HEDUI_SQL_NULL : m->p->before);
    hedui_sql_text(&sql, m->p->person);
    hedui_sql_text(&sql, m->p->reason);
    hedui_sql_number(&sql, m->p->day);
    hedui_sql_number(&sql, m->p->at);
    hedui_status status = hedui_sql_value(&event, &sql, m->err);
    if (!status)
        status = step(m->store, "purge_run_insert", event, m->err);
    for (size_t i = 0; i < m->made.files.count && !status; i++) {
        const hedui_archived *file = &m->made.files.items[i];
        sql = hedui_sql_begin(m->store, "purge_file_insert");
        hedui_sql_number(&sql, event);
        hedui_sql_number(&sql, file->kind);
        hedui_sql_digest(&sql, &file->digest);
        status = hedui_sql_run(&sql, m->err);
        if (status)
            break;
        sql = hedui_sql_begin(m->store, "archive_left_insert");
        hedui_sql_number(&sql, file->kind);
        hedui_sql_digest(&sql, &file->digest);
        status = hedui_sql_run(&sql, m->err);
    }
    return status;
}

static hedui_status work(purge *m)
{
    hedui_status status = mark(m, m->p->keep);
    if (!status && m->made.run_count)
        status = fold_and_delete(m->store, m->keep, m->err);
    if (!status)
        status = choose_files(m);
    if (!status && !m->p->dry && (m->made.run_count || m->made.files.count))
        status = record(m);
    return status;
}

hedui_status hedui_store_purge(hedui_store_purged *purged, hedui_store *store,
                               const hedui_store_purging *purging, hedui_arena *arena,
                               hedui_err *err)
{
    purge m = {.store = store, .p = purging, .arena = arena, .err = err};
    int was_locked = store->lock >= 0;
    if (!purging->keep.length)
        return hedui_fail(err, HEDUI_E5014, hedui_place_none(), HEDUI_ARG_SPAN(purging->keep));
    hedui_status status =
        purging->dry ? HEDUI_OK : hedui_store_word_check(purging->person, purging->reason, err);
    if (!status)
        status = hedui_store_lock(store, err);
    if (status)
        return status;
    status = hedui_sql_transaction(store, err);
    if (!status)
        status = work(&m);
    if (!status && !purging->dry)
        status = hedui_sql_commit(store, err);
    if (status || purging->dry)
        hedui_sql_rollback(store);
    store->chain = 0;
    if (!status && !purging->dry)
        status = hedui_sql_script(store, "purge_settle", err);
    if (!was_locked)
        hedui_store_unlock(store);
    if (!status)
        *purged = m.made;
    return status;
}

hedui_status hedui_store_purge_list(const hedui_span **runs, size_t *count, hedui_store *store,
                                    hedui_span keep, hedui_arena *arena, hedui_err *err)
{
    purge m = {.store = store, .arena = arena, .err = err};
    int was_locked = store->lock >= 0;
    hedui_status status = hedui_store_lock(store, err);
    if (status)
        return status;
    status = mark(&m, keep);
    if (!was_locked)
        hedui_store_unlock(store);
    if (status)
        return status;
    *runs = m.made.runs;
    *count = m.made.run_count;
    return HEDUI_OK;
}

/* --- what is on record ------------------------------------------------------------------------ */

static hedui_status read_entry(const hedui_store_purge_entry **entry, hedui_sql *sql,
                               hedui_arena *arena, hedui_err *err)
{
    *entry = NULL;
    if (!hedui_sql_row(sql, err))
        return sql->status;
    hedui_store_purge_entry *made = hedui_arena_take(arena, sizeof *made);
    if (made) {
        made->person = hedui_sql_get_text(sql, 0, arena);
        made->reason = hedui_sql_get_text(sql, 1, arena);
        made->day = (int32_t)hedui_sql_get_number(sql, 2);
    }
    hedui_status status = hedui_sql_finish(sql, err);
    if (!status && !made)
        status = hedui_fail_memory(err);
    *entry = status ? NULL : made;
    return status;
}

hedui_status hedui_store_purge_of_run(const hedui_store_purge_entry **entry, hedui_store *store,
                                      hedui_span run, hedui_arena *arena, hedui_err *err)
{
    const hedui_store_purge_entry *found = NULL;
    hedui_archived_list deliveries = {0};
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "purge_of_run");
    hedui_sql_number(&sql, number);
    status = read_entry(&found, &sql, arena, err);
    if (!status && found)
        status = list_archived(&deliveries, store, "purged_deliveries", number, arena, err);
    if (status)
        return status;
    hedui_store_purge_entry *made = found ? hedui_arena_take(arena, sizeof *made) : NULL;
    if (found && !made)
        return hedui_fail_memory(err);
    if (made) {
        *made = *found;
        made->deliveries = deliveries;
    }
    *entry = made;
    return HEDUI_OK;
}

hedui_status hedui_store_purge_of_file(const hedui_store_purge_entry **entry, hedui_store *store,
                                       const hedui_digest *digest, hedui_arena *arena,
                                       hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "purge_of_file");
    hedui_sql_digest(&sql, digest);
    return read_entry(entry, &sql, arena, err);
}
