/* Values: constructors, equality, order, reasons. */
#include "cel/internal.h"

static value of(hedui_cel_kind kind)
{
    value v = {.kind = (uint8_t)kind};
    return v;
}

value hedui_cel_uint(uint64_t number)
{
    value v = of(HEDUI_CEL_UINT);
    v.as.natural = number;
    return v;
}

value hedui_cel_double(double number)
{
    value v = of(HEDUI_CEL_DOUBLE);
    v.as.real = number;
    return v;
}

value hedui_cel_bytes(hedui_span bytes)
{
    value v = of(HEDUI_CEL_BYTES);
    v.as.text = bytes;
    return v;
}

value hedui_cel_month(int year, int month)
{
    value v = of(HEDUI_CEL_MONTH);
    v.as.day = year * 12 + month - 1;
    return v;
}

value hedui_cel_period(int32_t months, int32_t days, int32_t first, int32_t last)
{
    value v = of(HEDUI_CEL_PERIOD);
    v.as.period.months = months;
    v.as.period.days = days;
    v.as.period.first = first;
    v.as.period.last = last;
    return v;
}

value hedui_cel_timestamp(int64_t seconds, uint32_t nanos)
{
    value v = of(HEDUI_CEL_TIMESTAMP);
    v.count = nanos;
    v.as.number = seconds;
    return v;
}

value hedui_cel_duration(int64_t nanos)
{
    value v = of(HEDUI_CEL_DURATION);
    v.as.number = nanos;
    return v;
}

value hedui_cel_type_value(const type *t)
{
    value v = of(HEDUI_CEL_TYPE);
    v.as.type = t;
    return v;
}

value hedui_cel_list(const value *items, uint32_t count)
{
    value v = of(HEDUI_CEL_LIST);
    v.count = count;
    v.as.items = items;
    for (uint32_t i = 0; i < count && !v.code; i++)
        if (items[i].kind != HEDUI_CEL_RECORD) /* the usual element, which is whole */
            v.code = (uint16_t)hedui_cel_is_partial(items[i]);
    return v;
}

value hedui_cel_map(const hedui_cel_map_entry *entries, uint32_t count)
{
    value v = of(HEDUI_CEL_MAP);
    v.count = count;
    v.as.entries = entries;
    return v;
}

value hedui_cel_optional(const value *inner)
{
    value v = of(HEDUI_CEL_OPTIONAL);
    v.as.inner = inner;
    return v;
}

value hedui_cel_unknown(const hedui_cel_reason *reasons, uint32_t count)
{
    value v = of(HEDUI_CEL_UNKNOWN);
    v.count = count;
    v.as.reasons = reasons;
    return v;
}

int hedui_cel_reason_compare(const hedui_cel_reason *a, const hedui_cel_reason *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->field < b->field ? -1 : a->field > b->field;
}

value hedui_cel_unknown_merge(value a, value b, hedui_arena *arena)
{
    if (b.kind != HEDUI_CEL_UNKNOWN || (a.kind == HEDUI_CEL_UNKNOWN && !b.count))
        return a;
    if (a.kind != HEDUI_CEL_UNKNOWN || !a.count || a.as.reasons == b.as.reasons)
        return b;
    hedui_cel_reason *all = hedui_arena_array(arena, (size_t)a.count + b.count, sizeof *all);
    if (!all)
        return a; /* fewer reasons, but still unknown */
    uint32_t i = 0, j = 0, n = 0;
    while (i < a.count || j < b.count) {
        int order = i == a.count   ? 1
                    : j == b.count ? -1
                                   : hedui_cel_reason_compare(&a.as.reasons[i], &b.as.reasons[j]);
        all[n++] = order <= 0 ? a.as.reasons[i] : b.as.reasons[j];
        i += order <= 0;
        j += order >= 0;
    }
    return hedui_cel_unknown(all, n);
}

/* Something inside is unknown: functions that need all of it cannot answer. */
int hedui_cel_is_partial(value v)
{
    if (v.kind == HEDUI_CEL_LIST || v.kind == HEDUI_CEL_MAP)
        return v.code;
    if (v.kind == HEDUI_CEL_OPTIONAL)
        return v.as.inner && hedui_cel_is_partial(*v.as.inner);
    return v.kind == HEDUI_CEL_UNKNOWN;
}

