/* A run that comes in parts: the rows are those of the run at once, whatever the parts; nothing is
 * seen before the end, and what fails in between leaves everything as it was. */
#include "store_parts.h"

#include "store/sql.h"

#include <hedui/store_pair.h>
#include <hedui/store_run.h>

#include <sqlite3.h>

enum { NIGHTS = 7, POOL = 24, AT_RANDOM = INT32_MAX };

/* A seeded generator (xorshift), so that a failure can be had again. */
static uint32_t roll(uint64_t *seed, uint32_t sides)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 33) % sides;
}

/* A night and what does not fit into a world. */
typedef struct night {
    world *w;
    hedui_run_flag overridden[WORLD_FLAGS];
    hedui_run_met met[WORLD_FLAGS];
} night;

static void raise_flags(night *n, uint32_t h, uint64_t *seed, hedui_span pair)
{
    static const char *const subjects[] = {"", "a", "b"};
    world *w = n->w;
    for (uint32_t rule = 0; rule < WORLD_RULES; rule++)
        for (uint32_t s = 0; s < 3 && w->r.flag_count < WORLD_FLAGS - 1; s++) {
            if (!w->rules[rule].in_force || roll(seed, 3))
                continue;
            hedui_run_flag *flag = world_flag(w, h, rule, subjects[s], (uint8_t)roll(seed, 2));
            if (roll(seed, 5) == 0)
                flag->message = hedui_span_of("换一种说法。");
            if (roll(seed, 5) == 0)
                flag->returned = hedui_span_of("expired");
            flag->evidence_count = roll(seed, 2);
            if (roll(seed, 5) || w->r.overridden_count >= WORLD_FLAGS)
                continue;
            n->overridden[w->r.overridden_count] = *flag; /* found, and no flag */
            n->overridden[w->r.overridden_count++].override = hedui_span_of("X20140705-01");
            w->r.flag_count--;
            w->households[h].flags--;
        }
    if (!w->households[h].flags)
        w->households[h].state = roll(seed, 8) ? HEDUI_RUN_CLEAR : HEDUI_RUN_OUT_OF_SCOPE;
    for (uint32_t i = roll(seed, 5) == 0; i > 0; i--)
        n->met[w->r.met_count++] =
            (hedui_run_met){.household = h, .delivery = VEHICLE, .pair = pair, .line = h};
}

/* Any households of the pool with any flags, causes and gaps. */
static night *make_night(uint64_t *seed, hedui_span pair)
{
    static const char *const found[] = {"", "{\"vehicle\":\"\"}", "{\"tip\":\"\"}"};
    night *n = calloc(1, sizeof *n);
    assert_non_null(n);
    world *w = n->w = world_make(POOL);
    uint32_t count = 0;
    if (roll(seed, 3) == 0)
        w->rules[roll(seed, WORLD_RULES)].in_force = 0;
    if (roll(seed, 3) == 0)
        w->deliveries[VEHICLE].file = hedui_span_of("veh-201407.csv.gz");
    for (uint32_t i = 0; i < POOL; i++) {
        if (roll(seed, 4) == 0)
            continue;
        memmove(w->ids[count], w->ids[i], sizeof w->ids[i]); /* the others keep their places */
        memmove(w->names[count], w->names[i], sizeof w->names[i]);
        w->households[count].searched = hedui_span_of(found[roll(seed, 3)]);
        w->households[count].members += roll(seed, 10) == 0;
        w->households[count].id = hedui_span_of(w->ids[count]);
        w->households[count].head_name = hedui_span_of(w->names[count]);
        raise_flags(n, count, seed, pair);
        count++;
    }
    w->r.household_count = count;
    for (uint32_t h = 0; h < count; h++)
        for (uint32_t i = roll(seed, 4); i > 2 && w->r.undetermined_count < WORLD_FLAGS - 1; i--) {
            world_cause(w, h, roll(seed, WORLD_RULES), HEDUI_RUN_EMPTY_FIELD);
            if (roll(seed, 2)) /* told twice */
                w->undetermined[w->r.undetermined_count] =
                    w->undetermined[w->r.undetermined_count - 1],
                w->r.undetermined_count++;
        }
    w->gaps[0] = (hedui_run_gap){VEH, HEDUI_RUN_NOT_SUPPLIED, HEDUI_SPAN("vehicle"),
                                 2,   HEDUI_SPAN(""),         HEDUI_SPAN("")};
    w->r.gap_count = roll(seed, 2);
    for (uint32_t h = 0; w->r.gap_count && h < count; h++) {
        w->households[h].unanswered++;
        if (!w->households[h].flags)
            w->households[h].state = HEDUI_RUN_UNCHECKED;
    }
    w->r.overridden = n->overridden;
    w->r.met = n->met;
    w->r.held = roll(seed, 6) == 0;
    w->r.digest = world_digest(0xAA, (uint8_t)roll(seed, 256));
    w->options.chunk = roll(seed, 4) ? 0 : 3;
    return n;
}

