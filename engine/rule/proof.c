/* Evidence: the explanation of a condition, followed through the values it uses down to cells of
 * rows. */
#include "rule/proof.h"
#include "rule/declared.h"
#include "rule/getter.h"
#include "rule/intervals.h"
#include "rule/making.h"
#include "rule/proof_rows.h"

#include <hedui/cel_explain.h>

typedef struct collector {
    hedui_judge *j;
    hedui_touch *touches;
    uint32_t count, capacity;
    int depth;
} collector;

static hedui_status add_touch(collector *c, hedui_touch t)
{
    if (c->count == c->capacity) {
        uint32_t capacity = c->capacity ? c->capacity * 2 : 32;
        hedui_touch *larger = hedui_arena_array(c->j->scratch, capacity, sizeof *larger);
        if (!larger)
            return hedui_fail_memory(&c->j->err);
        if (c->count)
            memcpy(larger, c->touches, c->count * sizeof *larger);
        c->touches = larger;
        c->capacity = capacity;
    }
    c->touches[c->count++] = t;
    return HEDUI_OK;
}

static hedui_span shown(hedui_cel_value value, hedui_arena *arena)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    if (value.kind == HEDUI_CEL_ERROR && value.code == HEDUI_CEL_ERROR_ABSENT)
        hedui_buffer_text(&text, "（空）");
    else if (value.kind == HEDUI_CEL_UNKNOWN || value.kind == HEDUI_CEL_ERROR)
        hedui_buffer_text(&text, "不详");
    else
        hedui_cel_value_show(&text, value);
    hedui_span copy = {NULL, 0};
    if (!hedui_buffer_failed(&text))
        copy = hedui_arena_copy(arena, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    return copy;
}

static hedui_status explain(collector *c, const hedui_cel_program *program,
                            const hedui_cel_value *variables);

static hedui_status explain_value(collector *c, const hedui_value *value,
                                  const hedui_cel_value *variables)
{
    const hedui_cel_program *program;
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && (program = hedui_value_program(value, i)); i++)
        status = explain(c, program, variables);
    return status;
}

/* A cell that is itself computed (a member's value) is followed to what it was computed from. */
static hedui_status follow_value(collector *c, const hedui_value *value, hedui_cel_value owner)
{
    const hedui_cel_value *variables = hedui_judge_bind(c->j, value->own_slot, owner);
    if (!variables)
        return hedui_fail_memory(&c->j->err);
    return explain_value(c, value, variables);
}

/* A supporter who is met where a member stands: his own row of the caseload. */
static int is_supporter(const collector *c, const hedui_cel_type *type, uint32_t row)
{
    return type == c->j->rulebook->catalogue->member_type && row != HEDUI_NONE &&
           c->j->book->caseload->members[row].supporter;
}

static hedui_status add_supporter(collector *c, uint32_t place)
{
    uint32_t row = hedui_catalogue_supporter(&c->j->the_case, place).count;
    uint16_t source = (uint16_t)c->j->rulebook->catalogue->supporters;
    return add_touch(c, (hedui_touch){source, row, HEDUI_COLUMN_NONE, {"", 0}});
}

static hedui_status add_field(collector *c, const hedui_cel_type *type, uint16_t source,
                              uint32_t row, uint32_t field)
{
    const hedui_catalogue *catalogue = c->j->rulebook->catalogue;
    if (is_supporter(c, type, row))
        return add_supporter(c, row);
    hedui_touch t = {source, row, hedui_catalogue_column(catalogue, source, field), {"", 0}};
    if (t.column == HEDUI_COLUMN_NONE)
        return HEDUI_OK; /* a list or a link to the member: its rows speak for themselves */
    /* the cell as it stands, whatever was asked of it: has(died_on) read the day of death */
    const hedui_cel_record *record = hedui_cel_type_fields(type);
    t.value = shown(record->get(record->context, &c->j->the_case, row, field, c->j->scratch),
                    c->j->scratch);
    return t.value.at ? add_touch(c, t) : hedui_fail_memory(&c->j->err);
}

