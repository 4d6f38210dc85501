/* hedui feeds requests [NUMBER]: the query lists and what answered them; of one list, who was not
 * asked about and why. */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/list.h"
#include "cli/summary.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_query.h>

typedef struct listing {
    hedui_store *store;
    const hedui_store_query *queries;
    size_t count;
    const hedui_store_omitted *omitted; /**< of the one list named */
    size_t omitted_count;
    int one;
} listing;

static hedui_status load(listing *l, hedui_cli *cli, const hedui_cli_call *call, hedui_err *err)
{
    hedui_status status = hedui_cli_store_open(&l->store, cli, err);
    if (status)
        return status;
    if (!call->argument_count)
        return hedui_store_query_list(&l->queries, &l->count, l->store, hedui_span_of(""),
                                      cli->arena, err);
    hedui_span id = hedui_span_of(call->arguments[0]);
    l->one = 1;
    l->count = 1;
    status = hedui_store_query_find(&l->queries, l->store, id, cli->arena, err);
    if (!status)
        status =
            hedui_store_omitted_list(&l->omitted, &l->omitted_count, l->store, id, cli->arena, err);
    return status;
}

static hedui_span last_day(const hedui_cli *cli, const hedui_store_query *q)
{
    return q->answer_by == INT32_MAX ? hedui_span_of("-") : hedui_cli_day(cli, q->answer_by);
}

static void print_queries(hedui_cli *cli, const listing *l)
{
    static const char *const heads[][2] = {
        {"名单", "list"},          {"数据源", "feed"},      {"查询日", "day"},
        {"回复期限", "answer by"}, {"开出人", "by"},        {"查询人数", "asked"},
        {"未列入", "not asked"},   {"有记录", "with rows"}, {"名单外行", "unasked rows"},
        {"回复", "answer"}};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lllllrrrrl", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < l->count; i++) {
        const hedui_store_query *q = &l->queries[i];
        const hedui_span none = hedui_span_of("-");
        int answered = q->run.length > 0;
        hedui_cli_grid_add(&grid, q->id);
        hedui_cli_grid_add(&grid, q->feed);
        hedui_cli_grid_add(&grid, hedui_cli_day(cli, q->day));
        hedui_cli_grid_add(&grid, last_day(cli, q));
        hedui_cli_grid_add(&grid, q->person);
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, q->asked));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, q->omitted));
        hedui_cli_grid_add(&grid, answered ? hedui_cli_counted(cli, q->answered) : none);
        hedui_cli_grid_add(&grid, answered ? hedui_cli_counted(cli, q->unasked) : none);
        hedui_cli_grid_add(&grid, answered ? q->answer : none);
    }
    hedui_cli_list_print(cli, &grid);
}

static void print_omitted(hedui_cli *cli, const listing *l)
{
    static const char *const heads[][2] = {{"救助户", "household"},
                                           {"成员", "member"},
                                           {"证号（已遮盖）", "number (masked)"},
                                           {"未列入原因", "reason"}};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "llll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < l->omitted_count; i++) {
        const hedui_store_omitted *o = &l->omitted[i];
        hedui_cli_grid_add(&grid, o->household);
        hedui_cli_grid_add(&grid, o->name);
        hedui_cli_grid_add(&grid, o->person_masked);
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_OMITTED, o->reason, cli->language));
    }
    hedui_buffer_text(&cli->out, "\n");
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void print(hedui_cli *cli, const listing *l)
{
    if (!l->count) {
        hedui_buffer_text(
            &cli->out, hedui_cli_say(cli, "还没有开出过查询名单。\n", "There is no query list.\n"));
        return;
    }
    print_queries(cli, l);
    if (l->one && l->omitted_count)
        print_omitted(cli, l);
}

static void write_query(hedui_cli *cli, hedui_json *json, const hedui_store_query *q)
{
    hedui_json_member_text(json, "query", q->id);
    hedui_json_member_text(json, "feed", q->feed);
    hedui_json_member_text(json, "title", q->title);
    hedui_json_member_text(json, "day", hedui_cli_day(cli, q->day));
    if (q->answer_by == INT32_MAX)
        hedui_json_member_null(json, "answer_by");
    else
        hedui_json_member_text(json, "answer_by", hedui_cli_day(cli, q->answer_by));
    hedui_json_member_text(json, "person", q->person);
    hedui_json_member_text(json, "file", q->file);
    hedui_json_member_number(json, "asked", q->asked);
    hedui_json_member_number(json, "rows", q->entries);
    hedui_json_member_number(json, "not_asked", q->omitted);
    hedui_json_member_number(json, "unreadable_rows", q->unreadable);
    hedui_json_key(json, "answer");
    if (!q->run.length) {
        hedui_json_null(json);
        return;
    }
    hedui_json_open_object(json);
    hedui_json_member_text(json, "run", q->run);
    hedui_json_member_text(json, "file", q->answer);
    hedui_json_member_number(json, "records", q->records);
    hedui_json_member_number(json, "with_rows", q->answered);
    hedui_json_member_number(json, "unasked_rows", q->unasked);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const listing *l)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_requests/1"));
    hedui_json_key(&json, "queries");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < l->count; i++) {
        hedui_json_open_object(&json);
        write_query(cli, &json, &l->queries[i]);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    if (l->one) {
        hedui_json_key(&json, "not_asked");
        hedui_json_open_array(&json);
        for (size_t i = 0; i < l->omitted_count; i++) {
            hedui_json_open_object(&json);
            hedui_json_member_text(&json, "household", l->omitted[i].household);
            hedui_json_member_text(&json, "name", l->omitted[i].name);
            hedui_json_member_text(&json, "person_masked", l->omitted[i].person_masked);
            hedui_json_member_text(&json, "reason", l->omitted[i].reason);
            hedui_json_close_object(&json);
        }
        hedui_json_close_array(&json);
    }
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    listing l = {0};
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (load(&l, cli, call, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, &l);
    else
        print(cli, &l);
    hedui_store_close(l.store);
    return code;
}

static const hedui_cli_option options[] = {HEDUI_CLI_FORMAT_OPTION};

const hedui_cli_command hedui_cli_command_feeds_requests = {
    .name = "feeds requests",
    .group = HEDUI_CLI_FEEDS,
    .usage = "[NUMBER]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出查询名单和回复；给出编号时列出未查询的人及原因",
    .en = "list the query lists and their answers; of one list, who was not asked about",
    .more_zh = "身份证号已遮盖。“有记录”按最近一个未撤回的批次计。",
    .more_en = "Numbers are masked. Answers are those of the newest run that stands.",
    .example = "hedui feeds requests Q20140705-01",
    .minor = 1,
    .schema = "hedui.feeds_requests/1",
    .run = run,
};
