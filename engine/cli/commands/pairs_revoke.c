/* hedui pairs revoke NUMBER. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_decide(cli, call, HEDUI_STORE_PAIR, "revoked");
}

static const hedui_cli_option options[] = {HEDUI_CLI_MATTER_OPTIONS};

const hedui_cli_command hedui_cli_command_pairs_revoke = {
    .name = "pairs revoke",
    .group = HEDUI_CLI_RUNS,
    .usage = "NUMBER",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "撤销一件已批准的非本人认定，这一行重新计入",
    .en = "revoke an approved wrong match: the row counts again",
    .more_zh =
        "任何一人都可以撤销：恢复的是来源单位原来的数据。在终端上会先询问；脚本中须加 --yes。",
    .more_en = "Any person may: what comes back is what the department delivered. Asks at a "
               "terminal; scripts say --yes.",
    .example = "hedui pairs revoke P20140705-01 --person 王主任 --reason 已核对公安回函",
    .minor = 1,
    .schema = "hedui.pairs_decide/1",
    .run = run,
};
