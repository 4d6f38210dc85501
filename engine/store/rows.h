/** @file
 * Rows of a result as a table that a statement selects from.
 *
 * An INSERT for each row costs more than the row: it opens the table and its indices anew and lays
 * out the lists of its CHECKs. INSERT ... SELECT ... FROM given does that once for thousands.
 */
#ifndef HEDUI_STORE_ROWS_H
#define HEDUI_STORE_ROWS_H

#include "store/sql.h"

/** What stands in the table `given` while one statement runs. */
typedef struct hedui_store_rows {
    /** Go to the next row, from before the first. @return 1; 0 when there is none; -1 when memory
     * ran out. */
    int (*next)(void *context);
    /** Set column `column` (c1 is 0) of the row by one of the calls below; texts are borrowed until
     * the next row. */
    void (*put)(sqlite3_context *to, const void *context, int column);
    void *context;
} hedui_store_rows;

void hedui_store_rows_text(sqlite3_context *to, hedui_span text);
void hedui_store_rows_code(sqlite3_context *to, const char *code);
void hedui_store_rows_number(sqlite3_context *to, int64_t number); /**< HEDUI_SQL_NULL: not known */
void hedui_store_rows_digest(sqlite3_context *to, const hedui_digest *digest);

/** Run the statement `name`, which reads the table `given` once, with ?1 bound to `run` if it has a
 * parameter. */
hedui_status hedui_store_rows_run(hedui_store *store, const char *name, int64_t run,
                                  const hedui_store_rows *rows, hedui_err *err);

/** Make the table known to a connection. @return a code of SQLite. */
int hedui_store_rows_register(hedui_store *store);

#endif
