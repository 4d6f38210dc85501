/* Open addressing, linear probing, at most half full; grows by doubling into fresh arena memory. */
#include <hedui/table.h>

typedef struct hedui_table_slot {
    uint64_t hash;
    hedui_span key;
    uint32_t value;
    uint32_t taken;
} slot;

uint64_t hedui_hash(hedui_span bytes)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < bytes.length; i++)
        h = (h ^ (unsigned char)bytes.at[i]) * UINT64_C(1099511628211);
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    return h ^ (h >> 33);
}

void hedui_table_init(hedui_table *table, hedui_arena *arena)
{
    memset(table, 0, sizeof *table);
    table->arena = arena;
}

static slot *place_of(slot *slots, uint32_t capacity, uint64_t hash, hedui_span key)
{
    uint32_t at = (uint32_t)hash & (capacity - 1);
    while (slots[at].taken && !(slots[at].hash == hash && hedui_span_equal(slots[at].key, key)))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static int grow(hedui_table *table)
{
    uint32_t capacity = table->capacity ? table->capacity * 2 : 64;
    if (capacity < table->capacity)
        return 0;
    slot *slots = hedui_arena_array(table->arena, capacity, sizeof *slots);
    if (!slots)
        return 0;
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->slots[i].taken)
            *place_of(slots, capacity, table->slots[i].hash, table->slots[i].key) = table->slots[i];
    table->slots = slots;
    table->capacity = capacity;
    return 1;
}

uint32_t hedui_table_put(hedui_table *table, hedui_span key, uint32_t value)
{
    if (table->count * 2 >= table->capacity && !grow(table))
        return HEDUI_TABLE_NONE;
    uint64_t hash = hedui_hash(key);
    slot *found = place_of(table->slots, table->capacity, hash, key);
    if (!found->taken) {
        found->hash = hash;
        found->key = key;
        found->value = value;
        found->taken = 1;
        table->count++;
    }
    return found->value;
}

uint32_t hedui_table_find(const hedui_table *table, hedui_span key)
{
    if (!table->count)
        return HEDUI_TABLE_NONE;
    const slot *found = place_of(table->slots, table->capacity, hedui_hash(key), key);
    return found->taken ? found->value : HEDUI_TABLE_NONE;
}
