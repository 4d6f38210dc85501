/* The same run as one JSON document with a stable schema. */
#include "cli/summary.h"

#include <hedui/json.h>

static void write_deliveries(hedui_json *json, const hedui_cli *cli, const hedui_cli_run *view)
{
    hedui_json_key(json, "deliveries");
    hedui_json_open_array(json);
    for (size_t i = 0; i < view->delivery_count; i++) {
        const hedui_store_delivery *delivery = &view->deliveries[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "feed", delivery->feed);
        hedui_json_member_text(json, "title", delivery->title);
        hedui_json_member_text(json, "file", delivery->file);
        if (delivery->cut_off == INT32_MIN)
            hedui_json_member_null(json, "cut_off");
        else
            hedui_json_member_text(json, "cut_off", hedui_cli_day(cli, delivery->cut_off));
        hedui_json_member_text(json, "verdict", delivery->verdict);
        hedui_json_member_number(json, "records", delivery->records);
        hedui_json_member_number(json, "accepted", delivery->accepted);
        hedui_json_member_number(json, "other_document", delivery->other_document);
        hedui_json_member_number(json, "duplicate", delivery->duplicate);
        hedui_json_member_number(json, "rejected", delivery->rejected);
        hedui_json_member_number(json, "matched", delivery->matched);
        hedui_json_member_number(json, "not_in_caseload", delivery->not_in_caseload);
        if (delivery->query.length) {
            hedui_json_member_text(json, "query", delivery->query);
            hedui_json_member_number(json, "asked", delivery->asked);
            hedui_json_member_number(json, "answered", delivery->answered);
            hedui_json_member_number(json, "unasked_rows", delivery->unasked);
        }
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_rules(hedui_json *json, const hedui_store_run *run)
{
    hedui_json_key(json, "rules");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->rule_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "id", run->rules[i].id);
        hedui_json_member_text(json, "title", run->rules[i].title);
        hedui_json_member_text(json, "effect", run->rules[i].effect);
        hedui_json_member_number(json, "flags", run->rules[i].flags);
        hedui_json_member_number(json, "households", run->rules[i].households);
        hedui_json_member_number(json, "unanswered", run->rules[i].unanswered);
        hedui_json_member_flag(json, "in_force", run->rules[i].in_force);
        hedui_json_member_text(json, "standing", run->rules[i].standing);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "gaps");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->gap_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "rule", run->gaps[i].rule);
        hedui_json_member_text(json, "reason", run->gaps[i].reason);
        hedui_json_member_text(json, "source", run->gaps[i].source);
        hedui_json_member_text(json, "field", run->gaps[i].field);
        hedui_json_member_text(json, "field_title", run->gaps[i].field_title);
        hedui_json_member_number(json, "households", run->gaps[i].households);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_counts(hedui_json *json, const hedui_store_run *run)
{
    static const char *const strengths[] = {"id_name", "id_only", "name_differs", "upgraded"};
    hedui_json_member_number(json, "persons", run->persons);
    hedui_json_member_number(json, "persons_authorised", run->persons_authorised);
    hedui_json_member_number(json, "persons_matched", run->persons_matched);
    hedui_json_key(json, "rows_matched");
    hedui_json_open_object(json);
    for (int i = 0; i < 4; i++)
        hedui_json_member_number(json, strengths[i], run->rows_matched[i]);
    hedui_json_close_object(json);
    hedui_json_member_number(json, "households", run->households);
    hedui_json_member_number(json, "flagged", run->flagged);
    hedui_json_member_number(json, "clear", run->clear);
    hedui_json_member_number(json, "unchecked", run->unchecked);
    hedui_json_member_number(json, "out_of_scope", run->out_of_scope);
    hedui_json_member_number(json, "flags", run->flags);
    hedui_json_member_number(json, "high", run->high);
    hedui_json_member_number(json, "medium", run->medium);
    hedui_json_member_number(json, "low", run->low);
    hedui_json_member_number(json, "new", run->fresh);
    hedui_json_member_number(json, "continuing", run->continuing);
    hedui_json_member_number(json, "changed", run->changed);
    hedui_json_member_number(json, "gone", run->gone);
    hedui_json_member_number(json, "not_checked", run->not_checked);
    if (run->overridden == INT64_MIN)
        hedui_json_member_null(json, "overridden");
    else
        hedui_json_member_number(json, "overridden", run->overridden);
    if (run->left_out == INT64_MIN)
        hedui_json_member_null(json, "left_out");
    else
        hedui_json_member_number(json, "left_out", run->left_out);
}

static void write_holds(hedui_json *json, const hedui_cli *cli, const hedui_store_run *run)
{
    hedui_json_key(json, "holds");
    hedui_json_open_array(json);
    for (size_t i = 0; i < run->hold_count; i++) {
        const hedui_store_hold *hold = &run->holds[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "feed", hold->feed);
        hedui_json_member_text(json, "verdict", hold->verdict);
        hedui_json_member_number(json, "number", hold->number);
        hedui_json_member_text(json, "message",
                               hold->number ? hedui_cli_remark(cli, hold->number, hold->argument)
                                            : hold->argument);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

void hedui_cli_run_write(hedui_cli *cli, const hedui_cli_run *view, const char *schema)
{
    char digest[HEDUI_DIGEST_HEX];
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of(schema));
    hedui_json_member_text(&json, "run", view->run->id);
    hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, view->run->as_of));
    hedui_json_member_text(&json, "state", view->run->state);
    hedui_json_member_flag(&json, "listed", view->run->listed);
    hedui_digest_hex(digest, &view->run->digest);
    hedui_json_member_text(&json, "digest", hedui_span_of(digest));
    write_deliveries(&json, cli, view);
    write_counts(&json, view->run);
    write_rules(&json, view->run);
    hedui_cli_run_write_load(&json, view->run);
    write_holds(&json, cli, view->run);
    if (view->outcome) {
        const hedui_job_outcome *outcome = view->outcome;
        hedui_json_member_number(&json, "exit_code", outcome->exit_code);
        hedui_json_member_flag(&json, "report_failed", outcome->report_failed);
        hedui_json_member_number(&json, "peak_kib", outcome->peak_kib);
        const char *const files[][2] = {
            {"report_html", outcome->report_html},       {"report_json", outcome->report_json},
            {"summary_html", outcome->summary_html},     {"flags_csv", outcome->flags_csv},
            {"households_csv", outcome->households_csv}, {"rejects_csv", outcome->rejects_csv}};
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            if (files[i][1])
                hedui_json_member_text(&json, files[i][0], hedui_span_of(files[i][1]));
            else
                hedui_json_member_null(&json, files[i][0]);
    }
    hedui_json_close_object(&json);
}
