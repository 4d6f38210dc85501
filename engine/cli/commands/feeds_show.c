/* hedui feeds show DELIVERY LINE: one line of a delivery as it stands there and as it is read. */
#include "cli/command.h"
#include "cli/decision.h"
#include "cli/folders.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/date.h>
#include <hedui/escape.h>
#include <hedui/feed_line.h>
#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/store_audit.h>
#include <hedui/store_delivery.h>
#include <hedui/store_purge.h>
#include <hedui/workspace.h>

#include <time.h>

/** Where the delivery lies and by which layout it is read. */
typedef struct place {
    const char *path;
    const char *feed; /**< NULL: by the file's name */
    hedui_span name;  /**< as it was delivered */
} place;

enum { LEAST_PREFIX = 6, WHOLE_DIGEST = 64 };

static int is_digest(const char *text)
{
    size_t length = strspn(text, "0123456789abcdef");
    return text[length] == '\0' && length >= LEAST_PREFIX && length <= WHOLE_DIGEST;
}

/* A delivery that a run has read, by the beginning of its digest: in the archive, unless purged. */
static hedui_status find_stored(place *p, hedui_cli *cli, const hedui_workspace *workspace,
                                const char *prefix, hedui_err *err)
{
    hedui_store *store = NULL;
    const hedui_store_delivery *found = NULL;
    size_t count = 0;
    char hex[HEDUI_DIGEST_HEX];
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_delivery_find(&found, &count, store, hedui_span_of(prefix), cli->arena,
                                           err);
    const hedui_store_purge_entry *purged = NULL;
    if (!status && count == 1)
        status = hedui_store_purge_of_file(&purged, store, &found[0].digest, cli->arena, err);
    hedui_store_close(store);
    if (status)
        return status;
    if (count == 0)
        return hedui_fail(err, HEDUI_E8531, hedui_place_none(), HEDUI_ARG_TEXT(prefix));
    if (count > 1)
        return hedui_fail(err, HEDUI_E8532, hedui_place_none(), HEDUI_ARG_TEXT(prefix),
                          HEDUI_ARG_NUMBER((int64_t)count), HEDUI_ARG_SPAN(found[0].file),
                          HEDUI_ARG_SPAN(found[1].file));
    hedui_digest_hex(hex, &found[0].digest);
    const char *name = hedui_cli_print(cli, "%s.gz", hex).at;
    p->path = hedui_path_join(workspace->archive, name, cli->arena);
    p->feed = hedui_cli_print(cli, "%.*s", (int)found[0].feed.length, found[0].feed.at).at;
    p->name = found[0].file;
    if (!p->path)
        return hedui_fail_memory(err);
    if (!hedui_file_exists(p->path) && purged)
        return hedui_fail(err, HEDUI_E8536, hedui_place_none(), HEDUI_ARG_SPAN(p->name),
                          HEDUI_ARG_SPAN(((hedui_span){hex, 16})),
                          HEDUI_ARG_SPAN(hedui_cli_day(cli, purged->day)),
                          HEDUI_ARG_SPAN(purged->person), HEDUI_ARG_SPAN(purged->reason));
    return hedui_file_exists(p->path) ? HEDUI_OK
                                      : hedui_fail(err, HEDUI_E8533, hedui_place_none(),
                                                   HEDUI_ARG_SPAN(p->name), HEDUI_ARG_TEXT(name));
}

static hedui_status find(place *p, hedui_cli *cli, const char *text, hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    p->name = hedui_span_of(text);
    p->path = text;
    if (hedui_file_exists(text))
        return HEDUI_OK;
    hedui_err outside; /* without a workspace there is no other place to look */
    hedui_err_init(&outside);
    if (hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, &outside))
        return hedui_fail(err, HEDUI_E8530, hedui_place_none(), HEDUI_ARG_TEXT(text));
    const char *folders[] = {workspace->inbox, workspace->archive};
    for (size_t i = 0; i < 2 && !strchr(text, '/'); i++) {
        p->path = hedui_path_join(folders[i], text, cli->arena);
        if (!p->path)
            return hedui_fail_memory(err);
        if (hedui_file_exists(p->path) && i == 0)
            return HEDUI_OK;
    }
    return is_digest(text) ? find_stored(p, cli, workspace, text, err)
                           : hedui_fail(err, HEDUI_E8531, hedui_place_none(), HEDUI_ARG_TEXT(text));
}

