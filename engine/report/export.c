/* The export of a run, household by household. */
#include <hedui/report_export.h>

#include "base/new_file.h"
#include "report/member.h"

#include <hedui/store_delivery.h>
#include <hedui/store_household.h>
#include <hedui/store_pair.h>
#include <hedui/store_run.h>

enum { PIECE = 1 << 16, TYPES = 9 };

typedef struct export
{
    hedui_report_export_sink *sink;
    void *context;
    hedui_buffer out;
    hedui_json json; /* of the line being written */
    int64_t lines[TYPES];
    const hedui_store_run *run;
}
export;

typedef enum line_type { HEAD, GAP, HOUSEHOLD, FLAG, OVERRIDDEN, PAIR, TAG, CAUSE, END } line_type;

static const char *const types[TYPES] = {"head", "gap", "household", "flag", "overridden",
                                         "pair", "tag", "cause",     "end"};

static void begin(export *e, line_type type)
{
    e->lines[type]++;
    hedui_json_init(&e->json, &e->out);
    hedui_json_open_object(&e->json);
    hedui_json_member_text(&e->json, "type", hedui_span_of(types[type]));
}

static hedui_status pass_on(export *e, size_t least, hedui_err *err)
{
    if (hedui_buffer_failed(&e->out))
        return hedui_fail_memory(err);
    if (e->out.length < least)
        return HEDUI_OK;
    hedui_status status = e->sink(e->context, hedui_buffer_span(&e->out), err);
    hedui_buffer_clear(&e->out);
    return status;
}

static void put_texts(hedui_json *json, const char *const *keys, const hedui_span *texts,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        hedui_report_member_text(json, keys[i], texts[i]);
}

static void put_numbers(hedui_json *json, const char *const *keys, const int64_t *numbers,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        hedui_report_member_number(json, keys[i], numbers[i]);
}

static void put_counts(hedui_json *json, const hedui_store_run *run)
{
    static const char *const keys[] = {"persons",         "persons_authorised",
                                       "persons_matched", "households",
                                       "flagged",         "clear",
                                       "unchecked",       "out_of_scope",
                                       "flags",           "new",
                                       "continuing",      "changed",
                                       "not_checked",     "gone",
                                       "overridden",      "left_out"};
    const int64_t numbers[] = {run->persons,         run->persons_authorised,
                               run->persons_matched, run->households,
                               run->flagged,         run->clear,
                               run->unchecked,       run->out_of_scope,
                               run->flags,           run->fresh,
                               run->continuing,      run->changed,
                               run->not_checked,     run->gone,
                               run->overridden,      run->left_out};
    hedui_json_key(json, "counts");
    hedui_json_open_object(json);
    put_numbers(json, keys, numbers, sizeof keys / sizeof *keys);
    hedui_json_close_object(json);
}

static void put_delivery(hedui_json *json, const hedui_store_delivery *d)
{
    static const char *const keys[] = {"size",      "records",  "accepted", "other_document",
                                       "duplicate", "rejected", "matched",  "not_in_caseload"};
    const int64_t numbers[] = {d->size,      d->records,  d->accepted, d->other_document,
                               d->duplicate, d->rejected, d->matched,  d->not_in_caseload};
    hedui_json_open_object(json);
    hedui_report_member_text(json, "feed", d->feed);
    hedui_report_member_text(json, "file", d->file);
    hedui_report_member_digest(json, "sha256", &d->digest);
    hedui_report_member_text(json, "charset", d->charset);
    hedui_report_member_date(json, "cut_off", d->cut_off);
    hedui_report_member_text(json, "verdict", d->verdict);
    hedui_json_member_flag(json, "used", d->used);
    hedui_report_member_text(json, "query", d->query);
    put_numbers(json, keys, numbers, sizeof keys / sizeof *keys);
    hedui_json_close_object(json);
}

