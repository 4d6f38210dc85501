/** @file
 * Three-valued logic, sums and comparisons for SQL, with the reasons of what is not known.
 */
#ifndef HEDUI_ORACLE_KLEENE_H
#define HEDUI_ORACLE_KLEENE_H

#include <sqlite3.h>

/** Teach SQLite both, either, isnt, strict, assume, none; eq, lt, le, gt, ge; rounded, scaled,
 * later, begins, ends; and over rows any_of, all_of, sum_of, sure_sum, why_of. */
void kleene_functions(sqlite3 *db);

#endif
