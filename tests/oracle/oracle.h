/** @file
 * The oracle: reads a workspace's deliveries into SQLite in its own simple way.
 */
#ifndef HEDUI_ORACLE_H
#define HEDUI_ORACLE_H

#include <sqlite3.h>

/** Teach SQLite to read numbers, names, days and amounts. */
void oracle_functions(sqlite3 *db);

/** Load areas.csv, the deliveries under inbox/ and the truth. Exits with a message on failure. */
void oracle_load(sqlite3 *db, const char *folder);

/** End the program with a message. */
void oracle_die(const char *what, const char *detail);

#endif
