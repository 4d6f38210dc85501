/* What is stored of a household, as JSON: unknown is null, codes are stable, words stand beside
 * them. */
#include "cli/explain_json.h"
#include "cli/explain_stored.h"
#include "cli/night.h"

#include <hedui/label.h>
#include <hedui/store_pair.h>

static void text(hedui_json *json, const char *key, hedui_span value)
{
    if (value.length)
        hedui_json_member_text(json, key, value);
    else
        hedui_json_member_null(json, key);
}

static void day(hedui_json *json, const hedui_cli *cli, const char *key, int32_t number)
{
    if (number == INT32_MIN)
        hedui_json_member_null(json, key);
    else
        hedui_json_member_text(json, key, hedui_cli_day(cli, number));
}

static void write_evidence(hedui_json *json, const hedui_cli *cli,
                           const hedui_store_household *household,
                           const hedui_store_evidence *evidence)
{
    const hedui_store_delivery *delivery = hedui_cli_delivery_of(household, evidence);
    char hex[HEDUI_DIGEST_HEX];
    hedui_digest_hex(hex, &evidence->file_digest);
    hedui_json_open_object(json);
    hedui_json_member_text(json, "feed", evidence->feed);
    text(json, "source", evidence->source);
    text(json, "file", evidence->file);
    hedui_json_member_text(json, "sha256", hedui_span_of(hex));
    day(json, cli, "cut_off", evidence->cut_off);
    if (delivery)
        hedui_json_member_number(json, "records", delivery->records);
    else
        hedui_json_member_null(json, "records");
    hedui_json_member_number(json, "line", evidence->line);
    hedui_json_member_number(json, "offset", evidence->offset);
    hedui_json_member_text(json, "match", evidence->match);
    text(json, "person", evidence->person);
    hedui_json_key(json, "cells");
    hedui_json_open_object(json);
    for (size_t i = 0; i < evidence->cell_count; i++) {
        hedui_json_key(json, evidence->cells[i].column.at); /* an arena's copies end in NUL */
        hedui_json_text(json, evidence->cells[i].value);
    }
    hedui_json_close_object(json);
    hedui_json_close_object(json);
}

static void write_flag(hedui_json *json, const hedui_cli *cli,
                       const hedui_store_household *household, const hedui_store_flag *flag)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "rule", flag->rule);
    hedui_json_member_text(json, "title", flag->title);
    hedui_json_member_text(json, "severity", flag->severity);
    hedui_json_member_text(json, "effect", flag->effect);
    hedui_json_member_flag(json, "capped", flag->capped);
    hedui_json_member_text(json, "status", flag->status);
    text(json, "why", flag->why);
    text(json, "since", flag->since);
    hedui_json_member_text(json, "message", flag->message);
    text(json, "person", flag->person);
    text(json, "person_masked", flag->person_masked);
    text(json, "basis", flag->basis);
    text(json, "ask", flag->ask);
    text(json, "clears", flag->clears);
    hedui_json_key(json, "evidence");
    hedui_json_open_array(json);
    for (size_t i = 0; i < flag->evidence_count; i++)
        write_evidence(json, cli, household, &flag->evidence[i]);
    hedui_json_close_array(json);
    hedui_json_close_object(json);
}

