/* hedui feeds request SOURCE: the list of people whom a department is asked about. It is the one
 * file with whole citizen numbers that leaves the program, so a named person writes it, and says
 * yes to the number of people. */
#include "cli/consent.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/job_query.h>
#include <hedui/json.h>
#include <hedui/label.h>

#include <limits.h>
#include <time.h>

typedef struct asking {
    hedui_cli *cli;
    const hedui_cli_call *call;
} asking;

static hedui_span last_day(const hedui_cli *cli, const hedui_query_made *made)
{
    return made->answer_by == INT32_MAX ? hedui_span_of("-") : hedui_cli_day(cli, made->answer_by);
}

/* The counts stand before the question, so they are flushed first. */
static hedui_status agree(void *context, const hedui_query_made *made, hedui_err *err)
{
    const asking *a = context;
    if (hedui_cli_value_find(a->call, "dry-run"))
        return HEDUI_OK;
    const char *question =
        hedui_cli_print(
            a->cli,
            hedui_cli_say(a->cli, "向%.*s查询“%.*s”：写出 %s 人的姓名和完整身份证号，并留下记录",
                          "Ask %.*s for '%.*s': write the names and whole numbers of "
                          "%s people, on record"),
            (int)made->source.length, made->source.at, (int)made->title.length, made->title.at,
            hedui_cli_counted(a->cli, made->asked).at)
            .at;
    return hedui_cli_consent(a->cli, a->call, question, err);
}

static void print_omitted(hedui_cli *cli, const hedui_query_made *made)
{
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lr", cli->arena);
    for (uint32_t i = 0; i < made->reason_count; i++) {
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_OMITTED, hedui_span_of(made->reasons[i]),
                                              cli->language));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, made->counts[i]));
    }
    if (made->unreadable) {
        hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, "台账中没有可用身份证号的行",
                                                              "caseload rows without a number")));
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, made->unreadable));
    }
    if (made->reason_count || made->unreadable)
        hedui_cli_grid_print(&cli->out, &grid, 2);
}

static void print(hedui_cli *cli, const hedui_query_made *made)
{
    if (cli->quiet)
        return;
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli,
                                      "查询名单 %.*s   %.*s（%.*s）   查询日 %s   回复期限 %s\n",
                                      "query list %.*s   %.*s (%.*s)   of %s   answer by %s\n"),
                        (int)made->number.length, made->number.at, (int)made->title.length,
                        made->title.at, (int)made->source.length, made->source.at,
                        hedui_cli_day(cli, made->day).at, last_day(cli, made).at);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "查询 %s 人（%s 行），未列入 %s 人：\n",
                                      "%s people asked about (%s rows), %s members not:\n"),
                        hedui_cli_counted(cli, made->asked).at,
                        hedui_cli_counted(cli, made->entries).at,
                        hedui_cli_counted(cli, made->omitted).at);
    print_omitted(cli, made);
    if (!made->written) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "试运行，未写出，未作改动。\n",
                                                   "Nothing was written or changed.\n"));
        return;
    }
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli,
                      "已写出 %s（%.*s，仅本人可读，含完整身份证号，用后请删除）\n"
                      "回复的文件名里须带编号 %.*s，或在交接清单里写 answers: %.*s\n",
                      "Written: %s (%.*s, whole numbers; for its owner alone, delete it after "
                      "use)\nThe answer's file name must carry %.*s, or its manifest "
                      "answers: %.*s\n"),
        made->path, (int)made->charset.length, made->charset.at, (int)made->number.length,
        made->number.at, (int)made->number.length, made->number.at);
}

