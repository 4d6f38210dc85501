/* Overrides: entries are only added. That two people decide is checked here by the names as names
 * are compared, and once more by the database itself. */
#include "store/overrides.h"

#include "store/list.h"
#include "store/sql.h"
#include "store/word.h"
#include "value/name.h"

#include <hedui/date.h>

#include <stdio.h>

enum { MOST_A_DAY = 9999, MOST_DAYS = 366 };

/* The form by which names are compared; empty for a name of blanks alone. */
static hedui_status who_is(hedui_span *who, hedui_span person, hedui_arena *arena, hedui_err *err)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_name_normalise(&text, person);
    *who = hedui_arena_copy(arena, hedui_buffer_span(&text));
    hedui_status status =
        hedui_buffer_failed(&text) || !who->at ? hedui_fail_memory(err) : HEDUI_OK;
    hedui_buffer_free(&text);
    return status;
}

static hedui_status insert_event(hedui_store *store, int64_t override, const char *event,
                                 const hedui_store_word *word, hedui_span who, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "override_event_insert");
    hedui_sql_number(&sql, override);
    hedui_sql_code(&sql, event);
    hedui_sql_text(&sql, word->person);
    hedui_sql_text(&sql, who);
    hedui_sql_text(&sql, word->reason);
    hedui_sql_number(&sql, word->day);
    hedui_sql_number(&sql, word->at);
    return hedui_sql_run(&sql, err);
}

static hedui_status check_word(hedui_span *who, const hedui_store_word *word, hedui_arena *arena,
                               hedui_err *err)
{
    hedui_status status = hedui_store_word_check(word->person, word->reason, err);
    if (!status)
        status = who_is(who, word->person, arena, err);
    if (!status && !who->length)
        status = hedui_fail_plain(err, HEDUI_E5020, hedui_place_none());
    return status;
}

static hedui_status check_proposal(const hedui_store_proposal *p, hedui_err *err)
{
    char day[HEDUI_DATE_TEXT];
    if (!p->evidence.length)
        return hedui_fail_plain(err, HEDUI_E5048, hedui_place_none());
    if (hedui_store_names_number(p->evidence))
        return hedui_fail_plain(err, HEDUI_E5047, hedui_place_none());
    if (p->until >= p->word.day && p->until <= p->word.day + MOST_DAYS)
        return HEDUI_OK;
    hedui_date_print(day, p->until);
    return hedui_fail(err, HEDUI_E5043, hedui_place_none(), HEDUI_ARG_TEXT(day));
}

static hedui_status insert_proposal(char id[HEDUI_STORE_OVERRIDE_ID], hedui_store *store,
                                    const hedui_store_proposal *p, hedui_span who, hedui_err *err)
{
    char text[HEDUI_DATE_TEXT];
    int64_t sequence = 0, number = 0;
    int year, month, day;
    hedui_sql next = hedui_sql_begin(store, "override_next_sequence");
    hedui_sql_number(&next, p->word.day);
    hedui_status status = hedui_sql_value(&sequence, &next, err);
    if (status)
        return status;
    hedui_date_print(text, p->word.day);
    if (sequence > MOST_A_DAY)
        return hedui_fail(err, HEDUI_E5049, hedui_place_none(), HEDUI_ARG_TEXT(text));
    hedui_date_to_civil(&year, &month, &day, p->word.day);
    (void)snprintf(id, HEDUI_STORE_OVERRIDE_ID, "X%04d%02d%02d-%02d", year, month, day,
                   (int)sequence);
    hedui_sql sql = hedui_sql_begin(store, "override_insert");
    hedui_sql_code(&sql, id);
    hedui_sql_number(&sql, p->word.day);
    hedui_sql_number(&sql, sequence);
    hedui_sql_text(&sql, p->household);
    hedui_sql_text(&sql, p->rule);
    hedui_sql_text(&sql, p->subject);
    hedui_sql_digest(&sql, &p->content);
    hedui_sql_text(&sql, p->evidence);
    hedui_sql_number(&sql, p->until);
    status = hedui_sql_value(&number, &sql, err);
    return status ? status : insert_event(store, number, "proposed", &p->word, who, err);
}

/* Begin and end of a change: the lock, and a transaction; a run must not read in between. */
static hedui_status begin(int *was_locked, hedui_store *store, hedui_err *err)
{
    *was_locked = store->lock >= 0;
    hedui_status status = hedui_store_lock(store, err);
    return status ? status : hedui_sql_transaction(store, err);
}

static hedui_status end(hedui_store *store, int was_locked, hedui_status status, hedui_err *err)
{
    if (!status)
        status = hedui_sql_commit(store, err);
    if (status)
        hedui_sql_rollback(store);
    if (!was_locked)
        hedui_store_unlock(store);
    return status;
}

