/* hedui demo [FOLDER]: an invented county, one run over it, and the run held against the truth. */
#include "cli/command.h"
#include "cli/night.h"
#include "cli/truth.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/job_query.h>
#include <hedui/json.h>
#include <hedui/report.h>
#include <hedui/workspace.h>

#include <stdio.h>

/* Write the query lists as `feeds request` does, and have the answers name them. */
static hedui_status ask(hedui_cli *cli, const char *folder, int32_t as_of, hedui_err *err)
{
    enum { MOST_LISTS = 8 };
    hedui_span numbers[MOST_LISTS];
    const hedui_workspace *workspace = NULL;
    hedui_status status = hedui_workspace_load(&workspace, folder, cli->share, cli->arena, err);
    for (uint32_t i = 0; !status && i < MOST_LISTS && hedui_demo_asked_feed(i); i++) {
        hedui_query_made made;
        const hedui_query_options options = {.feed = hedui_span_of(hedui_demo_asked_feed(i)),
                                             .person = hedui_span_of("核对中心（示例）"),
                                             .day = hedui_demo_asked_on(as_of),
                                             .days = -1,
                                             .at = INT64_MIN};
        status = hedui_query_write(&made, workspace, &options, cli->arena, err);
        if (!status)
            numbers[i] = made.number;
    }
    return status ? status : hedui_demo_bind(folder, numbers, err);
}

static hedui_status make(hedui_cli *cli, const hedui_cli_call *call, const char *folder,
                         int32_t as_of, hedui_err *err)
{
    const hedui_cli_value *households = hedui_cli_value_find(call, "households");
    const hedui_cli_value *seed = hedui_cli_value_find(call, "seed");
    hedui_demo_options options = {0};
    const char *file = hedui_path_join(folder, "hedui.yaml", cli->arena);
    const char *truth = hedui_path_join(folder, "truth", cli->arena);
    if (!file || !truth)
        return hedui_fail_memory(err);
    if (hedui_file_exists(file) && !hedui_file_exists(truth))
        return hedui_fail(err, HEDUI_E8512, hedui_place_none(), HEDUI_ARG_TEXT(folder));
    options.households = households ? (uint32_t)households->number : 0;
    options.seed = seed ? (uint64_t)seed->number : 0;
    options.as_of = as_of;
    options.further = options.answers = hedui_cli_value_find(call, "all-feeds") != NULL;
    hedui_status status = hedui_demo_write(NULL, folder, &options, err);
    return status || !options.answers ? status : ask(cli, folder, as_of, err);
}

static void write(hedui_cli *cli, const hedui_cli_night *night, const hedui_demo_report *report)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.demo/1"));
    hedui_json_member_text(&json, "folder", hedui_span_of(night->workspace->folder));
    hedui_json_member_text(&json, "run", night->view.run->id);
    hedui_json_member_number(&json, "points", (int64_t)report->points);
    hedui_json_member_number(&json, "agreed", (int64_t)report->agreed);
    hedui_json_close_object(&json);
}

static hedui_status judge(hedui_cli *cli, const hedui_cli_night *night, const char *folder,
                          hedui_err *err)
{
    hedui_demo_report report;
    hedui_status status =
        hedui_cli_truth_compare(&report, night->store, night->view.run, folder, cli->arena, err);
    if (status)
        return status;
    (void)hedui_cli_flush(cli); /* the summary stands above what is wrong with it */
    for (uint32_t i = 0; i < report.difference_count; i++) {
        hedui_span text =
            cli->language == HEDUI_ZH ? report.differences[i].zh : report.differences[i].en;
        (void)fprintf(stderr, "  %.*s\n", (int)text.length, text.at);
    }
    if (cli->json)
        write(cli, night, &report);
    else
        hedui_buffer_format(
            &cli->out, hedui_cli_say(cli, "\n真值核对：%llu / %llu\n", "\ntruth: %llu of %llu\n"),
            (unsigned long long)report.agreed, (unsigned long long)report.points);
    if (report.agreed != report.points)
        return hedui_fail(err, HEDUI_E8513, hedui_place_none(), HEDUI_ARG_NUMBER(report.points),
                          HEDUI_ARG_NUMBER(report.agreed));
    return HEDUI_OK;
}

