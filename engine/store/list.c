/* An array that grows by doubling; what it outgrew stays in the arena until that goes. */
#include "store/list.h"

hedui_status hedui_store_read(const void **items, size_t *count, hedui_sql *sql, size_t size,
                              hedui_store_reader *read, hedui_arena *arena, hedui_err *err)
{
    size_t used = 0, capacity = 8;
    char *array = hedui_arena_array(arena, capacity, size);
    while (array && hedui_sql_row(sql, err)) {
        if (used == capacity) {
            char *larger = hedui_arena_array(arena, 2 * capacity, size);
            if (larger)
                memcpy(larger, array, used * size);
            array = larger;
            capacity *= 2;
        }
        if (array)
            read(array + used++ * size, sql, arena);
    }
    if (!array) {
        hedui_sql_end(sql);
        return hedui_fail_memory(err);
    }
    if (sql->status)
        return sql->status;
    *items = array;
    *count = used;
    return HEDUI_OK;
}
