/* Decisions of two people: entries are only added. That two people decide is checked here by the
 * names as names are compared, and once more by the database itself. */
#include "store/decisions.h"

#include "store/list.h"
#include "store/word.h"
#include "value/name.h"

#include <hedui/date.h>

#include <stdio.h>

enum { MOST_A_DAY = 9999, MOST_DAYS = 366 };

static const struct {
    char letter; /* of its numbers */
    const char *next, *insert, *event, *standing, *list;
} matters[HEDUI_STORE_MATTERS] = {
    [HEDUI_STORE_OVERRIDE] = {'X', "override_next_sequence", "override_insert",
                              "override_event_insert", "override_standing", "override_list"},
    [HEDUI_STORE_PAIR] = {'P', "pair_next_sequence", "pair_insert", "pair_event_insert",
                          "pair_standing", "pair_list"}};

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

static hedui_status insert_event(hedui_store *store, hedui_store_matter matter, int64_t number,
                                 const char *event, const hedui_store_word *word, hedui_span who,
                                 hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, matters[matter].event);
    hedui_sql_number(&sql, number);
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

static hedui_status check_grounds(const hedui_store_grounds *p, hedui_err *err)
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

/* A proposal being put on record. */
typedef struct proposing {
    hedui_store *store;
    hedui_store_matter matter;
    const hedui_store_grounds *grounds;
    hedui_decision_insert *own;
    const void *proposal;
    hedui_err *err;
} proposing;

static hedui_status insert_proposal(char id[HEDUI_STORE_DECISION_ID], const proposing *p,
                                    hedui_span who)
{
    const hedui_store_grounds *g = p->grounds;
    char text[HEDUI_DATE_TEXT];
    int64_t sequence = 0;
    int year, month, day;
    hedui_sql next = hedui_sql_begin(p->store, matters[p->matter].next);
    hedui_sql_number(&next, g->word.day);
    hedui_status status = hedui_sql_value(&sequence, &next, p->err);
    if (status)
        return status;
    hedui_date_print(text, g->word.day);
    if (sequence > MOST_A_DAY)
        return hedui_fail(p->err, HEDUI_E5049, hedui_place_none(), HEDUI_ARG_TEXT(text));
    hedui_date_to_civil(&year, &month, &day, g->word.day);
    (void)snprintf(id, HEDUI_STORE_DECISION_ID, "%c%04d%02d%02d-%02d", matters[p->matter].letter,
                   year, month, day, (int)sequence);
    hedui_sql sql = hedui_sql_begin(p->store, matters[p->matter].insert);
    hedui_sql_code(&sql, id);
    hedui_sql_number(&sql, g->word.day);
    hedui_sql_number(&sql, sequence);
    hedui_sql_text(&sql, g->household);
    hedui_sql_text(&sql, g->evidence);
    hedui_sql_number(&sql, g->until);
    int64_t number = 0;
    status = p->own(&number, &sql, p->proposal, p->err);
    return status ? status
                  : insert_event(p->store, p->matter, number, "proposed", &g->word, who, p->err);
}

hedui_status hedui_decision_propose(char id[HEDUI_STORE_DECISION_ID], hedui_store *store,
                                    hedui_store_matter matter, const hedui_store_grounds *grounds,
                                    hedui_decision_insert *own, const void *proposal,
                                    hedui_err *err)
{
    const proposing p = {store, matter, grounds, own, proposal, err};
    char made[HEDUI_STORE_DECISION_ID] = "";
    int was_locked = 0;
    hedui_span who = {"", 0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status =
        arena ? check_word(&who, &grounds->word, arena, err) : hedui_fail_memory(err);
    if (!status)
        status = check_grounds(grounds, err);
    if (!status)
        status = begin(&was_locked, store, err);
    if (!status)
        status = end(store, was_locked, insert_proposal(made, &p, who), err);
    if (!status)
        memcpy(id, made, sizeof made);
    hedui_arena_close(arena);
    return status;
}

static hedui_status decide(hedui_store *store, hedui_store_matter matter, hedui_span id,
                           const char *event, const hedui_store_word *word, hedui_span who,
                           hedui_arena *arena, hedui_err *err)
{
    int64_t number = 0;
    hedui_span state = {"", 0}, proposer = {"", 0}, same = {"", 0};
    hedui_sql sql = hedui_sql_begin(store, matters[matter].standing);
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
    return insert_event(store, matter, number, event, word, who, err);
}

hedui_status hedui_store_decide(hedui_store *store, hedui_store_matter matter, hedui_span id,
                                const char *event, const hedui_store_word *word, hedui_err *err)
{
    int was_locked = 0;
    hedui_span who = {"", 0};
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status = arena ? check_word(&who, word, arena, err) : hedui_fail_memory(err);
    if (!status)
        status = begin(&was_locked, store, err);
    if (!status)
        status =
            end(store, was_locked, decide(store, matter, id, event, word, who, arena, err), err);
    hedui_arena_close(arena);
    return status;
}

static void read_decision(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_decision *o = item;
    o->id = hedui_sql_get_text(sql, 0, arena);
    o->household = hedui_sql_get_text(sql, 2, arena);
    o->about = hedui_sql_get_text(sql, 3, arena);
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

hedui_status hedui_store_decision_list(const hedui_store_decision **decisions, size_t *count,
                                       hedui_store *store, hedui_store_matter matter, hedui_span id,
                                       hedui_span household, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    size_t found = 0;
    hedui_sql sql = hedui_sql_begin(store, matters[matter].list);
    hedui_sql_text(&sql, id);
    hedui_sql_text(&sql, household);
    hedui_status status =
        hedui_store_read(&items, &found, &sql, sizeof **decisions, read_decision, arena, err);
    if (!status && id.length && !found)
        status = hedui_fail(err, HEDUI_E5040, hedui_place_none(), HEDUI_ARG_SPAN(id));
    if (status)
        return status;
    *decisions = items;
    *count = found;
    return HEDUI_OK;
}
