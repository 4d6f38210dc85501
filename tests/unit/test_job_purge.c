/* Purging the archive: what nothing rests on goes, with who and why, whatever strikes in between;
 * what is gone without a record is told as lost. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/job_explain.h>
#include <hedui/job_propose.h>
#include <hedui/job_purge.h>
#include <hedui/message.h>
#include <hedui/store_audit.h>
#include <hedui/store_household.h>
#include <hedui/store_override.h>

#include <glob.h>
#include <sqlite3.h>
#include <sys/stat.h>

static void shell(const county *w, const char *command)
{
    char line[640];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static hedui_span night(const county *w, int32_t day)
{
    const hedui_job_options options = {.as_of = day, .threads = 2};
    hedui_job_outcome outcome;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
    hedui_store *store = county_store(w);
    (void)hedui_store_run_publish(store, hedui_span_of(outcome.run), hedui_span_of("王主任"),
                                  hedui_span_of("已核实"), INT64_MIN, NULL);
    hedui_store_close(store);
    hedui_span name = hedui_arena_copy(w->arena, hedui_span_of(outcome.run));
    assert_non_null(name.at);
    return name;
}

static hedui_status purge(hedui_job_purge *made, const county *w, int32_t before, int dry)
{
    const hedui_job_purge_options options = {.before = before,
                                             .person = hedui_span_of("王主任"),
                                             .reason = hedui_span_of("保存期满"),
                                             .day = w->as_of + 400,
                                             .at = 1438300000,
                                             .dry = dry};
    memset(made, 0, sizeof *made);
    return hedui_job_purge_work(made, county_workspace(w), &options, w->arena, NULL);
}

static hedui_status replay(const county *w, hedui_span run, hedui_err *err)
{
    hedui_job_replay_outcome outcome;
    hedui_status status = hedui_job_replay(&outcome, county_workspace(w), run, hedui_span_of(""), 2,
                                           w->arena, NULL, err);
    if (!status && !outcome.same)
        fail_msg("%.*s is not as it was stored", (int)run.length, run.at);
    return status;
}

static hedui_status check(const county *w, int64_t *files)
{
    hedui_store *store = county_store(w);
    hedui_status status = hedui_store_check(store, NULL);
    if (!status)
        status = hedui_job_check_archive(files, county_workspace(w), store, w->arena, NULL);
    hedui_store_close(store);
    return status;
}

static size_t archived(const county *w, const char *pattern)
{
    glob_t found;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/archive/%s", w->folder, pattern);
    int none = glob(path, 0, NULL, &found);
    size_t count = none ? 0 : found.gl_pathc;
    if (!none)
        globfree(&found);
    return count;
}

/* The delivery of vehicles as it stands, and whether the archive has it. */
static const char *vehicles(const county *w)
{
    hedui_digest digest;
    char name[16 + HEDUI_DIGEST_HEX] = "archive/";
    assert_int_equal(hedui_digest_of_file(&digest, county_path(w, "inbox/veh-201406.csv.gz"), NULL),
                     HEDUI_OK);
    hedui_digest_hex(name + 8, &digest);
    (void)strcat(name, ".gz");
    return county_path(w, name);
}

/* The same cars in another order: other bytes, no other fact. */
#define ANOTHER_FILE                                                                               \
    "gunzip -c inbox/veh-201406.csv.gz >v && (head -n 1 v; tail -n +2 v | LC_ALL=C sort -r) | "    \
    "gzip -9n >inbox/veh-201406.csv.gz && rm v"
#define FEWER_CARS                                                                                 \
    "gunzip -c inbox/veh-201406.csv.gz | awk -F, 'NR==1 || NR%50' | gzip -9n >v && "               \
    "mv v inbox/veh-201406.csv.gz"

