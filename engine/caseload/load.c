/* From the caseload's deliveries to households, members and persons.
 *
 * Everything is sorted by what it is (household id, citizen number), never by where it stood in the
 * file, so that results do not depend on the order of the caseload's rows. */
#include "caseload/caseload.h"
#include "caseload/index.h"
#include "caseload/order.h"

#include <stdlib.h>

static const char *const household_names[HEDUI_HOUSEHOLD_COLUMNS] = {
    [HEDUI_HOUSEHOLD_ID] = "household_id",         [HEDUI_HOUSEHOLD_AREA] = "area_code",
    [HEDUI_HOUSEHOLD_HEAD_NAME] = "head_name",     [HEDUI_HOUSEHOLD_PROGRAMME] = "programme",
    [HEDUI_HOUSEHOLD_URBAN_RURAL] = "urban_rural", [HEDUI_HOUSEHOLD_STATUS] = "status",
    [HEDUI_HOUSEHOLD_PAID] = "paid_amount",
};
static const char *const member_names[HEDUI_MEMBER_COLUMNS] = {
    [HEDUI_MEMBER_HOUSEHOLD] = "household_id",
    [HEDUI_MEMBER_CITIZEN_ID] = "citizen_id",
    [HEDUI_MEMBER_NAME] = "name",
    [HEDUI_MEMBER_COUNTED] = "counted",
    [HEDUI_MEMBER_AUTHORIZATION] = "authorization_no",
    [HEDUI_MEMBER_AUTHORIZED_UNTIL] = "authorization_until",
};

typedef struct household_slot {
    uint32_t half;      /* of the hash */
    uint32_t household; /* + 1; 0: free */
} household_slot;

typedef struct builder {
    hedui_caseload *c;
    hedui_arena *arena, *scratch; /* what stays; what goes when the caseload is built */
    hedui_err *err;
    hedui_household *households;
    hedui_member *members;
    hedui_stray *strays, *supporter_strays;
    hedui_person *persons;
    uint32_t *places;
    household_slot *slots; /* a table by id: open addressing, at most half full */
    uint32_t slot_mask;
} builder;

static hedui_status find_columns(uint32_t *columns, const char *const *names, uint32_t count,
                                 const hedui_layout *layout, hedui_err *err)
{
    for (uint32_t i = 0; i < count; i++) {
        columns[i] = hedui_layout_column(layout, hedui_span_of(names[i]));
        if (columns[i] == HEDUI_COLUMN_NONE)
            return hedui_fail(err, HEDUI_E4012, hedui_place_file(layout->path),
                              HEDUI_ARG_SPAN(layout->name), HEDUI_ARG_TEXT(names[i]));
    }
    return HEDUI_OK;
}

static int build_table(builder *b)
{
    uint32_t count = b->c->household_count, capacity = 64;
    while (capacity < INT32_MAX && capacity / 2 < count)
        capacity *= 2;
    b->slots = hedui_arena_array(b->scratch, capacity, sizeof *b->slots);
    if (!b->slots || capacity / 2 < count)
        return 0;
    b->slot_mask = capacity - 1;
    for (uint32_t h = 0; h < count; h++) {
        uint64_t hash = hedui_hash(b->households[h].id);
        uint32_t at = (uint32_t)hash & b->slot_mask;
        while (b->slots[at].household)
            at = (at + 1) & b->slot_mask;
        b->slots[at] = (household_slot){(uint32_t)(hash >> 32), h + 1};
    }
    return 1;
}

/* hedui_caseload_household, for those who ask a million times. */
static uint32_t find_hashed(const builder *b, hedui_span id, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & b->slot_mask;
    for (; b->slots[at].household; at = (at + 1) & b->slot_mask)
        if (b->slots[at].half == (uint32_t)(hash >> 32) &&
            hedui_span_equal(b->households[b->slots[at].household - 1].id, id))
            return b->slots[at].household - 1;
    return UINT32_MAX;
}

static uint32_t find_household(const builder *b, hedui_span id)
{
    return find_hashed(b, id, hedui_hash(id));
}

enum { TOGETHER = 64 };

/* Several at a time: slot, household and id stand in three places far from each other, and each is
 * asked for in all of them before the first is needed. */
static void find_households(uint32_t *found, const builder *b, const hedui_span *ids,
                            uint32_t count)
{
    uint64_t hashes[TOGETHER];
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = hedui_hash(ids[i]);
        __builtin_prefetch(&b->slots[(uint32_t)hashes[i] & b->slot_mask]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t likely = b->slots[(uint32_t)hashes[i] & b->slot_mask].household;
        __builtin_prefetch(&b->households[likely ? likely - 1 : 0]);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t likely = b->slots[(uint32_t)hashes[i] & b->slot_mask].household;
        __builtin_prefetch(b->households[likely ? likely - 1 : 0].id.at);
    }
    for (uint32_t i = 0; i < count; i++)
        found[i] = find_hashed(b, ids[i], hashes[i]);
}

