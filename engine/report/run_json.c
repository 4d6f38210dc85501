/* The run report as JSON. */
#include "report/data.h"
#include "report/member.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/report.h>

/* The query list that a delivery answers. */
static void put_query(hedui_json *json, const hedui_store_delivery *d)
{
    hedui_json_key(json, "query");
    if (!d->query.length) {
        hedui_json_null(json);
        return;
    }
    hedui_json_open_object(json);
    hedui_json_member_text(json, "number", d->query);
    hedui_report_member_date(json, "day", d->query_day);
    hedui_json_member_number(json, "asked", d->asked);
    hedui_json_member_number(json, "with_rows", d->answered);
    hedui_json_member_number(json, "unasked_rows", d->unasked);
    hedui_json_close_object(json);
}

/* "verdict": "held", "verdict_label": "…" */
static void member_code(hedui_json *json, const char *key, const char *label_key,
                        hedui_label_kind kind, hedui_span code)
{
    hedui_json_member_text(json, key, code);
    hedui_json_member_text(json, label_key, hedui_label(kind, code, HEDUI_ZH));
}

static void put_numbers(hedui_json *json, const char *const *keys, const int64_t *numbers,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        hedui_report_member_number(json, keys[i], numbers[i]);
}

static void put_head(hedui_json *json, const hedui_store_run *run)
{
    hedui_json_member_text(json, "schema", hedui_span_of("hedui.run_report/1"));
    hedui_json_member_text(json, "run", run->id);
    hedui_report_member_date(json, "as_of", run->as_of);
    member_code(json, "state", "state_label", HEDUI_LABEL_RUN_STATE, run->state);
    hedui_report_member_text(json, "base", run->base);
    hedui_report_member_text(json, "unit", run->unit);
    hedui_report_member_text(json, "engine", run->engine);
    hedui_report_member_digest(json, "result_digest", &run->digest);
    hedui_json_member_text(json, "notice", hedui_span_of("疑点为比对线索，不作为认定结论"));
}

static void put_counts(hedui_json *json, const hedui_store_run *run)
{
    static const char *const households[] = {"total", "flagged", "clear", "unchecked",
                                             "out_of_scope"};
    static const char *const flags[] = {"total", "high",       "medium",  "low",
                                        "new",   "continuing", "changed", "not_checked",
                                        "gone",  "overridden"};
    static const char *const persons[] = {"total", "authorised", "matched"};
    static const char *const rows[] = {"id_name", "id_only", "name_differs", "upgraded"};
    const int64_t household_numbers[] = {run->households, run->flagged, run->clear, run->unchecked,
                                         run->out_of_scope};
    const int64_t flag_numbers[] = {run->flags, run->high,       run->medium,  run->low,
                                    run->fresh, run->continuing, run->changed, run->not_checked,
                                    run->gone,  run->overridden};
    const int64_t person_numbers[] = {run->persons, run->persons_authorised, run->persons_matched};
    hedui_json_key(json, "households");
    hedui_json_open_object(json);
    put_numbers(json, households, household_numbers, 5);
    hedui_report_member_number(json, "base_flagged", run->base_flagged);
    hedui_json_close_object(json);
    hedui_json_key(json, "flags");
    hedui_json_open_object(json);
    put_numbers(json, flags, flag_numbers, sizeof flags / sizeof *flags);
    hedui_report_member_number(json, "base_total", run->base_flags);
    hedui_json_close_object(json);
    hedui_json_key(json, "persons");
    hedui_json_open_object(json);
    put_numbers(json, persons, person_numbers, 3);
    hedui_json_close_object(json);
    hedui_json_key(json, "rows_matched");
    hedui_json_open_object(json);
    put_numbers(json, rows, run->rows_matched, 4);
    hedui_json_close_object(json);
}

static void put_remark(hedui_json *json, int number, hedui_span argument)
{
    hedui_buffer sentence;
    hedui_buffer_init(&sentence);
    hedui_report_remark(&sentence, number, argument);
    hedui_report_member_number(json, "number", number ? number : INT64_MIN);
    hedui_report_member_text(json, "text", hedui_buffer_span(&sentence));
    json->out->failed |= sentence.failed;
    hedui_buffer_free(&sentence);
}

