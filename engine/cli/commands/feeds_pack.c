/* hedui feeds pack FILE: a workbook, an archive or a text made into a delivery with its manifest.
 */
#include "cli/check_print.h"
#include "cli/consent.h"
#include "cli/folders.h"
#include "cli/grid.h"

#include <hedui/date.h>
#include <hedui/escape.h>
#include <hedui/feed_pack.h>
#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/workspace.h>

enum { EXIT_LOOK = 3 };

static void put(hedui_buffer *out, hedui_span text)
{
    hedui_escape_line(out, text);
}

static void print_source(hedui_cli *cli, const hedui_feed_packed *packed)
{
    char day[HEDUI_DATE_TEXT];
    hedui_buffer *out = &cli->out;
    hedui_date_print(day, packed->cut_off);
    put(out, packed->source);
    if (packed->sheet.length) {
        hedui_buffer_text(out, hedui_cli_say(cli, "  工作表“", "  sheet '"));
        put(out, packed->sheet);
        hedui_buffer_text(out, hedui_cli_say(cli, "”", "'"));
    }
    hedui_buffer_text(out, "  ");
    hedui_buffer_add(out, packed->title);
    hedui_buffer_format(out, hedui_cli_say(cli, "  数据截止 %s\n", "  cut-off %s\n"), day);
}

static void print_faults(hedui_cli *cli, const hedui_feed_packed *packed)
{
    static const char *const heads[][2] = {{"位置", "place"},
                                           {"列", "column"},
                                           {"问题", "fault"},
                                           {"内容（已遮盖）", "content (masked)"},
                                           {"怎么办", "what to do"}};
    hedui_cli_grid grid;
    if (!packed->fault_count)
        return;
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "  表格里的问题 %s 处（列出前 %u 处）\n",
                                      "  %s faults (the first %u)\n"),
                        hedui_cli_counted(cli, (int64_t)packed->faults_all).at,
                        packed->fault_count);
    hedui_cli_grid_init(&grid, "lllll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (uint32_t i = 0; i < packed->fault_count; i++) {
        const hedui_feed_fault *fault = &packed->faults[i];
        hedui_cli_grid_add(&grid, fault->place);
        hedui_cli_grid_add(&grid, fault->column);
        hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, fault->zh, fault->en)));
        hedui_cli_grid_add(&grid, fault->excerpt);
        hedui_cli_grid_add(&grid,
                           hedui_span_of(hedui_cli_say(cli, fault->remedy_zh, fault->remedy_en)));
    }
    hedui_cli_grid_print(&cli->out, &grid, 4);
}

/* Line n of the delivery is row n of the sheet, unless a cell holds a line end. */
static void print_check(hedui_cli *cli, const hedui_feed_report *check)
{
    hedui_cli_check_ledger(cli, check);
    hedui_cli_check_problems(cli, check);
    hedui_cli_check_rejects(cli, check);
}

static void print_refusal(hedui_cli *cli, const hedui_feed_packed *packed)
{
    hedui_buffer *out = &cli->out;
    const hedui_feed_report *check = packed->check;
    hedui_buffer_text(out, "  ");
    hedui_cli_mark(cli, HEDUI_CLI_RED, hedui_cli_say(cli, "没有打包：", "not packed: "));
    if (!check)
        hedui_buffer_text(out, hedui_cli_say(cli, "表格里的问题须先改正",
                                             "the faults of the table must be mended first"));
    else if (check->refusal)
        hedui_buffer_text(out, hedui_cli_say(cli, check->refusal_zh, check->refusal_en));
    else
        hedui_buffer_text(
            out, hedui_cli_say(cli, "问题行超过停用线；新的一批会顶掉原来可用的一批",
                               "too many rejected rows; a newer delivery takes the place of a "
                               "usable one"));
    if (check && check->refusal && check->refusal_detail.length) {
        hedui_buffer_text(out, hedui_cli_say(cli, "：", ": "));
        put(out, check->refusal_detail);
    }
    hedui_buffer_byte(out, '\n');
}

static void print_packed(hedui_cli *cli, const hedui_feed_packed *packed, int written)
{
    hedui_buffer *out = &cli->out;
    print_source(cli, packed);
    if (packed->check && packed->check->records)
        print_check(cli, packed->check);
    print_faults(cli, packed);
    if (packed->refused) {
        print_refusal(cli, packed);
        return;
    }
    if (packed->converted)
        hedui_buffer_format(out, hedui_cli_say(cli, "  已转换为字符集 %s\n", "  converted to %s\n"),
                            packed->charset);
    hedui_buffer_format(out, "  SHA-256 %.16s…\n", packed->check->sha256);
    hedui_buffer_format(
        out,
        written ? hedui_cli_say(cli, "  已写入 %s\n         %s\n", "  written %s\n          %s\n")
                : hedui_cli_say(cli, "  可写入 %s\n         %s\n",
                                "  would write %s\n              %s\n"),
        packed->path, packed->manifest);
}

