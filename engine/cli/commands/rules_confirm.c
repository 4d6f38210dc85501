/* hedui rules confirm DOCUMENT: a named person has seen its text; its rules are judged from now on.
 */
#include "cli/confirm.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    return hedui_cli_confirm(cli, call, 0);
}

static const hedui_cli_option options[] = {HEDUI_CLI_CONFIRM_OPTIONS};

const hedui_cli_command hedui_cli_command_rules_confirm = {
    .name = "rules confirm",
    .group = HEDUI_CLI_RULES,
    .usage = "DOCUMENT",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "确认看过一份文件的原文，依据它的规则从此判断",
    .en = "confirm that a document's text was seen, so that its rules are judged",
    .more_zh = "DOCUMENT 是文件登记（documents）里的编号；几个规则包都有时写成 规则包/编号。\n"
               "规则以后有改动，只有改动的那一条停下，等重新确认。谁、何时、为何确认，只增不改。\n"
               "在终端上会先询问；脚本中须加 --yes。",
    .more_en = "DOCUMENT is an id of the document register; PACK/ID where several packs have it.\n"
               "A rule that is changed later waits for a new confirmation, the others go on. Who "
               "confirmed, when and why stays on record.\nAsks at a terminal; scripts say --yes.",
    .example = "hedui rules confirm shenhe_queren --person 李敏 --reason 已核对原文第三章",
    .minor = 1,
    .schema = "hedui.rules_confirm/1",
    .run = run,
};
