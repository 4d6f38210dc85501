/* Writing a run: in short transactions under a run in state 'building', which no query shows; the
 * last update makes it visible. Whatever happens before, the flags that people see are untouched.
 */
#include "store/codes.h"
#include "store/writing.h"

#include <hedui/date.h>

#include <stdio.h>

enum { DEFAULT_CHUNK = 16384 };

uint32_t hedui_store_write_chunk(const hedui_store_writing *w)
{
    return w->options->chunk ? w->options->chunk : DEFAULT_CHUNK;
}

hedui_status hedui_store_write_breathe(hedui_store_writing *w, uint32_t count, hedui_err *err)
{
    w->in_chunk += count;
    if (w->in_chunk < hedui_store_write_chunk(w))
        return HEDUI_OK;
    w->in_chunk = 0;
    hedui_status status = hedui_sql_commit(w->store, err);
    if (!status && w->options->stop && w->options->stop(w->options->context))
        status = hedui_fail_plain(err, HEDUI_E5023, hedui_place_none());
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

hedui_status hedui_store_write_last(int64_t *last, hedui_store_writing *w, const char *name,
                                    hedui_err *err)
{
    return value_of(last, w->store, name, HEDUI_SQL_NULL, err);
}

static void bind_counts(hedui_sql *sql, const hedui_run_result *r)
{
    int64_t states[4] = {0}, severities[3] = {0}, flags = 0;
    for (uint32_t i = 0; i < r->household_count; i++)
        states[r->households[i].state]++;
    for (uint32_t i = 0; i < r->flag_count; i++) {
        if (r->flags[i].effect == HEDUI_RUN_INFORM)
            continue; /* a tag is no flag */
        flags++;
        severities[r->rules[r->flags[i].rule].severity]++;
    }
    hedui_sql_number(sql, r->persons);
    hedui_sql_number(sql, r->persons_matched);
    hedui_sql_number(sql, r->persons_authorised);
    for (int i = 0; i < 4; i++)
        hedui_sql_number(sql, r->rows_matched[i]);
    hedui_sql_number(sql, r->household_count);
    for (int i = 0; i < 4; i++)
        hedui_sql_number(sql, states[i]);
    hedui_sql_number(sql, flags);
    for (int i = 0; i < 3; i++)
        hedui_sql_number(sql, severities[i]);
}

static hedui_status insert_run(char id[HEDUI_STORE_RUN_ID], hedui_store_writing *w, hedui_err *err)
{
    const hedui_run_result *r = w->result;
    int64_t sequence = 0;
    int year, month, day;
    hedui_status status = value_of(&sequence, w->store, "next_sequence", r->as_of, err);
    if (status)
        return status;
    hedui_date_to_civil(&year, &month, &day, r->as_of);
    (void)snprintf(id, HEDUI_STORE_RUN_ID, "R%04d%02d%02d-%02d", year, month, day, (int)sequence);
    hedui_sql sql = hedui_sql_begin(w->store, "run_insert");
    hedui_sql_code(&sql, id);
    hedui_sql_number(&sql, r->as_of);
    hedui_sql_number(&sql, sequence);
    hedui_sql_number(&sql, w->base);
    hedui_sql_number(&sql, w->receipt);
    hedui_sql_text(&sql, r->unit);
    hedui_sql_text(&sql, w->options->engine);
    hedui_sql_digest(&sql, &r->digest);
    hedui_sql_number(&sql, w->options->started);
    hedui_sql_number(&sql, w->options->finished);
    bind_counts(&sql, r);
    hedui_sql_number(&sql, r->listed != 0);
    hedui_sql_number(&sql, w->options->visit_within ? r->as_of + w->options->visit_within
                                                    : HEDUI_SQL_NULL);
    return hedui_sql_value(&w->run, &sql, err);
}

static hedui_status insert_inputs(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < w->result->input_count; i++) {
        const hedui_run_input *input = &w->result->inputs[i];
        hedui_sql sql = hedui_sql_begin(w->store, "input_insert");
        hedui_sql_number(&sql, w->run);
        hedui_sql_number(&sql, i);
        hedui_sql_text(&sql, input->kind);
        hedui_sql_text(&sql, input->name);
        hedui_sql_digest(&sql, &input->digest);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

/* What each source is, once for all deliveries of its chain. */
static hedui_status insert_sources(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < w->result->delivery_count; i++) {
        const hedui_run_delivery *d = &w->result->deliveries[i];
        hedui_sql sql = hedui_sql_begin(w->store, "source_insert");
        hedui_sql_number(&sql, w->run);
        hedui_sql_text(&sql, d->feed);
        hedui_sql_text(&sql, d->part);
        hedui_sql_number(&sql, d->own != 0);
        hedui_sql_code(&sql, d->visit_sheet ? "visit_sheet" : "everywhere");
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

static hedui_status insert_hold(hedui_store_writing *w, int64_t n, hedui_span feed,
                                const hedui_run_remark *remark, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, "hold_insert");
    hedui_sql_number(&sql, w->run);
    hedui_sql_number(&sql, n);
    hedui_sql_text(&sql, feed);
    hedui_sql_number(&sql, remark->number);
    hedui_sql_text(&sql, remark->argument);
    hedui_sql_code(&sql, hedui_store_verdict_code(remark->verdict));
    return hedui_sql_run(&sql, err);
}

/* Why the run is held: each delivery that was, with its remarks, then the run's own reasons. A
 * delivery that was refused without a remark still names itself (number 0). */
static hedui_status insert_holds(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    int64_t n = 0;
    if (!w->result->held && !w->options->hold_count)
        return HEDUI_OK;
    for (uint32_t i = 0; i < w->result->delivery_count; i++) {
        const hedui_run_delivery *d = &w->result->deliveries[i];
        if (d->verdict != HEDUI_RUN_HELD && d->verdict != HEDUI_RUN_REFUSED)
            continue;
        uint32_t told = 0;
        for (uint32_t j = 0; !status && j < d->remark_count; j++) {
            if (d->remarks[j].verdict < HEDUI_RUN_HELD)
                continue;
            status = insert_hold(w, n++, d->feed, &d->remarks[j], err);
            told++;
        }
        const hedui_run_remark none = {0, {"", 0}, d->verdict};
        if (!status && !told)
            status = insert_hold(w, n++, d->feed, &none, err);
    }
    for (uint32_t i = 0; !status && i < w->options->hold_count; i++)
        status = insert_hold(w, n++, hedui_span_of(""), &w->options->holds[i], err);
    return status;
}

static hedui_status digest_rule(hedui_digest *record, hedui_digester *to, const hedui_run_rule *r,
                                hedui_err *err)
{
    const hedui_span texts[] = {r->pack,     r->id,       r->title,      r->basis,
                                r->ask,      r->clears,   r->programmes, r->urban_rurals,
                                r->statuses, r->questions};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hedui_digester_field(to, texts[i]);
    hedui_digester_number(to, r->category);
    hedui_digester_number(to, r->effect);
    hedui_digester_number(to, r->severity);
    hedui_digester_number(to, r->visit_sheet != 0);
    hedui_digester_add(to, r->digest.bytes, sizeof r->digest.bytes);
    return hedui_digester_end(record, to, err);
}

static hedui_status insert_rule(int64_t *number, hedui_store_writing *w, const hedui_run_rule *r,
                                hedui_err *err)
{
    hedui_digest record;
    hedui_status status = digest_rule(&record, w->digester, r, err);
    if (status)
        return status;
    hedui_sql find = hedui_sql_begin(w->store, "rule_find");
    hedui_sql_digest(&find, &record);
    status = hedui_sql_value(number, &find, err);
    if (status || *number != HEDUI_SQL_NULL)
        return status;
    hedui_sql sql = hedui_sql_begin(w->store, "rule_insert");
    hedui_sql_digest(&sql, &record);
    hedui_sql_text(&sql, r->pack);
    hedui_sql_text(&sql, r->id);
    hedui_sql_text(&sql, r->title);
    hedui_sql_text(&sql, r->basis);
    hedui_sql_text(&sql, r->ask);
    hedui_sql_text(&sql, r->clears);
    hedui_sql_number(&sql, r->category);
    hedui_sql_code(&sql, hedui_store_effect_code(r->effect));
    hedui_sql_code(&sql, hedui_store_severity_code(r->severity));
    hedui_sql_code(&sql, r->visit_sheet ? "visit_sheet" : "everywhere");
    hedui_sql_text(&sql, r->programmes);
    hedui_sql_text(&sql, r->urban_rurals);
    hedui_sql_text(&sql, r->statuses);
    hedui_sql_text(&sql, r->questions);
    hedui_sql_digest(&sql, &r->digest);
    return hedui_sql_value(number, &sql, err);
}

static hedui_status insert_rules(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < w->result->rule_count; i++) {
        const hedui_run_rule *rule = &w->result->rules[i];
        int64_t number = 0;
        status = insert_rule(&number, w, rule, err);
        if (status)
            break;
        hedui_sql sql = hedui_sql_begin(w->store, "run_rule_insert");
        hedui_sql_number(&sql, w->run);
        hedui_sql_text(&sql, rule->id);
        hedui_sql_number(&sql, i);
        hedui_sql_number(&sql, number);
        hedui_sql_number(&sql, rule->in_force != 0);
        hedui_sql_text(&sql, rule->standing);
        status = hedui_sql_run(&sql, err);
    }
    for (uint32_t i = 0; !status && i < w->result->gap_count; i++) {
        const hedui_run_gap *gap = &w->result->gaps[i];
        hedui_sql sql = hedui_sql_begin(w->store, "gap_insert");
        hedui_sql_number(&sql, w->run);
        hedui_sql_number(&sql, i);
        hedui_sql_text(&sql, w->result->rules[gap->rule].id);
        hedui_sql_code(&sql, hedui_store_cause_code(gap->reason));
        hedui_sql_text(&sql, gap->source);
        hedui_sql_number(&sql, gap->households);
        hedui_sql_text(&sql, gap->field);
        hedui_sql_text(&sql, gap->field_title);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

static hedui_status close_flags(hedui_store_writing *w, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(w->store, "flags_close");
    hedui_sql_number(&sql, w->run);
    hedui_status status = hedui_sql_run(&sql, err);
    if (!status)
        status = value_of(&w->gone, w->store, "count_gone", w->run, err);
    if (!status)
        status = value_of(&w->not_checked, w->store, "count_not_checked", w->run, err);
    return status;
}

static hedui_status finish(hedui_store_writing *w, hedui_err *err)
{
    int held = w->result->held || w->result->listed || w->options->hold_count;
    hedui_sql sql = hedui_sql_begin(w->store, "run_finish");
    hedui_sql_number(&sql, w->run);
    hedui_sql_code(&sql, held ? "draft" : "published");
    hedui_sql_number(&sql, w->fresh);
    hedui_sql_number(&sql, w->continuing);
    hedui_sql_number(&sql, w->changed);
    hedui_sql_number(&sql, w->not_checked);
    hedui_sql_number(&sql, w->gone);
    return hedui_sql_run(&sql, err);
}

static hedui_status write_run(char id[HEDUI_STORE_RUN_ID], hedui_store_writing *w, hedui_err *err)
{
    static hedui_status (*const steps[])(hedui_store_writing *, hedui_err *) = {
        insert_inputs,
        insert_sources,
        insert_holds,
        insert_rules,
        hedui_store_write_households,
        hedui_store_write_causes,
        hedui_store_write_flags,
        hedui_store_write_pairs,
        close_flags,
        finish,
    };
    hedui_status status = HEDUI_OK;
    w->base = HEDUI_SQL_NULL;
    if (!w->result->listed) /* what is not in a list is neither gone nor absent */
        status = value_of(&w->base, w->store, "latest_published", HEDUI_SQL_NULL, err);
    if (!status)
        status = hedui_store_compare(w, err);
    if (!status)
        status = hedui_sql_transaction(w->store, err);
    if (!status)
        status = insert_run(id, w, err);
    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](w, err);
    if (!status)
        status = hedui_sql_commit(w->store, err);
    if (status)
        hedui_sql_rollback(w->store);
    return status;
}

static hedui_status prepare_writing(hedui_store_writing *w, hedui_err *err)
{
    w->arena = hedui_arena_open(0);
    w->digester = hedui_digester_open();
    return w->arena && w->digester ? HEDUI_OK : hedui_fail_memory(err);
}

hedui_status hedui_store_receive(hedui_store *store, const hedui_run_result *result, hedui_err *err)
{
    static const hedui_store_options none;
    hedui_run_result deliveries = {0};
    deliveries.as_of = result->as_of;
    deliveries.deliveries = result->deliveries;
    deliveries.delivery_count = result->delivery_count;
    hedui_store_writing w = {.store = store, .result = &deliveries, .options = &none};
    hedui_status status = hedui_store_verify(&deliveries, err);
    if (!status)
        status = prepare_writing(&w, err);
    if (!status)
        status = hedui_store_write_deliveries(&w, err);
    hedui_digester_close(w.digester);
    hedui_arena_close(w.arena);
    return status;
}

hedui_status hedui_store_write(char id[HEDUI_STORE_RUN_ID], hedui_store *store,
                               const hedui_run_result *result, const hedui_store_options *options,
                               hedui_err *err)
{
    hedui_store_writing w = {.store = store, .result = result, .options = options};
    char made[HEDUI_STORE_RUN_ID] = "";
    int was_locked = store->lock >= 0;
    hedui_status status = hedui_store_verify(result, err);
    if (!status)
        status = hedui_store_lock(store, err);
    if (status)
        return status;
    store->chain = 0;
    status = prepare_writing(&w, err);
    if (!status)
        status = hedui_store_write_deliveries(&w, err);
    if (!status)
        status = write_run(made, &w, err);
    if (!status)
        memcpy(id, made, sizeof made);
    else
        (void)hedui_store_sweep(store, NULL); /* what stays is swept at the next opening */
    store->chain = 0;
    if (!was_locked)
        hedui_store_unlock(store);
    hedui_digester_close(w.digester);
    hedui_arena_close(w.arena);
    return status;
}
