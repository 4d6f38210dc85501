/* A document whose text nobody has seen: its rules wait until a named person has, each for what it
 * says on that day; what was confirmed is an input of the night. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/job_confirm.h>
#include <hedui/store_run.h>

#include <sqlite3.h>

static void shell(const county *w, const char *command)
{
    char line[640];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

/* The pack copied into the workspace, with the plan unseen: most rules cite it. */
static void make(county *w)
{
    county_make(w, 21);
    shell(w, "mkdir -p rules/packs && cp -r '" HEDUI_SOURCE_DIR
             "/rules/packs/cleanup-2014' rules/packs/");
    shell(w, "sed -i '/^  qingli:/,/confirmed/s/confirmed: true/confirmed: false/' "
             "rules/packs/cleanup-2014/pack.yaml");
}

static const hedui_store_run *night(const county *w, int32_t day)
{
    const hedui_job_options options = {.as_of = day, .threads = 2};
    const hedui_store_run *run = NULL;
    hedui_job_outcome outcome;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
    hedui_store *store = county_store(w);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(outcome.run), w->arena, NULL),
                     HEDUI_OK);
    hedui_store_close(store);
    return run;
}

static const hedui_store_rule *rule_of(const hedui_store_run *run, const char *id)
{
    for (size_t i = 0; i < run->rule_count; i++)
        if (hedui_span_is(run->rules[i].id, id))
            return &run->rules[i];
    fail_msg("no rule %s", id);
    return NULL;
}

static void expect(const hedui_store_run *run, const char *rule, const char *standing, int flags)
{
    const hedui_store_rule *r = rule_of(run, rule);
    if (!hedui_span_is(r->standing, standing) || r->in_force != (strcmp(standing, "judged") == 0) ||
        (r->flags > 0) != flags)
        fail_msg("%s: %.*s, %lld flags", rule, (int)r->standing.length, r->standing.at,
                 (long long)r->flags);
}

static hedui_status try(const county *w, const char *document, const char *person,
                        const char *reason, int withdraw)
{
    const hedui_confirm_document *before = NULL;
    const hedui_confirm_options options = {.document = hedui_span_of(document),
                                           .person = hedui_span_of(person),
                                           .reason = hedui_span_of(reason),
                                           .day = w->as_of,
                                           .at = INT64_MIN,
                                           .withdraw = withdraw};
    return hedui_job_confirm(&before, county_workspace(w), &options, w->arena, NULL, NULL);
}

static void say(const county *w, int withdraw)
{
    assert_int_equal(try(w, "qingli", "李敏", "已核对原文", withdraw), HEDUI_OK);
}

static const char *state_of(const county *w)
{
    const hedui_confirm_document *list = NULL;
    uint32_t count = 0;
    assert_int_equal(hedui_job_confirmations(&list, &count, county_workspace(w),
                                             hedui_span_of("qingli"), w->arena, NULL, NULL),
                     HEDUI_OK);
    assert_int_equal(count, 1);
    return list->state;
}

static void rules_wait_until_a_person_has_seen_their_document(void **state)
{
    county w;
    (void)state;
    make(&w);
    const hedui_store_run *before = night(&w, w.as_of);
    expect(before, "VEH-01", "unconfirmed", 0);
    expect(before, "DEATH-01", "judged", 1); /* of another document */
    say(&w, 0);
    assert_string_equal(state_of(&w), "confirmed");
    const hedui_store_run *after = night(&w, w.as_of);
    expect(after, "VEH-01", "judged", 1);
    assert_true(after->flags > before->flags);
    say(&w, 1);
    assert_string_equal(state_of(&w), "withdrawn");
    const hedui_store_run *last = night(&w, w.as_of);
    expect(last, "VEH-01", "unconfirmed", 0);
    assert_memory_equal(&last->digest, &before->digest, sizeof last->digest);
    /* each night as it was, whatever was said since */
    county_expect_replayed(&w, before->id);
    county_expect_replayed(&w, after->id);
    county_expect_replayed(&w, last->id);
    county_throw_away(&w);
}

