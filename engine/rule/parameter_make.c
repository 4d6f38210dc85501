/* What a parameter's table needs of other packs and of the layouts: types of codes, date columns,
 * the parameters that others are multiples of. Every product is tried here, so that no night finds
 * out that 1.5 times a standard has a tenth of a fen. */
#include "rule/making.h"

#include <hedui/nearest.h>

#include "rule/parameter.h"

static const hedui_arg no_argument = HEDUI_ARG_END;

static hedui_status fault(hedui_making *m, const hedui_parameter *p, const hedui_yaml_node *node,
                          hedui_status number, hedui_span first, hedui_span second)
{
    return hedui_making_fault(m, p->yaml, node, number, (hedui_arg)HEDUI_ARG_SPAN(first),
                              second.length ? (hedui_arg)HEDUI_ARG_SPAN(second) : no_argument);
}

/* Of `number` where no name is near, of the number behind it where one is. */
static hedui_status no_such(hedui_making *m, const hedui_parameter *p, const hedui_yaml_node *node,
                            hedui_status number, hedui_span name, const char *const *names)
{
    const char *nearest = hedui_nearest_of(name, names);
    return nearest ? fault(m, p, node, number + 1, name, hedui_span_of(nearest))
                   : fault(m, p, node, number, name, hedui_span_of(""));
}

static const char **names_of(hedui_making *m, const hedui_span *spans, uint32_t count)
{
    const char **names = hedui_arena_array(m->arena, count + 1u, sizeof *names);
    for (uint32_t i = 0; names && i < count; i++) {
        names[i] = hedui_arena_copy(m->arena, spans[i]).at;
        if (!names[i])
            return NULL;
    }
    return names;
}

static hedui_status scalar_type(const hedui_cel_type **type, hedui_making *m,
                                const hedui_parameter *p)
{
    const hedui_layouts *layouts = m->book->catalogue->layouts;
    switch (p->kind) {
    case HEDUI_PARAMETER_DECIMAL:
        *type = hedui_cel_type_decimal(p->scale);
        return HEDUI_OK;
    case HEDUI_PARAMETER_INTEGER:
        *type = hedui_cel_type_simple(HEDUI_CEL_INT);
        return HEDUI_OK;
    case HEDUI_PARAMETER_PERIOD:
        *type = hedui_cel_type_simple(HEDUI_CEL_PERIOD);
        return HEDUI_OK;
    case HEDUI_PARAMETER_CODE:
        break;
    }
    *type = hedui_cel_type_simple(HEDUI_CEL_STRING);
    if (!p->list.length)
        return HEDUI_OK;
    hedui_span *known = hedui_arena_array(m->arena, layouts->code_list_count, sizeof *known);
    if (!known)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < layouts->code_list_count; i++) {
        known[i] = layouts->code_lists[i]->name;
        if (hedui_span_equal(known[i], p->list)) {
            *type = m->book->catalogue->code_types[i];
            return HEDUI_OK;
        }
    }
    const char **names = names_of(m, known, layouts->code_list_count);
    return names ? no_such(m, p, hedui_yaml_find(p->node, "type"), HEDUI_E3035, p->list, names)
                 : hedui_fail_memory(m->err);
}

static hedui_status set_code(hedui_cel_value *value, hedui_making *m, const hedui_parameter *p,
                             const hedui_cel_type *type, const hedui_yaml_node *node)
{
    const hedui_cel_codes *codes = hedui_cel_type_codes(type);
    uint32_t index = hedui_cel_type_find_code(type, value->as.text);
    if (index != UINT32_MAX) {
        *value = hedui_cel_code(type, index);
        return HEDUI_OK;
    }
    const char **names = names_of(m, codes->codes, codes->code_count);
    return names ? no_such(m, p, node, HEDUI_E3037, value->as.text, names)
                 : hedui_fail_memory(m->err);
}

static hedui_status set_codes(hedui_making *m, const hedui_parameter *p, hedui_parameter_row *row,
                              const hedui_cel_type *type)
{
    const hedui_yaml_node *node = row->value_node;
    hedui_status status = HEDUI_OK;
    if (row->value.kind == HEDUI_CEL_LIST) {
        hedui_cel_value *items = hedui_arena_array(m->arena, row->value.count, sizeof *items);
        if (!items)
            return hedui_fail_memory(m->err);
        for (uint32_t i = 0; i < row->value.count && !status; i++) {
            items[i] = row->value.as.items[i];
            status = set_code(&items[i], m, p, type, node->items[i]);
        }
        row->value.as.items = items;
    } else if (row->value.kind == HEDUI_CEL_MAP) {
        hedui_cel_map_entry *entries =
            hedui_arena_array(m->arena, row->value.count, sizeof *entries);
        if (!entries)
            return hedui_fail_memory(m->err);
        for (uint32_t i = 0; i < row->value.count && !status; i++) {
            entries[i] = row->value.as.entries[i];
            status = set_code(&entries[i].value, m, p, type, node->items[i]);
        }
        row->value.as.entries = entries;
    } else {
        status = set_code(&row->value, m, p, type, node);
    }
    return status;
}

