/* hedui explain HOUSEHOLD: why this family, and what was looked at where nothing was found. */
#include "cli/command.h"
#include "cli/grid.h"
#include "cli/night.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_household.h>

static void add(hedui_cli *cli, hedui_span text)
{
    hedui_buffer_add(&cli->out, text);
}

static void add_label(hedui_cli *cli, hedui_label_kind kind, hedui_span code)
{
    add(cli, hedui_label(kind, code, cli->language));
}

/* A line with its subject in front, left out where there is nothing to say. */
static void line(hedui_cli *cli, const char *zh, const char *en, hedui_span text)
{
    if (text.length)
        hedui_buffer_format(&cli->out, "   %s  %.*s\n", hedui_cli_say(cli, zh, en),
                            (int)text.length, text.at);
}

static void print_head(hedui_cli *cli, const hedui_store_household *household)
{
    add(cli, household->id);
    const hedui_span texts[] = {household->town_name, household->area_name, household->head_name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].length && !(i == 1 && hedui_span_equal(texts[0], texts[1]))) {
            hedui_buffer_text(&cli->out, "  ");
            add(cli, texts[i]);
        }
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "  %lld 人（保障 %lld 人）\n", "  %lld people (%lld counted)\n"),
        (long long)household->members, (long long)household->counted);
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "核对批次 %.*s   基准日 %s   结论：", "run %.*s   as of %s   state: "),
        (int)household->run.length, household->run.at, hedui_cli_day(cli, household->as_of).at);
    add_label(cli, HEDUI_LABEL_HOUSEHOLD, household->state);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "（疑点 %lld 条，无法核对的规则 %lld 条）\n",
                                      " (%lld flags, %lld rules unanswered)\n"),
                        (long long)household->flag_total, (long long)household->unanswered);
}

/* The run's delivery behind a row of evidence; NULL if the same facts were first seen in an earlier
 * one. */
static const hedui_store_delivery *delivery_of(const hedui_store_household *household,
                                               const hedui_store_evidence *evidence)
{
    for (size_t i = 0; i < household->delivery_count; i++)
        if (memcmp(&household->deliveries[i].digest, &evidence->file_digest,
                   sizeof evidence->file_digest) == 0)
            return &household->deliveries[i];
    return NULL;
}

/* What was searched in vain: as of which day, how many rows. A source that answered a query list
 * was searched for the people of the list only. */
static void print_search(hedui_cli *cli, const hedui_store_household *household,
                         const hedui_store_evidence *evidence)
{
    const hedui_store_delivery *delivery = delivery_of(household, evidence);
    if (delivery && delivery->query.length) {
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "已按查询名单 %.*s（%s）查询，回复共 %s 行，无记录\n",
                          "asked in query list %.*s of %s, answered with %s rows, no row\n"),
            (int)delivery->query.length, delivery->query.at,
            hedui_cli_day(cli, delivery->query_day).at,
            hedui_cli_counted(cli, delivery->records).at);
        return;
    }
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "已查（数据截至 %s", "searched (data as of %s"),
                        hedui_cli_day(cli, evidence->cut_off).at);
    if (delivery)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "，共 %s 行", ", %s rows"),
                            hedui_cli_counted(cli, delivery->records).at);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "），无记录\n", "), no row\n"));
}

