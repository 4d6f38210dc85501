/* A parameter's table from YAML: what kind of value, by what it varies, its rows. What needs other
 * packs or the layouts (multiples of other parameters, codes, date columns) is only noted here and
 * settled by parameter_make.c. */
#include "rule/pack_fields.h"
#include "rule/pack_load.h"

#include <hedui/cel.h>
#include <hedui/nearest.h>

typedef struct reader {
    const hedui_pack_loader *l;
    hedui_parameter *p;
    const hedui_yaml *yaml;
    hedui_err *err;
} reader;

/* `inner` of "name(inner)". */
static int inside(hedui_span *inner, hedui_span text, const char *name)
{
    size_t length = strlen(name);
    if (text.length < length + 3 || memcmp(text.at, name, length) != 0 || text.at[length] != '(' ||
        text.at[text.length - 1] != ')')
        return 0;
    *inner = (hedui_span){text.at + length + 1, text.length - length - 2};
    return 1;
}

static int read_kind(hedui_parameter *p, hedui_span type)
{
    hedui_span inner;
    if (hedui_span_is(type, "integer")) {
        p->kind = HEDUI_PARAMETER_INTEGER;
    } else if (hedui_span_is(type, "rate")) {
        p->scale = 6;
    } else if (hedui_span_is(type, "period")) {
        p->kind = HEDUI_PARAMETER_PERIOD;
    } else if (hedui_span_is(type, "code")) {
        p->kind = HEDUI_PARAMETER_CODE;
    } else if (inside(&inner, type, "code")) {
        p->kind = HEDUI_PARAMETER_CODE;
        p->list = inner;
    } else if (inside(&inner, type, "decimal") && inner.length == 1 && inner.at[0] >= '0' &&
               inner.at[0] <= '9') {
        p->scale = (uint32_t)(inner.at[0] - '0');
    } else {
        return 0;
    }
    return 1;
}

static hedui_status read_type(reader *r, const hedui_yaml_node *node)
{
    hedui_parameter *p = r->p;
    hedui_span inner = p->type;
    if (inside(&inner, p->type, "list"))
        p->shape = HEDUI_PARAMETER_LIST;
    else if (inside(&inner, p->type, "table"))
        p->shape = HEDUI_PARAMETER_TABLE;
    if (read_kind(p, inner) &&
        (p->kind != HEDUI_PARAMETER_PERIOD || p->shape == HEDUI_PARAMETER_SINGLE))
        return HEDUI_OK;
    return hedui_yaml_fail(r->err, r->yaml, hedui_yaml_find(node, "type"), HEDUI_E3004,
                           HEDUI_ARG_SPAN(p->type));
}

static hedui_status read_by(reader *r, const hedui_yaml_texts *by, const hedui_yaml_node *node)
{
    static const char *const names[] = {"area", "urban_rural", "programme", "household_size", NULL};
    for (uint32_t i = 0; i < by->count; i++) {
        unsigned bit = 0;
        for (unsigned n = 0; names[n]; n++)
            if (hedui_span_is(by->items[i], names[n]))
                bit = 1u << n;
        const hedui_yaml_node *at = hedui_yaml_find(node, "by");
        if (at->kind == HEDUI_YAML_SEQUENCE)
            at = at->items[i];
        const char *nearest = bit ? NULL : hedui_nearest_of(by->items[i], names);
        if (nearest)
            return hedui_yaml_fail(r->err, r->yaml, at, HEDUI_E1114, HEDUI_ARG_SPAN(by->items[i]),
                                   HEDUI_ARG_TEXT(nearest));
        if (!bit)
            return hedui_yaml_fail(r->err, r->yaml, at, HEDUI_E1110, HEDUI_ARG_SPAN(by->items[i]),
                                   HEDUI_ARG_TEXT("area | urban_rural | programme | "
                                                  "household_size"));
        r->p->by |= bit;
    }
    return HEDUI_OK;
}

