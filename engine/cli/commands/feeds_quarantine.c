/* hedui feeds quarantine [RUN]: for each department what became of its deliveries and of the rows
 * that were not used, as a receipt to send back: counts, remedies and some examples by line, no
 * contents. With --all every row, masked. */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/escape.h>
#include <hedui/json.h>
#include <hedui/label.h>
#include <hedui/store_delivery.h>
#include <hedui/store_run.h>

#include <stdlib.h>

enum { EXAMPLES = 10 };

typedef struct quarantine {
    hedui_store *store;
    const hedui_store_run *run;
    hedui_span feed; /**< empty: all */
    int all;         /**< 1: every row */
    const hedui_store_delivery *deliveries;
    size_t delivery_count;
    const hedui_store_reject_count *counts;
    size_t count_count;
    const hedui_store_reject *rejects;
    size_t reject_count;
} quarantine;

/* By its layout's name, or by the title that all tables have. */
static hedui_status find_feed(quarantine *q, hedui_err *err)
{
    for (size_t i = 0; i < q->delivery_count; i++)
        if (hedui_span_equal(q->deliveries[i].feed, q->feed) ||
            hedui_span_equal(q->deliveries[i].title, q->feed)) {
            q->feed = q->deliveries[i].feed;
            return HEDUI_OK;
        }
    return hedui_fail(err, HEDUI_E8516, hedui_place_none(), HEDUI_ARG_SPAN(q->feed),
                      HEDUI_ARG_SPAN(q->run->id));
}

static hedui_status load(quarantine *q, hedui_cli *cli, const hedui_cli_call *call, hedui_err *err)
{
    const hedui_cli_value *feed = hedui_cli_value_find(call, "feed");
    q->feed = hedui_span_of(feed ? feed->text : "");
    hedui_status status = hedui_cli_store_open(&q->store, cli, err);
    if (!status)
        status = hedui_store_run_find(&q->run, q->store,
                                      hedui_span_of(call->argument_count ? call->arguments[0] : ""),
                                      cli->arena, err);
    q->all = hedui_cli_value_find(call, "all") != NULL;
    if (!status)
        status = hedui_store_delivery_list(&q->deliveries, &q->delivery_count, q->store, q->run->id,
                                           cli->arena, err);
    if (!status && feed)
        status = find_feed(q, err);
    if (!status)
        status = hedui_store_reject_counts(&q->counts, &q->count_count, q->store, q->run->id,
                                           cli->arena, err);
    if (!status)
        status = hedui_store_reject_list(&q->rejects, &q->reject_count, q->store, q->run->id,
                                         q->feed, cli->arena, err);
    return status;
}

static int asked_for(const quarantine *q, hedui_span feed)
{
    return !q->feed.length || hedui_span_equal(q->feed, feed);
}

/* Rows of a chain are told by file; a line number says nothing without it. */
static int is_of(const hedui_store_reject *reject, const hedui_store_delivery *d)
{
    return hedui_span_equal(reject->feed, d->feed) && hedui_span_equal(reject->file, d->file);
}

typedef struct tally {
    hedui_span reason;
    int64_t count;
} tally;

static int by_count(const void *a, const void *b)
{
    const tally *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    size_t length = x->reason.length < y->reason.length ? x->reason.length : y->reason.length;
    int order = memcmp(x->reason.at, y->reason.at, length);
    return order ? order
                 : (x->reason.length > y->reason.length) - (x->reason.length < y->reason.length);
}

/* Rejected rows of one file by reason, the most frequent first. @return how many reasons. */
static size_t count_reasons(tally *tallies, size_t room, const quarantine *q,
                            const hedui_store_delivery *d)
{
    size_t count = 0;
    for (size_t i = 0; i < q->reject_count; i++) {
        size_t t = 0;
        if (!is_of(&q->rejects[i], d))
            continue;
        while (t < count && !hedui_span_equal(tallies[t].reason, q->rejects[i].reason))
            t++;
        if (t == count && count < room)
            tallies[count++] = (tally){q->rejects[i].reason, 0};
        if (t < count)
            tallies[t].count++;
    }
    qsort(tallies, count, sizeof *tallies, by_count);
    return count;
}

static hedui_span column_words(const hedui_cli *cli, const hedui_store_reject *reject)
{
    return reject->column.length ? reject->column
                                 : hedui_span_of(hedui_cli_say(cli, "（整行）", "(row)"));
}

