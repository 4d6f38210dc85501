/* hedui runs show [RUN]: the summary of a run again. */
#include "cli/command.h"
#include "cli/night.h"

/* The draft made after the run that is shown, or empty: the one that waits for somebody. */
static hedui_span newer_draft(const hedui_cli_night *night, hedui_cli *cli)
{
    const hedui_store_run *runs;
    size_t count = 0;
    if (hedui_store_run_list(&runs, &count, night->store, cli->arena, NULL))
        return hedui_span_of("");
    for (size_t i = 0; i < count && !hedui_span_equal(runs[i].id, night->view.run->id); i++)
        if (hedui_span_is(runs[i].state, "draft"))
            return runs[i].id;
    return hedui_span_of("");
}

static void tell_newer(hedui_cli *cli, hedui_span draft)
{
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "另有更新的草稿 %.*s，尚未发布：%s runs show %.*s%s\n",
                      "there is a newer draft %.*s, not published: %s runs show %.*s%s\n"),
        (int)draft.length, draft.at, cli->program, (int)draft.length, draft.at,
        hedui_cli_night_place(cli));
}

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
        hedui_cli_run_print(cli, &night.view);
        hedui_span draft = call->argument_count ? hedui_span_of("") : newer_draft(&night, cli);
        if (draft.length)
            tell_newer(cli, draft);
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
