/* hedui rules test: the examples that each rule carries, and the scenarios of each pack. */
#include "cli/command.h"
#include "cli/night.h"

#include <hedui/job.h>
#include <hedui/json.h>

enum { EXIT_RULES = 4 };

typedef struct printer {
    hedui_cli *cli;
    hedui_json json;
    int scenarios; /* 1: the examples have been told */
} printer;

static void differs(const printer *p, hedui_span what, hedui_span title, const char *file,
                    uint32_t line, hedui_span expected, hedui_span actual)
{
    hedui_cli_mark(p->cli, HEDUI_CLI_RED, hedui_cli_say(p->cli, "不符", "differs"));
    hedui_buffer_format(&p->cli->out,
                        hedui_cli_say(p->cli,
                                      "  %.*s  %.*s\n    %s 第 %u 行：应为 %.*s，实为 %.*s\n",
                                      "  %.*s  %.*s\n    %s:%u: expected %.*s, got %.*s\n"),
                        (int)what.length, what.at, (int)title.length, title.at, file, line,
                        (int)expected.length, expected.at, (int)actual.length, actual.at);
}

static void each_example(void *context, const hedui_job_example *example)
{
    printer *p = context;
    if (!p->cli->json) {
        if (!example->passed) {
            hedui_span day = hedui_cli_day(p->cli, example->as_of);
            differs(p, example->rule, example->title, example->file, example->line,
                    example->expected,
                    hedui_cli_print(
                        p->cli, hedui_cli_say(p->cli, "%.*s（按 %.*s 判断）", "%.*s (on %.*s)"),
                        (int)example->actual.length, example->actual.at, (int)day.length, day.at));
        }
        return;
    }
    hedui_json_open_object(&p->json);
    hedui_json_member_text(&p->json, "rule", example->rule);
    hedui_json_member_text(&p->json, "title", example->title);
    hedui_json_member_text(&p->json, "expected", example->expected);
    hedui_json_member_text(&p->json, "actual", example->actual);
    hedui_json_member_text(&p->json, "as_of", hedui_cli_day(p->cli, example->as_of));
    hedui_json_member_flag(&p->json, "passed", example->passed);
    hedui_json_member_text(&p->json, "file", hedui_span_of(example->file));
    hedui_json_member_number(&p->json, "line", example->line);
    hedui_json_close_object(&p->json);
}

static void begin_scenarios(printer *p)
{
    if (p->scenarios)
        return;
    p->scenarios = 1;
    hedui_json_close_array(&p->json);
    hedui_json_key(&p->json, "expectations");
    hedui_json_open_array(&p->json);
}

static void each_scenario(void *context, const hedui_job_scenario *scenario)
{
    printer *p = context;
    if (!p->cli->json) {
        hedui_span what =
            hedui_cli_print(p->cli, "%.*s %.*s", (int)scenario->scenario.length,
                            scenario->scenario.at, (int)scenario->what.length, scenario->what.at);
        if (!scenario->passed)
            differs(p, what, scenario->title, scenario->file, scenario->line, scenario->expected,
                    scenario->actual);
        return;
    }
    begin_scenarios(p);
    hedui_json_open_object(&p->json);
    hedui_json_member_text(&p->json, "pack", scenario->pack);
    hedui_json_member_text(&p->json, "scenario", scenario->scenario);
    hedui_json_member_text(&p->json, "title", scenario->title);
    hedui_json_member_text(&p->json, "what", scenario->what);
    hedui_json_member_text(&p->json, "expected", scenario->expected);
    hedui_json_member_text(&p->json, "actual", scenario->actual);
    hedui_json_member_flag(&p->json, "passed", scenario->passed);
    hedui_json_member_text(&p->json, "file", hedui_span_of(scenario->file));
    hedui_json_member_number(&p->json, "line", scenario->line);
    hedui_json_close_object(&p->json);
}

static void end_json(printer *p, const hedui_job_rules *counts)
{
    begin_scenarios(p);
    hedui_json_close_array(&p->json);
    hedui_json_member_number(&p->json, "passed", counts->examples - counts->failed);
    hedui_json_member_number(&p->json, "failed", counts->failed);
    hedui_json_member_number(&p->json, "scenarios", counts->scenarios);
    hedui_json_member_number(&p->json, "expectations_met", counts->expectations - counts->unmet);
    hedui_json_member_number(&p->json, "expectations_unmet", counts->unmet);
    hedui_json_close_object(&p->json);
}

static void end_text(hedui_cli *cli, const hedui_job_rules *counts)
{
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "%u 条规则，%u 个样例：符合 %u，不符 %u。\n",
                                      "%u rules, %u examples: %u as expected, %u not.\n"),
                        counts->rules, counts->examples, counts->examples - counts->failed,
                        counts->failed);
    if (counts->scenarios)
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "%u 个场景，%u 项预期：符合 %u，不符 %u。\n",
                          "%u scenarios, %u expectations: %u as expected, %u not.\n"),
            counts->scenarios, counts->expectations, counts->expectations - counts->unmet,
            counts->unmet);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    hedui_job_rules counts;
    printer p = {.cli = cli};
    hedui_job_rules_watch watch = {each_example, each_scenario, &p};
    hedui_err err;
    (void)call;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json) {
        hedui_json_init(&p.json, &cli->out);
        hedui_json_open_object(&p.json);
        hedui_json_member_text(&p.json, "schema", hedui_span_of("hedui.rules_test/2"));
        hedui_json_key(&p.json, "examples");
        hedui_json_open_array(&p.json);
    }
    if (hedui_job_rules_test(&counts, workspace, &watch, &cli->notes, &err)) {
        hedui_buffer_clear(&cli->out);
        return hedui_cli_fail_once(cli, &err);
    }
    if (cli->json)
        end_json(&p, &counts);
    else if (!cli->quiet || counts.failed || counts.unmet)
        end_text(cli, &counts);
    return counts.failed || counts.unmet ? EXIT_RULES : 0;
}

const hedui_cli_command hedui_cli_command_rules_test = {
    .name = "rules test",
    .group = HEDUI_CLI_RULES,
    .usage = "",
    .zh = "逐条试算规则自带的样例和规则包的场景",
    .en = "run the examples of the rules and the scenarios of the packs",
    .more_zh = "有样例或场景不符时退出码为 4。",
    .more_en = "The exit code is 4 if an example or a scenario comes out otherwise.",
    .schema = "hedui.rules_test/2",
    .run = run,
};
