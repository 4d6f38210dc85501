/* hedui pairs approve NUMBER. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_decide(cli, call, HEDUI_STORE_PAIR, "approved");
}

static const hedui_cli_option options[] = {HEDUI_CLI_MATTER_OPTIONS};

const hedui_cli_command hedui_cli_command_pairs_approve = {
    .name = "pairs approve",
    .group = HEDUI_CLI_RUNS,
    .usage = "NUMBER",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "批准一件非本人认定（须由提出人以外的人）",
    .en = "approve a wrong match (another person than who proposed it)",
    .more_zh = "从下一次核对起，这一行不计入；看清是谁的哪一行再批准。\n姓名中的空格、全角半角不作"
               "区别。在终端上会先询问；脚本中须加 --yes。",
    .more_en = "From the next run on the row does not count; look whose row it is first.\nNames "
               "are compared without blanks and widths. Asks at a terminal; scripts say --yes.",
    .example = "hedui pairs approve P20140705-01 --person 王主任 --reason 已核对公安回函",
    .minor = 1,
    .schema = "hedui.pairs_decide/1",
    .run = run,
};
