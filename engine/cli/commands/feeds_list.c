/* hedui feeds list: what each department is to deliver and when it last did. Age is that of the
 * data at the newest run's day, never of the clock. */
#include "cli/command.h"
#include "cli/grid.h"
#include "cli/summary.h"

#include <hedui/feed.h>
#include <hedui/file.h>
#include <hedui/json.h>
#include <hedui/workspace.h>

typedef struct listing {
    const hedui_feed_entry *feeds;
    size_t feed_count;
    hedui_store *store;         /**< NULL: nothing was ever stored */
    const hedui_store_run *run; /**< the newest that stands, or NULL */
    const hedui_store_delivery *deliveries;
    size_t delivery_count;
    const hedui_store_baseline *baselines;
    size_t baseline_count;
} listing;

/** One layout with what came of it. */
typedef struct row {
    const hedui_feed_entry *feed;
    const char *state; /**< of the newest run: received, late, refused, missing, or none */
    hedui_span file;   /**< last delivery whose facts were used; empty: none */
    int64_t rows, rejected;
    int32_t cut_off, age; /**< INT32_MIN: not known */
} row;

static hedui_span state_words(const hedui_cli *cli, const char *state)
{
    static const char *const words[][3] = {{"received", "已收到", "received"},
                                           {"late", "已收到，数据超期", "received, late"},
                                           {"refused", "未采用", "refused"},
                                           {"missing", "未收到", "missing"},
                                           {"none", "尚未核对", "no run yet"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(state, words[i][0]) == 0)
            return hedui_span_of(words[i][1 + cli->language]);
    return hedui_span_of(state);
}

static hedui_status load_store(listing *l, hedui_cli *cli, const char *path, hedui_err *err)
{
    const hedui_store_run *runs = NULL;
    size_t count = 0;
    if (!hedui_file_exists(path))
        return HEDUI_OK;
    hedui_status status = hedui_store_open(&l->store, path, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_run_list(&runs, &count, l->store, cli->arena, err);
    for (size_t i = 0; !status && i < count && !l->run; i++)
        if (!hedui_span_is(runs[i].state, "withdrawn"))
            l->run = &runs[i];
    if (!status && l->run)
        status = hedui_store_delivery_list(&l->deliveries, &l->delivery_count, l->store, l->run->id,
                                           cli->arena, err);
    if (!status)
        status =
            hedui_store_baseline_list(&l->baselines, &l->baseline_count, l->store, cli->arena, err);
    return status;
}

static hedui_status load(listing *l, hedui_cli *cli, hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status = hedui_feed_list(&l->feeds, &l->feed_count, workspace->feed_folders,
                                 workspace->feed_folder_count, cli->arena, err);
    return status ? status : load_store(l, cli, workspace->store, err);
}

/* What the guards hold the next delivery against; a later one of the newest run, held back for a
 * person to release, stands in its place. */
static void last_used(row *r, const listing *l)
{
    for (size_t i = 0; i < l->baseline_count; i++) {
        const hedui_store_baseline *base = &l->baselines[i];
        if (!hedui_span_equal(base->feed, r->feed->feed))
            continue;
        r->file = base->file;
        r->rows = base->records;
        r->rejected = base->rejected;
        r->cut_off = base->cut_off;
    }
    for (size_t i = 0; i < l->delivery_count; i++) {
        const hedui_store_delivery *d = &l->deliveries[i];
        if (!hedui_span_equal(d->feed, r->feed->feed) || !d->used || !d->file.length ||
            (r->file.length && d->cut_off < r->cut_off))
            continue;
        r->file = d->file;
        r->rows = d->records;
        r->rejected = d->rejected;
        r->cut_off = d->cut_off;
    }
}

static row row_of(const hedui_feed_entry *feed, const listing *l)
{
    row r = {
        .feed = feed, .state = l->run ? "missing" : "none", .cut_off = INT32_MIN, .age = INT32_MIN};
    int used = 0, refused = 0;
    last_used(&r, l);
    if (l->run && r.file.length && r.cut_off != INT32_MIN)
        r.age = l->run->as_of - r.cut_off;
    for (size_t i = 0; i < l->delivery_count; i++) {
        const hedui_store_delivery *d = &l->deliveries[i];
        if (!hedui_span_equal(d->feed, feed->feed) || !d->file.length)
            continue;
        used |= d->used;
        refused |= !d->used;
    }
    if (used)
        r.state = r.age != INT32_MIN && feed->age_warn_days >= 0 && r.age > feed->age_warn_days
                      ? "late"
                      : "received";
    else if (refused)
        r.state = "refused";
    return r;
}

static hedui_span limits(const hedui_cli *cli, const hedui_feed_entry *feed)
{
    const int32_t days[] = {feed->age_warn_days, feed->age_refuse_days};
    hedui_span texts[2];
    for (int i = 0; i < 2; i++)
        texts[i] = days[i] < 0 ? hedui_span_of("-") : hedui_cli_print(cli, "%d", days[i]);
    return hedui_cli_print(cli, "%s/%s", texts[0].at, texts[1].at);
}

static void print(hedui_cli *cli, const listing *l)
{
    static const char *const heads[][2] = {{"来源部门", "department"},
                                           {"数据源", "feed"},
                                           {"布局", "layout"},
                                           {"本期", "state"},
                                           {"行数", "rows"},
                                           {"问题行", "rejected"},
                                           {"数据截止", "cut-off"},
                                           {"已过天数", "age, days"},
                                           {"提示/不用天数", "warn/refuse"},
                                           {"最近采用的文件", "last file used"}};
    hedui_cli_grid grid;
    if (l->run)
        hedui_buffer_format(
            &cli->out, hedui_cli_say(cli, "核对批次 %.*s   基准日 %s\n", "run %.*s   as of %s\n"),
            (int)l->run->id.length, l->run->id.at, hedui_cli_day(cli, l->run->as_of).at);
    else
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "还没有任何核对批次\n", "there is no run yet\n"));
    hedui_cli_grid_init(&grid, "llllrrlrll", cli->arena);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        hedui_cli_grid_add(&grid, hedui_span_of(heads[i][cli->language]));
    for (size_t i = 0; i < l->feed_count; i++) {
        const row r = row_of(&l->feeds[i], l);
        const hedui_span none = hedui_span_of("-");
        int given = r.file.length > 0;
        hedui_cli_grid_add(&grid, r.feed->source);
        hedui_cli_grid_add(&grid, r.feed->title);
        hedui_cli_grid_add(&grid, r.feed->feed);
        hedui_cli_grid_add(&grid, state_words(cli, r.state));
        hedui_cli_grid_add(&grid, given ? hedui_cli_counted(cli, r.rows) : none);
        hedui_cli_grid_add(&grid, given ? hedui_cli_counted(cli, r.rejected) : none);
        hedui_cli_grid_add(&grid, given ? hedui_cli_day(cli, r.cut_off) : none);
        hedui_cli_grid_add(&grid, r.age != INT32_MIN ? hedui_cli_counted(cli, r.age) : none);
        hedui_cli_grid_add(&grid, limits(cli, r.feed));
        hedui_cli_grid_add(&grid, given ? r.file : none);
    }
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static void write_number(hedui_json *json, const char *key, int known, int64_t number)
{
    if (known)
        hedui_json_member_number(json, key, number);
    else
        hedui_json_member_null(json, key);
}

static void write_row(hedui_cli *cli, hedui_json *json, const row *r)
{
    const hedui_feed_entry *feed = r->feed;
    int given = r->file.length > 0;
    hedui_json_open_object(json);
    hedui_json_member_text(json, "feed", r->feed->feed);
    hedui_json_member_text(json, "title", r->feed->title);
    hedui_json_member_text(json, "source", r->feed->source);
    hedui_json_member_text(json, "state", hedui_span_of(r->state));
    if (given)
        hedui_json_member_text(json, "file", r->file);
    else
        hedui_json_member_null(json, "file");
    write_number(json, "records", given, r->rows);
    write_number(json, "rejected", given, r->rejected);
    if (given && r->cut_off != INT32_MIN)
        hedui_json_member_text(json, "cut_off", hedui_cli_day(cli, r->cut_off));
    else
        hedui_json_member_null(json, "cut_off");
    write_number(json, "age_days", r->age != INT32_MIN, r->age);
    write_number(json, "warn_days", feed->age_warn_days >= 0, feed->age_warn_days);
    write_number(json, "refuse_days", feed->age_refuse_days >= 0, feed->age_refuse_days);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const listing *l)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_list/1"));
    if (l->run)
        hedui_json_member_text(&json, "run", l->run->id);
    else
        hedui_json_member_null(&json, "run");
    hedui_json_key(&json, "feeds");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < l->feed_count; i++) {
        const row r = row_of(&l->feeds[i], l);
        write_row(cli, &json, &r);
    }
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    listing l = {0};
    hedui_err err;
    int code = 0;
    (void)call;
    hedui_err_init(&err);
    if (load(&l, cli, &err))
        code = hedui_cli_fail(cli, &err);
    else if (cli->json)
        write(cli, &l);
    else
        print(cli, &l);
    hedui_store_close(l.store);
    return code;
}

const hedui_cli_command hedui_cli_command_feeds_list = {
    .name = "feeds list",
    .group = HEDUI_CLI_FEEDS,
    .usage = "",
    .zh = "列出各部门的数据源：最近一次交来什么、是否过期",
    .en = "list the feeds: what was delivered last, and how old it is",
    .more_zh = "“本期”指最近一个未撤回的批次；天数从数据截止日算到该批次的基准日。",
    .more_en = "The state is that of the newest run that stands; age is counted to its day.",
    .run = run,
};
