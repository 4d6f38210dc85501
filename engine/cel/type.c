/* Types: small immutable structs. Simple and decimal types are static tables, so that comparing
 * pointers settles most comparisons. */
#include "cel/internal.h"

#define SIMPLE(k, text) [k] = {.kind = (k), .name = HEDUI_SPAN(text)}
static const type simple[] = {
    SIMPLE(HEDUI_CEL_NULL, "null_type"),
    SIMPLE(HEDUI_CEL_BOOL, "bool"),
    SIMPLE(HEDUI_CEL_INT, "int"),
    SIMPLE(HEDUI_CEL_UINT, "uint"),
    SIMPLE(HEDUI_CEL_DOUBLE, "double"),
    SIMPLE(HEDUI_CEL_STRING, "string"),
    SIMPLE(HEDUI_CEL_BYTES, "bytes"),
    SIMPLE(HEDUI_CEL_TIMESTAMP, "timestamp"),
    SIMPLE(HEDUI_CEL_DURATION, "duration"),
    SIMPLE(HEDUI_CEL_TYPE, "type"),
    SIMPLE(HEDUI_CEL_LIST, "list"),
    SIMPLE(HEDUI_CEL_MAP, "map"),
    SIMPLE(HEDUI_CEL_OPTIONAL, "optional_type"),
    SIMPLE(HEDUI_CEL_DECIMAL, "decimal"),
    SIMPLE(HEDUI_CEL_DATE, "date"),
    SIMPLE(HEDUI_CEL_MONTH, "month"),
    SIMPLE(HEDUI_CEL_PERIOD, "period"),
    SIMPLE(HEDUI_CEL_RECORD, "record"),
    SIMPLE(HEDUI_CEL_CODE, "code"),
    SIMPLE(HEDUI_CEL_ERROR, "error"),
    SIMPLE(HEDUI_CEL_UNKNOWN, "unknown"),
    SIMPLE(HEDUI_CEL_LAZY, "lazy"),
    SIMPLE(HEDUI_CEL_DYN, "dyn"),
    SIMPLE(HEDUI_CEL_PARAM, "param"),
    SIMPLE(HEDUI_CEL_ABSTRACT, "abstract"),
};

#define DECIMAL(n)                                                                                 \
    {                                                                                              \
        .kind = HEDUI_CEL_DECIMAL, .scale = (n), .name = HEDUI_SPAN("decimal")                     \
    }
static const type decimals[] = {DECIMAL(0), DECIMAL(1), DECIMAL(2), DECIMAL(3), DECIMAL(4),
                                DECIMAL(5), DECIMAL(6), DECIMAL(7), DECIMAL(8), DECIMAL(9)};
const type hedui_cel_decimal_any = DECIMAL(ANY_SCALE);

const type *hedui_cel_type_simple(hedui_cel_kind kind)
{
    return &simple[kind];
}

const char *hedui_cel_kind_name(hedui_cel_kind kind)
{
    return simple[kind].name.at;
}

const type *hedui_cel_type_decimal(uint32_t scale)
{
    return scale < 10 ? &decimals[scale] : &hedui_cel_decimal_any;
}

static type *make(hedui_arena *arena, hedui_cel_kind kind, const type *first, const type *second)
{
    if ((kind == HEDUI_CEL_LIST || kind == HEDUI_CEL_OPTIONAL || kind == HEDUI_CEL_TYPE) && !first)
        return NULL;
    type *t = hedui_arena_take(arena, sizeof *t);
    if (!t)
        return NULL;
    t->kind = (uint8_t)kind;
    t->name = simple[kind].name;
    t->parameters[0] = first;
    t->parameters[1] = second;
    t->parameter_count = (uint16_t)((first != NULL) + (second != NULL));
    return t;
}

const type *hedui_cel_type_list(hedui_arena *arena, const type *element)
{
    return make(arena, HEDUI_CEL_LIST, element, NULL);
}

const type *hedui_cel_type_map(hedui_arena *arena, const type *key, const type *inner)
{
    return key && inner ? make(arena, HEDUI_CEL_MAP, key, inner) : NULL;
}

const type *hedui_cel_type_optional(hedui_arena *arena, const type *inner)
{
    return make(arena, HEDUI_CEL_OPTIONAL, inner, NULL);
}

const type *hedui_cel_type_type(hedui_arena *arena, const type *inner)
{
    return make(arena, HEDUI_CEL_TYPE, inner, NULL);
}

const type *hedui_cel_type_param(hedui_arena *arena, hedui_span name)
{
    type *t = make(arena, HEDUI_CEL_PARAM, NULL, NULL);
    if (t)
        t->name = name;
    return t;
}

const type *hedui_cel_type_variable(hedui_arena *arena, uint32_t number)
{
    type *t = make(arena, HEDUI_CEL_PARAM, NULL, NULL);
    if (t)
        t->variable = number;
    return t;
}