static hedui_status unfit(const reader *r, const hedui_yaml_node *node)
{
    return hedui_yaml_fail(
        r->err, r->yaml, node, HEDUI_E3005,
        HEDUI_ARG_SPAN(node->kind == HEDUI_YAML_SCALAR ? node->text : hedui_span_of("{}")),
        HEDUI_ARG_SPAN(r->p->type));
}

static hedui_status read_scalar(hedui_cel_value *value, const reader *r,
                                const hedui_yaml_node *node)
{
    if (node->kind != HEDUI_YAML_SCALAR || !node->text.length)
        return unfit(r, node);
    if (r->p->kind == HEDUI_PARAMETER_CODE) {
        *value = hedui_cel_string(node->text);
        return HEDUI_OK;
    }
    if (!hedui_cel_decimal_parse(value, node->text, r->p->scale))
        return unfit(r, node);
    if (r->p->kind == HEDUI_PARAMETER_INTEGER)
        *value = hedui_cel_int(value->as.number);
    return HEDUI_OK;
}

static hedui_status read_list(hedui_parameter_row *row, const reader *r)
{
    const hedui_yaml_node *node = row->value_node;
    if (node->kind != HEDUI_YAML_SEQUENCE)
        return unfit(r, node);
    hedui_cel_value *items = hedui_arena_array(r->l->arena, node->count, sizeof *items);
    if (!items)
        return hedui_fail_memory(r->err);
    for (uint32_t i = 0; i < node->count; i++) {
        hedui_status status = read_scalar(&items[i], r, node->items[i]);
        if (status)
            return status;
    }
    row->value = hedui_cel_list(items, node->count);
    return HEDUI_OK;
}

static hedui_status read_table(hedui_parameter_row *row, const reader *r)
{
    const hedui_yaml_node *node = row->value_node;
    if (node->kind != HEDUI_YAML_MAPPING)
        return unfit(r, node);
    hedui_cel_map_entry *entries = hedui_arena_array(r->l->arena, node->count, sizeof *entries);
    if (!entries)
        return hedui_fail_memory(r->err);
    for (uint32_t i = 0; i < node->count; i++) {
        entries[i].key = hedui_cel_string(node->keys[i]->text);
        hedui_status status = read_scalar(&entries[i].value, r, node->items[i]);
        if (status)
            return status;
    }
    row->value = hedui_cel_map(entries, node->count);
    return HEDUI_OK;
}

/* "12 months" */
static int read_length(hedui_period_rule *rule, hedui_span text)
{
    static const char *const units[] = {"days", "months", "calendar_months", "years",
                                        "calendar_years"};
    size_t i = 0;
    for (rule->count = 0; i < text.length && i < 5 && text.at[i] >= '0' && text.at[i] <= '9'; i++)
        rule->count = rule->count * 10 + text.at[i] - '0';
    if (!rule->count || i == text.length || text.at[i] != ' ')
        return 0;
    hedui_span unit = {text.at + i + 1, text.length - i - 1};
    for (int u = 0; u < 5; u++)
        if (hedui_span_is(unit, units[u])) {
            rule->unit = (hedui_period_unit)u;
            return 1;
        }
    return 0;
}

static hedui_status read_period(hedui_parameter_row *row, const reader *r)
{
    const hedui_yaml_node *node = row->value_node;
    hedui_period_text text = {0};
    hedui_period_rule *rule = hedui_arena_take(r->l->arena, sizeof *rule);
    if (!rule)
        return hedui_fail_memory(r->err);
    hedui_status status =
        hedui_yaml_bind(&text, hedui_period_fields, r->yaml, node, r->l->arena, r->err);
    if (status)
        return status;
    if ((text.last.length != 0) + text.previous_year != 1)
        return hedui_yaml_fail(r->err, r->yaml, node, HEDUI_E3030, HEDUI_ARG_TEXT(""));
    rule->before = text.before;
    if (text.previous_year) {
        *rule = (hedui_period_rule){1, HEDUI_PERIOD_CALENDAR_YEARS, text.before, UINT32_MAX};
        if (!text.before.length)
            rule->before = hedui_span_of("as_of");
    } else if (!read_length(rule, text.last)) {
        return hedui_yaml_fail(r->err, r->yaml, hedui_yaml_find(node, "last"), HEDUI_E3031,
                               HEDUI_ARG_SPAN(text.last));
    }
    row->period = rule;
    return HEDUI_OK;
}