static hedui_status build_households(builder *b)
{
    const hedui_facts *facts = b->c->household_delivery->facts;
    uint32_t count = facts->count;
    const uint32_t *column = b->c->household_columns;
    hedui_ordered *order;
    if (count == 0)
        return hedui_fail_plain(b->err, HEDUI_E4013,
                                hedui_place_file(b->c->household_delivery->name));
    b->households = hedui_arena_array(b->arena, count, sizeof *b->households);
    hedui_span *ids = hedui_arena_array(b->scratch, count, sizeof *ids);
    if (!b->households || !ids)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++)
        ids[i] = hedui_facts_text(facts, i, column[HEDUI_HOUSEHOLD_ID]);
    if (!hedui_order_texts(&order, ids, count, b->scratch))
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_household *h = &b->households[i];
        h->fact = order[i].index;
        h->id = ids[h->fact];
        h->area = hedui_areas_find(b->c->areas,
                                   hedui_facts_text(facts, h->fact, column[HEDUI_HOUSEHOLD_AREA]));
    }
    b->c->households = b->households;
    b->c->household_count = count;
    return build_table(b) ? HEDUI_OK : hedui_fail_memory(b->err);
}

/* The rows of one of the two deliveries that name people. */
typedef struct people {
    const hedui_facts *facts;
    const uint32_t *column;
    int supporters;
} people;

static int is_live(const people *p, uint32_t fact, int32_t as_of)
{
    const hedui_facts *facts = p->facts;
    const uint32_t *column = p->column;
    uint32_t number = column[HEDUI_MEMBER_AUTHORIZATION];
    uint32_t until = column[HEDUI_MEMBER_AUTHORIZED_UNTIL];
    if (hedui_facts_state(facts, fact, number) != HEDUI_CELL_VALUE)
        return 0;
    hedui_cell_state state = hedui_facts_state(facts, fact, until);
    if (state == HEDUI_CELL_ABSENT)
        return 1; /* valid until the household leaves the programme */
    return state == HEDUI_CELL_VALUE && hedui_facts_number(facts, fact, until) >= as_of;
}

/* A member while it is being sorted: its number beside it. */
typedef struct entry {
    hedui_citizen_id id;
    hedui_member member;
} entry;

static int by_household_then_id(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->member.household != y->member.household)
        return x->member.household < y->member.household ? -1 : 1;
    if (x->member.supporter != y->member.supporter)
        return x->member.supporter ? 1 : -1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->member.fact < y->member.fact ? -1 : x->member.fact > y->member.fact;
}

/* One row, of the household `at`. */
static void collect_row(entry *e, const people *p, uint32_t i, uint32_t at, int32_t as_of)
{
    const hedui_facts *facts = p->facts;
    const uint32_t *column = p->column;
    e->id = (hedui_citizen_id)hedui_facts_number(facts, i, column[HEDUI_MEMBER_CITIZEN_ID]);
    e->member.household = at;
    e->member.fact = i;
    e->member.supporter = p->supporters != 0;
    e->member.counted =
        !p->supporters &&
        hedui_facts_state(facts, i, column[HEDUI_MEMBER_COUNTED]) == HEDUI_CELL_VALUE &&
        hedui_facts_number(facts, i, column[HEDUI_MEMBER_COUNTED]) == 1;
    e->member.authorised = (uint8_t)is_live(p, i, as_of);
    e->member.upgraded = hedui_facts_form(facts, i) == HEDUI_CITIZEN_ID_15;
}

static void collect(builder *b, const people *p, entry *entries, uint32_t *count, int32_t as_of)
{
    const hedui_facts *facts = p->facts;
    hedui_span ids[TOGETHER];
    uint32_t found[TOGETHER];
    for (uint32_t from = 0, some; from < facts->count; from += some) {
        some = facts->count - from < TOGETHER ? facts->count - from : TOGETHER;
        for (uint32_t n = 0; n < some; n++)
            ids[n] = hedui_facts_text(facts, from + n, p->column[HEDUI_MEMBER_HOUSEHOLD]);
        find_households(found, b, ids, some);
        for (uint32_t n = 0; n < some; n++) {
            if (hedui_facts_gone(facts, from + n))
                continue; /* contradicted by another row: its reject marks the household */
            if (found[n] != UINT32_MAX)
                collect_row(&entries[(*count)++], p, from + n, found[n], as_of);
            else if (p->supporters)
                b->supporter_strays[b->c->supporter_stray_count++].fact = from + n;
            else
                b->strays[b->c->stray_count++].fact = from + n;
        }
    }
}

