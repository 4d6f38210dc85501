/* Open addressing by 32 bits of a hash; a hit is always compared cell by cell, so that a collision
 * never makes two rows one. */
#include "feed/seen.h"

static uint64_t mixed(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 29);
}

static uint64_t hash_cell(uint64_t h, const hedui_layout *layout, const hedui_draft *draft,
                          uint32_t c)
{
    h = mixed(h, draft->states[c]);
    if (draft->states[c] != HEDUI_CELL_VALUE)
        return h;
    if (hedui_column_type_is_text(layout->columns[c].type))
        return mixed(h, hedui_hash(draft->texts[c]));
    return mixed(h, (uint64_t)draft->numbers[c]);
}

uint64_t hedui_seen_hash(const hedui_layout *layout, const hedui_draft *draft)
{
    uint64_t h = layout->key_count;
    if (layout->key_count) {
        for (uint32_t k = 0; k < layout->key_count; k++)
            h = hash_cell(h, layout, draft, layout->keys[k]);
    } else {
        for (uint32_t c = 0; c < layout->column_count; c++)
            h = hash_cell(h, layout, draft, c);
    }
    return h;
}

static int same_key(const hedui_facts *facts, uint32_t i, const hedui_draft *draft)
{
    for (uint32_t k = 0; k < facts->layout->key_count; k++)
        if (!hedui_facts_same(facts, i, draft, facts->layout->keys[k]))
            return 0;
    return facts->layout->key_count > 0;
}

static int same_content(const hedui_facts *facts, uint32_t i, const hedui_draft *draft)
{
    for (uint32_t c = 0; c < facts->layout->column_count; c++)
        if (!hedui_facts_same(facts, i, draft, c))
            return 0;
    return 1;
}

static void put(hedui_seen_slot *slots, uint32_t capacity, hedui_seen_slot row)
{
    uint32_t at = row.hash & (capacity - 1);
    while (slots[at].first_fact)
        at = (at + 1) & (capacity - 1);
    slots[at] = row;
}

static int grow(hedui_seen *seen)
{
    if (seen->count * 2 < seen->capacity)
        return 1;
    uint32_t capacity = seen->capacity ? seen->capacity * 2 : 1024;
    hedui_arena *arena = hedui_arena_open((size_t)capacity * sizeof(hedui_seen_slot));
    hedui_seen_slot *slots = arena ? hedui_arena_array(arena, capacity, sizeof *slots) : NULL;
    if (!slots) {
        hedui_arena_close(arena);
        return 0;
    }
    for (uint32_t i = 0; i < seen->capacity; i++)
        if (seen->slots[i].first_fact)
            put(slots, capacity, seen->slots[i]);
    hedui_arena_close(seen->arena);
    seen->arena = arena;
    seen->slots = slots;
    seen->capacity = capacity;
    return 1;
}

void hedui_seen_close(hedui_seen *seen)
{
    hedui_arena_close(seen->arena);
    *seen = (hedui_seen){0};
}

hedui_seen_verdict hedui_seen_add(uint32_t *earlier, hedui_seen *seen, const hedui_facts *facts,
                                  const hedui_draft *draft, uint64_t full_hash)
{
    if (seen->count >= UINT32_MAX / 4 || facts->count == UINT32_MAX || !grow(seen))
        return HEDUI_SEEN_FAILED;
    uint32_t hash = (uint32_t)full_hash;
    uint32_t at = hash & (seen->capacity - 1);
    for (; seen->slots[at].first_fact; at = (at + 1) & (seen->capacity - 1)) {
        uint32_t first = seen->slots[at].first_fact - 1;
        if (seen->slots[at].hash != hash)
            continue;
        int content = same_content(facts, first, draft);
        if (!content && !same_key(facts, first, draft))
            continue;
        *earlier = first;
        return content ? HEDUI_SEEN_DUPLICATE : HEDUI_SEEN_CONFLICT;
    }
    seen->slots[at] = (hedui_seen_slot){hash, facts->count + 1};
    seen->count++;
    return HEDUI_SEEN_NEW;
}
