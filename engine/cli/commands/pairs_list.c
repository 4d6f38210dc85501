/* hedui pairs list: every row that was said not to be somebody's, with who said so. */
#include "cli/list.h"
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_matter_list(cli, call, HEDUI_STORE_PAIR);
}

static const hedui_cli_option options[] = {
    {"household", 0, HEDUI_CLI_TEXT, "HOUSEHOLD", "只列这一户的", "of this household only", 0, 0,
     NULL},
    HEDUI_CLI_FORMAT_OPTION,
};

const hedui_cli_command hedui_cli_command_pairs_list = {
    .name = "pairs list",
    .group = HEDUI_CLI_RUNS,
    .usage = "[NUMBER]",

    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出非本人认定：情况、截止日、提出人、批准人；给出编号时列出经过",
    .en = "list wrong matches with who proposed and approved them; of one, all that was said",

    .example = "hedui pairs list P20140705-01",
    .minor = 1,
    .schema = "hedui.pairs_list/1",
    .run = run,
};
