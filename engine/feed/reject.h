/** @file
 * Rejected rows: every one is kept, in memory first, then in an unlinked temporary file.
 */
#ifndef HEDUI_FEED_REJECT_H
#define HEDUI_FEED_REJECT_H

#include "feed/matcher.h"
#include "feed/reason.h"

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

enum { HEDUI_REJECT_EXCERPT = 60, HEDUI_REJECT_KEY = 168 };

/** One rejected row. The excerpt is UTF-8, NUL-terminated, of the offending field (or the row's
 * beginning), with digits of anything like a number masked and control characters made visible. */
typedef struct hedui_reject {
    uint64_t offset; /**< of the row in the uncompressed text */
    uint32_t length; /**< of the row in bytes */
    uint32_t line;   /**< from 1 */
    uint32_t column; /**< of the layout, or HEDUI_COLUMN_NONE: the row as a whole */
    uint32_t person; /**< the first known person of the row, or HEDUI_PERSON_NONE */
    uint8_t reason;  /**< hedui_reason */
    char excerpt[HEDUI_REJECT_EXCERPT];
    /** Text of the layout's first key column if that cell could be read, fits and is no citizen
     * number; else empty. Tells which household a rejected caseload row belongs to. */
    char key[HEDUI_REJECT_KEY];
} hedui_reject;

typedef struct hedui_rejects hedui_rejects;

/**
 * @param folder  Where to spill, for instance the workspace; the file has no name there.
 * @param keep    Rejects held in memory before spilling; 0: 4096.
 * @param arena   Holds them until after the close.
 * @return NULL without memory.
 */
hedui_rejects *hedui_rejects_open(const char *folder, uint32_t keep, hedui_arena *arena);

/** Close the temporary file, if there is one. NULL is accepted. */
void hedui_rejects_close(hedui_rejects *rejects);

/** Keep one more; to be added in file order. HEDUI_E1001, HEDUI_E1004. */
hedui_status hedui_rejects_add(hedui_rejects *rejects, const hedui_reject *reject, hedui_err *err);

/** Forget all of them: nothing vouches for the file. More may be added. */
void hedui_rejects_drop(hedui_rejects *rejects);

/** How many there are. */
uint64_t hedui_rejects_count(const hedui_rejects *rejects);

/**
 * Read reject `index` (in file order).
 *
 * @param reject  Set on success.
 * @return HEDUI_E1003 if the temporary file cannot be read.
 */
hedui_status hedui_rejects_get(hedui_reject *reject, hedui_rejects *rejects, uint64_t index,
                               hedui_err *err);

#endif
