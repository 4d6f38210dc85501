/* A run made again from the archive: the same whatever became of the workspace since, and every
 * change of what it rested on or of what was stored is told. */
#include "test.h"

#include <hedui/date.h>
#include <hedui/demo.h>
#include <hedui/file.h>
#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

#include <glob.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct world {
    char folder[64];
    hedui_arena *arena;
    int32_t as_of;
} world;

static const char *path_of(const world *w, const char *name)
{
    const char *path = hedui_path_join(w->folder, name, w->arena);
    assert_non_null(path);
    return path;
}

static void make(world *w)
{
    hedui_demo_options options = {.households = 1000, .seed = 21, .strangers = 2};
    (void)snprintf(w->folder, sizeof w->folder, "/tmp/hedui-replay-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->arena = hedui_arena_open(0);
    assert_int_equal(hedui_date_from_civil(&w->as_of, 2014, 7, 5), 1);
    options.as_of = w->as_of;
    assert_int_equal(hedui_demo_write(NULL, w->folder, &options, NULL), HEDUI_OK);
}

static void throw_away(world *w)
{
    char command[96];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", w->folder);
    assert_int_equal(system(command), 0);
    hedui_arena_close(w->arena);
}

static const hedui_workspace *workspace_of(const world *w)
{
    const hedui_workspace *workspace = NULL;
    assert_int_equal(hedui_workspace_load(&workspace, w->folder, HEDUI_SOURCE_DIR, w->arena, NULL),
                     HEDUI_OK);
    return workspace;
}

static void night(const world *w, int32_t day, int release)
{
    hedui_job_options options = {.as_of = day, .threads = 2};
    hedui_job_outcome outcome;
    hedui_store *store = NULL;
    assert_int_equal(hedui_job_run(&outcome, workspace_of(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
    if (!release)
        return;
    assert_int_equal(hedui_store_open(&store, path_of(w, "hedui.db"), HEDUI_STORE_EXISTING, NULL),
                     HEDUI_OK);
    (void)hedui_store_run_publish(store, hedui_span_of(outcome.run), hedui_span_of("王主任"),
                                  hedui_span_of("已核实"), INT64_MIN, NULL);
    hedui_store_close(store);
}

static hedui_status replay(hedui_job_replay_outcome *outcome, const world *w, const char *run,
                           int threads)
{
    memset(outcome, 0, sizeof *outcome);
    return hedui_job_replay(outcome, workspace_of(w), hedui_span_of(run), hedui_span_of(""),
                            threads, w->arena, NULL, NULL);
}

static void expect_same(const world *w, const char *run, int threads)
{
    hedui_job_replay_outcome outcome;
    glob_t left;
    assert_int_equal(replay(&outcome, w, run, threads), HEDUI_OK);
    if (!outcome.same)
        fail_msg("%s: %lld differences, the first %s", run, (long long)outcome.difference_count,
                 outcome.difference_count ? outcome.differences[0].kind : "of the digest alone");
    if (outcome.flags <= 30)
        fail_msg("%s: only %lld flags", run, (long long)outcome.flags);
    assert_int_equal(outcome.flags, outcome.flags_same);
    assert_int_equal(outcome.rows, outcome.rows_same);
    assert_true(outcome.deliveries >= 5);
    /* nothing of it is left */
    int found = glob(path_of(w, "archive/.replay-*"), 0, NULL, &left);
    assert_int_equal(found, GLOB_NOMATCH);
}

static void sql(const world *w, const char *text)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path_of(w, "hedui.db"), &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
    (void)sqlite3_close(db);
}

static void shell(const world *w, const char *command)
{
    char line[640];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static void a_run_comes_out_as_it_was_stored(void **state)
{
    world w;
    (void)state;
    make(&w);
    night(&w, w.as_of, 1);
    night(&w, w.as_of + 1, 1); /* with a prior, and flags that continue */
    for (int threads = 1; threads <= 4; threads *= 2) {
        expect_same(&w, "R20140705-01", threads);
        expect_same(&w, "R20140706-01", threads);
    }
    /* today's workspace is another one: other areas, other deliveries, another pack */
    shell(&w, "printf 'code,name,parent,urban_rural\\n659000,别处,,\\n' >areas.csv");
    shell(&w, "rm inbox/veh-*.csv.gz && cp inbox/hukou-*.csv.gz inbox/hukou-20140704.csv.gz");
    shell(&w, "mkdir -p feeds && printf 'feed: nonsense\\n' >feeds/vehicle.yaml");
    shell(&w, "sed -i '/^feeds:/d' hedui.yaml");
    expect_same(&w, "R20140705-01", 2);
    expect_same(&w, "", 2);
    throw_away(&w);
}

/* The first file of the archive that fits, changed by a command in which F is its name. */
static void harm(const world *w, const char *pattern, const char *command)
{
    char line[512];
    (void)snprintf(line, sizeof line, "F=$(ls archive/%s | head -n 1) && chmod u+w $F && %s",
                   pattern, command);
    shell(w, line);
}

static void what_is_gone_or_changed_is_named(void **state)
{
    static const struct {
        const char *pattern, *command;
        hedui_status want;
    } cases[] = {
        {"*.gz", "rm $F", HEDUI_E8020},      {"*.gz", "printf x >>$F", HEDUI_E8021},
        {"*.input", "rm $F", HEDUI_E8020},   {"*.input", "printf '#' >>$F", HEDUI_E8021},
        {"*.listing", "rm $F", HEDUI_E8020}, {"*.listing", "sed -i 1d $F", HEDUI_E8021},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world w;
        hedui_job_replay_outcome outcome;
        make(&w);
        night(&w, w.as_of, 0);
        harm(&w, cases[i].pattern, cases[i].command);
        hedui_status status = replay(&outcome, &w, "", 2);
        if (status != cases[i].want)
            fail_msg("%s %s: E%d", cases[i].pattern, cases[i].command, (int)status);
        throw_away(&w);
    }
}

#define A_FLAG "(SELECT min(flag) FROM flag_version WHERE effect <> 'inform')"

static void what_was_stored_otherwise_is_told(void **state)
{
    static const struct {
        const char *change, *kind;
    } cases[] = {
        {"UPDATE evidence SET line = line + 1 WHERE number = (SELECT min(e.number) FROM evidence e "
         "JOIN flag_version v ON v.number = e.version WHERE e.line > 0 AND v.effect <> 'inform')",
         "place"},
        {"UPDATE evidence SET offset = offset + 1 WHERE number = (SELECT max(e.number) FROM "
         "evidence "
         "e JOIN flag_version v ON v.number = e.version WHERE e.line > 0 AND v.effect <> 'inform')",
         "place"},
        {"UPDATE flag_version SET content = zeroblob(32) WHERE flag = " A_FLAG, "facts"},
        {"UPDATE flag_version SET message = message || '。' WHERE flag = " A_FLAG, "words"},
        {"DELETE FROM flag_event WHERE flag = " A_FLAG, "added"},
        {"UPDATE flag SET subject = subject || 'x' WHERE number = " A_FLAG, "missing"},
    };
    world w;
    (void)state;
    make(&w);
    night(&w, w.as_of, 0);
    shell(&w, "cp hedui.db kept.db");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_job_replay_outcome outcome;
        int found = 0;
        shell(&w, "rm -f hedui.db-wal hedui.db-shm && cp kept.db hedui.db");
        sql(&w, cases[i].change);
        assert_int_equal(replay(&outcome, &w, "", 2), HEDUI_OK);
        for (int64_t d = 0; d < outcome.difference_count && d < HEDUI_JOB_DIFFERENCES; d++)
            found |= strcmp(outcome.differences[d].kind, cases[i].kind) == 0;
        if (outcome.same || !found)
            fail_msg("%s: not told", cases[i].change);
    }
    throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_comes_out_as_it_was_stored),
        cmocka_unit_test(what_is_gone_or_changed_is_named),
        cmocka_unit_test(what_was_stored_otherwise_is_told),
    };
    return cmocka_run_group_tests_name("job/replay", tests, NULL, NULL);
}
