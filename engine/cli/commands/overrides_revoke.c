/* hedui overrides revoke NUMBER: the flag comes back at the next run. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_decide(cli, call, HEDUI_STORE_OVERRIDE, "revoked");
}

static const hedui_cli_option options[] = {HEDUI_CLI_MATTER_OPTIONS};

const hedui_cli_command hedui_cli_command_overrides_revoke = {
    .name = "overrides revoke",
    .group = HEDUI_CLI_RUNS,
    .usage = "NUMBER",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "撤销一件已批准的例外认定，疑点重新列出",
    .en = "revoke an approved override: the flag comes back",
    .more_zh =
        "任何一人都可以撤销：疑点回来，不会使任何人受损。在终端上会先询问；脚本中须加 --yes。",
    .more_en = "Any person may: a lead comes back. Asks at a terminal; scripts say --yes.",
    .example = "hedui overrides revoke X20140705-01 --person 王主任 --reason 已核对佐证材料",
    .minor = 1,
    .schema = "hedui.overrides_decide/1",
    .run = run,
};
