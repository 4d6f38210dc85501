/* hedui rules doc: the packs as an HTML document for the people who answer for the policy. */
#include "cli/command.h"
#include "cli/rules.h"

#include <hedui/json.h>

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    int32_t day = as_of ? (int32_t)as_of->number : hedui_cli_today();
    const hedui_workspace *workspace = NULL;
    const hedui_rules_book *book = NULL;
    int code = hedui_cli_rules_load(cli, &workspace, &book);
    if (code)
        return code;
    if (!cli->json) {
        hedui_job_rules_document(&cli->out, book, day);
        return 0;
    }
    hedui_buffer text;
    hedui_json json;
    hedui_buffer_init(&text);
    hedui_job_rules_document(&text, book, day);
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.rules_doc/1"));
    hedui_json_member_text(&json, "html", hedui_buffer_span(&text));
    hedui_json_close_object(&json);
    cli->out.failed |= hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    return 0;
}

static const hedui_cli_option options[] = {
    {"as-of", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "哪一天（缺省为今天）", "which day (default: today)",
     0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_rules_doc = {
    .name = "rules doc",
    .group = HEDUI_CLI_RULES,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "生成规则说明（HTML）：依据、参数、派生值、规则、样例",
    .en = "write the packs as HTML: sources, parameters, values, rules, examples (Chinese)",
    .more_zh = "给审定政策的人看。写到标准输出。",
    .more_en = "For the people who answer for the policy; goes to standard output.",
    .example = "hedui rules doc > 规则.html",
    .minor = 1,
    .schema = "hedui.rules_doc/1",
    .run = run,
};
