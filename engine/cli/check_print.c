/* A column that a department fills in is told by its own header first; the names that rules use
 * stand beside it. */
#include "cli/check_print.h"
#include "cli/grid.h"

#include <hedui/escape.h>
#include <hedui/label.h>

enum { MILLION = 1000000 };

static void add_number(hedui_cli *cli, hedui_cli_grid *grid, uint64_t number)
{
    hedui_cli_grid_add(grid, hedui_cli_counted(cli, (int64_t)number));
}

static uint64_t rows_of(const hedui_feed_column *column)
{
    return column->value + column->absent + column->unknown + column->unlisted + column->bad;
}

static int64_t millionths(uint64_t part, uint64_t whole)
{
    return whole ? (int64_t)((__uint128_t)part * MILLION / whole) : 0;
}

/* "33.33%", cut and not rounded: 100.00% is all of them. */
static hedui_span share(hedui_cli *cli, uint64_t part, uint64_t whole)
{
    int64_t is = millionths(part, whole);
    if (!whole)
        return hedui_span_of("");
    if (part && is < 100)
        return hedui_span_of("<0.01%");
    return hedui_cli_print(cli, "%lld.%02lld%%", (long long)(is / 10000),
                           (long long)(is % 10000 / 100));
}

/* "第 4、7、9 行等" */
static hedui_span lines_of(hedui_cli *cli, const hedui_feed_problem *problem)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, hedui_cli_say(cli, "第 ", problem->count > 1 ? "lines " : "line "));
    for (uint32_t i = 0; i < problem->line_count; i++)
        hedui_buffer_format(&text, "%s%u", i ? hedui_cli_say(cli, "、", ", ") : "",
                            problem->lines[i]);
    hedui_buffer_text(&text, hedui_cli_say(cli, " 行", ""));
    if (problem->count > problem->line_count)
        hedui_buffer_text(&text, hedui_cli_say(cli, "等", ", ..."));
    hedui_span kept = hedui_buffer_keep(&text, cli->arena);
    return kept.at ? kept : hedui_span_of("");
}

void hedui_cli_check_ledger(hedui_cli *cli, const hedui_feed_report *report)
{
    hedui_buffer *out = &cli->out;
    hedui_buffer_text(out, hedui_cli_say(cli, "  记录 ", "  records "));
    hedui_cli_count(out, (int64_t)report->records);
    hedui_buffer_text(out, hedui_cli_say(cli, " = 可用 ", " = usable "));
    hedui_cli_count(out, (int64_t)report->accepted);
    hedui_buffer_text(out, hedui_cli_say(cli, " + 其他证件 ", " + other documents "));
    hedui_cli_count(out, (int64_t)report->other_document);
    hedui_buffer_text(out, hedui_cli_say(cli, " + 重复 ", " + duplicates "));
    hedui_cli_count(out, (int64_t)report->duplicate);
    hedui_buffer_text(out, hedui_cli_say(cli, " + 问题行 ", " + rejected "));
    hedui_cli_count(out, (int64_t)report->rejected);
    hedui_buffer_byte(out, '\n');
}

void hedui_cli_check_problems(hedui_cli *cli, const hedui_feed_report *report)
{
    hedui_cli_grid grid;
    if (!report->problem_count)
        return;
    hedui_buffer_text(
        &cli->out,
        hedui_cli_say(cli, "  问题行（不采用）：行数、列、原因、更正办法；行号按解压后的文件计\n",
                      "  rejected rows: how many, column, why, what to do; lines of the "
                      "unpacked file\n"));
    hedui_cli_grid_init(&grid, "rllll", cli->arena);
    for (uint32_t i = 0; i < report->problem_count; i++) {
        const hedui_feed_problem *problem = &report->problems[i];
        add_number(cli, &grid, problem->count);
        hedui_cli_grid_add(&grid, problem->column.length
                                      ? problem->column
                                      : hedui_span_of(hedui_cli_say(cli, "（整行）", "(row)")));
        hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, problem->zh, problem->en)));
        hedui_cli_grid_add(&grid, hedui_remedy(hedui_span_of(problem->reason), cli->language));
        hedui_cli_grid_add(&grid, lines_of(cli, problem));
    }
    hedui_cli_grid_print(&cli->out, &grid, 4);
}

