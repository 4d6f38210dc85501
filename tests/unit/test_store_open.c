/* Opening: what is refused and by which number; the lock; a full disk; damage; backup. */
#include "store_world.h"

#include "store/sql.h"

#include <hedui/file.h>
#include <hedui/message.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void run_sql(const char *path, const char *text)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(db));
    (void)sqlite3_close(db);
}

static hedui_status try_open(const char *path, hedui_store_mode mode)
{
    hedui_store *store = NULL;
    hedui_status status = hedui_store_open(&store, path, mode, NULL);
    assert_true((store != NULL) == (status == HEDUI_OK));
    hedui_store_close(store);
    return status;
}

static void every_statement_can_be_prepared(void **state)
{
    char *path = world_path();
    hedui_store *store = world_open(path);
    const char *failing = "";
    hedui_err err;
    (void)state;
    hedui_err_init(&err);
    if (hedui_sql_prepare_all(&failing, store, &err) != HEDUI_OK)
        fail_msg("%s: %s", failing, err.text);
    assert_true(store->statement_count > 60);
    hedui_store_close(store);
    world_remove(path);
}

static void the_files_are_the_owners_alone(void **state)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
    char *path = world_path(), other[80];
    char id[HEDUI_STORE_RUN_ID];
    mode_t before = umask(0);
    hedui_store *store = world_open(path);
    world *w = world_make(2);
    struct stat info;
    (void)state;
    world_write(id, store, w);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        (void)snprintf(other, sizeof other, "%s%s", path, suffixes[i]);
        assert_int_equal(stat(other, &info), 0);
        if ((info.st_mode & 0777) != 0600)
            fail_msg("%s has mode %o", suffixes[i], info.st_mode & 0777);
    }
    (void)umask(before);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

static void refuses_what_is_not_for_it(void **state)
{
    enum { MISSING, FOREIGN, TEXT, NEWER, FOLDER, LINK, CASES };
    static const hedui_status want[CASES] = {HEDUI_E5001, HEDUI_E5003, HEDUI_E5003,
                                             HEDUI_E5002, HEDUI_E5001, HEDUI_E5001};
    (void)state;
    for (int i = 0; i < CASES; i++) {
        char *path = world_path();
        if (i == FOREIGN)
            run_sql(path, "CREATE TABLE x (y)");
        if (i == NEWER) {
            hedui_store_close(world_open(path));
            run_sql(path, "PRAGMA user_version = 99");
        }
        if (i == TEXT) {
            FILE *file = fopen(path, "w");
            assert_non_null(file);
            for (int n = 0; n < 2000; n++)
                assert_true(fprintf(file, "not a database\n") > 0);
            (void)fclose(file);
        }
        if (i == FOLDER)
            assert_int_equal(mkdir(path, 0700), 0);
        if (i == LINK)
            assert_int_equal(symlink("/nowhere/at/all", path), 0);
        hedui_status status =
            try_open(path, i == MISSING ? HEDUI_STORE_EXISTING : HEDUI_STORE_CREATE);
        if (status != want[i])
            fail_msg("case %d: E%d", i, (int)status);
        assert_int_equal(hedui_message_exit(status), 6);
        (void)rmdir(path);
        world_remove(path);
    }
}

static void empty_then_opened(hedui_store_mode mode)
{
    char *path = world_path();
    int64_t found = -1, known = -1;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fclose(file);
    assert_int_equal(hedui_store_schema(&found, &known, path, NULL), HEDUI_OK);
    assert_int_equal(found, 0);
    assert_int_equal(known, HEDUI_STORE_SCHEMA);
    assert_int_equal(try_open(path, mode), HEDUI_OK);
    assert_int_equal(hedui_store_schema(&found, &known, path, NULL), HEDUI_OK);
    assert_int_equal(found, HEDUI_STORE_SCHEMA);
    world_remove(path);
}

/* What a first run leaves that was struck before its schema stood. */
static void an_empty_database_is_brought_to_the_schema(void **state)
{
    (void)state;
    empty_then_opened(HEDUI_STORE_EXISTING);
    empty_then_opened(HEDUI_STORE_CREATE);
    empty_then_opened(HEDUI_STORE_MIGRATE);
}