hedui_status hedui_store_override_propose(char id[HEDUI_STORE_OVERRIDE_ID], hedui_store *store,
                                          const hedui_store_proposal *proposal, hedui_err *err)
{
    char made[HEDUI_STORE_OVERRIDE_ID] = "";
    int was_locked = 0;
    hedui_span who = {"", 0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status =
        arena ? check_word(&who, &proposal->word, arena, err) : hedui_fail_memory(err);
    if (!status)
        status = check_proposal(proposal, err);
    if (!status)
        status = begin(&was_locked, store, err);
    if (!status)
        status = end(store, was_locked, insert_proposal(made, store, proposal, who, err), err);
    if (!status)
        memcpy(id, made, sizeof made);
    hedui_arena_close(arena);
    return status;
}

static hedui_status decide(hedui_store *store, hedui_span id, const char *event,
                           const hedui_store_word *word, hedui_span who, hedui_arena *arena,
                           hedui_err *err)
{
    int64_t number = 0;
    hedui_span state = {"", 0}, proposer = {"", 0}, same = {"", 0};
    hedui_sql sql = hedui_sql_begin(store, "override_standing");
    hedui_sql_text(&sql, id);
    if (!hedui_sql_row(&sql, err))
        return sql.status ? sql.status
                          : hedui_fail(err, HEDUI_E5040, hedui_place_none(), HEDUI_ARG_SPAN(id));
    number = hedui_sql_get_number(&sql, 0);
    state = hedui_sql_get_text(&sql, 1, arena);
    proposer = hedui_sql_get_text(&sql, 2, arena);
    same = hedui_sql_get_text(&sql, 3, arena);
    hedui_status status = hedui_sql_finish(&sql, err);
    if (status)
        return status;
    const char *needed = strcmp(event, "revoked") == 0 ? "approved" : "proposed";
    if (!hedui_span_is(state, needed))
        return hedui_fail(err, HEDUI_E5042, hedui_place_none(), HEDUI_ARG_SPAN(id),
                          HEDUI_ARG_SPAN(state));
    if (strcmp(event, "approved") == 0 && hedui_span_equal(who, same))
        return hedui_fail(err, HEDUI_E5041, hedui_place_none(), HEDUI_ARG_SPAN(id),
                          HEDUI_ARG_SPAN(proposer));
    return insert_event(store, number, event, word, who, err);
}

hedui_status hedui_store_override_decide(hedui_store *store, hedui_span id, const char *event,
                                         const hedui_store_word *word, hedui_err *err)
{
    int was_locked = 0;
    hedui_span who = {"", 0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status = arena ? check_word(&who, word, arena, err) : hedui_fail_memory(err);
    if (!status)
        status = begin(&was_locked, store, err);
    if (!status)
        status = end(store, was_locked, decide(store, id, event, word, who, arena, err), err);
    hedui_arena_close(arena);
    return status;
}

static void read_override(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_override *o = item;
    o->id = hedui_sql_get_text(sql, 0, arena);
    o->household = hedui_sql_get_text(sql, 2, arena);
    o->rule = hedui_sql_get_text(sql, 3, arena);
    o->until = (int32_t)hedui_sql_get_number(sql, 4);
    o->evidence = hedui_sql_get_text(sql, 5, arena);
    o->state = hedui_sql_get_text(sql, 6, arena);
    o->proposed =
        (hedui_store_word){hedui_sql_get_text(sql, 7, arena), hedui_sql_get_text(sql, 8, arena),
                           (int32_t)hedui_sql_get_number(sql, 1), HEDUI_SQL_NULL};
    o->approved =
        (hedui_store_word){hedui_sql_get_text(sql, 9, arena), hedui_sql_get_text(sql, 10, arena),
                           (int32_t)hedui_sql_get_number(sql, 11), HEDUI_SQL_NULL};
    o->last =
        (hedui_store_word){hedui_sql_get_text(sql, 12, arena), hedui_sql_get_text(sql, 13, arena),
                           (int32_t)hedui_sql_get_number(sql, 14), HEDUI_SQL_NULL};
    o->message = hedui_sql_get_text(sql, 15, arena);
}

hedui_status hedui_store_override_list(const hedui_store_override **overrides, size_t *count,
                                       hedui_store *store, hedui_span id, hedui_span household,
                                       hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t found = 0;
    hedui_sql sql = hedui_sql_begin(store, "override_list");
    hedui_sql_text(&sql, id);
    hedui_sql_text(&sql, household);
    hedui_status status =
        hedui_store_read(&items, &found, &sql, sizeof **overrides, read_override, arena, err);
    if (!status && id.length && !found)
        status = hedui_fail(err, HEDUI_E5040, hedui_place_none(), HEDUI_ARG_SPAN(id));
    if (status)
        return status;
    *overrides = items;
    *count = found;
    return HEDUI_OK;
}

static void read_prior(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_override *o = item;
    hedui_span *const texts[] = {&o->id, &o->household, &o->rule, &o->subject};
    for (int i = 0; i < 4; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    o->content = hedui_sql_get_digest(sql, 4);
    o->until = (int32_t)hedui_sql_get_number(sql, 5);
    o->revoked = (int)hedui_sql_get_number(sql, 6);
}

hedui_status hedui_store_override_prior(const hedui_override **overrides, size_t *count,
                                        hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "override_prior");
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **overrides, read_prior, arena, err);
    if (!status)
        *overrides = items;
    return status;
}

static void read_stood(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_stood *o = item;
    hedui_span *const texts[] = {&o->override, &o->household, &o->rule,
                                 &o->title,    &o->proposer,  &o->approver};
    for (int i = 0; i < 6; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    o->until = (int32_t)hedui_sql_get_number(sql, 6);
}

hedui_status hedui_store_stood_list(const hedui_store_stood **stood, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err)
{
    const void *items = NULL;
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    if (status)
        return status;
    hedui_sql sql = hedui_sql_begin(store, "stood_list");
    hedui_sql_number(&sql, number);
    status = hedui_store_read(&items, count, &sql, sizeof **stood, read_stood, arena, err);
    if (!status)
        *stood = items;
    return status;
}
