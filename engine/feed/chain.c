/* A table from row keys to the row that holds them now. What a delta does is done at once and
 * logged, so that it can be taken back when its container turns out not to be sound.
 *
 * Invariants: an entry's exemplar (facts, first) has the entry's key and stays in memory with its
 * delivery; `live` says whether its facts count; entries never change their number, so that the log
 * can name them. An entry without facts is left over from a refused delta. */
#include "feed/chain.h"

#include "feed/seen.h"

typedef struct entry {
    uint64_t hash;
    hedui_facts *facts;
    uint32_t first;
    int live;
} entry;

typedef struct change {
    uint32_t entry;
    hedui_facts *facts; /* before */
    uint32_t first;
    int live;
} change;

struct hedui_chain {
    hedui_arena *arena;
    const hedui_layout *layout;
    hedui_delivery **deliveries;
    entry *entries;
    change *log;
    uint32_t *slots; /* entry + 1; 0 is free */
    uint32_t count, room, entry_count, entry_room, log_count, log_room, slot_count;
    hedui_draft view; /* a fact seen as a draft */
};

hedui_chain *hedui_chain_open(const hedui_layout *layout)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_chain *chain = arena ? hedui_arena_take(arena, sizeof *chain) : NULL;
    if (chain) {
        uint32_t columns = layout->column_count;
        chain->view.states = hedui_arena_array(arena, columns, sizeof *chain->view.states);
        chain->view.numbers = hedui_arena_array(arena, columns, sizeof *chain->view.numbers);
        chain->view.texts = hedui_arena_array(arena, columns, sizeof *chain->view.texts);
    }
    if (!chain || !chain->view.states || !chain->view.numbers || !chain->view.texts) {
        hedui_arena_close(arena);
        return NULL;
    }
    chain->arena = arena;
    chain->layout = layout;
    return chain;
}

void hedui_chain_close(hedui_chain *chain)
{
    if (!chain)
        return;
    for (uint32_t i = 0; i < chain->count; i++)
        hedui_delivery_close(chain->deliveries[i]);
    hedui_arena_close(chain->arena);
}

uint32_t hedui_chain_count(const hedui_chain *chain)
{
    return chain->count;
}

hedui_delivery *hedui_chain_at(const hedui_chain *chain, uint32_t index)
{
    return chain->deliveries[index];
}

/* The array with room for one more element; NULL without memory. */
static void *grown(hedui_arena *arena, void *items, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return items;
    uint32_t larger = *room ? *room * 2 : 64;
    void *moved = larger > *room ? hedui_arena_array(arena, larger, size) : NULL;
    if (!moved)
        return NULL;
    if (count)
        memcpy(moved, items, count * size);
    *room = larger;
    return moved;
}

static int same_key(const hedui_chain *chain, const entry *e, const hedui_draft *draft)
{
    if (!e->facts)
        return 0;
    for (uint32_t k = 0; k < chain->layout->key_count; k++)
        if (!hedui_facts_same(e->facts, e->first, draft, chain->layout->keys[k]))
            return 0;
    return 1;
}

/* The slot of the draft's key, or the free one where it belongs. The table must not be empty. */
static uint32_t slot_of(const hedui_chain *chain, const hedui_draft *draft, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (chain->slot_count - 1);
    while (chain->slots[at]) {
        const entry *e = &chain->entries[chain->slots[at] - 1];
        if (e->hash == hash && same_key(chain, e, draft))
            break;
        at = (at + 1) & (chain->slot_count - 1);
    }
    return at;
}

int hedui_chain_find(const hedui_facts **facts, uint32_t *first, const hedui_chain *chain,
                     const hedui_draft *draft)
{
    if (!chain->slot_count)
        return 0;
    uint32_t slot = slot_of(chain, draft, hedui_seen_hash(chain->layout, draft));
    const entry *e = chain->slots[slot] ? &chain->entries[chain->slots[slot] - 1] : NULL;
    if (!e || !e->live)
        return 0;
    *facts = e->facts;
    *first = e->first;
    return 1;
}

static int more_slots(hedui_chain *chain)
{
    uint32_t count = chain->slot_count ? chain->slot_count * 2 : 1024;
    uint32_t *slots = hedui_arena_array(chain->arena, count, sizeof *slots);
    if (!slots)
        return 0;
    for (uint32_t i = 0; i < chain->entry_count; i++) {
        uint32_t at = (uint32_t)chain->entries[i].hash & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = i + 1;
    }
    chain->slots = slots;
    chain->slot_count = count;
    return 1;
}

