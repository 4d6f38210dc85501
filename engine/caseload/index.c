/* Citizen number -> person. Open addressing at load <= 1/2 over 16-byte slots: one cache line holds
 * four probes. The registries' rows come in random order, so nearly every probe misses the cache;
 * hashing a batch and prefetching its slots first lets the misses overlap. Nearly all numbers are
 * strangers': a table of bits, 16 to 32 a person and so small enough for the cache, tells all but
 * one in twenty of them without touching a slot. */
#include "caseload/index.h"
#include "caseload/caseload.h"

struct hedui_person_slot {
    hedui_citizen_id id; /**< 0: empty; no citizen number is 0 */
    uint32_t person;
};

static uint64_t mix(hedui_citizen_id id)
{
    uint64_t h = id * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 29);
}

/* The slots take the low bits of the hash. */
static uint64_t filter_bit(uint64_t hash)
{
    return hash >> 20;
}

int hedui_person_index_build(hedui_person_index *index, const hedui_person *persons,
                             const uint8_t *wanted, uint32_t count, hedui_arena *arena)
{
    enum { BITS = 64, BITS_A_PERSON = 16 };
    uint64_t capacity = 64, bits = 1024;
    while (capacity < (uint64_t)count * 2)
        capacity *= 2;
    while (bits < (uint64_t)count * BITS_A_PERSON)
        bits *= 2;
    hedui_person_slot *slots = hedui_arena_array(arena, capacity, sizeof *slots);
    uint64_t *filter = hedui_arena_array(arena, bits / BITS, sizeof *filter);
    if (!slots || !filter)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!wanted[i])
            continue;
        uint64_t hash = mix(persons[i].id), at = hash & (capacity - 1);
        uint64_t bit = filter_bit(hash) & (bits - 1);
        while (slots[at].id)
            at = (at + 1) & (capacity - 1);
        slots[at].id = persons[i].id;
        slots[at].person = i;
        filter[bit / BITS] |= UINT64_C(1) << (bit % BITS);
    }
    *index = (hedui_person_index){slots, capacity - 1, filter, bits - 1};
    return 1;
}

void hedui_caseload_find(const void *caseload, const hedui_citizen_id *ids, uint32_t count,
                         uint32_t *persons)
{
    const hedui_person_index *index = &((const hedui_caseload *)caseload)->index;
    uint64_t starts[HEDUI_MATCH_BATCH];
    uint32_t likely[HEDUI_MATCH_BATCH], likely_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t hash = mix(ids[i]), bit = filter_bit(hash) & index->filter_mask;
        persons[i] = HEDUI_PERSON_NONE;
        starts[likely_count] = hash & index->slot_mask;
        likely[likely_count] = i;
        likely_count += (uint32_t)(index->filter[bit / 64] >> (bit % 64) & 1);
    }
    for (uint32_t n = 0; n < likely_count; n++)
        __builtin_prefetch(&index->slots[starts[n]]);
    for (uint32_t n = 0; n < likely_count; n++) {
        uint64_t at = starts[n];
        for (; index->slots[at].id; at = (at + 1) & index->slot_mask)
            if (index->slots[at].id == ids[likely[n]]) {
                persons[likely[n]] = index->slots[at].person;
                break;
            }
    }
}