/* What is changed, and which rules wait for it: those that say something else now. */
static void a_rule_that_says_something_else_waits_again(void **state)
{
    static const struct {
        const char *what, *change;
        const char *lapsed, *judged; /* a rule that waits, and one that does not; or NULL */
    } cases[] = {
        {"the condition", "sed -i 's/\"passenger\", \"goods\"/\"passenger\"/' vehicles.yaml",
         "VEH-01", "FUND-01"},
        {"the message", "sed -i 's/名下登记{v.vehicle_type/名下有{v.vehicle_type/' vehicles.yaml",
         "VEH-01", "FUND-01"},
        {"the register's entry", "sed -i '/^  qingli:/,/date/s/2014-06-01/2014-06-02/' pack.yaml",
         "VEH-01", NULL},
        {"a value it rests on",
         "sed -i '/^  registered_unemployment:/,$s/title: /title: 改：/' pack.yaml", "INC-02",
         "VEH-01"},
        {"examples", "sed -i 's/有一辆正常状态的小轿车/一辆小轿车/' vehicles.yaml", NULL, "VEH-01"},
        {"a note", "sed -i 's/note: 三、重点清理/note: 重点清理/' pack.yaml", NULL, "VEH-01"},
        {"a comment", "sed -i '1i # 说明' vehicles.yaml", NULL, "VEH-01"},
        {"a table that cites another document",
         "sed -i 's/^parameters:/parameters:\\n  spare:\\n    title: 备用\\n    type: integer\\n"
         "    rows:\\n      - {value: 1, basis: {document: county_standard}}/' pack.yaml",
         NULL, "VEH-01"},
        {"the scope of the whole pack",
         "sed -i 's/^  status: .applying, receiving./  status: [receiving]/' pack.yaml", "VEH-01",
         NULL},
    };
    county w;
    (void)state;
    make(&w);
    say(&w, 0);
    shell(&w, "cp -r rules/packs/cleanup-2014 kept && cp hedui.db kept.db");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[512];
        shell(&w, "rm -rf rules/packs/cleanup-2014 hedui.db-wal hedui.db-shm && "
                  "cp -r kept rules/packs/cleanup-2014 && cp kept.db hedui.db");
        (void)snprintf(command, sizeof command, "cd rules/packs/cleanup-2014 && %s",
                       cases[i].change);
        shell(&w, command);
        const hedui_store_run *run = night(&w, w.as_of);
        if (cases[i].lapsed && !hedui_span_is(rule_of(run, cases[i].lapsed)->standing, "lapsed"))
            fail_msg("%s: %s goes on", cases[i].what, cases[i].lapsed);
        if (cases[i].judged && !hedui_span_is(rule_of(run, cases[i].judged)->standing, "judged"))
            fail_msg("%s: %s waits", cases[i].what, cases[i].judged);
        assert_string_equal(state_of(&w), cases[i].lapsed ? "lapsed" : "confirmed");
        if (!cases[i].lapsed)
            continue;
        say(&w, 0);
        expect(night(&w, w.as_of), cases[i].lapsed, "judged", 1);
    }
    county_throw_away(&w);
}

static void what_cannot_be_confirmed_is_refused(void **state)
{
    static const struct {
        const char *document, *person, *reason;
        int withdraw;
        hedui_status want;
    } cases[] = {
        {"qingli", "李敏", "", 0, HEDUI_E5020},
        {"qingli", "", "看过", 0, HEDUI_E5020},
        {"nothing_of_the_kind", "李敏", "看过", 0, HEDUI_E3080},
        {"qingl", "李敏", "看过", 0, HEDUI_E3081},
        {"other/qingli", "李敏", "看过", 0, HEDUI_E3080},
        {"shehui_jiuzhu", "李敏", "看过", 0, HEDUI_E3083},
        {"qingli", "李敏", "看过", 1, HEDUI_E3085},
        {"cleanup-2014/qingli", "李敏", "看过", 0, HEDUI_OK},
        {"qingli", "王主任", "看过", 0, HEDUI_E3084},
        {"qingli", "李敏", "看错了", 1, HEDUI_OK},
        {"qingli", "李敏", "看错了", 1, HEDUI_E3085},
    };
    county w;
    (void)state;
    make(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_status status =
            try(&w, cases[i].document, cases[i].person, cases[i].reason, cases[i].withdraw);
        if (status != cases[i].want)
            fail_msg("case %zu: E%d", i, (int)status);
    }
    /* not while a run reads what holds */
    hedui_store *store = county_store(&w);
    assert_int_equal(hedui_store_lock(store, NULL), HEDUI_OK);
    assert_int_equal(try(&w, "qingli", "李敏", "看过", 0), HEDUI_E5005);
    hedui_store_close(store);
    county_throw_away(&w);
}

static void a_night_without_any_rule_to_judge_by_is_refused(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    make(&w);
    shell(&w, "sed -i 's/confirmed: true/confirmed: false/' rules/packs/cleanup-2014/pack.yaml");
    hedui_job_options options = {.as_of = w.as_of, .threads = 1};
    assert_int_equal(hedui_job_run(&outcome, county_workspace(&w), &options, w.arena, NULL, NULL),
                     HEDUI_E3025);
    county_throw_away(&w);
}

static void entries_are_only_added(void **state)
{
    static const char *const changes[] = {
        "UPDATE confirmation SET person = 'x'", "DELETE FROM confirmation",
        "UPDATE confirmation_rule SET said = zeroblob(32)", "DELETE FROM confirmation_rule"};
    county w;
    sqlite3 *db = NULL;
    hedui_digest digests[2];
    (void)state;
    make(&w);
    for (int i = 0; i < 2; i++) {
        say(&w, i); /* said, then taken back: the store's digest tells the two apart */
        hedui_store *store = county_store(&w);
        assert_int_equal(hedui_store_digest(&digests[i], store, NULL), HEDUI_OK);
        assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
        hedui_store_close(store);
    }
    assert_memory_not_equal(&digests[0], &digests[1], sizeof digests[0]);
    assert_int_equal(sqlite3_open(county_path(&w, "hedui.db"), &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (sqlite3_exec(db, changes[i], NULL, NULL, NULL) == SQLITE_OK)
            fail_msg("%s", changes[i]);
    (void)sqlite3_close(db);
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_wait_until_a_person_has_seen_their_document),
        cmocka_unit_test(a_rule_that_says_something_else_waits_again),
        cmocka_unit_test(what_cannot_be_confirmed_is_refused),
        cmocka_unit_test(a_night_without_any_rule_to_judge_by_is_refused),
        cmocka_unit_test(entries_are_only_added),
    };
    return cmocka_run_group_tests_name("job/confirm", tests, NULL, NULL);
}