static void put_lists(hedui_json *json, const hedui_store_run *run,
                      const hedui_store_delivery *deliveries, size_t count)
{
    hedui_json_key(json, "inputs");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->input_count; i++) {
        hedui_json_open_object(json);
        hedui_report_member_text(json, "kind", run->inputs[i].kind);
        hedui_report_member_text(json, "name", run->inputs[i].name);
        hedui_report_member_digest(json, "sha256", &run->inputs[i].digest);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "deliveries");
    hedui_json_open_array(json);
    for (size_t i = 0; i < count; i++)
        put_delivery(json, &deliveries[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "rules");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->rule_count; i++) {
        hedui_json_open_object(json);
        hedui_report_member_text(json, "pack", run->rules[i].pack);
        hedui_report_member_text(json, "id", run->rules[i].id);
        hedui_json_member_flag(json, "in_force", run->rules[i].in_force);
        hedui_report_member_text(json, "standing", run->rules[i].standing);
        hedui_report_member_digest(json, "digest", &run->rules[i].digest);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static hedui_status write_head(export *e, hedui_store *store, hedui_arena *arena, hedui_err *err)
{
    static const char *const keys[] = {"run", "state", "base", "unit", "engine"};
    const hedui_store_run *run = e->run;
    const hedui_span texts[] = {run->id, run->state, run->base, run->unit, run->engine};
    const hedui_store_delivery *deliveries = NULL;
    size_t count = 0;
    hedui_status status =
        hedui_store_delivery_list(&deliveries, &count, store, run->id, arena, err);
    if (status)
        return status;
    begin(e, HEAD);
    hedui_json_member_text(&e->json, "schema", hedui_span_of("hedui.runs_export/1"));
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    hedui_report_member_date(&e->json, "as_of", run->as_of);
    hedui_report_member_digest(&e->json, "result_digest", &run->digest);
    put_counts(&e->json, run);
    put_lists(&e->json, run, deliveries, count);
    hedui_json_close_object(&e->json);
    return pass_on(e, PIECE, err);
}

static hedui_status write_gaps(export *e, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (size_t i = 0; !status && i < e->run->gap_count; i++) {
        const hedui_store_gap *gap = &e->run->gaps[i];
        begin(e, GAP);
        hedui_report_member_text(&e->json, "rule", gap->rule);
        hedui_report_member_text(&e->json, "reason", gap->reason);
        hedui_report_member_text(&e->json, "source", gap->source);
        hedui_report_member_text(&e->json, "field", gap->field);
        hedui_report_member_number(&e->json, "households", gap->households);
        hedui_json_close_object(&e->json);
        status = pass_on(e, PIECE, err);
    }
    return status;
}

/* The next text in quotes, as searched.h writes them: nothing in them is escaped. */
static int next_quoted(hedui_span *text, hedui_span *rest)
{
    const char *from = rest->length ? memchr(rest->at, '"', rest->length) : NULL;
    const char *end = rest->at + rest->length;
    const char *to = from ? memchr(from + 1, '"', (size_t)(end - from - 1)) : NULL;
    if (!to)
        return 0;
    *text = (hedui_span){from + 1, (size_t)(to - from - 1)};
    *rest = (hedui_span){to + 1, (size_t)(end - to - 1)};
    return 1;
}

/* Of one that left the caseload nothing was looked for. */
static void put_searched(hedui_json *json, const hedui_store_household *h)
{
    hedui_span rest = h->searched, source, found;
    if (!rest.length || hedui_span_is(h->state, "absent")) {
        hedui_json_member_null(json, "searched");
        return;
    }
    hedui_json_key(json, "searched");
    hedui_json_open_array(json);
    while (next_quoted(&source, &rest) && next_quoted(&found, &rest)) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "source", source);
        hedui_json_member_text(json, "found", found);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_household(export *e, const hedui_store_household *h)
{
    static const char *const keys[] = {"household", "state",     "area",        "town",
                                       "head_name", "programme", "urban_rural", "status"};
    const hedui_span texts[] = {h->id,        h->state,     h->area_code,   h->town_code,
                                h->head_name, h->programme, h->urban_rural, h->status};
    static const char *const sums[] = {"members", "counted", "paid_fen", "flags", "unanswered"};
    const int64_t numbers[] = {h->members, h->counted, h->paid_fen, h->flag_total, h->unanswered};
    begin(e, HOUSEHOLD);
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    put_numbers(&e->json, sums, numbers, sizeof sums / sizeof *sums);
    hedui_json_key(&e->json, "answers");
    hedui_json_open_array(&e->json);
    for (size_t i = 0; i < h->answer_count; i++) {
        hedui_json_open_object(&e->json);
        hedui_report_member_text(&e->json, "rule", h->answers[i].rule);
        hedui_report_member_text(&e->json, "answer", h->answers[i].answer);
        hedui_json_close_object(&e->json);
    }
    hedui_json_close_array(&e->json);
    put_searched(&e->json, h);
    hedui_json_close_object(&e->json);
}

static void put_evidence(hedui_json *json, const hedui_store_evidence *v)
{
    static const char *const keys[] = {"row_key", "person", "match"};
    static const char *const sums[] = {"line", "offset", "length"};
    const hedui_span texts[] = {v->row_key, v->person, v->match};
    const int64_t numbers[] = {v->line, v->offset, v->length};
    hedui_json_open_object(json);
    hedui_report_member_text(json, "feed", v->feed);
    hedui_report_member_text(json, "file", v->file);
    hedui_report_member_digest(json, "sha256", &v->file_digest);
    put_numbers(json, sums, numbers, sizeof sums / sizeof *sums);
    put_texts(json, keys, texts, sizeof keys / sizeof *keys);
    hedui_json_key(json, "cells");
    hedui_json_open_array(json);
    for (size_t i = 0; i < v->cell_count; i++) {
        hedui_json_open_object(json);
        hedui_report_member_text(json, "column", v->cells[i].column);
        hedui_json_member_text(json, "value", v->cells[i].value);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_close_object(json);
}

static void put_facts(hedui_json *json, const hedui_store_flag *f)
{
    hedui_json_member_flag(json, "capped", f->capped);
    hedui_report_member_digest(json, "content", &f->content);
    hedui_json_key(json, "evidence");
    hedui_json_open_array(json);
    for (size_t i = 0; i < f->evidence_count; i++)
        put_evidence(json, &f->evidence[i]);
    hedui_json_close_array(json);
}

static void write_flag(export *e, const hedui_store_flag *f)
{
    static const char *const keys[] = {"household", "rule",   "subject", "person", "person_masked",
                                       "effect",    "status", "why",     "since",  "message"};
    const hedui_span texts[] = {f->household, f->rule,   f->subject, f->person, f->person_masked,
                                f->effect,    f->status, f->why,     f->since,  f->message};
    begin(e, FLAG);
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    put_facts(&e->json, f);
    hedui_json_close_object(&e->json);
}

static void write_overridden(export *e, const hedui_store_overridden *o)
{
    static const char *const keys[] = {"household",     "rule",     "subject", "person",
                                       "person_masked", "effect",   "message", "override",
                                       "rests_on",      "proposer", "approver"};
    const hedui_store_flag *f = &o->flag;
    const hedui_span texts[] = {f->household,     f->rule,     f->subject, f->person,
                                f->person_masked, f->effect,   f->message, o->override,
                                o->rests_on,      o->proposer, o->approver};
    begin(e, OVERRIDDEN);
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    hedui_report_member_date(&e->json, "until", o->until);
    put_facts(&e->json, f);
    hedui_json_close_object(&e->json);
}

/* A row that a decision says is not this person's, and what became of it. */
static void write_pair(export *e, const hedui_store_met *m)
{
    static const char *const keys[] = {"household",     "pair",     "state",    "person",
                                       "person_masked", "rests_on", "proposer", "approver",
                                       "feed",          "file"};
    const hedui_span texts[] = {m->household, m->pair,     m->state,    m->person, m->person_masked,
                                m->rests_on,  m->proposer, m->approver, m->feed,   m->file};
    static const char *const places[] = {"line", "offset", "length"};
    const int64_t numbers[] = {m->line, m->offset, m->length};
    begin(e, PAIR);
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    hedui_report_member_date(&e->json, "until", m->until);
    hedui_report_member_digest(&e->json, "sha256", &m->file_digest);
    put_numbers(&e->json, places, numbers, sizeof places / sizeof *places);
    hedui_json_close_object(&e->json);
}

static void write_tag(export *e, hedui_span household, const hedui_store_tag *t)
{
    static const char *const keys[] = {"household", "rule", "person", "person_masked", "message"};
    const hedui_span texts[] = {household, t->rule, t->person, t->person_masked, t->message};
    begin(e, TAG);
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    hedui_json_close_object(&e->json);
}

static void write_cause(export *e, hedui_span household, const hedui_store_cause *c)
{
    static const char *const keys[] = {"household", "rule",  "subject", "reason",
                                       "source",    "field", "person"};
    const hedui_span texts[] = {household, c->rule,  c->subject, c->reason,
                                c->source, c->field, c->person};
    begin(e, CAUSE);
    put_texts(&e->json, keys, texts, sizeof keys / sizeof *keys);
    hedui_json_member_flag(&e->json, "review", c->review);
    hedui_json_close_object(&e->json);
}

static hedui_status write_one(export *e, hedui_store *store, hedui_span id, hedui_arena *arena,
                              hedui_err *err)
{
    const hedui_store_household *h = NULL;
    hedui_status status = hedui_store_household_find(&h, store, e->run->id, id, arena, err);
    if (status)
        return status;
    write_household(e, h);
    for (size_t i = 0; i < h->flag_count; i++)
        write_flag(e, &h->flags[i]);
    for (size_t i = 0; i < h->overridden_count; i++)
        write_overridden(e, &h->overridden[i]);
    for (size_t i = 0; i < h->met_count; i++)
        write_pair(e, &h->met[i]);
    for (size_t i = 0; i < h->tag_count; i++)
        write_tag(e, h->id, &h->tags[i]);
    for (size_t i = 0; i < h->cause_count; i++)
        write_cause(e, h->id, &h->causes[i]);
    return pass_on(e, PIECE, err);
}

static hedui_status write_end(export *e, hedui_err *err)
{
    int64_t before[TYPES];
    memcpy(before, e->lines, sizeof before);
    begin(e, END);
    put_numbers(&e->json, types, before, END);
    hedui_json_close_object(&e->json);
    return pass_on(e, 0, err);
}

static hedui_status write_all(export *e, hedui_store *store, hedui_span run, hedui_arena *arena,
                              hedui_arena *each, hedui_err *err)
{
    const hedui_store_state *households = NULL;
    size_t count = 0;
    hedui_status status = hedui_store_run_find(&e->run, store, run, arena, err);
    if (!status) /* before the head, so that a purged run leaves nothing */
        status = hedui_store_shown_list(&households, &count, store, e->run->id, arena, err);
    if (!status)
        status = write_head(e, store, arena, err);
    if (!status)
        status = write_gaps(e, err);
    for (size_t i = 0; !status && i < count; i++) {
        hedui_arena_mark mark = hedui_arena_here(each);
        status = write_one(e, store, households[i].household, each, err);
        hedui_arena_reset(each, mark);
    }
    return status ? status : write_end(e, err);
}

hedui_status hedui_report_export(hedui_report_export_sink *sink, void *context, hedui_store *store,
                                 hedui_span run, hedui_err *err)
{
    export e = {.sink = sink, .context = context};
    hedui_buffer_init(&e.out);
    hedui_arena *arena = hedui_arena_open(0), *each = hedui_arena_open(0);
    hedui_status status =
        arena && each ? hedui_store_snapshot_begin(store, err) : hedui_fail_memory(err);
    if (!status) {
        status = write_all(&e, store, run, arena, each, err);
        hedui_store_snapshot_end(store);
    }
    hedui_arena_close(each);
    hedui_arena_close(arena);
    hedui_buffer_free(&e.out);
    return status;
}

static hedui_status into_file(void *context, hedui_span lines, hedui_err *err)
{
    return hedui_new_file_add(context, lines, err);
}

hedui_status hedui_report_export_file(const char *path, hedui_store *store, hedui_span run,
                                      hedui_err *err)
{
    hedui_new_file *file = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status = arena ? HEDUI_OK : hedui_fail_memory(err);
    if (!status)
        status = hedui_new_file_open(&file, path, arena, err);
    if (!status)
        status = hedui_report_export(into_file, file, store, run, err);
    if (!status)
        status = hedui_new_file_sync(file, err);
    if (!status)
        status = hedui_new_file_publish(file, 0, err);
    hedui_new_file_close(file);
    hedui_arena_close(arena);
    return status;
}