static void what_nothing_rests_on_goes(void **state)
{
    county w;
    hedui_job_purge plan, done;
    hedui_err err;
    int64_t files = 0;
    (void)state;
    county_make(&w, 21);
    hedui_span first = night(&w, w.as_of);
    /* a flag that goes on rests on the row where it was found first: this file stays */
    const char *older = vehicles(&w);
    shell(&w, ANOTHER_FILE);
    const char *never_cited = vehicles(&w); /* every flag is cited in the older */
    hedui_span second = night(&w, w.as_of + 1);
    shell(&w,
          "gunzip -c inbox/veh-201406.csv.gz >v && (head -n 1 v; tail -n +2 v | LC_ALL=C sort) | "
          "gzip -1n >inbox/veh-201406.csv.gz && rm v");
    hedui_span third = night(&w, w.as_of + 2);
    const char *newest = vehicles(&w);
    size_t deliveries = archived(&w, "*.gz"), listings = archived(&w, "*.listing"),
           inputs = archived(&w, "*.input");
    assert_int_equal(listings, 3);
    assert_int_equal(check(&w, &files), HEDUI_OK);
    assert_int_equal(files, (int64_t)(deliveries + listings + inputs));
    /* a rehearsal tells exactly what will go, and changes nothing */
    assert_int_equal(purge(&plan, &w, w.as_of + 2, 1), HEDUI_OK);
    assert_int_equal(plan.run_count, 2);
    assert_true(hedui_span_equal(plan.keep, third));
    assert_int_equal(archived(&w, "*"), deliveries + listings + inputs);
    assert_int_equal(replay(&w, first, NULL), HEDUI_OK);
    assert_int_equal(purge(&done, &w, w.as_of + 2, 0), HEDUI_OK);
    assert_int_equal(done.files.count, plan.files.count);
    for (size_t i = 0; i < done.files.count; i++)
        assert_memory_equal(&done.files.items[i].digest, &plan.files.items[i].digest,
                            sizeof(hedui_digest));
    assert_int_equal(archived(&w, "*"), deliveries + listings + inputs - done.files.count);
    assert_int_equal(archived(&w, "*.listing"), 1);
    assert_true(archived(&w, "*.input") < inputs); /* the priors of the two at least */
    assert_true(hedui_file_exists(older));
    assert_false(hedui_file_exists(never_cited));
    assert_true(hedui_file_exists(newest));
    assert_int_equal(check(&w, &files), HEDUI_OK);
    /* the kept one is made again as ever; of the others what went is named */
    assert_int_equal(replay(&w, third, NULL), HEDUI_OK);
    for (int i = 0; i < 2; i++) {
        char zh[2048];
        hedui_buffer text;
        hedui_err_init(&err);
        assert_int_equal(replay(&w, i ? second : first, &err), HEDUI_E8028);
        hedui_buffer_init(&text);
        hedui_message_sentence(&text, &err, HEDUI_ZH);
        (void)snprintf(zh, sizeof zh, "%.*s", (int)hedui_buffer_span(&text).length,
                       hedui_buffer_span(&text).at);
        hedui_buffer_free(&text);
        if (!strstr(zh, "2015-08-09") || !strstr(zh, "王主任"))
            fail_msg("%s", zh);
        if (i && (!strstr(zh, "vehicle veh-201406.csv.gz") || !strstr(zh, " 1 份数据")))
            fail_msg("%s", zh);
    }
    /* a second purge has nothing to do and says nothing more */
    hedui_digest before, after;
    hedui_store *store = county_store(&w);
    const hedui_store_entry *entries = NULL;
    size_t entry_count = 0;
    assert_int_equal(hedui_store_digest(&before, store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_entry_list(&entries, &entry_count, store, w.arena, NULL),
                     HEDUI_OK);
    assert_true(hedui_span_is(entries[0].kind, "purge"));
    hedui_store_close(store);
    assert_int_equal(purge(&done, &w, w.as_of + 2, 0), HEDUI_OK);
    assert_int_equal(done.run_count + done.files.count, 0);
    store = county_store(&w);
    assert_int_equal(hedui_store_digest(&after, store, NULL), HEDUI_OK);
    hedui_store_close(store);
    assert_memory_equal(&before, &after, sizeof before);
    /* explaining a household of a purged run names it too; one of the kept run is explained */
    hedui_job_explanation e;
    hedui_err_init(&err);
    assert_int_equal(hedui_job_explain(&e, county_workspace(&w), first,
                                       hedui_span_of("DB0000000001"), 0, 1, w.arena, NULL, &err),
                     HEDUI_E8028);
    assert_int_equal(hedui_job_explain(&e, county_workspace(&w), third,
                                       hedui_span_of("DB0000000001"), 0, 1, w.arena, NULL, NULL),
                     HEDUI_OK);
    assert_non_null(e.account);
    county_throw_away(&w);
}

/* Two people's decision rests on the rows they have seen. */
static void what_an_override_rests_on_stays_as_long_as_it_may_hold(void **state)
{
    static const struct {
        int days;          /* that it may hold */
        const char *event; /* what became of it; NULL: it waits */
        int stays;
    } cases[] = {{30, "approved", 1}, {30, NULL, 1}, {30, "refused", 0}, {1, "approved", 0}};
    county w;
    (void)state;
    county_make(&w, 21);
    hedui_span first = night(&w, w.as_of);
    const char *seen = vehicles(&w);
    const hedui_store_flag *flags = NULL;
    size_t count = 0, f = 0;
    hedui_store *store = county_store(&w);
    assert_int_equal(
        hedui_store_flag_list(&flags, &count, store, first, hedui_span_of(""), w.arena, NULL),
        HEDUI_OK);
    hedui_store_close(store);
    while (f < count && !hedui_span_is(flags[f].rule, "VEH-01"))
        f++;
    assert_true(f < count);
    /* of all cars only this one, so that nothing else rests on the delivery */
    char only[256];
    size_t row = 0;
    while (row < flags[f].evidence_count && !hedui_span_is(flags[f].evidence[row].feed, "vehicle"))
        row++;
    assert_true(row < flags[f].evidence_count);
    (void)snprintf(
        only, sizeof only,
        "gunzip -c inbox/veh-201406.csv.gz | sed -n '1p;%lldp' | gzip -9n >v && "
        "mv v inbox/veh-201406.csv.gz && chmod -R u+w archive && rm -r hedui.db* archive",
        (long long)flags[f].evidence[row].line);
    shell(&w, only);
    first = night(&w, w.as_of);
    seen = vehicles(&w);
    shell(&w, "mkdir kept && cp -r inbox archive hedui.db kept/");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char id[HEDUI_STORE_DECISION_ID], line[64];
        hedui_job_purge done;
        hedui_span message;
        int64_t files = 0;
        hedui_store_word word = {hedui_span_of("李敏"), hedui_span_of("残疾人专用车"), w.as_of,
                                 INT64_MIN};
        hedui_override_options options = {.by.grounds = {flags[f].household,
                                                         hedui_span_of("残疾证"),
                                                         w.as_of + cases[i].days, word},
                                          .rule = flags[f].rule};
        shell(&w, "chmod -R u+w archive && rm -rf inbox archive hedui.db* && cp -r kept/* .");
        assert_int_equal(hedui_job_override_propose(id, &message, county_workspace(&w), &options,
                                                    w.arena, NULL, NULL),
                         HEDUI_OK);
        word.person = hedui_span_of("王主任");
        store = county_store(&w);
        if (cases[i].event)
            assert_int_equal(hedui_store_decide(store, HEDUI_STORE_OVERRIDE, hedui_span_of(id),
                                                cases[i].event, &word, NULL),
                             HEDUI_OK);
        hedui_store_close(store);
        /* every car's state is another: no run that stays speaks of what was seen */
        shell(&w, "gunzip -c inbox/veh-201406.csv.gz | "
                  "LC_ALL=C sed -E '2s/,AG?(\\r?)$/,AGM\\1/' | "
                  "gzip -9n >v && mv v inbox/veh-201406.csv.gz");
        (void)snprintf(line, sizeof line, "case %zu", i);
        (void)night(&w, w.as_of + 1);
        (void)night(&w, w.as_of + 2);
        assert_int_equal(purge(&done, &w, w.as_of + 2, 0), HEDUI_OK);
        if (done.run_count != 2 || hedui_file_exists(seen) != cases[i].stays)
            fail_msg("%s: %zu runs, the delivery %s", line, done.run_count,
                     hedui_file_exists(seen) ? "stayed" : "went");
        assert_int_equal(check(&w, &files), HEDUI_OK);
        const hedui_store_decision *list = NULL;
        store = county_store(&w);
        assert_int_equal(hedui_store_decision_list(&list, &count, store, HEDUI_STORE_OVERRIDE,
                                                   hedui_span_of(id), hedui_span_of(""), w.arena,
                                                   NULL),
                         HEDUI_OK);
        hedui_store_close(store);
        assert_int_equal(list[0].message.length > 0, cases[i].stays);
    }
    county_throw_away(&w);
}