/* The schema of an older program, as its own scripts made it, with a row in it. */
static void make_schema(const char *path, int version, hedui_arena *arena)
{
    char next[40];
    hedui_span text;
    (void)snprintf(next, sizeof next, "-- script: migration_%d", version + 1);
    assert_int_equal(hedui_file_read(&text, HEDUI_SOURCE_DIR "/engine/store/migrations.sql",
                                     1 << 20, arena, NULL),
                     HEDUI_OK);
    char *script = strdup(text.at), *end = strstr(script, next);
    assert_non_null(end);
    *end = '\0';
    run_sql(path, script);
    free(script);
    run_sql(path, "INSERT INTO rule (record, pack, id, title, basis, ask, clears, category, effect,"
                  "severity, digest) VALUES (zeroblob(32), 'p', 'R-1', '', '', '', '', 0, 'review',"
                  "'low', zeroblob(32))");
}

static void an_older_database_is_migrated_when_asked_and_keeps_its_rows(void **state)
{
    (void)state;
    for (int version = 1; version < HEDUI_STORE_SCHEMA; version++) {
        char *path = world_path();
        hedui_arena *arena = hedui_arena_open(0);
        int64_t found = -1, known = -1;
        make_schema(path, version, arena);
        assert_int_equal(hedui_store_schema(&found, &known, path, NULL), HEDUI_OK);
        assert_int_equal(found, version);
        assert_int_equal(try_open(path, HEDUI_STORE_EXISTING), HEDUI_E5017);
        assert_int_equal(try_open(path, HEDUI_STORE_CREATE), HEDUI_E5017);
        assert_int_equal(try_open(path, HEDUI_STORE_MIGRATE), HEDUI_OK);
        assert_int_equal(try_open(path, HEDUI_STORE_EXISTING), HEDUI_OK);
        run_sql(path, "CREATE TEMP TABLE must (one INTEGER CHECK (one = 1)); INSERT INTO must "
                      "SELECT count(*) FROM rule WHERE id = 'R-1' AND shown = 'everywhere'");
        hedui_arena_close(arena);
        world_remove(path);
    }
}

static int insert_code(sqlite3 *db, const char *insert, int number, const char *code)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, insert, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_int(statement, 1, number), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(statement, 2, code, -1, SQLITE_STATIC), SQLITE_OK);
    int told = sqlite3_step(statement);
    (void)sqlite3_finalize(statement);
    return told;
}

/* The codes of three tables are compared one after another, in a database of before as in a new
 * one: each of them passes, whatever else is refused. */
static void codes_are_checked_without_lists(void **state)
{
    static const struct {
        const char *table, *insert;
        const char *codes[7];
    } cases[] = {
        {"household_version",
         "INSERT INTO household_version (household, run, record, area_code, area_name, town_code, "
         "town_name, head_name, programme, urban_rural, status, members, counted, state, flags, "
         "unanswered) VALUES (?1, 1, zeroblob(32), '', '', '', '', '', '', '', '', 1, 1, ?2, 0, 0)",
         {"flagged", "clear", "unchecked", "out_of_scope", "absent"}},
        {"flag_event",
         "INSERT INTO flag_event (flag, run, version, why, kind) VALUES (?1, 1, 1, '', ?2)",
         {"new", "changed", "restated", "resumed", "not_checked", "gone"}},
        {"evidence",
         "INSERT INTO evidence (version, n, delivery, line, offset, length, row_key, person, "
         "match, content) VALUES (1, ?1, 1, 1, 1, 1, '', '', ?2, zeroblob(32))",
         {"id_name", "id_only", "name_differs", "upgraded"}},
    };
    static const char *const others[] = {"", "Gone", "other"};
    (void)state;
    for (int version = 12; version <= HEDUI_STORE_SCHEMA; version++) {
        char *path = world_path(), text[600];
        hedui_arena *arena = hedui_arena_open(0);
        sqlite3 *db = NULL;
        if (version < HEDUI_STORE_SCHEMA) {
            make_schema(path, version, arena);
            assert_int_equal(try_open(path, HEDUI_STORE_MIGRATE), HEDUI_OK);
        } else {
            hedui_store_close(world_open(path));
        }
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK); /* foreign keys are not asked for */
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            (void)snprintf(
                text, sizeof text,
                "CREATE TEMP TABLE must%zu (one INTEGER CHECK (one = 1)); INSERT INTO "
                "must%zu SELECT sql NOT LIKE '%% IN (%%, %%, %%' FROM main.sqlite_schema "
                "WHERE name = '%s'",
                i, i, cases[i].table);
            assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
            int n = 0;
            for (; cases[i].codes[n]; n++)
                if (insert_code(db, cases[i].insert, n, cases[i].codes[n]) != SQLITE_DONE)
                    fail_msg("%s: %s", cases[i].codes[n], sqlite3_errmsg(db));
            for (size_t k = 0; k < sizeof others / sizeof *others; k++)
                if (insert_code(db, cases[i].insert, n, others[k]) != SQLITE_CONSTRAINT)
                    fail_msg("%s takes '%s'", cases[i].table, others[k]);
        }
        (void)sqlite3_close(db);
        hedui_arena_close(arena);
        world_remove(path);
    }
}

