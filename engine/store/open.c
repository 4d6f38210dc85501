/* Opening: the file and its folder, the connection's settings, the schema. */
#include "store/rows.h"

#include <hedui/file.h>
#include <hedui/label.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

int hedui_store_is_network(int64_t type)
{
    static const int64_t types[] = {
        0x6969,                 /* NFS */
        0x517B,     0xFF534D42, /* SMB, CIFS */
        0xFE534D42,             /* SMB2 */
        0x65735546,             /* FUSE: sshfs and the like */
        0x01021997,             /* 9P */
        0x00C36400,             /* Ceph */
        0x5346414F, 0x6B414653, /* AFS */
        0x73757245,             /* Coda */
        0x564C,                 /* NCP */
        0x0BD00BD0, 0x47504653, /* Lustre, GPFS */
        0x01161970, 0x7461636F, /* GFS2, OCFS2 */
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if ((type & 0xFFFFFFFF) == types[i])
            return 1;
    return 0;
}

static hedui_status open_error(hedui_err *err, const char *path, int error)
{
    return hedui_fail(err, HEDUI_E5001, hedui_place_none(), HEDUI_ARG_TEXT(path),
                      HEDUI_ARG_ERRNO(error));
}

static hedui_status folder_of(const char **folder, const char *path, hedui_arena *arena,
                              hedui_err *err)
{
    const char *slash = strrchr(path, '/');
    hedui_span span = hedui_span_of(slash ? path : ".");
    if (slash)
        span.length = slash == path ? 1 : (size_t)(slash - path);
    hedui_span copy = hedui_arena_copy(arena, span);
    if (!copy.at)
        return hedui_fail_memory(err);
    *folder = copy.at;
    return HEDUI_OK;
}

/* An entry made in a folder is durable only when the folder is. */
static int sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = fsync(fd);
    (void)close(fd);
    return result;
}

hedui_status hedui_store_is_local(const char *path, hedui_err *err)
{
    struct statfs where;
    const char *folder = NULL;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_status status = arena ? folder_of(&folder, path, arena, err) : hedui_fail_memory(err);
    if (!status && statfs(folder, &where) != 0)
        status = open_error(err, path, errno);
    else if (!status && hedui_store_is_network((int64_t)where.f_type))
        status = hedui_fail(err, HEDUI_E5004, hedui_place_none(), HEDUI_ARG_TEXT(folder));
    hedui_arena_close(arena);
    return status;
}

/* The file is there afterwards, readable by its owner alone; SQLite gives its companions (-wal,
 * -shm) the same mode. */
static hedui_status prepare_file(const char *path, hedui_store_mode mode, hedui_arena *arena,
                                 hedui_err *err)
{
    const char *folder = NULL;
    struct stat info;
    hedui_status status = folder_of(&folder, path, arena, err);
    if (!status)
        status = hedui_store_is_local(path, err);
    if (status)
        return status;
    int create = mode == HEDUI_STORE_CREATE ? O_CREAT : 0;
    int existed = hedui_file_exists(path);
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | create, 0600);
    if (fd < 0)
        return open_error(err, path, errno);
    int bad = fstat(fd, &info) != 0 || ((info.st_mode & 0077) != 0 && fchmod(fd, 0600) != 0) ||
              (!existed && sync_folder(folder) != 0);
    int error = errno;
    (void)close(fd);
    return bad ? open_error(err, path, error) : HEDUI_OK;
}

static hedui_status pragma_number(int64_t *value, hedui_store *store, const char *name,
                                  hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, name);
    return hedui_sql_value(value, &sql, err);
}

static hedui_status migrate(hedui_store *store, int64_t from, hedui_err *err)
{
    static const char *const migrations[HEDUI_STORE_SCHEMA] = {
        "migration_1",  "migration_2",  "migration_3", "migration_4", "migration_5",
        "migration_6",  "migration_7",  "migration_8", "migration_9", "migration_10",
        "migration_11", "migration_12", "migration_13"};
    hedui_status status = hedui_sql_transaction(store, err);
    if (status)
        return status;
    int64_t found = from; /* another process may have been quicker */
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL); /* migration 13 */
    status = pragma_number(&found, store, "user_version", err);
    for (int64_t i = found; !status && i < HEDUI_STORE_SCHEMA; i++)
        status = hedui_sql_script(store, migrations[i], err);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (!status)
        status = hedui_sql_commit(store, err);
    if (status)
        hedui_sql_rollback(store);
    return status;
}

/* Decide by the file's own marks; nothing is written into a file that is not ours. */
static hedui_status check_schema(int64_t *found, hedui_store *store, hedui_err *err)
{
    int64_t application = 0, objects = 0;
    hedui_status status = pragma_number(&application, store, "application_id", err);
    if (!status)
        status = pragma_number(&objects, store, "count_objects", err);
    if (!status)
        status = pragma_number(found, store, "user_version", err);
    if (status)
        return status;
    int ours = application == HEDUI_STORE_APPLICATION || (application == 0 && objects == 0);
    if (!ours)
        return hedui_fail(err, HEDUI_E5003, hedui_place_none(), HEDUI_ARG_TEXT(store->path));
    if (*found > HEDUI_STORE_SCHEMA)
        return hedui_fail(err, HEDUI_E5002, hedui_place_none(), HEDUI_ARG_TEXT(store->path),
                          HEDUI_ARG_NUMBER(*found), HEDUI_ARG_NUMBER(HEDUI_STORE_SCHEMA));
    return HEDUI_OK;
}

