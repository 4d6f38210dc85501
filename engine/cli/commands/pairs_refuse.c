/* hedui pairs refuse NUMBER. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_decide(cli, call, HEDUI_STORE_PAIR, "refused");
}

static const hedui_cli_option options[] = {HEDUI_CLI_MATTER_OPTIONS};

const hedui_cli_command hedui_cli_command_pairs_refuse = {
    .name = "pairs refuse",
    .group = HEDUI_CLI_RUNS,
    .usage = "NUMBER",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "不批准一件非本人认定",
    .en = "refuse a proposed wrong match",
    .more_zh = "这一行照旧计入，经过留在记录里。在终端上会先询问；脚本中须加 --yes。",
    .more_en = "The row goes on counting; what was said stays on record. Asks at a terminal; "
               "scripts say --yes.",
    .example = "hedui pairs refuse P20140705-01 --person 王主任 --reason 已核对公安回函",
    .minor = 1,
    .schema = "hedui.pairs_decide/1",
    .run = run,
};
