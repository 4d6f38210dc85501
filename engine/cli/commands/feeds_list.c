/* hedui feeds list: what each department is to deliver and when, what came of it and when. Days are
 * those of runs and of the data, never of the clock, where there is a run. */
#include "cli/command.h"
#include "cli/folders.h"
#include "cli/list.h"
#include "cli/summary.h"

#include <hedui/file.h>
#include <hedui/job_standing.h>
#include <hedui/json.h>

static hedui_status look(const hedui_standing **standing, hedui_cli *cli,
                         const hedui_cli_call *call, hedui_err *err)
{
    const hedui_cli_value *as_of = hedui_cli_value_find(call, "as-of");
    const hedui_workspace *workspace = NULL;
    hedui_standing_options options = {.day = as_of ? (int32_t)as_of->number : INT32_MIN,
                                      .today = hedui_cli_today()};
    hedui_status status = hedui_cli_feed_folders(&options.folders, &options.folder_count, cli, err);
    if (!status)
        status = hedui_cli_workspace_find(&workspace, cli, err);
    options.store = workspace ? workspace->store : NULL;
    return status ? status : hedui_job_standing(standing, &options, cli->arena, err);
}

static hedui_span state_words(const hedui_cli *cli, const hedui_standing_feed *f)
{
    static const char *const words[][3] = {{"accepted", "采用", "accepted"},
                                           {"held", "待放行", "held"},
                                           {"refused", "未采用", "refused"},
                                           {"missing", "未收到", "missing"},
                                           {"early", "日期在基准日之后", "dated after the run"},
                                           {"none", "尚未核对", "no run yet"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(f->state, words[i][0]) == 0)
            return hedui_span_of(words[i][1 + cli->language]);
    return hedui_cli_print(
        cli,
        hedui_cli_say(cli, "采用，数据已 %d 天，超过 %d 天", "accepted, data %d days old, over %d"),
        f->age, f->feed.age_warn_days);
}

/* How the day due was kept. */
static hedui_span kept_words(const hedui_cli *cli, const hedui_standing_feed *f)
{
    if (f->due.last == INT32_MIN)
        return hedui_span_of("-");
    if (f->overdue)
        return hedui_cli_print(cli, hedui_cli_say(cli, "逾期 %d 天未交", "%d days overdue"),
                               f->late_days);
    if (f->never)
        return hedui_span_of(hedui_cli_say(cli, "从未收到", "never"));
    if (!f->met)
        return hedui_span_of(hedui_cli_say(cli, "尚未收到", "not yet"));
    if (f->late_days > 0)
        return hedui_cli_print(cli, hedui_cli_say(cli, "迟交 %d 天", "%d days late"), f->late_days);
    return hedui_span_of(f->late_days == 0 ? hedui_cli_say(cli, "按时", "in time")
                                           : hedui_cli_say(cli, "已交", "delivered"));
}

static hedui_span due_words(const hedui_cli *cli, const hedui_due *due)
{
    hedui_buffer text;
    hedui_span words = hedui_span_of("-");
    hedui_buffer_init(&text);
    hedui_due_print(&text, due, cli->language);
    if (text.length || hedui_buffer_failed(&text))
        words = hedui_buffer_keep(&text, cli->arena);
    return words;
}

static hedui_span day_words(const hedui_cli *cli, int32_t day)
{
    return day == INT32_MIN ? hedui_span_of("-") : hedui_cli_day(cli, day);
}

static void add_heads(hedui_cli_grid *grid, const hedui_cli *cli, const char *const (*heads)[2],
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        hedui_cli_grid_add(grid, hedui_span_of(heads[i][cli->language]));
}

static void add_source(hedui_cli_grid *grid, const hedui_cli *cli, const hedui_standing_source *s)
{
    const uint32_t numbers[] = {s->feeds, s->asked,    s->met,      s->late, s->overdue,
                                s->never, s->received, s->accepted, s->held, s->refused};
    hedui_cli_grid_add(grid, s->source);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_cli_grid_add(grid, hedui_cli_counted(cli, numbers[i]));
}

static void print_sources(hedui_cli *cli, const hedui_standing *standing)
{
    static const char *const heads[][2] = {
        {"来源部门", "department"}, {"数据源", "feeds"},      {"定有应交日", "asked by a day"},
        {"已交", "delivered"},      {"其中迟交", "late"},     {"逾期未交", "overdue"},
        {"从未收到", "never"},      {"本期收到", "received"}, {"采用", "accepted"},
        {"待放行", "held"},         {"未采用", "refused"}};
    hedui_standing_source all = {.source = hedui_span_of(hedui_cli_say(cli, "合计", "total"))};
    hedui_cli_grid grid;
    hedui_cli_grid_init(&grid, "lrrrrrrrrrr", cli->arena);
    add_heads(&grid, cli, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < standing->source_count; i++) {
        const hedui_standing_source *s = &standing->sources[i];
        add_source(&grid, cli, s);
        all.feeds += s->feeds;
        all.asked += s->asked;
        all.met += s->met;
        all.late += s->late;
        all.overdue += s->overdue;
        all.never += s->never;
        all.received += s->received;
        all.accepted += s->accepted;
        all.held += s->held;
        all.refused += s->refused;
    }
    add_source(&grid, cli, &all);
    hedui_cli_grid_print(&cli->out, &grid, 0);
}

static hedui_span open_words(const hedui_cli *cli, const hedui_standing_feed *f)
{
    if (!f->open_query.length)
        return hedui_span_of("-");
    const char *over = f->open_by < f->open_day + f->open_age
                           ? hedui_cli_say(cli, "，期限已过", ", its last day is over")
                           : "";
    return hedui_cli_print(cli, hedui_cli_say(cli, "%.*s（已 %d 天%s）", "%.*s (%d days%s)"),
                           (int)f->open_query.length, f->open_query.at, f->open_age, over);
}

static void add_lists(hedui_cli_grid *grid, const hedui_cli *cli, const hedui_standing_feed *f)
{
    hedui_span figures = hedui_span_of("-");
    if (f->query.length)
        figures = hedui_cli_print(cli, "%s/%s", hedui_cli_counted(cli, f->asked).at,
                                  hedui_cli_counted(cli, f->answered).at);
    hedui_cli_grid_add(grid, figures);
    hedui_cli_grid_add(grid, open_words(cli, f));
}

static void add_feed(hedui_cli_grid *grid, const hedui_cli *cli, const hedui_standing_feed *f,
                     int lists)
{
    const hedui_span none = hedui_span_of("-");
    int given = f->file.length > 0;
    hedui_cli_grid_add(grid, f->feed.source);
    hedui_cli_grid_add(grid, f->feed.title);
    hedui_cli_grid_add(grid, f->feed.feed);
    hedui_cli_grid_add(grid, due_words(cli, &f->feed.due));
    hedui_cli_grid_add(grid, day_words(cli, f->due.last));
    hedui_cli_grid_add(grid, kept_words(cli, f));
    hedui_cli_grid_add(grid, day_words(cli, f->received));
    hedui_cli_grid_add(grid, state_words(cli, f));
    hedui_cli_grid_add(grid, given ? hedui_cli_counted(cli, f->rows) : none);
    hedui_cli_grid_add(grid, given ? hedui_cli_counted(cli, f->rejected) : none);
    hedui_cli_grid_add(grid, given ? hedui_cli_day(cli, f->cut_off) : none);
    if (lists)
        add_lists(grid, cli, f);
    hedui_cli_grid_add(grid, given ? f->file : none);
}

static void print_feeds(hedui_cli *cli, const hedui_standing *standing)
{
    static const char *const heads[][2] = {{"来源部门", "department"}, {"数据源", "feed"},
                                           {"布局", "layout"},         {"应交", "due"},
                                           {"上次应交日", "last due"}, {"交付", "delivery"},
                                           {"收到", "received"},       {"本期", "state"},
                                           {"行数", "rows"},           {"问题行", "rejected"},
                                           {"数据截止", "cut-off"}};
    static const char *const list_heads[][2] = {{"查询/有记录", "asked/with rows"},
                                                {"未回复的名单", "list not answered"}};
    static const char *const file_head[][2] = {{"最近采用的文件", "last file used"}};
    hedui_cli_grid grid;
    int lists = 0;
    for (size_t i = 0; i < standing->feed_count; i++)
        lists |= standing->feeds[i].query.length || standing->feeds[i].open_query.length;
    hedui_cli_grid_init(&grid, lists ? "llllllllrrlrll" : "llllllllrrll", cli->arena);
    add_heads(&grid, cli, heads, sizeof heads / sizeof *heads);
    if (lists)
        add_heads(&grid, cli, list_heads, sizeof list_heads / sizeof *list_heads);
    add_heads(&grid, cli, file_head, 1);
    for (size_t s = 0; s < standing->source_count; s++)
        for (size_t i = 0; i < standing->feed_count; i++)
            if (hedui_span_equal(standing->feeds[i].feed.source, standing->sources[s].source))
                add_feed(&grid, cli, &standing->feeds[i], lists);
    hedui_cli_list_print(cli, &grid);
}

static void print(hedui_cli *cli, const hedui_standing *standing)
{
    const hedui_store_run *run = standing->run;
    if (run)
        hedui_buffer_format(&cli->out,
                            hedui_cli_say(cli, "核对批次 %.*s   基准日 %s", "run %.*s   as of %s"),
                            (int)run->id.length, run->id.at, hedui_cli_day(cli, run->as_of).at);
    else
        hedui_buffer_text(&cli->out,
                          hedui_cli_say(cli, "还没有任何核对批次", "there is no run yet"));
    hedui_buffer_format(&cli->out,
                        hedui_cli_say(cli, "   应交日算到 %s\n\n", "   due up to %s\n\n"),
                        hedui_cli_day(cli, standing->day).at);
    print_sources(cli, standing);
    hedui_buffer_byte(&cli->out, '\n');
    print_feeds(cli, standing);
}

static void write_number(hedui_json *json, const char *key, int known, int64_t number)
{
    if (known)
        hedui_json_member_number(json, key, number);
    else
        hedui_json_member_null(json, key);
}

static void write_day(hedui_cli *cli, hedui_json *json, const char *key, int32_t day)
{
    if (day == INT32_MIN)
        hedui_json_member_null(json, key);
    else
        hedui_json_member_text(json, key, hedui_cli_day(cli, day));
}

static void write_due(hedui_cli *cli, hedui_json *json, const hedui_standing_feed *f)
{
    const hedui_due *due = &f->feed.due;
    hedui_json_key(json, "due");
    if (due->every == HEDUI_DUE_NEVER) {
        hedui_json_null(json);
        return;
    }
    hedui_json_open_object(json);
    hedui_json_member_text(json, "every", hedui_span_of(hedui_due_every_name(due->every)));
    write_number(json, "month", due->month > 0, due->month);
    hedui_json_member_number(json, "day", due->day);
    write_day(cli, json, "last", f->due.last);
    write_day(cli, json, "next", f->due.next);
    hedui_json_member_flag(json, "met", f->met);
    hedui_json_member_flag(json, "overdue", f->overdue);
    hedui_json_member_flag(json, "never", f->never);
    write_number(json, "late_days", f->late_days >= 0, f->late_days);
    hedui_json_close_object(json);
}

static void write_lists(hedui_cli *cli, hedui_json *json, const hedui_standing_feed *f)
{
    hedui_json_key(json, "list");
    if (f->query.length) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "query", f->query);
        write_day(cli, json, "day", f->query_day);
        hedui_json_member_number(json, "asked", f->asked);
        hedui_json_member_number(json, "answered", f->answered);
        hedui_json_member_number(json, "unasked", f->unasked);
        hedui_json_close_object(json);
    } else {
        hedui_json_null(json);
    }
    hedui_json_key(json, "open_list");
    if (f->open_query.length) {
        hedui_json_open_object(json);
        hedui_json_member_text(json, "query", f->open_query);
        write_day(cli, json, "day", f->open_day);
        write_day(cli, json, "answer_by", f->open_by == INT32_MAX ? INT32_MIN : f->open_by);
        hedui_json_member_number(json, "age_days", f->open_age);
        hedui_json_member_number(json, "asked", f->open_asked);
        hedui_json_close_object(json);
    } else {
        hedui_json_null(json);
    }
}

