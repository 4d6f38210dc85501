/* What was declared, as one record. A sum with an unknown part is unknown, whatever the rest is. */
#include "rule/declared.h"
#include "rule/getter.h"

typedef struct maker {
    hedui_catalogue *c;
    hedui_cel_field *fields;
    hedui_declared_field *from;
    uint32_t count;
    hedui_arena *arena;
    hedui_err *err;
} maker;

/* The name behind the prefix, NULL if the column is not of what was declared. */
static const char *declared_name(const char *column)
{
    static const char prefix[] = "declared_";
    size_t length = sizeof prefix - 1;
    return strncmp(column, prefix, length) == 0 && column[length] ? column + length : NULL;
}

static hedui_status add_field(maker *m, const hedui_cel_field *of, hedui_declared_field from,
                              const hedui_layout *layout)
{
    const char *name = declared_name(of->name);
    hedui_cel_kind kind = hedui_cel_type_kind(of->type);
    int number = kind == HEDUI_CEL_DECIMAL || kind == HEDUI_CEL_INT;
    if (!name || (from.of_member && !number))
        return HEDUI_OK;
    for (uint32_t i = 0; i < m->count; i++)
        if (strcmp(m->fields[i].name, name) == 0)
            return hedui_fail(m->err, HEDUI_E3020, hedui_place_file(layout->path),
                              HEDUI_ARG_TEXT(of->name));
    m->fields[m->count] = *of;
    m->fields[m->count].name = name;
    if (from.of_member)
        m->fields[m->count].presence = HEDUI_CEL_MAY_BE_UNKNOWN;
    m->from[m->count++] = from;
    return HEDUI_OK;
}

static hedui_cel_value get_declared(const void *context, const void *object, uint32_t row,
                                    uint32_t field, hedui_arena *arena);

hedui_status hedui_declared_define(hedui_catalogue *catalogue, hedui_arena *arena, hedui_err *err)
{
    maker m = {.c = catalogue, .arena = arena, .err = err};
    uint32_t most = catalogue->households->column_count + catalogue->members->column_count;
    const hedui_cel_record *house = hedui_cel_type_fields(catalogue->household_type);
    const hedui_cel_record *member = hedui_cel_type_fields(catalogue->member_type);
    hedui_status status = HEDUI_OK;
    m.fields = hedui_arena_array(arena, most, sizeof *m.fields);
    m.from = hedui_arena_array(arena, most, sizeof *m.from);
    if (!m.fields || !m.from)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < catalogue->household_members && !status; i++)
        status =
            add_field(&m, &house->fields[i], (hedui_declared_field){i, 0}, catalogue->households);
    for (uint32_t i = 0; i < catalogue->member_lists && !status; i++)
        status =
            add_field(&m, &member->fields[i], (hedui_declared_field){i, 1}, catalogue->members);
    if (status)
        return status;
    hedui_cel_record record = {.fields = m.fields,
                               .field_count = m.count,
                               .source = HEDUI_SOURCE_NONE,
                               .max_rows = 1,
                               .get = get_declared,
                               .context = catalogue};
    catalogue->declared = m.from;
    if (!hedui_cel_type_define(catalogue->declared_type, &record, arena))
        return hedui_fail_memory(err);
    return HEDUI_OK;
}

int hedui_declared_counts(const hedui_case *the_case, uint32_t member)
{
    return the_case->book->caseload->members[member].counted;
}

/* Every reason for which the sum is open, not only the first. */
static hedui_cel_value sum_members(const hedui_case *c, uint32_t field, hedui_arena *arena)
{
    const hedui_household *h = &c->book->caseload->households[c->household];
    const hedui_cel_type *type = c->catalogue->member_type;
    const hedui_cel_type *of = hedui_cel_type_fields(type)->fields[field].type;
    hedui_cel_value open = hedui_cel_unknown(NULL, 0);
    int64_t sum = 0;
    if (h->incomplete)
        open = hedui_get_unknown(HEDUI_CAUSE_CASELOAD, c->catalogue->feed_count + 1u, 0, UINT32_MAX,
                                 arena);
    if (open.kind != HEDUI_CEL_UNKNOWN)
        return open;
    for (uint32_t m = h->first; m < h->first + h->count; m++) {
        if (!hedui_declared_counts(c, m))
            continue;
        hedui_cel_value one = hedui_get_member(c->catalogue, c, m, field, arena);
        if (one.kind == HEDUI_CEL_UNKNOWN)
            open = hedui_cel_unknown_merge(open, one, arena);
        else if (one.kind == HEDUI_CEL_ERROR && one.code == HEDUI_CEL_ERROR_ABSENT)
            continue; /* there is none */
        else if (one.kind != HEDUI_CEL_DECIMAL && one.kind != HEDUI_CEL_INT)
            return one;
        else if (__builtin_add_overflow(sum, one.as.number, &sum))
            return hedui_cel_fail(HEDUI_CEL_ERROR_OVERFLOW);
    }
    if (open.count)
        return open;
    if (hedui_cel_type_kind(of) == HEDUI_CEL_INT)
        return hedui_cel_int(sum);
    return hedui_cel_decimal(sum, hedui_cel_type_scale(of));
}

static hedui_cel_value get_declared(const void *context, const void *object, uint32_t row,
                                    uint32_t field, hedui_arena *arena)
{
    const hedui_catalogue *catalogue = context;
    const hedui_declared_field *from = &catalogue->declared[field];
    return from->of_member ? sum_members(object, from->field, arena)
                           : hedui_get_household(catalogue, object, row, from->field, arena);
}