static void write(hedui_cli *cli, const hedui_query_made *made, hedui_span feed)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_request/1"));
    hedui_json_member_text(&json, "query", made->number);
    hedui_json_member_text(&json, "feed", feed);
    hedui_json_member_text(&json, "day", hedui_cli_day(cli, made->day));
    if (made->answer_by == INT32_MAX)
        hedui_json_member_null(&json, "answer_by");
    else
        hedui_json_member_text(&json, "answer_by", hedui_cli_day(cli, made->answer_by));
    hedui_json_member_flag(&json, "written", made->written);
    hedui_json_member_text(&json, "file", hedui_span_of(made->path));
    hedui_json_member_text(&json, "charset", made->charset);
    hedui_json_member_number(&json, "asked", made->asked);
    hedui_json_member_number(&json, "rows", made->entries);
    hedui_json_member_number(&json, "not_asked", made->omitted);
    hedui_json_member_number(&json, "unreadable_rows", made->unreadable);
    hedui_json_key(&json, "reasons");
    hedui_json_open_object(&json);
    for (uint32_t i = 0; i < made->reason_count; i++)
        hedui_json_member_number(&json, made->reasons[i], made->counts[i]);
    hedui_json_close_object(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_workspace *workspace = NULL;
    const hedui_cli_value *day = hedui_cli_value_find(call, "as-of");
    const hedui_cli_value *days = hedui_cli_value_find(call, "days");
    const hedui_cli_value *person = hedui_cli_value_find(call, "person");
    asking a = {cli, call};
    hedui_query_made made = {.asked = 0};
    hedui_query_options options = {.feed = hedui_span_of(call->arguments[0]),
                                   .person = hedui_span_of(person ? person->text : ""),
                                   .day = day ? (int32_t)day->number : hedui_cli_today(),
                                   .days = days ? (int32_t)days->number : -1,
                                   .at = (int64_t)time(NULL),
                                   .dry_run = hedui_cli_value_find(call, "dry-run") != NULL,
                                   .agree = agree,
                                   .context = &a};
    hedui_err err;
    hedui_err_init(&err);
    while (options.person.length && options.person.at[0] == ' ') {
        options.person.at++; /* blanks alone are no name */
        options.person.length--;
    }
    if (options.dry_run && !options.person.length)
        options.person = hedui_span_of("-");
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &err) ||
        hedui_query_write(&made, workspace, &options, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json)
        write(cli, &made, options.feed);
    else
        print(cli, &made);
    return 0;
}

static const hedui_cli_option options[] = {
    {"person", 0, HEDUI_CLI_TEXT, "NAME", "开出名单的人（必填）", "who writes the list (required)",
     0, 0, NULL},
    {"as-of", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "查询日（缺省为今天）",
     "the day of the query (default: today)", 0, 0, NULL},
    {"days", 0, HEDUI_CLI_NUMBER, "N", "几天内回复有效（缺省按数据格式的停用线）",
     "days in which an answer is used (default: the layout's limit of age)", 0, 3650, NULL},
    HEDUI_CLI_OPTION_DRY_RUN,
    HEDUI_CLI_OPTION_YES};

const hedui_cli_command hedui_cli_command_feeds_request = {
    .name = "feeds request",
    .group = HEDUI_CLI_FEEDS,
    .usage = "SOURCE",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "开出查询名单，请部门按名单核对（含完整身份证号）",
    .en = "write the list of people a department is asked about (whole numbers)",
    .more_zh = "SOURCE 是布局名，如 "
               "bank_balance。只列查询日授权有效的保障对象和义务人；其余人及原因留在库里，"
               "见 hedui feeds requests。\n名单含姓名和完整身份证号，写在 out/requests/ 下，"
               "只有本人可读；谁开的、查了谁都有记录。\n"
               "在终端上会先询问；脚本中须加 --yes。",
    .more_en = "SOURCE is a layout's name. Only counted members and supporters with a live "
               "authorisation are asked "
               "about; the others are kept\nwith the reason, see hedui feeds requests. The file "
               "stands in out/requests/ and holds whole numbers; who wrote it\nis on record. "
               "Asks at a terminal; scripts say --yes.",
    .example = "hedui feeds request bank_balance --person 李敏",
    .minor = 1,
    .schema = "hedui.feeds_request/1",
    .run = run,
};
