/* Open addressing over 64-bit hashes; a hit is always compared cell by cell, so that a collision
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

static int grow(hedui_seen *seen)
{
    if (seen->count == seen->row_capacity) {
        uint32_t capacity = seen->row_capacity ? seen->row_capacity * 2 : 256;
        hedui_seen_row *rows = hedui_arena_array(seen->arena, capacity, sizeof *rows);
        if (!rows)
            return 0;
        if (seen->count)
            memcpy(rows, seen->rows, seen->count * sizeof *rows);
        seen->rows = rows;
        seen->row_capacity = capacity;
    }
    if (seen->count * 2 < seen->slot_capacity)
        return 1;
    uint32_t capacity = seen->slot_capacity ? seen->slot_capacity * 2 : 1024;
    uint32_t *slots = hedui_arena_array(seen->arena, capacity, sizeof *slots);
    if (!slots)
        return 0;
    for (uint32_t i = 0; i < seen->count; i++) {
        uint32_t at = (uint32_t)seen->rows[i].hash & (capacity - 1);
        while (slots[at])
            at = (at + 1) & (capacity - 1);
        slots[at] = i + 1;
    }
    seen->slots = slots;
    seen->slot_capacity = capacity;
    return 1;
}

hedui_seen_verdict hedui_seen_add(uint32_t *earlier, hedui_seen *seen, const hedui_facts *facts,
                                  const hedui_draft *draft)
{
    if (seen->count >= UINT32_MAX / 4 || !grow(seen))
        return HEDUI_SEEN_FAILED;
    uint64_t hash = hedui_seen_hash(facts->layout, draft);
    uint32_t at = (uint32_t)hash & (seen->slot_capacity - 1);
    for (; seen->slots[at]; at = (at + 1) & (seen->slot_capacity - 1)) {
        const hedui_seen_row *row = &seen->rows[seen->slots[at] - 1];
        if (row->hash != hash)
            continue;
        int content = same_content(facts, row->first_fact, draft);
        if (!content && !same_key(facts, row->first_fact, draft))
            continue;
        *earlier = row->first_fact;
        return content ? HEDUI_SEEN_DUPLICATE : HEDUI_SEEN_CONFLICT;
    }
    seen->rows[seen->count] = (hedui_seen_row){hash, facts->count};
    seen->slots[at] = ++seen->count;
    return HEDUI_SEEN_NEW;
}
