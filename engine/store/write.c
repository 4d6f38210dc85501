/* Writing a run, part by part: in short transactions under a run in state 'building', which no
 * query shows; the last update makes it visible. Whatever happens before, the flags that people see
 * are untouched. A part ends with its transaction, so that between parts the store may be read and
 * others may write what is no run.
 */
#include "store/codes.h"
#include "store/writing.h"

#include "base/invariant.h"

#include <hedui/date.h>

#include <stdio.h>

enum { DEFAULT_CHUNK = 16384 };

uint32_t hedui_store_write_chunk(const hedui_store_writing *w)
{
    return w->options->chunk ? w->options->chunk : DEFAULT_CHUNK;
}

static hedui_status commit(hedui_store_writing *w, hedui_err *err)
{
    w->in_chunk = 0;
    hedui_status status = hedui_sql_commit(w->store, err);
    if (!status && w->options->stop && w->options->stop(w->options->context))
        status = hedui_fail_plain(err, HEDUI_E5023, hedui_place_none());
    return status;
}

/* What stands in temp.chain may be taken back as well. */
static void roll_back(hedui_store_writing *w)
{
    hedui_sql_rollback(w->store);
    w->store->chain = 0;
}

hedui_status hedui_store_write_breathe(hedui_store_writing *w, uint32_t count, hedui_err *err)
{
    w->in_chunk += count;
    if (w->in_chunk < hedui_store_write_chunk(w))
        return HEDUI_OK;
    hedui_status status = commit(w, err);
    return status ? status : hedui_sql_transaction(w->store, err);
}

static hedui_status value_of(int64_t *value, hedui_store *store, const char *name, int64_t key,
                             hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, name);
    if (key != HEDUI_SQL_NULL)
        hedui_sql_number(&sql, key);
    return hedui_sql_value(value, &sql, err);
}

/* --- beginning -------------------------------------------------------------------------------- */

static hedui_status find_numbers(hedui_store_writing *w, hedui_err *err)
{
    const struct {
        const char *name;
        int64_t *last;
    } asked[] = {{"household_last", &w->last.household},
                 {"flag_last", &w->last.flag},
                 {"flag_version_last", &w->last.version},
                 {"evidence_last", &w->last.evidence},
                 {"cause_last", &w->last.cause}};
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && i < sizeof asked / sizeof *asked; i++)
        status = value_of(asked[i].last, w->store, asked[i].name, HEDUI_SQL_NULL, err);
    return status;
}

/* Counts and digest are not known yet; the last update sets them. */
static hedui_status insert_run(hedui_store_writing *w, hedui_err *err)
{
    const hedui_run_result *r = w->head;
    const hedui_store_options *o = w->options;
    int64_t sequence = 0;
    int year, month, day;
    hedui_status status = value_of(&sequence, w->store, "next_sequence", r->as_of, err);
    if (status)
        return status;
    hedui_date_to_civil(&year, &month, &day, r->as_of);
    (void)snprintf(w->id, sizeof w->id, "R%04d%02d%02d-%02d", year, month, day, (int)sequence);
    hedui_sql sql = hedui_sql_begin(w->store, "run_insert");
    hedui_sql_code(&sql, w->id);
    hedui_sql_number(&sql, r->as_of);
    hedui_sql_number(&sql, sequence);
    hedui_sql_number(&sql, w->base);
    hedui_sql_number(&sql, w->receipt);
    hedui_sql_text(&sql, r->unit);
    hedui_sql_text(&sql, o->engine);
    hedui_sql_number(&sql, o->started);
    hedui_sql_number(&sql, r->listed != 0);
    hedui_sql_number(&sql, o->visit_within ? r->as_of + o->visit_within : HEDUI_SQL_NULL);
    return hedui_sql_value(&w->run, &sql, err);
}

static hedui_status begin_run(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    w->base = HEDUI_SQL_NULL;
    if (!w->head->listed) /* what is not in a list is neither gone nor absent */
        status = value_of(&w->base, w->store, "latest_published", HEDUI_SQL_NULL, err);
    if (!status)
        status = find_numbers(w, err);
    if (!status)
        status = hedui_sql_script(w->store, "base_clear", err);
    if (!status)
        status = hedui_sql_transaction(w->store, err);
    if (!status)
        status = insert_run(w, err);
    if (!status)
        status = hedui_store_write_head(w, err);
    return status ? status : commit(w, err);
}

