/* A virtual table that is there without being made: it has no rows of its own, but those of
 * store->rows, in one pass. */
#include "store/rows.h"

#include "base/invariant.h"

typedef struct table {
    sqlite3_vtab base; /* first: SQLite knows no more of it */
    hedui_store *store;
} table;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    const hedui_store_rows *rows;
    sqlite3_int64 row;
    int at_end;
} cursor;

void hedui_store_rows_text(sqlite3_context *to, hedui_span text)
{
    sqlite3_result_text64(to, text.at ? text.at : "", text.length, SQLITE_STATIC, SQLITE_UTF8);
}

void hedui_store_rows_code(sqlite3_context *to, const char *code)
{
    hedui_store_rows_text(to, hedui_span_of(code));
}

void hedui_store_rows_number(sqlite3_context *to, int64_t number)
{
    if (number == HEDUI_SQL_NULL)
        sqlite3_result_null(to);
    else
        sqlite3_result_int64(to, number);
}

void hedui_store_rows_digest(sqlite3_context *to, const hedui_digest *digest)
{
    sqlite3_result_blob(to, digest->bytes, HEDUI_DIGEST_BYTES, SQLITE_STATIC);
}

static int connect_table(sqlite3 *db, void *context, int count, const char *const *words,
                         sqlite3_vtab **made, char **error)
{
    hedui_store *store = context;
    (void)count;
    (void)words;
    (void)error;
    int code = sqlite3_declare_vtab(db, store->given);
    table *t = code == SQLITE_OK ? sqlite3_malloc(sizeof *t) : NULL;
    if (!t)
        return code == SQLITE_OK ? SQLITE_NOMEM : code;
    *t = (table){.store = store};
    *made = &t->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
    (void)base;
    info->estimatedCost = 1e6; /* read once from front to end, whatever is asked */
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **made)
{
    cursor *c = sqlite3_malloc(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    *c = (cursor){.rows = ((table *)base)->store->rows};
    *made = &c->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    sqlite3_free(base);
    return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *base)
{
    cursor *c = (cursor *)base;
    int found = c->rows->next(c->rows->context);
    c->at_end = found <= 0;
    c->row++;
    return found < 0 ? SQLITE_NOMEM : SQLITE_OK;
}

static int first_row(sqlite3_vtab_cursor *base, int number, const char *text, int count,
                     sqlite3_value **values)
{
    cursor *c = (cursor *)base;
    (void)number;
    (void)text;
    (void)count;
    (void)values;
    HEDUI_INVARIANT(c->rows && c->row == 0); /* there are rows, and they are read once */
    return next_row(base);
}

static int is_at_end(sqlite3_vtab_cursor *base)
{
    return ((cursor *)base)->at_end;
}

static int put_column(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
    const cursor *c = (cursor *)base;
    c->rows->put(to, c->rows->context, column);
    return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *number)
{
    *number = ((cursor *)base)->row;
    return SQLITE_OK;
}

int hedui_store_rows_register(hedui_store *store)
{
    static const sqlite3_module module = {.xConnect = connect_table,
                                          .xBestIndex = plan,
                                          .xDisconnect = disconnect_table,
                                          .xOpen = open_cursor,
                                          .xClose = close_cursor,
                                          .xFilter = first_row,
                                          .xNext = next_row,
                                          .xEof = is_at_end,
                                          .xColumn = put_column,
                                          .xRowid = row_number};
    return sqlite3_create_module_v2(store->db, "given", &module, store, NULL);
}

hedui_status hedui_store_rows_run(hedui_store *store, const char *name, int64_t run,
                                  const hedui_store_rows *rows, hedui_err *err)
{
    hedui_sql sql = hedui_sql_begin(store, name);
    if (sql.statement && sqlite3_bind_parameter_count(sql.statement) > 0)
        hedui_sql_number(&sql, run);
    store->rows = rows;
    hedui_status status = hedui_sql_run(&sql, err);
    store->rows = NULL;
    return status;
}