/* What people hold in their hands in the morning, so that a newcomer does too. */
static hedui_status hand_out(hedui_cli *cli, const hedui_cli_night *night, hedui_err *err)
{
    static const struct {
        const char *kind, *format, *zh, *en;
    } reports[] = {
        {"ledger", "xlsx", "核查台账（每个乡镇一份，填写后交回）",
         "ledgers, one a town, to be filled in"},
        {"visit", "html", "入户核查表（逐户填写、签字）", "sheets to be signed at the households"},
        {"route", "html", "走访清单（按村排好先后）", "whom to visit, by village"},
        {"summary", "xlsx", "疑点汇总表（同名网页给领导看）",
         "summary as a workbook; leaders look at the page of the same name"}};
    if (!cli->quiet && !cli->json)
        hedui_buffer_format(
            &cli->out, hedui_cli_say(cli, "\n%s 里有给人用的报表：\n", "\n%s holds for people:\n"),
            night->workspace->out);
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        const hedui_report_request request = {.kind = reports[i].kind,
                                              .format = reports[i].format,
                                              .folder = night->workspace->out,
                                              .run = night->view.run->id};
        const char *const *paths = NULL;
        size_t count = 0;
        hedui_status status =
            hedui_report_build(&paths, &count, night->store, &request, cli->arena, err);
        if (status)
            return status;
        if (!cli->quiet && !cli->json)
            hedui_buffer_format(&cli->out,
                                hedui_cli_say(cli, "  %zu 个文件  %s\n", "  %zu files  %s\n"),
                                count, hedui_cli_say(cli, reports[i].zh, reports[i].en));
    }
    return HEDUI_OK;
}

static void next(hedui_cli *cli, const hedui_cli_night *night, const char *folder)
{
    hedui_span household = hedui_cli_night_flagged(night, cli);
    if (household.length)
        hedui_cli_next(cli, hedui_cli_print(cli, "explain %.*s -C %s", (int)household.length,
                                            household.at, folder)
                                .at);
    hedui_cli_next(cli, hedui_cli_print(cli, "rules test -C %s", folder).at);
    hedui_cli_next(cli, hedui_cli_print(cli, "report build problems -C %s", folder).at);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const char *folder = call->argument_count ? call->arguments[0] : "hedui-demo";
    hedui_job_options options = {0};
    hedui_cli_night night = {0};
    hedui_err err;
    int code;
    hedui_err_init(&err);
    /* inside the clean-up phase of the plan that the demo's pack cites */
    (void)hedui_date_from_civil(&options.as_of, 2014, 7, 5);
    const hedui_cli_value *threads = hedui_cli_value_find(call, "threads");
    options.threads = threads ? (int)threads->number : 0;
    options.reports = 1;
    cli->folder = folder; /* for commands to copy */
    if (make(cli, call, folder, options.as_of, &err) ||
        hedui_cli_night_run(&night, cli, folder, &options, &err)) {
        code = hedui_cli_night_fail(cli, &night, &err);
    } else {
        if (!cli->quiet && !cli->json)
            hedui_cli_run_print(cli, &night.view);
        hedui_cli_night_tell(cli, &night.outcome);
        code = judge(cli, &night, folder, &err) ? hedui_cli_fail(cli, &err)
               : night.outcome.report_failed    ? night.outcome.exit_code
               : hand_out(cli, &night, &err)    ? hedui_cli_fail(cli, &err)
                                                : 0;
        if (!code)
            next(cli, &night, folder);
    }
    hedui_cli_night_close(&night);
    return code;
}

static const hedui_cli_option options[] = {
    {"households", 0, HEDUI_CLI_NUMBER, "N", "户数（缺省 5000）", "households (default 5000)", 1,
     2000000, NULL},
    {"seed", 0, HEDUI_CLI_NUMBER, "S", "随机种子；同一种子得到同样的文件",
     "seed; the same seed makes the same files", 0, 999999999999, NULL},
    {"all-feeds", 0, HEDUI_CLI_FLAG, NULL, "交来全部数据源，不只是规则用到的",
     "deliver every feed, not only those that rules read", 0, 0, NULL},
    {"threads", 'j', HEDUI_CLI_NUMBER, "N", "线程数（缺省为核数）", "threads (default: one a core)",
     1, 256, NULL},
};

const hedui_cli_command hedui_cli_command_demo = {
    .name = "demo",
    .group = HEDUI_CLI_BEGIN,
    .usage = "[FOLDER]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "生成虚构的一个县，跑一次核对，并与预先埋好的真值比较",
    .en = "make an invented county, run, and compare with what was planted",
    .more_zh = "缺省目录为 hedui-demo。结果与真值不符时退出码为 8。",
    .more_en = "The folder is hedui-demo by default. The exit code is 8 if the truth differs.",
    .example = "hedui demo",
    .schema = "hedui.demo/1",
    .run = run,
};