static void write_feed(hedui_cli *cli, hedui_json *json, const hedui_standing_feed *f)
{
    const hedui_feed_entry *feed = &f->feed;
    int given = f->file.length > 0;
    hedui_json_open_object(json);
    hedui_json_member_text(json, "feed", feed->feed);
    hedui_json_member_text(json, "title", feed->title);
    hedui_json_member_text(json, "source", feed->source);
    hedui_json_member_text(json, "kind", hedui_span_of(feed->kind));
    write_due(cli, json, f);
    hedui_json_member_text(json, "state", hedui_span_of(f->state));
    if (given)
        hedui_json_member_text(json, "file", f->file);
    else
        hedui_json_member_null(json, "file");
    write_number(json, "records", given, f->rows);
    write_number(json, "rejected", given, f->rejected);
    write_day(cli, json, "cut_off", f->cut_off);
    write_day(cli, json, "received", f->received);
    write_number(json, "age_days", f->age >= 0, f->age);
    write_number(json, "warn_days", feed->age_warn_days >= 0, feed->age_warn_days);
    write_number(json, "refuse_days", feed->age_refuse_days >= 0, feed->age_refuse_days);
    write_lists(cli, json, f);
    hedui_json_close_object(json);
}

static void write_source(hedui_json *json, const hedui_standing_source *s)
{
    hedui_json_open_object(json);
    hedui_json_member_text(json, "source", s->source);
    hedui_json_member_number(json, "feeds", s->feeds);
    hedui_json_member_number(json, "asked", s->asked);
    hedui_json_member_number(json, "met", s->met);
    hedui_json_member_number(json, "late", s->late);
    hedui_json_member_number(json, "overdue", s->overdue);
    hedui_json_member_number(json, "never", s->never);
    hedui_json_member_number(json, "received", s->received);
    hedui_json_member_number(json, "accepted", s->accepted);
    hedui_json_member_number(json, "held", s->held);
    hedui_json_member_number(json, "refused", s->refused);
    hedui_json_close_object(json);
}