static void free_night(night *n)
{
    free(n->w);
    free(n);
}

/* A row that is not this person's, on record by two people: what `met` speaks of. */
static void decide_pair(char pair[HEDUI_STORE_DECISION_ID], hedui_store *store, int32_t day)
{
    hedui_store_pairing p = {.grounds = {.household = HEDUI_SPAN("HD14-0001"),
                                         .evidence = HEDUI_SPAN("户口簿"),
                                         .until = day + 30,
                                         .word = {HEDUI_SPAN("李敏"), HEDUI_SPAN("同名"), day, 0}},
                             .feed = HEDUI_SPAN("vehicle"),
                             .says = HEDUI_SPAN("同名")};
    hedui_store_word word = {HEDUI_SPAN("周宁"), HEDUI_SPAN("已看"), day, 0};
    assert_int_equal(hedui_store_pair_propose(pair, store, &p, NULL), HEDUI_OK);
    assert_int_equal(
        hedui_store_decide(store, HEDUI_STORE_PAIR, hedui_span_of(pair), "approved", &word, NULL),
        HEDUI_OK);
}

static hedui_digest digest_of(hedui_store *store)
{
    hedui_digest digest;
    assert_int_equal(hedui_store_digest(&digest, store, NULL), HEDUI_OK);
    return digest;
}

/* One number by plain SQL of the test's own. */
static int64_t ask(hedui_store *store, const char *query)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, query, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return value;
}

/* The nights of a seed have everything in them that a part could get wrong. */
static void expect_everything(hedui_store *store)
{
    static const char *const queries[] = {
        "SELECT count(DISTINCT kind) = 6 FROM flag_event",
        "SELECT count(*) > 5 FROM household_version WHERE state = 'absent'",
        "SELECT count(*) > 5 FROM overridden",
        "SELECT count(*) > 5 FROM pair_met",
        "SELECT count(*) > 5 FROM cause_event WHERE open = 0",
        "SELECT count(DISTINCT why) > 4 FROM flag_event WHERE kind IN ('gone', 'not_checked')",
        "SELECT count(*) > 5 FROM searched",
        "SELECT count(*) > 0 FROM gap"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (!ask(store, queries[i]))
            fail_msg("not so: %s", queries[i]);
}

/* All nights of a seed: what the store says after each. `size`: households a part; 0: at once, by
 * the one call; AT_RANDOM: any, empty parts among them. */
static void store_nights(hedui_digest digests[NIGHTS], uint64_t seed, uint32_t size)
{
    char *path = world_path(), id[HEDUI_STORE_RUN_ID], pair[HEDUI_STORE_DECISION_ID];
    hedui_store *store = world_open(path);
    uint64_t cut = seed + 1;
    decide_pair(pair, store, 16256);
    for (int i = 0; i < NIGHTS; i++) {
        night *n = make_night(&seed, hedui_span_of(pair));
        hedui_err err;
        hedui_err_init(&err);
        hedui_status status = HEDUI_OK;
        if (size == 0) {
            world_write(id, store, n->w);
        } else if (size != AT_RANDOM) {
            status = parts_write(id, store, n->w, size, &err);
        } else {
            const hedui_run_result head = part_head(n->w), whole = part_whole(n->w);
            hedui_store_writing *writing = NULL;
            uint32_t at = 0, count = n->w->r.household_count;
            status = hedui_store_write_begin(&writing, store, &head, &n->w->options, &err);
            while (!status && at < count) {
                uint32_t end = at + roll(&cut, 9);
                status = part_write(writing, n->w, at, end < count ? end : count, &err);
                at = end;
            }
            if (!status)
                status = hedui_store_write_end(id, writing, &whole, NULL, 0, INT64_MIN, &err);
            hedui_store_write_close(writing);
        }
        if (status)
            fail_msg("night %d: E%d %s", i, (int)status, err.text);
        assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
        digests[i] = digest_of(store);
        free_night(n);
    }
    expect_everything(store);
    hedui_store_close(store);
    world_remove(path);
}

static void the_rows_do_not_depend_on_the_parts(void **state)
{
    static const uint32_t sizes[] = {1, 2, 7, POOL, AT_RANDOM};
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        hedui_digest once[NIGHTS], parts[NIGHTS];
        store_nights(once, 0x9E3779B97F4A7C15u * seed, 0);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            store_nights(parts, 0x9E3779B97F4A7C15u * seed, sizes[i]);
            for (int k = 0; k < NIGHTS; k++)
                if (memcmp(&once[k], &parts[k], sizeof once[k]) != 0)
                    fail_msg("seed %d, parts of %u: night %d differs", (int)seed, sizes[i], k);
        }
    }
}

