/** @file
 * Records in order, more of them than memory holds.
 */
#ifndef HEDUI_BASE_SORTER_H
#define HEDUI_BASE_SORTER_H

#include <hedui/arena.h>
#include <hedui/err.h>

/** Records of one size, ordered as memcmp orders their bytes. */
typedef struct hedui_sorter hedui_sorter;

/**
 * @param sorter  Set on success; in `arena`, to be closed before the arena is.
 * @param record  Bytes of a record.
 * @param memory  Bytes of records held; at least three records. All else goes into files without
 *                names, twice the records' size at most.
 * @param folder  Where those are; opened when memory is full.
 * @return HEDUI_E1001.
 */
hedui_status hedui_sorter_open(hedui_sorter **sorter, size_t record, size_t memory,
                               const char *folder, hedui_arena *arena, hedui_err *err);

/** NULL is accepted. */
void hedui_sorter_close(hedui_sorter *sorter);

/** Take in a record. HEDUI_E1001, HEDUI_E1004. */
hedui_status hedui_sorter_add(hedui_sorter *sorter, const void *record, hedui_err *err);

/** All records are in: put them in order. To be called once. HEDUI_E1001, E1003, E1004. */
hedui_status hedui_sorter_sort(hedui_sorter *sorter, hedui_err *err);

/**
 * The next record.
 *
 * @param record  Set if there is one.
 * @param got     Set on success: 1, or 0 behind the last.
 * @return HEDUI_E1003.
 */
hedui_status hedui_sorter_next(void *record, int *got, hedui_sorter *sorter, hedui_err *err);

#endif