static hedui_status read_multiple(hedui_parameter_row *row, const reader *r)
{
    hedui_multiple *m = hedui_arena_take(r->l->arena, sizeof *m);
    if (!m)
        return hedui_fail_memory(r->err);
    hedui_status status =
        hedui_yaml_bind(m, hedui_multiple_fields, r->yaml, row->value_node, r->l->arena, r->err);
    if (status)
        return status;
    if (!hedui_cel_decimal_parse(&m->factor, m->times, UINT32_MAX))
        return hedui_yaml_fail(r->err, r->yaml, hedui_yaml_find(row->value_node, "times"),
                               HEDUI_E3005, HEDUI_ARG_SPAN(m->times), HEDUI_ARG_TEXT("times"));
    hedui_cel_value probe = hedui_cel_decimal(0, 0);
    hedui_span mode = hedui_arena_copy(r->l->arena, m->rounding);
    if (m->rounding.length && !hedui_cel_decimal_round(&probe, 0, mode.at))
        return hedui_yaml_fail(r->err, r->yaml, hedui_yaml_find(row->value_node, "rounding"),
                               HEDUI_E3032, HEDUI_ARG_SPAN(m->rounding));
    row->multiple = m;
    return HEDUI_OK;
}

static hedui_status read_value(hedui_parameter_row *row, const reader *r)
{
    int number = r->p->kind == HEDUI_PARAMETER_DECIMAL || r->p->kind == HEDUI_PARAMETER_INTEGER;
    if (r->p->shape == HEDUI_PARAMETER_LIST)
        return read_list(row, r);
    if (r->p->shape == HEDUI_PARAMETER_TABLE)
        return read_table(row, r);
    if (r->p->kind == HEDUI_PARAMETER_PERIOD)
        return read_period(row, r);
    if (number && row->value_node->kind == HEDUI_YAML_MAPPING)
        return read_multiple(row, r);
    return read_scalar(&row->value, r, row->value_node);
}

static hedui_status read_size(hedui_parameter_row *row, const reader *r)
{
    hedui_cel_value value;
    hedui_status status = HEDUI_OK;
    row->size = (hedui_size_range){0, INT64_MAX};
    if (!row->size_node)
        return HEDUI_OK;
    if (row->size_node->kind == HEDUI_YAML_MAPPING) {
        status = hedui_yaml_bind(&row->size, hedui_size_fields, r->yaml, row->size_node,
                                 r->l->arena, r->err);
        if (status)
            return status;
    } else if (row->size_node->kind == HEDUI_YAML_SCALAR &&
               hedui_cel_decimal_parse(&value, row->size_node->text, 0)) {
        row->size = (hedui_size_range){value.as.number, value.as.number};
    } else {
        return hedui_yaml_fail(r->err, r->yaml, row->size_node, HEDUI_E1109,
                               HEDUI_ARG_TEXT("household_size"),
                               HEDUI_ARG_TEXT("人数，或 {from: …, to: …}"));
    }
    if (row->size.from < 0 || row->size.from > row->size.to)
        return hedui_yaml_fail(r->err, r->yaml, row->size_node, HEDUI_E3033, HEDUI_ARG_TEXT(""));
    return HEDUI_OK;
}

