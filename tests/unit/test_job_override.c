/* Decisions of two people that a finding is no flag: respected while its facts are the same, gone
 * with its last day, and never behind anybody's back. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/job_explain.h>
#include <hedui/job_propose.h>
#include <hedui/report.h>
#include <hedui/store_household.h>
#include <hedui/store_override.h>
#include <hedui/store_purge.h>
#include <hedui/store_run.h>

#include <sqlite3.h>

static const char rule[] = "VEH-01";

static void shell(const county *w, const char *command)
{
    char line[640];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

/* A night, published. @return its name. */
static hedui_span night(const county *w, int32_t day)
{
    const hedui_job_options options = {.as_of = day, .threads = 2};
    hedui_job_outcome outcome;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
    hedui_store *store = county_store(w);
    (void)hedui_store_run_publish(store, hedui_span_of(outcome.run), hedui_span_of("王主任"),
                                  hedui_span_of("已核实"), INT64_MIN, NULL);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    hedui_store_close(store);
    return hedui_arena_copy(w->arena, hedui_span_of(outcome.run));
}

/* A household with just one flag, of VEH-01: the outcome shows in its state. */
static hedui_span pick(const county *w, hedui_span run)
{
    const hedui_store_flag *flags = NULL;
    size_t count = 0;
    hedui_store *store = county_store(w);
    assert_int_equal(
        hedui_store_flag_list(&flags, &count, store, run, hedui_span_of(""), w->arena, NULL),
        HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count; i++)
        if (hedui_span_is(flags[i].rule, rule) &&
            (i == 0 || !hedui_span_equal(flags[i - 1].household, flags[i].household)) &&
            (i + 1 == count || !hedui_span_equal(flags[i + 1].household, flags[i].household)))
            return flags[i].household;
    fail_msg("no household with one car");
    return hedui_span_of("");
}

static hedui_status propose(char id[HEDUI_STORE_DECISION_ID], const county *w, hedui_span household,
                            const char *which, const char *evidence, int days)
{
    hedui_span message;
    const hedui_override_options options = {.by.grounds = {household, hedui_span_of(evidence),
                                                           w->as_of + days,
                                                           county_word(w, "李敏", "残疾人专用车")},
                                            .rule = hedui_span_of(which)};
    return hedui_job_override_propose(id, &message, county_workspace(w), &options, w->arena, NULL,
                                      NULL);
}

static void expect_flagged(const county *w, hedui_span run, hedui_span id, const char *why)
{
    const hedui_store_household *h = county_household(w, run, id);
    if (!hedui_span_is(h->state, "flagged") || h->overridden_count || h->flag_count != 1 ||
        !hedui_span_is(h->flags[0].why, why))
        fail_msg("%.*s: %.*s, %zu flags, %.*s", (int)run.length, run.at, (int)h->state.length,
                 h->state.at, h->flag_count, h->flag_count ? (int)h->flags[0].why.length : 0,
                 h->flag_count ? h->flags[0].why.at : "");
}

static void expect_overridden(const county *w, hedui_span run, hedui_span id, const char *override)
{
    const hedui_store_household *h = county_household(w, run, id);
    int answered = 0;
    for (size_t i = 0; i < h->answer_count; i++)
        answered |= hedui_span_is(h->answers[i].rule, rule) &&
                    hedui_span_is(h->answers[i].answer, "overridden");
    if (!hedui_span_is(h->state, "clear") || h->flag_total || h->overridden_count != 1 ||
        !hedui_span_is(h->overridden[0].override, override) || !answered)
        fail_msg("%.*s: %.*s, %zu overridden", (int)run.length, run.at, (int)h->state.length,
                 h->state.at, h->overridden_count);
}

