/* Values with their lines, parameters with the row of their table: each told once, in the order in
 * which it was first met. */
#include "rule/accounting.h"
#include "rule/parameter.h"

static hedui_cel_value owner_row(const accounting *a, const hedui_value *value, uint32_t owner)
{
    const hedui_judge *j = a->j;
    return value->text->subject == HEDUI_VALUE_MEMBER
               ? hedui_cel_row(j->rulebook->catalogue->member_type, &j->the_case, owner)
               : hedui_catalogue_supporter(&j->the_case, owner);
}

static void tell_lines(accounting_value *v, accounting *a, const hedui_cel_value *variables)
{
    const hedui_value *value = v->value;
    hedui_cel_input input = hedui_judge_input(a->j, variables);
    const hedui_cel_type *type = hedui_cel_program_type(value->lines[0].program);
    hedui_account_line *lines = hedui_accounting_room(a, value->line_count, sizeof *lines);
    for (uint32_t i = 0; lines && i < value->line_count; i++) {
        const hedui_cel_program *program = value->lines[i].program;
        hedui_cel_value amount = hedui_cel_eval(program, &input, a->j->scratch);
        if (amount.kind == HEDUI_CEL_DECIMAL) /* as the sum takes it */
            (void)hedui_cel_decimal_rescale(&amount, hedui_cel_type_scale(type));
        lines[i].title = hedui_accounting_keep(a, value->lines[i].text->title);
        lines[i].minus = value->lines[i].text->minus;
        lines[i].figure = hedui_accounting_figure(a, amount, value->text->unit, 0);
        hedui_accounting_parts(&lines[i].parts, &lines[i].part_count, a, program, variables);
    }
    v->told.lines = lines;
    v->told.line_count = lines ? value->line_count : 0;
}

static void tell_value(accounting_value *v, accounting *a)
{
    const hedui_value *value = v->value;
    const hedui_cel_value *variables = a->j->variables;
    accounting_uses *outer = a->uses;
    if (v->owner != HEDUI_NONE)
        variables = hedui_judge_bind(a->j, value->own_slot, owner_row(a, value, v->owner));
    if (!variables) {
        a->failed = 1;
        return;
    }
    hedui_value whole = *value; /* without rounding: what the lines come to */
    hedui_value_definition text = *value->text;
    text.rounding_scale = -1;
    whole.text = &text;
    a->uses = &v->uses;
    v->told = (hedui_account_value){
        .id = hedui_accounting_keep(a, value->text->id),
        .title = hedui_accounting_keep(a, value->text->title),
        .pack = hedui_accounting_keep(a, value->pack->id),
        .person = {"", 0},
        .figure = hedui_accounting_figure(
            a, hedui_judge_value(a->j, value, variables, a->j->scratch), value->text->unit, 0),
        .exact = hedui_accounting_figure(
            a, hedui_judge_value(a->j, &whole, variables, a->j->scratch), value->text->unit, 0),
        .rounding_scale = (int)value->text->rounding_scale,
        .rounding_mode = hedui_accounting_keep(a, value->text->rounding_mode)};
    if (v->owner != HEDUI_NONE)
        v->told.person =
            hedui_accounting_keep(a, hedui_member_name(a->j->book->caseload, v->owner));
    if (value->line_count)
        tell_lines(v, a, variables);
    else
        hedui_accounting_parts(&v->told.parts, &v->told.part_count, a, value->program, variables);
    a->uses = outer;
}

int hedui_accounting_value(accounting *a, const hedui_value *value, uint32_t owner)
{
    uint32_t index = 0;
    while (index < a->value_count &&
           (a->values[index]->value != value || a->values[index]->owner != owner))
        index++;
    if (index == a->value_count) {
        if (index == a->value_capacity) {
            uint32_t capacity = index ? index * 2 : 32;
            accounting_value **larger = hedui_accounting_room(a, capacity, sizeof *larger);
            if (!larger)
                return -1;
            if (index)
                memcpy(larger, a->values, index * sizeof *larger);
            a->values = larger;
            a->value_capacity = capacity;
        }
        accounting_value *made = hedui_accounting_room(a, 1, sizeof *made);
        if (!made)
            return -1;
        made->value = value;
        made->owner = owner;
        a->values[a->value_count++] = made;
        tell_value(made, a);
    }
    hedui_accounting_put(a, &a->uses->values, index);
    return (int)index;
}