static void write(hedui_cli *cli, const hedui_standing *standing)
{
    hedui_json json;
    hedui_json_init(&json, &cli->out);
    hedui_json_open_object(&json);
    hedui_json_member_text(&json, "schema", hedui_span_of("hedui.feeds_list/2"));
    if (standing->run)
        hedui_json_member_text(&json, "run", standing->run->id);
    else
        hedui_json_member_null(&json, "run");
    write_day(cli, &json, "day", standing->day);
    hedui_json_key(&json, "departments");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < standing->source_count; i++)
        write_source(&json, &standing->sources[i]);
    hedui_json_close_array(&json);
    hedui_json_key(&json, "feeds");
    hedui_json_open_array(&json);
    for (size_t i = 0; i < standing->feed_count; i++)
        write_feed(cli, &json, &standing->feeds[i]);
    hedui_json_close_array(&json);
    hedui_json_close_object(&json);
}

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const hedui_standing *standing = NULL;
    hedui_err err;
    hedui_err_init(&err);
    if (look(&standing, cli, call, &err))
        return hedui_cli_fail(cli, &err);
    if (cli->json)
        write(cli, standing);
    else
        print(cli, standing);
    return 0;
}

static const hedui_cli_option options[] = {
    {"as-of", 0, HEDUI_CLI_DATE, "DATE", "算到哪一天：只看基准日不晚于它的批次，如 2014-07-05",
     "up to which day: only runs not later than it, as in 2014-07-05", 0, 0, NULL},
    HEDUI_CLI_FORMAT_OPTION,
};

