/** @file
 * The common core once more: parameters, wide tables of rows, a pack that tells of every value.
 */
#ifndef HEDUI_ORACLE_NATIONAL_H
#define HEDUI_ORACLE_NATIONAL_H

#include <sqlite3.h>

/** Read the parameters of a pack into param_row and param_kind. `scratch` is written and removed.
 */
void national_parameters(sqlite3 *db, const char *pack, const char *scratch);

/** One table w_<feed> for each feed in "held": (h, p, who, line, hole), one column for each of the
 * layout's, one column__attribute for what its list says of a code. */
void national_widen(sqlite3 *db);

/** Write a pack under folder/rules/packs/told that inherits `pack` (national-common or
 * cleanup-2014) and tells of each of its values by one rule, "V-" and the value's name: flagged (as
 * a tag) with the value as text, clear where it is nothing, undetermined where it is not known. */
void national_values(const char *folder, const char *pack);

/** Read one cell otherwise for each of the pack's values and rules in its table, work everything
 * out once more from the savepoint "plain" on, and want each of them to differ. @return how many do
 * not. */
int national_spoil_cells(sqlite3 *db, const char *pack, void (*derive)(sqlite3 *db));

#endif
