/* Query lists in the store: who was asked about as stand-ins, who was not by name and reason. */
#include "store/query_lists.h"

#include "store/list.h"
#include "store/sql.h"

#include <hedui/date.h>

enum { MOST_A_DAY = 9999 };

hedui_status hedui_store_query_next(int *sequence, hedui_store *store, int32_t day, hedui_err *err)
{
    int64_t next = 0;
    hedui_sql sql = hedui_sql_begin(store, "query_next_sequence");
    hedui_sql_number(&sql, day);
    hedui_status status = hedui_sql_value(&next, &sql, err);
    if (status)
        return status;
    if (next > MOST_A_DAY) {
        char text[HEDUI_DATE_TEXT];
        hedui_date_print(text, day);
        return hedui_fail(err, HEDUI_E5029, hedui_place_none(), HEDUI_ARG_TEXT(text));
    }
    *sequence = (int)next;
    return HEDUI_OK;
}

static hedui_status insert_head(int64_t *number, hedui_store *store, const hedui_query_record *r,
                                hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "query_insert");
    hedui_sql_text(&sql, r->id);
    hedui_sql_text(&sql, r->feed);
    hedui_sql_text(&sql, r->title);
    hedui_sql_number(&sql, r->day);
    hedui_sql_number(&sql, r->sequence);
    hedui_sql_number(&sql, r->answer_by == INT32_MAX ? HEDUI_SQL_NULL : r->answer_by);
    hedui_sql_text(&sql, r->person);
    hedui_sql_number(&sql, r->at);
    hedui_sql_digest(&sql, &r->households);
    hedui_sql_digest(&sql, &r->members);
    hedui_sql_text(&sql, r->file);
    hedui_sql_digest(&sql, &r->content);
    hedui_sql_number(&sql, r->asked_count);
    hedui_sql_number(&sql, r->entries);
    hedui_sql_number(&sql, r->omitted_count);
    hedui_sql_number(&sql, r->unreadable);
    return hedui_sql_value(number, &sql, err);
}

static hedui_status insert_people(hedui_store *store, int64_t number, const hedui_query_record *r,
                                  hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < r->asked_count && !status; i++) {
        char token[HEDUI_CITIZEN_ID_TOKEN];
        status = hedui_citizen_id_token(token, r->asked[i], err);
        if (status)
            return status;
        hedui_sql sql = hedui_sql_begin(store, "query_person_insert");
        hedui_sql_number(&sql, number);
        hedui_sql_code(&sql, token);
        status = hedui_sql_run(&sql, err);
    }
    for (uint32_t i = 0; i < r->omitted_count && !status; i++) {
        char masked[HEDUI_CITIZEN_ID_TEXT];
        hedui_citizen_id_mask(masked, r->omitted[i].id);
        hedui_sql sql = hedui_sql_begin(store, "query_omitted_insert");
        hedui_sql_number(&sql, number);
        hedui_sql_number(&sql, i);
        hedui_sql_text(&sql, r->omitted[i].household);
        hedui_sql_text(&sql, r->omitted[i].name);
        hedui_sql_code(&sql, masked);
        hedui_sql_code(&sql, r->omitted[i].reason);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

hedui_status hedui_store_query_write(hedui_store *store, const hedui_query_record *record,
                                     hedui_err *err)
{
    int64_t number = 0;
    int was_locked = store->lock >= 0;
    hedui_status status = hedui_store_lock(store, err);
    if (!status)
        status = hedui_sql_transaction(store, err);
    if (!status) {
        status = insert_head(&number, store, record, err);
        if (!status)
            status = insert_people(store, number, record, err);
        if (!status)
            status = hedui_sql_commit(store, err);
        if (status)
            hedui_sql_rollback(store);
    }
    if (!was_locked)
        hedui_store_unlock(store);
    return status;
}

hedui_status hedui_store_query_remove(hedui_store *store, hedui_span id, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "query_delete");
    hedui_sql_text(&sql, id);
    return hedui_sql_run(&sql, err);
}

static hedui_status number_of(int64_t *number, hedui_store *store, hedui_span id, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "query_number");
    hedui_sql_text(&sql, id);
    return hedui_sql_value(number, &sql, err);
}

static hedui_status existing(int64_t *number, hedui_store *store, hedui_span id, hedui_err *err)
{
    hedui_status status = number_of(number, store, id, err);
    if (!status && *number == HEDUI_SQL_NULL)
        status = hedui_fail(err, HEDUI_E5028, hedui_place_none(), HEDUI_ARG_SPAN(id));
    return status;
}

static int32_t answer_by(int64_t number)
{
    return number == HEDUI_SQL_NULL ? INT32_MAX : (int32_t)number;
}

static void read_token(void *item, hedui_sql *sql, hedui_arena *arena)
{
    (void)arena;
    *(uint64_t *)item = hedui_sql_get_token(sql, 0);
}