static hedui_status check_keys(const hedui_parameter_row *row, const reader *r)
{
    const struct {
        int written;
        unsigned bit;
        const char *key;
    } keys[] = {{row->area.length != 0, HEDUI_BY_AREA, "area"},
                {row->urban_rural.length != 0, HEDUI_BY_URBAN_RURAL, "urban_rural"},
                {row->programme.length != 0, HEDUI_BY_PROGRAMME, "programme"},
                {row->size_node != NULL, HEDUI_BY_HOUSEHOLD_SIZE, "household_size"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].written && !(r->p->by & keys[i].bit))
            return hedui_yaml_fail(r->err, r->yaml, hedui_yaml_find(row->node, keys[i].key),
                                   HEDUI_E3006, HEDUI_ARG_TEXT(keys[i].key));
    return HEDUI_OK;
}

/* Report the fault at hand, if there is one. */
static hedui_status told(const reader *r, hedui_status first, hedui_status status)
{
    hedui_pack_report(r->l, r->err);
    return first ? first : status;
}

static hedui_status check_row(hedui_parameter_row *row, const reader *r)
{
    hedui_status first = told(r, HEDUI_OK, check_keys(row, r));
    first = told(r, first, read_size(row, r));
    first = told(r, first, read_value(row, r));
    first = told(r, first, hedui_pack_in_force(&row->in_force, r->yaml, row->node, r->err));
    return told(r, first, hedui_pack_basis(r->l, &row->basis, r->yaml, row->node, r->err));
}

static int may_be_both(hedui_span a, hedui_span b)
{
    return a.length == 0 || b.length == 0 || hedui_span_equal(a, b);
}

static int meet(const hedui_parameter_row *a, const hedui_parameter_row *b)
{
    return hedui_span_equal(a->area, b->area) && may_be_both(a->urban_rural, b->urban_rural) &&
           may_be_both(a->programme, b->programme) && a->in_force.from <= b->in_force.to &&
           b->in_force.from <= a->in_force.to && a->size.from <= b->size.to &&
           b->size.from <= a->size.to;
}

/* Two rows that fit one household on one day: a run would have to leave it undetermined, so it is
 * said here, where it can be mended. Rows of different areas never compete: the nearer one decides.
 */
static hedui_status check_overlaps(const reader *r)
{
    for (uint32_t i = 1; i < r->p->row_count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (meet(&r->p->rows[k], &r->p->rows[i]))
                return hedui_yaml_fail(r->err, r->yaml, r->p->rows[i].node, HEDUI_E3007,
                                       HEDUI_ARG_SPAN(r->p->id),
                                       HEDUI_ARG_NUMBER(r->p->rows[k].node->line));
    return HEDUI_OK;
}

hedui_status hedui_pack_parameter(const hedui_pack_loader *l, hedui_parameter *p,
                                  const hedui_yaml *yaml, const hedui_yaml_node *node)
{
    hedui_err fault;
    hedui_err_init(&fault);
    reader r = {l, p, yaml, &fault};
    hedui_parameter_text text = {0};
    hedui_status first = hedui_pack_bind(l, &text, hedui_parameter_fields, yaml, node);
    if (first)
        return first;
    p->title = text.title;
    p->type = text.type;
    p->unit = text.unit;
    p->replaces = text.replaces;
    p->node = node;
    p->yaml = yaml;
    first = told(&r, first, read_type(&r, node));
    first = told(&r, first, read_by(&r, &text.by, node));
    if (text.rows->kind != HEDUI_YAML_SEQUENCE)
        return told(&r, first,
                    hedui_yaml_fail(&fault, yaml, text.rows, HEDUI_E1109, HEDUI_ARG_TEXT("rows"),
                                    HEDUI_ARG_TEXT("列表")));
    if (first)
        return first; /* what a row may hold is not known */
    p->rows = hedui_arena_array(l->arena, text.rows->count, sizeof *p->rows);
    if (!p->rows)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < text.rows->count; i++) {
        hedui_parameter_row *row = &p->rows[p->row_count];
        *row = (hedui_parameter_row){.node = text.rows->items[i]};
        hedui_status status = hedui_pack_bind(l, row, hedui_row_fields, yaml, row->node);
        if (!status)
            status = check_row(row, &r);
        p->row_count += !status;
        first = first ? first : status;
    }
    return told(&r, first, check_overlaps(&r));
}