static void print_examples(hedui_cli *cli, const quarantine *q, const hedui_store_delivery *d)
{
    hedui_cli_grid grid;
    uint32_t shown = 0;
    hedui_buffer_text(&cli->out, hedui_cli_say(cli, "  举例（行号按解压后的文件计）\n",
                                               "  examples, by line of the unpacked file\n"));
    hedui_cli_grid_init(&grid, "rll", cli->arena);
    for (size_t i = 0; i < q->reject_count && shown < EXAMPLES; i++) {
        const hedui_store_reject *reject = &q->rejects[i];
        if (!is_of(reject, d))
            continue;
        shown++;
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, reject->line));
        hedui_cli_grid_add(&grid, column_words(cli, reject));
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_REJECT, reject->reason, cli->language));
    }
    hedui_cli_grid_print(&cli->out, &grid, 4);
}

enum { REASONS = 64 };

static void print_file(hedui_cli *cli, const quarantine *q, const hedui_store_delivery *d)
{
    tally tallies[REASONS];
    hedui_cli_grid grid;
    hedui_span verdict = hedui_label(HEDUI_LABEL_VERDICT, d->verdict, cli->language);
    size_t count = count_reasons(tallies, REASONS, q, d);
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "%.*s  %.*s  数据截止 %s\n", "%.*s  %.*s  cut-off %s\n"),
                        (int)d->title.length, d->title.at, (int)d->file.length, d->file.at,
                        hedui_cli_day(cli, d->cut_off).at);
    hedui_buffer_format(
        &cli->out,
        hedui_cli_say(cli, "  %.*s。记录 %s，其中问题行 %s\n", "  %.*s. records %s, rejected %s\n"),
        (int)verdict.length, verdict.at, hedui_cli_counted(cli, d->records).at,
        hedui_cli_counted(cli, d->rejected).at);
    for (size_t i = 0; i < d->remark_count; i++)
        if (hedui_span_is(d->remarks[i].verdict, "held") ||
            hedui_span_is(d->remarks[i].verdict, "refused")) {
            hedui_span words = hedui_cli_remark(cli, d->remarks[i].number, d->remarks[i].argument);
            hedui_buffer_format(&cli->out, "  %.*s\n", (int)words.length, words.at);
        }
    if (!count)
        return;
    hedui_cli_grid_init(&grid, "rll", cli->arena);
    for (size_t i = 0; i < count; i++) {
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, tallies[i].count));
        hedui_cli_grid_add(&grid,
                           hedui_label(HEDUI_LABEL_REJECT, tallies[i].reason, cli->language));
        hedui_cli_grid_add(&grid, hedui_remedy(tallies[i].reason, cli->language));
    }
    hedui_cli_grid_print(&cli->out, &grid, 4);
    print_examples(cli, q, d);
}

/* 1 if something of the file is to be told to its department. */
static int is_told(const quarantine *q, const hedui_store_delivery *d)
{
    return d->file.length && asked_for(q, d->feed) &&
           (d->rejected || !d->used || hedui_span_is(d->verdict, "held"));
}

/* One receipt a department, in the order of first deliveries. */
static void print_receipts(hedui_cli *cli, const quarantine *q)
{
    for (size_t i = 0; i < q->delivery_count; i++) {
        hedui_span source = q->deliveries[i].source;
        int first = is_told(q, &q->deliveries[i]);
        for (size_t j = 0; j < i; j++)
            first &= !is_told(q, &q->deliveries[j]) ||
                     !hedui_span_equal(q->deliveries[j].source, source);
        if (!first)
            continue;
        hedui_buffer_format(
            &cli->out,
            hedui_cli_say(cli, "\n== %.*s  数据接收回执 ==\n", "\n== %.*s  receipt ==\n"),
            (int)source.length, source.at);
        for (size_t j = i; j < q->delivery_count; j++)
            if (is_told(q, &q->deliveries[j]) && hedui_span_equal(q->deliveries[j].source, source))
                print_file(cli, q, &q->deliveries[j]);
    }
}

static void print_rows(hedui_cli *cli, const quarantine *q)
{
    static const char *const heads[][2] = {{"文件", "file"},
                                           {"行", "line"},
                                           {"列", "column"},
                                           {"原因", "reason"},
                                           {"内容（已遮盖）", "content (masked)"}};
    hedui_cli_grid grid;
    if (!q->reject_count)
        return;
    hedui_buffer_byte(&cli->out, '\n');
    hedui_cli_grid_init(&grid, "lrlll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < q->reject_count; i++) {
        const hedui_store_reject *reject = &q->rejects[i];
        hedui_buffer line;
        hedui_buffer_init(&line);
        hedui_escape_line(&line, reject->excerpt);
        hedui_cli_grid_add(&grid, reject->file);
        hedui_cli_grid_add(&grid, hedui_cli_counted(cli, reject->line));
        hedui_cli_grid_add(&grid, column_words(cli, reject));
        hedui_cli_grid_add(&grid, hedui_label(HEDUI_LABEL_REJECT, reject->reason, cli->language));
        hedui_cli_grid_add(&grid, hedui_buffer_keep(&line, cli->arena));
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void print(hedui_cli *cli, const quarantine *q)
{
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "核对批次 %.*s   问题行（未采用） %s 行\n",
                                      "run %.*s   %s rejected rows (not used)\n"),
                        (int)q->run->id.length, q->run->id.at,
                        hedui_cli_counted(cli, (int64_t)q->reject_count).at);
    if (q->all)
        print_rows(cli, q);
    else
        print_receipts(cli, q);
}

