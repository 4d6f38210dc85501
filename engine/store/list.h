/** @file
 * Rows of a statement as an array in an arena.
 */
#ifndef HEDUI_STORE_LIST_H
#define HEDUI_STORE_LIST_H

#include "store/sql.h"

/** Fill an element, which is all zero, from the row that `sql` stands on. */
typedef void hedui_store_reader(void *item, hedui_sql *sql, hedui_arena *arena);

/** The rows of a statement whose parameters are bound. Elements of `size` bytes lie in `arena`;
 * without rows the array is a valid pointer to nothing. */
hedui_status hedui_store_read(const void **items, size_t *count, hedui_sql *sql, size_t size,
                              hedui_store_reader *read, hedui_arena *arena, hedui_err *err);

/** The deliveries of the run with this number, for explain. */
struct hedui_store_delivery;
hedui_status hedui_store_deliveries_of(const struct hedui_store_delivery **deliveries,
                                       size_t *count, hedui_store *store, int64_t run,
                                       hedui_arena *arena, hedui_err *err);

#endif
