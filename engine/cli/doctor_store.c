/* The store, its runs, the feeds needed; layouts and packs. */
#include "cli/doctor.h"
#include "cli/summary.h"

#include <hedui/feed.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/job_standing.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

#include <stdio.h>
#include <sys/stat.h>

enum { RUN_DAYS = 7, CLOCK_SECONDS = 300 };

static hedui_span say(const hedui_cli_doctor *d, const char *zh, const char *en)
{
    return hedui_span_of(hedui_cli_say(d->cli, zh, en));
}

static const char *place(const hedui_cli_doctor *d)
{
    return d->cli->folder ? hedui_cli_print(d->cli, " -C %s", d->cli->folder).at : "";
}

static hedui_span command(const hedui_cli_doctor *d, const char *words)
{
    return hedui_cli_print(d->cli, "%s %s%s", d->cli->program, words, place(d));
}

static void unknown(hedui_cli_doctor *d, const char *code, const char *zh, const char *en)
{
    hedui_cli_doctor_tell(d, code, HEDUI_CLI_UNKNOWN, say(d, zh, en), hedui_span_of(""));
}

/* The process that holds the lock, from the kernel's list: taking it for a look could make a run
 * that begins just now give up. 0: nobody; -1: the list cannot be read. */
static long holder_of(const char *path, hedui_arena *arena)
{
    struct stat info;
    char line[256], inode[32];
    long holder = 0;
    hedui_buffer name;
    hedui_buffer_init(&name);
    hedui_buffer_format(&name, "%s.lock", path);
    hedui_span copy = hedui_buffer_keep(&name, arena);
    if (!copy.at || stat(copy.at, &info) != 0)
        return 0;
    FILE *locks = fopen("/proc/locks", "re");
    if (!locks)
        return -1;
    (void)snprintf(inode, sizeof inode, ":%llu ", (unsigned long long)info.st_ino);
    while (!holder && fgets(line, sizeof line, locks)) {
        const char *write = strstr(line, " WRITE "), *at = strstr(line, inode);
        if (!strstr(line, "FLOCK") || strstr(line, "->") || !write || !at)
            continue;
        for (const char *digit = write + sizeof " WRITE " - 1; *digit >= '0' && *digit <= '9';
             digit++)
            holder = holder * 10 + (*digit - '0');
        holder = holder ? holder : 1;
    }
    (void)fclose(locks);
    return holder;
}

static void check_lock(hedui_cli_doctor *d)
{
    long holder = holder_of(d->workspace->store, d->cli->arena);
    if (holder < 0)
        unknown(d, "store.lock", "看不到 /proc/locks", "/proc/locks cannot be read");
    else if (holder)
        hedui_cli_doctor_tell(d, "store.lock", HEDUI_CLI_LOOK,
                              hedui_cli_print(d->cli,
                                              hedui_cli_say(d->cli, "一次核对正在进行，进程号 %ld",
                                                            "a run is at work, process %ld"),
                                              holder),
                              hedui_cli_print(d->cli, "ps -p %ld", holder));
    else
        hedui_cli_doctor_tell(d, "store.lock", HEDUI_CLI_SOUND,
                              say(d, "没有核对正在进行", "no run is at work"), hedui_span_of(""));
}

/* @return 1 if it can be opened. */
static int check_schema(hedui_cli_doctor *d)
{
    int64_t found = 0, known = 0;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_store_schema(&found, &known, d->workspace->store, &err)) {
        hedui_cli_doctor_fail(d, "store.schema", &err, NULL);
        return 0;
    }
    if (found < known && found > 0) {
        hedui_cli_doctor_tell(
            d, "store.schema", HEDUI_CLI_BAD,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "数据库是第 %lld 版，现为第 %lld 版",
                                          "schema %lld, this program has %lld"),
                            (long long)found, (long long)known),
            command(d, "db migrate"));
        return 0;
    }
    hedui_cli_doctor_tell(d, "store.schema", HEDUI_CLI_SOUND,
                          hedui_cli_print(d->cli,
                                          hedui_cli_say(d->cli, "第 %lld 版", "schema %lld"),
                                          (long long)known),
                          hedui_span_of(""));
    return 1;
}

