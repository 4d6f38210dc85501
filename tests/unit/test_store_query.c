/* Questions of the faces: one household explained, runs, deliveries, baselines, releasing. */
#include "store_world.h"

#include "store/codes.h"

#include <hedui/citizen_id.h>
#include <hedui/file.h>
#include <hedui/label.h>
#include <hedui/store_delivery.h>
#include <hedui/store_household.h>
#include <hedui/store_run.h>

static hedui_span none(void)
{
    return hedui_span_of("");
}

static const hedui_store_household *explain(hedui_store *store, const char *run, const char *id,
                                            hedui_arena *arena)
{
    const hedui_store_household *h = NULL;
    assert_int_equal(
        hedui_store_household_find(&h, store, hedui_span_of(run), hedui_span_of(id), arena, NULL),
        HEDUI_OK);
    return h;
}

static void a_flag_is_explained_down_to_its_cells(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    world *w = world_make(3);
    (void)state;
    (void)world_flag(w, 0, VEH, "02|测A00001", 1);
    (void)world_flag(w, 0, INC, "", 2);
    world_cause(w, 0, DEATH, HEDUI_RUN_CONFLICT);
    world_write(id, store, w);
    const hedui_store_household *h = explain(store, "", "HD14-0001", arena);
    assert_true(hedui_span_is(h->run, "R20140705-01"));
    assert_int_equal(h->as_of, w->r.as_of);
    assert_true(hedui_span_is(h->state, "flagged"));
    assert_int_equal(h->paid_fen, 124500);
    assert_int_equal(h->flag_count, 2);
    assert_true(hedui_span_is(h->flags[0].rule, "VEH-01"));
    assert_true(hedui_span_is(h->flags[0].severity, "high"));
    assert_true(hedui_span_is(h->flags[0].status, "new"));
    assert_true(hedui_span_is(h->flags[0].since, "R20140705-01"));
    assert_true(hedui_span_is(h->flags[1].rule, "INC-01")); /* in the order of judging */
    const hedui_store_evidence *e = h->flags[0].evidence;
    assert_int_equal(h->flags[0].evidence_count, 1);
    assert_true(hedui_span_is(e->file, "veh-201406.csv.gz"));
    assert_memory_equal(&e->file_digest, &w->deliveries[VEHICLE].digest, sizeof e->file_digest);
    assert_int_equal(e->line, 100);
    assert_int_equal(e->offset, 5000);
    assert_int_equal(e->cell_count, 2);
    assert_true(hedui_span_is(e->cells[0].value, "02|测A00001"));
    assert_int_equal(h->cause_count, 1);
    assert_true(hedui_span_is(h->causes[0].reason, "conflict"));
    assert_int_equal(h->answer_count, 3);
    assert_true(hedui_span_is(h->answers[0].answer, "flagged"));
    assert_true(hedui_span_is(h->answers[1].answer, "undetermined"));
    assert_true(hedui_span_is(h->answers[2].answer, "flagged"));
    assert_int_equal(h->delivery_count, 3);
    assert_true(h->deliveries[1].used);
    const hedui_store_household *missing = NULL;
    assert_int_equal(hedui_store_household_find(&missing, store, none(), hedui_span_of("HD14-0099"),
                                                arena, NULL),
                     HEDUI_E5015);
    assert_int_equal(hedui_store_household_find(&missing, store, hedui_span_of("R1"),
                                                hedui_span_of("HD14-0001"), arena, NULL),
                     HEDUI_E5014);
    assert_null(missing);
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void each_run_keeps_its_own_view_of_a_household(void **state)
{
    char *path = world_path();
    char first[HEDUI_STORE_RUN_ID], second[HEDUI_STORE_RUN_ID], third[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    (void)state;
    world *w = world_make(2);
    (void)world_flag(w, 0, VEH, "a", 1);
    world_write(first, store, w);
    free(w);
    w = world_make(2);
    world_write(second, store, w);
    free(w);
    w = world_make(1);
    world_write(third, store, w);
    free(w);
    const hedui_store_household *h = explain(store, first, "HD14-0001", arena);
    assert_int_equal(h->flag_count, 1);
    assert_true(hedui_span_is(h->flags[0].status, "new"));
    h = explain(store, second, "HD14-0001", arena);
    assert_true(hedui_span_is(h->state, "clear"));
    assert_int_equal(h->flag_count, 1);
    assert_true(hedui_span_is(h->flags[0].status, "gone"));
    assert_true(hedui_span_is(h->flags[0].why, "answered"));
    h = explain(store, third, "HD14-0001", arena);
    assert_int_equal(h->flag_count, 0); /* gone earlier: not told again */
    h = explain(store, third, "HD14-0002", arena);
    assert_true(hedui_span_is(h->state, "absent"));
    h = explain(store, first, "HD14-0002", arena);
    assert_true(hedui_span_is(h->state, "clear"));
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void a_gap_leaves_a_rule_unanswered_but_not_one_that_was_answered(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    world *w = world_make(2);
    (void)state;
    w->deliveries[CREMATION].verdict = HEDUI_RUN_MISSING;
    w->deliveries[CREMATION].file = hedui_span_of("");
    memset(&w->deliveries[CREMATION].ledger, 0, sizeof(hedui_run_ledger));
    memset(&w->deliveries[CREMATION].digest, 0, sizeof(hedui_digest));
    w->gaps[0] = (hedui_run_gap){DEATH, HEDUI_RUN_NOT_SUPPLIED, HEDUI_SPAN("death_cremation"),
                                 1,     HEDUI_SPAN(""),         HEDUI_SPAN("")};
    w->r.gap_count = 1;
    world_cause(w, 0, VEH, HEDUI_RUN_NOT_AUTHORISED);
    w->households[0].unanswered = 2; /* the cause of its own, and the gap */
    world_cause(w, 1, VEH, HEDUI_RUN_NOT_AUTHORISED);
    world_write(id, store, w);
    const hedui_store_household *h = explain(store, id, "HD14-0001", arena);
    assert_true(hedui_span_is(h->answers[DEATH].answer, "undetermined"));
    assert_true(hedui_span_is(h->answers[INC].answer, "clear"));
    assert_false(h->deliveries[CREMATION].used);
    h = explain(store, id, "HD14-0002", arena);
    assert_true(hedui_span_is(h->answers[VEH].answer, "undetermined"));
    assert_true(hedui_span_is(h->answers[DEATH].answer, "clear"));
    const hedui_store_run *run = NULL;
    assert_int_equal(hedui_store_run_find(&run, store, none(), arena, NULL), HEDUI_OK);
    assert_int_equal(run->gap_count, 1);
    assert_true(hedui_span_is(run->gaps[0].source_title, "殡葬火化"));
    assert_int_equal(run->rules[VEH].unanswered, 2);
    assert_int_equal(run->rules[DEATH].unanswered, 1); /* by the gap alone */
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void tallies_of_towns_add_up_to_the_run(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_run *run = NULL;
    world *w = world_make(40);
    (void)state;
    for (uint32_t i = 0; i < 20; i++) {
        (void)world_flag(w, i, VEH, "a", (uint8_t)i);
        if (i % 2)
            (void)world_flag(w, i, INC, "", (uint8_t)i);
    }
    world_cause(w, 30, VEH, HEDUI_RUN_BAD_FIELD);
    w->households[31].state = HEDUI_RUN_OUT_OF_SCOPE;
    world_write(id, store, w);
    assert_int_equal(hedui_store_run_find(&run, store, none(), arena, NULL), HEDUI_OK);
    hedui_store_town sum = {0};
    for (size_t i = 0; i < run->town_count; i++) {
        sum.households += run->towns[i].households;
        sum.flagged += run->towns[i].flagged;
        sum.clear += run->towns[i].clear;
        sum.unchecked += run->towns[i].unchecked;
        sum.out_of_scope += run->towns[i].out_of_scope;
        sum.flags += run->towns[i].flags;
        sum.high += run->towns[i].high;
        sum.medium += run->towns[i].medium;
    }
    assert_int_equal(run->town_count, 3);
    assert_int_equal(sum.households, 40);
    assert_int_equal(sum.households, run->households);
    assert_int_equal(sum.flagged, run->flagged);
    assert_int_equal(sum.clear, run->clear);
    assert_int_equal(sum.unchecked, run->unchecked);
    assert_int_equal(sum.out_of_scope, run->out_of_scope);
    assert_int_equal(sum.flags, 30);
    assert_int_equal(sum.high, 20);
    assert_int_equal(sum.medium, 10);
    assert_int_equal(run->rules[VEH].households, 20);
    assert_int_equal(run->rules[INC].flags, 10);
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void a_draft_is_released_by_a_named_person_or_not_at_all(void **state)
{
    char *path = world_path();
    char draft[HEDUI_STORE_RUN_ID], next[HEDUI_STORE_RUN_ID], late[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_run *run = NULL;
    const hedui_span who = HEDUI_SPAN("李敏"), why = HEDUI_SPAN("已与公安核实，数量无误");
    world *w = world_make(3);
    (void)state;
    assert_int_equal(hedui_store_run_find(&run, store, none(), arena, NULL), HEDUI_E5016);
    w->r.held = 1;
    world_write(draft, store, w);
    world_write(late, store, w);
    hedui_span id = hedui_span_of(draft);
    assert_int_equal(hedui_store_run_publish(store, id, none(), why, 0, NULL), HEDUI_E5020);
    assert_int_equal(hedui_store_run_publish(store, id, who, none(), 0, NULL), HEDUI_E5020);
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of("R1"), who, why, 0, NULL),
                     HEDUI_E5014);
    assert_int_equal(hedui_store_run_publish(store, id, who, why, 1404518400, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_run_publish(store, id, who, why, 0, NULL), HEDUI_E5027);
    assert_int_equal(hedui_store_run_find(&run, store, none(), arena, NULL), HEDUI_OK);
    assert_true(hedui_span_is(run->id, draft));
    assert_int_equal(run->event_count, 1);
    assert_true(hedui_span_equal(run->events[0].person, who));
    /* another was published since the second draft was made */
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of(late), who, why, 0, NULL),
                     HEDUI_E5019);
    assert_int_equal(hedui_store_run_withdraw(store, hedui_span_of(late), who, why, 0, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_store_run_withdraw(store, hedui_span_of(late), who, why, 0, NULL),
                     HEDUI_E5018);
    /* what was published is the base of the next; withdrawn, it is not */
    w->r.held = 0;
    world_write(next, store, w);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(next), arena, NULL), HEDUI_OK);
    assert_true(hedui_span_is(run->base, draft));
    assert_int_equal(hedui_store_run_withdraw(store, hedui_span_of(next), who, why, 0, NULL),
                     HEDUI_OK);
    world_write(next, store, w);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(next), arena, NULL), HEDUI_OK);
    assert_true(hedui_span_is(run->base, draft));
    const hedui_store_run *runs = NULL;
    size_t count = 0;
    assert_int_equal(hedui_store_run_list(&runs, &count, store, arena, NULL), HEDUI_OK);
    assert_int_equal(count, 4);
    assert_true(hedui_span_is(runs[0].id, next));
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void baselines_are_what_standing_runs_have_used(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_baseline *lines = NULL;
    size_t count = 0;
    world *w = world_make(3);
    hedui_run_delivery *vehicle = &w->deliveries[VEHICLE];
    (void)state;
    assert_int_equal(hedui_store_baseline_list(&lines, &count, store, arena, NULL), HEDUI_OK);
    assert_int_equal(count, 0);
    world_write(id, store, w);
    /* a refused, a held, and then a released delivery: each with its own number of rows */
    static const struct {
        hedui_run_verdict verdict;
        int release;
        int64_t want;
    } steps[] = {
        {HEDUI_RUN_REFUSED, 0, 1000}, {HEDUI_RUN_HELD, 0, 1000},    {HEDUI_RUN_HELD, 1, 1003},
        {HEDUI_RUN_WARNED, 0, 1004},  {HEDUI_RUN_MISSING, 0, 1004}, {HEDUI_RUN_ACCEPTED, 0, 1006},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        vehicle->verdict = steps[i].verdict;
        vehicle->ledger.records++;
        vehicle->ledger.accepted++;
        vehicle->ledger.not_in_caseload++;
        w->r.held = steps[i].verdict == HEDUI_RUN_HELD || steps[i].verdict == HEDUI_RUN_REFUSED;
        world_write(id, store, w);
        if (steps[i].release)
            assert_int_equal(hedui_store_run_publish(store, hedui_span_of(id), hedui_span_of("甲"),
                                                     hedui_span_of("乙"), 0, NULL),
                             HEDUI_OK);
        assert_int_equal(hedui_store_baseline_list(&lines, &count, store, arena, NULL), HEDUI_OK);
        assert_int_equal(count, 3);
        assert_true(hedui_span_is(lines[2].feed, "vehicle"));
        if (lines[2].records != steps[i].want)
            fail_msg("step %zu: %lld", i, (long long)lines[2].records);
        assert_int_equal(lines[2].content_crc, 0xCAFE0001);
    }
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void rejects_are_kept_and_counted(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_reject *rejects = NULL;
    const hedui_store_reject_count *counts = NULL;
    size_t count = 0;
    world *w = world_make(3);
    (void)state;
    world_write(id, store, w);
    assert_int_equal(hedui_store_reject_list(&rejects, &count, store, none(), none(), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rejects[1].line, 12);
    assert_true(hedui_span_is(rejects[1].excerpt, "2013-02-30"));
    assert_int_equal(hedui_store_reject_list(&rejects, &count, store, none(),
                                             hedui_span_of("death_cremation"), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(count, 0);
    assert_int_equal(hedui_store_reject_counts(&counts, &count, store, none(), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(count, 2);
    assert_int_equal(counts[0].count, 1);
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

/* The result carries masks only; what else stood in memory must not be in any file. */
static void no_citizen_number_reaches_a_file(void **state)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
    const hedui_citizen_id planted = 65900119800101001u;
    char number[HEDUI_CITIZEN_ID_TEXT], mask[HEDUI_CITIZEN_ID_TEXT], other[80];
    char id[HEDUI_STORE_RUN_ID];
    int masked = 0;
    (void)state;
    hedui_citizen_id_print(number, planted);
    hedui_citizen_id_mask(mask, planted);
    char *path = world_path();
    hedui_store *store = world_open(path);
    world *w = world_make(3);
    world_flag(w, 0, VEH, "a", 1)->person_masked = hedui_span_of(mask);
    world_write(id, store, w);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        hedui_arena *arena = hedui_arena_open(0);
        hedui_span bytes;
        uint64_t packed = __builtin_bswap64(planted);
        (void)snprintf(other, sizeof other, "%s%s", path, suffixes[i]);
        assert_int_equal(hedui_file_read(&bytes, other, 1 << 24, arena, NULL), HEDUI_OK);
        assert_null(memmem(bytes.at, bytes.length, number, strlen(number)));
        assert_null(memmem(bytes.at, bytes.length, number, 17));
        assert_null(memmem(bytes.at, bytes.length, &planted, sizeof planted));
        assert_null(memmem(bytes.at, bytes.length, &packed, sizeof packed));
        masked |= memmem(bytes.at, bytes.length, mask, strlen(mask)) != NULL;
        hedui_arena_close(arena);
    }
    assert_true(masked); /* the search itself finds what is there */
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

static void every_code_has_words(void **state)
{
    (void)state;
#define EXPECT(kind, last, code_of)                                                                \
    for (unsigned i = 0; i <= (unsigned)(last); i++) {                                             \
        hedui_span code = hedui_span_of(code_of(i));                                               \
        assert_false(hedui_span_equal(code, hedui_label(HEDUI_LABEL_##kind, code, HEDUI_ZH)));     \
        assert_true(hedui_label(HEDUI_LABEL_##kind, code, HEDUI_EN).length > 0);                   \
    }
    EXPECT(VERDICT, HEDUI_RUN_MISSING, hedui_store_verdict_code)
    EXPECT(EFFECT, HEDUI_RUN_INCLUDE, hedui_store_effect_code)
    EXPECT(SEVERITY, HEDUI_RUN_LOW, hedui_store_severity_code)
    EXPECT(MATCH, HEDUI_RUN_MATCH_UPGRADED, hedui_store_match_code)
    EXPECT(HOUSEHOLD, HEDUI_RUN_OUT_OF_SCOPE, hedui_store_state_code)
    EXPECT(CAUSE, HEDUI_RUN_EVALUATION, hedui_store_cause_code)
#undef EXPECT
    hedui_span unknown = HEDUI_SPAN("no_such_code");
    assert_true(hedui_span_equal(unknown, hedui_label(HEDUI_LABEL_CAUSE, unknown, HEDUI_ZH)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flag_is_explained_down_to_its_cells),
        cmocka_unit_test(each_run_keeps_its_own_view_of_a_household),
        cmocka_unit_test(a_gap_leaves_a_rule_unanswered_but_not_one_that_was_answered),
        cmocka_unit_test(tallies_of_towns_add_up_to_the_run),
        cmocka_unit_test(a_draft_is_released_by_a_named_person_or_not_at_all),
        cmocka_unit_test(baselines_are_what_standing_runs_have_used),
        cmocka_unit_test(rejects_are_kept_and_counted),
        cmocka_unit_test(no_citizen_number_reaches_a_file),
        cmocka_unit_test(every_code_has_words),
    };
    return cmocka_run_group_tests_name("store/query", tests, NULL, NULL);
}
