/* The disk and the memory fail at every operation of a run's writing, one after another. Afterwards
 * the store says what it said before or what the run says, never anything between; and a run that
 * reported success is there.
 *
 * SQLite's file methods are replaced by some that count and fail; so is its allocator. */
#include "store_parts.h"

#include "store/query_lists.h"

#include <hedui/message.h>

#include <sqlite3.h>

typedef enum fault { WRITE_FULL, WRITE_BROKEN, SYNC_BROKEN, READ_BROKEN, NO_MEMORY, FAULTS } fault;

/* What fails, when, and whether everything after it fails too. Test state, hence not const. */
static struct {
    fault kind;
    int armed, count, at, sticky;
    const sqlite3_io_methods *real;
    sqlite3_io_methods patched[2]; /* of databases, which share memory, and of other files */
    sqlite3_vfs *real_vfs, vfs;
    sqlite3_mem_methods real_memory;
} rig;

static int strikes(fault kind)
{
    if (!rig.armed || kind != rig.kind)
        return 0;
    rig.count++;
    return rig.sticky ? rig.count >= rig.at : rig.count == rig.at;
}

static int faulty_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at)
{
    if (strikes(WRITE_FULL))
        return SQLITE_FULL;
    if (strikes(WRITE_BROKEN)) {
        (void)rig.real->xWrite(file, bytes, length / 2, at); /* half of it arrived */
        return SQLITE_IOERR_WRITE;
    }
    return rig.real->xWrite(file, bytes, length, at);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
    return strikes(SYNC_BROKEN) ? SQLITE_IOERR_FSYNC : rig.real->xSync(file, flags);
}

static int faulty_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at)
{
    return strikes(READ_BROKEN) ? SQLITE_IOERR_READ : rig.real->xRead(file, bytes, length, at);
}

static int faulty_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                       int *out)
{
    (void)vfs;
    int code = rig.real_vfs->xOpen(rig.real_vfs, name, file, flags, out);
    if (code != SQLITE_OK || !file->pMethods)
        return code;
    sqlite3_io_methods *patched = &rig.patched[(flags & SQLITE_OPEN_MAIN_DB) == 0];
    rig.real = file->pMethods; /* reads, writes and syncs are the same in both */
    *patched = *file->pMethods;
    patched->xWrite = faulty_write;
    patched->xSync = faulty_sync;
    patched->xRead = faulty_read;
    file->pMethods = patched;
    return code;
}

static void *faulty_malloc(int size)
{
    return strikes(NO_MEMORY) ? NULL : rig.real_memory.xMalloc(size);
}

static void *faulty_realloc(void *at, int size)
{
    return strikes(NO_MEMORY) ? NULL : rig.real_memory.xRealloc(at, size);
}

static int set_up(void **state)
{
    sqlite3_mem_methods faulty;
    (void)state;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &rig.real_memory) != SQLITE_OK)
        return -1;
    faulty = rig.real_memory;
    faulty.xMalloc = faulty_malloc;
    faulty.xRealloc = faulty_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty) != SQLITE_OK ||
        sqlite3_initialize() != SQLITE_OK)
        return -1;
    rig.real_vfs = sqlite3_vfs_find(NULL);
    rig.vfs = *rig.real_vfs;
    rig.vfs.zName = "faulty";
    rig.vfs.xOpen = faulty_open;
    return sqlite3_vfs_register(&rig.vfs, 1) == SQLITE_OK ? 0 : -1;
}

static void copy_file(const char *from, const char *to)
{
    char bytes[4096];
    size_t length;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((length = fread(bytes, 1, sizeof bytes, in)) > 0)
        assert_int_equal(fwrite(bytes, 1, length, out), length);
    (void)fclose(in);
    (void)fclose(out);
}

static void restore(const char *path, const char *saved)
{
    char other[80];
    (void)snprintf(other, sizeof other, "%s-wal", path);
    (void)unlink(other);
    (void)snprintf(other, sizeof other, "%s-shm", path);
    (void)unlink(other);
    copy_file(saved, path);
}

static hedui_digest digest_of(const char *path)
{
    hedui_digest digest;
    hedui_store *store = world_open(path);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_digest(&digest, store, NULL), HEDUI_OK);
    hedui_store_close(store);
    return digest;
}

/* What is written, told whether it says that it succeeded. */
typedef hedui_status attempt(const char *path, const world *w);

/* Open, write, close under the fault. Opening counts too. `part`: households a part; 0: at once. */
static hedui_status try_write(const char *path, const world *w, uint32_t part)
{
    char id[HEDUI_STORE_RUN_ID] = "untouched";
    hedui_store *store = NULL;
    rig.count = 0;
    rig.armed = 1;
    hedui_status status = hedui_store_open(&store, path, HEDUI_STORE_EXISTING, NULL);
    if (!status)
        status = part ? parts_write(id, store, w, part, NULL)
                      : hedui_store_write(id, store, &w->r, &w->options, NULL);
    hedui_store_close(store);
    rig.armed = 0;
    assert_true((status == HEDUI_OK) == (strcmp(id, "untouched") != 0));
    return status;
}

static hedui_status try_run(const char *path, const world *w)
{
    return try_write(path, w, 0);
}

static hedui_status try_parts(const char *path, const world *w)
{
    return try_write(path, w, 1);
}