static void knows_network_file_systems(void **state)
{
    static const struct {
        int64_t type;
        int network;
    } cases[] = {
        {0x6969, 1},              /* NFS */
        {0xFF534D42, 1},          /* CIFS */
        {(int32_t)0xFF534D42, 1}, /* the same on a machine where f_type is signed and narrow */
        {0xEF53, 0},              /* ext4 */
        {0x58465342, 0},          /* XFS */
        {0x01021994, 0},          /* tmpfs */
        {0x794C7630, 0},          /* overlay */
        {0x9123683E, 0},          /* btrfs */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (hedui_store_is_network(cases[i].type) != cases[i].network)
            fail_msg("case %zu", i);
}

static void one_run_at_a_time(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *first = world_open(path), *second = world_open(path);
    world *w = world_make(2);
    (void)state;
    assert_int_equal(hedui_store_lock(first, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_lock(first, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_lock(second, NULL), HEDUI_E5005);
    assert_int_equal(hedui_message_exit(HEDUI_E5005), 7);
    assert_int_equal(hedui_store_write(id, second, &w->r, &w->options, NULL), HEDUI_E5005);
    hedui_store_close(world_open(path)); /* reading goes on */
    hedui_store_unlock(first);
    world_write(id, second, w);
    assert_int_equal(hedui_store_lock(first, NULL), HEDUI_OK);
    free(w);
    hedui_store_close(first);
    hedui_store_close(second);
    world_remove(path);
}

static void a_busy_database_is_told_as_busy(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    world *w = world_make(2);
    sqlite3 *other = NULL;
    (void)state;
    (void)sqlite3_busy_timeout(store->db, 50);
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(hedui_store_write(id, store, &w->r, &w->options, NULL), HEDUI_E5006);
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    (void)sqlite3_close(other);
    world_write(id, store, w);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

/* No file may grow beyond a limit: from one that stops the log's index to enough. */
static void a_full_disk_changes_nothing(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_digest before, now;
    int failures = 0, ended = 0;
    (void)state;
    world *w = world_make(30);
    for (uint32_t i = 0; i < 20; i++)
        (void)world_flag(w, i, VEH, "a", (uint8_t)i);
    world_write(id, store, w);
    for (uint32_t i = 0; i < 20; i++)
        w->flags[i].content = world_digest(0xC1, (uint8_t)i);
    assert_int_equal(hedui_store_digest(&before, store, NULL), HEDUI_OK);
    hedui_store_close(store);
    for (rlim_t room = 4096; !ended; room += 8192) {
        pid_t child = fork();
        if (child == 0) {
            struct rlimit limit = {room, RLIM_INFINITY};
            hedui_store *mine = NULL;
            hedui_status status;
            (void)signal(SIGXFSZ, SIG_IGN);
            (void)setrlimit(RLIMIT_FSIZE, &limit);
            status = hedui_store_open(&mine, path, HEDUI_STORE_EXISTING, NULL);
            w->options.chunk = 5;
            if (!status)
                status = hedui_store_write(id, mine, &w->r, &w->options, NULL);
            hedui_store_close(mine);
            _exit(status == HEDUI_OK ? 0 : status == HEDUI_E5007 ? 6 : 1);
        }
        int code = 0;
        assert_int_equal(waitpid(child, &code, 0), child);
        ended = WEXITSTATUS(code) == 0;
        failures += !ended;
        assert_true(WIFEXITED(code));
        if (!ended)
            assert_int_equal(WEXITSTATUS(code), 6);
        store = world_open(path);
        assert_int_equal(hedui_store_digest(&now, store, NULL), HEDUI_OK);
        if (!ended)
            assert_memory_equal(&before, &now, sizeof now);
        assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
        hedui_store_close(store);
    }
    assert_true(failures > 5);
    assert_memory_not_equal(&before, &now, sizeof now);
    free(w);
    world_remove(path);
}

static void damage_is_told_and_not_used(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    world *w = world_make(30);
    unsigned char size[2]; /* of a page, in the file's header */
    int told = 0;
    (void)state;
    for (uint32_t i = 0; i < 20; i++)
        (void)world_flag(w, i, VEH, "a", (uint8_t)i);
    world_write(id, store, w);
    hedui_store_close(store);
    int fd = open(path, O_RDWR);
    struct stat info;
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &info), 0);
    assert_int_equal(pread(fd, size, sizeof size, 16), sizeof size);
    assert_true(size[0] > 0);
    for (off_t at = 0; at < info.st_size; at += size[0] * 256) {
        unsigned char page[64], broken[64];
        assert_int_equal(pread(fd, page, sizeof page, at), sizeof page);
        memset(broken, 0xA5, sizeof broken);
        assert_int_equal(pwrite(fd, broken, sizeof broken, at), sizeof broken);
        hedui_store *damaged = NULL;
        hedui_status status = hedui_store_open(&damaged, path, HEDUI_STORE_EXISTING, NULL);
        if (!status)
            status = hedui_store_check(damaged, NULL);
        hedui_store_close(damaged);
        if (status == HEDUI_OK)
            fail_msg("page at %lld: damage passed", (long long)at);
        told++;
        assert_int_equal(pwrite(fd, page, sizeof page, at), sizeof page);
    }
    assert_true(told > 20);
    (void)close(fd);
    store = world_open(path);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

static void the_check_finds_sums_that_were_tampered_with(void **state)
{
    static const char *const tampers[] = {
        "UPDATE run SET flags_new = flags_new - 1, flags_continuing = flags_continuing + 1",
        "UPDATE run SET flagged = flagged + 1, clear = clear - 1",
        "DELETE FROM reject WHERE n = 1",
        "DELETE FROM flag_event",
        "UPDATE household_version SET state = 'clear' WHERE state = 'flagged'",
        "PRAGMA foreign_keys = OFF; DELETE FROM flag_version",
    };
    (void)state;
    for (size_t i = 0; i < sizeof tampers / sizeof *tampers; i++) {
        char *path = world_path();
        char id[HEDUI_STORE_RUN_ID];
        hedui_store *store = world_open(path);
        world *w = world_make(4);
        (void)world_flag(w, 0, VEH, "a", 1);
        world_write(id, store, w);
        assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
        run_sql(path, tampers[i]);
        hedui_status status = hedui_store_check(store, NULL);
        if (status != HEDUI_E5021)
            fail_msg("case %zu: E%d", i, (int)status);
        assert_int_equal(hedui_message_exit(status), 8);
        free(w);
        hedui_store_close(store);
        world_remove(path);
    }
}

static void a_backup_says_the_same(void **state)
{
    char *path = world_path(), copy[80];
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_digest a, b;
    struct stat info;
    world *w = world_make(10);
    (void)state;
    (void)world_flag(w, 3, VEH, "a", 1);
    world_write(id, store, w);
    (void)snprintf(copy, sizeof copy, "%s.bak", path);
    assert_int_equal(hedui_store_backup(store, copy, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_backup(store, copy, NULL), HEDUI_E5022);
    assert_int_equal(stat(copy, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    hedui_store *restored = world_open(copy);
    assert_int_equal(hedui_store_digest(&a, store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_digest(&b, restored, NULL), HEDUI_OK);
    assert_memory_equal(&a, &b, sizeof a);
    hedui_store_close(restored);
    (void)snprintf(copy, sizeof copy, "%s.bak-wal", path);
    (void)unlink(copy);
    (void)snprintf(copy, sizeof copy, "%s.bak-shm", path);
    (void)unlink(copy);
    free(w);
    hedui_store_close(store);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_can_be_prepared),
        cmocka_unit_test(the_files_are_the_owners_alone),
        cmocka_unit_test(refuses_what_is_not_for_it),
        cmocka_unit_test(an_empty_database_is_brought_to_the_schema),
        cmocka_unit_test(an_older_database_is_migrated_when_asked_and_keeps_its_rows),
        cmocka_unit_test(codes_are_checked_without_lists),
        cmocka_unit_test(knows_network_file_systems),
        cmocka_unit_test(one_run_at_a_time),
        cmocka_unit_test(a_busy_database_is_told_as_busy),
        cmocka_unit_test(a_full_disk_changes_nothing),
        cmocka_unit_test(damage_is_told_and_not_used),
        cmocka_unit_test(the_check_finds_sums_that_were_tampered_with),
        cmocka_unit_test(a_backup_says_the_same),
    };
    return cmocka_run_group_tests_name("store/open", tests, NULL, NULL);
}
