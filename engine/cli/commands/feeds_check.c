/* hedui feeds check FILE...: what stands in a delivery and what is wrong with it. */
#include "cli/check_print.h"
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/escape.h>
#include <hedui/file.h>
#include <hedui/job_check.h>
#include <hedui/json.h>
#include <hedui/workspace.h>

enum { EXIT_LOOK = 3, EXIT_FEED = 5 };

static void print(hedui_cli *cli, const hedui_feed_report *report)
{
    hedui_buffer *out = &cli->out;
    hedui_buffer_format(
        out,
        hedui_cli_say(cli, "%s  %.*s（%.*s）  数据截止 %.*s\n", "%s  %.*s (%.*s)  cut-off %.*s\n"),
        report->path, (int)report->title.length, report->title.at, (int)report->source.length,
        report->source.at, (int)(report->cut_off.length ? report->cut_off.length : 1),
        report->cut_off.length ? report->cut_off.at : "?");
    hedui_buffer_text(out, "  ");
    if (report->refusal) {
        hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "不能采用：", "refused: "));
        hedui_buffer_text(out, hedui_cli_say(cli, report->refusal_zh, report->refusal_en));
        if (report->refusal_detail.length) {
            hedui_buffer_text(out, hedui_cli_say(cli, "：", ": "));
            hedui_escape_line(out, report->refusal_detail);
        }
        hedui_buffer_byte(out, '\n');
        if (!report->records)
            return;
        hedui_buffer_text(out, " ");
    } else {
        hedui_cli_mark(cli, HEDUI_CLI_GREEN, hedui_cli_say(cli, "文件完好", "the file is sound"));
    }
    hedui_buffer_format(out, "  SHA-256 %.16s…\n", report->sha256);
    hedui_cli_check_ledger(cli, report);
    hedui_cli_check_problems(cli, report);
    hedui_cli_check_columns(cli, report);
    hedui_cli_check_rejects(cli, report);
}

static int is(const hedui_job_check *check, const char *verdict)
{
    return strcmp(check->verdict, verdict) == 0;
}

static void print_unjudged(hedui_cli *cli, const hedui_job_check *check)
{
    hedui_buffer *out = &cli->out;
    hedui_buffer_text(out,
                      hedui_cli_say(cli, "  没有判断：与上次相比的行数和分布、比中率、姓名相符",
                                    "  not judged: change of rows and distributions, "
                                    "matches, agreement of names"));
    hedui_buffer_text(out,
                      check->answers ? hedui_cli_say(cli, "、查询名单", ", the query list") : "");
    hedui_buffer_text(
        out, hedui_cli_say(cli, "、清单中的约定；比例按全部行计，核对时各列只看名册里的人的行\n",
                           ", the manifest; shares are over all rows, where a run looks at the "
                           "columns of its households' rows only\n"));
}

/* What a run of that day would make of the file; a refused file was told why above. */
static void print_verdict(hedui_cli *cli, const hedui_job_check *check, int32_t as_of)
{
    hedui_buffer *out = &cli->out;
    for (uint32_t i = 0; i < check->remark_count && !check->report->refusal; i++) {
        const hedui_job_check_remark *remark = &check->remarks[i];
        hedui_span words = hedui_cli_remark(cli, remark->number, remark->argument);
        hedui_buffer_format(out, "  %.*s\n", (int)words.length, words.at);
    }
    if (!check->report->refusal)
        print_unjudged(cli, check);
    hedui_buffer_format(out, hedui_cli_say(cli, "  %s 核对时，这份文件", "  in a run of %s: "),
                        hedui_cli_day(cli, as_of).at);
    if (is(check, "refused"))
        hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "不会采用", "refused"));
    else if (is(check, "held"))
        hedui_cli_mark(cli, HEDUI_CLI_YELLOW,
                       hedui_cli_say(cli, "会采用，但结果要等人放行",
                                     "used, but the run waits for a person's release"));
    else if (is(check, "warned"))
        hedui_cli_mark(cli, HEDUI_CLI_YELLOW,
                       hedui_cli_say(cli, "会采用，有提示", "used, with a warning"));
    else
        hedui_cli_mark(cli, HEDUI_CLI_GREEN, hedui_cli_say(cli, "会采用", "used"));
    hedui_buffer_text(out, hedui_cli_say(cli, "。\n", ".\n"));
}

