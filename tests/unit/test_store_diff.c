/* Two runs compared, against sets kept by the test; what a purge leaves and what it does not. */
#include "store_world.h"

#include <hedui/file.h>
#include <hedui/report.h>
#include <hedui/store_diff.h>
#include <hedui/store_purge.h>
#include <hedui/store_run.h>

enum { FAMILIES = 20, NIGHTS = 12, TOWNS = 3 };

/* What one night raised, by household and rule: 0 nothing, else the content. And where the rule
 * could not be answered. */
typedef struct night {
    uint8_t content[FAMILIES][WORLD_RULES], unknown[FAMILIES][WORLD_RULES];
    uint8_t kept[FAMILIES][WORLD_RULES]; /* not checked, and open in the base */
} night;

/* A seeded generator (xorshift), so that a failure can be had again. */
static uint32_t roll(uint64_t *seed, uint32_t sides)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 33) % sides;
}

static world *random_night(night *now, const night *before, uint64_t *seed)
{
    world *w = world_make(FAMILIES);
    memset(now, 0, sizeof *now);
    for (uint32_t h = 0; h < FAMILIES; h++)
        for (uint32_t r = 0; r < WORLD_RULES; r++) {
            uint32_t dice = roll(seed, 10);
            uint8_t old = before ? before->content[h][r] : 0;
            int open = before && (old || before->kept[h][r]);
            if (dice < 2)
                now->content[h][r] = (uint8_t)(1 + roll(seed, 200));
            else if (dice < 5)
                now->content[h][r] = old;
            else if (dice == 5)
                now->unknown[h][r] = 1;
            if (now->content[h][r])
                (void)world_flag(w, h, r, "s", now->content[h][r]);
            now->kept[h][r] = now->unknown[h][r] && open;
        }
    for (uint32_t h = 0; h < FAMILIES; h++)
        for (uint32_t r = 0; r < WORLD_RULES; r++)
            if (now->unknown[h][r])
                world_cause(w, h, r, HEDUI_RUN_EMPTY_FIELD);
    return w;
}

static int is_flagged(const night *n, int h)
{
    for (int r = 0; r < WORLD_RULES; r++)
        if (n->content[h][r])
            return 1;
    return 0;
}

static int is_kept(const night *n, int h)
{
    for (int r = 0; r < WORLD_RULES; r++)
        if (n->kept[h][r])
            return 1;
    return 0;
}

static void count_household(hedui_store_household_change *count, const night *a, const night *b,
                            int h)
{
    int before = is_flagged(a, h), after = is_flagged(b, h);
    count->before += before;
    count->after += after;
    count->gained += after && !before;
    count->gone += before && !after && !is_kept(b, h);
    count->not_checked += before && !after && is_kept(b, h);
}

static void expect_diff(hedui_store *store, const char *from, const char *to, const night *a,
                        const night *b)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_diff *diff = NULL;
    hedui_store_diff want = {0};
    hedui_store_household_change towns[TOWNS] = {0};
    for (int h = 0; h < FAMILIES; h++) {
        count_household(&want.households, a, b, h);
        count_household(&towns[h % TOWNS], a, b, h);
        for (int r = 0; r < WORLD_RULES; r++) {
            uint8_t x = a->content[h][r], y = b->content[h][r];
            want.flags_before += x != 0;
            want.flags_after += y != 0;
            want.same += x && x == y;
            want.changed += x && y && x != y;
            want.added += !x && y;
            want.not_checked += x && !y && b->kept[h][r];
            want.removed += x && !y && !b->kept[h][r];
        }
    }
    assert_int_equal(
        hedui_store_diff_find(&diff, store, hedui_span_of(from), hedui_span_of(to), arena, NULL),
        HEDUI_OK);
    assert_memory_equal(&diff->households, &want.households, sizeof want.households);
    for (size_t i = 0; i < diff->town_count; i++) {
        int town = diff->towns[i].code.at[diff->towns[i].code.length - 1] - '1';
        assert_memory_equal(&diff->towns[i].households, &towns[town], sizeof *towns);
    }
    assert_int_equal(diff->flags_before, want.flags_before);
    assert_int_equal(diff->flags_after, want.flags_after);
    assert_int_equal(diff->same, want.same);
    assert_int_equal(diff->changed, want.changed);
    assert_int_equal(diff->added, want.added);
    assert_int_equal(diff->removed, want.removed);
    assert_int_equal(diff->not_checked, want.not_checked);
    assert_int_equal(diff->change_count,
                     want.changed + want.added + want.removed + want.not_checked);
    hedui_arena_close(arena);
}