static void print_table(hedui_cli *cli, const hedui_feed_report *report)
{
    static const char *const heads[][2] = {
        {"表头", "header"}, {"列", "column"},    {"类型", "type"},   {"有值", "value"},
        {"空", "empty"},    {"未知", "unknown"}, {"空缺率", "null"}, {"未列", "unlisted"},
        {"读不懂", "bad"},  {"最小", "least"},   {"最大", "most"}};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lllrrrrrrll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (uint32_t i = 0; i < report->column_count; i++) {
        const hedui_feed_column *column = &report->columns[i];
        if (!column->present)
            continue;
        hedui_cli_grid_add(&grid, column->title);
        hedui_cli_grid_add(&grid, column->name);
        hedui_cli_grid_add(&grid, hedui_span_of(column->type));
        add_number(cli, &grid, column->value);
        add_number(cli, &grid, column->absent);
        add_number(cli, &grid, column->unknown);
        hedui_cli_grid_add(&grid, share(cli, column->absent + column->unknown, rows_of(column)));
        add_number(cli, &grid, column->unlisted);
        add_number(cli, &grid, column->bad);
        hedui_cli_grid_add(&grid, column->least);
        hedui_cli_grid_add(&grid, column->most);
    }
    hedui_cli_grid_print(&cli->out, &grid, 4);
}

/* Columns of the layout that the file lacks, in one line; nothing if it has all. */
static void print_missing(hedui_cli *cli, const hedui_feed_report *report)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < report->column_count; i++) {
        const hedui_feed_column *column = &report->columns[i];
        if (column->present)
            continue;
        hedui_buffer_text(&cli->out, count++
                                         ? hedui_cli_say(cli, "、", ", ")
                                         : hedui_cli_say(cli, "  文件里没有的列（当作不掌握）：",
                                                         "  not in the file (unknown): "));
        hedui_buffer_add(&cli->out, column->title);
    }
    if (count)
        hedui_buffer_byte(&cli->out, '\n');
}

static hedui_span top_words(hedui_cli *cli, const hedui_feed_column *column)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < column->top_count; i++) {
        const hedui_feed_top *top = &column->top[i];
        hedui_span is = share(cli, top->count, column->value);
        hedui_buffer_text(&text, i ? hedui_cli_say(cli, "、", ", ") : "");
        hedui_buffer_add(&text, top->code);
        if (top->label.length && !hedui_span_equal(top->label, top->code)) {
            hedui_buffer_byte(&text, ' ');
            hedui_buffer_add(&text, top->label);
        }
        hedui_buffer_byte(&text, ' ');
        hedui_buffer_add(&text, is);
    }
    if (column->code_count > column->top_count)
        hedui_buffer_format(&text, hedui_cli_say(cli, "，另 %u 种", ", %u more"),
                            column->code_count - column->top_count);
    hedui_span kept = hedui_buffer_keep(&text, cli->arena);
    return kept.at ? kept : hedui_span_of("");
}

static void print_top(hedui_cli *cli, const hedui_feed_report *report)
{
    hedui_cli_grid grid;
    uint32_t count = 0;
    hedui_cli_grid_init(&grid, "ll", cli->arena);
    for (uint32_t i = 0; i < report->column_count; i++) {
        if (!report->columns[i].top_count)
            continue;
        hedui_cli_grid_add(&grid, report->columns[i].title);
        hedui_cli_grid_add(&grid, top_words(cli, &report->columns[i]));
        count++;
    }
    if (!count)
        return;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "  最多的代码（占有值的比例）\n",
                                               "  most frequent codes, of the values\n"));
    hedui_cli_grid_print(&cli->out, &grid, 4);
}

void hedui_cli_check_columns(hedui_cli *cli, const hedui_feed_report *report)
{
    if (!report->column_count)
        return;
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "  各列，按可用的 %s 行计\n", "  columns, over %s usable rows\n"),
        hedui_cli_counted(cli, (int64_t)report->accepted).at);
    print_table(cli, report);
    print_missing(cli, report);
    print_top(cli, report);
}

