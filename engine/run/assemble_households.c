/* The households of a result, and who belongs to them as the caseload says. */
#include "run/assembling.h"
#include "run/searched.h"

static hedui_run_state state_of(const hedui_household_answers *answers)
{
    if (answers->flags)
        return HEDUI_RUN_FLAGGED;
    if (answers->unanswered)
        return HEDUI_RUN_UNCHECKED;
    return answers->applied ? HEDUI_RUN_CLEAR : HEDUI_RUN_OUT_OF_SCOPE;
}

/* What people read in a column; empty where the layout lacks it, or nothing is known. */
static hedui_span text_of(assembler *a, const hedui_facts *facts, uint32_t fact, uint32_t column)
{
    if (column == HEDUI_COLUMN_NONE || hedui_facts_state(facts, fact, column) != HEDUI_CELL_VALUE)
        return hedui_span_of("");
    const hedui_column *c = &facts->layout->columns[column];
    if (c->type == HEDUI_COLUMN_CODE)
        return c->list->codes[hedui_facts_number(facts, fact, column)].label;
    hedui_buffer_clear(&a->words);
    hedui_facts_print(&a->words, facts, fact, column);
    a->failed |= hedui_buffer_failed(&a->words);
    return keep(a, hedui_buffer_span(&a->words));
}

static const hedui_run_member *assemble_people(assembler *a, const hedui_household *household)
{
    const hedui_caseload *c = a->book->caseload;
    const hedui_facts *facts = c->member_delivery->facts;
    hedui_run_member *people = room(a, household->count, sizeof *people);
    for (uint32_t i = 0; people && i < household->count; i++) {
        uint32_t at = household->first + i;
        const hedui_member *from = &c->members[at];
        hedui_citizen_id id = c->persons[from->person].id;
        people[i].name = keep(a, hedui_member_name(c, at));
        people[i].relation = text_of(a, facts, from->fact, a->relation);
        hedui_citizen_id_mask(people[i].id_masked, id);
        people[i].born = hedui_citizen_id_birth(id);
        people[i].counted = from->counted;
        people[i].authorised = from->authorised;
    }
    return people;
}

static hedui_span searched(assembler *a, uint32_t household)
{
    hedui_buffer_clear(&a->words);
    hedui_searched_put(&a->words, a->book, household);
    a->failed |= hedui_buffer_failed(&a->words);
    return keep(a, hedui_buffer_span(&a->words));
}

static void assemble_household(assembler *a, hedui_run_household *to, uint32_t h)
{
    const hedui_caseload *c = a->book->caseload;
    const hedui_household *from = &c->households[h];
    const hedui_facts *facts = c->household_delivery->facts;
    const hedui_household_answers *answers = &a->judged->answers[h - a->judged->from];
    uint32_t paid = c->household_columns[HEDUI_HOUSEHOLD_PAID];
    uint32_t town = hedui_areas_at_depth(c->areas, from->area, 1);
    to->id = keep(a, from->id);
    to->area_code = keep(a, hedui_household_text(c, h, HEDUI_HOUSEHOLD_AREA));
    if (from->area != HEDUI_AREA_NONE)
        to->area_name = a->areas[from->area].name;
    if (town != HEDUI_AREA_NONE) {
        to->town_code = a->areas[town].code;
        to->town_name = a->areas[town].name;
    }
    to->head_name = keep(a, hedui_household_text(c, h, HEDUI_HOUSEHOLD_HEAD_NAME));
    to->programme = hedui_household_code(c, h, HEDUI_HOUSEHOLD_PROGRAMME);
    to->urban_rural = hedui_household_code(c, h, HEDUI_HOUSEHOLD_URBAN_RURAL);
    to->status = hedui_household_code(c, h, HEDUI_HOUSEHOLD_STATUS);
    to->address = text_of(a, facts, from->fact, a->address);
    to->benefit_from = text_of(a, facts, from->fact, a->benefit_from);
    to->members = from->count;
    for (uint32_t m = from->first; m < from->first + from->count; m++)
        to->counted += c->members[m].counted;
    to->people = assemble_people(a, from);
    to->searched = searched(a, h);
    to->paid_fen = hedui_facts_state(facts, from->fact, paid) == HEDUI_CELL_VALUE
                       ? hedui_facts_number(facts, from->fact, paid)
                       : INT64_MIN;
    to->state = state_of(answers);
    to->flags = answers->flags;
    to->unanswered = answers->unanswered;
}

/* Once for all the households of an area. */
static void keep_areas(assembler *a)
{
    const hedui_areas *areas = a->book->caseload->areas;
    a->areas = room(a, areas->count, sizeof *a->areas);
    for (uint32_t i = 0; a->areas && i < areas->count; i++)
        a->areas[i] = (hedui_kept_area){keep(a, areas->list[i].code), keep(a, areas->list[i].name)};
}

void hedui_assemble_places(assembler *a, const uint8_t *only)
{
    const hedui_caseload *c = a->book->caseload;
    const hedui_layout *household = c->household_delivery->facts->layout;
    uint32_t count = c->household_count, kept = 0;
    a->place = room(a, count, sizeof *a->place);
    a->address = hedui_layout_column(household, hedui_span_of("address"));
    a->benefit_from = hedui_layout_column(household, hedui_span_of("benefit_from"));
    a->relation = hedui_layout_column(c->member_delivery->facts->layout, hedui_span_of("relation"));
    keep_areas(a);
    for (uint32_t h = 0; a->place && h < count; h++)
        a->place[h] = only && !only[h] ? HEDUI_NONE : kept++;
}

void hedui_assemble_households(assembler *a, uint32_t from, uint32_t to)
{
    for (uint32_t h = a->judged->from + from; h < a->judged->from + to; h++)
        if (a->place[h] != HEDUI_NONE)
            assemble_household(a, &a->households[a->place[h] - a->first_place], h);
}