/* Steps through whole tables, and sorts, that the comparison took so far. */
static int64_t steps_of(hedui_store *store, int kind)
{
    static const char *const names[] = {"household_base_list", "flag_base_list", "cause_base_list"};
    int64_t steps = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        hedui_sql sql = hedui_sql_begin(store, names[i]);
        assert_non_null(sql.statement);
        steps += sqlite3_stmt_status(sql.statement, kind, 0);
    }
    return steps;
}

/* What a night reads of its base is the same in few parts and in many: each part reads its own
 * households, by the indices. */
static void a_part_reads_its_own_households_only(void **state)
{
    int64_t work[2];
    (void)state;
    for (int many = 0; many < 2; many++) {
        char *path = world_path(), id[HEDUI_STORE_RUN_ID];
        hedui_store *store = world_open(path);
        world *w = world_make(POOL);
        for (uint32_t i = 0; i < POOL; i++)
            (void)world_flag(w, i, VEH, "a", (uint8_t)i);
        for (uint32_t i = 0; i < POOL; i++)
            world_cause(w, i, INC, HEDUI_RUN_EMPTY_FIELD);
        world_write(id, store, w);
        int64_t before = steps_of(store, SQLITE_STMTSTATUS_VM_STEP);
        assert_int_equal(parts_write(id, store, w, many ? 1 : 4, NULL), HEDUI_OK);
        work[many] = steps_of(store, SQLITE_STMTSTATUS_VM_STEP) - before;
        assert_int_equal(steps_of(store, SQLITE_STMTSTATUS_FULLSCAN_STEP), 0);
        assert_int_equal(steps_of(store, SQLITE_STMTSTATUS_SORT), 0);
        assert_int_equal(steps_of(store, SQLITE_STMTSTATUS_AUTOINDEX), 0);
        free(w);
        hedui_store_close(store);
        world_remove(path);
    }
    assert_true(work[0] > POOL * 10);
    assert_true(work[1] < 2 * work[0]);
}

/* Two nights' worth of flags, all of which the second changes. */
static world *stored_before(hedui_store *store)
{
    char id[HEDUI_STORE_RUN_ID];
    world *w = world_make(12);
    for (uint32_t i = 0; i < 12; i++)
        (void)world_flag(w, i, VEH, "a", (uint8_t)i);
    world_write(id, store, w);
    for (uint32_t i = 0; i < 12; i++)
        w->flags[i].content = world_digest(0xC1, (uint8_t)i);
    assert_int_equal(hedui_store_receive(store, &w->r, NULL), HEDUI_OK);
    return w;
}

static void nothing_is_seen_before_the_end(void **state)
{
    char *path = world_path(), id[HEDUI_STORE_RUN_ID] = "untouched";
    hedui_store *store = world_open(path), *other = NULL;
    world *w = stored_before(store);
    const hedui_run_result head = part_head(w), whole = part_whole(w);
    hedui_digest before = digest_of(store);
    hedui_store_writing *writing = NULL;
    (void)state;
    hedui_store_write_close(NULL);
    assert_int_equal(hedui_store_write_begin(&writing, store, &head, &w->options, NULL), HEDUI_OK);
    other = world_open(path);
    assert_int_equal(hedui_store_lock(other, NULL), HEDUI_E5005); /* a run is at work */
    for (uint32_t i = 0; i < 12; i += 4) {
        assert_int_equal(part_write(writing, w, i, i + 4, NULL), HEDUI_OK);
        hedui_digest mine = digest_of(store), theirs = digest_of(other);
        assert_memory_equal(&before, &mine, sizeof before);
        assert_memory_equal(&before, &theirs, sizeof before);
        hedui_arena *arena = hedui_arena_open(0); /* what stood in temporary tables is laid anew */
        const hedui_store_run *run = NULL;
        assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(""), arena, NULL),
                         HEDUI_OK);
        assert_int_equal(run->flags, 12);
        hedui_arena_close(arena);
        /* between parts the database is free for whoever writes what is no run */
        assert_int_equal(sqlite3_exec(other->db, "BEGIN IMMEDIATE; COMMIT", NULL, NULL, NULL),
                         SQLITE_OK);
    }
    assert_int_equal(hedui_store_write_end(id, writing, &whole, NULL, 0, 5, NULL), HEDUI_OK);
    assert_string_equal(id, "R20140705-02");
    hedui_digest after = digest_of(other);
    assert_memory_not_equal(&before, &after, sizeof before);
    assert_int_equal(hedui_store_lock(other, NULL), HEDUI_E5005); /* until it is closed */
    hedui_store_write_close(writing);
    assert_int_equal(hedui_store_lock(other, NULL), HEDUI_OK);
    free(w);
    hedui_store_close(other);
    hedui_store_close(store);
    world_remove(path);
}

