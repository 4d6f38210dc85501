/* Writing runs: what is new, continuing, changed, not checked and gone; nothing on failure. */
#include "store_world.h"

#include <sqlite3.h>
#include <sys/wait.h>

/* One number by plain SQL of the test's own, over a connection of its own. */
static int64_t ask(const char *path, const char *query)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, query, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", query, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(db);
    return value;
}

typedef struct counts {
    int64_t fresh, continuing, changed, not_checked, gone;
} counts;

static void expect_counts(const char *path, const char *id, counts want, int step)
{
    static const char *const columns[] = {"flags_new", "flags_continuing", "flags_changed",
                                          "flags_not_checked", "flags_gone"};
    const int64_t wants[] = {want.fresh, want.continuing, want.changed, want.not_checked,
                             want.gone};
    for (int i = 0; i < 5; i++) {
        char query[128];
        (void)snprintf(query, sizeof query, "SELECT %s FROM run WHERE id = '%s'", columns[i], id);
        int64_t got = ask(path, query);
        if (got != wants[i])
            fail_msg("step %d, run %s: %s is %lld, not %lld", step, id, columns[i], (long long)got,
                     (long long)wants[i]);
    }
}

/* Each step is a night: what the world raises, and what must be said of it. */
static void tells_new_continuing_changed_not_checked_and_gone(void **state)
{
    enum { NONE, OTHER_FILE, UNANSWERED, GAP, LEFT, RULE_OFF, SCOPE, WORDS };
    static const struct {
        const char *flags; /* a: household 0 VEH "a"; b: household 0 VEH "b"; c: household 1 DEATH;
                              capital: the same identity, other facts */
        int what;
        counts want;
    } steps[] = {
        {"abc", NONE, {3, 0, 0, 0, 0}},
        {"abc", NONE, {0, 3, 0, 0, 0}},
        {"abc", OTHER_FILE, {0, 3, 0, 0, 0}}, /* the same facts in another delivery */
        {"aBc", NONE, {0, 2, 1, 0, 0}},
        {"aBc", WORDS, {0, 3, 0, 0, 0}}, /* another message, the same facts */
        {"ac", NONE, {0, 2, 0, 0, 1}},   /* b was looked for and is not there */
        {"ac", NONE, {0, 2, 0, 0, 0}},   /* gone once, not every night */
        {"c", UNANSWERED, {0, 1, 0, 1, 0}},
        {"c", GAP, {0, 1, 0, 1, 0}},
        {"ac", NONE, {0, 2, 0, 0, 0}}, /* back with the same facts: not new */
        {"a", RULE_OFF, {0, 1, 0, 1, 0}},
        {"a", LEFT, {0, 1, 0, 1, 0}}, /* a household not in the caseload was not looked at */
        {"ac", NONE, {0, 2, 0, 0, 0}},
        {"a", SCOPE, {0, 1, 0, 0, 1}},
        {"aC", NONE, {1, 1, 0, 0, 0}}, /* raised again after it was gone */
        {"", NONE, {0, 0, 0, 0, 2}},
    };
    char *path = world_path();
    hedui_store *store = world_open(path);
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        world *w = world_make(steps[i].what == LEFT ? 1 : 2);
        char id[HEDUI_STORE_RUN_ID];
        for (const char *f = steps[i].flags; *f; f++) {
            int upper = *f < 'a';
            hedui_run_flag *flag =
                world_flag(w, (*f | 32) == 'c', (*f | 32) == 'c' ? DEATH : VEH,
                           (*f | 32) == 'a' ? "a" : "b", (uint8_t)((*f | 32) + (upper ? 100 : 0)));
            if (steps[i].what == WORDS)
                flag->message = hedui_span_of("换一种说法。");
        }
        if (steps[i].what == OTHER_FILE)
            w->deliveries[VEHICLE].file = hedui_span_of("veh-201407.csv.gz");
        if (steps[i].what == UNANSWERED)
            world_cause(w, 0, VEH, HEDUI_RUN_NOT_AUTHORISED);
        if (steps[i].what == GAP) {
            w->gaps[0] = (hedui_run_gap){VEH, HEDUI_RUN_NOT_SUPPLIED, HEDUI_SPAN("vehicle"),
                                         2,   HEDUI_SPAN(""),         HEDUI_SPAN("")};
            w->r.gap_count = 1;
            w->households[0].unanswered = w->households[1].unanswered = 1;
            w->households[0].state = HEDUI_RUN_UNCHECKED;
        }
        if (steps[i].what == RULE_OFF)
            w->rules[DEATH].in_force = 0;
        if (steps[i].what == SCOPE)
            w->households[1].state = HEDUI_RUN_OUT_OF_SCOPE;
        world_write(id, store, w);
        expect_counts(path, id, steps[i].want, (int)i);
        free(w);
    }
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    hedui_store_close(store);
    world_remove(path);
}

