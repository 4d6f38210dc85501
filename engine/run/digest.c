/* The result digest. It covers what was found and how it adds up; file names, places in files and
 * times stand outside, so that the same facts in another file, encoding, gzip member or order of
 * rows give the same digest, and any number of threads does. What is found comes in parts: each
 * kind of thing has a digest of its own, so that where the parts were cut does not show. */
#include "run/digest.h"

#include <stdlib.h>

typedef enum section { FLAGS, OVERRIDDEN, MET, CAUSES, HOUSEHOLDS, SECTIONS } section;

struct hedui_run_digester {
    hedui_digester *of[SECTIONS];
    int64_t counts[SECTIONS];
};

static void add_flags(hedui_digester *d, const hedui_run_result *r)
{
    for (uint32_t i = 0; i < r->flag_count; i++) {
        const hedui_run_flag *f = &r->flags[i];
        hedui_digester_field(d, r->households[f->household].id);
        hedui_digester_field(d, r->rules[f->rule].id);
        hedui_digester_field(d, f->subject);
        hedui_digester_number(d, f->effect);
        hedui_digester_number(d, f->capped);
        hedui_digester_field(d, f->message);
        hedui_digester_number(d, f->evidence_count);
        hedui_digester_add(d, f->content.bytes, HEDUI_DIGEST_BYTES);
        hedui_digester_field(d, f->override);
        hedui_digester_field(d, f->returned);
    }
}

static void add_overridden(hedui_digester *d, const hedui_run_result *r)
{
    for (uint32_t i = 0; i < r->overridden_count; i++) {
        const hedui_run_flag *f = &r->overridden[i];
        hedui_digester_field(d, f->override);
        hedui_digester_field(d, r->households[f->household].id);
        hedui_digester_field(d, r->rules[f->rule].id);
        hedui_digester_field(d, f->subject);
        hedui_digester_field(d, f->message);
        hedui_digester_add(d, f->content.bytes, HEDUI_DIGEST_BYTES);
    }
}

static void add_met(hedui_digester *d, const hedui_run_result *r)
{
    for (uint32_t i = 0; i < r->met_count; i++) {
        hedui_digester_field(d, r->households[r->met[i].household].id);
        hedui_digester_field(d, r->met[i].pair);
        hedui_digester_number(d, r->met[i].state);
        hedui_digester_field(d, r->met[i].person_masked);
    }
}

static void add_causes(hedui_digester *d, const hedui_run_result *r)
{
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
}

static void add_households(hedui_digester *d, const hedui_run_result *r)
{
    for (uint32_t i = 0; i < r->household_count; i++) {
        hedui_digester_field(d, r->households[i].id);
        hedui_digester_number(d, r->households[i].state);
        hedui_digester_number(d, r->households[i].unanswered);
    }
}

static void add_gaps(hedui_digester *d, const hedui_run_result *r)
{
    hedui_digester_number(d, r->gap_count);
    for (uint32_t i = 0; i < r->gap_count; i++) {
        hedui_digester_field(d, r->rules[r->gaps[i].rule].id);
        hedui_digester_number(d, r->gaps[i].reason);
        hedui_digester_field(d, r->gaps[i].source);
        hedui_digester_number(d, r->gaps[i].households);
        if (r->gaps[i].reason == HEDUI_RUN_NO_COLUMN)
            hedui_digester_field(d, r->gaps[i].field);
    }
}

static int by_words(const void *a, const void *b)
{
    const hedui_run_reject *x = a, *y = b;
    int order = hedui_span_compare(x->reason, y->reason);
    if (!order)
        order = hedui_span_compare(x->column, y->column);
    return order ? order : hedui_span_compare(x->excerpt, y->excerpt);
}

