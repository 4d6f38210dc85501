/* Who was shown what whole and who decided what: kept with a name and a reason or not at all, and
 * never changed. */
#include "store_world.h"

#include <hedui/store_audit.h>
#include <hedui/store_confirmation.h>
#include <hedui/store_run.h>

#include <sqlite3.h>

static hedui_store_reveal request(const char *person, const char *reason, const char *file)
{
    return (hedui_store_reveal){.person = hedui_span_of(person),
                                .reason = hedui_span_of(reason),
                                .feed = hedui_span_of("vehicle"),
                                .file = hedui_span_of(file),
                                .digest = {{1, 2, 3}},
                                .line = 7,
                                .at = 1404550800};
}

static void only_a_name_and_a_reason_are_put_on_record(void **state)
{
    static const struct {
        const char *person, *reason, *file;
        hedui_status want;
        const char *what; /* of the entry */
    } cases[] = {
        {"", "核对", "veh-201406.csv.gz", HEDUI_E5020, NULL},
        {"李敏", "", "veh-201406.csv.gz", HEDUI_E5020, NULL},
        {" ", "核对", "veh-201406.csv.gz", HEDUI_E5020, NULL},
        {"李敏", "查110105194912310021", "veh-201406.csv.gz", HEDUI_E5047, NULL},
        {"110105491231002", "核对", "veh-201406.csv.gz", HEDUI_E5047, NULL},
        {"李敏", "核对", "veh-201406.csv.gz", HEDUI_OK, "vehicle veh-201406.csv.gz:7"},
        /* a file can have anybody's number for a name */
        {"李敏", "核对", "veh-110105194912310021.csv.gz", HEDUI_OK, "vehicle 0102030000000000:7"},
    };
    char *path = world_path();
    hedui_store *store = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    size_t kept = 0, count = 0;
    (void)state;
    assert_int_equal(hedui_store_open(&store, path, HEDUI_STORE_CREATE, NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_store_entry *list = NULL;
        hedui_store_reveal one = request(cases[i].person, cases[i].reason, cases[i].file);
        hedui_digest before, after;
        assert_int_equal(hedui_store_digest(&before, store, NULL), HEDUI_OK);
        hedui_status status = hedui_store_reveal_add(store, &one, NULL);
        assert_int_equal(hedui_store_digest(&after, store, NULL), HEDUI_OK);
        kept += status == HEDUI_OK;
        assert_int_equal(hedui_store_entry_list(&list, &count, store, arena, NULL), HEDUI_OK);
        if (status != cases[i].want || count != kept ||
            (memcmp(&before, &after, sizeof before) != 0) != (status == HEDUI_OK))
            fail_msg("case %zu: E%d, %zu kept", i, (int)status, count);
        if (cases[i].what && (!hedui_span_is(list[0].what, cases[i].what) ||
                              !hedui_span_is(list[0].kind, "reveal") || list[0].at != one.at ||
                              !hedui_span_is(list[0].person, cases[i].person) ||
                              !hedui_span_is(list[0].reason, cases[i].reason)))
            fail_msg("case %zu: %.*s", i, (int)list[0].what.length, list[0].what.at);
    }
    hedui_store_close(store);
    hedui_arena_close(arena);
    world_remove(path);
}

/* Every decision is listed with its words: none is taken with somebody's number in them. */
static void no_decision_is_recorded_with_a_whole_number(void **state)
{
    static const struct {
        const char *person, *reason;
        hedui_status want;
    } cases[] = {
        {"王主任", "户主110105194912310021已核实", HEDUI_E5047},
        {"110105491231002", "已核实", HEDUI_E5047},
        {" ", "已核实", HEDUI_E5020},
        {"王主任", "\t", HEDUI_E5020},
        {"王主任", "已核实", HEDUI_OK},
    };
    char *path = world_path(), id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_store_entry *list = NULL;
    size_t count = 0;
    world *w = world_make(1);
    (void)state;
    w->r.held = 1;
    world_write(id, store, w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_span person = hedui_span_of(cases[i].person),
                         reason = hedui_span_of(cases[i].reason), run = hedui_span_of(id);
        const hedui_store_confirmation seen = {.event = hedui_span_of("confirmed"),
                                               .pack = hedui_span_of("p"),
                                               .document = hedui_span_of("d"),
                                               .title = hedui_span_of("t"),
                                               .person = person,
                                               .reason = reason};
        hedui_status got[] = {hedui_store_run_publish(store, run, person, reason, INT64_MIN, NULL),
                              hedui_store_run_withdraw(store, run, person, reason, INT64_MIN, NULL),
                              hedui_store_confirm(store, &seen, NULL, 0, NULL)};
        for (size_t k = 0; k < sizeof got / sizeof *got; k++)
            if (got[k] != cases[i].want)
                fail_msg("case %zu, decision %zu: E%d", i, k, (int)got[k]);
        assert_int_equal(hedui_store_entry_list(&list, &count, store, arena, NULL), HEDUI_OK);
        assert_int_equal(count, cases[i].want ? 0 : 3);
    }
    free(w);
    hedui_store_close(store);
    hedui_arena_close(arena);
    world_remove(path);
}

static void nothing_on_record_is_changed(void **state)
{
    static const char *const forgeries[] = {
        "UPDATE reveal SET person = 'x'", "DELETE FROM reveal",
        ("INSERT INTO reveal (person, reason, feed, file, digest, line) "
         "VALUES ('', 'x', 'f', 'f', zeroblob(32), 1)")};
    char *path = world_path();
    hedui_store *store = NULL;
    sqlite3 *db = NULL;
    (void)state;
    assert_int_equal(hedui_store_open(&store, path, HEDUI_STORE_CREATE, NULL), HEDUI_OK);
    hedui_store_reveal one = request("李敏", "核对", "veh-201406.csv.gz");
    assert_int_equal(hedui_store_reveal_add(store, &one, NULL), HEDUI_OK);
    hedui_store_close(store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++)
        if (sqlite3_exec(db, forgeries[i], NULL, NULL, NULL) != SQLITE_CONSTRAINT)
            fail_msg("%s", forgeries[i]);
    (void)sqlite3_close(db);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_name_and_a_reason_are_put_on_record),
        cmocka_unit_test(no_decision_is_recorded_with_a_whole_number),
        cmocka_unit_test(nothing_on_record_is_changed),
    };
    return cmocka_run_group_tests_name("store/audit", tests, NULL, NULL);
}