/* Persons in the order of their numbers, with the places where each stands; `entries` are the
 * members. */
static hedui_status build_persons(builder *b, const entry *entries, uint32_t count)
{
    uint32_t persons = 0;
    hedui_ordered *order = hedui_arena_array(b->scratch, count, sizeof *order);
    uint8_t *wanted = hedui_arena_array(b->scratch, count, sizeof *wanted);
    b->places = hedui_arena_array(b->arena, count, sizeof *b->places);
    if (!order || !wanted || !b->places)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++)
        order[i] = (hedui_ordered){entries[i].id, i};
    if (!hedui_order_by_key(order, count, b->scratch))
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++)
        persons += i == 0 || order[i].key != order[i - 1].key;
    b->persons = hedui_arena_array(b->arena, persons, sizeof *b->persons);
    if (!b->persons)
        return hedui_fail_memory(b->err);
    persons = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t member = order[i].index;
        if (i == 0 || order[i].key != order[i - 1].key)
            b->persons[persons++] = (hedui_person){.id = order[i].key, .first = i};
        b->persons[persons - 1].count++;
        b->places[i] = member;
        b->members[member].person = persons - 1;
        wanted[persons - 1] |= b->members[member].authorised;
    }
    b->c->persons = b->persons;
    b->c->person_count = persons;
    b->c->places = b->places;
    for (uint32_t i = 0; i < persons; i++)
        b->c->authorised_persons += wanted[i];
    if (!hedui_person_index_build(&b->c->index, b->persons, wanted, persons, b->arena))
        return hedui_fail_memory(b->err);
    return HEDUI_OK;
}

/* Put the entries in their order; a household's own are few, so that counting does the most. */
static hedui_status sort_entries(entry **sorted, builder *b, const entry *entries, uint32_t count)
{
    uint32_t households = b->c->household_count;
    uint32_t *ends = hedui_arena_array(b->scratch, (size_t)households + 1, sizeof *ends);
    entry *made = hedui_arena_array(b->scratch, count, sizeof *made);
    if (!ends || !made)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++)
        ends[entries[i].member.household + 1]++;
    for (uint32_t h = 0; h < households; h++)
        ends[h + 1] += ends[h];
    for (uint32_t i = 0; i < count; i++) /* moves each household's beginning to its end */
        made[ends[entries[i].member.household]++] = entries[i];
    for (uint32_t h = 0; h < households; h++) {
        uint32_t from = h ? ends[h - 1] : 0;
        if (ends[h] - from > 1)
            qsort(made + from, ends[h] - from, sizeof *made, by_household_then_id);
    }
    *sorted = made;
    return HEDUI_OK;
}

/* The rows that collect() found no household for. */
static hedui_status keep_strays(builder *b)
{
    hedui_stray *strays = hedui_arena_array(b->arena, b->c->stray_count, sizeof *strays);
    hedui_stray *others = hedui_arena_array(b->arena, b->c->supporter_stray_count, sizeof *others);
    if (!strays || !others)
        return hedui_fail_memory(b->err);
    if (b->c->stray_count)
        memcpy(strays, b->strays, b->c->stray_count * sizeof *strays);
    if (b->c->supporter_stray_count)
        memcpy(others, b->supporter_strays, b->c->supporter_stray_count * sizeof *others);
    b->c->strays = strays;
    b->c->supporter_strays = others;
    return HEDUI_OK;
}

static hedui_status build_members(builder *b, int32_t as_of)
{
    const hedui_delivery *of_supporters = b->c->supporter_delivery;
    people members = {b->c->member_delivery->facts, b->c->member_columns, 0};
    people supporters = {of_supporters ? of_supporters->facts : NULL, b->c->supporter_columns, 1};
    uint32_t count = 0, more = of_supporters ? supporters.facts->count : 0;
    size_t rows = (size_t)members.facts->count + more;
    entry *entries = hedui_arena_array(b->scratch, rows, sizeof *entries);
    b->strays = hedui_arena_array(b->scratch, members.facts->count, sizeof *b->strays);
    b->supporter_strays = hedui_arena_array(b->scratch, more, sizeof *b->strays);
    if (!entries || !b->strays || !b->supporter_strays)
        return hedui_fail_memory(b->err);
    collect(b, &members, entries, &count, as_of);
    if (of_supporters)
        collect(b, &supporters, entries, &count, as_of);
    hedui_status status = keep_strays(b);
    if (!status)
        status = sort_entries(&entries, b, entries, count);
    b->members = hedui_arena_array(b->arena, count, sizeof *b->members);
    if (status || !b->members)
        return status ? status : hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_household *h = &b->households[entries[i].member.household];
        if (h->count + h->supporters == 0)
            h->first = i;
        h->count += !entries[i].member.supporter;
        h->supporters += entries[i].member.supporter;
        b->members[i] = entries[i].member;
    }
    b->c->members = b->members;
    b->c->member_count = count;
    for (uint32_t i = 0; i < b->c->household_count; i++)
        if (b->households[i].count == 0)
            b->households[i].incomplete = 1;
    return build_persons(b, entries, count);
}

