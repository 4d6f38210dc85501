/* A household explained: what is derived again is what is stored, condition and ways out together
 * make the outcome, and whatever was changed since is told. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/job_explain.h>

#include <sqlite3.h>

static void night(const county *w)
{
    hedui_job_options options = {.as_of = w->as_of, .threads = 2};
    hedui_job_outcome outcome;
    assert_int_equal(hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, NULL),
                     HEDUI_OK);
}

static void shell(const county *w, const char *command)
{
    char line[640];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static void sql(const county *w, const char *text)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(county_path(w, "hedui.db"), &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", text, why);
    assert_true(sqlite3_total_changes(db) > 0);
    (void)sqlite3_close(db);
}

static hedui_job_explanation explain(const county *w, hedui_span household)
{
    hedui_job_explanation e;
    assert_int_equal(hedui_job_explain(&e, county_workspace(w), hedui_span_of(""), household, 0, 2,
                                       w->arena, NULL, NULL),
                     HEDUI_OK);
    return e;
}

/* --- outcomes --------------------------------------------------------------------------------- */

/* Kleene's and of the condition and the contrary of every way out, by the book. */
static int outcome_of(const hedui_account_judgement *j)
{
    int outcome = j->figure.state == HEDUI_ACCOUNT_KNOWN ? j->figure.truth : -1;
    for (size_t i = 0; i < j->unless_count; i++) {
        const hedui_account_unless *u = &j->unless[i];
        int out = u->figure.state == HEDUI_ACCOUNT_KNOWN ? u->figure.truth : -1;
        if (!u->part_count)
            continue;
        if (outcome == 0 || out == 1)
            outcome = 0;
        else if (out < 0)
            outcome = -1;
    }
    return outcome;
}

static void check_rule(const hedui_job_explanation *e, const hedui_account_rule *rule)
{
    int yes = 0, open = rule->has_each && rule->each.state != HEDUI_ACCOUNT_KNOWN;
    for (size_t i = 0; i < rule->judgement_count; i++) {
        const hedui_account_judgement *j = &rule->judgements[i];
        int outcome = j->outcome.state == HEDUI_ACCOUNT_KNOWN ? j->outcome.truth : -1;
        if (j->part_count && outcome != outcome_of(j))
            fail_msg("%.*s: outcome %d, by its parts %d", (int)rule->id.length, rule->id.at,
                     outcome, outcome_of(j));
        if (outcome < 0 && !j->outcome.reason_count && j->outcome.state != HEDUI_ACCOUNT_FAILED)
            fail_msg("%.*s: open without a reason", (int)rule->id.length, rule->id.at);
        yes |= outcome == 1;
        open |= outcome < 0;
    }
    const char *want = yes ? "flagged" : open ? "undetermined" : "clear";
    if (!hedui_span_is(rule->answer, want) && !hedui_span_is(rule->answer, "not_applicable") &&
        !(yes && hedui_span_is(rule->answer, "tagged")))
        fail_msg("%.*s: %.*s, not %s", (int)rule->id.length, rule->id.at, (int)rule->answer.length,
                 rule->answer.at, want);
    for (size_t i = 0; i < e->household->answer_count; i++)
        if (hedui_span_equal(e->household->answers[i].rule, rule->id))
            assert_true(hedui_span_equal(e->household->answers[i].answer, rule->answer));
}

static void check_flags(const hedui_job_explanation *e)
{
    for (size_t f = 0; f < e->household->flag_count; f++) {
        const hedui_store_flag *flag = &e->household->flags[f];
        int found = 0;
        for (size_t r = 0; r < e->account->rule_count; r++)
            for (size_t i = 0; i < e->account->rules[r].judgement_count; i++)
                found +=
                    hedui_span_equal(e->account->rules[r].id, flag->rule) &&
                    e->account->rules[r].judgements[i].outcome.truth == 1 &&
                    hedui_span_equal(e->account->rules[r].judgements[i].subject, flag->subject);
        assert_int_equal(found, 1);
    }
}