static void write_flags(hedui_json *json, const hedui_cli *cli,
                        const hedui_store_household *household)
{
    hedui_json_key(json, "flags");
    hedui_json_open_array(json);
    for (size_t i = 0; i < household->flag_count; i++)
        write_flag(json, cli, household, &household->flags[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "overridden");
    hedui_json_open_array(json);
    for (size_t i = 0; i < household->overridden_count; i++) {
        const hedui_store_overridden *o = &household->overridden[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "rule", o->flag.rule);
        hedui_json_member_text(json, "message", o->flag.message);
        hedui_json_member_text(json, "override", o->override);
        hedui_json_member_text(json, "until", hedui_cli_day(cli, o->until));
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "pairs");
    hedui_json_open_array(json);
    for (size_t i = 0; i < household->met_count; i++) {
        const hedui_store_met *m = &household->met[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "pair", m->pair);
        hedui_json_member_text(json, "state", m->state);
        hedui_json_member_text(json, "person", m->person);
        hedui_json_member_text(json, "person_masked", m->person_masked);
        hedui_json_member_text(json, "feed", m->feed);
        hedui_json_member_text(json, "file", m->file);
        hedui_json_member_number(json, "line", m->line);
        hedui_json_member_text(json, "until", hedui_cli_day(cli, m->until));
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "tags");
    hedui_json_open_array(json);
    for (size_t i = 0; i < household->tag_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "rule", household->tags[i].rule);
        hedui_json_member_text(json, "title", household->tags[i].title);
        hedui_json_member_text(json, "message", household->tags[i].message);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_causes(hedui_json *json, const hedui_store_household *household)
{
    hedui_json_key(json, "undetermined");
    hedui_json_open_array(json);
    for (size_t i = 0; i < household->cause_count; i++) {
        const hedui_store_cause *cause = &household->causes[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "rule", cause->rule);
        hedui_json_member_text(json, "reason", cause->reason);
        text(json, "source", cause->source);
        text(json, "field", cause->field);
        text(json, "person", cause->person);
        hedui_json_member_flag(json, "review", cause->review);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_sources(hedui_json *json, const hedui_cli *cli,
                          const hedui_store_household *household)
{
    hedui_json_key(json, "sources");
    hedui_json_open_array(json);
    for (size_t i = 0; i < household->delivery_count; i++) {
        const hedui_store_delivery *delivery = &household->deliveries[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "feed", delivery->feed);
        hedui_json_member_text(json, "title", delivery->title);
        hedui_json_member_text(json, "verdict", delivery->verdict);
        hedui_json_member_flag(json, "checked", delivery->used);
        day(json, cli, "cut_off", delivery->file.length ? delivery->cut_off : INT32_MIN);
        text(json, "file", delivery->file);
        hedui_json_member_number(json, "records", delivery->records);
        text(json, "query", delivery->query);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_derived(hedui_json *json, const hedui_cli *cli, const hedui_job_explanation *e)
{
    hedui_buffer sentence;
    hedui_buffer_init(&sentence);
    if (e->why.status)
        hedui_message_sentence(&sentence, &e->why, cli->language);
    const char *outcome = e->why.status         ? "not_possible"
                          : e->difference_count ? "differs"
                          : e->account          ? "same"
                          : e->differences      ? "absent"
                                                : "not_asked";
    hedui_json_key(json, "derived");
    hedui_json_open_object(json);
    hedui_json_member_text(json, "outcome", hedui_span_of(outcome));
    if (e->why.status)
        hedui_json_member_number(json, "error", (int64_t)e->why.status);
    else
        hedui_json_member_null(json, "error");
    text(json, "message", hedui_buffer_span(&sentence));
    json->out->failed |= hedui_buffer_failed(&sentence);
    hedui_json_member_number(json, "difference_count", e->difference_count);
    hedui_json_key(json, "differences");
    hedui_json_open_array(json);
    for (int64_t i = 0; i < e->difference_count && i < HEDUI_JOB_DIFFERENCES; i++) {
        hedui_json_open_object(json);
        text(json, "rule", e->differences[i].rule);
        hedui_json_member_text(json, "kind", hedui_span_of(e->differences[i].kind));
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_close_object(json);
    hedui_buffer_free(&sentence);
}

void hedui_cli_explain_write(hedui_cli *cli, const hedui_job_explanation *e, hedui_span rule)
{
    const hedui_store_household *household = e->household;
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.explain/2"));
    hedui_json_member_text(&json, "household", household->id);
    hedui_json_member_text(&json, "run", household->run);
    hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, household->as_of));
    hedui_json_member_text(&json, "state", household->state);
    hedui_json_member_number(&json, "flag_total", household->flag_total);
    hedui_json_member_number(&json, "unanswered", household->unanswered);
    write_derived(&json, cli, e);
    write_flags(&json, cli, household);
    write_causes(&json, household);
    hedui_cli_account_write(&json, e, rule, cli->language);
    write_sources(&json, cli, household);
    hedui_json_close_object(&json);
}
