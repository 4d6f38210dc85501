/* told and told_once against the same by group_concat over sorted groups, for random rows. */
#include "store_world.h"

enum { ROWS = 60, ROUNDS = 60 };

static uint32_t draw(uint32_t *seed, uint32_t bound)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % bound;
}

static void run(hedui_store *store, const char *statement)
{
    if (sqlite3_exec(store->db, statement, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", statement, sqlite3_errmsg(store->db));
}

static void same(hedui_store *store, const char *question)
{
    sqlite3_stmt *row = NULL;
    int rows = 0;
    if (sqlite3_prepare_v2(store->db, question, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", question, sqlite3_errmsg(store->db));
    while (sqlite3_step(row) == SQLITE_ROW) {
        const char *got = (const char *)sqlite3_column_text(row, 0);
        const char *want = (const char *)sqlite3_column_text(row, 1);
        assert_non_null(got);
        assert_non_null(want);
        assert_string_equal(got, want);
        rows++;
    }
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    assert_true(rows > 0);
}

static void fill(hedui_store *store, uint32_t *seed)
{
    static const char *const pieces[] = {"'一'", "'二三'", "''",
                                         "'第七百行，很长的一段文字，以便加长'"};
    char statement[256];
    uint32_t run_of = 0;
    run(store, "DELETE FROM temp.t");
    for (int i = 0; i < ROWS; i++) {
        uint32_t key = draw(seed, 3) ? run_of : draw(seed, 6);
        run_of = key;
        (void)snprintf(statement, sizeof statement,
                       "INSERT INTO temp.t VALUES (%u, %d, %u, '来源%u', %s, '，截至%u')",
                       draw(seed, 4), i, key, key, pieces[draw(seed, 4)], key);
        run(store, statement);
    }
}

static void rows_are_told_by_key_in_the_order_of_their_first(void **state)
{
    uint32_t seed = 20141122;
    char *path = world_path();
    hedui_store *store = world_open(path);
    (void)state;
    run(store, "CREATE TEMP TABLE t (g INTEGER, n INTEGER, key INTEGER, head TEXT, piece TEXT,"
               " tail TEXT, PRIMARY KEY (g, n)) WITHOUT ROWID");
    for (int i = 0; i < ROUNDS; i++) {
        fill(store, &seed);
        same(store,
             "WITH part AS (SELECT g, key, min(n) AS n, head || group_concat(piece, '、') || tail"
             "    AS words FROM (SELECT * FROM t ORDER BY g, n) GROUP BY g, key),"
             "want AS (SELECT g, group_concat(words, '；') AS words"
             "    FROM (SELECT * FROM part ORDER BY g, n) GROUP BY g),"
             "got AS (SELECT g, told(key, head, piece, tail, '；') AS words FROM t GROUP BY g)"
             "SELECT got.words, want.words FROM want LEFT JOIN got ON got.g = want.g");
        same(store,
             "WITH once AS (SELECT g, key, piece, min(n) AS n FROM t GROUP BY g, key, piece),"
             "part AS (SELECT g, key, min(n) AS n, group_concat(piece, '、') AS words"
             "    FROM (SELECT * FROM once ORDER BY g, n) GROUP BY g, key),"
             "want AS (SELECT g, group_concat(words, char(10)) AS words"
             "    FROM (SELECT * FROM part ORDER BY g, n) GROUP BY g),"
             "got AS (SELECT g, told_once(key, NULL, piece, NULL, char(10)) AS words FROM t"
             "    GROUP BY g)"
             "SELECT got.words, want.words FROM want LEFT JOIN got ON got.g = want.g");
    }
    same(store, "SELECT told(1, 'a', NULL, 'b', '；'), 'ab'");
    same(store, "SELECT told(1, NULL, NULL, NULL, NULL), ''");
    same(store, "SELECT coalesce(told(key, head, piece, tail, '；'), '无'), '无' FROM t WHERE 0");
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_told_by_key_in_the_order_of_their_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
