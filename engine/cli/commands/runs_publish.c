/* hedui runs publish RUN: release a draft to the inspectors. */
#include "cli/decision.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_decide(cli, call, 1);
}

static const hedui_cli_option options[] = {HEDUI_CLI_DECISION_OPTIONS};

const hedui_cli_command hedui_cli_command_runs_publish = {
    .name = "runs publish",
    .group = HEDUI_CLI_RUNS,
    .usage = "RUN",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "发布暂不发布的批次，记下操作人和理由",
    .en = "release a run that was held back",
    .more_zh = "只能发布草稿；其后若已发布别的批次，请重新核对。操作人和理由留存备查。\n"
               "在终端上会先询问；脚本中须加 --yes。",
    .more_en = "Only a draft, and only if no other run was published since. Person and reason stay "
               "on record.\nAsks at a terminal; scripts say --yes.",
    .example = "hedui runs publish R20140705-01 --person 李敏 --reason 已与公安核实，数量无误",
    .schema = "hedui.runs_publish/1",
    .run = run,
};