static hedui_query_record query_list(const world *w)
{
    static const hedui_citizen_id asked[] = {65900019620304101u, 65900019650711202u};
    static const hedui_query_omission omitted[] = {
        {HEDUI_SPAN("H1"), HEDUI_SPAN("赵明"), 65900019900101303u, "expired"}};
    return (hedui_query_record){.id = HEDUI_SPAN("Q20140705-01"),
                                .feed = HEDUI_SPAN("bank_balance"),
                                .title = HEDUI_SPAN("银行存款余额"),
                                .person = HEDUI_SPAN("李敏"),
                                .file = HEDUI_SPAN("bank_balance-Q20140705-01.csv"),
                                .day = w->r.as_of,
                                .answer_by = INT32_MAX,
                                .sequence = 1,
                                .at = INT64_MIN,
                                .households = world_digest(1, 1),
                                .members = world_digest(1, 2),
                                .content = world_digest(1, 3),
                                .asked = asked,
                                .asked_count = 2,
                                .entries = 2,
                                .omitted = omitted,
                                .omitted_count = 1};
}

static hedui_status try_query(const char *path, const world *w)
{
    hedui_query_record record = query_list(w);
    hedui_store *store = NULL;
    rig.count = 0;
    rig.armed = 1;
    hedui_status status = hedui_store_open(&store, path, HEDUI_STORE_EXISTING, NULL);
    if (!status)
        status = hedui_store_query_write(store, &record, NULL);
    hedui_store_close(store);
    rig.armed = 0;
    return status;
}

static int is_told_rightly(fault kind, hedui_status status)
{
    static const hedui_status want[FAULTS] = {HEDUI_E5007, HEDUI_E5008, HEDUI_E5008, HEDUI_E5008,
                                              HEDUI_E1001};
    /* memory that runs out while the lock's shared memory is set up is told as a broken disk, and
     * a disk that breaks while a log is recovered may be told as one that cannot be opened */
    return status == want[kind] || hedui_message_exit(status) == 6;
}

static void sweep(attempt *try, const char *path, const char *saved, const world *w,
                  hedui_digest before, hedui_digest after)
{
    for (int kind = 0; kind < FAULTS; kind++) {
        int struck = 0, step = kind == NO_MEMORY ? 61 : kind == READ_BROKEN ? 3 : 1;
        rig.kind = (fault)kind;
        for (rig.at = 1;; rig.at += step) {
            rig.sticky = rig.at % 2;
            restore(path, saved);
            hedui_status status = try(path, w);
            int reached = rig.count >= rig.at;
            struck += reached;
            hedui_digest now = digest_of(path);
            int is_after = memcmp(&now, &after, sizeof now) == 0;
            int is_before = memcmp(&now, &before, sizeof now) == 0;
            if (!is_after && !is_before)
                fail_msg("fault %d at %d: neither before nor after", kind, rig.at);
            if (!status && !is_after)
                fail_msg("fault %d at %d: success was reported, the run is not there", kind,
                         rig.at);
            if (status && !is_told_rightly((fault)kind, status))
                fail_msg("fault %d at %d: E%d", kind, rig.at, (int)status);
            if (!reached)
                break;
        }
        assert_true(struck > (kind == SYNC_BROKEN ? 3 : 8) / (try == try_query ? 3 : 1));
    }
}

/* A night after another one, at once or in parts: the same rows come of both. */
static void the_state_is_before_or_after_whatever_fails(void **state)
{
    attempt *const attempts[] = {try_run, try_parts};
    hedui_digest once = {{0}};
    char *path = world_path();
    char saved[80], id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    world *w = world_make(3);
    (void)state;
    (void)world_flag(w, 0, VEH, "a", 1);
    world_write(id, store, w);
    w->flags[0].content = world_digest(0xC1, 1);
    world_cause(w, 2, VEH, HEDUI_RUN_EMPTY_FIELD);
    w->options.chunk = 2;
    assert_int_equal(hedui_store_receive(store, &w->r, NULL), HEDUI_OK);
    hedui_store_close(store);
    (void)snprintf(saved, sizeof saved, "%s.bak", path);
    copy_file(path, saved);
    hedui_digest before = digest_of(path);
    for (int i = 0; i < 2; i++) {
        restore(path, saved);
        rig.at = INT32_MAX; /* nothing strikes */
        assert_int_equal(attempts[i](path, w), HEDUI_OK);
        hedui_digest after = digest_of(path);
        assert_memory_not_equal(&before, &after, sizeof after);
        once = i == 0 ? after : once;
        assert_memory_equal(&once, &after, sizeof after);
        sweep(attempts[i], path, saved, w, before, after);
    }
    free(w);
    world_remove(path);
}

static void a_query_list_is_kept_whole_or_not_at_all(void **state)
{
    char *path = world_path();
    char saved[80];
    hedui_store *store = world_open(path);
    world *w = world_make(3);
    (void)state;
    hedui_store_close(store);
    (void)snprintf(saved, sizeof saved, "%s.bak", path);
    copy_file(path, saved);
    hedui_digest before = digest_of(path);
    assert_int_equal(try_query(path, w), HEDUI_OK);
    hedui_digest after = digest_of(path);
    assert_memory_not_equal(&before, &after, sizeof after);
    sweep(try_query, path, saved, w, before, after);
    free(w);
    world_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_is_before_or_after_whatever_fails),
        cmocka_unit_test(a_query_list_is_kept_whole_or_not_at_all),
    };
    return cmocka_run_group_tests_name("store/faults", tests, set_up, NULL);
}
