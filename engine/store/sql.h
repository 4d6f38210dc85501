/** @file
 * Statements by name: bound in order, stepped, with SQLite's codes turned into messages.
 *
 * A failure while binding is remembered and told by the next step, so that a row is bound in a
 * straight line of calls. No SQL text stands in C: it is found by name in the embedded files.
 */
#ifndef HEDUI_STORE_SQL_H
#define HEDUI_STORE_SQL_H

#include "store/store.h"

#include <hedui/digest.h>
#include <hedui/span.h>

#include <sqlite3.h>

/** A number that is not known: bound as NULL, and what a NULL column reads as. */
#define HEDUI_SQL_NULL INT64_MIN

/** One use of a statement. */
typedef struct hedui_sql {
    hedui_store *store;
    const char *name;
    sqlite3_stmt *statement;
    int bound; /**< parameters bound so far */
    int code;  /**< first failure of a bind or a copy, a code of SQLite */
    hedui_status status;
} hedui_sql;

/** Find, prepare if need be, and reset the statement `name`. An unknown name is a bug. A failure is
 * remembered and told by the next step. */
hedui_sql hedui_sql_begin(hedui_store *store, const char *name);

/** Bind the next parameter. Texts are borrowed until the statement is done. */
void hedui_sql_text(hedui_sql *sql, hedui_span text);
void hedui_sql_code(hedui_sql *sql, const char *code);
void hedui_sql_number(hedui_sql *sql, int64_t number);
void hedui_sql_digest(hedui_sql *sql, const hedui_digest *digest);
void hedui_sql_null(hedui_sql *sql);

/** Run a statement that returns no row of interest; it is reset. */
hedui_status hedui_sql_run(hedui_sql *sql, hedui_err *err);

/**
 * The next row.
 *
 * @return 1 with a row; 0 when there is none or it failed: see sql->status. The statement is then
 *         reset.
 */
int hedui_sql_row(hedui_sql *sql, hedui_err *err);

/** Stop before the last row was read. NULL-safe on a statement that was never prepared. */
void hedui_sql_end(hedui_sql *sql);

/** The same where texts of the row were asked for: fails, in sql->status too, if memory ran out
 * then. */
hedui_status hedui_sql_finish(hedui_sql *sql, hedui_err *err);

/** Columns of the row, from 0. A text is copied into `arena`; when memory runs out it is empty, and
 * the next hedui_sql_row, or hedui_sql_finish, fails. */
hedui_span hedui_sql_get_text(hedui_sql *sql, int column, hedui_arena *arena);
int64_t hedui_sql_get_number(const hedui_sql *sql, int column);
hedui_digest hedui_sql_get_digest(const hedui_sql *sql, int column);

/** The only value of a statement that returns one row of one number; HEDUI_SQL_NULL when there is
 * no row. Parameters are bound before. */
hedui_status hedui_sql_value(int64_t *value, hedui_sql *sql, hedui_err *err);

/** A person's token, which is stored as its 16 hexadecimal digits. */
uint64_t hedui_sql_get_token(const hedui_sql *sql, int column);

/** The same of a text that is borrowed until the next row is asked for. */
hedui_span hedui_sql_see_text(const hedui_sql *sql, int column);

/** Text of a named script, NUL-terminated; NULL when out of memory. Lives as long as the store. */
const char *hedui_sql_script_text(hedui_store *store, const char *name);

/** Run a named script of several statements without parameters. */
hedui_status hedui_sql_script(hedui_store *store, const char *name, hedui_err *err);

/** Begin, commit and roll back. A rollback reports nothing: there is a failure already. */
hedui_status hedui_sql_transaction(hedui_store *store, hedui_err *err);
hedui_status hedui_sql_transaction_read(hedui_store *store, hedui_err *err);
hedui_status hedui_sql_commit(hedui_store *store, hedui_err *err);
void hedui_sql_rollback(hedui_store *store);

/** Turn a code of SQLite into a failure. @param doing  Name of the statement or step. */
hedui_status hedui_sql_fail(sqlite3 *db, int code, const char *doing, hedui_err *err);

/** Read the embedded files of store/ into the store's table of names. */
hedui_status hedui_sql_load(hedui_store *store, hedui_err *err);

/** Prepare every statement that is no script; for the test that does so.
 * @param failing  Set to the name of the first that cannot be prepared. */
hedui_status hedui_sql_prepare_all(const char **failing, hedui_store *store, hedui_err *err);

/** Finalize every prepared statement. */
void hedui_sql_close(hedui_store *store);

#endif
