/** @file
 * Which rows of a delivery stand there twice, found without keeping the rows.
 *
 * The text is read once to collect and, if anything is double, once more to tell: a row is known by
 * its running number among the decoded ones, the same in both readings.
 */
#ifndef HEDUI_FEED_DOUBLES_H
#define HEDUI_FEED_DOUBLES_H

#include "feed/fact.h"
#include "feed/seen.h"

#include <hedui/err.h>

typedef struct hedui_doubles hedui_doubles;

/**
 * @param doubles  Set on success; in `arena`, to be closed before the arena is.
 * @param folder   For temporary files without names: 40 bytes a row, twice that while they are
 *                 sorted.
 * @return HEDUI_E1001.
 */
hedui_status hedui_doubles_open(hedui_doubles **doubles, const hedui_layout *layout,
                                const char *folder, hedui_arena *arena, hedui_err *err);

/** NULL is accepted. */
void hedui_doubles_close(hedui_doubles *doubles);

/**
 * The next decoded row.
 *
 * @param verdict  Set on success. HEDUI_SEEN_NEW for every row of the first reading; in the second,
 *                 what hedui_seen_add would have said.
 * @return HEDUI_E1001, E1003, E1004.
 */
hedui_status hedui_doubles_row(hedui_seen_verdict *verdict, hedui_doubles *doubles,
                               const hedui_draft *draft, hedui_err *err);

/** The first reading is over. `count` is set to the number of rows that are double; if it is not 0
 * a second reading may begin. HEDUI_E1001, E1003, E1004. */
hedui_status hedui_doubles_settle(uint64_t *count, hedui_doubles *doubles, hedui_err *err);

#endif