static void put_holds(hedui_json *json, const hedui_store_run *run)
{
    hedui_json_key(json, "holds");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->hold_count; i++) {
        hedui_json_open_object(json);
        hedui_report_member_text(json, "feed", run->holds[i].feed);
        member_code(json, "verdict", "verdict_label", HEDUI_LABEL_VERDICT, run->holds[i].verdict);
        put_remark(json, run->holds[i].number, run->holds[i].argument);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "events");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->event_count; i++) {
        hedui_json_open_object(json);
        member_code(json, "event", "event_label", HEDUI_LABEL_RUN_STATE, run->events[i].event);
        hedui_json_member_text(json, "person", run->events[i].person);
        hedui_json_member_text(json, "reason", run->events[i].reason);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void put_delivery(hedui_json *json, const hedui_store_delivery *d)
{
    static const char *const ledger[] = {"records",         "accepted", "other_document",
                                         "duplicate",       "rejected", "matched",
                                         "not_in_caseload", "apart",    "unknown_fields"};
    const int64_t numbers[] = {d->records,         d->accepted, d->other_document,
                               d->duplicate,       d->rejected, d->matched,
                               d->not_in_caseload, d->apart,    d->unknown_fields};
    hedui_json_open_object(json);
    hedui_json_member_text(json, "feed", d->feed);
    hedui_report_member_text(json, "title", d->title);
    hedui_report_member_text(json, "source", d->source);
    hedui_report_member_text(json, "file", d->file);
    hedui_report_member_digest(json, "sha256", &d->digest);
    hedui_report_member_number(json, "size", d->file.length ? d->size : INT64_MIN);
    hedui_report_member_date(json, "cut_off", d->cut_off);
    member_code(json, "verdict", "verdict_label", HEDUI_LABEL_VERDICT, d->verdict);
    hedui_json_member_flag(json, "used", d->used);
    hedui_json_key(json, "ledger");
    hedui_json_open_object(json);
    put_numbers(json, ledger, numbers, 9);
    hedui_json_close_object(json);
    put_query(json, d);
    hedui_json_key(json, "remarks");
    hedui_json_open_array(json);
    for (size_t i = 0; i < d->remark_count; i++) {
        hedui_json_open_object(json);
        put_remark(json, d->remarks[i].number, d->remarks[i].argument);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_close_object(json);
}

static void put_feeds(hedui_json *json, const hedui_report_data *data)
{
    hedui_json_key(json, "deliveries");
    hedui_json_open_array(json);
    for (size_t i = 0; i < data->delivery_count; i++)
        put_delivery(json, &data->deliveries[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "rejects");
    hedui_json_open_array(json);
    for (size_t i = 0; i < data->reject_count; i++) {
        const hedui_store_reject_count *reject = &data->rejects[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "feed", reject->feed);
        member_code(json, "reason", "reason_label", HEDUI_LABEL_REJECT, reject->reason);
        hedui_json_member_number(json, "count", reject->count);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "gaps");
    hedui_json_open_array(json);
    for (size_t i = 0; i < data->run->gap_count; i++) {
        const hedui_store_gap *gap = &data->run->gaps[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "rule", gap->rule);
        hedui_json_member_text(json, "source", gap->source);
        hedui_json_member_text(json, "field", gap->field);
        hedui_json_member_text(json, "field_title", gap->field_title);
        member_code(json, "reason", "reason_label", HEDUI_LABEL_CAUSE, gap->reason);
        hedui_json_member_number(json, "households", gap->households);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void put_rule(hedui_json *json, const hedui_store_rule *rule)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "pack", rule->pack);
    hedui_json_member_text(json, "id", rule->id);
    hedui_json_member_text(json, "title", rule->title);
    hedui_report_member_text(json, "basis", rule->basis);
    hedui_report_member_number(json, "category", rule->category ? rule->category : INT64_MIN);
    member_code(json, "effect", "effect_label", HEDUI_LABEL_EFFECT, rule->effect);
    member_code(json, "severity", "severity_label", HEDUI_LABEL_SEVERITY, rule->severity);
    hedui_json_member_flag(json, "in_force", rule->in_force);
    member_code(json, "standing", "standing_label", HEDUI_LABEL_STANDING, rule->standing);
    hedui_report_member_digest(json, "sha256", &rule->digest);
    hedui_json_member_number(json, "flags", rule->flags);
    hedui_json_member_number(json, "households", rule->households);
    hedui_json_member_number(json, "unanswered", rule->unanswered);
    hedui_json_close_object(json);
}

static void put_town(hedui_json *json, const hedui_store_town *town)
{
    static const char *const keys[] = {"households",   "flagged",     "clear", "unchecked",
                                       "out_of_scope", "flags",       "high",  "medium",
                                       "low",          "base_flagged"};
    const int64_t numbers[] = {
        town->households, town->flagged, town->clear,  town->unchecked, town->out_of_scope,
        town->flags,      town->high,    town->medium, town->low,       town->flagged_before};
    hedui_json_open_object(json);
    hedui_json_member_text(json, "code", town->code);
    hedui_report_member_text(json, "name", town->name);
    put_numbers(json, keys, numbers, sizeof keys / sizeof *keys);
    hedui_json_close_object(json);
}

static void put_tables(hedui_json *json, const hedui_store_run *run)
{
    hedui_json_key(json, "rules");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->rule_count; i++)
        put_rule(json, &run->rules[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "towns");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->town_count; i++)
        put_town(json, &run->towns[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "inputs");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->input_count; i++) {
        hedui_json_open_object(json);
        member_code(json, "kind", "kind_label", HEDUI_LABEL_INPUT, run->inputs[i].kind);
        hedui_json_member_text(json, "name", run->inputs[i].name);
        hedui_report_member_digest(json, "sha256", &run->inputs[i].digest);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void put_stood(hedui_json *json, const hedui_report_data *data)
{
    hedui_json_key(json, "overrides");
    hedui_json_open_array(json);
    for (size_t i = 0; i < data->stood_count; i++) {
        const hedui_store_stood *o = &data->stood[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "override", o->override);
        hedui_json_member_text(json, "household", o->household);
        hedui_json_member_text(json, "rule", o->rule);
        hedui_report_member_text(json, "proposed_by", o->proposer);
        hedui_report_member_text(json, "approved_by", o->approver);
        hedui_report_member_date(json, "until", o->until);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void put_met(hedui_json *json, const hedui_report_data *data)
{
    hedui_json_key(json, "pairs");
    hedui_json_open_array(json);
    for (size_t i = 0; i < data->met_count; i++) {
        const hedui_store_met *m = &data->met[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "pair", m->pair);
        member_code(json, "state", "state_label", HEDUI_LABEL_PAIR, m->state);
        hedui_json_member_text(json, "household", m->household);
        hedui_json_member_text(json, "feed", m->feed);
        hedui_json_member_text(json, "file", m->file);
        hedui_json_member_number(json, "line", m->line);
        hedui_report_member_text(json, "proposed_by", m->proposer);
        hedui_report_member_text(json, "approved_by", m->approver);
        hedui_report_member_date(json, "until", m->until);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

void hedui_report_data_json(hedui_buffer *out, const hedui_report_data *data)
{
    hedui_json json;
    hedui_json_init(&json, out);
    hedui_json_open_object(&json);
    put_head(&json, data->run);
    put_counts(&json, data->run);
    put_holds(&json, data->run);
    put_feeds(&json, data);
    put_stood(&json, data);
    put_met(&json, data);
    put_tables(&json, data->run);
    hedui_json_close_object(&json);
    hedui_buffer_byte(out, '\n');
}

hedui_status hedui_report_run_json(hedui_buffer *out, hedui_store *store, hedui_span run,
                                   hedui_err *err)
{
    return hedui_report_data_put(out, hedui_report_data_json, store, run, err);
}