static hedui_status make(hedui_store_writing **made, hedui_store *store,
                         const hedui_run_result *head, const hedui_store_options *options,
                         hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_store_writing *w = arena ? hedui_arena_take(arena, sizeof *w) : NULL;
    hedui_digester *digester = w ? hedui_digester_open() : NULL;
    if (!digester) {
        hedui_arena_close(arena);
        return hedui_fail_memory(err);
    }
    *w = (hedui_store_writing){
        .store = store, .head = head, .options = options, .arena = arena, .digester = digester};
    hedui_buffer_init(&w->after);
    *made = w;
    return HEDUI_OK;
}

static void give_back(hedui_store_writing *w)
{
    hedui_buffer_free(&w->after);
    hedui_digester_close(w->digester);
    hedui_arena_close(w->arena); /* the writing too */
}

hedui_status hedui_store_write_begin(hedui_store_writing **begun, hedui_store *store,
                                     const hedui_run_result *head,
                                     const hedui_store_options *options, hedui_err *err)
{
    hedui_store_writing *w = NULL;
    hedui_status status = hedui_store_verify_head(head, err);
    if (!status)
        status = make(&w, store, head, options, err);
    if (status)
        return status;
    w->locked = store->lock < 0;
    status = hedui_store_lock(store, err);
    if (status) {
        give_back(w);
        return status;
    }
    store->chain = 0;
    status = hedui_store_write_deliveries(w, err);
    if (!status)
        status = begin_run(w, err);
    if (status)
        hedui_store_write_close(w);
    else
        *begun = w;
    return status;
}

void hedui_store_write_close(hedui_store_writing *w)
{
    if (!w)
        return;
    hedui_store *store = w->store;
    if (!w->ended) {
        roll_back(w);
        (void)hedui_store_sweep(store, NULL); /* what stays is swept at the next opening */
    }
    store->chain = 0;
    if (w->locked)
        hedui_store_unlock(store);
    give_back(w);
}

/* --- parts ------------------------------------------------------------------------------------ */

static hedui_status write_compared(hedui_store_writing *w, hedui_err *err)
{
    static hedui_status (*const steps[])(hedui_store_writing *, hedui_err *) = {
        hedui_store_write_households, hedui_store_write_causes, hedui_store_write_flags,
        hedui_store_write_pairs, commit};
    hedui_status status = hedui_sql_transaction(w->store, err);
    if (!status)
        status = hedui_store_compare(w, err);
    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](w, err);
    if (status)
        roll_back(w);
    return status;
}

static void add_up(hedui_store_writing *w)
{
    const hedui_run_result *r = w->result;
    for (uint32_t i = 0; i < r->household_count; i++)
        w->states[r->households[i].state]++;
    for (uint32_t i = 0; i < r->flag_count; i++) {
        if (r->flags[i].effect == HEDUI_RUN_INFORM)
            continue; /* a tag is no flag */
        w->flags++;
        w->severities[r->rules[r->flags[i].rule].severity]++;
    }
}

/* A part says itself what it found, and the head by what. */
static hedui_run_result under_head(const hedui_store_writing *w, const hedui_run_result *part)
{
    hedui_run_result own = *part;
    own.deliveries = w->head->deliveries;
    own.delivery_count = w->head->delivery_count;
    own.rules = w->head->rules;
    own.rule_count = w->head->rule_count;
    return own;
}

hedui_status hedui_store_write_part(hedui_store_writing *w, const hedui_run_result *part,
                                    hedui_err *err)
{
    const hedui_run_result own = under_head(w, part);
    hedui_arena_mark mark = hedui_arena_here(w->arena);
    HEDUI_INVARIANT(!w->failed && !w->ended);
    w->failed = 1; /* until it has not */
    hedui_status status = hedui_store_verify_part(&own, hedui_buffer_span(&w->after), err);
    if (status || !own.household_count) {
        w->failed = status != HEDUI_OK;
        return status;
    }
    w->result = &own;
    status = write_compared(w, err);
    if (!status) {
        add_up(w);
        hedui_buffer_clear(&w->after);
        hedui_buffer_add(&w->after, own.households[own.household_count - 1].id);
        if (hedui_buffer_failed(&w->after))
            status = hedui_fail_memory(err);
    }
    w->result = NULL;
    hedui_arena_reset(w->arena, mark);
    w->failed = status != HEDUI_OK;
    return status;
}

/* --- ending ----------------------------------------------------------------------------------- */

static hedui_status run_step(hedui_store_writing *w, const char *name, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, name);
    hedui_sql_number(&sql, w->run);
    return hedui_sql_run(&sql, err);
}

