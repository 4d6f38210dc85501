/** @file
 * Households on demand: a run about those of a list, by the same line as a whole night. The whole
 * caseload is read and joined, so that guards and answers are those of the night; judged and stored
 * are the households of the list.
 */
#ifndef HEDUI_RUN_SCOPE_H
#define HEDUI_RUN_SCOPE_H

#include "caseload/caseload.h"

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

/** One entry of a list of households. */
typedef struct hedui_scope_line {
    hedui_span id;
    uint32_t line; /**< from 1 */
} hedui_scope_line;

typedef struct hedui_scope {
    const char *file; /**< for messages */
    const hedui_scope_line *lines;
    uint32_t count;
} hedui_scope;

/**
 * Read a list: the first cell of each line is the id of a household, ended by a comma, a tab or
 * the line, with quotes around or without. Empty lines and those that begin with # are skipped, a
 * byte-order mark and carriage returns too.
 *
 * @param scope  Filled on success; lives in `arena`, borrows `text` and `file`.
 * @return HEDUI_E4017 if it names nobody, HEDUI_E1001.
 */
hedui_status hedui_scope_read(hedui_scope *scope, const char *file, hedui_span text,
                              hedui_arena *arena, hedui_err *err);

/**
 * Find the households in a caseload. The first line may be the heading of the caseload's own
 * column. One named twice counts once.
 *
 * @param in     By household: 1 if it is in the list; lives in `arena`.
 * @param notes  Told of the first lines that name no household. May be NULL.
 * @return HEDUI_E4016 with the first such line, HEDUI_E4017, HEDUI_E1001.
 */
hedui_status hedui_scope_find(const uint8_t **in, const hedui_scope *scope,
                              const hedui_caseload *caseload, hedui_arena *arena,
                              const hedui_notes *notes, hedui_err *err);

#endif
