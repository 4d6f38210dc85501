/* The result digest. It covers what was found and how it adds up; file names, byte places and times
 * stand outside, so that the same facts in another file, encoding or gzip member give the same
 * digest, and any number of threads does. */
#include "run/execute.h"

static void add_flags(hedui_digester *d, const hedui_run_result *r)
{
    hedui_digester_number(d, r->flag_count);
    for (uint32_t i = 0; i < r->flag_count; i++) {
        const hedui_run_flag *f = &r->flags[i];
        hedui_digester_field(d, r->households[f->household].id);
        hedui_digester_field(d, r->rules[f->rule].id);
        hedui_digester_field(d, f->subject);
        hedui_digester_number(d, f->effect);
        hedui_digester_number(d, f->capped);
        hedui_digester_field(d, f->message);
        hedui_digester_number(d, f->evidence_count);
        for (uint32_t e = 0; e < f->evidence_count; e++) {
            hedui_digester_field(d, r->deliveries[f->evidence[e].delivery].feed);
            hedui_digester_number(d, f->evidence[e].line);
            hedui_digester_number(d, f->evidence[e].match);
            hedui_digester_add(d, f->evidence[e].content.bytes, HEDUI_DIGEST_BYTES);
        }
    }
}

static void add_causes(hedui_digester *d, const hedui_run_result *r)
{
    hedui_digester_number(d, r->undetermined_count);
    for (uint32_t i = 0; i < r->undetermined_count; i++) {
        const hedui_run_undetermined *u = &r->undetermined[i];
        hedui_digester_field(d, r->households[u->household].id);
        hedui_digester_field(d, r->rules[u->rule].id);
        hedui_digester_field(d, u->subject);
        hedui_digester_number(d, u->reason);
        hedui_digester_field(d, u->source);
        hedui_digester_field(d, u->field);
        hedui_digester_field(d, u->person);
    }
    hedui_digester_number(d, r->gap_count);
    for (uint32_t i = 0; i < r->gap_count; i++) {
        hedui_digester_field(d, r->rules[r->gaps[i].rule].id);
        hedui_digester_number(d, r->gaps[i].reason);
        hedui_digester_field(d, r->gaps[i].source);
        hedui_digester_number(d, r->gaps[i].households);
    }
}

static void add_deliveries(hedui_digester *d, const hedui_run_result *r)
{
    hedui_digester_number(d, r->delivery_count);
    for (uint32_t i = 0; i < r->delivery_count; i++) {
        const hedui_run_delivery *x = &r->deliveries[i];
        const hedui_run_ledger *l = &x->ledger;
        const int64_t numbers[] = {x->verdict,        x->cut_off,        l->records,
                                   l->accepted,       l->other_document, l->duplicate,
                                   l->rejected,       l->matched,        l->not_in_caseload,
                                   l->unknown_fields, x->reject_count};
        hedui_digester_field(d, x->feed);
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
            hedui_digester_number(d, numbers[n]);
        for (uint32_t n = 0; n < x->reject_count; n++) {
            hedui_digester_number(d, x->rejects[n].line);
            hedui_digester_field(d, x->rejects[n].reason);
            hedui_digester_field(d, x->rejects[n].column);
        }
    }
}

hedui_status hedui_run_result_digest(hedui_digest *digest, const hedui_run_result *result,
                                     hedui_err *err)
{
    hedui_digester *d = hedui_digester_open();
    if (!d)
        return hedui_fail_memory(err);
    hedui_digester_field(d, hedui_span_of("hedui result 1"));
    hedui_digester_number(d, result->as_of);
    add_flags(d, result);
    add_causes(d, result);
    add_deliveries(d, result);
    hedui_digester_number(d, result->household_count);
    for (uint32_t i = 0; i < result->household_count; i++) {
        hedui_digester_field(d, result->households[i].id);
        hedui_digester_number(d, result->households[i].state);
        hedui_digester_number(d, result->households[i].unanswered);
    }
    hedui_status status = hedui_digester_end(digest, d, err);
    hedui_digester_close(d);
    return status;
}

const char *hedui_run_reason_code(hedui_run_reason reason)
{
    static const char *const codes[] = {"not_supplied", "stale",    "refused",     "not_authorised",
                                        "rejected_row", "conflict", "empty_field", "bad_field",
                                        "parameter",    "caseload", "evaluation"};
    return codes[reason];
}