static void agrees_with_sets_of_the_tests_own(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= 3; n++) {
        char *path = world_path();
        char ids[NIGHTS][HEDUI_STORE_RUN_ID];
        hedui_store *store = world_open(path);
        night *nights = calloc(NIGHTS, sizeof *nights);
        uint64_t seed = 0x9E3779B97F4A7C15u * n;
        for (int i = 0; i < NIGHTS; i++) {
            world *w = random_night(&nights[i], i ? &nights[i - 1] : NULL, &seed);
            world_write(ids[i], store, w);
            free(w);
        }
        for (int i = 0; i + 1 < NIGHTS; i++)
            expect_diff(store, i % 2 ? "" : ids[i], ids[i + 1], &nights[i], &nights[i + 1]);
        assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
        free(nights);
        hedui_store_close(store);
        world_remove(path);
    }
}

/* Neither run rests on the other, so no event says what became of the first one's flags. */
static void what_a_draft_did_not_look_for_is_not_gone_from_it(void **state)
{
    static const struct {
        const char *what;
        uint32_t families;
        int listed, unknown, in_force, gone, not_checked;
    } cases[] = {
        {"everything looked for", 3, 0, 0, 1, 3, 0},
        {"a rule unanswered for a household", 3, 0, 1, 1, 2, 1},
        {"a household fewer in the caseload", 2, 0, 0, 1, 2, 1},
        {"a run of a list of one household", 1, 1, 0, 1, 1, 2},
        {"a rule not in force", 3, 0, 0, 0, 0, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = world_path();
        char ids[2][HEDUI_STORE_RUN_ID];
        hedui_store *store = world_open(path);
        hedui_arena *arena = hedui_arena_open(0);
        const hedui_store_diff *diff = NULL;
        world *first = world_make(3), *second = world_make(cases[i].families);
        for (uint32_t h = 0; h < 3; h++)
            (void)world_flag(first, h, VEH, "x", 1);
        first->r.held = second->r.held = 1;
        second->r.listed = cases[i].listed;
        second->rules[VEH].in_force = cases[i].in_force;
        if (cases[i].unknown)
            world_cause(second, 0, VEH, HEDUI_RUN_EMPTY_FIELD);
        world_write(ids[0], store, first);
        world_write(ids[1], store, second);
        assert_int_equal(hedui_store_diff_find(&diff, store, hedui_span_of(ids[0]),
                                               hedui_span_of(ids[1]), arena, NULL),
                         HEDUI_OK);
        if (diff->removed != cases[i].gone || diff->not_checked != cases[i].not_checked ||
            diff->households.gone != cases[i].gone ||
            diff->households.not_checked != cases[i].not_checked)
            fail_msg("%s: %lld flags gone, %lld not checked", cases[i].what,
                     (long long)diff->removed, (long long)diff->not_checked);
        free(first);
        free(second);
        hedui_arena_close(arena);
        hedui_store_close(store);
        world_remove(path);
    }
}

static void the_first_run_has_nothing_to_be_compared_with(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_diff *diff = NULL;
    world *w = world_make(2);
    (void)state;
    world_write(id, store, w);
    assert_int_equal(
        hedui_store_diff_find(&diff, store, hedui_span_of(""), hedui_span_of(""), arena, NULL),
        HEDUI_E5014);
    assert_null(diff);
    free(w);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void add_reports(hedui_buffer *out, hedui_store *store, const char *id)
{
    hedui_span run = hedui_span_of(id);
    assert_int_equal(hedui_report_csv(out, store, "flags", run, NULL), HEDUI_OK);
    assert_int_equal(hedui_report_csv(out, store, "households", run, NULL), HEDUI_OK);
    assert_int_equal(hedui_report_csv(out, store, "rejects", run, NULL), HEDUI_OK);
    assert_int_equal(hedui_report_run_json(out, store, run, NULL), HEDUI_OK);
}

/* A town's load in the run before is known as long as that run's particulars are: blank it out. */
static void forget_loads_before(hedui_buffer *reports)
{
    static const char key[] = "\"base_flagged\":";
    for (char *at = strstr(reports->data, key); at; at = strstr(at, key)) {
        at += sizeof key - 1;
        size_t length = strcspn(at, ",}");
        if (at[length] == '}') /* the last of a town's numbers; the run's own stays */
            memmove(at, at + length, strlen(at + length) + 1);
    }
}

static int stands_in_files(const char *path, const char *text)
{
    static const char *const suffixes[] = {"", "-wal"};
    int found = 0;
    for (int i = 0; i < 2; i++) {
        hedui_arena *arena = hedui_arena_open(0);
        hedui_span bytes;
        char name[80];
        (void)snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        assert_int_equal(hedui_file_read(&bytes, name, 1 << 26, arena, NULL), HEDUI_OK);
        found |= bytes.length && memmem(bytes.at, bytes.length, text, strlen(text)) != NULL;
        hedui_arena_close(arena);
    }
    return found;
}

static hedui_status purge(const hedui_span **runs, size_t *count, hedui_store *store,
                          const char *keep, hedui_arena *arena)
{
    const hedui_store_purging purging = {.keep = hedui_span_of(keep),
                                         .person = hedui_span_of("王主任"),
                                         .reason = hedui_span_of("保存期满"),
                                         .before = INT32_MIN,
                                         .at = INT64_MIN};
    hedui_store_purged purged = {0};
    hedui_status status = hedui_store_purge(&purged, store, &purging, arena, NULL);
    if (!status) {
        *runs = purged.runs;
        *count = purged.run_count;
    }
    return status;
}

static void a_purge_takes_what_is_over_and_leaves_the_rest_as_it_was(void **state)
{
    static const char over[] = "钱已销", over_message[] = "早已了结的一条。";
    char *path = world_path();
    char ids[NIGHTS][HEDUI_STORE_RUN_ID], last[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    night *nights = calloc(NIGHTS + 1, sizeof *nights);
    const hedui_span *runs = NULL;
    const hedui_store_run *run = NULL;
    size_t count = 0;
    uint64_t seed = 77;
    hedui_buffer before, after;
    (void)state;
    hedui_buffer_init(&before);
    hedui_buffer_init(&after);
    world *w = world_make(FAMILIES + 1);
    w->households[FAMILIES].head_name = hedui_span_of(over);
    world_flag(w, FAMILIES, VEH, "x", 1)->message = hedui_span_of(over_message);
    w->households[FAMILIES].head_name = hedui_span_of(over);
    world_write(last, store, w);
    w->r.flag_count = 0;
    w->households[FAMILIES].flags = 0;
    w->households[FAMILIES].state = HEDUI_RUN_CLEAR;
    world_write(last, store, w);
    free(w);
    for (int i = 0; i < NIGHTS; i++) {
        w = random_night(&nights[i], i ? &nights[i - 1] : NULL, &seed);
        world_write(ids[i], store, w);
        free(w);
    }
    const int keep = 6;
    for (int i = keep; i < NIGHTS; i++)
        add_reports(&before, store, ids[i]);
    assert_true(stands_in_files(path, over_message));
    assert_int_equal(
        hedui_store_purge_list(&runs, &count, store, hedui_span_of(ids[keep]), arena, NULL),
        HEDUI_OK);
    assert_int_equal(count, keep + 2);
    assert_true(stands_in_files(path, over_message));
    assert_int_equal(purge(&runs, &count, store, ids[keep], arena), HEDUI_OK);
    assert_int_equal(count, keep + 2);
    assert_false(stands_in_files(path, over_message));
    assert_false(stands_in_files(path, over));
    for (int i = keep; i < NIGHTS; i++)
        add_reports(&after, store, ids[i]);
    forget_loads_before(&before);
    forget_loads_before(&after);
    assert_string_equal(before.data, after.data);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    /* a purged run still tells its counts, and says why it tells no more */
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(ids[0]), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(run->purged, 1);
    assert_int_equal(run->households, FAMILIES);
    hedui_buffer_clear(&after);
    assert_int_equal(hedui_report_csv(&after, store, "flags", hedui_span_of(ids[0]), NULL),
                     HEDUI_E5025);
    /* and the next night goes on as if nothing had happened */
    w = random_night(&nights[NIGHTS], &nights[NIGHTS - 1], &seed);
    world_write(last, store, w);
    expect_diff(store, "", last, &nights[NIGHTS - 1], &nights[NIGHTS]);
    assert_int_equal(purge(&runs, &count, store, ids[keep], arena), HEDUI_OK);
    assert_int_equal(count, 0);
    free(w);
    free(nights);
    hedui_buffer_free(&before);
    hedui_buffer_free(&after);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static void expect_found(hedui_store *store, int64_t run, const char *want)
{
    sqlite3_stmt *ask = NULL;
    assert_int_equal(hedui_store_stand(store, run, NULL), HEDUI_OK);
    assert_int_equal(sqlite3_prepare_v2(store->db,
                                        "SELECT n.found FROM temp.searched_now n "
                                        "JOIN main.household h ON h.number = n.household "
                                        "WHERE h.id = 'HD14-0003'",
                                        -1, &ask, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(ask), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(ask, 0), want);
    (void)sqlite3_finalize(ask);
}

/* The same is found before it leaves the caseload and when it is back. */
static void what_was_found_about_a_household_that_returned_outlives_a_purge(void **state)
{
    static const char found[] = "{\"vehicle\":\"r..\"}";
    static const uint32_t families[] = {3, 2, 3};
    char *path = world_path();
    char ids[3][HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_span *runs = NULL;
    size_t count = 0;
    (void)state;
    for (int i = 0; i < 3; i++) {
        world *w = world_make(families[i]);
        for (uint32_t h = 0; h < families[i]; h++)
            w->households[h].searched = hedui_span_of(found);
        world_write(ids[i], store, w);
        free(w);
    }
    expect_found(store, 3, found);
    assert_int_equal(purge(&runs, &count, store, ids[1], arena), HEDUI_OK);
    assert_int_equal(count, 1);
    expect_found(store, 3, found);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

/* Three drafts before anybody published: the second is released, the first purged, and the third,
 * which rests on nothing, neither goes nor stands in the way. */
static void a_draft_without_a_base_does_not_hinder_a_purge(void **state)
{
    char *path = world_path();
    char ids[3][HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_span *runs = NULL;
    const hedui_store_run *run = NULL;
    size_t count = 0;
    (void)state;
    for (int i = 0; i < 3; i++) {
        world *w = world_make(3);
        w->r.held = 1;
        (void)world_flag(w, (uint32_t)i, VEH, "x", 1);
        world_write(ids[i], store, w);
        free(w);
    }
    assert_int_equal(hedui_store_run_publish(store, hedui_span_of(ids[1]), hedui_span_of("王主任"),
                                             hedui_span_of("已核实"), INT64_MIN, NULL),
                     HEDUI_OK);
    assert_int_equal(purge(&runs, &count, store, ids[1], arena), HEDUI_OK);
    assert_int_equal(count, 1);
    assert_string_equal(runs[0].at, ids[0]);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(ids[2]), arena, NULL),
                     HEDUI_OK);
    assert_int_equal(run->purged, 0);
    assert_int_equal(run->flags, 1);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_without_a_base_does_not_hinder_a_purge),
        cmocka_unit_test(agrees_with_sets_of_the_tests_own),
        cmocka_unit_test(what_a_draft_did_not_look_for_is_not_gone_from_it),
        cmocka_unit_test(what_was_found_about_a_household_that_returned_outlives_a_purge),
        cmocka_unit_test(the_first_run_has_nothing_to_be_compared_with),
        cmocka_unit_test(a_purge_takes_what_is_over_and_leaves_the_rest_as_it_was),
    };
    return cmocka_run_group_tests_name("store/diff", tests, NULL, NULL);
}
