/* hedui runs export [RUN] [--out FILE]: what a run found, for other programs, as JSON Lines. */
#include "cli/command.h"
#include "cli/folders.h"

#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/report_export.h>

/* Standard output takes the lines as they come: an export may be larger than memory. Flushing tells
 * by itself why it failed. */
static hedui_status to_output(void *context, hedui_span lines, hedui_err *err)
{
    hedui_cli *cli = context;
    hedui_buffer_add(&cli->out, lines);
    if (!hedui_cli_flush(cli))
        return HEDUI_OK;
    cli->told = 1;
    hedui_buffer_clear(&cli->out);
    *err = cli->failed;
    return err->status;
}

static void tell(hedui_cli *cli, const char *file)
{
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.runs_export_file/1"));
        hedui_json_member_text(&json, "file", hedui_span_of(file));
        hedui_json_close_object(&json);
    } else if (!cli->quiet) {
        hedui_buffer_format(&cli->out, hedui_cli_say(cli, "已写 %s\n", "wrote %s\n"), file);
    }
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *out = hedui_cli_value_find(call, "out");
    hedui_span id = hedui_span_of(call->argument_count ? call->arguments[0] : "");
    hedui_store *store = NULL;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    hedui_status status = hedui_cli_store_open(&store, cli, &err);
    if (!status)
        status = out ? hedui_report_export_file(out->text, store, id, &err)
                     : hedui_report_export(to_output, cli, store, id, &err);
    if (status)
        code = hedui_cli_fail_once(cli, &err);
    else if (out)
        tell(cli, out->text);
    hedui_store_close(store);
    return code;
}

static const hedui_cli_option options[] = {
    {"out", 'o', HEDUI_CLI_TEXT, "FILE", "写入文件（须不存在）；缺省写到标准输出",
     "write to a file that does not exist (default: standard output)", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_runs_export = {
    .name = "runs export",
    .group = HEDUI_CLI_RUNS,
    .usage = "[RUN]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "导出某一批次的全部结果（JSON Lines，供其他程序使用）",
    .en = "export all that a run found, as JSON Lines for other programs",
    .more_zh = "每行一个对象：head 批次、数据源和摘要，gap 数据源缺口，household "
               "一户及各规则、各来源的结果，flag "
               "疑点及证据的位置，\n"
               "overridden 核到而按例外认定不列为疑点的，pair 已认定不是本人的行，tag 提示，cause "
               "无法判断的原因，end "
               "各类行数。身份证号只有遮盖后的；含姓名，须与数据库同样保管。",
    .more_en =
        "One object a line: head, gap, household, flag with its evidence, overridden, pair, tag, "
        "cause, "
        "end; the fields stand in\n"
        "include/hedui/report_export.h. Citizen numbers are masked, people are named: keep it as "
        "you keep the database.",
    .example = "hedui runs export -o R20140705-01.jsonl -C /srv/hedui",
    .minor = 1,
    .schema = "hedui.runs_export_file/1",
    .run = run,
};