/* What the sum or the cell of hh.declared was read from: who counts, and what each declared. */
static hedui_status add_declared(collector *c, uint32_t row, uint32_t field)
{
    const hedui_catalogue *catalogue = c->j->rulebook->catalogue;
    const hedui_caseload *caseload = c->j->book->caseload;
    const hedui_household *h = &caseload->households[row];
    const hedui_cel_type *house = catalogue->household_type, *member = catalogue->member_type;
    uint16_t source = hedui_catalogue_source(member);
    if (field == HEDUI_CEL_NO_FIELD)
        return HEDUI_OK;
    const hedui_declared_field *from = &catalogue->declared[field];
    if (!from->of_member)
        return add_field(c, house, hedui_catalogue_source(house), row, from->field);
    uint32_t counted = 0;
    while (catalogue->member_columns[counted] != caseload->member_columns[HEDUI_MEMBER_COUNTED])
        counted++;
    hedui_status status = HEDUI_OK;
    for (uint32_t m = h->first; m < h->first + h->count && !status; m++) {
        status = add_field(c, member, source, m, counted);
        if (!status && hedui_declared_counts(&c->j->the_case, m))
            status = add_field(c, member, source, m, from->field);
    }
    return status;
}

/* Months first .. last of one benefit feed; nothing there: it was searched. */
static hedui_status add_benefit_rows(collector *c, uint16_t source, int32_t first, int32_t last,
                                     uint32_t *found)
{
    const hedui_catalogue *catalogue = c->j->rulebook->catalogue;
    const hedui_feed_book *feed = &c->j->book->feeds[source];
    uint32_t household = c->j->the_case.household, fields[2];
    hedui_status status = HEDUI_OK;
    hedui_benefit_fields(fields, catalogue, source);
    for (uint32_t i = feed->first ? feed->first[household] : 0;
         feed->first && i < feed->first[household + 1] && !status; i++) {
        int32_t month;
        if (!c->j->book->caseload->members[feed->links[i].member].counted)
            continue;
        if (hedui_benefit_month(&month, &c->j->the_case, source, i, c->j->scratch) &&
            (month < first || month > last))
            continue;
        ++*found;
        for (int k = 0; k < 2 && !status; k++)
            if (fields[k] != UINT32_MAX)
                status = add_field(c, catalogue->row_types[source], source, i, fields[k]);
    }
    return status;
}

/* The rows of a stretch with those of the months beside it, which end it; of all stretches if the
 * list was read as a whole. What the caseload says of the present counts in either case. */
static hedui_status add_intervals(collector *c, hedui_cel_value value)
{
    const hedui_catalogue *catalogue = c->j->rulebook->catalogue;
    const hedui_cel_type *house = catalogue->household_type;
    int32_t first = INT32_MIN, last = INT32_MAX;
    uint32_t fields[2];
    hedui_status status = HEDUI_OK;
    if (value.kind == HEDUI_CEL_PERIOD) {
        first = hedui_benefit_month_of(value.as.period.first) - 1;
        last = hedui_benefit_month_of(value.as.period.last) + 1;
    }
    for (uint16_t f = 0; f < catalogue->feed_count && !status; f++) {
        uint32_t found = 0;
        if (!hedui_is_benefit_feed(catalogue, f))
            continue;
        status = add_benefit_rows(c, f, first, last, &found);
        if (!status && !found && value.kind != HEDUI_CEL_PERIOD)
            status = add_touch(c, (hedui_touch){f, HEDUI_NONE, HEDUI_COLUMN_NONE, {"", 0}});
    }
    hedui_benefit_household_fields(fields, catalogue);
    for (int k = 0; k < 2 && !status; k++)
        if (fields[k] != UINT32_MAX)
            status = add_field(c, house, hedui_catalogue_source(house), c->j->the_case.household,
                               fields[k]);
    return status;
}