static void write_verdict(hedui_cli *cli, hedui_json *json, const hedui_job_check *check,
                          int32_t as_of)
{
    static const char *const unjudged[] = {"rows",  "distributions", "matches",
                                           "names", "manifest",      "query_list"};
    hedui_json_member_text(json, "as_of", hedui_cli_day(cli, as_of));
    hedui_json_member_text(json, "verdict", hedui_span_of(check->verdict));
    hedui_json_key(json, "remarks");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < check->remark_count; i++) {
        const hedui_job_check_remark *remark = &check->remarks[i];
        hedui_json_open_object(json);
        hedui_json_member_number(json, "number", remark->number);
        hedui_json_member_text(json, "verdict", hedui_span_of(remark->verdict));
        hedui_json_member_text(json, "argument", remark->argument);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_key(json, "not_judged");
    hedui_json_open_array(json);
    for (size_t i = 0; i < sizeof unjudged / sizeof *unjudged - !check->answers; i++)
        hedui_json_text(json, hedui_span_of(unjudged[i]));
    hedui_json_close_array(json);
}

static void write(hedui_cli *cli, hedui_json *json, const hedui_job_check *check, int32_t as_of)
{
    const hedui_feed_report *report = check->report;
    hedui_json_open_object(json);
    hedui_json_member_text(json, "file", hedui_span_of(report->path));
    hedui_json_member_text(json, "feed", report->feed);
    hedui_json_member_text(json, "sha256", hedui_span_of(report->sha256));
    if (report->cut_off.length)
        hedui_json_member_text(json, "cut_off", report->cut_off);
    else
        hedui_json_member_null(json, "cut_off");
    if (report->refusal)
        hedui_json_member_text(json, "refusal", hedui_span_of(report->refusal));
    else
        hedui_json_member_null(json, "refusal");
    write_verdict(cli, json, check, as_of);
    hedui_cli_check_write(cli, json, report);
    hedui_json_close_object(json);
}

static void write_failure(hedui_json *json, const hedui_cli *cli, const char *path,
                          const hedui_err *err)
{
    hedui_buffer sentence;
    hedui_buffer_init(&sentence);
    hedui_message_sentence(&sentence, err, cli->language);
    hedui_json_open_object(json);
    hedui_json_member_text(json, "file", hedui_span_of(path));
    hedui_json_member_number(json, "error", (int64_t)err->status);
    hedui_json_member_text(json, "message", hedui_buffer_span(&sentence));
    hedui_json_close_object(json);
    hedui_buffer_free(&sentence);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *feed = hedui_cli_value_find(call, "feed");
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    int32_t day = as_of ? (int32_t)as_of->number : hedui_cli_today();
    const char *const *folders = NULL;
    uint32_t folder_count = 0;
    hedui_json json;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_feed_folders(&folders, &folder_count, cli, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json) {
        hedui_json_init(&json, &cli->out);
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_check/2"));
        hedui_json_key(&json, "files");
        hedui_json_open_array(&json);
    }
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const hedui_job_check *check = NULL;
        hedui_err_init(&err);
        const char *path = call->arguments[i];
        if (!hedui_file_exists(path))
            (void)hedui_fail(&err, HEDUI_E8530, hedui_place_none(), HEDUI_ARG_TEXT(path));
        else
            (void)hedui_job_check_file(&check, path, feed ? feed->text : NULL, folders,
                                       folder_count, day, cli->arena, &err);
        if (err.status) {
            int failed = hedui_cli_fail(cli, &err);
            code = code ? code : failed;
            if (cli->json)
                write_failure(&json, cli, path, &err);
            continue;
        }
        if (check->report->refusal)
            code = EXIT_FEED;
        else if (!code && (is(check, "refused") || is(check, "held")))
            code = EXIT_LOOK;
        if (cli->json)
            write(cli, &json, check, day);
        else {
            print(cli, check->report);
            print_verdict(cli, check, day);
        }
    }
    if (cli->json) {
        hedui_json_close_array(&json);
        hedui_json_close_object(&json);
    }
    return code;
}

static const hedui_cli_option options[] = {
    {"feed", 0, HEDUI_CLI_TEXT, "NAME", "按哪个布局读（缺省按文件名）",
     "the layout to read by (default: by the file's name)", 0, 0, NULL},
    {"as-of", 0, HEDUI_CLI_DATE, "DATE", "按哪一天判断数据是否过期（缺省今天）",
     "judge the age as on this day (default: today)", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_feeds_check = {
    .name = "feeds check",
    .group = HEDUI_CLI_FEEDS,
    .usage = "FILE...",
    .least = 1,
    .most = HEDUI_CLI_ARGUMENTS,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "检查数据文件：是否完整、每一行能否读懂",
    .en = "look at deliveries: are they whole, can each row be read",
    .more_zh = "只读不写。文件本身不能采用时退出码为 5；核对时不会采用或要等人放行时为 3。\n"
               "空：表示没有。未知：没有填，当作不掌握。未列：代码不在代码表内。",
    .more_en =
        "Nothing is written. The exit code is 5 if a file is unsound, 3 if a run would not use it "
        "or\nhold its result.",
    .example = "hedui feeds check inbox/*.csv.gz",
    .run = run,
};
