/** @file
 * One cell of text to one typed value, by its column.
 */
#ifndef HEDUI_FEED_DECODE_H
#define HEDUI_FEED_DECODE_H

#include "feed/fact.h"
#include "feed/layout.h"

/** The cell can be used. */
#define HEDUI_DECODED ((hedui_reason)HEDUI_REASON_COUNT)

/** What became of a cell. */
typedef struct hedui_decoded {
    hedui_cell_state state;
    int64_t number;
    hedui_span text;     /**< for text columns: borrowed from the cell, or in the arena */
    hedui_reason reason; /**< HEDUI_DECODED, or why the cell cannot be read: then `state` is BAD or
                              UNLISTED, or the cell is empty and must not be (missing) */
} hedui_decoded;

/**
 * Read a cell.
 *
 * Whether a reason costs the row is the caller's to say: it does where the column is `required`.
 *
 * @param text   UTF-8.
 * @param arena  For texts that are not written as they stand (plates).
 */
hedui_decoded hedui_decode(const hedui_column *column, hedui_span text, hedui_arena *arena);

/** The reason for a citizen number's form, HEDUI_DECODED for the two good ones, missing for empty.
 */
hedui_reason hedui_decode_id_reason(hedui_citizen_id_form form);

#endif
