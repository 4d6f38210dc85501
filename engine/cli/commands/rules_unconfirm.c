/* hedui rules unconfirm DOCUMENT: the confirmation is taken back; its rules are judged no more. */
#include "cli/confirm.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_confirm(cli, call, 1);
}

static const hedui_cli_option options[] = {HEDUI_CLI_CONFIRM_OPTIONS};

const hedui_cli_command hedui_cli_command_rules_unconfirm = {
    .name = "rules unconfirm",
    .group = HEDUI_CLI_RULES,
    .usage = "DOCUMENT",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "撤销对一份文件的确认，依据它的规则不再判断",
    .en = "take a confirmation back: the document's rules are judged no more",
    .more_zh = "原来的确认仍留在记录里，见 hedui rules confirmations。\n"
               "在终端上会先询问；脚本中须加 --yes。",
    .more_en = "The entry stays on record, see hedui rules confirmations.\n"
               "Asks at a terminal; scripts say --yes.",
    .example = "hedui rules unconfirm shenhe_queren --person 李敏 --reason 文件已废止",
    .minor = 1,
    .schema = "hedui.rules_unconfirm/1",
    .run = run,
};
