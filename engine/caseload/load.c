/* From the caseload's deliveries to households, members and persons.
 *
 * Everything is sorted by what it is (household id, citizen number), never by where it stood in the
 * file, so that results do not depend on the order of the caseload's rows. */
#include "caseload/caseload.h"
#include "caseload/index.h"

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

typedef struct builder {
    hedui_caseload *c;
    hedui_arena *arena;
    hedui_err *err;
    hedui_household *households;
    hedui_member *members;
    hedui_stray *strays, *supporter_strays;
    hedui_person *persons;
    uint32_t *places;
    uint8_t *wanted;
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

static int by_household_id(const void *a, const void *b)
{
    const hedui_household *x = a, *y = b;
    return hedui_span_compare(x->id, y->id);
}

static hedui_status build_households(builder *b)
{
    const hedui_facts *facts = b->c->household_delivery->facts;
    uint32_t count = facts->count;
    const uint32_t *column = b->c->household_columns;
    if (count == 0)
        return hedui_fail_plain(b->err, HEDUI_E4013,
                                hedui_place_file(b->c->household_delivery->name));
    b->households = hedui_arena_array(b->arena, count, sizeof *b->households);
    if (!b->households)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_household *h = &b->households[i];
        h->id = hedui_facts_text(facts, i, column[HEDUI_HOUSEHOLD_ID]);
        h->fact = i;
        h->area =
            hedui_areas_find(b->c->areas, hedui_facts_text(facts, i, column[HEDUI_HOUSEHOLD_AREA]));
    }
    qsort(b->households, count, sizeof *b->households, by_household_id);
    b->c->households = b->households;
    b->c->household_count = count;
    return HEDUI_OK;
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

static int by_person(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->member.person < y->member.person ? -1 : x->member.person > y->member.person;
}

static void collect(builder *b, const people *p, entry *entries, uint32_t *count, int32_t as_of)
{
    const hedui_facts *facts = p->facts;
    const uint32_t *column = p->column;
    for (uint32_t i = 0; i < facts->count; i++) {
        if (hedui_facts_at(facts, i)->gone)
            continue; /* contradicted by another row: its reject marks the household */
        hedui_span household = hedui_facts_text(facts, i, column[HEDUI_MEMBER_HOUSEHOLD]);
        uint32_t at = hedui_caseload_household(b->c, household);
        if (at == UINT32_MAX) {
            if (p->supporters)
                b->supporter_strays[b->c->supporter_stray_count++].fact = i;
            else
                b->strays[b->c->stray_count++].fact = i;
            continue;
        }
        entry *e = &entries[(*count)++];
        e->id = (hedui_citizen_id)hedui_facts_number(facts, i, column[HEDUI_MEMBER_CITIZEN_ID]);
        e->member.household = at;
        e->member.fact = i;
        e->member.supporter = p->supporters != 0;
        e->member.counted =
            !p->supporters &&
            hedui_facts_state(facts, i, column[HEDUI_MEMBER_COUNTED]) == HEDUI_CELL_VALUE &&
            hedui_facts_number(facts, i, column[HEDUI_MEMBER_COUNTED]) == 1;
        e->member.authorised = (uint8_t)is_live(p, i, as_of);
        e->member.upgraded = hedui_facts_at(facts, i)->form == HEDUI_CITIZEN_ID_15;
    }
}

/* Persons in the order of their numbers, with the places where each stands. `entries` is reused:
 * member.person holds the member's index while sorting by number. */
static hedui_status build_persons(builder *b, entry *entries, uint32_t count)
{
    b->persons = hedui_arena_array(b->arena, count, sizeof *b->persons);
    b->places = hedui_arena_array(b->arena, count, sizeof *b->places);
    b->wanted = hedui_arena_array(b->arena, count, sizeof *b->wanted);
    if (!b->persons || !b->places || !b->wanted)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++)
        entries[i].member.person = i;
    if (count)
        qsort(entries, count, sizeof *entries, by_person);
    uint32_t persons = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || entries[i].id != entries[i - 1].id) {
            b->persons[persons].id = entries[i].id;
            b->persons[persons].first = i;
            persons++;
        }
        uint32_t member = entries[i].member.person;
        b->persons[persons - 1].count++;
        b->places[i] = member;
        b->members[member].person = persons - 1;
        b->wanted[persons - 1] |= b->members[member].authorised;
    }
    b->c->persons = b->persons;
    b->c->person_count = persons;
    b->c->places = b->places;
    for (uint32_t i = 0; i < persons; i++)
        b->c->authorised_persons += b->wanted[i];
    if (!hedui_person_index_build(&b->c->index, b->persons, b->wanted, persons, b->arena))
        return hedui_fail_memory(b->err);
    return HEDUI_OK;
}

static hedui_status build_members(builder *b, int32_t as_of)
{
    const hedui_delivery *of_supporters = b->c->supporter_delivery;
    people members = {b->c->member_delivery->facts, b->c->member_columns, 0};
    people supporters = {of_supporters ? of_supporters->facts : NULL, b->c->supporter_columns, 1};
    uint32_t count = 0, more = of_supporters ? supporters.facts->count : 0;
    size_t rows = (size_t)members.facts->count + more;
    entry *entries = hedui_arena_array(b->arena, rows, sizeof *entries);
    b->members = hedui_arena_array(b->arena, rows, sizeof *b->members);
    b->strays = hedui_arena_array(b->arena, members.facts->count, sizeof *b->strays);
    b->supporter_strays = hedui_arena_array(b->arena, more, sizeof *b->strays);
    if (!entries || !b->members || !b->strays || !b->supporter_strays)
        return hedui_fail_memory(b->err);
    collect(b, &members, entries, &count, as_of);
    if (of_supporters)
        collect(b, &supporters, entries, &count, as_of);
    if (count)
        qsort(entries, count, sizeof *entries, by_household_then_id);
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
    b->c->strays = b->strays;
    b->c->supporter_strays = b->supporter_strays;
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
        uint32_t at = hedui_caseload_household(b->c, hedui_span_of(reject.key));
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
    builder b = {.arena = arena, .err = err};
    b.c = hedui_arena_take(arena, sizeof *b.c);
    if (!b.c)
        return hedui_fail_memory(err);
    b.c->household_delivery = households;
    b.c->member_delivery = members;
    b.c->supporter_delivery = supporters;
    b.c->areas = areas;
    hedui_status status = find_columns(b.c->household_columns, household_names,
                                       HEDUI_HOUSEHOLD_COLUMNS, households->layout, err);
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