static void print_evidence(hedui_cli *cli, const hedui_store_household *household,
                           const hedui_store_evidence *evidence)
{
    char hex[HEDUI_DIGEST_HEX];
    hedui_digest_hex(hex, &evidence->file_digest);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "   来源  %.*s %.*s ", "   source  %.*s %.*s "),
                        (int)evidence->source.length, evidence->source.at,
                        (int)evidence->file.length, evidence->file.at);
    if (evidence->line) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "第 ", "line "));
        hedui_cli_count(&cli->out, evidence->line);
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, " 行（字节 ", " (byte "));
        hedui_cli_count(&cli->out, evidence->offset);
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "，SHA-256 %.8s…）\n", ", SHA-256 %.8s…)\n"), hex);
        hedui_buffer_format(&cli->out, "   %s  ", hedui_cli_say(cli, "匹配", "match"));
        add_label(cli, HEDUI_LABEL_MATCH, evidence->match);
        hedui_buffer_byte(&cli->out, '\n');
    } else {
        print_search(cli, household, evidence);
    }
    if (!evidence->cell_count)
        return;
    hedui_buffer_format(&cli->out, "   %s  ", hedui_cli_say(cli, "记录", "row"));
    for (size_t i = 0; i < evidence->cell_count; i++) {
        const hedui_store_cell *cell = &evidence->cells[i];
        hedui_buffer_text(&cli->out, i ? "  " : "");
        add(cli, cell->title.length ? cell->title : cell->column);
        hedui_buffer_byte(&cli->out, '=');
        add(cli, cell->value);
    }
    hedui_buffer_byte(&cli->out, '\n');
}

static void print_flag(hedui_cli *cli, const hedui_store_household *household,
                       const hedui_store_flag *flag, size_t number)
{
    hedui_buffer_format(&cli->out, "\n%zu. %.*s %.*s  ", number, (int)flag->rule.length,
                        flag->rule.at, (int)flag->title.length, flag->title.at);
    add_label(cli, HEDUI_LABEL_SEVERITY, flag->severity);
    hedui_buffer_text(&cli->out, "  ");
    add_label(cli, HEDUI_LABEL_EFFECT, flag->effect);
    hedui_buffer_text(&cli->out, "  ");
    add_label(cli, HEDUI_LABEL_FLAG, flag->status);
    hedui_buffer_text(&cli->out, flag->capped ? hedui_cli_say(cli, "  （匹配较弱，只作核实）",
                                                              "  (a weak match: to be verified)")
                                              : "");
    hedui_buffer_byte(&cli->out, '\n');
    line(cli, "情况", "what", flag->message);
    if (flag->person.length)
        line(cli, "人员", "person",
             hedui_cli_print(cli, "%.*s %.*s", (int)flag->person.length, flag->person.at,
                             (int)flag->person_masked.length, flag->person_masked.at));
    for (size_t i = 0; i < flag->evidence_count; i++)
        print_evidence(cli, household, &flag->evidence[i]);
    line(cli, "依据", "basis", flag->basis);
    line(cli, "核实", "ask", flag->ask);
    line(cli, "可消除", "cleared by", flag->clears);
    if (flag->why.length > 8 && memcmp(flag->why.at, "overrid", 7) == 0)
        line(cli, "说明", "note", hedui_label(HEDUI_LABEL_WHY, flag->why, cli->language));
}

static void print_causes(hedui_cli *cli, const hedui_store_household *household)
{
    if (!household->cause_count)
        return;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n无法核对\n", "\nunanswered\n"));
    for (size_t i = 0; i < household->cause_count; i++) {
        const hedui_store_cause *cause = &household->causes[i];
        const hedui_span parts[] = {hedui_label(HEDUI_LABEL_CAUSE, cause->reason, cli->language),
                                    cause->source_title.length ? cause->source_title
                                                               : cause->source,
                                    cause->field, cause->person};
        hedui_buffer_text(&cli->out, "   ");
        add(cli, cause->rule);
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++)
            if (parts[j].length) {
                hedui_buffer_text(&cli->out, "  ");
                add(cli, parts[j]);
            }
        hedui_buffer_byte(&cli->out, '\n');
    }
}

static void print_tags(hedui_cli *cli, const hedui_store_household *household)
{
    if (household->tag_count)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n提示（不是疑点，入户时看一看）\n",
                                                   "\nto look at (no flags)\n"));
    for (size_t i = 0; i < household->tag_count; i++) {
        const hedui_store_tag *tag = &household->tags[i];
        const hedui_span parts[] = {tag->rule, tag->title, tag->message};
        hedui_buffer_text(&cli->out, "  ");
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) {
            hedui_buffer_byte(&cli->out, ' ');
            add(cli, parts[j]);
        }
        hedui_buffer_byte(&cli->out, '\n');
    }
}