void hedui_cli_check_rejects(hedui_cli *cli, const hedui_feed_report *report)
{
    hedui_cli_grid grid;
    if (!report->reject_count)
        return;
    hedui_buffer_format(
        &cli->out, hedui_cli_say(cli, "  问题行（前 %u 行）\n", "  rejected rows (the first %u)\n"),
        report->reject_count);
    hedui_cli_grid_init(&grid, "rlll", cli->arena);
    for (uint32_t i = 0; i < report->reject_count; i++) {
        const hedui_feed_reject *reject = &report->rejects[i];
        hedui_buffer line;
        hedui_buffer_init(&line);
        hedui_escape_line(&line, reject->excerpt);
        add_number(cli, &grid, reject->line);
        hedui_cli_grid_add(&grid, reject->column);
        hedui_cli_grid_add(&grid, hedui_span_of(hedui_cli_say(cli, reject->zh, reject->en)));
        hedui_cli_grid_add(&grid, hedui_buffer_keep(&line, cli->arena));
    }
    hedui_cli_grid_print(&cli->out, &grid, 4);
}

static void text_or_null(hedui_json *json, const char *name, hedui_span text)
{
    if (text.length)
        hedui_json_member_text(json, name, text);
    else
        hedui_json_member_null(json, name);
}

static void write_column(hedui_json *json, const hedui_feed_column *column)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "name", column->name);
    hedui_json_member_text(json, "title", column->title);
    hedui_json_member_text(json, "type", hedui_span_of(column->type));
    hedui_json_member_flag(json, "present", column->present);
    hedui_json_member_number(json, "value", (int64_t)column->value);
    hedui_json_member_number(json, "absent", (int64_t)column->absent);
    hedui_json_member_number(json, "unknown", (int64_t)column->unknown);
    hedui_json_member_number(json, "unlisted", (int64_t)column->unlisted);
    hedui_json_member_number(json, "bad", (int64_t)column->bad);
    hedui_json_member_number(json, "null_millionths",
                             millionths(column->absent + column->unknown, rows_of(column)));
    text_or_null(json, "least", column->least);
    text_or_null(json, "most", column->most);
    hedui_json_member_number(json, "codes", column->code_count);
    hedui_json_key(json, "top");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < column->top_count; i++) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "code", column->top[i].code);
        text_or_null(json, "label", column->top[i].label);
        hedui_json_member_number(json, "count", (int64_t)column->top[i].count);
        hedui_json_close_object(json);
    }
    hedui_json_close_array(json);
    hedui_json_close_object(json);
}

static void write_problem(const hedui_cli *cli, hedui_json *json, const hedui_feed_problem *problem)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "reason", hedui_span_of(problem->reason));
    text_or_null(json, "column", problem->column);
    hedui_json_member_number(json, "count", (int64_t)problem->count);
    hedui_json_member_text(json, "remedy",
                           hedui_remedy(hedui_span_of(problem->reason), cli->language));
    hedui_json_key(json, "lines");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < problem->line_count; i++)
        hedui_json_number(json, problem->lines[i]);
    hedui_json_close_array(json);
    hedui_json_close_object(json);
}

void hedui_cli_check_write(const hedui_cli *cli, hedui_json *json, const hedui_feed_report *report)
{
    hedui_json_member_number(json, "records", (int64_t)report->records);
    hedui_json_member_number(json, "accepted", (int64_t)report->accepted);
    hedui_json_member_number(json, "other_document", (int64_t)report->other_document);
    hedui_json_member_number(json, "duplicate", (int64_t)report->duplicate);
    hedui_json_member_number(json, "rejected", (int64_t)report->rejected);
    text_or_null(json, "footer_unread", report->footer_unread);
    hedui_json_key(json, "reasons");
    hedui_json_open_object(json);
    for (uint32_t i = 0; i < report->reason_count; i++)
        hedui_json_member_number(json, report->reasons[i].name, (int64_t)report->reasons[i].count);
    hedui_json_close_object(json);
    hedui_json_key(json, "problems");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < report->problem_count; i++)
        write_problem(cli, json, &report->problems[i]);
    hedui_json_close_array(json);
    hedui_json_key(json, "columns");
    hedui_json_open_array(json);
    for (uint32_t i = 0; i < report->column_count; i++)
        write_column(json, &report->columns[i]);
    hedui_json_close_array(json);
}