static void check_last(hedui_cli_doctor *d, const hedui_store_run *last)
{
    int32_t age = d->today - last->as_of;
    hedui_cli_health health = HEDUI_CLI_SOUND;
    hedui_span remedy = hedui_span_of("");
    if (last->finished != INT64_MIN && last->finished > d->now + CLOCK_SECONDS) {
        hedui_cli_doctor_tell(d, "runs.clock", HEDUI_CLI_BAD,
                              say(d, "时钟比最近一次核对完成的时间还早",
                                  "the clock is behind the end of the newest run"),
                              say(d, "校准时钟", "set the clock"));
    } else {
        hedui_cli_doctor_tell(d, "runs.clock", HEDUI_CLI_SOUND,
                              say(d, "时钟在最近一次核对之后", "the clock is not behind any run"),
                              hedui_span_of(""));
    }
    if (age > RUN_DAYS) {
        health = HEDUI_CLI_LOOK;
        remedy = command(d, "run");
    }
    hedui_cli_doctor_tell(d, "runs.age", health,
                          hedui_cli_print(d->cli,
                                          hedui_cli_say(d->cli, "最近一次 %.*s，基准日距今 %d 天",
                                                        "the newest is %.*s, as of %d days ago"),
                                          (int)last->id.length, last->id.at, age),
                          remedy);
}

static void check_published(hedui_cli_doctor *d, const hedui_store_run *runs, size_t count)
{
    size_t last = 0;
    while (last < count && hedui_span_is(runs[last].state, "withdrawn"))
        last++;
    if (last < count && hedui_span_is(runs[last].state, "published"))
        hedui_cli_doctor_tell(
            d, "runs.published", HEDUI_CLI_SOUND,
            hedui_cli_print(d->cli, hedui_cli_say(d->cli, "%.*s 已发布", "%.*s is published"),
                            (int)runs[last].id.length, runs[last].id.at),
            hedui_span_of(""));
    else if (last < count)
        hedui_cli_doctor_tell(
            d, "runs.published", HEDUI_CLI_LOOK,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "最近一次 %.*s 是草稿，没有发布",
                                          "the newest, %.*s, is a draft"),
                            (int)runs[last].id.length, runs[last].id.at),
            command(d, hedui_cli_print(d->cli, "runs show %.*s", (int)runs[last].id.length,
                                       runs[last].id.at)
                           .at));
    else
        hedui_cli_doctor_tell(d, "runs.published", HEDUI_CLI_LOOK,
                              say(d, "所有批次都已撤回", "every run was withdrawn"),
                              command(d, "runs list"));
}

static void check_runs(hedui_cli_doctor *d, hedui_store *store)
{
    const hedui_store_run *runs = NULL;
    size_t count = 0;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_store_run_list(&runs, &count, store, d->cli->arena, &err)) {
        hedui_cli_doctor_fail(d, "runs.age", &err, command(d, "db check").at);
    } else if (!count) {
        hedui_cli_doctor_tell(d, "runs.age", HEDUI_CLI_LOOK,
                              say(d, "还没有核对过", "there is no run yet"), command(d, "run"));
    } else {
        check_last(d, &runs[0]);
        check_published(d, runs, count);
    }
}

static hedui_span listed(const hedui_cli_doctor *d, hedui_span list, hedui_span name)
{
    return hedui_cli_print(d->cli, "%.*s%s%.*s", (int)list.length, list.at,
                           list.length ? hedui_cli_say(d->cli, "、", ", ") : "", (int)name.length,
                           name.at);
}

static int is_needed(const hedui_workspace *w, hedui_span feed)
{
    for (uint32_t i = 0; i < w->need_count; i++)
        if (hedui_span_equal(w->need[i], feed))
            return 1;
    return 0;
}

static void tell_feeds(hedui_cli_doctor *d, const char *code, hedui_cli_health health,
                       hedui_span list, const char *zh, const char *en)
{
    if (!list.length)
        return;
    hedui_cli_doctor_tell(
        d, code, health,
        hedui_cli_print(d->cli, "%s%.*s", hedui_cli_say(d->cli, zh, en), (int)list.length, list.at),
        command(d, "feeds list"));
}