/* The reasons of all unknown elements together. */
value hedui_cel_partial_unknown(value v, hedui_arena *arena)
{
    value all = hedui_cel_unknown(NULL, 0);
    if (v.kind == HEDUI_CEL_UNKNOWN)
        return v;
    if (v.kind == HEDUI_CEL_OPTIONAL && v.as.inner)
        return hedui_cel_partial_unknown(*v.as.inner, arena);
    for (uint32_t i = 0; i < v.count && v.kind == HEDUI_CEL_LIST; i++)
        if (hedui_cel_is_partial(v.as.items[i]))
            all = hedui_cel_unknown_merge(all, hedui_cel_partial_unknown(v.as.items[i], arena),
                                          arena);
    return all;
}

int hedui_cel_is_number(value v)
{
    return v.kind == HEDUI_CEL_INT || v.kind == HEDUI_CEL_UINT || v.kind == HEDUI_CEL_DOUBLE;
}

static hedui_span code_text(value v)
{
    return v.as.row.type->codes->codes[v.count];
}

static int maps_equal(value a, value b)
{
    if (a.count != b.count)
        return 0;
    for (uint32_t i = 0; i < a.count; i++) {
        uint32_t j = 0;
        while (j < b.count && !hedui_cel_equal(a.as.entries[i].key, b.as.entries[j].key))
            j++;
        if (j == b.count || !hedui_cel_equal(a.as.entries[i].value, b.as.entries[j].value))
            return 0;
    }
    return 1;
}

static int lists_equal(value a, value b)
{
    if (a.count != b.count)
        return 0;
    for (uint32_t i = 0; i < a.count; i++)
        if (!hedui_cel_equal(a.as.items[i], b.as.items[i]))
            return 0;
    return 1;
}

static int types_equal(const type *a, const type *b)
{
    /* as values, list(int) and list(string) are both `list` */
    return a->kind == b->kind && hedui_span_equal(a->name, b->name);
}

/* Values of different kinds that may still be equal. */
static int equal_across(value a, value b)
{
    if (hedui_cel_is_number(a) && hedui_cel_is_number(b)) {
        int order = 1;
        return hedui_cel_number_compare(&order, a, b) && order == 0;
    }
    if (a.kind == HEDUI_CEL_CODE && b.kind == HEDUI_CEL_STRING)
        return hedui_span_equal(code_text(a), b.as.text);
    if (a.kind == HEDUI_CEL_STRING && b.kind == HEDUI_CEL_CODE)
        return hedui_span_equal(a.as.text, code_text(b));
    if (a.kind == HEDUI_CEL_DECIMAL && b.kind == HEDUI_CEL_INT)
        return hedui_cel_decimal_compare(a, hedui_cel_decimal(b.as.number, 0)) == 0;
    if (a.kind == HEDUI_CEL_INT && b.kind == HEDUI_CEL_DECIMAL)
        return hedui_cel_decimal_compare(hedui_cel_decimal(a.as.number, 0), b) == 0;
    return 0;
}

int hedui_cel_equal(value a, value b)
{
    int order = 1;
    if (a.kind != b.kind)
        return equal_across(a, b);
    switch ((hedui_cel_kind)a.kind) {
    case HEDUI_CEL_NULL:
        return 1;
    case HEDUI_CEL_BOOL:
        return a.as.boolean == b.as.boolean;
    case HEDUI_CEL_INT:
    case HEDUI_CEL_UINT:
    case HEDUI_CEL_DOUBLE:
        return hedui_cel_number_compare(&order, a, b) && order == 0;
    case HEDUI_CEL_STRING:
    case HEDUI_CEL_BYTES:
        return hedui_span_equal(a.as.text, b.as.text);
    case HEDUI_CEL_TIMESTAMP:
        return a.as.number == b.as.number && a.count == b.count;
    case HEDUI_CEL_DURATION:
        return a.as.number == b.as.number;
    case HEDUI_CEL_TYPE:
        return types_equal(a.as.type, b.as.type);
    case HEDUI_CEL_LIST:
        return lists_equal(a, b);
    case HEDUI_CEL_MAP:
        return maps_equal(a, b);
    case HEDUI_CEL_OPTIONAL:
        if (!a.as.inner || !b.as.inner)
            return !a.as.inner && !b.as.inner;
        return hedui_cel_equal(*a.as.inner, *b.as.inner);
    case HEDUI_CEL_DECIMAL:
        return hedui_cel_decimal_compare(a, b) == 0;
    case HEDUI_CEL_DATE:
    case HEDUI_CEL_MONTH:
        return a.as.day == b.as.day;
    case HEDUI_CEL_PERIOD:
        return a.as.period.months == b.as.period.months && a.as.period.days == b.as.period.days &&
               a.as.period.first == b.as.period.first && a.as.period.last == b.as.period.last;
    case HEDUI_CEL_RECORD:
        return a.as.row.type == b.as.row.type && a.as.row.object == b.as.row.object &&
               a.count == b.count;
    case HEDUI_CEL_CODE:
        return hedui_span_equal(code_text(a), code_text(b));
    case HEDUI_CEL_ERROR:
    case HEDUI_CEL_UNKNOWN:
    case HEDUI_CEL_LAZY:
    case HEDUI_CEL_DYN:
    case HEDUI_CEL_PARAM:
    case HEDUI_CEL_ABSTRACT:
        break;
    }
    return 0;
}