const type *hedui_cel_type_abstract(hedui_arena *arena, hedui_span name,
                                    const type *const *parameters, uint32_t count)
{
    type *t = count <= 3 ? make(arena, HEDUI_CEL_ABSTRACT, NULL, NULL) : NULL;
    if (!t)
        return NULL;
    t->name = name;
    t->parameter_count = (uint16_t)count;
    for (uint32_t i = 0; i < count; i++)
        t->parameters[i] = parameters[i];
    return t;
}

type *hedui_cel_type_record(hedui_arena *arena, hedui_span name)
{
    type *t = make(arena, HEDUI_CEL_RECORD, NULL, NULL);
    if (t)
        t->name = name;
    return t;
}

static int index_fields(type *t, const hedui_cel_field *fields, uint32_t count, hedui_arena *arena)
{
    hedui_table_init(&t->fields, arena);
    for (uint32_t i = 0; i < count; i++)
        if (hedui_table_put(&t->fields, hedui_span_of(fields[i].name), i) == HEDUI_TABLE_NONE)
            return 0;
    return 1;
}

int hedui_cel_type_define(type *record, const hedui_cel_record *definition, hedui_arena *arena)
{
    hedui_cel_record *copy = hedui_arena_take(arena, sizeof *copy);
    if (!copy || !index_fields(record, definition->fields, definition->field_count, arena))
        return 0;
    *copy = *definition;
    record->record = copy;
    return 1;
}

const type *hedui_cel_type_code(hedui_arena *arena, hedui_span name, const hedui_cel_codes *codes)
{
    type *t = make(arena, HEDUI_CEL_CODE, NULL, NULL);
    hedui_cel_codes *copy = hedui_arena_take(arena, sizeof *copy);
    if (!t || !copy || !index_fields(t, codes->fields, codes->field_count, arena))
        return NULL;
    *copy = *codes;
    t->name = name;
    t->codes = copy;
    hedui_table_init(&t->entries, arena);
    for (uint32_t i = 0; i < codes->code_count; i++)
        if (hedui_table_put(&t->entries, codes->codes[i], i) == HEDUI_TABLE_NONE)
            return NULL;
    return t;
}

hedui_cel_kind hedui_cel_type_kind(const type *t)
{
    return (hedui_cel_kind)t->kind;
}

hedui_span hedui_cel_type_name(const type *t)
{
    return t->name;
}

const type *hedui_cel_type_inner(const type *t)
{
    if (t->kind == HEDUI_CEL_MAP)
        return t->parameters[1];
    return t->kind == HEDUI_CEL_LIST || t->kind == HEDUI_CEL_OPTIONAL ? t->parameters[0] : NULL;
}

uint32_t hedui_cel_type_scale(const type *t)
{
    return t->scale;
}

const hedui_cel_record *hedui_cel_type_fields(const type *t)
{
    return t->record;
}

const hedui_cel_codes *hedui_cel_type_codes(const type *t)
{
    return t->codes;
}

uint32_t hedui_cel_type_find(const type *t, hedui_span field)
{
    return t->record || t->codes ? hedui_table_find(&t->fields, field) : NONE;
}

uint32_t hedui_cel_type_find_code(const type *t, hedui_span code)
{
    return t->codes ? hedui_table_find(&t->entries, code) : NONE;
}

int hedui_cel_type_same(const type *a, const type *b)
{
    if (a == b)
        return 1;
    if (a->kind != b->kind || a->parameter_count != b->parameter_count)
        return 0;
    if (a->kind == HEDUI_CEL_RECORD || a->kind == HEDUI_CEL_CODE)
        return 0; /* by identity */
    if (a->kind == HEDUI_CEL_DECIMAL)
        return a->scale == b->scale;
    if (a->kind == HEDUI_CEL_PARAM)
        return a->variable == b->variable && (a->variable || hedui_span_equal(a->name, b->name));
    if (a->kind == HEDUI_CEL_ABSTRACT && !hedui_span_equal(a->name, b->name))
        return 0;
    for (uint32_t i = 0; i < a->parameter_count; i++)
        if (!hedui_cel_type_same(a->parameters[i], b->parameters[i]))
            return 0;
    return 1;
}

void hedui_cel_type_print(hedui_buffer *out, const type *t)
{
    hedui_buffer_add(out, t->name);
    if (t->kind == HEDUI_CEL_DECIMAL && t->scale != ANY_SCALE)
        hedui_buffer_format(out, "(%u)", t->scale);
    if (!t->parameter_count)
        return;
    hedui_buffer_byte(out, '(');
    for (uint32_t i = 0; i < t->parameter_count; i++) {
        if (i)
            hedui_buffer_text(out, ", ");
        hedui_cel_type_print(out, t->parameters[i]);
    }
    hedui_buffer_byte(out, ')');
}
