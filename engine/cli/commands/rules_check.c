/* hedui rules check: every layout and pack of the workspace, all errors in one go. */
#include "cli/command.h"

#include <hedui/job.h>
#include <hedui/json.h>

static void print(hedui_cli *cli, const hedui_job_rules *counts)
{
    if (cli->json) {
        hedui_json json;
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.rules_check/1"));
        hedui_json_member_number(&json, "packs", counts->packs);
        hedui_json_member_number(&json, "rules", counts->rules);
        hedui_json_member_number(&json, "parameters", counts->parameters);
        hedui_json_member_number(&json, "values", counts->values);
        hedui_json_member_number(&json, "scenarios", counts->scenarios);
        hedui_json_member_number(&json, "not_confirmed", counts->unseen);
        hedui_json_close_object(&json);
    } else if (!cli->quiet) {
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli,
                          "规则无误：%u 个规则包，%u 条规则，%u 个参数，%u 个值，%u 个场景。\n",
                          "Rules are sound: %u packs, %u rules, %u parameters, %u values, %u "
                          "scenarios.\n"),
            counts->packs, counts->rules, counts->parameters, counts->values, counts->scenarios);
        if (counts->unseen)
            hedui_buffer_format(
                &cli->out,
                hedui_cli_say(cli,
                              "其中 %u 条依据的原文没有人看过，不判断；见 hedui rules "
                              "confirmations。\n",
                              "Of these, %u are not judged, because nobody has seen their "
                              "document's text; see hedui rules confirmations.\n"),
                counts->unseen);
    }
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    hedui_job_rules counts;
    hedui_err err;
    (void)call;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (hedui_job_rules_check(&counts, workspace, &cli->notes, &err))
        return hedui_cli_fail_once(cli, &err);
    print(cli, &counts);
    return 0;
}

const hedui_cli_command hedui_cli_command_rules_check = {
    .name = "rules check",
    .group = HEDUI_CLI_RULES,
    .usage = "",
    .zh = "检查规则包：写法、类型、名称、依据",
    .en = "check the packs: form, types, names, sources",
    .more_zh = "所有错误一次列出，指到行和列。有错误时退出码为 4。",
    .more_en = "All errors are listed with line and column. The exit code is 4 if there is one.",
    .schema = "hedui.rules_check/1",
    .run = run,
};