/* The run report names what stood: the household by its number alone, both people, the last day. */
static void expect_reported(const county *w, hedui_span run, hedui_span id, const char *override)
{
    hedui_report_files files = {0};
    hedui_span html, json;
    char want[320];
    hedui_store *store = county_store(w);
    const hedui_store_household *h = county_household(w, run, id);
    assert_int_equal(
        hedui_report_write(&files, county_path(w, "out"), store, run, NULL, 2, w->arena, NULL),
        HEDUI_OK);
    hedui_store_close(store);
    assert_int_equal(hedui_file_read(&html, files.html, 1 << 22, w->arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_file_read(&json, files.json, 1 << 22, w->arena, NULL), HEDUI_OK);
    (void)snprintf(want, sizeof want, "<td>%s</td><td>%.*s</td><td>VEH-01", override,
                   (int)id.length, id.at);
    char *row = strstr(html.at, want);
    assert_non_null(row);
    char *end = strstr(row, "</tr>");
    assert_non_null(end);
    *end = '\0';
    assert_non_null(strstr(row, "李敏"));
    assert_non_null(strstr(row, "王主任"));
    assert_non_null(strstr(row, "2014-07-08"));
    assert_null(memmem(row, strlen(row), h->head_name.at, h->head_name.length));
    (void)snprintf(want, sizeof want,
                   "\"overrides\":[{\"override\":\"%s\",\"household\":\"%.*s\",\"rule\":\"VEH-01\"",
                   override, (int)id.length, id.at);
    assert_non_null(strstr(json.at, want));
}

static int64_t overridden(const county *w, hedui_span run)
{
    const hedui_store_run *found = NULL;
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_run_find(&found, store, run, w->arena, NULL), HEDUI_OK);
    hedui_store_close(store);
    return found->overridden;
}

static void it_holds_from_its_approval_to_its_last_day(void **state)
{
    county w;
    char id[HEDUI_STORE_DECISION_ID];
    (void)state;
    county_make(&w, 21);
    hedui_span runs[6] = {night(&w, w.as_of)}, one = pick(&w, runs[0]);
    assert_int_equal(propose(id, &w, one, rule, "残疾证", 3), HEDUI_OK);
    runs[1] = night(&w, w.as_of + 1);
    expect_flagged(&w, runs[1], one, ""); /* one person's word is nothing */
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, id, "approved", "王主任"), HEDUI_OK);
    runs[2] = night(&w, w.as_of + 2);
    expect_overridden(&w, runs[2], one, id);
    runs[3] = night(&w, w.as_of + 3);
    expect_overridden(&w, runs[3], one, id);
    runs[4] = night(&w, w.as_of + 4);
    expect_flagged(&w, runs[4], one, "override_expired");
    for (int i = 0; i < 5; i++)
        county_expect_replayed(&w, runs[i]);
    expect_reported(&w, runs[2], one, id);
    assert_int_equal(overridden(&w, runs[2]), 1);
    /* what is kept of a run that is purged, and what goes */
    const hedui_store_purging purging = {
        .keep = runs[3], .person = hedui_span_of("王主任"), .reason = hedui_span_of("保存期满")};
    hedui_store_purged purged = {0};
    hedui_store *store = county_store(&w);
    assert_int_equal(hedui_store_purge(&purged, store, &purging, w.arena, NULL), HEDUI_OK);
    assert_int_equal(purged.run_count, 3);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    hedui_store_close(store);
    expect_overridden(&w, runs[3], one, id);
    expect_flagged(&w, runs[4], one, "override_expired");
    assert_int_equal(overridden(&w, runs[3]), 1);
    assert_int_equal(overridden(&w, runs[2]), INT64_MIN); /* not known any more, not none */
    county_throw_away(&w);
}

