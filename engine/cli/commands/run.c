/* hedui run: one nightly run over what lies in the inbox. */
#include "cli/command.h"
#include "cli/night.h"

static void next(hedui_cli *cli, const hedui_cli_night *night)
{
    hedui_span household = hedui_cli_night_flagged(night, cli);
    const char *place = hedui_cli_night_place(cli);
    if (night->outcome.report_failed)
        hedui_cli_next(cli, hedui_cli_print(cli, "runs show %s%s", night->outcome.run, place).at);
    if (household.length)
        hedui_cli_next(cli,
                       hedui_cli_print(cli, "explain %.*s%s%s%s", (int)household.length,
                                       household.at, night->view.run->listed ? " --run " : "",
                                       night->view.run->listed ? night->outcome.run : "", place)
                           .at);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    const hedui_cli_value *threads = hedui_cli_value_find(call, "threads");
    hedui_job_options options = {0};
    hedui_cli_night night = {0};
    hedui_err err;
    int code;
    hedui_err_init(&err);
    options.as_of = as_of ? (int32_t)as_of->number : hedui_cli_today();
    options.threads = threads ? (int)threads->number : 0;
    options.reports = 1;
    const hedui_cli_value *households = hedui_cli_value_find(call, "households");
    options.households = households ? households->text : NULL;
    if (hedui_cli_night_run(&night, cli, cli->folder, &options, &err)) {
        code = hedui_cli_night_fail(cli, &night, &err);
    } else {
        code = night.outcome.exit_code;
        if (cli->json)
            hedui_cli_run_write(cli, &night.view, "hedui.run/1");
        else if (!cli->quiet)
            hedui_cli_run_print(cli, &night.view);
        hedui_cli_night_tell(cli, &night.outcome);
        next(cli, &night);
    }
    hedui_cli_night_close(&night);
    return code;
}

static const hedui_cli_option options[] = {
    {"as-of", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "基准日（缺省为今天）",
     "the day the run is about (default: today)", 0, 0, NULL},
    {"households", 0, HEDUI_CLI_TEXT, "FILE",
     "只核对名单中的户（每行一个户编号），单独入库，不发布",
     "only the households of a list, one id a line; stored apart, never published", 0, 0, NULL},
    {"threads", 'j', HEDUI_CLI_NUMBER, "N", "线程数（缺省为核数；结果与线程数无关）",
     "threads (default: one a core; results are the same for any number)", 1, 256, NULL},
};

const hedui_cli_command hedui_cli_command_run = {
    .name = "run",
    .group = HEDUI_CLI_RUNS,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "核对一次：读取 inbox 里的数据，逐户判断，写入数据库和报表",
    .en = "one run: read the inbox, judge each household, store and report",
    .more_zh = "退出码：0 完成；3 完成但有需要查看之处（暂不发布、数据过期等）；4 规则有误；\n"
               "5 必需的数据源缺失或不能采用，未写入任何结果；6 数据库或报表写不进去；\n"
               "7 另一次核对正在进行；130、143 被 Ctrl-C 或 SIGTERM 中止，疑点和报表保持原样。",
    .more_en =
        "Exit codes: 0 done; 3 done, but look (held back, a source too old); 4 rules;\n"
        "5 a source that is needed is missing or refused, nothing was written; 6 store or\n"
        "reports cannot be written; 7 another run is at work; 130, 143 stopped by Ctrl-C or\n"
        "SIGTERM, flags and reports are as they were.",
    .example = "hedui run -C /srv/hedui --as-of 2014-07-05",
    .schema = "hedui.run/1",
    .run = run,
};
