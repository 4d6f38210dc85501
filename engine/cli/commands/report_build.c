/* hedui report build REPORT [RUN]: reports for people from what a run stored. */
#include "cli/command.h"

#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/report.h>
#include <hedui/workspace.h>

static void tell(hedui_cli *cli, const char *const *paths, size_t count)
{
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.report_build/1"));
        hedui_json_key(&json, "files");
        hedui_json_open_array(&json);
        for (size_t i = 0; i < count; i++)
            hedui_json_text(&json, hedui_span_of(paths[i]));
        hedui_json_close_array(&json);
        hedui_json_close_object(&json);
        return;
    }
    for (size_t i = 0; !cli->quiet && i < count; i++)
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "已写 %s\n", "wrote %s\n"), paths[i]);
    if (!count && !cli->quiet)
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "没有疑点，没有报表可写。\n",
                                                   "there are no flags, so there is no file.\n"));
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    const hedui_cli_value *town = hedui_cli_value_find(call, "town");
    const hedui_cli_value *households = hedui_cli_value_find(call, "household");
    const hedui_cli_value *out = hedui_cli_value_find(call, "out");
    const hedui_cli_value *format = hedui_cli_value_find(call, "format");
    hedui_report_request request = {
        .kind = call->arguments[0],
        .format = format ? format->text : NULL,
        .run = hedui_span_of(call->argument_count > 1 ? call->arguments[1] : ""),
        .town = hedui_span_of(town ? town->text : ""),
        .households = hedui_span_of(households ? households->text : "")};
    hedui_store *store = NULL;
    const char *const *paths = NULL;
    size_t count = 0;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err);
    if (!status) {
        request.folder = out ? out->text : workspace->out;
        status = hedui_folder_make(request.folder, &err);
    }
    if (!status)
        status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, &err);
    if (!status)
        status = hedui_report_build(&paths, &count, store, &request, cli->arena, &err);
    if (status)
        code = hedui_cli_fail(cli, &err);
    else
        tell(cli, paths, count);
    hedui_store_close(store);
    return code;
}

static const hedui_cli_option options[] = {
    {"town", 't', HEDUI_CLI_TEXT, "TOWN", "只要这个乡镇（名称或代码）；缺省为每个有疑点的乡镇",
     "only this town, by name or code (default: every town with flags)", 0, 0, NULL},
    {"household", 0, HEDUI_CLI_TEXT, "ID,…", "只要这些户（户编号，用逗号隔开），不论有无疑点",
     "only these households, by id and divided by commas, with flags or without", 0, 0, NULL},
    {"out", 'o', HEDUI_CLI_TEXT, "FOLDER", "写入目录；缺省为工作目录的 out",
     "folder to write into (default: out of the workspace)", 0, 0, NULL},
    {"format", 'f', HEDUI_CLI_TEXT, "FORMAT", "格式，见 hedui report list",
     "format, see hedui report list", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_report_build = {
    .name = "report build",
    .group = HEDUI_CLI_RUNS,
    .usage = "REPORT [RUN]",
    .least = 1,
    .most = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "生成报表：台账、入户表、汇总表等",
    .en = "build a report: ledgers, visit sheets, summaries",
    .more_zh = "报表只读已入库的结果，身份证号一律遮盖；同一批次重复生成，内容逐字节相同。",
    .more_en = "Reports read what a run stored and mask citizen numbers; built again, a report is "
               "the same byte for byte.",
    .example = "hedui report build ledger --town 城关街道 -C /srv/hedui",
    .schema = "hedui.report_build/1",
    .run = run,
};
