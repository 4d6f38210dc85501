/* hedui runs withdraw RUN: take back what should not be worked on. */
#include "cli/decision.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_decide(cli, call, 0);
}

static const hedui_cli_option options[] = {HEDUI_CLI_DECISION_OPTIONS};

const hedui_cli_command hedui_cli_command_runs_withdraw = {
    .name = "runs withdraw",
    .group = HEDUI_CLI_RUNS,
    .usage = "RUN",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "撤回批次，记下操作人和理由",
    .en = "withdraw a run",
    .more_zh =
        "撤回的批次仍留存备查，但不再作为下次核对的对照，也不再算最近一次。撤回后不能再发布。\n"
        "在终端上会先询问；脚本中须加 --yes。",
    .more_en = "It stays on record, but later runs are not compared with it. It cannot be "
               "published again.\nAsks at a terminal; scripts say --yes.",
    .example = "hedui runs withdraw R20140705-01 --person 李敏 --reason 公安重新提供了数据",
    .schema = "hedui.runs_withdraw/1",
    .run = run,
};