static int after(void *context)
{
    int *left = context;
    return --*left < 0;
}

/* Whatever goes wrong in the second of three parts, or in the end. */
static void a_part_that_fails_leaves_the_state_before(void **state)
{
    enum { ORDER, SAME, INDEX, TWICE, STOP, STOP_WITHIN, FULL, GAP, GIVEN_UP, CASES };
    static const hedui_status want[CASES] = {HEDUI_E5013, HEDUI_E5013, HEDUI_E5013,
                                             HEDUI_E5013, HEDUI_E5023, HEDUI_E5023,
                                             HEDUI_E5007, HEDUI_E5013, HEDUI_OK};
    char *path = world_path();
    hedui_store *store = world_open(path);
    world *w = stored_before(store);
    hedui_run_result whole = part_whole(w);
    const hedui_run_result head = part_head(w);
    hedui_digest before = digest_of(store);
    char id[HEDUI_STORE_RUN_ID] = "untouched";
    (void)state;
    for (int i = 0; i < CASES; i++) {
        hedui_store_options options = w->options;
        hedui_store_writing *writing = NULL;
        int steps = i == STOP ? 2 : 3; /* the head and the first part, in one transaction each */
        if (i == STOP || i == STOP_WITHIN) {
            options.stop = after;
            options.context = &steps;
        }
        options.chunk = i == STOP_WITHIN ? 5 : 0;
        assert_int_equal(hedui_store_write_begin(&writing, store, &head, &options, NULL), HEDUI_OK);
        assert_int_equal(part_write(writing, w, 4, 8, NULL), HEDUI_OK);
        if (i == FULL)
            assert_int_equal(sqlite3_exec(store->db, "PRAGMA max_page_count = 1", NULL, NULL, NULL),
                             SQLITE_OK);
        hedui_run_gap bad = {.rule = WORLD_RULES};
        uint32_t rule = w->flags[9].rule;
        hedui_span subject = w->flags[9].subject;
        hedui_status status = HEDUI_OK;
        w->flags[9].rule = i == INDEX ? WORLD_RULES : rule;
        if (i == FULL) /* something that needs room */
            w->flags[9].message = (hedui_span){calloc(1, 1 << 20), 1 << 20};
        if (i == TWICE)
            w->flags[9].household = 8;
        if (i == ORDER)
            status = part_write(writing, w, 0, 4, NULL);
        else if (i == SAME)
            status = part_write(writing, w, 7, 9, NULL);
        else if (i < GAP)
            status = part_write(writing, w, 8, 12, NULL);
        whole.gaps = i == GAP ? &bad : w->gaps;
        whole.gap_count = i == GAP;
        if (i == GAP)
            status = hedui_store_write_end(id, writing, &whole, NULL, 0, 5, NULL);
        if (status != want[i])
            fail_msg("case %d: E%d", i, (int)status);
        hedui_store_write_close(writing);
        if (i == FULL) {
            free((void *)(uintptr_t)w->flags[9].message.at);
            w->flags[9].message = w->flags[8].message;
            assert_int_equal(
                sqlite3_exec(store->db, "PRAGMA max_page_count = 1073741823", NULL, NULL, NULL),
                SQLITE_OK);
        }
        w->flags[9].rule = rule;
        w->flags[9].subject = subject;
        w->flags[9].household = 9;
        assert_string_equal(id, "untouched");
        assert_true(store->lock < 0);
        int64_t leftovers = -1;
        assert_int_equal(hedui_store_leftovers(&leftovers, store, NULL), HEDUI_OK);
        assert_int_equal(leftovers, 0);
        hedui_digest now = digest_of(store);
        if (memcmp(&before, &now, sizeof now) != 0)
            fail_msg("case %d left something", i);
        assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    }
    assert_int_equal(parts_write(id, store, w, 4, NULL), HEDUI_OK); /* the next run works */
    assert_string_equal(id, "R20140705-02");
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_do_not_depend_on_the_parts),
        cmocka_unit_test(a_part_reads_its_own_households_only),
        cmocka_unit_test(nothing_is_seen_before_the_end),
        cmocka_unit_test(a_part_that_fails_leaves_the_state_before),
    };
    return cmocka_run_group_tests_name("store/parts", tests, NULL, NULL);
}
