/* The store against itself: integrity, sums, and a digest over what it says. */
#include "store/sql.h"

#include <hedui/file.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* All columns of the row, each with its type. */
static void digest_row(hedui_digester *to, sqlite3_stmt *row)
{
    int columns = sqlite3_column_count(row);
    for (int i = 0; i < columns; i++) {
        int type = sqlite3_column_type(row, i);
        hedui_digester_number(to, type);
        if (type == SQLITE_INTEGER) {
            hedui_digester_number(to, sqlite3_column_int64(row, i));
        } else if (type != SQLITE_NULL) {
            hedui_span bytes = {sqlite3_column_blob(row, i), 0};
            bytes.length = (size_t)sqlite3_column_bytes(row, i);
            hedui_digester_field(to, bytes);
        }
    }
}

static hedui_status digest_all(hedui_digester *to, hedui_store *store, hedui_err *err)
{
    static const char *const parts[] = {
        "digest_deliveries",   "digest_receipts",      "digest_answers",   "digest_queries",
        "digest_query_people", "digest_confirmations", "digest_overrides", "digest_overridden",
        "digest_runs",         "digest_run_parts",     "digest_sources",   "digest_households",
        "digest_searched",     "digest_flags",         "digest_versions",  "digest_evidence",
        "digest_causes",       "digest_reveals",       "digest_purges",    "digest_pairs",
        "digest_pairs_met"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hedui_sql sql = hedui_sql_begin(store, parts[i]);
        hedui_digester_field(to, hedui_span_of(parts[i]));
        while (hedui_sql_row(&sql, err))
            digest_row(to, sql.statement);
        if (sql.status)
            return sql.status;
    }
    return HEDUI_OK;
}

hedui_status hedui_store_digest(hedui_digest *digest, hedui_store *store, hedui_err *err)
{
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(err);
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (!status) {
        status = digest_all(digester, store, err);
        hedui_store_snapshot_end(store);
    }
    if (!status)
        status = hedui_digester_end(digest, digester, err);
    hedui_digester_close(digester);
    return status;
}

static hedui_status difference(hedui_err *err, const char *what)
{
    return hedui_fail(err, HEDUI_E5021, hedui_place_none(), HEDUI_ARG_TEXT(what));
}

static hedui_status check_file(hedui_store *store, hedui_err *err)
{
    hedui_sql integrity = hedui_sql_begin(store, "integrity_check");
    hedui_status status = HEDUI_OK;
    if (hedui_sql_row(&integrity, err)) {
        const char *words = (const char *)sqlite3_column_text(integrity.statement, 0);
        if (!words || strcmp(words, "ok") != 0)
            status = hedui_fail(err, HEDUI_E5009, hedui_place_none(), HEDUI_ARG_TEXT(words));
        hedui_sql_end(&integrity);
    }
    if (status || integrity.status)
        return status ? status : integrity.status;
    hedui_sql keys = hedui_sql_begin(store, "foreign_key_check");
    if (hedui_sql_row(&keys, err)) {
        status = difference(err, (const char *)sqlite3_column_text(keys.statement, 0));
        hedui_sql_end(&keys);
    }
    return status ? status : keys.status;
}

/* A check_ statement tells each difference as one row of text. */
static hedui_status check_by(hedui_store *store, const char *name, int64_t run, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    hedui_sql sql = hedui_sql_begin(store, name);
    if (run != HEDUI_SQL_NULL)
        hedui_sql_number(&sql, run);
    if (hedui_sql_row(&sql, err)) {
        status = difference(err, (const char *)sqlite3_column_text(sql.statement, 0));
        hedui_sql_end(&sql);
    }
    return status ? status : sql.status;
}

static hedui_status check_run(hedui_store *store, int64_t run, hedui_err *err)
{
    hedui_status status = hedui_store_stand(store, run, err);
    if (!status)
        status = check_by(store, "check_households", run, err);
    if (!status)
        status = check_by(store, "check_flags", run, err);
    if (!status)
        status = check_by(store, "check_states", HEDUI_SQL_NULL, err);
    if (!status)
        status = check_by(store, "check_searched", HEDUI_SQL_NULL, err);
    return status;
}

static hedui_status check_all(hedui_store *store, hedui_err *err)
{
    hedui_status status = check_file(store, err);
    if (!status)
        status = check_by(store, "check_ledgers", HEDUI_SQL_NULL, err);
    if (!status)
        status = check_by(store, "check_queries", HEDUI_SQL_NULL, err);
    if (!status)
        status = check_by(store, "check_overrides", HEDUI_SQL_NULL, err);
    if (!status)
        status = check_by(store, "check_pairs", HEDUI_SQL_NULL, err);
    if (status)
        return status;
    hedui_sql runs = hedui_sql_begin(store, "chain_heads");
    while (!status && hedui_sql_row(&runs, err))
        status = check_run(store, hedui_sql_get_number(&runs, 0), err);
    if (status)
        hedui_sql_end(&runs);
    return status ? status : runs.status;
}

hedui_status hedui_store_check(hedui_store *store, hedui_err *err)
{
    hedui_status status = hedui_store_snapshot_begin(store, err);
    if (status)
        return status;
    status = check_all(store, err);
    hedui_store_snapshot_end(store);
    return status;
}

static hedui_status copy_pages(sqlite3 *to, sqlite3 *from, hedui_err *err)
{
    enum { PAGES = 1000, PATIENCE = 500, WAIT_MS = 20 };
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return hedui_sql_fail(to, sqlite3_errcode(to), "backup", err);
    int code = SQLITE_OK, waits = 0;
    while (code == SQLITE_OK ||
           ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && ++waits < PATIENCE)) {
        if (code != SQLITE_OK)
            (void)sqlite3_sleep(WAIT_MS);
        code = sqlite3_backup_step(backup, PAGES);
    }
    (void)sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? HEDUI_OK : hedui_sql_fail(to, code, "backup", err);
}

/* The copy is a file in its own right at once: no -wal beside it, on the disk, closed. */
static hedui_status settle(const char *path, hedui_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        int error = errno;
        if (fd >= 0)
            (void)close(fd);
        return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(error));
    }
    (void)close(fd);
    return HEDUI_OK;
}

hedui_status hedui_store_backup(hedui_store *store, const char *path, hedui_err *err)
{
    sqlite3 *copy = NULL;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return hedui_fail(err, HEDUI_E5022, hedui_place_none(), HEDUI_ARG_TEXT(path));
    if (fd < 0)
        return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(path),
                          HEDUI_ARG_ERRNO(errno));
    (void)close(fd);
    hedui_status status = HEDUI_OK;
    int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE, NULL);
    if (code != SQLITE_OK)
        status = hedui_sql_fail(copy, code, "backup", err);
    if (!status)
        status = copy_pages(copy, store->db, err);
    (void)sqlite3_close_v2(copy);
    if (!status)
        status = settle(path, err);
    if (status)
        (void)unlink(path);
    return status;
}