/* as_of, or a date column of the household. */
static hedui_status find_day(hedui_making *m, const hedui_parameter *p,
                             const hedui_parameter_row *row)
{
    hedui_period_rule *rule = (hedui_period_rule *)(uintptr_t)row->period; /* the pack's own */
    const hedui_cel_type *household = m->book->catalogue->household_type;
    const hedui_cel_record *record = hedui_cel_type_fields(household);
    rule->field = UINT32_MAX;
    if (!rule->before.length || hedui_span_is(rule->before, "as_of"))
        return HEDUI_OK;
    uint32_t field = hedui_cel_type_find(household, rule->before);
    if (field != UINT32_MAX && hedui_cel_type_kind(record->fields[field].type) == HEDUI_CEL_DATE) {
        rule->field = field;
        return HEDUI_OK;
    }
    const char **names = hedui_arena_array(m->arena, record->field_count + 2u, sizeof *names);
    uint32_t count = 0;
    if (!names)
        return hedui_fail_memory(m->err);
    names[count++] = "as_of";
    for (uint32_t i = 0; i < record->field_count; i++)
        if (hedui_cel_type_kind(record->fields[i].type) == HEDUI_CEL_DATE)
            names[count++] = record->fields[i].name;
    return no_such(m, p, hedui_yaml_find(row->value_node, "before"), HEDUI_E3039, rule->before,
                   names);
}

static hedui_status find_base(hedui_making *m, const hedui_parameter *p,
                              const hedui_parameter_row *row)
{
    hedui_multiple *multiple = (hedui_multiple *)(uintptr_t)row->multiple; /* the pack's own */
    const hedui_yaml_node *at = hedui_yaml_find(row->value_node, "of");
    uint32_t count = m->book->parameter_count;
    hedui_span *known = hedui_arena_array(m->arena, count, sizeof *known);
    if (!known)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < count; i++) {
        const hedui_parameter *base = m->book->parameters[i];
        known[i] = base->id;
        if (!hedui_span_equal(base->id, multiple->of))
            continue;
        if (base->shape != HEDUI_PARAMETER_SINGLE ||
            (base->kind != HEDUI_PARAMETER_DECIMAL && base->kind != HEDUI_PARAMETER_INTEGER))
            return fault(m, p, at, HEDUI_E3043, base->id, base->type);
        multiple->base = base;
        return HEDUI_OK;
    }
    const char **names = names_of(m, known, count);
    return names ? no_such(m, p, at, HEDUI_E3041, multiple->of, names) : hedui_fail_memory(m->err);
}

static int rests_on(const hedui_parameter *p, const hedui_parameter *target, uint32_t steps)
{
    for (uint32_t i = 0; i < p->row_count && steps; i++)
        if (p->rows[i].multiple && p->rows[i].multiple->base &&
            (p->rows[i].multiple->base == target ||
             rests_on(p->rows[i].multiple->base, target, steps - 1)))
            return 1;
    return 0;
}

/* Every value that a parameter can take, to `each`. @return 0 as soon as one is refused. */
typedef struct visit {
    int (*each)(const struct visit *visit, hedui_cel_value value);
    const struct visit *outer;
    const hedui_parameter *p;
    const hedui_multiple *multiple;
} visit;

static int visit_values(const hedui_parameter *p, const visit *to);

static int multiply(const visit *v, hedui_cel_value base)
{
    hedui_cel_value product;
    if (!hedui_parameter_product(&product, v->p, v->multiple, base))
        return 0;
    return !v->outer || v->outer->each(v->outer, product);
}

static int visit_values(const hedui_parameter *p, const visit *to)
{
    for (uint32_t i = 0; i < p->row_count; i++) {
        const hedui_parameter_row *row = &p->rows[i];
        visit v = {multiply, to, p, row->multiple};
        if (row->multiple ? !visit_values(row->multiple->base, &v) : !to->each(to, row->value))
            return 0;
    }
    return 1;
}