/* What brings a flag back before its last day, and what does not. */
static void other_facts_a_revocation_and_the_rule_bring_it_back(void **state)
{
    static const struct {
        const char *what, *change; /* of the workspace; NULL: revoke */
        const char *why;           /* NULL: it stays away */
    } cases[] = {
        {"the car's state",
         "gunzip -c inbox/veh-*.gz | sed 's/,A\\(\\r\\{0,1\\}\\)$/,AG\\1/' >v && "
         "gzip -c v >inbox/veh-201406.csv.gz && rm v",
         "override_changed"},
        {"a delivery with the same facts",
         "gunzip -c inbox/veh-*.gz >v && (head -n 1 v; tail -n +2 v | LC_ALL=C sort) | gzip -9 "
         ">inbox/veh-201406.csv.gz && rm v",
         NULL},
        {"a revocation", NULL, "override_revoked"},
        {"the rule's text",
         "sed -i '/title: 县级认定/,/override: allowed/d' rules/packs/cleanup-2014/vehicles.yaml",
         "override_not_allowed"},
    };
    county w;
    char id[HEDUI_STORE_DECISION_ID];
    (void)state;
    county_make(&w, 21);
    shell(&w, "mkdir -p rules/packs && cp -r '" HEDUI_SOURCE_DIR
              "/rules/packs/cleanup-2014' rules/packs/");
    hedui_span one = pick(&w, night(&w, w.as_of));
    assert_int_equal(propose(id, &w, one, rule, "残疾证", 30), HEDUI_OK);
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, id, "approved", "王主任"), HEDUI_OK);
    expect_overridden(&w, night(&w, w.as_of + 1), one, id);
    shell(&w, "mkdir kept && cp -r inbox rules hedui.db kept/");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shell(&w, "rm -rf inbox rules hedui.db* && cp -r kept/* .");
        if (cases[i].change)
            shell(&w, cases[i].change);
        else
            assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, id, "revoked", "李敏"),
                             HEDUI_OK);
        hedui_span run = night(&w, w.as_of + 2);
        if (cases[i].why)
            expect_flagged(&w, run, one, cases[i].why);
        else
            expect_overridden(&w, run, one, id);
        county_expect_replayed(&w, run);
    }
    county_throw_away(&w);
}

static void it_takes_two_people_whatever_their_names_look_like(void **state)
{
    static const struct {
        const char *person;
        hedui_status want;
    } cases[] = {
        {"李敏", HEDUI_E5041},       {" 李敏", HEDUI_E5041},      {"李　敏", HEDUI_E5041},
        {"李·敏", HEDUI_E5041},      {"", HEDUI_E5020},           {"　", HEDUI_E5020},
        {"李\u200b敏", HEDUI_E5041}, {"李\u00a0敏", HEDUI_E5041}, {"李明", HEDUI_OK},
    };
    static const char *const forgeries[] = {
        "UPDATE override SET until = until + 1", "DELETE FROM override",
        "UPDATE override_event SET person = 'x'", "DELETE FROM override_event",
        ("INSERT INTO override_event (override, event, person, who, reason, day) "
         "SELECT override, 'approved', person, who, reason, day FROM override_event LIMIT 1")};
    county w;
    char id[HEDUI_STORE_DECISION_ID], second[HEDUI_STORE_DECISION_ID];
    sqlite3 *db = NULL;
    (void)state;
    county_make(&w, 21);
    hedui_span one = pick(&w, night(&w, w.as_of));
    /* what cannot be proposed */
    assert_int_equal(propose(id, &w, one, rule, "残疾证", 367), HEDUI_E5043);
    assert_int_equal(propose(id, &w, one, rule, "残疾证", -1), HEDUI_E5043);
    assert_int_equal(propose(id, &w, one, rule, "", 3), HEDUI_E5048);
    assert_int_equal(propose(id, &w, one, rule, "证号110105194912310021", 3), HEDUI_E5047);
    assert_int_equal(propose(id, &w, one, "DEATH-01", "残疾证", 3), HEDUI_E5044);
    assert_int_equal(propose(id, &w, one, "VEH-99", "残疾证", 3), HEDUI_E3060);
    assert_int_equal(propose(id, &w, one, "HOME-01", "残疾证", 3), HEDUI_E5045);
    assert_int_equal(propose(id, &w, hedui_span_of("nobody"), rule, "残疾证", 3), HEDUI_E5015);
    /* and who can approve */
    assert_int_equal(propose(id, &w, one, rule, "残疾证", 3), HEDUI_OK);
    assert_int_equal(propose(second, &w, one, rule, "残疾证", 3), HEDUI_OK);
    assert_string_not_equal(id, second);
    assert_int_equal(sqlite3_open(county_path(&w, "hedui.db"), &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++)
        if (sqlite3_exec(db, forgeries[i], NULL, NULL, NULL) == SQLITE_OK)
            fail_msg("%s", forgeries[i]);
    (void)sqlite3_close(db);
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, id, "revoked", "王主任"), HEDUI_E5042);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_status status =
            county_decide(&w, HEDUI_STORE_OVERRIDE, id, "approved", cases[i].person);
        if (status != cases[i].want)
            fail_msg("'%s': E%d", cases[i].person, (int)status);
    }
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, id, "approved", "王主任"),
                     HEDUI_E5042);
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, second, "refused", "李敏"),
                     HEDUI_OK); /* takes it back */
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, second, "approved", "王主任"),
                     HEDUI_E5042);
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, "X20990101-01", "approved", "王主任"),
                     HEDUI_E5040);
    /* what holds is approved anew before it runs out */
    expect_overridden(&w, night(&w, w.as_of + 1), one, id);
    assert_int_equal(propose(second, &w, one, rule, "残疾证", 300), HEDUI_OK);
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, second, "approved", "王主任"),
                     HEDUI_OK);
    expect_overridden(&w, night(&w, w.as_of + 5), one, second);
    county_throw_away(&w);
}