static const char *kind_word(hedui_line_kind kind)
{
    static const char *const words[] = {"none",           "title",   "header",   "footer",
                                        "blank",          "read",    "accepted", "duplicate",
                                        "other_document", "rejected"};
    return words[kind];
}

static const char *kind_words(const hedui_cli *cli, hedui_line_kind kind)
{
    static const char *const words[][2] = {
        {"没有这一行", "no such line"},
        {"表头之上的标题行，不算记录", "a title line above the header, no record"},
        {"表头", "the header"},
        {"末尾的合计行，不算记录", "a footer line, no record"},
        {"空行，不算记录", "a blank line, no record"},
        {"读到了，但整份文件不采用", "read, but the file as a whole is refused"},
        {"可用", "usable"},
        {"重复：前面已有内容相同的一行", "duplicate: the same content stood above"},
        {"其他证件（不是公民身份号码），不比对", "other document (no citizen number), not matched"},
        {"问题行，未采用", "rejected, not used"}};
    return words[kind][cli->language];
}

static hedui_span state_words(const hedui_cli *cli, const hedui_feed_cell *cell)
{
    static const char *const words[][3] = {{"value", "", ""},
                                           {"absent", "没有", "none"},
                                           {"unknown", "不掌握", "unknown"},
                                           {"unlisted", "代码不在表里", "code not listed"},
                                           {"bad", "读不懂", "cannot be read"},
                                           {"extra", "多出的列", "extra column"},
                                           {"other_document", "其他证件", "other document"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(cell->state, words[i][0]) == 0)
            return hedui_span_of(words[i][1 + cli->language]);
    return hedui_span_of(cell->state);
}

/* One line, whatever control characters the cell has. */
static hedui_span one_line(hedui_cli *cli, hedui_span text)
{
    hedui_buffer line;
    hedui_buffer_init(&line);
    hedui_escape_line(&line, text);
    hedui_span kept = hedui_buffer_keep(&line, cli->arena);
    return kept.at ? kept : hedui_span_of("");
}

static void print_cells(hedui_cli *cli, const hedui_feed_line *line, int is_record)
{
    static const char *const heads[][2] = {
        {"表头", "header"}, {"原文", "raw"}, {"读作", "read as"}, {"说明", "note"}};
    hedui_cli_grid grid;
    if (!is_record) {
        hedui_buffer_text(&cli->out, hedui_cli_say(cli, "  原文  ", "  raw  "));
        hedui_escape_line(&cli->out, line->cells[0].raw);
        hedui_buffer_byte(&cli->out, '\n');
        return;
    }
    hedui_cli_grid_init(&grid, "llll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (uint32_t i = 0; i < line->cell_count; i++) {
        const hedui_feed_cell *cell = &line->cells[i];
        hedui_cli_grid_add(&grid, one_line(cli, cell->header));
        hedui_cli_grid_add(&grid, one_line(cli, cell->raw));
        hedui_cli_grid_add(&grid, one_line(cli, cell->value));
        hedui_cli_grid_add(&grid, cell->reason
                                      ? hedui_span_of(hedui_cli_say(cli, cell->zh, cell->en))
                                      : state_words(cli, cell));
    }
    hedui_cli_grid_print(&cli->out, &grid, 2);
}

static void print(hedui_cli *cli, const place *p, const hedui_feed_line *line)
{
    hedui_buffer *out = &cli->out;
    hedui_buffer_format(
        out, hedui_cli_say(cli, "%.*s  %.*s（%.*s）  第 %u 行", "%.*s  %.*s (%.*s)  line %u"),
        (int)p->name.length, p->name.at, (int)line->title.length, line->title.at,
        (int)line->source.length, line->source.at, line->line);
    if (line->lines > 1)
        hedui_buffer_format(
            out, hedui_cli_say(cli, "（这一条占第 %u–%u 行）", " (the row is lines %u to %u)"),
            line->first, line->first + line->lines - 1);
    hedui_buffer_format(out,
                        hedui_cli_say(cli, "\n  字节位置 %llu，长 %u 字节   SHA-256 %.16s…\n",
                                      "\n  byte offset %llu, %u bytes   SHA-256 %.16s…\n"),
                        (unsigned long long)line->offset, line->length, line->sha256);
    if (line->refusal)
        hedui_buffer_format(
            out, hedui_cli_say(cli, "  整份文件不采用：%s\n", "  the file is refused: %s\n"),
            hedui_cli_say(cli, line->refusal_zh, line->refusal_en));
    hedui_buffer_format(out, "  %s", kind_words(cli, line->kind));
    if (line->reason) {
        hedui_buffer_text(out, hedui_cli_say(cli, "：", ": "));
        if (line->column.length)
            hedui_buffer_format(out, "%.*s  ", (int)line->column.length, line->column.at);
        hedui_buffer_text(out, hedui_cli_say(cli, line->zh, line->en));
    }
    hedui_buffer_byte(out, '\n');
    int is_record = line->kind >= HEDUI_LINE_READ;
    if (line->cell_count && (is_record || line->cells[0].raw.length))
        print_cells(cli, line, is_record);
}

static void write_text(hedui_json *json, const char *key, hedui_span text)
{
    if (text.length)
        hedui_json_member_text(json, key, text);
    else
        hedui_json_member_null(json, key);
}

static void write(hedui_cli *cli, const place *p, const hedui_feed_line *line, int reveal)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_show/1"));
    hedui_json_member_text(&json, "file", p->name);
    hedui_json_member_text(&json, "feed", line->feed);
    hedui_json_member_text(&json, "sha256", hedui_span_of(line->sha256));
    write_text(&json, "refusal", hedui_span_of(line->refusal ? line->refusal : ""));
    hedui_json_member_number(&json, "line", line->line);
    hedui_json_member_number(&json, "first_line", line->first);
    hedui_json_member_number(&json, "lines", line->lines);
    hedui_json_member_number(&json, "offset", (int64_t)line->offset);
    hedui_json_member_number(&json, "length", line->length);
    hedui_json_member_text(&json, "kind", hedui_span_of(kind_word(line->kind)));
    write_text(&json, "reason", hedui_span_of(line->reason ? line->reason : ""));
    write_text(&json, "column", line->column);
    hedui_json_member_flag(&json, "masked", !reveal);
    hedui_json_key(&json, "cells");
    hedui_json_open_array(&json);
    for (uint32_t i = 0; i < line->cell_count; i++) {
        const hedui_feed_cell *cell = &line->cells[i];
        hedui_json_open_object(&json);
        write_text(&json, "name", cell->name);
        write_text(&json, "header", cell->header);
        hedui_json_member_text(&json, "raw", cell->raw);
        hedui_json_member_text(&json, "state", hedui_span_of(cell->state));
        write_text(&json, "value", cell->value);
        write_text(&json, "reason", hedui_span_of(cell->reason ? cell->reason : ""));
        hedui_json_close_object(&json);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

/* Who asks to see people's names and numbers, and why: asked before, kept before anything is shown.
 * Without a workspace there is no store to keep it in, so nothing is revealed. */
static hedui_status ask(const hedui_workspace **workspace, hedui_cli *cli,
                        const hedui_cli_call *call, hedui_err *err)
{
    if (!hedui_cli_given(call, "person").length || !hedui_cli_given(call, "reason").length)
        return hedui_fail_plain(err, HEDUI_E5020, hedui_place_none());
    hedui_status status = hedui_cli_workspace_find(workspace, cli, err);
    if (status)
        return status;
    if (!*workspace)
        return hedui_fail_plain(err, HEDUI_E8535, hedui_place_none());
    return hedui_cli_consent(
        cli, call,
        hedui_cli_say(
            cli, "将显示未遮盖的姓名和公民身份号码，并记下操作人和理由；确有工作需要",
            "Names and citizen numbers will be shown whole, and who asked and why is kept; "
            "is there a need"),
        err);
}

static hedui_status record(const hedui_workspace *workspace, const hedui_cli_call *call,
                           const place *p, const hedui_feed_line *line, hedui_err *err)
{
    hedui_store *store = NULL;
    hedui_store_reveal reveal = {.person = hedui_cli_given(call, "person"),
                                 .reason = hedui_cli_given(call, "reason"),
                                 .feed = line->feed,
                                 .file = p->name,
                                 .line = line->line,
                                 .at = (int64_t)time(NULL)};
    for (size_t i = 0; i < p->name.length; i++)
        if (p->name.at[i] == '/')
            reveal.file = (hedui_span){p->name.at + i + 1, p->name.length - i - 1};
    (void)hedui_digest_parse(&reveal.digest, hedui_span_of(line->sha256));
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_CREATE, err);
    if (!status)
        status = hedui_store_reveal_add(store, &reveal, err);
    hedui_store_close(store);
    return status;
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_cli_value *feed = hedui_cli_value_find(call, "feed");
    int reveal = hedui_cli_value_find(call, "reveal") != NULL;
    const char *const *folders = NULL;
    uint32_t folder_count = 0, number = 0;
    const hedui_workspace *workspace = NULL; /* of --reveal */
    const hedui_feed_line *line = NULL;
    place p = {0};
    hedui_err err;
    hedui_err_init(&err);
    hedui_status status = hedui_cli_line(&number, cli, call->arguments[1], &err);
    if (!status)
        status = hedui_cli_feed_folders(&folders, &folder_count, cli, &err);
    if (!status)
        status = find(&p, cli, call->arguments[0], &err);
    if (!status && reveal)
        status = ask(&workspace, cli, call, &err);
    if (!status)
        status = hedui_feed_show(&line, p.path, feed ? feed->text : p.feed, number, reveal, folders,
                                 folder_count, cli->arena, &err);
    if (!status && line->kind == HEDUI_LINE_NONE)
        status = hedui_fail(&err, HEDUI_E8534, hedui_place_none(), HEDUI_ARG_SPAN(p.name),
                            HEDUI_ARG_NUMBER(number));
    if (!status && reveal)
        status = record(workspace, call, &p, line, &err);
    if (status)
        return hedui_cli_fail(cli, &err);
    if (cli->json)
        write(cli, &p, line, reveal);
    else
        print(cli, &p, line);
    return 0;
}

static const hedui_cli_option options[] = {
    {"feed", 0, HEDUI_CLI_TEXT, "NAME", "按哪个布局读（缺省按文件名）",
     "the layout to read by (default: by the file's name)", 0, 0, NULL},
    {"reveal", 0, HEDUI_CLI_FLAG, NULL, "不遮盖姓名、号码和文字（需确认，留痕）",
     "show names, numbers and texts whole (asks first, kept on record)", 0, 0, NULL},
    {"person", 0, HEDUI_CLI_TEXT, "NAME", "操作人姓名（--reveal 必填）",
     "who asks (required with --reveal)", 0, 0, NULL},
    {"reason", 0, HEDUI_CLI_TEXT, "TEXT", "理由（--reveal 必填）", "why (required with --reveal)",
     0, 0, NULL},
    HEDUI_CLI_OPTION_YES,
};

const hedui_cli_command hedui_cli_command_feeds_show = {
    .name = "feeds show",
    .group = HEDUI_CLI_FEEDS,
    .usage = "DELIVERY LINE",
    .least = 2,
    .most = 2,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "显示某份数据的某一行：原文、读成什么、是否采用",
    .en = "show one line of a delivery: as written, as read, and whether it is used",
    .more_zh =
        "DELIVERY 是文件、收件目录里的文件名，或归档数据 SHA-256 的前几位。行号按解压后的文件计。\n"
        "是否采用按这份文件自身判断，不看名册；显示的内容已遮盖，"
        "不遮盖的查看留在 hedui audit log 里。",
    .more_en =
        "DELIVERY is a file, the name of one in the inbox, or the beginning of the SHA-256 of "
        "an archived one.\nWhether it is used is told by the file alone, without the "
        "caseload. What is shown is masked; who has it shown whole is kept (hedui audit log).",
    .example = "hedui feeds show veh-201406.csv.gz 1,234 -C /srv/hedui",
    .minor = 1,
    .schema = "hedui.feeds_show/1",
    .run = run,
};
