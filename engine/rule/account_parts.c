/* The lines of an expression with the names and units that people know them by. Values and
 * parameters that are read are noted, to be told in their turn. */
#include "rule/accounting.h"

typedef struct telling {
    accounting *a;
    int sensitive; /* the expression reads an account number or the like */
} telling;

static const hedui_column *column_of(const accounting *a, const hedui_cel_type *type,
                                     uint32_t field)
{
    const hedui_catalogue *c = a->j->rulebook->catalogue;
    uint16_t source = type ? hedui_catalogue_source(type) : HEDUI_SOURCE_NONE;
    uint32_t column = source == HEDUI_SOURCE_NONE || field == HEDUI_CEL_NO_FIELD
                          ? HEDUI_COLUMN_NONE
                          : hedui_catalogue_column(c, source, field);
    if (column == HEDUI_COLUMN_NONE)
        return NULL;
    return &hedui_catalogue_layout(c, source)->columns[column];
}

static int reads_sensitive(const accounting *a, const hedui_cel_program *program)
{
    hedui_cel_use use;
    for (uint32_t i = 0; hedui_cel_program_use(&use, program, i); i++) {
        const hedui_column *column = use.record ? column_of(a, use.record, use.field) : NULL;
        if (column && column->sensitive)
            return 1;
    }
    return 0;
}

static hedui_span unit_of(const hedui_column *column)
{
    if (column->type == HEDUI_COLUMN_MONEY)
        return hedui_span_of("元");
    return hedui_span_of(column->type == HEDUI_COLUMN_AREA ? "平方米" : "");
}

/* On one line, as far as blanks go. */
static hedui_span one_line(accounting *a, hedui_span text)
{
    hedui_span kept = hedui_accounting_keep(a, text);
    char *to = kept.length ? hedui_accounting_room(a, kept.length + 1, 1) : NULL;
    size_t used = 0;
    if (!to)
        return kept;
    for (size_t i = 0; i < kept.length; i++) {
        int blank = kept.at[i] == ' ' || kept.at[i] == '\n' || kept.at[i] == '\t';
        if (blank && (!used || to[used - 1] == ' '))
            continue;
        to[used++] = blank ? ' ' : kept.at[i];
    }
    while (used && to[used - 1] == ' ')
        used--;
    to[used] = '\0';
    return (hedui_span){to, used};
}

static hedui_span doc_of(const hedui_cel_type *type, uint32_t field)
{
    const hedui_cel_record *record = hedui_cel_type_fields(type);
    const char *doc = record && field < record->field_count ? record->fields[field].doc : NULL;
    return hedui_span_of(doc ? doc : "");
}

/* A value of a member, or of a supporter's household. */
static const hedui_value *personal_value(const accounting *a, const hedui_cel_part *part)
{
    const hedui_rulebook *book = a->j->rulebook;
    const hedui_catalogue *c = book->catalogue;
    if (part->type == c->supporter_household_type && part->field < book->supporter_value_count)
        return &book->supporter_values[part->field];
    if (part->type == c->member_type && part->field != HEDUI_CEL_NO_FIELD &&
        part->field >= c->member_values)
        return &book->member_values[part->field - c->member_values];
    return NULL;
}

static hedui_span field_part(hedui_account_part *to, telling *t, const hedui_cel_part *part)
{
    const hedui_value *value = personal_value(t->a, part);
    const hedui_column *column = column_of(t->a, part->type, part->field);
    t->sensitive = column && column->sensitive;
    if (hedui_cel_type_fields(part->type))
        to->row = hedui_accounting_row(t->a, part->type, part->row);
    if (value) {
        to->title = hedui_accounting_keep(t->a, value->text->title);
        to->value = hedui_accounting_value(t->a, value, part->row);
        return value->text->unit;
    }
    if (!column) {
        to->title = hedui_accounting_keep(t->a, doc_of(part->type, part->field));
        return (hedui_span){"", 0};
    }
    to->title = hedui_accounting_keep(t->a, column->title);
    return unit_of(column);
}

/* hh.applied_on under its short name is called what the column is called. */
static hedui_span applied_on_doc(const accounting *a)
{
    const hedui_cel_type *type = a->j->rulebook->catalogue->household_type;
    return doc_of(type, hedui_cel_type_find(type, hedui_span_of("applied_on")));
}

