/* hedui overrides approve NUMBER: the second person's word. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_decide(cli, call, HEDUI_STORE_OVERRIDE, "approved");
}

static const hedui_cli_option options[] = {HEDUI_CLI_MATTER_OPTIONS};

const hedui_cli_command hedui_cli_command_overrides_approve = {
    .name = "overrides approve",
    .group = HEDUI_CLI_RUNS,
    .usage = "NUMBER",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "批准一件例外认定（须由提出人以外的人）",
    .en = "approve an override (another person than who proposed it)",
    .more_zh = "批准以后，疑点的事实不变、没有到期，就不列为疑点。\n姓名中的空格、全角半角不作区别"
               "。在终端上会先询问；脚本中须加 --yes。",
    .more_en = "From then on the finding is no flag while its facts are the same and the day is "
               "not over.\nNames are compared without blanks and widths. Asks at a terminal; "
               "scripts say --yes.",
    .example = "hedui overrides approve X20140705-01 --person 王主任 --reason 已核对佐证材料",
    .minor = 1,
    .schema = "hedui.overrides_decide/1",
    .run = run,
};
