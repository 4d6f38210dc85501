/* hedui replay [RUN]: a run made again from the archive alone, and compared. */
#include "cli/command.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/job.h>
#include <hedui/json.h>
#include <hedui/workspace.h>

enum { EXIT_MISMATCH = 8 };

static const char *words_of(const hedui_cli *cli, const char *kind)
{
    static const char *const words[][3] = {
        {"missing", "重算后没有", "not found again"},
        {"added", "重算后多出", "found, not stored"},
        {"facts", "事实不同", "other facts"},
        {"place", "原始行的位置不同", "another row"},
        {"words", "说明文字不同", "other words"},
        {"override", "例外认定不同", "another override"},
        {"pair", "非本人认定不同", "another wrong match"},
        {"searched", "各来源有无记录不同", "other records found"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(kind, words[i][0]) == 0)
            return words[i][1 + cli->language];
    return kind;
}

static void print_differences(hedui_cli *cli, const hedui_job_replay_outcome *o)
{
    static const char *const heads[][2] = {
        {"家庭", "household"}, {"规则", "rule"}, {"不同之处", "difference"}};
    hedui_cli_grid grid;
    int64_t shown =
        o->difference_count < HEDUI_JOB_DIFFERENCES ? o->difference_count : HEDUI_JOB_DIFFERENCES;
    if (!shown)
        return;
    hedui_cli_grid_init(&grid, "lll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (int64_t i = 0; i < shown; i++) {
        hedui_cli_grid_add(&grid, o->differences[i].household);
        hedui_cli_grid_add(&grid, o->differences[i].rule);
        hedui_cli_grid_add(&grid, hedui_span_of(words_of(cli, o->differences[i].kind)));
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
    if (shown < o->difference_count)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "共 %lld 处，只列前 %lld 处\n",
                                          "%lld in all; the first %lld are listed\n"),
                            (long long)o->difference_count, (long long)shown);
}

static void add(hedui_cli *cli, const char *zh, const char *en, int64_t number)
{
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, zh, en));
    hedui_cli_count(&cli->out, number);
}

static void print(hedui_cli *cli, const hedui_job_replay_outcome *o)
{
    int whole = memcmp(o->stored, o->made, sizeof o->stored) == 0;
    hedui_span day = hedui_cli_day(cli, o->as_of);
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "重算 %.*s   基准日 %.*s   当时的程序 %.*s，现在 %.*s\n",
                      "replay of %.*s   as of %.*s   made by %.*s, replayed by %.*s\n"),
        (int)o->run.length, o->run.at, (int)day.length, day.at, (int)o->engine.length, o->engine.at,
        (int)o->engine_now.length, o->engine_now.at);
    add(cli, "存档  数据 ", "archive  ", o->deliveries);
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, " 个文件，摘要与登记相符\n",
                                               " deliveries, each with its recorded digest\n"));
    add(cli, "疑点  ", "flags  ", o->flags);
    add(cli, " 条，相同 ", ", the same ", o->flags_same);
    add(cli, "\n原始行  本批次登记 ", "\nrows  recorded by this run ", o->rows);
    add(cli, " 行，位置相同 ", ", at the same place ", o->rows_same);
    hedui_buffer_format(&cli->out, hedui_cli_say(cli, "\n结果摘要  %s\n", "\nresult digest  %s\n"),
                        whole ? hedui_cli_say(cli, "相同", "the same")
                              : hedui_cli_say(cli, "不同", "another"));
    print_differences(cli, o);
    hedui_buffer_text(
        &cli->out, o->same ? hedui_cli_say(cli, "与入库的结果一致\n", "as it was stored\n")
                           : hedui_cli_say(cli, "与入库的结果不一致\n", "not as it was stored\n"));
}

static void write(hedui_cli *cli, const hedui_job_replay_outcome *o)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.replay/1"));
    hedui_json_member_text(&json, "run", o->run);
    hedui_json_member_text(&json, "as_of", hedui_cli_day(cli, o->as_of));
    hedui_json_member_text(&json, "engine", o->engine);
    hedui_json_member_flag(&json, "same", o->same);
    hedui_json_member_text(&json, "digest_stored", hedui_span_of(o->stored));
    hedui_json_member_text(&json, "digest_made", hedui_span_of(o->made));
    hedui_json_member_number(&json, "deliveries", o->deliveries);
    hedui_json_member_number(&json, "flags", o->flags);
    hedui_json_member_number(&json, "flags_same", o->flags_same);
    hedui_json_member_number(&json, "rows", o->rows);
    hedui_json_member_number(&json, "rows_same", o->rows_same);
    hedui_json_member_number(&json, "difference_count", o->difference_count);
    hedui_json_key(&json, "differences");
    hedui_json_open_array(&json);
    for (int64_t i = 0; i < o->difference_count && i < HEDUI_JOB_DIFFERENCES; i++) {
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "household", o->differences[i].household);
        hedui_json_member_text(&json, "rule", o->differences[i].rule);
        hedui_json_member_text(&json, "kind", hedui_span_of(o->differences[i].kind));
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *household = hedui_cli_value_find(call, "household");
    const hedui_cli_value *threads = hedui_cli_value_find(call, "threads");
    const hedui_workspace *workspace = NULL;
    hedui_job_replay_outcome outcome = {0};
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err) ||
        hedui_job_replay(&outcome, workspace,
                         hedui_span_of(call->argument_count ? call->arguments[0] : ""),
                         hedui_span_of(household ? household->text : ""),
                         threads ? (int)threads->number : 0, cli->arena, &cli->notes, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json)
        write(cli, &outcome);
    else
        print(cli, &outcome);
    return outcome.same ? 0 : EXIT_MISMATCH;
}

static const hedui_cli_option options[] = {
    {"household", 0, HEDUI_CLI_TEXT, "HOUSEHOLD", "只比对一户的疑点",
     "compare the flags of one household only", 0, 0, NULL},
    {"threads", 'j', HEDUI_CLI_NUMBER, "N", "线程数（缺省为核数）", "threads (default: all cores)",
     1, 256, NULL},
};

const hedui_cli_command hedui_cli_command_replay = {
    .name = "replay",
    .group = HEDUI_CLI_RUNS,
    .usage = "[RUN]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "用存档的数据和当时的规则重算某一批次，逐条比对",
    .en = "make a run again from the archive and compare every flag",
    .more_zh =
        "缺省为最近一次。只用存档：当时的数据、数据格式、规则、区划表和上期情况，逐个核对摘要。\n"
        "一条疑点的事实、说明和原始行（文件、行号、字节）都要相同；有不同则退出码为 8。",
    .more_en =
        "Default: the latest run. Only the archive is read: deliveries, layouts, rules, areas "
        "and what\nearlier runs meant, each by its digest. Facts, words and rows must be the "
        "same; exit code 8 if not.",
    .example = "hedui replay R20140705-01 --household DB0000000004",
    .schema = "hedui.replay/1",
    .run = run,
};
