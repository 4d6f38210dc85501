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

/* Which delivery the change was judged against; nothing if there was none. */
static void print_last(hedui_cli *cli, const hedui_job_check *check)
{
    if (!check->last_file.length)
        return;
    hedui_span rows = hedui_cli_counted(cli, check->last_records);
    hedui_span day = check->last_cut_off == INT32_MIN ? hedui_span_of("?")
                                                      : hedui_cli_day(cli, check->last_cut_off);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "  对照上次采用的 %.*s：数据截止 %.*s，%.*s 行\n",
                                      "  held against the last accepted %.*s: cut-off %.*s, "
                                      "%.*s rows\n"),
                        (int)check->last_file.length, check->last_file.at, (int)day.length, day.at,
                        (int)rows.length, rows.at);
}

static void print_unjudged(hedui_cli *cli, const hedui_job_check *check)
{
    static const char *const words[][3] = {
        {"rows", "与上次相比的行数", "change of rows"},
        {"distributions", "与上次相比的分布", "change of distributions"},
        {"matches", "比中率", "matches"},
        {"names", "姓名相符", "agreement of names"},
        {"manifest", "清单中的约定", "the manifest"},
        {"query_list", "查询名单", "the query list"}};
    hedui_buffer *out = &cli->out;
    hedui_buffer_text(out, hedui_cli_say(cli, "  没有判断：", "  not judged: "));
    for (uint32_t i = 0; i < check->unjudged_count; i++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (strcmp(check->unjudged[i], words[w][0]) == 0) {
                hedui_buffer_text(out, i ? hedui_cli_say(cli, "、", ", ") : "");
                hedui_buffer_text(out, words[w][1 + cli->language]);
            }
    hedui_buffer_text(
        out, hedui_cli_say(cli, "；比例按全部行计，核对时各列只看名册里的人的行\n",
                           "; shares are over all rows, where a run looks at the columns of its "
                           "households' rows only\n"));
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
    if (!check->report->refusal) {
        print_last(cli, check);
        print_unjudged(cli, check);
    }
    hedui_buffer_format(out, hedui_cli_say(cli, "  %s 核对时，这份文件", "  in a run of %s: "),
                        hedui_cli_day(cli, as_of).at);
    if (is(check, "refused"))
        hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "不会采用", "refused"));
    else if (is(check, "early"))
        hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "不会读取", "not read"));
    else if (is(check, "held"))
        hedui_cli_mark(cli, HEDUI_CLI_YELLOW,
                       hedui_cli_say(cli, "会采用，但结果要等人放行",
                                     "used, but the run waits for a person's release"));
    else if (is(check, "warned"))
        hedui_cli_mark(cli, HEDUI_CLI_YELLOW,
                       hedui_cli_say(cli, "会采用，有提示", "used, with a warning"));
    else
        hedui_cli_mark(cli, HEDUI_CLI_GREEN, hedui_cli_say(cli, "会采用", "used"));
    if (check->unjudged_count > 1 && (is(check, "accepted") || is(check, "warned")))
        hedui_buffer_text(out, hedui_cli_say(cli, "，除非没有判断的几项不过关",
                                             ", unless what was not judged stands against it"));
    hedui_buffer_text(out, hedui_cli_say(cli, "。\n", ".\n"));
}

static void write_verdict(hedui_cli *cli, hedui_json *json, const hedui_job_check *check,
                          int32_t as_of)
{
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
    for (uint32_t i = 0; i < check->unjudged_count; i++)
        hedui_json_text(json, hedui_span_of(check->unjudged[i]));
    hedui_json_close_array(json);
    hedui_json_key(json, "held_against");
    if (!check->last_file.length) {
        hedui_json_null(json);
        return;
    }
    hedui_json_open_object(json);
    hedui_json_member_text(json, "file", check->last_file);
    if (check->last_cut_off == INT32_MIN)
        hedui_json_member_null(json, "cut_off");
    else
        hedui_json_member_text(json, "cut_off", hedui_cli_day(cli, check->last_cut_off));
    hedui_json_member_number(json, "records", check->last_records);
    hedui_json_close_object(json);
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
    json->out->failed |= hedui_buffer_failed(&sentence);
    hedui_buffer_free(&sentence);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *feed = hedui_cli_value_find(call, "feed");
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    const hedui_workspace *workspace = NULL;
    hedui_job_check_options by = {.feed = feed ? feed->text : NULL,
                                  .as_of = as_of ? (int32_t)as_of->number : hedui_cli_today()};
    hedui_json json;
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (hedui_cli_feed_folders(&by.folders, &by.folder_count, cli, &err) ||
        hedui_cli_workspace_find(&workspace, cli, &err))
        return hedui_cli_fail(cli, &err);
    by.store = workspace ? workspace->store : NULL;
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
            (void)hedui_job_check_file(&check, path, &by, cli->arena, &err);
        if (err.status) {
            int failed = hedui_cli_fail(cli, &err);
            code = code ? code : failed;
            if (cli->json)
                write_failure(&json, cli, path, &err);
            continue;
        }
        if (check->report->refusal)
            code = EXIT_FEED;
        else if (!code && strcmp(check->verdict, "accepted") && !is(check, "warned"))
            code = EXIT_LOOK;
        if (cli->json)
            write(cli, &json, check, by.as_of);
        else {
            print(cli, check->report);
            print_verdict(cli, check, by.as_of);
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
    {"as-of", 0, HEDUI_CLI_DATE, "DATE", "按哪一天的核对来判断（缺省今天）",
     "judge as a run of this day would (default: today)", 0, 0, NULL},
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
    .more_zh = "只读不写。在工作目录里，整批的数据与上次采用的一批比行数、比内容。\n文件本身不能采"
               "用时退出码为 5；核对时不会采用或要等人放行时为 3。\n"
               "空：表示没有。未知：没有填，当作不掌握。未列：代码不在代码表内。",
    .more_en = "Nothing is written. In a workspace a full delivery is held against the last "
               "accepted one.\n"
               "The exit code is 5 if a file is unsound, 3 if a run would not use it "
               "or\nhold its result.",
    .example = "hedui feeds check inbox/*.csv.gz",
    .schema = "hedui.feeds_check/2",
    .run = run,
};
