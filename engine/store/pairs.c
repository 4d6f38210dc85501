/* Pairs: what of them is their own, see decisions.c. The person is known by a token, the row by
 * digests: what it says stands apart, so that a purge can take it. */
#include "store/pairs.h"

#include "store/decisions.h"
#include "store/list.h"
#include "store/writing.h"

#include <hedui/citizen_id.h>

#include <stdio.h>

static hedui_status insert(int64_t *number, hedui_sql *sql, const void *proposal, hedui_err *err)
{
    const hedui_store_pairing *p = proposal;
    char token[HEDUI_CITIZEN_ID_TOKEN];
    (void)snprintf(token, sizeof token, "%016llx", (unsigned long long)p->person);
    hedui_sql_code(sql, token);
    hedui_sql_text(sql, p->feed);
    hedui_sql_digest(sql, &p->key);
    hedui_sql_digest(sql, &p->content);
    hedui_status status = hedui_sql_value(number, sql, err);
    if (status)
        return status;
    hedui_sql row = hedui_sql_begin(sql->store, "pair_row_insert");
    hedui_sql_number(&row, *number);
    hedui_sql_text(&row, p->says);
    return hedui_sql_run(&row, err);
}

hedui_status hedui_store_pair_propose(char id[HEDUI_STORE_DECISION_ID], hedui_store *store,
                                      const hedui_store_pairing *proposal, hedui_err *err)
{
    return hedui_decision_propose(id, store, HEDUI_STORE_PAIR, &proposal->grounds, insert, proposal,
                                  err);
}

static void read_prior(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_pair *p = item;
    p->id = hedui_sql_get_text(sql, 0, arena);
    p->person = hedui_sql_get_token(sql, 1);
    p->feed = hedui_sql_get_text(sql, 2, arena);
    p->key = hedui_sql_get_digest(sql, 3);
    p->content = hedui_sql_get_digest(sql, 4);
    p->until = (int32_t)hedui_sql_get_number(sql, 5);
    p->revoked = (int)hedui_sql_get_number(sql, 6);
}

hedui_status hedui_store_pair_prior(const hedui_pair **pairs, size_t *count, hedui_store *store,
                                    hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "pair_prior");
    hedui_status status =
        hedui_store_read(&items, count, &sql, sizeof **pairs, read_prior, arena, err);
    if (!status)
        *pairs = items;
    return status;
}

/* --- rows of a run ---------------------------------------------------------------------------- */

typedef struct listing {
    const hedui_store_writing *w;
    uint32_t at; /* from one before the first */
} listing;

static int next_met(void *context)
{
    listing *l = context;
    return ++l->at < l->w->result->met_count;
}

static void put_met(sqlite3_context *to, const void *context, int column)
{
    const listing *l = context;
    const hedui_run_met *m = &l->w->result->met[l->at];
    const hedui_span texts[] = {m->person, m->person_masked};
    const int64_t places[] = {l->w->deliveries[m->delivery], m->line, m->offset, m->length};
    if (column < 2)
        hedui_store_rows_number(to,
                                column == 0 ? l->w->met + l->at : l->w->households[m->household]);
    else if (column == 2)
        hedui_store_rows_text(to, m->pair);
    else if (column == 3)
        hedui_store_rows_code(to, hedui_run_met_code(m->state));
    else if (column < 6)
        hedui_store_rows_text(to, texts[column - 4]);
    else
        hedui_store_rows_number(to, places[column - 6]);
}

hedui_status hedui_store_write_pairs(hedui_store_writing *w, hedui_err *err)
{
    listing l = {w, UINT32_MAX};
    const hedui_store_rows rows = {next_met, put_met, &l};
    if (!w->result->met_count)
        return HEDUI_OK;
    hedui_status status = hedui_store_rows_run(w->store, "pair_met_insert", w->run, &rows, err);
    w->met += w->result->met_count;
    return status;
}

static void read_met(void *item, hedui_sql *sql, hedui_arena *arena)
{
    hedui_store_met *m = item;
    hedui_span *const texts[] = {&m->household,  &m->pair,          &m->state,
                                 &m->person,     &m->person_masked, &m->feed,
                                 &m->feed_title, &m->source,        &m->file};
    for (int i = 0; i < 9; i++)
        *texts[i] = hedui_sql_get_text(sql, i, arena);
    m->file_digest = hedui_sql_get_digest(sql, 9);
    m->line = hedui_sql_get_number(sql, 10);
    m->offset = hedui_sql_get_number(sql, 11);
    m->length = hedui_sql_get_number(sql, 12);
    m->proposer = hedui_sql_get_text(sql, 13, arena);
    m->approver = hedui_sql_get_text(sql, 14, arena);
    m->until = (int32_t)hedui_sql_get_number(sql, 15);
    m->rests_on = hedui_sql_get_text(sql, 16, arena);
}

hedui_status hedui_pairs_met(const hedui_store_met **met, size_t *count, hedui_store *store,
                             int64_t run, hedui_span household, hedui_arena *arena, hedui_err *err)
{
    const void *items = NULL;
    hedui_sql sql = hedui_sql_begin(store, "pair_met_list");
    hedui_sql_number(&sql, run);
    hedui_sql_text(&sql, household);
    hedui_status status = hedui_store_read(&items, count, &sql, sizeof **met, read_met, arena, err);
    if (!status)
        *met = items;
    return status;
}

hedui_status hedui_store_met_list(const hedui_store_met **met, size_t *count, hedui_store *store,
                                  hedui_span run, hedui_span household, hedui_arena *arena,
                                  hedui_err *err)
{
    int64_t number = 0;
    hedui_status status = hedui_store_run_number(&number, store, run, err);
    return status ? status : hedui_pairs_met(met, count, store, number, household, arena, err);
}