static void writes_nothing_for_what_is_as_it_was(void **state)
{
    static const char *const tables[] = {
        "flag",     "flag_version",      "flag_event", "evidence", "cell",        "household",
        "delivery", "household_version", "reject",     "cause",    "cause_event", "rule",
        "receipt"};
    char *path = world_path();
    hedui_store *store = world_open(path);
    world *w = world_make(10);
    char id[HEDUI_STORE_RUN_ID], query[64];
    int64_t before[13];
    (void)state;
    for (uint32_t i = 0; i < 5; i++)
        (void)world_flag(w, i, VEH, "02|测A00001", (uint8_t)i);
    world_cause(w, 7, VEH, HEDUI_RUN_REJECTED_ROW);
    world_write(id, store, w);
    assert_string_equal(id, "R20140705-01");
    for (size_t i = 0; i < 13; i++) {
        (void)snprintf(query, sizeof query, "SELECT count(*) FROM %s", tables[i]);
        before[i] = ask(path, query);
    }
    world_write(id, store, w);
    assert_string_equal(id, "R20140705-02");
    for (size_t i = 0; i < 13; i++) {
        (void)snprintf(query, sizeof query, "SELECT count(*) FROM %s", tables[i]);
        if (ask(path, query) != before[i])
            fail_msg("%s grew", tables[i]);
    }
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

static void holds_back_as_a_draft_that_is_no_base(void **state)
{
    char *path = world_path();
    hedui_store *store = world_open(path);
    char id[HEDUI_STORE_RUN_ID];
    (void)state;
    world *w = world_make(3);
    (void)world_flag(w, 0, VEH, "a", 1);
    w->r.held = 1;
    w->remark = (hedui_run_remark){0, HEDUI_SPAN("-48%"), HEDUI_RUN_HELD};
    w->deliveries[VEHICLE].verdict = HEDUI_RUN_HELD;
    w->deliveries[VEHICLE].remarks = &w->remark;
    w->deliveries[VEHICLE].remark_count = 1;
    world_write(id, store, w);
    expect_counts(path, id, (counts){1, 0, 0, 0, 0}, 0);
    assert_int_equal(ask(path, "SELECT count(*) FROM run WHERE state = 'draft'"), 1);
    assert_int_equal(ask(path, "SELECT count(*) FROM hold WHERE feed = 'vehicle'"), 1);
    w->r.held = 0;
    w->deliveries[VEHICLE].verdict = HEDUI_RUN_ACCEPTED;
    w->deliveries[VEHICLE].remark_count = 0;
    world_write(id, store, w); /* nobody has seen the draft: the flag is new to people */
    expect_counts(path, id, (counts){1, 0, 0, 0, 0}, 1);
    assert_int_equal(ask(path, "SELECT count(*) FROM run WHERE state = 'published'"), 1);
    assert_int_equal(ask(path, "SELECT count(*) FROM flag_version"), 1);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

static void refuses_a_result_that_contradicts_itself(void **state)
{
    enum { RECORDS, ACCEPTED, REJECTS, RULE_TWICE, FLAG_TWICE, FLAG_ORDER, INDEX, STATE, CASES };
    static const hedui_status want[CASES] = {HEDUI_E5012, HEDUI_E5012, HEDUI_E5012, HEDUI_E5013,
                                             HEDUI_E5013, HEDUI_E5013, HEDUI_E5013, HEDUI_E5013};
    char *path = world_path();
    hedui_store *store = world_open(path);
    (void)state;
    for (int i = 0; i < CASES; i++) {
        world *w = world_make(3);
        char id[HEDUI_STORE_RUN_ID] = "untouched";
        (void)world_flag(w, 0, VEH, "b", 1);
        hedui_run_flag *second = world_flag(w, 0, VEH, "c", 1);
        hedui_run_ledger *ledger = &w->deliveries[VEHICLE].ledger;
        ledger->records += i == RECORDS;
        ledger->matched += i == ACCEPTED;
        w->deliveries[VEHICLE].reject_count -= i == REJECTS;
        if (i == RULE_TWICE)
            w->rules[INC].id = w->rules[VEH].id;
        if (i == FLAG_TWICE)
            second->subject = hedui_span_of("b");
        if (i == FLAG_ORDER)
            second->subject = hedui_span_of("a");
        if (i == INDEX)
            second->rule = WORLD_RULES;
        if (i == STATE)
            w->households[0].state = HEDUI_RUN_CLEAR;
        hedui_status status = hedui_store_write(id, store, &w->r, &w->options, NULL);
        if (status != want[i])
            fail_msg("case %d: E%d", i, (int)status);
        assert_string_equal(id, "untouched");
        assert_int_equal(ask(path, "SELECT count(*) FROM run"), 0);
        free(w);
    }
    hedui_store_close(store);
    world_remove(path);
}

static int after(void *context)
{
    int *left = context;
    return --*left < 0;
}

static int die(void *context)
{
    if (after(context))
        _exit(9);
    return 0;
}

/* A run given up, or killed, between any two of its transactions. */
static void a_run_that_stops_anywhere_leaves_the_state_before(void **state)
{
    for (int killed = 0; killed < 2; killed++) {
        char *path = world_path();
        hedui_store *store = world_open(path);
        char id[HEDUI_STORE_RUN_ID];
        hedui_digest before, now, whole;
        int steps = 0, ended = 0;
        (void)state;
        world *w = world_make(12);
        for (uint32_t i = 0; i < 6; i++)
            (void)world_flag(w, i, VEH, "a", (uint8_t)i);
        world_write(id, store, w);
        for (uint32_t i = 0; i < 6; i++)
            w->flags[i].content = world_digest(0xC1, (uint8_t)i);
        world_cause(w, 9, VEH, HEDUI_RUN_EMPTY_FIELD);
        w->options.chunk = 1;
        w->options.context = &steps;
        w->options.stop = killed ? die : after;
        assert_int_equal(hedui_store_receive(store, &w->r, NULL), HEDUI_OK);
        assert_int_equal(hedui_store_digest(&before, store, NULL), HEDUI_OK);
        for (int n = 0; !ended; n++) {
            steps = n;
            hedui_store_close(store);
            pid_t child = fork();
            if (child == 0) {
                hedui_store *mine = world_open(path);
                _exit(hedui_store_write(id, mine, &w->r, &w->options, NULL) == HEDUI_OK ? 0 : 1);
            }
            int code = 0;
            assert_int_equal(waitpid(child, &code, 0), child);
            ended = WEXITSTATUS(code) == 0;
            store = world_open(path);
            assert_int_equal(ask(path, "SELECT count(*) FROM run WHERE state = 'building'"), 0);
            assert_int_equal(hedui_store_digest(&now, store, NULL), HEDUI_OK);
            if (!ended)
                assert_memory_equal(&before, &now, sizeof now);
            assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
            assert_true(n < 40);
            assert_true(!ended || n > 12); /* it was stopped at many places before */
        }
        whole = now;
        assert_memory_not_equal(&before, &whole, sizeof now);
        free(w);
        hedui_store_close(store);
        world_remove(path);
    }
}

/* Two nights that leave nothing out: some flags new, changed, gone and overridden, one without rows
 * and one with two, households that come and go, a cause told twice. Into one transaction or one a
 * row, the rows are the same, and so are their numbers. */
static hedui_digest two_nights(uint32_t chunk)
{
    static const uint8_t kept[] = {0, 1, 3, 4, 7, 8};
    char *path = world_path(), id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_digest digest;
    world *w = world_make(10);
    for (uint32_t i = 1; i < 10; i++) /* household 0 comes later, though its id is the first */
        (void)snprintf(w->ids[i], sizeof w->ids[i], "HD14-%04u", 10 * i);
    w->r.households++;
    w->r.household_count--;
    for (uint32_t i = 0; i < 8; i++)
        (void)world_flag(w, i + 1, VEH, i % 2 ? "b" : "a", (uint8_t)i);
    for (uint32_t i = 0; i < 8; i++)
        w->flags[i].household--;
    w->flags[3].evidence_count = 0;
    w->flags[4].evidence_count = 2; /* the next one's as well */
    world_cause(w, 9, VEH, HEDUI_RUN_EMPTY_FIELD);
    world_cause(w, 9, INC, HEDUI_RUN_CASELOAD);
    w->undetermined[0].household = w->undetermined[1].household = 8;
    w->options.chunk = chunk;
    world_write(id, store, w);
    free(w);
    w = world_make(9); /* household 9 is gone */
    for (uint32_t i = 1; i < 9; i++)
        (void)snprintf(w->ids[i], sizeof w->ids[i], "HD14-%04u", 10 * i);
    for (uint32_t i = 0; i < sizeof kept; i++)
        (void)world_flag(w, kept[i], VEH, kept[i] % 2 ? "a" : "b", kept[i]);
    hedui_run_flag overridden = w->flags[2];
    overridden.override = hedui_span_of("X20140705-01");
    w->r.overridden = &overridden;
    w->r.overridden_count = 1;
    w->households[3].flags = 0; /* what was raised of it is overridden */
    w->households[3].state = HEDUI_RUN_CLEAR;
    memmove(&w->flags[2], &w->flags[3], 3 * sizeof w->flags[0]);
    w->r.flag_count--;
    world_cause(w, 5, VEH, HEDUI_RUN_EMPTY_FIELD);
    world_cause(w, 5, VEH, HEDUI_RUN_EMPTY_FIELD);
    w->households[5].unanswered = 1;
    w->options.chunk = chunk;
    world_write(id, store, w);
    expect_counts(path, id, (counts){1, 0, 4, 1, 3}, (int)chunk);
    assert_int_equal(ask(path, "SELECT count(*) FROM overridden"), 1);
    assert_int_equal(ask(path, "SELECT count(*) FROM evidence"), 8 + 6);
    assert_int_equal(ask(path, "SELECT count(*) FROM cell"), 2 * (8 + 6));
    assert_int_equal(ask(path, "SELECT count(*) FROM cause"), 3);
    assert_int_equal(ask(path, "SELECT count(*) FROM cause_event WHERE open = 0"), 2);
    assert_int_equal(ask(path, "SELECT count(*) FROM household_version WHERE state = 'absent'"), 1);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_digest(&digest, store, NULL), HEDUI_OK);
    free(w);
    hedui_store_close(store);
    world_remove(path);
    return digest;
}

static void the_rows_do_not_depend_on_the_transactions(void **state)
{
    static const uint32_t chunks[] = {1, 2, 5, 0};
    hedui_digest first = two_nights(chunks[0]);
    (void)state;
    for (size_t i = 1; i < sizeof chunks / sizeof *chunks; i++) {
        hedui_digest other = two_nights(chunks[i]);
        assert_memory_equal(&first, &other, sizeof first);
    }
}

static void keeps_the_receipt_of_a_run_that_fails(void **state)
{
    char *path = world_path();
    hedui_store *store = world_open(path);
    world *w = world_make(3);
    char id[HEDUI_STORE_RUN_ID];
    int steps = 0;
    (void)state;
    w->options.chunk = 1;
    w->options.stop = after;
    w->options.context = &steps;
    assert_int_equal(hedui_store_write(id, store, &w->r, &w->options, NULL), HEDUI_E5023);
    assert_int_equal(ask(path, "SELECT count(*) FROM run"), 0);
    assert_int_equal(ask(path, "SELECT count(*) FROM household"), 0);
    assert_int_equal(ask(path, "SELECT count(*) FROM delivery"), 3);
    assert_int_equal(ask(path, "SELECT count(*) FROM reject"), 2);
    w->options.stop = NULL;
    world_write(id, store, w);
    assert_int_equal(ask(path, "SELECT count(*) FROM receipt"), 1);
    assert_int_equal(ask(path, "SELECT count(*) FROM reject"), 2);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_new_continuing_changed_not_checked_and_gone),
        cmocka_unit_test(writes_nothing_for_what_is_as_it_was),
        cmocka_unit_test(holds_back_as_a_draft_that_is_no_base),
        cmocka_unit_test(refuses_a_result_that_contradicts_itself),
        cmocka_unit_test(a_run_that_stops_anywhere_leaves_the_state_before),
        cmocka_unit_test(the_rows_do_not_depend_on_the_transactions),
        cmocka_unit_test(keeps_the_receipt_of_a_run_that_fails),
    };
    return cmocka_run_group_tests_name("store/write", tests, NULL, NULL);
}
