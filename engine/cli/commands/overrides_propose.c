/* hedui overrides propose HOUSEHOLD RULE: the first person's word; it holds nothing yet. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_override_propose(cli, call);
}

static const hedui_cli_option options[] = {
    {"flag", 0, HEDUI_CLI_NUMBER, "N", "第几条疑点（见 hedui explain；只有一条时不必写）",
     "which flag, as in explain (if there are several)", 1, 9999, NULL},
    HEDUI_CLI_MATTER_GROUNDS};

const hedui_cli_command hedui_cli_command_overrides_propose = {
    .name = "overrides propose",
    .group = HEDUI_CLI_RUNS,
    .usage = "HOUSEHOLD RULE",
    .least = 2,
    .most = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "提出例外认定：这一条疑点已有结论，事实不变就不再列出",
    .en = "propose that a flag is none as long as its facts are the same",
    .more_zh =
        "只有规则写明 override: allowed 的疑点可以提出；须由另一人用 hedui overrides approve "
        "批准后才有效。\n事实有变化、到期或撤销后，疑点重新列出并说明原因。在终端上会先询问；脚本中"
        "须加 --yes。",
    .more_en = "Only for rules with override: allowed; it holds once another person approves it "
               "(hedui overrides approve).\nOther facts, the last day or a revocation bring the "
               "flag back, and it says why.\nAsks at a terminal; scripts say --yes.",
    .example = "hedui overrides propose H000001 VEH-01 --person 李敏 --reason 残疾人专用车 "
               "--evidence 驾驶证C5和残疾证 --until 2014-12-31",
    .minor = 1,
    .schema = "hedui.overrides_propose/1",
    .run = run,
};
