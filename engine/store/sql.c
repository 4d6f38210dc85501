/* Named statements. Each embedded store .sql file is cut at its "-- name: x" lines (a script: "--
 * script: x"); statements are prepared at first use and kept. Reports' views are whole files and
 * are not cut here (view.c). */
#include "store/sql.h"

#include "base/embedded.h"
#include "base/invariant.h"

#include <errno.h>

static const char name_mark[] = "-- name: ", script_mark[] = "-- script: ";

static int starts(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

static int is_topic(const char *path)
{
    return starts(path, "store/") && !strchr(path + strlen("store/"), '/') && strstr(path, ".sql");
}

/* The next line that begins a statement, or NULL. */
static const char *next_mark(const char *at)
{
    for (; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (starts(at, name_mark) || starts(at, script_mark))
            return at;
        if (!*at)
            return NULL;
    }
    return NULL;
}

static uint32_t count_marks(void)
{
    uint32_t count = 0;
    for (const hedui_embedded *file = hedui_embedded_files; file->path; file++)
        if (is_topic(file->path))
            for (const char *at = next_mark(file->text); at; at = next_mark(strchr(at, '\n')))
                count++;
    return count;
}

static hedui_status add(hedui_store *store, const char *mark, hedui_err *err)
{
    int script = starts(mark, script_mark);
    const char *name = mark + strlen(script ? script_mark : name_mark);
    const char *line_end = strchr(name, '\n');
    HEDUI_INVARIANT(line_end != NULL);
    const char *end = next_mark(line_end);
    hedui_span span = {name, (size_t)(line_end - name)};
    hedui_span copy = hedui_arena_copy(store->arena, span);
    if (!copy.at)
        return hedui_fail_memory(err);
    uint32_t index = store->statement_count++;
    hedui_store_statement *statement = &store->statements[index];
    statement->name = copy.at;
    statement->is_script = script;
    statement->text.at = line_end + 1;
    statement->text.length = end ? (size_t)(end - line_end - 1) : strlen(line_end + 1);
    uint32_t stored = hedui_table_put(&store->names, copy, index);
    if (stored == HEDUI_TABLE_NONE)
        return hedui_fail_memory(err);
    HEDUI_INVARIANT(stored == index); /* a name stands once */
    return HEDUI_OK;
}

hedui_status hedui_sql_load(hedui_store *store, hedui_err *err)
{
    hedui_table_init(&store->names, store->arena);
    store->statement_count = 0;
    store->statements = hedui_arena_array(store->arena, count_marks(), sizeof *store->statements);
    if (!store->statements)
        return hedui_fail_memory(err);
    for (const hedui_embedded *file = hedui_embedded_files; file->path; file++) {
        if (!is_topic(file->path))
            continue;
        for (const char *at = next_mark(file->text); at; at = next_mark(strchr(at, '\n'))) {
            hedui_status status = add(store, at, err);
            if (status)
                return status;
        }
    }
    return HEDUI_OK;
}

/* What the system said last about the database or its log. SQLite calls only ENOSPC "full"; a quota
 * or a limit of file size it reports like a broken disk, and sqlite3_system_errno asks errno too
 * late. */
static int is_out_of_room(sqlite3 *db)
{
    static const int files[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
    for (size_t i = 0; db && i < sizeof files / sizeof *files; i++) {
        sqlite3_file *file = NULL;
        int error = 0;
        if (sqlite3_file_control(db, "main", files[i], &file) != SQLITE_OK || !file ||
            !file->pMethods)
            continue;
        if (file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK &&
            (error == ENOSPC || error == EFBIG || error == EDQUOT))
            return 1;
    }
    return 0;
}

hedui_status hedui_sql_fail(sqlite3 *db, int code, const char *doing, hedui_err *err)
{
    const char *words = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    int extended = db ? sqlite3_extended_errcode(db) : code;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return hedui_fail_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return hedui_fail_plain(err, HEDUI_E5006, hedui_place_none());
    case SQLITE_FULL:
        return hedui_fail_plain(err, HEDUI_E5007, hedui_place_none());
    case SQLITE_IOERR:
        /* SQLite keeps no errno of the log's index, which is a few pages: enlarging it fails for
         * want of room and hardly of anything else */
        if (extended == SQLITE_IOERR_SHMSIZE || is_out_of_room(db))
            return hedui_fail_plain(err, HEDUI_E5007, hedui_place_none());
        return hedui_fail(err, HEDUI_E5008, hedui_place_none(), HEDUI_ARG_NUMBER(extended));
    case SQLITE_NOTADB:
        return hedui_fail(err, HEDUI_E5003, hedui_place_none(),
                          HEDUI_ARG_TEXT(db ? sqlite3_db_filename(db, "main") : ""));
    case SQLITE_CORRUPT:
        return hedui_fail(err, HEDUI_E5009, hedui_place_none(), HEDUI_ARG_TEXT(words));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return hedui_fail_plain(err, HEDUI_E5010, hedui_place_none());
    default:
        return hedui_fail(err, HEDUI_E5011, hedui_place_none(), HEDUI_ARG_TEXT(doing),
                          HEDUI_ARG_TEXT(words), HEDUI_ARG_NUMBER(extended));
    }
}

static int prepare(hedui_store *store, hedui_store_statement *statement)
{
    if (statement->prepared)
        return SQLITE_OK;
    return sqlite3_prepare_v3(store->db, statement->text.at, (int)statement->text.length,
                              SQLITE_PREPARE_PERSISTENT, &statement->prepared, NULL);
}

static hedui_store_statement *find(hedui_store *store, const char *name)
{
    uint32_t index = hedui_table_find(&store->names, hedui_span_of(name));
    HEDUI_INVARIANT(index != HEDUI_TABLE_NONE);
    return &store->statements[index];
}

hedui_sql hedui_sql_begin(hedui_store *store, const char *name)
{
    hedui_store_statement *statement = find(store, name);
    HEDUI_INVARIANT(!statement->is_script);
    hedui_sql sql = {store, statement->name, NULL, 0, SQLITE_OK, HEDUI_OK};
    sql.code = prepare(store, statement);
    sql.statement = statement->prepared;
    if (sql.statement) {
        (void)sqlite3_reset(sql.statement);
        (void)sqlite3_clear_bindings(sql.statement);
    }
    return sql;
}

static void bound(hedui_sql *sql, int code)
{
    HEDUI_INVARIANT(code != SQLITE_RANGE); /* more values than parameters */
    if (code != SQLITE_OK && sql->code == SQLITE_OK)
        sql->code = code;
}

void hedui_sql_text(hedui_sql *sql, hedui_span text)
{
    if (sql->statement)
        bound(sql, sqlite3_bind_text64(sql->statement, ++sql->bound, text.at ? text.at : "",
                                       text.length, SQLITE_STATIC, SQLITE_UTF8));
}

void hedui_sql_code(hedui_sql *sql, const char *code)
{
    hedui_sql_text(sql, hedui_span_of(code));
}

void hedui_sql_number(hedui_sql *sql, int64_t number)
{
    if (number == HEDUI_SQL_NULL)
        hedui_sql_null(sql);
    else if (sql->statement)
        bound(sql, sqlite3_bind_int64(sql->statement, ++sql->bound, number));
}

void hedui_sql_digest(hedui_sql *sql, const hedui_digest *digest)
{
    if (sql->statement)
        bound(sql, sqlite3_bind_blob(sql->statement, ++sql->bound, digest->bytes,
                                     HEDUI_DIGEST_BYTES, SQLITE_STATIC));
}

void hedui_sql_null(hedui_sql *sql)
{
    if (sql->statement)
        bound(sql, sqlite3_bind_null(sql->statement, ++sql->bound));
}

int hedui_sql_row(hedui_sql *sql, hedui_err *err)
{
    int code = sql->code;
    if (code == SQLITE_OK)
        code = sqlite3_step(sql->statement);
    if (code == SQLITE_ROW)
        return 1;
    if (code != SQLITE_DONE)
        sql->status = hedui_sql_fail(sql->store->db, code, sql->name, err);
    hedui_sql_end(sql);
    return 0;
}

void hedui_sql_end(hedui_sql *sql)
{
    if (!sql->statement)
        return;
    (void)sqlite3_reset(sql->statement);
    (void)sqlite3_clear_bindings(sql->statement); /* nothing borrowed is held longer */
}

hedui_status hedui_sql_finish(hedui_sql *sql, hedui_err *err)
{
    hedui_sql_end(sql);
    if (sql->code != SQLITE_OK)
        sql->status = hedui_sql_fail(sql->store->db, sql->code, sql->name, err);
    return sql->status;
}

hedui_status hedui_sql_run(hedui_sql *sql, hedui_err *err)
{
    if (sql->statement)
        HEDUI_INVARIANT(sql->bound == sqlite3_bind_parameter_count(sql->statement));
    while (hedui_sql_row(sql, err))
        ;
    return sql->status;
}

hedui_span hedui_sql_get_text(hedui_sql *sql, int column, hedui_arena *arena)
{
    int is_null = sqlite3_column_type(sql->statement, column) == SQLITE_NULL;
    hedui_span text = {(const char *)sqlite3_column_text(sql->statement, column), 0}, copy = {0};
    text.length = (size_t)sqlite3_column_bytes(sql->statement, column);
    if (text.at || is_null) /* SQLite has no text either when memory runs out under a number */
        copy = hedui_arena_copy(arena, text.at ? text : hedui_span_of(""));
    if (copy.at)
        return copy;
    sql->code = SQLITE_NOMEM;
    return hedui_span_of("");
}

hedui_span hedui_sql_see_text(const hedui_sql *sql, int column)
{
    hedui_span text = {(const char *)sqlite3_column_text(sql->statement, column), 0};
    text.length = (size_t)sqlite3_column_bytes(sql->statement, column);
    return text.at ? text : hedui_span_of("");
}

int64_t hedui_sql_get_number(const hedui_sql *sql, int column)
{
    if (sqlite3_column_type(sql->statement, column) == SQLITE_NULL)
        return HEDUI_SQL_NULL;
    return sqlite3_column_int64(sql->statement, column);
}

uint64_t hedui_sql_get_token(const hedui_sql *sql, int column)
{
    hedui_span text = hedui_sql_see_text(sql, column);
    uint64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        value = value << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value;
}

hedui_digest hedui_sql_get_digest(const hedui_sql *sql, int column)
{
    hedui_digest digest = {{0}};
    const void *bytes = sqlite3_column_blob(sql->statement, column);
    if (bytes && sqlite3_column_bytes(sql->statement, column) == HEDUI_DIGEST_BYTES)
        memcpy(digest.bytes, bytes, HEDUI_DIGEST_BYTES);
    return digest;
}

hedui_status hedui_sql_value(int64_t *value, hedui_sql *sql, hedui_err *err)
{
    int64_t found = HEDUI_SQL_NULL;
    if (hedui_sql_row(sql, err)) {
        found = hedui_sql_get_number(sql, 0);
        hedui_sql_end(sql);
    }
    if (sql->status == HEDUI_OK)
        *value = found;
    return sql->status;
}

const char *hedui_sql_script_text(hedui_store *store, const char *name)
{
    const hedui_store_statement *script = find(store, name);
    HEDUI_INVARIANT(script->is_script);
    return hedui_arena_copy(store->arena, script->text).at;
}

hedui_status hedui_sql_script(hedui_store *store, const char *name, hedui_err *err)
{
    hedui_store_statement *script = find(store, name);
    HEDUI_INVARIANT(script->is_script);
    const char *at = script->text.at, *end = at + script->text.length;
    while (at < end) {
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(store->db, at, (int)(end - at), &statement, &at);
        if (code == SQLITE_OK && !statement)
            return HEDUI_OK; /* only blanks and comments were left */
        while (code == SQLITE_OK || code == SQLITE_ROW)
            code = sqlite3_step(statement);
        if (code != SQLITE_DONE) {
            hedui_status status = hedui_sql_fail(store->db, code, name, err);
            (void)sqlite3_finalize(statement);
            return status;
        }
        (void)sqlite3_finalize(statement);
    }
    return HEDUI_OK;
}

hedui_status hedui_sql_transaction(hedui_store *store, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "transaction_begin");
    return hedui_sql_run(&sql, err);
}

