/** @file
 * The one hash table for names: text to number, insertion only, memory from an arena.
 * (The hot table of citizen numbers is another structure for another purpose: caseload/index.)
 */
#ifndef HEDUI_TABLE_H
#define HEDUI_TABLE_H

#include <hedui/arena.h>

#include <stdint.h>

/** Not found. */
#define HEDUI_TABLE_NONE UINT32_MAX

typedef struct hedui_table {
    hedui_arena *arena;
    struct hedui_table_slot *slots;
    uint32_t count, capacity;
} hedui_table;

/** Make it empty. `arena` must outlive it. */
void hedui_table_init(hedui_table *table, hedui_arena *arena);

/**
 * Put `key` in with `value` unless it is there already.
 *
 * @param key    Not copied: must live as long as the table.
 * @param value  Below HEDUI_TABLE_NONE.
 * @return the value now stored under the key (an earlier one stays), or HEDUI_TABLE_NONE when out
 *         of memory.
 */
uint32_t hedui_table_put(hedui_table *table, hedui_span key, uint32_t value);

/** The value under `key`, or HEDUI_TABLE_NONE. */
uint32_t hedui_table_find(const hedui_table *table, hedui_span key);

/** A 64-bit hash of bytes (FNV-1a finished by a mixer); stable across machines and releases. */
uint64_t hedui_hash(hedui_span bytes);

#endif