static hedui_status add_cell(collector *c, const hedui_cel_cell *cell)
{
    const hedui_rulebook *book = c->j->rulebook;
    const hedui_catalogue *catalogue = book->catalogue;
    uint16_t source = hedui_catalogue_source(cell->type);
    if (cell->type == catalogue->supporter_household_type)
        return cell->field == HEDUI_CEL_NO_FIELD
                   ? add_supporter(c, cell->row)
                   : follow_value(c, &book->supporter_values[cell->field],
                                  hedui_catalogue_supporter(&c->j->the_case, cell->row));
    if (cell->type == catalogue->declared_type)
        return add_declared(c, cell->row, cell->field);
    if (cell->type == catalogue->household_type && cell->field == catalogue->household_intervals &&
        cell->field != HEDUI_CEL_NO_FIELD)
        return add_intervals(c, cell->value);
    if (source == HEDUI_SOURCE_NONE)
        return HEDUI_OK; /* attributes of codes belong to the list, not to a row */
    if (is_supporter(c, cell->type, cell->row) &&
        (cell->field == HEDUI_CEL_NO_FIELD || cell->field < catalogue->member_values))
        return add_supporter(c, cell->row);
    if (cell->field == HEDUI_CEL_NO_FIELD)
        return add_touch(c, (hedui_touch){source, cell->row, HEDUI_COLUMN_NONE, {"", 0}});
    if (cell->type == catalogue->member_type && cell->field >= catalogue->member_values)
        return follow_value(c, &book->member_values[cell->field - catalogue->member_values],
                            hedui_cel_row(catalogue->member_type, &c->j->the_case, cell->row));
    return add_field(c, cell->type, source, cell->row, cell->field);
}

/* The list that a slot stands for, if it is one that has a name. */
static const hedui_cel_program *named_list(const hedui_rulebook *book, uint32_t slot)
{
    if (slot < book->first_value || slot >= book->slot_count)
        return NULL;
    const hedui_value *value = &book->household_values[slot - book->first_value];
    return hedui_cel_type_kind(value->type) == HEDUI_CEL_LIST ? value->program : NULL;
}

static hedui_status add_fields(collector *c, const hedui_cel_program *program,
                               const hedui_cel_type *type, uint16_t source, uint32_t row)
{
    const hedui_catalogue *catalogue = c->j->rulebook->catalogue;
    /* values of members are followed where the explanation meets them */
    uint32_t plain = type == catalogue->member_type ? catalogue->member_values : UINT32_MAX;
    hedui_status status = HEDUI_OK;
    hedui_cel_use use;
    for (uint32_t i = 0; !status && hedui_cel_program_use(&use, program, i); i++) {
        const hedui_cel_program *list = NULL;
        if (use.record == type && use.field < plain)
            status = add_field(c, type, source, row, use.field);
        else if (!use.record && (list = named_list(c->j->rulebook, use.slot)))
            status = add_fields(c, list, type, source, row);
    }
    return status;
}

/* What a program reads of a row, itself or in a list that it looks through by name, so that a row
 * which did not fit shows why. */
static hedui_status add_row(collector *c, const hedui_cel_program *program,
                            const hedui_cel_type *type, uint16_t source, uint32_t row)
{
    hedui_status status =
        is_supporter(c, type, row)
            ? add_supporter(c, row)
            : add_touch(c, (hedui_touch){source, row, HEDUI_COLUMN_NONE, {"", 0}});
    return status ? status : add_fields(c, program, type, source, row);
}

/* A list in which nothing fitted. Where it has rows they are shown: "searched, no record" may be
 * said only of a person of whom the source has no row. */
static hedui_status add_search(collector *c, const hedui_cel_search *search)
{
    const hedui_judge *j = c->j;
    uint16_t source = search->type ? hedui_catalogue_source(search->type) : HEDUI_SOURCE_NONE;
    if (search->owner == j->rulebook->catalogue->household_type && search->field != UINT32_MAX &&
        search->field == j->rulebook->catalogue->household_intervals)
        return add_intervals(c, hedui_cel_null());
    if (source == HEDUI_SOURCE_NONE || source >= j->book->feed_count)
        return HEDUI_OK;
    const hedui_feed_book *feed = &j->book->feeds[source];
    const hedui_catalogue *catalogue = j->rulebook->catalogue;
    uint32_t supporters = catalogue->supporters, owner = search->row;
    int of_supporter =
        supporters != UINT32_MAX && search->owner == catalogue->row_types[supporters];
    int of_member = of_supporter || search->owner == catalogue->member_type;
    if (of_supporter)
        owner = j->book->feeds[supporters].links[search->row].member;
    uint32_t household = j->the_case.household, found = 0;
    hedui_status status = HEDUI_OK;
    for (uint32_t i = feed->first ? feed->first[household] : 0;
         feed->first && i < feed->first[household + 1] && !status; i++) {
        if (of_member ? feed->links[i].member != owner
                      : source != supporters &&
                            !j->book->caseload->members[feed->links[i].member].counted)
            continue;
        found++;
        status = add_row(c, search->program, search->type, source, i);
    }
    if (!status && !found)
        status = add_touch(c, (hedui_touch){source, HEDUI_NONE, HEDUI_COLUMN_NONE, {"", 0}});
    return status;
}

