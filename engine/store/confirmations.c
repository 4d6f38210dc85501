/* Confirmations of documents: entries are only added. */
#include <hedui/store_confirmation.h>

#include "store/list.h"
#include "store/sql.h"
#include "store/word.h"

static hedui_status insert(hedui_store *store, const hedui_store_confirmation *e,
                           const hedui_store_said *said, size_t said_count, hedui_err *err)
{
    int64_t number = 0;
    hedui_sql sql = hedui_sql_begin(store, "confirmation_insert");
    hedui_sql_text(&sql, e->event);
    hedui_sql_text(&sql, e->pack);
    hedui_sql_text(&sql, e->document);
    hedui_sql_text(&sql, e->title);
    hedui_sql_text(&sql, e->person);
    hedui_sql_text(&sql, e->reason);
    hedui_sql_number(&sql, e->day);
    hedui_sql_number(&sql, e->at);
    hedui_status status = hedui_sql_value(&number, &sql, err);
    for (size_t i = 0; i < said_count && !status; i++) {
        hedui_sql rule = hedui_sql_begin(store, "confirmation_rule_insert");
        hedui_sql_number(&rule, number);
        hedui_sql_text(&rule, said[i].rule);
        hedui_sql_digest(&rule, &said[i].said);
        status = hedui_sql_run(&rule, err);
    }
    return status;
}

hedui_status hedui_store_confirm(hedui_store *store, const hedui_store_confirmation *entry,
                                 const hedui_store_said *said, size_t said_count, hedui_err *err)
{
    int was_locked = store->lock >= 0;
    hedui_status status = hedui_store_word_check(entry->person, entry->reason, err);
    if (status)
        return status;
    status = hedui_store_lock(store, err); /* not while a run reads what holds */
    if (!status)
        status = hedui_sql_transaction(store, err);
    if (!status) {
        status = insert(store, entry, said, said_count, err);
        if (!status)
            status = hedui_sql_commit(store, err);
        if (status)
            hedui_sql_rollback(store);
    }
    if (!was_locked)
        hedui_store_unlock(store);
    return status;
}

static void read_entry(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_confirmation *e = item;
    hedui_span *const texts[] = {&e->event, &e->pack,   &e->document,
                                 &e->title, &e->person, &e->reason};
    for (int i = 0; i < 6; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    e->day = (int32_t)hedui_sql_get_number(sql, 6);
    e->at = hedui_sql_get_number(sql, 7);
    e->rules = hedui_sql_get_number(sql, 8);
}

hedui_status hedui_store_confirmation_list(const hedui_store_confirmation **entries, size_t *count,
                                           hedui_store *store, hedui_span pack, hedui_span document,
                                           hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "confirmation_list");
    hedui_sql_text(&sql, pack);
    hedui_sql_text(&sql, document);
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **entries, read_entry, arena, err);
    if (!status)
        *entries = items;
    return status;
}

static void read_confirmed(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_confirmed *c = item;
    c->pack = hedui_sql_get_text(sql, 0, arena);
    c->document = hedui_sql_get_text(sql, 1, arena);
    c->rule = hedui_sql_get_text(sql, 2, arena);
    c->said = hedui_sql_get_digest(sql, 3);
    c->person = hedui_sql_get_text(sql, 4, arena);
    c->day = (int32_t)hedui_sql_get_number(sql, 5);
}

hedui_status hedui_store_confirmed_list(const hedui_store_confirmed **confirmed, size_t *count,
                                        hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "confirmed_list");
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **confirmed, read_confirmed, arena, err);
    if (!status)
        *confirmed = items;
    return status;
}
