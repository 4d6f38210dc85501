/* hedui pairs propose HOUSEHOLD FILE LINE: the first person's word; it holds nothing yet. */
#include "cli/matter.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_pair_propose(cli, call);
}

static const hedui_cli_option options[] = {
    {"name", 0, HEDUI_CLI_TEXT, "NAME", "不是谁的（一行涉及户里几个人时才写）",
     "whose it is not (if the row is about several people of the household)", 0, 0, NULL},
    HEDUI_CLI_MATTER_GROUNDS};

const hedui_cli_command hedui_cli_command_pairs_propose = {
    .name = "pairs propose",
    .group = HEDUI_CLI_RUNS,
    .usage = "HOUSEHOLD FILE LINE",
    .least = 3,
    .most = 3,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "提出非本人认定：这一行不是这个人的，以后不计入",
    .en = "propose that a row is not this person's (a namesake, a stolen identity, an old number)",
    .more_zh = "如同名同号、身份被冒用、旧号码上的车。文件和行号照 hedui explain "
               "写的抄。须由另一人用 hedui pairs approve "
               "批准后才有效：有的行对家庭有利，一个人不能拿掉。\n批准以后，这个人在任何一户，凡内"
               "容相同的这一行都当作没有；这个来源照样算查过。内容变了、到期或撤销后重新计入，并说"
               "明原因。\n在终端上会先询问；脚本中须加 --yes。",
    .more_en =
        "FILE and LINE as hedui explain tells them. It holds once another person approves it "
        "(hedui pairs approve): a row may help a family, so no one person takes it away.\nFrom "
        "then on a row that says the same is as if it were not there, for this person in any "
        "household; the source still counts as checked. Other facts, the last day or a revocation "
        "bring it back, and it says why.\nAsks at a terminal; scripts say --yes.",
    .example = "hedui pairs propose H000001 veh-201406.csv.gz 12 --person 李敏 --reason "
               "身份证丢失被冒用 --evidence 公安回函 --until 2014-12-31",
    .minor = 1,
    .schema = "hedui.pairs_propose/1",
    .run = run,
};