/* What it is a multiple of, if that is looked up for the same household. */
static const hedui_parameter *base_of(const hedui_parameter_row *row)
{
    return row && row->multiple && !row->multiple->urban_rural.length ? row->multiple->base : NULL;
}

int hedui_accounting_parameter(accounting *a, uint32_t index)
{
    hedui_accounting_put(a, &a->parameters, index);
    uint32_t at = 0;
    while (at < a->parameters.count && a->parameters.items[at] != index)
        at++;
    if (at == a->parameters.count)
        return -1;
    hedui_accounting_put(a, &a->uses->parameters, at);
    const hedui_parameter *base =
        base_of(hedui_judge_parameter_row(a->j, a->j->rulebook->parameters[index]));
    if (base)
        (void)hedui_accounting_parameter(a, base->index);
    return (int)at;
}

/* What a code column of the household calls a code. */
static hedui_span label_of(accounting *a, hedui_household_column column, hedui_span code)
{
    const hedui_caseload *c = a->j->book->caseload;
    const hedui_layout *layout = a->j->rulebook->catalogue->households;
    const hedui_code_list *list = layout->columns[c->household_columns[column]].list;
    for (uint32_t i = 0; list && i < list->count; i++)
        if (hedui_span_equal(list->codes[i].code, code))
            return hedui_accounting_keep(a, list->codes[i].label);
    return hedui_accounting_keep(a, code);
}

hedui_account_parameter hedui_accounting_tell_parameter(accounting *a, uint32_t index)
{
    hedui_judge *j = a->j;
    const hedui_parameter *p = j->rulebook->parameters[index];
    const hedui_areas *areas = j->book->caseload->areas;
    hedui_cel_input input = hedui_judge_input(j, j->variables);
    hedui_cel_value v = input.resolve(input.user, j->rulebook->first_parameter + index, j->scratch);
    hedui_span none = {"", 0};
    hedui_account_parameter told = {.id = hedui_accounting_keep(a, p->id),
                                    .title = hedui_accounting_keep(a, p->title),
                                    .figure = hedui_accounting_figure(a, v, p->unit, 0),
                                    .area = none,
                                    .area_name = none,
                                    .urban_rural = none,
                                    .programme = none,
                                    .urban_rural_label = none,
                                    .programme_label = none,
                                    .from = INT32_MIN,
                                    .to = INT32_MAX,
                                    .basis = none,
                                    .base = -1,
                                    .times = none,
                                    .of = none};
    const hedui_parameter_row *row = hedui_judge_parameter_row(a->j, p);
    if (!row)
        return told;
    uint32_t area = row->area.length ? hedui_areas_find(areas, row->area) : HEDUI_AREA_NONE;
    told.area = hedui_accounting_keep(a, row->area);
    if (area != HEDUI_AREA_NONE)
        told.area_name = hedui_accounting_keep(a, areas->list[area].name);
    told.urban_rural = hedui_accounting_keep(a, row->urban_rural);
    told.programme = hedui_accounting_keep(a, row->programme);
    told.urban_rural_label = label_of(a, HEDUI_HOUSEHOLD_URBAN_RURAL, row->urban_rural);
    told.programme_label = label_of(a, HEDUI_HOUSEHOLD_PROGRAMME, row->programme);
    told.from = row->in_force.from;
    told.to = row->in_force.to;
    for (uint32_t i = 0; i < j->rulebook->pack_count; i++) {
        const hedui_pack *pack = j->rulebook->packs[i];
        if (p >= pack->parameters && p < pack->parameters + pack->parameter_count)
            told.basis = hedui_accounting_basis(a, pack, &row->basis);
    }
    for (uint32_t i = 0; base_of(row) && i < a->parameters.count; i++)
        if (a->parameters.items[i] == base_of(row)->index)
            told.base = (int)i;
    if (row->multiple) {
        told.times = hedui_accounting_keep(a, row->multiple->times);
        told.of = hedui_accounting_keep(a, row->multiple->base->title);
    }
    return told;
}