int hedui_cel_compare(int *order, value a, value b)
{
    if (hedui_cel_is_number(a) && hedui_cel_is_number(b))
        return hedui_cel_number_compare(order, a, b);
    if (a.kind != b.kind)
        return 0;
    switch ((hedui_cel_kind)a.kind) {
    case HEDUI_CEL_BOOL:
        *order = a.as.boolean - b.as.boolean;
        return 1;
    case HEDUI_CEL_STRING:
    case HEDUI_CEL_BYTES:
        *order = hedui_span_compare(a.as.text, b.as.text);
        return 1;
    case HEDUI_CEL_TIMESTAMP:
        if (a.as.number == b.as.number)
            *order = a.count < b.count ? -1 : a.count > b.count;
        else
            *order = a.as.number < b.as.number ? -1 : 1;
        return 1;
    case HEDUI_CEL_DURATION:
        *order = a.as.number < b.as.number ? -1 : a.as.number > b.as.number;
        return 1;
    case HEDUI_CEL_DECIMAL:
        *order = hedui_cel_decimal_compare(a, b);
        return 1;
    case HEDUI_CEL_DATE:
    case HEDUI_CEL_MONTH:
        *order = a.as.day < b.as.day ? -1 : a.as.day > b.as.day;
        return 1;
    case HEDUI_CEL_NULL:
    case HEDUI_CEL_INT:
    case HEDUI_CEL_UINT:
    case HEDUI_CEL_DOUBLE:
    case HEDUI_CEL_TYPE:
    case HEDUI_CEL_LIST:
    case HEDUI_CEL_MAP:
    case HEDUI_CEL_OPTIONAL:
    case HEDUI_CEL_PERIOD:
    case HEDUI_CEL_RECORD:
    case HEDUI_CEL_CODE:
    case HEDUI_CEL_ERROR:
    case HEDUI_CEL_UNKNOWN:
    case HEDUI_CEL_LAZY:
    case HEDUI_CEL_DYN:
    case HEDUI_CEL_PARAM:
    case HEDUI_CEL_ABSTRACT:
        break;
    }
    return 0;
}

const char *hedui_cel_error_text(hedui_cel_error error)
{
    static const char *const texts[] = {
        [HEDUI_CEL_ERROR_NONE] = "no error",
        [HEDUI_CEL_ERROR_ABSENT] = "the field has no value",
        [HEDUI_CEL_ERROR_OVERLOAD] = "no matching overload",
        [HEDUI_CEL_ERROR_KEY] = "no such key",
        [HEDUI_CEL_ERROR_INDEX] = "index out of range",
        [HEDUI_CEL_ERROR_OVERFLOW] = "result out of range",
        [HEDUI_CEL_ERROR_DIVISION] = "division by zero",
        [HEDUI_CEL_ERROR_CONVERSION] = "cannot be converted",
        [HEDUI_CEL_ERROR_VARIABLE] = "variable without a value",
        [HEDUI_CEL_ERROR_FUNCTION] = "no such function",
        [HEDUI_CEL_ERROR_REPEATED] = "repeated key",
        [HEDUI_CEL_ERROR_ARGUMENT] = "argument not accepted",
        [HEDUI_CEL_ERROR_EMPTY] = "there is nothing to take it from",
        [HEDUI_CEL_ERROR_LIMIT] = "too many steps",
        [HEDUI_CEL_ERROR_MEMORY] = "out of memory",
        [HEDUI_CEL_ERROR_HOST] = "error of the host",
    };
    return texts[error];
}

value hedui_cel_text_value(evaluation *e, hedui_buffer *text)
{
    hedui_span copy = {NULL, 0};
    if (!hedui_buffer_failed(text))
        copy = hedui_arena_copy(e->arena, hedui_buffer_span(text));
    hedui_buffer_free(text);
    return copy.at ? hedui_cel_string(copy) : hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
}