static void print(hedui_cli *cli, const hedui_feed_pack_report *report, int written)
{
    for (uint32_t i = 0; i < report->packed_count; i++)
        print_packed(cli, &report->packed[i], written);
    for (uint32_t i = 0; i < report->left_out_count; i++) {
        hedui_cli_mark(cli, HEDUI_CLI_YELLOW, hedui_cli_say(cli, "未打包 ", "left out "));
        put(&cli->out, report->left_out[i]);
        hedui_buffer_byte(&cli->out, '\n');
    }
}

static void write_faults(hedui_cli *cli, hedui_json *json, const hedui_feed_packed *packed)
{
    hedui_json_member_number(json, "faults_all", (int64_t)packed->faults_all);
    hedui_json_key(json, "faults");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < packed->fault_count; i++) {
        const hedui_feed_fault *fault = &packed->faults[i];
        hedui_json_open_object(json);
        hedui_json_member_text(json, "fault", hedui_span_of(fault->fault));
        hedui_json_member_text(json, "label",
                               hedui_span_of(hedui_cli_say(cli, fault->zh, fault->en)));
        hedui_json_member_text(
            json, "remedy", hedui_span_of(hedui_cli_say(cli, fault->remedy_zh, fault->remedy_en)));
        hedui_json_member_flag(json, "refuses", fault->refuses);
        hedui_json_member_number(json, "row", fault->row);
        hedui_json_member_text(json, "place", fault->place);
        if (fault->column.length)
            hedui_json_member_text(json, "column", fault->column);
        else
            hedui_json_member_null(json, "column");
        hedui_json_member_text(json, "excerpt_masked", fault->excerpt);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_check(hedui_json *json, const hedui_feed_report *check)
{
    hedui_json_member_text(json, "sha256", hedui_span_of(check->sha256));
    hedui_json_member_number(json, "records", (int64_t)check->records);
    hedui_json_member_number(json, "accepted", (int64_t)check->accepted);
    hedui_json_member_number(json, "other_document", (int64_t)check->other_document);
    hedui_json_member_number(json, "duplicate", (int64_t)check->duplicate);
    hedui_json_member_number(json, "rejected", (int64_t)check->rejected);
    hedui_json_key(json, "reasons");
    hedui_json_open_object(json);
    for (uint32_t i = 0; i < check->reason_count; i++)
        hedui_json_member_number(json, check->reasons[i].name, (int64_t)check->reasons[i].count);
    hedui_json_close_object(json);
    hedui_json_key(json, "rejects");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < check->reject_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_number(json, "line", check->rejects[i].line);
        hedui_json_member_text(json, "column", check->rejects[i].column);
        hedui_json_member_text(json, "reason", hedui_span_of(check->rejects[i].reason));
        hedui_json_member_text(json, "excerpt_masked", check->rejects[i].excerpt);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
}

static void write_packed(hedui_cli *cli, hedui_json *json, const hedui_feed_packed *packed)
{
    char day[HEDUI_DATE_TEXT];
    const char *refusal = NULL;
    if (packed->refused)
        refusal = !packed->check           ? "faults"
                  : packed->check->refusal ? packed->check->refusal
                                           : "too_many_rejects";
    hedui_date_print(day, packed->cut_off);
    hedui_json_open_object(json);
    hedui_json_member_text(json, "source", packed->source);
    if (packed->sheet.length)
        hedui_json_member_text(json, "sheet", packed->sheet);
    else
        hedui_json_member_null(json, "sheet");
    hedui_json_member_text(json, "feed", packed->feed);
    hedui_json_member_text(json, "cut_off", hedui_span_of(day));
    hedui_json_member_text(json, "file", hedui_span_of(packed->path));
    hedui_json_member_text(json, "manifest", hedui_span_of(packed->manifest));
    hedui_json_member_text(json, "charset", hedui_span_of(packed->charset));
    hedui_json_member_flag(json, "converted", packed->converted);
    if (refusal)
        hedui_json_member_text(json, "refusal", hedui_span_of(refusal));
    else
        hedui_json_member_null(json, "refusal");
    if (packed->check)
        write_check(json, packed->check);
    write_faults(cli, json, packed);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const hedui_feed_pack_report *report, int written)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_pack/1"));
    hedui_json_member_flag(&json, "written", written);
    hedui_json_key(&json, "packed");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < report->packed_count; i++)
        write_packed(cli, &json, &report->packed[i]);
    hedui_json_close_array(&json);
    hedui_json_key(&json, "left_out");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < report->left_out_count; i++)
        hedui_json_text(&json, report->left_out[i]);
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