/* What was rejected and why, without where it stood. */
static int add_rejects(hedui_digester *d, const hedui_run_delivery *x, hedui_arena *scratch)
{
    hedui_run_reject *sorted = hedui_arena_array(scratch, x->reject_count, sizeof *sorted);
    if (!sorted)
        return 0;
    if (x->reject_count) {
        memcpy(sorted, x->rejects, x->reject_count * sizeof *sorted);
        qsort(sorted, x->reject_count, sizeof *sorted, by_words);
    }
    for (uint32_t n = 0; n < x->reject_count; n++) {
        hedui_digester_field(d, sorted[n].reason);
        hedui_digester_field(d, sorted[n].column);
        hedui_digester_field(d, sorted[n].excerpt);
    }
    return 1;
}

/* @return 1, or 0 when there is no memory. */
static int add_deliveries(hedui_digester *d, const hedui_run_result *r, hedui_arena *scratch)
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
        if (x->answer.query.length) {
            const int64_t answer[] = {x->answer.day, x->answer.asked, x->answer.answered,
                                      x->answer.unasked};
            hedui_digester_field(d, x->answer.query);
            for (size_t n = 0; n < sizeof answer / sizeof *answer; n++)
                hedui_digester_number(d, answer[n]);
        }
        if (!add_rejects(d, x, scratch))
            return 0;
    }
    return 1;
}

hedui_run_digester *hedui_run_digester_open(hedui_arena *arena)
{
    hedui_run_digester *digester = hedui_arena_take(arena, sizeof *digester);
    int failed = !digester;
    for (int i = 0; digester && i < SECTIONS; i++) {
        digester->of[i] = hedui_digester_open();
        failed |= !digester->of[i];
    }
    if (!failed)
        return digester;
    hedui_run_digester_close(digester);
    return NULL;
}

void hedui_run_digester_close(hedui_run_digester *digester)
{
    for (int i = 0; digester && i < SECTIONS; i++)
        hedui_digester_close(digester->of[i]);
}

void hedui_run_digester_add(hedui_run_digester *digester, const hedui_run_result *part)
{
    add_flags(digester->of[FLAGS], part);
    add_overridden(digester->of[OVERRIDDEN], part);
    add_met(digester->of[MET], part);
    add_causes(digester->of[CAUSES], part);
    add_households(digester->of[HOUSEHOLDS], part);
    digester->counts[FLAGS] += part->flag_count;
    digester->counts[OVERRIDDEN] += part->overridden_count;
    digester->counts[MET] += part->met_count;
    digester->counts[CAUSES] += part->undetermined_count;
    digester->counts[HOUSEHOLDS] += part->household_count;
}

hedui_status hedui_run_digester_end(hedui_digest *digest, hedui_run_digester *digester,
                                    const hedui_run_result *whole, hedui_err *err)
{
    hedui_digester *d = hedui_digester_open();
    hedui_arena *scratch = hedui_arena_open(0);
    hedui_status status = d && scratch ? HEDUI_OK : hedui_fail_memory(err);
    if (status)
        goto done;
    hedui_digester_field(d, hedui_span_of("hedui result 2"));
    hedui_digester_number(d, whole->as_of);
    for (int i = 0; i < SECTIONS && !status; i++) {
        hedui_digest of;
        status = hedui_digester_end(&of, digester->of[i], err);
        hedui_digester_number(d, digester->counts[i]);
        hedui_digester_add(d, of.bytes, HEDUI_DIGEST_BYTES);
    }
    add_gaps(d, whole);
    if (!status && !add_deliveries(d, whole, scratch))
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_digester_end(digest, d, err);
done:
    hedui_digester_close(d);
    hedui_arena_close(scratch);
    return status;
}

const char *hedui_run_met_code(hedui_run_met_state state)
{
    static const char *const codes[] = {"left_out", "changed", "expired", "revoked"};
    return codes[state];
}

const char *hedui_run_reason_code(hedui_run_reason reason)
{
    static const char *const codes[] = {
        "not_supplied", "stale",     "refused",   "not_authorised", "rejected_row", "conflict",
        "empty_field",  "bad_field", "parameter", "caseload",       "evaluation",   "not_asked",
        "not_answered", "no_column", "no_record", "bad_value"};
    return codes[reason];
}