static hedui_status connect(hedui_store *store, hedui_err *err)
{
    int code =
        sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        return hedui_sql_fail(store->db, code, "open", err);
    (void)sqlite3_extended_result_codes(store->db, 0);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    store->given = hedui_sql_script_text(store, "given");
    if (!store->given)
        return hedui_fail_memory(err);
    code = hedui_store_rows_register(store);
    if (code != SQLITE_OK)
        return hedui_sql_fail(store->db, code, "given", err);
    return hedui_sql_script(store, "configure", err);
}

/* Where write-ahead logging cannot be had (no shared memory), its promises can't either. */
static hedui_status check_journal(hedui_store *store, hedui_err *err)
{
    int is_wal = 0;
    hedui_sql sql = hedui_sql_begin(store, "journal_mode");
    if (hedui_sql_row(&sql, err)) {
        is_wal = hedui_span_is(hedui_sql_get_text(&sql, 0, store->arena), "wal");
        (void)hedui_sql_finish(&sql, err);
    }
    if (sql.status == HEDUI_OK && !is_wal)
        return hedui_fail_plain(err, HEDUI_E5010, hedui_place_none());
    return sql.status;
}

typedef struct labelling {
    hedui_store *store;
    hedui_err *err;
    hedui_status status;
} labelling;

static void add_label(void *context, const char *kind, const char *code, const char *zh)
{
    labelling *to = context;
    if (to->status)
        return;
    hedui_sql sql = hedui_sql_begin(to->store, "label_insert");
    hedui_sql_code(&sql, kind);
    hedui_sql_code(&sql, code);
    hedui_sql_code(&sql, zh);
    to->status = hedui_sql_run(&sql, to->err);
}

static hedui_status fill_labels(hedui_store *store, hedui_err *err)
{
    labelling to = {store, err, HEDUI_OK};
    hedui_label_each(add_label, &to);
    return to.status;
}

static hedui_status set_up(hedui_store *store, hedui_store_mode mode, hedui_err *err)
{
    int64_t found = 0;
    hedui_status status = connect(store, err);
    if (!status)
        status = check_schema(&found, store, err);
    if (!status)
        status = hedui_sql_script(store, "configure_wal", err);
    if (!status && found < HEDUI_STORE_SCHEMA) {
        /* nothing can be lost where nothing stands yet: a first run that was struck leaves that */
        if (mode != HEDUI_STORE_MIGRATE && found > 0)
            return hedui_fail(err, HEDUI_E5017, hedui_place_none(), HEDUI_ARG_TEXT(store->path),
                              HEDUI_ARG_NUMBER(found), HEDUI_ARG_NUMBER(HEDUI_STORE_SCHEMA));
        status = migrate(store, found, err);
    }
    if (!status)
        status = check_journal(store, err);
    if (!status)
        status = hedui_sql_script(store, "temporary", err);
    if (!status)
        status = fill_labels(store, err);
    return status;
}

static hedui_status make(hedui_store **made, const char *path, hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_store *store = arena ? hedui_arena_take(arena, sizeof *store) : NULL;
    if (!store) {
        hedui_arena_close(arena);
        return hedui_fail_memory(err);
    }
    store->arena = arena;
    store->lock = -1;
    size_t length = strlen(path);
    hedui_span copy = hedui_arena_copy(arena, hedui_span_of(path));
    char *lock_path = hedui_arena_take(arena, length + sizeof ".lock");
    if (!copy.at || !lock_path) {
        hedui_arena_close(arena);
        return hedui_fail_memory(err);
    }
    memcpy(lock_path, path, length);
    memcpy(lock_path + length, ".lock", sizeof ".lock");
    store->path = copy.at;
    store->lock_path = lock_path;
    *made = store;
    return HEDUI_OK;
}

hedui_status hedui_store_open(hedui_store **opened, const char *path, hedui_store_mode mode,
                              hedui_err *err)
{
    hedui_store *store = NULL;
    hedui_status status = make(&store, path, err);
    if (status)
        return status;
    status = hedui_sql_load(store, err);
    if (!status)
        status = prepare_file(path, mode, store->arena, err);
    if (!status)
        status = set_up(store, mode, err);
    /* With the lock held by somebody, what looks left over is a run at work. Without leftovers the
     * lock is not touched, so that a reader never makes a run that begins just now give up. */
    int64_t leftovers = 0;
    if (!status)
        status = hedui_store_leftovers(&leftovers, store, err);
    if (!status && leftovers > 0 && hedui_store_lock(store, NULL) == HEDUI_OK)
        hedui_store_unlock(store);
    if (status) {
        hedui_store_close(store);
        return status;
    }
    *opened = store;
    return HEDUI_OK;
}

hedui_status hedui_store_open_again(hedui_store **again, const hedui_store *store, hedui_err *err)
{
    return hedui_store_open(again, store->path, HEDUI_STORE_EXISTING, err);
}

hedui_status hedui_store_schema(int64_t *found, int64_t *known, const char *path, hedui_err *err)
{
    hedui_store *store = NULL;
    int64_t version = 0;
    hedui_status status = make(&store, path, err);
    if (status)
        return status;
    status = hedui_sql_load(store, err);
    if (!status && !hedui_file_exists(path))
        status = open_error(err, path, ENOENT);
    if (!status)
        status = connect(store, err);
    if (!status)
        status = check_schema(&version, store, err);
    if (!status) {
        *found = version;
        *known = HEDUI_STORE_SCHEMA;
    }
    hedui_store_close(store);
    return status;
}

void hedui_store_close(hedui_store *store)
{
    if (!store)
        return;
    hedui_store_unlock(store);
    hedui_sql_close(store);
    (void)sqlite3_close_v2(store->db);
    hedui_arena_close(store->arena);
}