/* What the base has and no part had; what the gaps left open is kept as not checked. */
static hedui_status close_base(hedui_store_writing *w, hedui_err *err)
{
    static const char *const steps[] = {"households_absent", "causes_close", "flags_close"};
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++)
        status = run_step(w, steps[i], err);
    if (!status)
        status = value_of(&w->gone, w->store, "count_gone", w->run, err);
    if (!status)
        status = value_of(&w->not_checked, w->store, "count_not_checked", w->run, err);
    return status;
}

static hedui_status finish(hedui_store_writing *w, const hedui_run_result *whole, int held,
                           int64_t finished, hedui_err *err)
{
    int64_t households = 0;
    hedui_sql sql = hedui_sql_begin(w->store, "run_finish");
    for (int i = 0; i < 4; i++)
        households += w->states[i];
    const int64_t told[] = {w->flags,         w->severities[0], w->severities[1],
                            w->severities[2], w->fresh,         w->continuing,
                            w->changed,       w->not_checked,   w->gone};
    hedui_sql_number(&sql, w->run);
    hedui_sql_code(&sql, held ? "draft" : "published");
    hedui_sql_digest(&sql, &whole->digest);
    hedui_sql_number(&sql, finished);
    hedui_sql_number(&sql, whole->persons);
    hedui_sql_number(&sql, whole->persons_matched);
    hedui_sql_number(&sql, whole->persons_authorised);
    for (int i = 0; i < 4; i++)
        hedui_sql_number(&sql, whole->rows_matched[i]);
    hedui_sql_number(&sql, households);
    for (int i = 0; i < 4; i++)
        hedui_sql_number(&sql, w->states[i]);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        hedui_sql_number(&sql, told[i]);
    return hedui_sql_run(&sql, err);
}

static hedui_status end_run(hedui_store_writing *w, const hedui_run_result *whole,
                            const hedui_run_remark *holds, uint32_t hold_count, int64_t finished,
                            hedui_err *err)
{
    int held = whole->held || hold_count;
    hedui_status status = hedui_sql_transaction(w->store, err);
    if (!status)
        status = hedui_store_compare(w, err);
    if (!status && held)
        status = hedui_store_write_holds(w, holds, hold_count, err);
    if (!status)
        status = hedui_store_write_gaps(w, whole, err);
    if (!status)
        status = close_base(w, err);
    if (!status)
        status = finish(w, whole, held || w->head->listed, finished, err);
    if (!status)
        status = hedui_sql_commit(w->store, err); /* done: nobody is asked whether to stop */
    if (status)
        roll_back(w);
    return status;
}

hedui_status hedui_store_write_end(char id[HEDUI_STORE_RUN_ID], hedui_store_writing *w,
                                   const hedui_run_result *whole, const hedui_run_remark *holds,
                                   uint32_t hold_count, int64_t finished, hedui_err *err)
{
    static const hedui_run_result nobody;
    const hedui_run_result behind = under_head(w, &nobody);
    HEDUI_INVARIANT(!w->failed && !w->ended);
    w->failed = 1;
    w->result = &behind;
    hedui_status status = hedui_store_verify_gaps(whole, w->head->rule_count, err);
    if (!status)
        status = end_run(w, whole, holds, hold_count, finished, err);
    w->result = NULL;
    if (status)
        return status;
    w->failed = 0;
    w->ended = 1;
    memcpy(id, w->id, sizeof w->id);
    return HEDUI_OK;
}

/* --- at once ---------------------------------------------------------------------------------- */

hedui_status hedui_store_receive(hedui_store *store, const hedui_run_result *result, hedui_err *err)
{
    static const hedui_store_options none;
    hedui_run_result head = {0};
    hedui_store_writing *w = NULL;
    head.as_of = result->as_of;
    head.deliveries = result->deliveries;
    head.delivery_count = result->delivery_count;
    hedui_status status = hedui_store_verify_head(&head, err);
    if (!status)
        status = make(&w, store, &head, &none, err);
    if (status)
        return status;
    status = hedui_store_write_deliveries(w, err);
    give_back(w);
    return status;
}

hedui_status hedui_store_write(char id[HEDUI_STORE_RUN_ID], hedui_store *store,
                               const hedui_run_result *result, const hedui_store_options *options,
                               hedui_err *err)
{
    hedui_store_writing *w = NULL;
    hedui_status status = hedui_store_verify(result, err); /* all of it, before a row is written */
    if (!status)
        status = hedui_store_write_begin(&w, store, result, options, err);
    if (status)
        return status;
    status = hedui_store_write_part(w, result, err);
    if (!status)
        status = hedui_store_write_end(id, w, result, options->holds, options->hold_count,
                                       options->finished, err);
    hedui_store_write_close(w);
    return status;
}