static void check_feeds(hedui_cli_doctor *d)
{
    const hedui_workspace *w = d->workspace;
    const hedui_standing *standing = NULL;
    const hedui_standing_options options = {.folders = w->feed_folders,
                                            .folder_count = w->feed_folder_count,
                                            .store = w->store,
                                            .day = d->today,
                                            .today = d->today};
    hedui_span gone = hedui_span_of(""), old = gone, late = gone;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_job_standing(&standing, &options, d->cli->arena, &err)) {
        hedui_cli_doctor_fail(d, "feeds.needed", &err, NULL);
        return;
    }
    for (size_t i = 0; i < standing->feed_count; i++) {
        const hedui_standing_feed *f = &standing->feeds[i];
        if (f->overdue)
            late = listed(d, late, f->feed.title);
        if (!is_needed(w, f->feed.feed) || !standing->run)
            continue;
        int used = f->cut_off != INT32_MIN && strcmp(f->state, "missing") != 0 &&
                   strcmp(f->state, "refused") != 0;
        if (!used)
            gone = listed(d, gone, f->feed.title);
        else if (f->feed.age_warn_days >= 0 && d->today - f->cut_off > f->feed.age_warn_days)
            old = listed(d, old, f->feed.title);
    }
    tell_feeds(d, "feeds.needed", HEDUI_CLI_BAD, gone, "必需的数据源在最近一次核对中没有采用：",
               "needed, but not used by the newest run: ");
    tell_feeds(d, "feeds.age", HEDUI_CLI_LOOK, old, "必需的数据源，数据已超过时限：",
               "needed, and older today than its limit: ");
    tell_feeds(d, "feeds.overdue", HEDUI_CLI_LOOK, late, "逾期未交：", "overdue: ");
    if (!standing->run)
        unknown(d, "feeds.needed", "还没有核对过，无从知道", "not known before the first run");
    else if (!gone.length)
        hedui_cli_doctor_tell(d, "feeds.needed", HEDUI_CLI_SOUND,
                              say(d, "必需的数据源都已采用", "all that are needed were used"),
                              hedui_span_of(""));
    if (standing->run && !gone.length && !old.length)
        hedui_cli_doctor_tell(d, "feeds.age", HEDUI_CLI_SOUND,
                              say(d, "必需的数据源都在时限内", "those needed are young enough"),
                              hedui_span_of(""));
    if (!late.length)
        hedui_cli_doctor_tell(d, "feeds.overdue", HEDUI_CLI_SOUND,
                              say(d, "没有逾期未交的", "none is overdue"), hedui_span_of(""));
}

void hedui_cli_doctor_store(hedui_cli_doctor *d)
{
    hedui_store *store = NULL;
    hedui_err err;
    hedui_err_init(&err);
    check_lock(d);
    if (!hedui_file_exists(d->workspace->store)) {
        hedui_cli_doctor_tell(d, "store.open", HEDUI_CLI_LOOK,
                              say(d, "还没有数据库，第一次核对时建立",
                                  "there is no database yet; the first run makes it"),
                              command(d, "run"));
    } else if (check_schema(d)) {
        if (hedui_store_open(&store, d->workspace->store, HEDUI_STORE_EXISTING, &err)) {
            hedui_cli_doctor_fail(d, "store.open", &err, NULL);
        } else {
            hedui_cli_doctor_tell(d, "store.open", HEDUI_CLI_SOUND,
                                  hedui_span_of(d->workspace->store), hedui_span_of(""));
            check_runs(d, store);
            check_feeds(d);
        }
    }
    hedui_store_close(store);
}

void hedui_cli_doctor_rules(hedui_cli_doctor *d)
{
    const hedui_workspace *w = d->workspace;
    const hedui_feed_entry *entries = NULL;
    size_t count = 0;
    hedui_job_rules counts;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_feed_list(&entries, &count, w->feed_folders, w->feed_folder_count, d->cli->arena,
                        &err)) {
        hedui_cli_doctor_fail(d, "feeds.layouts", &err, command(d, "rules check").at);
        unknown(d, "rules.check", "数据格式有误，没有检查规则",
                "layouts are wrong, so rules were not checked");
        return;
    }
    hedui_span missing = hedui_span_of("");
    for (uint32_t i = 0; i < w->need_count; i++) {
        size_t at = 0;
        while (at < count && !hedui_span_equal(entries[at].feed, w->need[i]))
            at++;
        if (at == count)
            missing = listed(d, missing, w->need[i]);
    }
    if (missing.length)
        hedui_cli_doctor_tell(
            d, "feeds.layouts", HEDUI_CLI_BAD,
            hedui_cli_print(d->cli,
                            hedui_cli_say(d->cli, "need 里的 %.*s 没有数据格式",
                                          "need names %.*s, which no layout describes"),
                            (int)missing.length, missing.at),
            say(d, "改 hedui.yaml 的 need，或补上数据格式",
                "mend need in hedui.yaml, or add a layout"));
    else
        hedui_cli_doctor_tell(
            d, "feeds.layouts", HEDUI_CLI_SOUND,
            hedui_cli_print(d->cli, hedui_cli_say(d->cli, "%zu 种数据格式", "%zu layouts"), count),
            hedui_span_of(""));
    hedui_err_init(&err);
    hedui_status status = hedui_job_rules_check(&counts, w, NULL, &err);
    if (status / 1000 == 5) /* whose documents were seen stands there */
        unknown(d, "rules.check", "数据库打不开，没有检查规则",
                "the database cannot be opened, so rules were not checked");
    else if (status)
        hedui_cli_doctor_fail(d, "rules.check", &err, command(d, "rules check").at);
    else
        hedui_cli_doctor_tell(d, "rules.check", HEDUI_CLI_SOUND,
                              hedui_cli_print(d->cli,
                                              hedui_cli_say(d->cli, "%u 个规则包，%u 条规则无误",
                                                            "%u packs, %u rules are sound"),
                                              counts.packs, counts.rules),
                              hedui_span_of(""));
}
