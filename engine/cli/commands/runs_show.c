/* hedui runs show [RUN]: the summary of a run again. */
#include "cli/command.h"
#include "cli/night.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    hedui_cli_night night = {0};
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_night_load(&night, cli,
                             hedui_span_of(call->argument_count ? call->arguments[0] : ""), &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        hedui_cli_run_write(cli, &night.view, "hedui.runs_show/1");
    } else {
        /* before and behind: the top is what `| head` shows, the end what a terminal does */
        if (!call->argument_count)
            hedui_cli_tell_newer(cli, night.store, night.view.run, "runs show");
        hedui_cli_run_print(cli, &night.view);
        if (!call->argument_count)
            hedui_cli_tell_newer(cli, night.store, night.view.run, "runs show");
    }
    hedui_cli_night_close(&night);
    return code;
}

const hedui_cli_command hedui_cli_command_runs_show = {
    .name = "runs show",
    .group = HEDUI_CLI_RUNS,
    .usage = "[RUN]",
    .most = 1,
    .zh = "显示某一批次的结果（缺省为最近一次已发布的）",
    .en = "show what a run found (default: the latest published)",
    .more_zh = "不写批次时显示最近一次已发布的批次；还没有发布过的，显示最近的草稿。",
    .more_en = "Without RUN: the latest published run, or the latest draft if none was published.",
    .schema = "hedui.runs_show/1",
    .run = run,
};