/* A rejected member row that still names its household leaves that household incomplete: somebody
 * belongs to it whom we cannot see. A rejected row of a household that is there contradicts it. */
static hedui_status mark_households(builder *b, const hedui_delivery *delivery)
{
    hedui_rejects *rejects = delivery->rejects;
    uint64_t count = hedui_rejects_count(rejects);
    for (uint64_t i = 0; i < count; i++) {
        hedui_reject reject;
        hedui_status status = hedui_rejects_get(&reject, rejects, i, b->err);
        if (status)
            return status;
        uint32_t at = find_household(b, hedui_span_of(reject.key));
        if (!reject.key[0] || at == UINT32_MAX)
            continue;
        if (delivery == b->c->supporter_delivery) {
            b->households[at].supporters_incomplete = 1;
            continue;
        }
        b->households[at].incomplete = 1;
        b->households[at].conflicting |= delivery == b->c->household_delivery;
    }
    return HEDUI_OK;
}

hedui_status hedui_caseload_build(const hedui_caseload **caseload, hedui_delivery *households,
                                  hedui_delivery *members, hedui_delivery *supporters,
                                  const hedui_areas *areas, int32_t as_of, hedui_arena *arena,
                                  hedui_err *err)
{
    enum { LARGE = 1 << 20 };
    builder b = {.arena = arena, .scratch = hedui_arena_open(LARGE), .err = err};
    hedui_status status = HEDUI_OK;
    b.c = hedui_arena_take(arena, sizeof *b.c);
    if (!b.c || !b.scratch) {
        status = hedui_fail_memory(err);
        goto done;
    }
    b.c->household_delivery = households;
    b.c->member_delivery = members;
    b.c->supporter_delivery = supporters;
    b.c->areas = areas;
    status = find_columns(b.c->household_columns, household_names, HEDUI_HOUSEHOLD_COLUMNS,
                          households->layout, err);
    if (!status)
        status = find_columns(b.c->member_columns, member_names, HEDUI_MEMBER_COLUMNS,
                              members->layout, err);
    for (int i = 0; !status && supporters && i < HEDUI_MEMBER_COLUMNS; i++)
        if (i != HEDUI_MEMBER_COUNTED)
            status = find_columns(&b.c->supporter_columns[i], &member_names[i], 1,
                                  supporters->layout, err);
    if (!status)
        status = build_households(&b);
    if (!status)
        status = build_members(&b, as_of);
    if (!status)
        status = mark_households(&b, members);
    if (!status && supporters)
        status = mark_households(&b, supporters);
    if (!status)
        status = mark_households(&b, households);
    if (!status)
        *caseload = b.c;
done:
    hedui_arena_close(b.scratch);
    return status;
}

uint32_t hedui_caseload_household(const hedui_caseload *caseload, hedui_span id)
{
    uint32_t low = 0, high = caseload->household_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (hedui_span_compare(caseload->households[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < caseload->household_count && hedui_span_equal(caseload->households[low].id, id))
        return low;
    return UINT32_MAX;
}

hedui_span hedui_household_text(const hedui_caseload *caseload, uint32_t household,
                                hedui_household_column column)
{
    return hedui_facts_text(caseload->household_delivery->facts,
                            caseload->households[household].fact,
                            caseload->household_columns[column]);
}

hedui_span hedui_household_code(const hedui_caseload *caseload, uint32_t household,
                                hedui_household_column column)
{
    const hedui_facts *facts = caseload->household_delivery->facts;
    uint32_t fact = caseload->households[household].fact;
    uint32_t at = caseload->household_columns[column];
    if (hedui_facts_state(facts, fact, at) != HEDUI_CELL_VALUE)
        return hedui_span_of("");
    return facts->layout->columns[at].list->codes[hedui_facts_number(facts, fact, at)].code;
}

hedui_span hedui_member_name(const hedui_caseload *caseload, uint32_t member)
{
    const hedui_member *m = &caseload->members[member];
    if (m->supporter)
        return hedui_facts_text(caseload->supporter_delivery->facts, m->fact,
                                caseload->supporter_columns[HEDUI_MEMBER_NAME]);
    return hedui_facts_text(caseload->member_delivery->facts, m->fact,
                            caseload->member_columns[HEDUI_MEMBER_NAME]);
}
