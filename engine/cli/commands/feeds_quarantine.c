/* hedui feeds quarantine [RUN]: the rows that were not used, to be sent back to their department.
 */
#include "cli/command.h"
#include "cli/grid.h"

#include <hedui/escape.h>
#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_delivery.h>
#include <hedui/store_run.h>
#include <hedui/workspace.h>

typedef struct quarantine {
    hedui_store *store;
    const hedui_store_run *run;
    hedui_span feed; /**< empty: all */
    const hedui_store_reject_count *counts;
    size_t count_count;
    const hedui_store_reject *rejects;
    size_t reject_count;
} quarantine;

static hedui_status check_feed(const quarantine *q, hedui_cli *cli, hedui_err *err)
{
    const hedui_store_delivery *deliveries = NULL;
    size_t count = 0;
    hedui_status status =
        hedui_store_delivery_list(&deliveries, &count, q->store, q->run->id, cli->arena, err);
    for (size_t i = 0; !status && i < count; i++)
        if (hedui_span_equal(deliveries[i].feed, q->feed))
            return HEDUI_OK;
    return status ? status
                  : hedui_fail(err, HEDUI_E8516, hedui_place_none(), HEDUI_ARG_SPAN(q->feed),
                               HEDUI_ARG_SPAN(q->run->id));
}

static hedui_status load(quarantine *q, hedui_cli *cli, const hedui_cli_call *call, hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    const hedui_cli_value *feed = hedui_cli_value_find(call, "feed");
    q->feed = hedui_span_of(feed ? feed->text : "");
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status = hedui_store_open(&q->store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_run_find(&q->run, q->store,
                                      hedui_span_of(call->argument_count ? call->arguments[0] : ""),
                                      cli->arena, err);
    if (!status && feed)
        status = check_feed(q, cli, err);
    if (!status)
        status = hedui_store_reject_counts(&q->counts, &q->count_count, q->store, q->run->id,
                                           cli->arena, err);
    if (!status)
        status = hedui_store_reject_list(&q->rejects, &q->reject_count, q->store, q->run->id,
                                         q->feed, cli->arena, err);
    return status;
}

static int asked_for(const quarantine *q, hedui_span feed)
{
    return !q->feed.length || hedui_span_equal(q->feed, feed);
}

static void print_counts(hedui_cli *cli, const quarantine *q)
{
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "rll", cli->arena);
    for (size_t i = 0; i < q->count_count; i++) {
        const hedui_store_reject_count *count = &q->counts[i];
        if (!asked_for(q, count->feed))
            continue;
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, count->count));
        hedui_cli_grid_add(&grid, count->title);
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_REJECT, count->reason, cli->language));
    }
    hedui_cli_grid_print(&cli->out, &grid, 2);
}

static void print_rows(hedui_cli *cli, const quarantine *q)
{
    static const char *const heads[][2] = {{"文件", "file"},
                                           {"行", "line"},
                                           {"列", "column"},
                                           {"原因", "reason"},
                                           {"内容（已遮盖）", "content (masked)"}};
    hedui_cli_grid grid;
    if (!q->reject_count)
        return;
    hedui_buffer_byte(&cli->out, '\n');
    hedui_cli_grid_init(&grid, "lrlll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < q->reject_count; i++) {
        const hedui_store_reject *reject = &q->rejects[i];
        hedui_buffer line;
        hedui_buffer_init(&line);
        hedui_escape_line(&line, reject->excerpt);
        hedui_cli_grid_add(&grid, reject->file);
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, reject->line));
        hedui_cli_grid_add(&grid, reject->column.length
                                      ? reject->column
                                      : hedui_span_of(hedui_cli_say(cli, "（整行）", "(row)")));
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_REJECT, reject->reason, cli->language));
        hedui_cli_grid_add(&grid, hedui_arena_copy(cli->arena, hedui_buffer_span(&line)));
        hedui_buffer_free(&line);
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void print(hedui_cli *cli, const quarantine *q)
{
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "核对批次 %.*s   问题行（未采用） %s 行\n",
                                      "run %.*s   %s rejected rows (not used)\n"),
                        (int)q->run->id.length, q->run->id.at,
                        hedui_cli_counted(cli, (int64_t)q->reject_count).at);
    print_counts(cli, q);
    print_rows(cli, q);
}

static void write_row(hedui_cli *cli, hedui_json *json, const hedui_store_reject *reject)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "feed", reject->feed);
    hedui_json_member_text(json, "file", reject->file);
    hedui_json_member_number(json, "line", reject->line);
    hedui_json_member_number(json, "offset", reject->offset);
    hedui_json_member_number(json, "length", reject->length);
    if (reject->column.length)
        hedui_json_member_text(json, "column", reject->column);
    else
        hedui_json_member_null(json, "column");
    hedui_json_member_text(json, "reason", reject->reason);
    hedui_json_member_text(json, "reason_label",
                           hedui_label(HEDUI_LABEL_REJECT, reject->reason, cli->language));
    hedui_json_member_text(json, "excerpt_masked", reject->excerpt);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const quarantine *q)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_quarantine/1"));
    hedui_json_member_text(&json, "run", q->run->id);
    hedui_json_member_number(&json, "rejected", (int64_t)q->reject_count);
    hedui_json_key(&json, "counts");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < q->count_count; i++) {
        if (!asked_for(q, q->counts[i].feed))
            continue;
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "feed", q->counts[i].feed);
        hedui_json_member_text(&json, "title", q->counts[i].title);
        hedui_json_member_text(&json, "reason", q->counts[i].reason);
        hedui_json_member_number(&json, "count", q->counts[i].count);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_key(&json, "rows");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < q->reject_count; i++)
        write_row(cli, &json, &q->rejects[i]);
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    quarantine q = {0};
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (load(&q, cli, call, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, &q);
    else
        print(cli, &q);
    hedui_store_close(q.store);
    return code;
}

static const hedui_cli_option options[] = {
    {"feed", 0, HEDUI_CLI_TEXT, "NAME", "只看一个数据源（布局名，如 vehicle）",
     "only one feed, by its layout's name: vehicle", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_feeds_quarantine = {
    .name = "feeds quarantine",
    .group = HEDUI_CLI_FEEDS,
    .usage = "[RUN]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出某一批次的问题行（未采用），供来源部门更正",
    .en = "list the rejected rows of a run, for their departments",
    .more_zh = "缺省为最近一次。行号按解压后的文件计；内容已遮盖，原文在来源部门的文件里。",
    .more_en = "Default: the latest run. Lines count in the unpacked file; contents are masked.",
    .example = "hedui feeds quarantine --feed vehicle -C /srv/hedui",
    .run = run,
};