const hedui_cli_command hedui_cli_command_feeds_list = {
    .name = "feeds list",
    .group = HEDUI_CLI_FEEDS,
    .usage = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .zh = "列出各部门的数据源：应交、收到、迟交、采用",
    .en = "list the feeds by department: due, received, late, accepted",
    .more_zh = "应交日写在布局的 due "
               "里；到期时手里的数据不早于上一个应交日，就算交了。“收到”是首次见到这份\n"
               "文件的批次的基准日；应交日之后、收到之前有过批次，才能断定迟交，否则只说“已交”。\n"
               "“本期”指最近一个未撤回的批次。开出过查询名单的，另列本期所用回复的查询人数和其中有"
               "记录的人数，\n以及最近一份尚无可用回复的名单和开出至今的天数。",
    .more_en =
        "The day due stands in the layout. It is met by data not older than the day due before "
        "it.\nA file was received on the day of the first run that saw it; it was late if a "
        "run after\nthe day due had not seen it. The state is that of the newest run that "
        "stands.\nWhere query lists were written: the people asked about by the list that the "
        "run's "
        "answer\nnames, those of them with rows, and the newest list without a usable answer with "
        "its age.",
    .example = "hedui feeds list -C /srv/hedui",
    .schema = "hedui.feeds_list/2",
    .run = run,
};
