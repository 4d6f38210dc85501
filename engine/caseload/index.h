/** @file
 * Building the table behind hedui_caseload_find.
 */
#ifndef HEDUI_CASELOAD_INDEX_H
#define HEDUI_CASELOAD_INDEX_H

#include "caseload/caseload.h"

/**
 * Put the persons whose `wanted` byte is 1 into a fresh table.
 *
 * @return 1, or 0 when there is no memory.
 */
int hedui_person_index_build(hedui_person_index *index, const hedui_person *persons,
                             const uint8_t *wanted, uint32_t count, hedui_arena *arena);

#endif
