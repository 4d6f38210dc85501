/* hedui rules test: the examples that each rule carries. */
#include "cli/command.h"

#include <hedui/job.h>
#include <hedui/json.h>

enum { EXIT_RULES = 4 };

typedef struct printer {
    hedui_cli *cli;
    hedui_json json;
} printer;

static void each(void *context, const hedui_job_example *example)
{
    printer *p = context;
    if (p->cli->json) {
        hedui_json_open_object(&p->json);
        hedui_json_member_text(&p->json, "rule", example->rule);
        hedui_json_member_text(&p->json, "title", example->title);
        hedui_json_member_text(&p->json, "expected", example->expected);
        hedui_json_member_text(&p->json, "actual", example->actual);
        hedui_json_member_flag(&p->json, "passed", example->passed);
        hedui_json_member_text(&p->json, "file", hedui_span_of(example->file));
        hedui_json_member_number(&p->json, "line", example->line);
        hedui_json_close_object(&p->json);
        return;
    }
    if (example->passed)
        return;
    hedui_cli_mark(p->cli, HEDUI_CLI_RED, hedui_cli_say(p->cli, "不符", "differs"));
    hedui_buffer_format(
        &p->cli->out,
        hedui_cli_say(p->cli, "  %.*s  %.*s\n    %s 第 %u 行：应为 %.*s，实为 %.*s\n",
                      "  %.*s  %.*s\n    %s:%u: expected %.*s, got %.*s\n"),
        (int)example->rule.length, example->rule.at, (int)example->title.length, example->title.at,
        example->file, example->line, (int)example->expected.length, example->expected.at,
        (int)example->actual.length, example->actual.at);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    hedui_job_rules counts;
    printer p = {.cli = cli};
    hedui_err err;
    (void)call;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json) {
        hedui_json_init(&p.json, &cli->out);
        hedui_json_open_object(&p.json);
        hedui_json_member_text(&p.json, "schema", hedui_span_of("hedui.rules_test/1"));
        hedui_json_key(&p.json, "examples");
        hedui_json_open_array(&p.json);
    }
    if (hedui_job_rules_test(&counts, workspace, each, &p, &cli->notes, &err)) {
        hedui_buffer_clear(&cli->out);
        return hedui_cli_fail_once(cli, &err);
    }
    if (cli->json) {
        hedui_json_close_array(&p.json);
        hedui_json_member_number(&p.json, "passed", counts.examples - counts.failed);
        hedui_json_member_number(&p.json, "failed", counts.failed);
        hedui_json_close_object(&p.json);
    } else if (!cli->quiet || counts.failed) {
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "%u 条规则，%u 个样例：符合 %u，不符 %u。\n",
                                          "%u rules, %u examples: %u as expected, %u not.\n"),
                            counts.rules, counts.examples, counts.examples - counts.failed,
                            counts.failed);
    }
    return counts.failed ? EXIT_RULES : 0;
}

const hedui_cli_command hedui_cli_command_rules_test = {
    .name = "rules test",
    .group = HEDUI_CLI_RULES,
    .usage = "",
    .zh = "逐条试算规则自带的样例",
    .en = "run the examples that the rules carry",
    .more_zh = "有样例不符时退出码为 4。",
    .more_en = "The exit code is 4 if an example comes out otherwise.",
    .run = run,
};
