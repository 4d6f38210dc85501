/** @file
 * The oracle: reads a workspace's deliveries into SQLite in its own simple way.
 */
#ifndef HEDUI_ORACLE_H
#define HEDUI_ORACLE_H

#include <sqlite3.h>
#include <stddef.h>

/** Teach SQLite to read numbers, names, days and amounts. */
void oracle_functions(sqlite3 *db);

enum { ORACLE_NUMBER = 256 };

/** The fault of a citizen number, NULL if it is sound; then `out` (ORACLE_NUMBER bytes) holds its
 * 18 characters. `full`: 1 if it was written with 18. */
const char *oracle_number(char *out, const char *text, int *full);

/** Load areas.csv, the deliveries under inbox/ and the truth. Exits with a message on failure. */
void oracle_load(sqlite3 *db, const char *folder);

/** A gzip or plain file whole, with a NUL behind it. */
char *oracle_slurp(const char *path, size_t *length);

/** A plain file of separated cells under the folder into a table, as many as it has columns; the
 * first `skip` lines are left out. */
void oracle_load_plain(sqlite3 *db, const char *folder, const char *name, const char *table,
                       char mark, int skip);

/** The text of a file beside these sources, to be given to free. */
char *oracle_text_of(const char *name);

/** Run statements. */
void oracle_execute(sqlite3 *db, const char *sql);

/** Run a file of statements, each of which lists differences; `show` them, at most twenty. Returns
 * how many there were. */
int oracle_differences(sqlite3 *db, const char *file, int show);

/** Remove the county again. */
void oracle_remove(const char *folder);

/** End the program with a message. */
void oracle_die(const char *what, const char *detail);

#endif