/* The store is first: what it says is gone is deleted by whoever comes next. */
static void a_struck_purge_is_finished_by_the_next_night(void **state)
{
    county w;
    hedui_job_purge done;
    int64_t files = 0;
    (void)state;
    county_make(&w, 21);
    (void)night(&w, w.as_of);
    shell(&w, ANOTHER_FILE);
    const char *gone = vehicles(&w);
    shell(&w, "cp inbox/veh-201406.csv.gz again.gz");
    (void)night(&w, w.as_of + 1);
    shell(&w, FEWER_CARS);
    (void)night(&w, w.as_of + 2);
    shell(&w, "cp -r archive before");
    assert_int_equal(purge(&done, &w, w.as_of + 2, 0), HEDUI_OK);
    assert_true(done.files.count > 0);
    assert_false(hedui_file_exists(gone));
    size_t left = archived(&w, "*");
    /* as if the power had gone between the commit and the first file */
    shell(&w, "chmod -R u+w archive && rm -rf archive && mv before archive");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(county_path(&w, "hedui.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "INSERT INTO archive_left SELECT kind, digest FROM purge_file",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    (void)sqlite3_close(db);
    assert_int_equal(check(&w, &files), HEDUI_OK);
    assert_true(hedui_file_exists(gone));
    /* whoever purges again with nothing more to purge deletes it too */
    shell(&w, "mkdir struck && cp -rp hedui.db archive struck/");
    assert_int_equal(hedui_job_purge_resume(county_workspace(&w), w.arena, NULL), HEDUI_OK);
    assert_false(hedui_file_exists(gone));
    assert_int_equal(archived(&w, "*"), left);
    assert_int_equal(check(&w, &files), HEDUI_OK);
    shell(&w, "chmod -R u+w archive && rm -rf archive hedui.db* && mv struck/* . && rmdir struck");
    assert_true(hedui_file_exists(gone));
    /* the same file comes once more: what is left is deleted before the night archives it anew */
    shell(&w, "cp again.gz inbox/veh-201406.csv.gz");
    hedui_span last = night(&w, w.as_of + 3);
    assert_true(hedui_file_exists(gone));
    assert_int_equal(archived(&w, "*.listing"), 2);
    assert_true(archived(&w, "*") > left);
    assert_int_equal(check(&w, &files), HEDUI_OK);
    assert_int_equal(replay(&w, last, NULL), HEDUI_OK);
    hedui_store *store = county_store(&w);
    hedui_archived_list rest = {0};
    assert_int_equal(hedui_store_archive_left(&rest, store, w.arena, NULL), HEDUI_OK);
    assert_int_equal(rest.count, 0);
    hedui_store_close(store);
    county_throw_away(&w);
}

/* Lost is not purged. */
static void what_is_gone_without_a_record_is_lost(void **state)
{
    static const struct {
        const char *pattern, *command;
        hedui_status want;
    } cases[] = {
        {"*.gz", "rm -f $F", HEDUI_E8029},           {"*.gz", "printf x >>$F", HEDUI_E8021},
        {"*.input", "rm -f $F", HEDUI_E8029},        {"*.listing", "rm -f $F", HEDUI_E8029},
        {"*.listing", "printf x >>$F", HEDUI_E8021},
    };
    county w;
    int64_t files = 0;
    (void)state;
    county_make(&w, 21);
    (void)night(&w, w.as_of);
    shell(&w, "cp -r archive kept");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[256];
        shell(&w, "chmod -R u+w archive && rm -rf archive && cp -r kept archive");
        (void)snprintf(line, sizeof line, "F=$(ls archive/%s | head -n 1) && chmod u+w $F && %s",
                       cases[i].pattern, cases[i].command);
        shell(&w, line);
        hedui_status status = check(&w, &files);
        if (status != cases[i].want)
            fail_msg("%s %s: E%d", cases[i].pattern, cases[i].command, (int)status);
    }
    county_throw_away(&w);
}

/* What a failed night has archived goes by its age, and nothing that is not of the archive does. */
static void what_no_run_knows_goes_by_its_age(void **state)
{
    static const char *const names[] = {
        "archive/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.gz",
        "archive/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.input",
        "archive/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.listing",
        "archive/fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210.gz",
        "archive/notes.txt"};
    county w;
    hedui_job_purge done;
    (void)state;
    county_make(&w, 21);
    (void)night(&w, w.as_of);
    shell(&w, "cd archive && for k in gz input listing; do touch -d 2014-07-01 "
              "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.$k; done && "
              "touch fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210.gz && "
              "touch -d 2014-07-01 notes.txt");
    assert_int_equal(purge(&done, &w, w.as_of, 0), HEDUI_OK);
    assert_int_equal(done.run_count, 0);
    assert_int_equal(done.files.count, 3);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hedui_file_exists(county_path(&w, names[i])) != (i >= 3))
            fail_msg("%s", names[i]);
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nothing_rests_on_goes),
        cmocka_unit_test(what_an_override_rests_on_stays_as_long_as_it_may_hold),
        cmocka_unit_test(a_struck_purge_is_finished_by_the_next_night),
        cmocka_unit_test(what_is_gone_without_a_record_is_lost),
        cmocka_unit_test(what_no_run_knows_goes_by_its_age),
    };
    return cmocka_run_group_tests_name("job/purge", tests, NULL, NULL);
}
