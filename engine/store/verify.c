/* A result is believed only after its own sums and orders have been checked. */
#include "store/writing.h"

#include <hedui/buffer.h>
#include <hedui/table.h>

static hedui_status unbalanced(hedui_err *err, hedui_span feed, const char *what, int64_t a,
                               int64_t b)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "%s %lld != %lld", what, (long long)a, (long long)b);
    hedui_status status = hedui_fail(err, HEDUI_E5012, hedui_place_none(), HEDUI_ARG_SPAN(feed),
                                     HEDUI_ARG_SPAN(hedui_buffer_span(&text)));
    hedui_buffer_free(&text);
    return status;
}

static hedui_status contradicts(hedui_err *err, const char *what, uint32_t index)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "%s[%u]", what, index);
    hedui_status status =
        hedui_fail(err, HEDUI_E5013, hedui_place_none(), HEDUI_ARG_SPAN(hedui_buffer_span(&text)));
    hedui_buffer_free(&text);
    return status;
}

static hedui_status verify_ledgers(const hedui_run_result *r, hedui_err *err)
{
    for (uint32_t i = 0; i < r->delivery_count; i++) {
        const hedui_run_delivery *d = &r->deliveries[i];
        const hedui_run_ledger *l = &d->ledger;
        int64_t records = l->accepted + l->other_document + l->duplicate + l->rejected;
        if (l->records != records)
            return unbalanced(err, d->feed, "records", l->records, records);
        if (l->accepted != l->matched + l->not_in_caseload)
            return unbalanced(err, d->feed, "accepted", l->accepted,
                              l->matched + l->not_in_caseload);
        if (l->rejected != d->reject_count)
            return unbalanced(err, d->feed, "rejected", l->rejected, d->reject_count);
    }
    return HEDUI_OK;
}

static hedui_status verify_rules(const hedui_run_result *r, hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_table ids;
    if (!arena)
        return hedui_fail_memory(err);
    hedui_status status = HEDUI_OK;
    hedui_table_init(&ids, arena);
    for (uint32_t i = 0; !status && i < r->rule_count; i++) {
        uint32_t stored = hedui_table_put(&ids, r->rules[i].id, i);
        if (stored == HEDUI_TABLE_NONE)
            status = hedui_fail_memory(err);
        else if (stored != i)
            status = contradicts(err, "rule", i); /* one id, two rules */
    }
    hedui_arena_close(arena);
    return status;
}

static int flag_order(const hedui_run_flag *a, const hedui_run_flag *b)
{
    if (a->household != b->household)
        return a->household < b->household ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return hedui_span_compare(a->subject, b->subject);
}

static hedui_status verify_flags(const hedui_run_result *r, hedui_err *err)
{
    for (uint32_t i = 0; i < r->flag_count; i++) {
        const hedui_run_flag *flag = &r->flags[i];
        if (flag->household >= r->household_count || flag->rule >= r->rule_count ||
            (i > 0 && flag_order(flag - 1, flag) >= 0))
            return contradicts(err, "flag", i);
        /* a tag by its rule and nothing else: no flag may slip out of the counts as one */
        if ((flag->effect == HEDUI_RUN_INFORM) != (r->rules[flag->rule].effect == HEDUI_RUN_INFORM))
            return contradicts(err, "effect", i);
        for (uint32_t j = 0; j < flag->evidence_count; j++)
            if (flag->evidence[j].delivery >= r->delivery_count)
                return contradicts(err, "evidence", i);
    }
    for (uint32_t i = 0; i < r->overridden_count; i++) {
        const hedui_run_flag *flag = &r->overridden[i];
        if (flag->household >= r->household_count || flag->rule >= r->rule_count ||
            !flag->override.length || (i > 0 && flag_order(flag - 1, flag) >= 0))
            return contradicts(err, "overridden", i);
        for (uint32_t j = 0; j < flag->evidence_count; j++)
            if (flag->evidence[j].delivery >= r->delivery_count)
                return contradicts(err, "evidence", i);
    }
    for (uint32_t i = 0; i < r->met_count; i++)
        if (r->met[i].household >= r->household_count || !r->met[i].pair.length ||
            r->met[i].delivery >= r->delivery_count ||
            (i > 0 && r->met[i - 1].household > r->met[i].household))
            return contradicts(err, "pair", i);
    for (uint32_t i = 0; i < r->undetermined_count; i++)
        if (r->undetermined[i].household >= r->household_count ||
            r->undetermined[i].rule >= r->rule_count)
            return contradicts(err, "undetermined", i);
    return HEDUI_OK;
}

static hedui_status verify_households(const hedui_run_result *r, hedui_span after, hedui_err *err)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < r->household_count; i++) {
        const hedui_run_household *household = &r->households[i];
        uint32_t flags = 0;
        for (; at < r->flag_count && r->flags[at].household == i; at++)
            flags += r->flags[at].effect != HEDUI_RUN_INFORM;
        if (household->flags != flags || (household->state == HEDUI_RUN_FLAGGED) != (flags > 0) ||
            hedui_span_compare(after, household->id) >= 0)
            return contradicts(err, "household", i);
        after = household->id;
    }
    return HEDUI_OK;
}

hedui_status hedui_store_verify_head(const hedui_run_result *head, hedui_err *err)
{
    hedui_status status = verify_ledgers(head, err);
    return status ? status : verify_rules(head, err);
}

hedui_status hedui_store_verify_part(const hedui_run_result *part, hedui_span after, hedui_err *err)
{
    hedui_status status = verify_flags(part, err);
    return status ? status : verify_households(part, after, err);
}

hedui_status hedui_store_verify_gaps(const hedui_run_result *whole, uint32_t rule_count,
                                     hedui_err *err)
{
    for (uint32_t i = 0; i < whole->gap_count; i++)
        if (whole->gaps[i].rule >= rule_count)
            return contradicts(err, "gap", i);
    return HEDUI_OK;
}

hedui_status hedui_store_verify(const hedui_run_result *result, hedui_err *err)
{
    hedui_status status = hedui_store_verify_head(result, err);
    if (!status)
        status = hedui_store_verify_part(result, hedui_span_of(""), err);
    return status ? status : hedui_store_verify_gaps(result, result->rule_count, err);
}