static void outcomes_are_those_stored(void **state)
{
    static const char *const wanted[] = {"flagged",      "flagged",   "flagged",
                                         "flagged",      "clear",     "clear",
                                         "out_of_scope", "unchecked", "unchecked"};
    const hedui_store_state *states = NULL;
    size_t count = 0, next = 0;
    county w;
    (void)state;
    county_make(&w, 21);
    night(&w);
    hedui_store *store = county_store(&w);
    assert_int_equal(
        hedui_store_state_list(&states, &count, store, hedui_span_of(""), w.arena, NULL), HEDUI_OK);
    hedui_store_close(store);
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
        size_t tried = 0;
        while (tried++ < count && !hedui_span_is(states[next % count].state, wanted[k]))
            next += 7;
        hedui_job_explanation e = explain(&w, states[next++ % count].household);
        assert_int_equal(e.why.status, HEDUI_OK);
        assert_non_null(e.account);
        if (e.difference_count)
            fail_msg("%.*s: %s", (int)e.household->id.length, e.household->id.at,
                     e.differences[0].kind);
        assert_true(e.account->rule_count > 20);
        for (size_t r = 0; r < e.account->rule_count; r++)
            check_rule(&e, &e.account->rules[r]);
        check_flags(&e);
    }
    county_throw_away(&w);
}

/* --- differences ------------------------------------------------------------------------------ */

/* The household whose flag, cause or tag is the first of all. */
static hedui_span household_of(const county *w, const char *query)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(county_path(w, "hedui.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, query, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    hedui_span id =
        hedui_arena_copy(w->arena, hedui_span_of((const char *)sqlite3_column_text(statement, 0)));
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
    return id;
}

#define A_FLAG "(SELECT min(flag) FROM flag_version WHERE effect <> 'inform')"
#define A_CAUSE "(SELECT min(number) FROM cause)"
#define OF_FLAG                                                                                    \
    "SELECT h.id FROM household h JOIN flag f ON f.household = h.number WHERE f.number = " A_FLAG
#define OF_CAUSE                                                                                   \
    "SELECT h.id FROM household h JOIN cause c ON c.household = h.number WHERE c.number "          \
    "= " A_CAUSE

static void what_was_stored_otherwise_is_told(void **state)
{
    static const struct {
        const char *who, *change, *kind;
    } cases[] = {
        {OF_FLAG, "UPDATE flag_version SET message = message || '。' WHERE flag = " A_FLAG,
         "words"},
        {OF_FLAG, "UPDATE flag_version SET content = zeroblob(32) WHERE flag = " A_FLAG, "facts"},
        {OF_FLAG, "DELETE FROM flag_event WHERE flag = " A_FLAG, "added"},
        {OF_FLAG, "UPDATE flag SET subject = subject || 'x' WHERE number = " A_FLAG, "missing"},
        {OF_FLAG,
         "UPDATE household_version SET state = 'clear' WHERE household = (SELECT household FROM "
         "flag WHERE number = " A_FLAG ")",
         "state"},
        {OF_CAUSE, "UPDATE cause SET reason = 'stale' WHERE number = " A_CAUSE, "cause"},
    };
    county w;
    (void)state;
    county_make(&w, 21);
    night(&w);
    shell(&w, "cp hedui.db kept.db");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int found = 0;
        shell(&w, "rm -f hedui.db-wal hedui.db-shm && cp kept.db hedui.db");
        hedui_span who = household_of(&w, cases[i].who);
        sql(&w, cases[i].change);
        hedui_job_explanation e = explain(&w, who);
        for (int64_t d = 0; d < e.difference_count && d < HEDUI_JOB_DIFFERENCES; d++)
            found |= strcmp(e.differences[d].kind, cases[i].kind) == 0;
        if (!found)
            fail_msg("%s: not told", cases[i].change);
        assert_non_null(e.account); /* what was derived is shown all the same */
    }
    county_throw_away(&w);
}

static void what_the_archive_lost_is_named(void **state)
{
    static const struct {
        const char *command;
        hedui_status why;
        int gone;
    } cases[] = {
        {"for f in archive/*.gz; do chmod u+w $f; printf x >>$f; break; done", HEDUI_E8021, 0},
        {"rm -f archive/*.gz", HEDUI_E8020, 0},
    };
    county w;
    (void)state;
    county_make(&w, 21);
    night(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_span who = household_of(&w, OF_FLAG);
        shell(&w, cases[i].command);
        hedui_job_explanation e = explain(&w, who);
        assert_int_equal(e.why.status, cases[i].why);
        assert_int_equal(e.gone, cases[i].gone);
        assert_null(e.account);
        assert_int_equal(e.difference_count, 0);
        assert_true(e.household->flag_count > 0); /* what is stored is there */
    }
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_are_those_stored),
        cmocka_unit_test(what_was_stored_otherwise_is_told),
        cmocka_unit_test(what_the_archive_lost_is_named),
    };
    return cmocka_run_group_tests_name("job/explain", tests, NULL, NULL);
}
