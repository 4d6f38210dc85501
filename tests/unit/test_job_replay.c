/* A run made again from the archive: the same whatever became of the workspace since, and every
 * change of what it rested on or of what was stored is told. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/store.h>
#include <hedui/store_run.h>

#include <glob.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void night(const county *w, int32_t day, int release)
{
    hedui_job_options options = {.as_of = day, .threads = 2};
    hedui_job_outcome outcome;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
    if (!release)
        return;
    hedui_store *store = county_store(w);
    (void)hedui_store_run_publish(store, hedui_span_of(outcome.run), hedui_span_of("王主任"),
                                  hedui_span_of("已核实"), INT64_MIN, NULL);
    hedui_store_close(store);
}

static hedui_status replay(hedui_job_replay_outcome *outcome, const county *w, const char *run,
                           int threads)
{
    memset(outcome, 0, sizeof *outcome);
    return hedui_job_replay(outcome, county_workspace(w), hedui_span_of(run), hedui_span_of(""),
                            threads, w->arena, NULL, NULL);
}

static void expect_same(const county *w, const char *run, int threads)
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
    int found = glob(county_path(w, "archive/.replay-*"), 0, NULL, &left);
    assert_int_equal(found, GLOB_NOMATCH);
}

static void sql(const county *w, const char *text)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(county_path(w, "hedui.db"), &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
    (void)sqlite3_close(db);
}

static void shell(const county *w, const char *command)
{
    char line[640];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static void a_run_comes_out_as_it_was_stored(void **state)
{
    county w;
    (void)state;
    county_make(&w, 21);
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
    county_throw_away(&w);
}

/* The first file of the archive that fits, changed by a command in which F is its name. */
static void harm(const county *w, const char *pattern, const char *command)
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
        county w;
        hedui_job_replay_outcome outcome;
        county_make(&w, 21);
        night(&w, w.as_of, 0);
        harm(&w, cases[i].pattern, cases[i].command);
        hedui_status status = replay(&outcome, &w, "", 2);
        if (status != cases[i].want)
            fail_msg("%s %s: E%d", cases[i].pattern, cases[i].command, (int)status);
        county_throw_away(&w);
    }
}

/* A department's file name must not be able to forge a line of the listing. */
static void a_name_that_would_break_the_listing_is_refused(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 21);
    hedui_job_options options = {.as_of = w.as_of, .threads = 1};
    shell(&w, "printf 'delivery: 2014-07-05\\nfiles: []\\n' >'inbox/a..b.manifest.yaml'");
    night(&w, w.as_of, 0);
    expect_same(&w, "", 1);
    shell(&w, "mv inbox/a..b.manifest.yaml \"inbox/a\nb.manifest.yaml\"");
    assert_int_equal(hedui_job_run(&outcome, county_workspace(&w), &options, w.arena, NULL, NULL),
                     HEDUI_E8024);
    county_throw_away(&w);
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
    county w;
    (void)state;
    county_make(&w, 21);
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
    county_throw_away(&w);
}

/* Packs that stand wherever they stand are archived side by side. */
static void a_pack_inherited_by_its_path_is_found_again(void **state)
{
    static const char *const paths[] = {"../../../elsewhere/deep/cleanup-2014",
                                        "../../../elsewhere/deep/./cleanup-2014/"};
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char line[256];
        county w;
        county_make(&w, 21);
        shell(&w, "mkdir -p elsewhere/deep rules/packs/own && "
                  "cp -r '" HEDUI_SOURCE_DIR "/rules/packs/cleanup-2014' elsewhere/deep/");
        (void)snprintf(line, sizeof line,
                       "printf 'pack: own\ntitle: 本县\ninherits: [%s]\n' "
                       ">rules/packs/own/pack.yaml",
                       paths[i]);
        shell(&w, line);
        shell(&w, "sed -i 's/^packs:.*/packs: [own]/' hedui.yaml");
        night(&w, w.as_of, 1);
        expect_same(&w, "", 2);
        /* the shipped one of that name is not meant, and what it was is not looked for there */
        shell(&w, "rm -r elsewhere && printf 'pack: own\n' >rules/packs/own/pack.yaml");
        expect_same(&w, "", 2);
        county_throw_away(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_comes_out_as_it_was_stored),
        cmocka_unit_test(what_is_gone_or_changed_is_named),
        cmocka_unit_test(what_was_stored_otherwise_is_told),
        cmocka_unit_test(a_name_that_would_break_the_listing_is_refused),
        cmocka_unit_test(a_pack_inherited_by_its_path_is_found_again),
    };
    return cmocka_run_group_tests_name("job/replay", tests, NULL, NULL);
}
