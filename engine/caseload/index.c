/* Citizen number -> person. Open addressing at load <= 1/2 over 16-byte slots: one cache line holds
 * four probes. The registries' rows come in random order, so nearly every probe misses the cache;
 * hashing a batch and prefetching its slots first lets the misses overlap. */
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

int hedui_person_index_build(hedui_person_slot **slots, uint64_t *mask, const hedui_person *persons,
                             const uint8_t *wanted, uint32_t count, hedui_arena *arena)
{
    uint64_t capacity = 64;
    while (capacity < (uint64_t)count * 2)
        capacity *= 2;
    hedui_person_slot *made = hedui_arena_array(arena, capacity, sizeof *made);
    if (!made)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!wanted[i])
            continue;
        uint64_t at = mix(persons[i].id) & (capacity - 1);
        while (made[at].id)
            at = (at + 1) & (capacity - 1);
        made[at].id = persons[i].id;
        made[at].person = i;
    }
    *slots = made;
    *mask = capacity - 1;
    return 1;
}

void hedui_caseload_find(const void *caseload, const hedui_citizen_id *ids, uint32_t count,
                         uint32_t *persons)
{
    const hedui_caseload *c = caseload;
    uint64_t starts[HEDUI_MATCH_BATCH];
    for (uint32_t i = 0; i < count; i++) {
        starts[i] = mix(ids[i]) & c->slot_mask;
        __builtin_prefetch(&c->slots[starts[i]]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t at = starts[i];
        persons[i] = HEDUI_PERSON_NONE;
        for (; c->slots[at].id; at = (at + 1) & c->slot_mask)
            if (c->slots[at].id == ids[i]) {
                persons[i] = c->slots[at].person;
                break;
            }
    }
}