static void print_overridden(hedui_cli *cli, const hedui_store_household *household)
{
    if (household->overridden_count)
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "\n例外认定（已核到，按认定不列为疑点）\n",
                                        "\noverridden (found, and no flags by decision)\n"));
    for (size_t i = 0; i < household->overridden_count; i++) {
        const hedui_store_overridden *o = &household->overridden[i];
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "   %.*s %.*s  %.*s，至 %s，佐证：%.*s\n   情况  %.*s\n",
                          "   %.*s %.*s  %.*s until %s, evidence: %.*s\n   what  %.*s\n"),
            (int)o->rule.length, o->rule.at, (int)o->title.length, o->title.at,
            (int)o->override.length, o->override.at, hedui_cli_day(cli, o->until).at,
            (int)o->evidence.length, o->evidence.at, (int)o->message.length, o->message.at);
    }
}

static void print_checked(hedui_cli *cli, const hedui_store_household *household)
{
    hedui_cli_grid grid;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n各规则\n", "\nrules\n"));
    hedui_cli_grid_init(&grid, "lll", cli->arena);
    for (size_t i = 0; i < household->answer_count; i++) {
        hedui_cli_grid_add(&grid, household->answers[i].rule);
        hedui_cli_grid_add(&grid, household->answers[i].title);
        hedui_cli_grid_add(
            &grid, hedui_label(HEDUI_LABEL_ANSWER, household->answers[i].answer, cli->language));
    }
    hedui_cli_grid_print(&cli->out, &grid, 3);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n查过的数据源\n", "\nsources\n"));
    hedui_cli_grid_init(&grid, "lllll", cli->arena);
    for (size_t i = 0; i < household->delivery_count; i++) {
        const hedui_store_delivery *delivery = &household->deliveries[i];
        if (!delivery->file.length)
            continue;
        hedui_cli_grid_add(&grid, delivery->title);
        hedui_cli_grid_add(&grid,
                           hedui_label(HEDUI_LABEL_VERDICT, delivery->verdict, cli->language));
        hedui_cli_grid_add(&grid, delivery->file.length ? hedui_cli_day(cli, delivery->cut_off)
                                                        : hedui_span_of("-"));
        hedui_cli_grid_add(&grid, delivery->file);
        hedui_cli_grid_add(
            &grid,
            delivery->query.length
                ? hedui_cli_print(cli,
                                  hedui_cli_say(cli, "回复查询名单 %.*s，查询 %s 人，%s 人有记录",
                                                "answers %.*s: %s asked, %s with rows"),
                                  (int)delivery->query.length, delivery->query.at,
                                  hedui_cli_counted(cli, delivery->asked).at,
                                  hedui_cli_counted(cli, delivery->answered).at)
                : hedui_span_of(""));
    }
    hedui_cli_grid_print(&cli->out, &grid, 3);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "\n疑点为比对线索，不是认定结论。\n",
                                               "\nA flag is a lead, not a finding.\n"));
}

