/* Citizen number -> person. Open addressing at load <= 2/3 over slots of 8 bytes, half a hash and a
 * person: one cache line holds eight probes, and the number itself is looked at where the half
 * agrees. The registries' rows come in random order, so nearly every probe misses the cache;
 * hashing a batch and prefetching its slots first, then their persons, lets the misses overlap.
 * Nearly all numbers are strangers': a table of bits, 16 to 32 a person and so small enough for the
 * cache, tells all but one in twenty of them without touching a slot. */
#include "caseload/index.h"
#include "caseload/caseload.h"

struct hedui_person_slot {
    uint32_t half;   /* of the hash: the upper one, the lower one is where it stands */
    uint32_t person; /* + 1; 0: free */
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
    while (capacity * 2 < (uint64_t)count * 3)
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
        while (slots[at].person)
            at = (at + 1) & (capacity - 1);
        slots[at] = (hedui_person_slot){(uint32_t)(hash >> 32), i + 1};
        filter[bit / BITS] |= UINT64_C(1) << (bit % BITS);
    }
    *index = (hedui_person_index){slots, capacity - 1, filter, bits - 1};
    return 1;
}

/* The next slot from `at` on that may be of this hash, or a free one. */
static uint64_t likely_slot(const hedui_person_index *index, uint64_t at, uint64_t hash)
{
    while (index->slots[at].person && index->slots[at].half != (uint32_t)(hash >> 32))
        at = (at + 1) & index->slot_mask;
    return at;
}

/* Numbers whose bit is set: how many, and which. */
static uint32_t likely_ones(uint32_t *likely, uint64_t *hashes, const hedui_person_index *index,
                            const hedui_citizen_id *ids, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t hash = mix(ids[i]), bit = filter_bit(hash) & index->filter_mask;
        hashes[found] = hash;
        likely[found] = i;
        found += (uint32_t)(index->filter[bit / 64] >> (bit % 64) & 1);
    }
    return found;
}

void hedui_caseload_find(const void *caseload, const hedui_citizen_id *ids, uint32_t count,
                         uint32_t *persons)
{
    const hedui_caseload *c = caseload;
    const hedui_person_index *index = &c->index;
    uint64_t hashes[HEDUI_MATCH_BATCH], slots[HEDUI_MATCH_BATCH];
    uint32_t likely[HEDUI_MATCH_BATCH];
    uint32_t found = likely_ones(likely, hashes, index, ids, count);
    for (uint32_t i = 0; i < count; i++)
        persons[i] = HEDUI_PERSON_NONE;
    for (uint32_t n = 0; n < found; n++)
        __builtin_prefetch(&index->slots[hashes[n] & index->slot_mask]);
    for (uint32_t n = 0; n < found; n++) {
        slots[n] = likely_slot(index, hashes[n] & index->slot_mask, hashes[n]);
        if (index->slots[slots[n]].person)
            __builtin_prefetch(&c->persons[index->slots[slots[n]].person - 1]);
    }
    for (uint32_t n = 0; n < found; n++)
        for (uint64_t at = slots[n]; index->slots[at].person;
             at = likely_slot(index, (at + 1) & index->slot_mask, hashes[n])) {
            uint32_t person = index->slots[at].person - 1;
            if (c->persons[person].id == ids[likely[n]]) {
                persons[likely[n]] = person;
                break;
            }
        }
}