/* The folder that deliveries go to: the one named, else the workspace's inbox. */
static hedui_status find_out(const char **out, hedui_cli *cli, const hedui_cli_call *call,
                             hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    const hedui_cli_value *named = hedui_cli_value_find(call, "out");
    if (named) {
        *out = named->text;
        return HEDUI_OK;
    }
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, err);
    if (status == HEDUI_OK)
        *out = workspace->inbox;
    return status;
}

static int exit_code(hedui_cli *cli, const hedui_feed_pack_report *report, const char *path)
{
    hedui_err err;
    int look = report->left_out_count != 0;
    hedui_err_init(&err);
    if (report->refused) {
        (void)hedui_fail(&err, HEDUI_E2229, hedui_place_none(), HEDUI_ARG_TEXT(path));
        if (!cli->json) /* "as told above" */
            (void)hedui_cli_flush(cli);
        return hedui_cli_fail(cli, &err);
    }
    for (uint32_t i = 0; i < report->packed_count; i++)
        look |= report->packed[i].faults_all || report->packed[i].check->rejected;
    return look ? EXIT_LOOK : 0;
}

static const char *text_of(const hedui_cli_call *call, const char *name)
{
    const hedui_cli_value *value = hedui_cli_value_find(call, name);
    return value ? value->text : NULL;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *cut_off = hedui_cli_value_find(call, "cut-off");
    const hedui_feed_pack_report *report = NULL;
    const char *const *folders = NULL;
    const char *path = call->arguments[0];
    uint32_t folder_count = 0;
    hedui_err err;
    hedui_feed_pack_options options = {.feed = text_of(call, "feed"),
                                       .sheet = text_of(call, "sheet"),
                                       .has_cut_off = cut_off != NULL,
                                       .cut_off = cut_off ? (int32_t)cut_off->number : 0,
                                       .replace = hedui_cli_value_find(call, "replace") != NULL,
                                       .rehearse = hedui_cli_value_find(call, "dry-run") != NULL};
    hedui_err_init(&err);
    hedui_status status = hedui_cli_feed_folders(&folders, &folder_count, cli, &err);
    if (status == HEDUI_OK)
        status = find_out(&options.out, cli, call, &err);
    if (status == HEDUI_OK && !hedui_file_exists(path))
        status = hedui_fail(&err, HEDUI_E8530, hedui_place_none(), HEDUI_ARG_TEXT(path));
    if (status == HEDUI_OK && !options.rehearse)
        status = hedui_folder_make(options.out, &err);
    if (status == HEDUI_OK)
        status = hedui_feed_pack(&report, path, &options, folders, folder_count, cli->arena, &err);
    if (status != HEDUI_OK)
        return hedui_cli_fail(cli, &err);
    int written = !report->refused && !options.rehearse;
    if (cli->json)
        write(cli, report, written);
    else
        print(cli, report, written);
    return exit_code(cli, report, path);
}

static const hedui_cli_option options[] = {
    {"feed", 0, HEDUI_CLI_TEXT, "NAME", "是哪个数据源（缺省按文件名）",
     "the feed it is of (default: by the file's name)", 0, 0, NULL},
    {"cut-off", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "数据截止日（缺省按文件名）",
     "the day of the data (default: by the file's name)", 0, 0, NULL},
    {"sheet", 0, HEDUI_CLI_TEXT, "NAME", "工作簿里用哪一张工作表", "the sheet of a workbook", 0, 0,
     NULL},
    {"out", 0, HEDUI_CLI_TEXT, "FOLDER", "写到哪个目录（缺省为收件目录）",
     "where to write (default: the inbox)", 0, 0, NULL},
    {"replace", 0, HEDUI_CLI_FLAG, NULL, "同名的数据文件已存在时替换它",
     "replace a delivery of the same name", 0, 0, NULL},
    HEDUI_CLI_OPTION_DRY_RUN,
};

const hedui_cli_command hedui_cli_command_feeds_pack = {
    .name = "feeds pack",
    .group = HEDUI_CLI_FEEDS,
    .usage = "FILE",
    .least = 1,
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "把 xlsx、zip、csv 做成数据文件，连同交接清单放进收件目录",
    .en = "make a delivery with its manifest of an xlsx, zip or csv file",
    .more_zh = "被表格改坏的号码不会被当真：能由问题行说明的随文件保留，其余的整表退回。\n"
               "有问题行时退出码为 3；没有打包时为 5，什么也不写。",
    .more_en =
        "Numbers that a spreadsheet destroyed never pass: rows that are rejected for them go\n"
        "along, all else refuses the table. The exit code is 3 if rows are rejected, 5 if\n"
        "nothing was packed; nothing is written then.",
    .example = "hedui feeds pack 车辆.xlsx --feed vehicle --cut-off 2014-06-30 -C /srv/hedui",
    .minor = 1,
    .schema = "hedui.feeds_pack/1",
    .run = run,
};
