/* What stands over a run: what it was judged by, why it is held back, what it could not ask. */
#include "store/codes.h"
#include "store/writing.h"

static hedui_status insert_inputs(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < w->head->input_count; i++) {
        const hedui_run_input *input = &w->head->inputs[i];
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
    for (uint32_t i = 0; !status && i < w->head->delivery_count; i++) {
        const hedui_run_delivery *d = &w->head->deliveries[i];
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
    for (uint32_t i = 0; !status && i < w->head->rule_count; i++) {
        const hedui_run_rule *rule = &w->head->rules[i];
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
    return status;
}

hedui_status hedui_store_write_head(hedui_store_writing *w, hedui_err *err)
{
    hedui_status status = insert_inputs(w, err);
    if (!status)
        status = insert_sources(w, err);
    return status ? status : insert_rules(w, err);
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
hedui_status hedui_store_write_holds(hedui_store_writing *w, const hedui_run_remark *holds,
                                     uint32_t count, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    int64_t n = 0;
    for (uint32_t i = 0; i < w->head->delivery_count; i++) {
        const hedui_run_delivery *d = &w->head->deliveries[i];
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
    for (uint32_t i = 0; !status && i < count; i++)
        status = insert_hold(w, n++, hedui_span_of(""), &holds[i], err);
    return status;
}

hedui_status hedui_store_write_gaps(hedui_store_writing *w, const hedui_run_result *whole,
                                    hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < whole->gap_count; i++) {
        const hedui_run_gap *gap = &whole->gaps[i];
        hedui_sql sql = hedui_sql_begin(w->store, "gap_insert");
        hedui_sql_number(&sql, w->run);
        hedui_sql_number(&sql, i);
        hedui_sql_text(&sql, w->head->rules[gap->rule].id);
        hedui_sql_code(&sql, hedui_store_cause_code(gap->reason));
        hedui_sql_text(&sql, gap->source);
        hedui_sql_number(&sql, gap->households);
        hedui_sql_text(&sql, gap->field);
        hedui_sql_text(&sql, gap->field_title);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}