static hedui_span name_part(hedui_account_part *to, telling *t, const hedui_cel_part *part)
{
    const hedui_rulebook *book = t->a->j->rulebook;
    hedui_span none = {"", 0};
    if (part->slot == book->as_of_slot)
        to->title = hedui_span_of("核对日");
    else if (part->slot == book->applied_on_slot)
        to->title = hedui_accounting_keep(t->a, applied_on_doc(t->a));
    if (part->slot < book->first_parameter || part->slot >= book->slot_count)
        return none;
    if (part->slot < book->first_value) {
        uint32_t index = part->slot - book->first_parameter;
        to->title = hedui_accounting_keep(t->a, book->parameters[index]->title);
        to->parameter = hedui_accounting_parameter(t->a, index);
        return book->parameters[index]->unit;
    }
    const hedui_value *value = &book->household_values[part->slot - book->first_value];
    to->title = hedui_accounting_keep(t->a, value->text->title);
    to->value = hedui_accounting_value(t->a, value, HEDUI_NONE);
    return value->text->unit;
}

static void tell_part(hedui_account_part *to, telling *t, const hedui_cel_part *part)
{
    int whole = t->sensitive;
    hedui_span unit = {"", 0};
    *to = (hedui_account_part){.kind = part->kind,
                               .depth = part->depth,
                               .text = {"", 0},
                               .name = part->name, /* static */
                               .title = {"", 0},
                               .decides = part->decides,
                               .count = part->count,
                               .value = -1,
                               .parameter = -1};
    if (part->kind == HEDUI_CEL_PART_FIELD)
        unit = field_part(to, t, part);
    else if (part->kind == HEDUI_CEL_PART_NAME)
        unit = name_part(to, t, part);
    else if (part->kind == HEDUI_CEL_PART_ROW && part->type)
        to->row = hedui_accounting_row(t->a, part->type, part->row);
    if (part->kind != HEDUI_CEL_PART_ROW && part->kind != HEDUI_CEL_PART_TOTAL &&
        part->kind != HEDUI_CEL_PART_MORE)
        to->text = one_line(t->a, part->text);
    to->figure = hedui_accounting_figure(t->a, part->value, unit, t->sensitive);
    t->sensitive = whole;
}

static int is_amount(const hedui_account_figure *f)
{
    return f->state == HEDUI_ACCOUNT_KNOWN && f->truth < 0 && f->count < 0;
}

/* What is taken of every row, and their sum, has the unit of what was read. */
static void carry_units(hedui_account_part *parts, size_t count)
{
    hedui_span unit = {"", 0};
    for (size_t i = count; i-- > 0;) {
        hedui_account_part *p = &parts[i];
        if (p->kind != HEDUI_CEL_PART_ROW || !is_amount(&p->figure))
            continue;
        size_t only = i + 1;
        int alone = only < count && parts[only].depth == p->depth + 1;
        for (size_t j = only + 1; alone && j < count && parts[j].depth > p->depth; j++)
            alone = parts[j].depth > p->depth + 1;
        if (alone)
            p->figure.unit = parts[only].figure.unit;
    }
    for (size_t i = 0; i < count; i++) {
        hedui_account_part *p = &parts[i];
        if (p->kind == HEDUI_CEL_PART_ROW)
            unit = p->figure.unit;
        else if (p->kind == HEDUI_CEL_PART_TOTAL)
            p->figure.unit = unit;
    }
}

/* A sum of rows that all have one unit has it too. */
static void carry_to_lists(hedui_account_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hedui_account_part *p = &parts[i];
        hedui_span unit = {"", 0};
        int rows = 0, same = 1;
        if (p->kind != HEDUI_CEL_PART_LIST || !is_amount(&p->figure))
            continue;
        for (size_t j = i + 1; j < count && parts[j].depth > p->depth; j++) {
            if (parts[j].kind != HEDUI_CEL_PART_ROW || parts[j].depth != p->depth + 1)
                continue;
            same &= !rows++ || hedui_span_equal(unit, parts[j].figure.unit);
            unit = parts[j].figure.unit;
        }
        if (rows && same)
            p->figure.unit = unit;
    }
}

void hedui_accounting_parts(const hedui_account_part **parts, size_t *count, accounting *a,
                            const hedui_cel_program *program, const hedui_cel_value *variables)
{
    enum { MOST_ROWS = 20 };
    const hedui_cel_part *from = NULL;
    uint32_t n = 0;
    telling t = {a, reads_sensitive(a, program)};
    hedui_cel_input input = hedui_judge_input(a->j, variables);
    if (hedui_cel_outline(&from, &n, program, &input, MOST_ROWS, a->j->scratch)) {
        a->failed = 1;
        return;
    }
    hedui_account_part *made = hedui_accounting_room(a, n, sizeof *made);
    for (uint32_t i = 0; made && i < n; i++)
        tell_part(&made[i], &t, &from[i]);
    if (!made)
        return;
    carry_units(made, n);
    carry_to_lists(made, n);
    *parts = made;
    *count = n;
}