static void write_evidence(hedui_cli *cli, hedui_json *json, const hedui_store_household *household,
                           const hedui_store_flag *flag)
{
    hedui_json_key(json, "evidence");
    hedui_json_open_array(json);
    for (size_t i = 0; i < flag->evidence_count; i++) {
        const hedui_store_evidence *evidence = &flag->evidence[i];
        char hex[HEDUI_DIGEST_HEX];
        hedui_digest_hex(hex, &evidence->file_digest);
        hedui_json_open_object(json);
        hedui_json_member_text(json, "feed", evidence->feed);
        hedui_json_member_text(json, "file", evidence->file);
        hedui_json_member_text(json, "sha256", hedui_span_of(hex));
        if (evidence->cut_off == INT32_MIN)
            hedui_json_member_null(json, "cut_off");
        else
            hedui_json_member_text(json, "cut_off", hedui_cli_day(cli, evidence->cut_off));
        const hedui_store_delivery *delivery = delivery_of(household, evidence);
        if (delivery)
            hedui_json_member_number(json, "records", delivery->records);
        hedui_json_member_number(json, "line", evidence->line);
        hedui_json_member_number(json, "offset", evidence->offset);
        hedui_json_member_text(json, "match", evidence->match);
        hedui_json_key(json, "cells");
        hedui_json_open_object(json);
        for (size_t j = 0; j < evidence->cell_count; j++) {
            const hedui_store_cell *cell = &evidence->cells[j];
            hedui_json_key(json, cell->column.at); /* an arena's copies end in NUL */
            hedui_json_text(json, cell->value);
        }
        hedui_json_close_object(json);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write(hedui_cli *cli, const hedui_store_household *household)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.explain/1"));
    hedui_json_member_text(&json, "household", household->id);
    hedui_json_member_text(&json, "run", household->run);
    hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, household->as_of));
    hedui_json_member_text(&json, "state", household->state);
    hedui_json_key(&json, "flags");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < household->flag_count; i++) {
        const hedui_store_flag *flag = &household->flags[i];
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "rule", flag->rule);
        hedui_json_member_text(&json, "title", flag->title);
        hedui_json_member_text(&json, "severity", flag->severity);
        hedui_json_member_text(&json, "effect", flag->effect);
        hedui_json_member_flag(&json, "capped", flag->capped);
        hedui_json_member_text(&json, "status", flag->status);
        hedui_json_member_text(&json, "message", flag->message);
        hedui_json_member_text(&json, "person", flag->person);
        hedui_json_member_text(&json, "person_masked", flag->person_masked);
        write_evidence(cli, &json, household, flag);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_key(&json, "overridden");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < household->overridden_count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "rule", household->overridden[i].rule);
        hedui_json_member_text(&json, "message", household->overridden[i].message);
        hedui_json_member_text(&json, "override", household->overridden[i].override);
        hedui_json_member_text(&json, "until", hedui_cli_day(cli, household->overridden[i].until));
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_key(&json, "tags");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < household->tag_count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "rule", household->tags[i].rule);
        hedui_json_member_text(&json, "title", household->tags[i].title);
        hedui_json_member_text(&json, "message", household->tags[i].message);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_key(&json, "undetermined");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < household->cause_count; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "rule", household->causes[i].rule);
        hedui_json_member_text(&json, "reason", household->causes[i].reason);
        hedui_json_member_text(&json, "source", household->causes[i].source);
        hedui_json_member_text(&json, "field", household->causes[i].field);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *named = hedui_cli_value_find(call, "run");
    const hedui_store_household *household = NULL;
    const hedui_workspace *workspace = NULL;
    hedui_store *store = NULL;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err) ||
        hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, &err) ||
        hedui_store_household_find(&household, store, hedui_span_of(named ? named->text : ""),
                                   hedui_span_of(call->arguments[0]), cli->arena, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, household);
    } else {
        print_head(cli, household);
        for (size_t i = 0; i < household->flag_count; i++)
            print_flag(cli, household, &household->flags[i], i + 1);
        print_overridden(cli, household);
        print_tags(cli, household);
        print_causes(cli, household);
        print_checked(cli, household);
    }
    hedui_store_close(store);
    return code;
}

static const hedui_cli_option options[] = {
    {"run", 0, HEDUI_CLI_TEXT, "RUN", "哪一批次（缺省为最近一次）",
     "which run (default: the latest)", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_explain = {
    .name = "explain",
    .group = HEDUI_CLI_RUNS,
    .usage = "HOUSEHOLD",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "说明一户：疑点、原始记录、无法核对之处、查过的数据源",
    .en = "explain a household: flags, rows, what could not be checked",
    .schema = "hedui.explain/1",
    .run = run,
};
