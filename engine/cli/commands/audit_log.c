/* hedui audit log: what named persons did, the newest first: decisions about runs and findings,
 * texts confirmed, lists written, lines shown whole. */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/list.h"

#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_audit.h>

#include <time.h>

/* 2014-07-05T08:30:00+08:00, or for people without the zone; empty if it is not known. */
static hedui_span moment(const hedui_cli *cli, int64_t at, int whole)
{
    char text[40];
    struct tm civil;
    time_t seconds = (time_t)at;
    if (at == INT64_MIN || !localtime_r(&seconds, &civil))
        return hedui_span_of("");
    size_t length =
        strftime(text, sizeof text, whole ? "%Y-%m-%dT%H:%M:%S%z" : "%Y-%m-%d %H:%M", &civil);
    text[length] = '\0';
    if (whole && length == 24) /* +0800 has its colon by ISO 8601 */
        return hedui_cli_print(cli, "%.22s:%s", text, text + 22);
    return hedui_cli_print(cli, "%s", text);
}

static void print(hedui_cli *cli, const hedui_store_entry *list, size_t count)
{
    static const char *const heads[][2] = {
        {"时间", "when"}, {"事项", "act"}, {"对象", "of"}, {"操作人", "by"}, {"理由", "reason"}};
    const hedui_span none = hedui_span_of("-");
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < count; i++) {
        hedui_span at = moment(cli, list[i].at, 0);
        hedui_cli_grid_add(&grid, at.length ? at : none);
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_AUDIT, list[i].kind, cli->language));
        hedui_cli_grid_add(&grid, list[i].what);
        hedui_cli_grid_add(&grid, list[i].person);
        hedui_cli_grid_add(&grid, list[i].reason.length ? list[i].reason : none);
    }
    hedui_cli_list_print(cli, &grid);
}

static void member(hedui_json *json, const char *key, hedui_span text)
{
    if (text.length)
        hedui_json_member_text(json, key, text);
    else
        hedui_json_member_null(json, key);
}

static void write(hedui_cli *cli, const hedui_store_entry *list, size_t count)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.audit_log/1"));
    hedui_json_key(&json, "entries");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < count; i++) {
        hedui_json_open_object(&json);
        member(&json, "at", moment(cli, list[i].at, 1));
        hedui_json_member_text(&json, "kind", list[i].kind);
        hedui_json_member_text(&json, "kind_label",
                               hedui_label(HEDUI_LABEL_AUDIT, list[i].kind, cli->language));
        hedui_json_member_text(&json, "what", list[i].what);
        hedui_json_member_text(&json, "person", list[i].person);
        member(&json, "reason", list[i].reason);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_store_entry *list = NULL;
    hedui_store *store = NULL;
    size_t count = 0;
    hedui_err err;
    int code = 0;
    (void)call;
    hedui_err_init(&err);
    if (hedui_cli_store_open(&store, cli, &err) ||
        hedui_store_entry_list(&list, &count, store, cli->arena, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, list, count);
    else if (!count)
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "还没有留痕。\n", "There is nothing on record.\n"));
    else
        print(cli, list, count);
    hedui_store_close(store);
    return code;
}

static const hedui_cli_option options[] = {HEDUI_CLI_FORMAT_OPTION};

const hedui_cli_command hedui_cli_command_audit_log = {
    .name = "audit log",
    .group = HEDUI_CLI_CARE,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出留痕：谁、何时、为什么发布、认定、确认、查看原文",
    .en = "list who published, decided, confirmed or had a line shown whole, when and why",
    .more_zh = "只增不改，最近的在前。",
    .more_en = "Entries are only added; the newest comes first.",
    .schema = "hedui.audit_log/1",
    .run = run,
};