hedui_status hedui_store_query_load(hedui_query *query, int *found, hedui_store *store,
                                    hedui_span id, hedui_arena *arena, hedui_err *err)
{
    int64_t number = HEDUI_SQL_NULL;
    hedui_query made = {.number = hedui_arena_copy(arena, id)};
    hedui_status status = made.number.at ? HEDUI_OK : hedui_fail_memory(err);
    if (!status)
        status = number_of(&number, store, id, err);
    if (status)
        return status;
    *found = number != HEDUI_SQL_NULL;
    if (!*found)
        return HEDUI_OK;
    hedui_sql head = hedui_sql_begin(store, "query_head");
    hedui_sql_number(&head, number);
    if (hedui_sql_row(&head, err)) {
        made.feed = hedui_sql_get_text(&head, 0, arena);
        made.day = (int32_t)hedui_sql_get_number(&head, 1);
        made.answer_by = answer_by(hedui_sql_get_number(&head, 2));
        (void)hedui_sql_finish(&head, err);
    }
    const void *items = NULL;
    size_t count = 0;
    hedui_sql tokens = hedui_sql_begin(store, "query_tokens");
    hedui_sql_number(&tokens, number);
    status = head.status;
    if (!status)
        status =
            hedui_store_read(&items, &count, &tokens, sizeof(uint64_t), read_token, arena, err);
    if (status)
        return status;
    made.asked = items;
    made.asked_count = (uint32_t)count;
    *query = made;
    return HEDUI_OK;
}

static void read_query(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_query *q = item;
    q->id = hedui_sql_get_text(sql, 0, arena);
    q->feed = hedui_sql_get_text(sql, 1, arena);
    q->title = hedui_sql_get_text(sql, 2, arena);
    q->day = (int32_t)hedui_sql_get_number(sql, 3);
    q->answer_by = answer_by(hedui_sql_get_number(sql, 4));
    q->person = hedui_sql_get_text(sql, 5, arena);
    q->at = hedui_sql_get_number(sql, 6);
    q->file = hedui_sql_get_text(sql, 7, arena);
    q->asked = hedui_sql_get_number(sql, 8);
    q->entries = hedui_sql_get_number(sql, 9);
    q->omitted = hedui_sql_get_number(sql, 10);
    q->unreadable = hedui_sql_get_number(sql, 11);
    q->run = hedui_sql_get_text(sql, 12, arena);
    q->answer = hedui_sql_get_text(sql, 13, arena);
    q->records = hedui_sql_get_number(sql, 14);
    q->answered = hedui_sql_get_number(sql, 15);
    q->unasked = hedui_sql_get_number(sql, 16);
}

static hedui_status list(const hedui_store_query **queries, size_t *count, hedui_store *store,
                         hedui_span id, hedui_span feed, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "query_list");
    hedui_sql_text(&sql, id);
    hedui_sql_text(&sql, feed);
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **queries, read_query, arena, err);
    if (!status)
        *queries = items;
    return status;
}

hedui_status hedui_store_query_list(const hedui_store_query **queries, size_t *count,
                                    hedui_store *store, hedui_span feed, hedui_arena *arena,
                                    hedui_err *err)
{
    return list(queries, count, store, hedui_span_of(""), feed, arena, err);
}

hedui_status hedui_store_query_find(const hedui_store_query **query, hedui_store *store,
                                    hedui_span id, hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    size_t count = 0;
    hedui_status status = existing(&number, store, id, err);
    return status ? status : list(query, &count, store, id, hedui_span_of(""), arena, err);
}

static void read_omitted(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_omitted *omitted = item;
    omitted->household = hedui_sql_get_text(sql, 0, arena);
    omitted->name = hedui_sql_get_text(sql, 1, arena);
    omitted->person_masked = hedui_sql_get_text(sql, 2, arena);
    omitted->reason = hedui_sql_get_text(sql, 3, arena);
}

hedui_status hedui_store_omitted_list(const hedui_store_omitted **omitted, size_t *count,
                                      hedui_store *store, hedui_span id, hedui_arena *arena,
                                      hedui_err *err)
{
    int64_t number = 0;
    const void *items = NULL;
    hedui_status status = existing(&number, store, id, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "query_omitted_list");
    hedui_sql_number(&sql, number);
    status = hedui_store_read(&items, count, &sql, sizeof **omitted, read_omitted, arena, err);
    if (!status)
        *omitted = items;
    return status;
}

static void read_count(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_omitted_count *count = item;
    count->reason = hedui_sql_get_text(sql, 0, arena);
    count->count = hedui_sql_get_number(sql, 1);
}

hedui_status hedui_store_omitted_counts(const hedui_store_omitted_count **counts, size_t *count,
                                        hedui_store *store, hedui_span id, hedui_arena *arena,
                                        hedui_err *err)
{
    int64_t number = 0;
    const void *items = NULL;
    hedui_status status = existing(&number, store, id, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "query_omitted_counts");
    hedui_sql_number(&sql, number);
    status = hedui_store_read(&items, count, &sql, sizeof **counts, read_count, arena, err);
    if (!status)
        *counts = items;
    return status;
}