static hedui_status check_multiples(hedui_making *m, const hedui_parameter *p)
{
    if (rests_on(p, p, m->book->parameter_count))
        return fault(m, p, p->node, HEDUI_E3044, p->id, hedui_span_of(""));
    for (uint32_t i = 0; i < p->row_count; i++) {
        const hedui_multiple *multiple = p->rows[i].multiple;
        visit v = {multiply, NULL, p, multiple};
        if (multiple && !visit_values(multiple->base, &v))
            return fault(m, p, p->rows[i].value_node, HEDUI_E3045, multiple->times, multiple->of);
    }
    return HEDUI_OK;
}

static hedui_status make_parameter(hedui_making *m, hedui_parameter *p)
{
    const hedui_cel_type *scalar = NULL;
    hedui_status status = scalar_type(&scalar, m, p);
    if (status)
        return status;
    p->cel_type =
        p->shape == HEDUI_PARAMETER_SINGLE ? scalar
        : p->shape == HEDUI_PARAMETER_LIST
            ? hedui_cel_type_list(m->arena, scalar)
            : hedui_cel_type_map(m->arena, hedui_cel_type_simple(HEDUI_CEL_STRING), scalar);
    if (!p->cel_type)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < p->row_count && !status; i++) {
        if (hedui_cel_type_kind(scalar) == HEDUI_CEL_CODE)
            status = set_codes(m, p, &p->rows[i], scalar);
        else if (p->rows[i].period)
            status = find_day(m, p, &p->rows[i]);
        else if (p->rows[i].multiple)
            status = find_base(m, p, &p->rows[i]);
    }
    return status;
}

/* 1 if the value hangs on how many people the household has. */
static int is_sized(const hedui_parameter *p)
{
    int sized = (p->by & HEDUI_BY_HOUSEHOLD_SIZE) != 0;
    for (uint32_t i = 0; i < p->row_count && !sized; i++)
        sized = p->rows[i].multiple && is_sized(p->rows[i].multiple->base);
    return sized;
}

hedui_status hedui_making_parameters(hedui_making *m)
{
    hedui_status first = HEDUI_OK;
    for (uint32_t i = 0; i < m->book->parameter_count; i++) {
        hedui_parameter *p = (hedui_parameter *)(uintptr_t)m->book->parameters[i];
        p->index = i;
        hedui_status status = make_parameter(m, p);
        first = first ? first : status;
    }
    for (uint32_t i = 0; i < m->book->parameter_count && !first; i++)
        first = check_multiples(m, m->book->parameters[i]);
    for (uint32_t i = 0; i < m->book->parameter_count && !first; i++) {
        hedui_parameter *p = (hedui_parameter *)(uintptr_t)m->book->parameters[i];
        p->sized = is_sized(p);
    }
    return first;
}

/* param.x.at(area, urban_rural, day), the second as a code or as its text. */
hedui_status hedui_making_lookups(hedui_making *m)
{
    const hedui_cel_type *string = hedui_cel_type_simple(HEDUI_CEL_STRING);
    const hedui_cel_type *household = m->book->catalogue->household_type;
    uint32_t field = hedui_cel_type_find(household, hedui_span_of("urban_rural"));
    uint32_t count = m->book->parameter_count;
    const hedui_cel_type **types = hedui_arena_array(m->arena, 6, sizeof *types);
    m->lookups = hedui_arena_array(m->arena, (size_t)count * 2, sizeof *m->lookups);
    if (!types || !m->lookups)
        return hedui_fail_memory(m->err);
    types[0] = types[1] = types[3] = types[4] = string;
    types[2] = types[5] = hedui_cel_type_simple(HEDUI_CEL_DATE);
    if (field != UINT32_MAX)
        types[4] = hedui_cel_type_fields(household)->fields[field].type;
    for (uint32_t i = 0; i < count; i++) {
        hedui_buffer text;
        hedui_buffer_init(&text);
        hedui_buffer_add(&text, m->parameter_names[i]);
        hedui_buffer_text(&text, ".at");
        hedui_span name = hedui_arena_copy(m->arena, hedui_buffer_span(&text));
        int failed = hedui_buffer_failed(&text);
        hedui_buffer_free(&text);
        if (failed || !name.at)
            return hedui_fail_memory(m->err);
        for (uint32_t k = 0; k < 2; k++)
            m->lookups[m->lookup_count++] =
                (hedui_cel_function){.name = name,
                                     .parameters = types + k * 3,
                                     .parameter_count = 3,
                                     .result = m->book->parameters[i]->cel_type,
                                     .call = hedui_judge_parameter_at,
                                     .context = m->book->parameters[i],
                                     .doc = "按指定的区划、城乡、日期查这个参数"};
        if (field == UINT32_MAX)
            m->lookup_count--;
    }
    return HEDUI_OK;
}