static void write_row(hedui_cli *cli, hedui_json *json, const hedui_store_reject *reject)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "feed", reject->feed);
    hedui_json_member_text(json, "file", reject->file);
    hedui_json_member_number(json, "line", reject->line);
    hedui_json_member_number(json, "offset", reject->offset);
    hedui_json_member_number(json, "length", reject->length);
    if (reject->column.length)
        hedui_json_member_text(json, "column", reject->column);
    else
        hedui_json_member_null(json, "column");
    hedui_json_member_text(json, "reason", reject->reason);
    hedui_json_member_text(json, "reason_label",
                           hedui_label(HEDUI_LABEL_REJECT, reject->reason, cli->language));
    hedui_json_member_text(json, "excerpt_masked", reject->excerpt);
    hedui_json_close_object(json);
}

static void write_delivery(hedui_json *json, const hedui_store_delivery *d)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "source", d->source);
    hedui_json_member_text(json, "feed", d->feed);
    hedui_json_member_text(json, "title", d->title);
    hedui_json_member_text(json, "file", d->file);
    hedui_json_member_text(json, "verdict", d->verdict);
    hedui_json_member_number(json, "records", d->records);
    hedui_json_member_number(json, "rejected", d->rejected);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const quarantine *q)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_quarantine/2"));
    hedui_json_member_text(&json, "run", q->run->id);
    hedui_json_member_number(&json, "rejected", (int64_t)q->reject_count);
    hedui_json_key(&json, "counts");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < q->count_count; i++) {
        if (!asked_for(q, q->counts[i].feed))
            continue;
        hedui_json_open_object(&json);
        hedui_json_member_text(&json, "feed", q->counts[i].feed);
        hedui_json_member_text(&json, "title", q->counts[i].title);
        hedui_json_member_text(&json, "reason", q->counts[i].reason);
        hedui_json_member_text(&json, "remedy", hedui_remedy(q->counts[i].reason, cli->language));
        hedui_json_member_number(&json, "count", q->counts[i].count);
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_key(&json, "deliveries");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < q->delivery_count; i++)
        if (is_told(q, &q->deliveries[i]))
            write_delivery(&json, &q->deliveries[i]);
    hedui_json_close_array(&json);
    hedui_json_key(&json, "rows");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < q->reject_count; i++)
        write_row(cli, &json, &q->rejects[i]);
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    quarantine q = {0};
    hedui_err err;
    int code = 0;
    hedui_err_init(&err);
    if (load(&q, cli, call, &err)) {
        code = hedui_cli_fail(cli, &err);
    } else if (cli->json) {
        write(cli, &q);
    } else {
        if (!call->argument_count)
            hedui_cli_tell_newer(cli, q.store, q.run, "feeds quarantine");
        print(cli, &q);
    }
    hedui_store_close(q.store);
    return code;
}

static const hedui_cli_option options[] = {
    {"feed", 0, HEDUI_CLI_TEXT, "NAME", "只看一个数据源（名称或布局名，如 vehicle）",
     "only one feed, by its title or its layout's name: vehicle", 0, 0, NULL},
    {"all", 0, HEDUI_CLI_FLAG, NULL, "列出每一行（内容已遮盖），不写回执",
     "every row, contents masked, in place of the receipts", 0, 0, NULL},
};

const hedui_cli_command hedui_cli_command_feeds_quarantine = {
    .name = "feeds quarantine",
    .group = HEDUI_CLI_FEEDS,
    .usage = "[RUN]",
    .most = 1,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "各部门的数据接收回执：是否采用、问题行及更正办法",
    .en = "receipts for the departments: what was used, rejected rows and remedies",
    .more_zh = "缺省为最近一次。每个部门一份，可直接发回：各原因的行数、更正办法和前 10 "
               "行的行号，不含个人信息。\n"
               "行号按解压后的文件计，原文在来源部门的文件里。",
    .more_en =
        "Default: the latest run. One for each department, to be sent back as it is: counts by "
        "reason,\nwhat to do, and the first 10 lines by number, nothing personal. Lines count "
        "in the unpacked file.",
    .example = "hedui feeds quarantine --feed vehicle -C /srv/hedui",
    .schema = "hedui.feeds_quarantine/2",
    .run = run,
};