static hedui_status add_household_field(collector *c, uint32_t field)
{
    const hedui_cel_type *household = c->j->rulebook->catalogue->household_type;
    return add_field(c, household, hedui_catalogue_source(household), c->j->the_case.household,
                     field);
}

/* What a parameter is for this household may rest on its size, or on the day that a period is
 * counted back from. */
static hedui_status add_parameter(collector *c, const hedui_parameter *p)
{
    const hedui_rulebook *book = c->j->rulebook;
    const hedui_parameter_row *row = hedui_judge_parameter_row(c->j, p);
    hedui_status status = HEDUI_OK;
    if (p->sized && book->size_slot != UINT32_MAX)
        status = explain_value(c, &book->household_values[book->size_slot - book->first_value],
                               c->j->variables);
    if (!status && row && row->period && row->period->before.length &&
        row->period->field != UINT32_MAX)
        status = add_household_field(c, row->period->field);
    return status;
}

/* A variable by its name: a date of the household, a parameter, or a value that is followed
 * further. */
static hedui_status add_read(collector *c, uint32_t slot)
{
    const hedui_rulebook *book = c->j->rulebook;
    if (slot == book->applied_on_slot)
        return add_household_field(
            c, hedui_cel_type_find(book->catalogue->household_type, hedui_span_of("applied_on")));
    if (slot >= book->first_parameter && slot < book->first_value)
        return add_parameter(c, book->parameters[slot - book->first_parameter]);
    if (slot < book->first_value || slot >= book->slot_count)
        return HEDUI_OK;
    return explain_value(c, &book->household_values[slot - book->first_value], c->j->variables);
}

static hedui_status add_all(collector *c, const hedui_cel_explanation *e)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < e->cell_count && !status; i++)
        status = add_cell(c, &e->cells[i]);
    for (uint32_t i = 0; i < e->search_count && !status; i++)
        status = add_search(c, &e->searches[i]);
    for (uint32_t i = 0; i < e->read_count && !status; i++)
        status = add_read(c, e->reads[i].slot);
    return status;
}

static hedui_status explain(collector *c, const hedui_cel_program *program,
                            const hedui_cel_value *variables)
{
    enum { DEEPEST = 16 };
    hedui_cel_explanation e;
    hedui_cel_input input = hedui_judge_input(c->j, variables);
    if (c->depth >= DEEPEST)
        return HEDUI_OK;
    c->depth++;
    hedui_status status = hedui_cel_explain(&e, program, &input, c->j->scratch);
    status = status ? hedui_fail_plain(&c->j->err, status, hedui_place_none()) : add_all(c, &e);
    c->depth--;
    return status;
}

/* Why the row is among those that the rule looks at one by one. */
static hedui_status explain_each(collector *c, const hedui_cel_program *each,
                                 hedui_cel_value element)
{
    hedui_cel_explanation e;
    hedui_cel_input input = hedui_judge_input(c->j, c->j->variables);
    hedui_status status = hedui_cel_explain_element(&e, each, &input, element, c->j->scratch);
    return status ? hedui_fail_plain(&c->j->err, status, hedui_place_none()) : add_all(c, &e);
}

hedui_status hedui_proof_collect(hedui_finding *finding, hedui_judge *judge, const hedui_rule *rule,
                                 hedui_cel_value element)
{
    collector c = {.j = judge};
    hedui_status status = HEDUI_OK;
    if (element.kind == HEDUI_CEL_RECORD) /* every cell that the condition reads of it */
        status = add_row(&c, rule->when, element.as.row.type,
                         hedui_catalogue_source(element.as.row.type), element.count);
    if (!status && rule->each)
        status = explain_each(&c, rule->each, element);
    if (!status)
        status = explain(&c, rule->when, judge->variables);
    for (uint32_t i = 0; i < rule->unless_count && !status; i++)
        if (rule->unless[i].is)
            status = explain(&c, rule->unless[i].is, judge->variables);
    return status ? status : hedui_proof_group(finding, judge, c.touches, c.count, rule->text->id);
}
