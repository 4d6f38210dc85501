/* hedui overrides refuse NUMBER: the proposal comes to nothing. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_decide(cli, call, HEDUI_STORE_OVERRIDE, "refused");
}

static const hedui_cli_option options[] = {HEDUI_CLI_MATTER_OPTIONS};

const hedui_cli_command hedui_cli_command_overrides_refuse = {
    .name = "overrides refuse",
    .group = HEDUI_CLI_RUNS,
    .usage = "NUMBER",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "不批准一件例外认定",
    .en = "refuse a proposed override",
    .more_zh = "疑点照旧列出，经过留在记录里。在终端上会先询问；脚本中须加 --yes。",
    .more_en =
        "The flag stays; what was said stays on record. Asks at a terminal; scripts say --yes.",
    .example = "hedui overrides refuse X20140705-01 --person 王主任 --reason 已核对佐证材料",
    .minor = 1,
    .schema = "hedui.overrides_decide/1",
    .run = run,
};