hedui_status hedui_sql_transaction_read(hedui_store *store, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "transaction_read");
    return hedui_sql_run(&sql, err);
}

hedui_status hedui_sql_commit(hedui_store *store, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, "transaction_commit");
    return hedui_sql_run(&sql, err);
}

void hedui_sql_rollback(hedui_store *store)
{
    if (sqlite3_get_autocommit(store->db))
        return; /* SQLite has rolled back by itself */
    hedui_sql sql = hedui_sql_begin(store, "transaction_rollback");
    (void)hedui_sql_run(&sql, NULL);
}

hedui_status hedui_sql_prepare_all(const char **failing, hedui_store *store, hedui_err *err)
{
    for (uint32_t i = 0; i < store->statement_count; i++) {
        hedui_store_statement *statement = &store->statements[i];
        int code = statement->is_script ? SQLITE_OK : prepare(store, statement);
        if (code != SQLITE_OK) {
            *failing = statement->name;
            return hedui_sql_fail(store->db, code, statement->name, err);
        }
    }
    return HEDUI_OK;
}

void hedui_sql_close(hedui_store *store)
{
    for (uint32_t i = 0; i < store->statement_count; i++) {
        (void)sqlite3_finalize(store->statements[i].prepared);
        store->statements[i].prepared = NULL;
    }
}