/* Mark the facts of the entry's row. */
static void mark(const entry *e, int gone)
{
    uint32_t row = hedui_facts_row(e->facts, e->first);
    for (uint32_t i = e->first; i < e->facts->count && hedui_facts_row(e->facts, i) == row; i++)
        hedui_facts_set_gone(e->facts, i, gone);
}

static int log_change(hedui_chain *chain, uint32_t index)
{
    const entry *e = &chain->entries[index];
    change *log =
        grown(chain->arena, chain->log, chain->log_count, &chain->log_room, sizeof *chain->log);
    if (!log)
        return 0;
    chain->log = log;
    log[chain->log_count++] = (change){index, e->facts, e->first, e->live};
    return 1;
}

int hedui_chain_put(hedui_chain *chain, const hedui_draft *draft, hedui_facts *facts,
                    uint32_t first)
{
    if (chain->entry_count * 2 >= chain->slot_count && !more_slots(chain))
        return 0;
    uint64_t hash = hedui_seen_hash(chain->layout, draft);
    uint32_t slot = slot_of(chain, draft, hash);
    if (!chain->slots[slot]) {
        if (!facts)
            return 1;
        entry *entries = grown(chain->arena, chain->entries, chain->entry_count, &chain->entry_room,
                               sizeof *entries);
        if (!entries)
            return 0;
        chain->entries = entries;
        entries[chain->entry_count++] = (entry){.hash = hash};
        chain->slots[slot] = chain->entry_count;
    }
    uint32_t index = chain->slots[slot] - 1;
    if (!log_change(chain, index))
        return 0;
    entry *e = &chain->entries[index];
    if (e->live)
        mark(e, 1);
    e->live = facts != NULL;
    if (facts) {
        e->facts = facts;
        e->first = first;
    }
    return 1;
}

/* Take back what the last scan put, latest first. Its own facts may be gone from memory. */
static void undo(hedui_chain *chain)
{
    while (chain->log_count) {
        const change *c = &chain->log[--chain->log_count];
        entry *e = &chain->entries[c->entry];
        e->facts = c->facts;
        e->first = c->first;
        e->live = c->live;
    }
    for (uint32_t i = 0; i < chain->entry_count; i++)
        if (chain->entries[i].live)
            mark(&chain->entries[i], 0);
}

static void look_at(hedui_draft *view, const hedui_facts *facts, uint32_t i)
{
    for (uint32_t c = 0; c < facts->layout->column_count; c++) {
        view->states[c] = (uint8_t)hedui_facts_cell(&view->numbers[c], facts, i, c);
        if (hedui_column_type_is_text(facts->layout->columns[c].type))
            view->texts[c] = hedui_facts_text(facts, i, c);
    }
}

/* The rows of the full delivery, before its first delta. Of two that contradict each other neither
 * is held; who had them is in doubt already. */
static int put_all(hedui_chain *chain, hedui_facts *facts)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        if (i && hedui_facts_row(facts, i) == hedui_facts_row(facts, i - 1))
            continue;
        if (hedui_facts_gone(facts, i))
            continue;
        look_at(&chain->view, facts, i);
        if (!hedui_chain_put(chain, &chain->view, facts, i))
            return 0;
    }
    return 1;
}

hedui_status hedui_chain_add(hedui_delivery **delivery, hedui_chain *chain, const char *path,
                             const hedui_scan_options *options, hedui_err *err)
{
    static const hedui_scan_options none;
    hedui_scan_options own = options ? *options : none;
    own.chain = chain->count ? chain : NULL;
    hedui_delivery **deliveries = grown(chain->arena, chain->deliveries, chain->count, &chain->room,
                                        sizeof(hedui_delivery *));
    if (!deliveries || (chain->count == 1 && !put_all(chain, chain->deliveries[0]->facts)))
        return hedui_fail_memory(err);
    chain->deliveries = deliveries;
    chain->log_count = 0;
    hedui_delivery *scanned;
    hedui_status status = hedui_delivery_scan(&scanned, path, chain->layout, &own, err);
    if (status != HEDUI_OK || scanned->refusal != HEDUI_REFUSAL_none)
        undo(chain);
    if (status != HEDUI_OK)
        return status;
    chain->deliveries[chain->count++] = scanned;
    *delivery = scanned;
    return HEDUI_OK;
}