/* What a decision kept away is made again with its rows like a flag, and so is what was searched.
 */
static void what_is_stored_otherwise_is_told(void **state)
{
#define OVERRIDDEN "(SELECT max(version) FROM overridden)"
    static const struct {
        const char *change, *kind;
    } cases[] = {
        {"UPDATE flag_version SET content = zeroblob(32) WHERE number = " OVERRIDDEN, "override"},
        {"UPDATE flag_version SET message = message || '。' WHERE number = " OVERRIDDEN,
         "override"},
        {"UPDATE overridden SET override = 'X20140705-99'", "override"},
        {"DELETE FROM overridden", "override"},
        {"UPDATE searched SET found = replace(found, 'r', 'w') WHERE found LIKE '%r%'", "searched"},
    };
    county w;
    char id[HEDUI_STORE_DECISION_ID];
    (void)state;
    county_make(&w, 21);
    hedui_span one = pick(&w, night(&w, w.as_of));
    assert_int_equal(propose(id, &w, one, rule, "残疾证", 3), HEDUI_OK);
    assert_int_equal(county_decide(&w, HEDUI_STORE_OVERRIDE, id, "approved", "王主任"), HEDUI_OK);
    hedui_span run = night(&w, w.as_of + 1);
    expect_overridden(&w, run, one, id);
    shell(&w, "cp hedui.db kept.db");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_job_replay_outcome outcome;
        hedui_job_explanation explained;
        int found = 0;
        sqlite3 *db = NULL;
        shell(&w, "rm -f hedui.db-wal hedui.db-shm && cp kept.db hedui.db");
        assert_int_equal(sqlite3_open(county_path(&w, "hedui.db"), &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, cases[i].change, NULL, NULL, NULL), SQLITE_OK);
        (void)sqlite3_close(db);
        assert_int_equal(hedui_job_replay(&outcome, county_workspace(&w), run, hedui_span_of(""), 2,
                                          w.arena, NULL, NULL),
                         HEDUI_OK);
        for (int64_t d = 0; d < outcome.difference_count && d < HEDUI_JOB_DIFFERENCES; d++)
            found |= strcmp(outcome.differences[d].kind, cases[i].kind) == 0;
        if (outcome.same || !found)
            fail_msg("replay: %s: not told", cases[i].change);
        assert_int_equal(hedui_job_explain(&explained, county_workspace(&w), run, one, 0, 2,
                                           w.arena, NULL, NULL),
                         HEDUI_OK);
        if (explained.difference_count != 1 ||
            strcmp(explained.differences[0].kind, cases[i].kind) != 0)
            fail_msg("explain: %s: %lld differences", cases[i].change,
                     (long long)explained.difference_count);
    }
#undef OVERRIDDEN
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_holds_from_its_approval_to_its_last_day),
        cmocka_unit_test(other_facts_a_revocation_and_the_rule_bring_it_back),
        cmocka_unit_test(what_is_stored_otherwise_is_told),
        cmocka_unit_test(it_takes_two_people_whatever_their_names_look_like),
    };
    return cmocka_run_group_tests_name("job/override", tests, NULL, NULL);
}
