/* Operators: one function each for all kinds, told apart at run time. */
#include "cel/internal.h"

#include <math.h>

static value overflow(evaluation *e)
{
    return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
}

static value joined_text(evaluation *e, value a, value b)
{
    size_t length = a.as.text.length + b.as.text.length;
    if (!hedui_cel_step(e, length / 16))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_LIMIT);
    char *text = hedui_arena_take(e->arena, length + 1);
    if (!text)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
    if (a.as.text.length)
        memcpy(text, a.as.text.at, a.as.text.length);
    if (b.as.text.length)
        memcpy(text + a.as.text.length, b.as.text.at, b.as.text.length);
    a.as.text.at = text;
    a.as.text.length = length;
    return a;
}

static value joined_list(evaluation *e, value a, value b)
{
    if (!hedui_cel_step(e, ((uint64_t)a.count + b.count) / 4))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_LIMIT);
    value *items = hedui_arena_array(e->arena, (size_t)a.count + b.count, sizeof *items);
    if (!items)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
    if (a.count)
        memcpy(items, a.as.items, a.count * sizeof *items);
    if (b.count)
        memcpy(items + a.count, b.as.items, b.count * sizeof *items);
    return hedui_cel_list(items, a.count + b.count);
}

/* seconds and nanoseconds moved by a duration, inside the years 1 to 9999 */
static value moved(evaluation *e, value moment, int64_t nanos)
{
    int64_t seconds = nanos / 1000000000, rest = nanos % 1000000000 + moment.count;
    if (rest < 0) {
        rest += 1000000000;
        seconds--;
    } else if (rest >= 1000000000) {
        rest -= 1000000000;
        seconds++;
    }
    seconds += moment.as.number; /* both are far from 64 bits */
    if (seconds < INT64_C(-62135596800) || seconds > INT64_C(253402300799))
        return overflow(e);
    return hedui_cel_timestamp(seconds, (uint32_t)rest);
}

static value add(evaluation *e, const value *a, uint32_t count)
{
    int64_t n;
    uint64_t u;
    (void)count;
    switch ((int)a[0].kind) {
    case HEDUI_CEL_INT:
        return __builtin_add_overflow(a[0].as.number, a[1].as.number, &n) ? overflow(e)
                                                                          : hedui_cel_int(n);
    case HEDUI_CEL_UINT:
        return __builtin_add_overflow(a[0].as.natural, a[1].as.natural, &u) ? overflow(e)
                                                                            : hedui_cel_uint(u);
    case HEDUI_CEL_DOUBLE:
        return hedui_cel_double(a[0].as.real + a[1].as.real);
    case HEDUI_CEL_STRING:
    case HEDUI_CEL_BYTES:
        return joined_text(e, a[0], a[1]);
    case HEDUI_CEL_LIST:
        return joined_list(e, a[0], a[1]);
    case HEDUI_CEL_DECIMAL:
        return hedui_cel_decimal_arithmetic(e, '+', a[0], a[1]);
    case HEDUI_CEL_TIMESTAMP:
        return moved(e, a[0], a[1].as.number);
    default: /* duration */
        if (a[1].kind == HEDUI_CEL_TIMESTAMP)
            return moved(e, a[1], a[0].as.number);
        return __builtin_add_overflow(a[0].as.number, a[1].as.number, &n) ? overflow(e)
                                                                          : hedui_cel_duration(n);
    }
}

static value between(evaluation *e, value a, value b)
{
    int64_t seconds, nanos;
    if (__builtin_sub_overflow(a.as.number, b.as.number, &seconds) ||
        __builtin_mul_overflow(seconds, INT64_C(1000000000), &nanos) ||
        __builtin_add_overflow(nanos, (int64_t)a.count - (int64_t)b.count, &nanos))
        return overflow(e);
    return hedui_cel_duration(nanos);
}

static value subtract(evaluation *e, const value *a, uint32_t count)
{
    int64_t n;
    uint64_t u;
    (void)count;
    switch ((int)a[0].kind) {
    case HEDUI_CEL_INT:
        return __builtin_sub_overflow(a[0].as.number, a[1].as.number, &n) ? overflow(e)
                                                                          : hedui_cel_int(n);
    case HEDUI_CEL_UINT:
        return __builtin_sub_overflow(a[0].as.natural, a[1].as.natural, &u) ? overflow(e)
                                                                            : hedui_cel_uint(u);
    case HEDUI_CEL_DOUBLE:
        return hedui_cel_double(a[0].as.real - a[1].as.real);
    case HEDUI_CEL_DECIMAL:
        return hedui_cel_decimal_arithmetic(e, '-', a[0], a[1]);
    case HEDUI_CEL_TIMESTAMP:
        if (a[1].kind == HEDUI_CEL_TIMESTAMP)
            return between(e, a[0], a[1]);
        if (a[1].as.number == INT64_MIN)
            return overflow(e);
        return moved(e, a[0], -a[1].as.number);
    default: /* duration */
        return __builtin_sub_overflow(a[0].as.number, a[1].as.number, &n) ? overflow(e)
                                                                          : hedui_cel_duration(n);
    }
}

static value multiply(evaluation *e, const value *a, uint32_t count)
{
    int64_t n;
    uint64_t u;
    (void)count;
    switch ((int)a[0].kind) {
    case HEDUI_CEL_INT:
        return __builtin_mul_overflow(a[0].as.number, a[1].as.number, &n) ? overflow(e)
                                                                          : hedui_cel_int(n);
    case HEDUI_CEL_UINT:
        return __builtin_mul_overflow(a[0].as.natural, a[1].as.natural, &u) ? overflow(e)
                                                                            : hedui_cel_uint(u);
    case HEDUI_CEL_DECIMAL:
        return hedui_cel_decimal_arithmetic(e, '*', a[0], a[1]);
    default:
        return hedui_cel_double(a[0].as.real * a[1].as.real);
    }
}

static value divide(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[0].kind == HEDUI_CEL_DOUBLE)
        return hedui_cel_double(a[0].as.real / a[1].as.real);
    if (a[1].as.number == 0)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_DIVISION);
    if (a[0].kind == HEDUI_CEL_UINT)
        return hedui_cel_uint(a[0].as.natural / a[1].as.natural);
    if (a[0].as.number == INT64_MIN && a[1].as.number == -1)
        return overflow(e);
    return hedui_cel_int(a[0].as.number / a[1].as.number);
}

static value modulo(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[1].as.number == 0)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_DIVISION);
    if (a[0].kind == HEDUI_CEL_UINT)
        return hedui_cel_uint(a[0].as.natural % a[1].as.natural);
    if (a[0].as.number == INT64_MIN && a[1].as.number == -1)
        return overflow(e);
    return hedui_cel_int(a[0].as.number % a[1].as.number);
}

static value negate(evaluation *e, const value *a, uint32_t count)
{
    value v = a[0];
    (void)count;
    if (v.kind == HEDUI_CEL_DOUBLE) {
        v.as.real = -v.as.real;
        return v;
    }
    if (v.as.number == INT64_MIN)
        return overflow(e);
    v.as.number = -v.as.number;
    return v;
}

static value not(evaluation * e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_bool(!a[0].as.boolean);
}

/* --- comparisons ------------------------------------------------------------------------------ */

/* The reasons of unknown values inside maps, which equality would have to look at. */
static value inside(evaluation *e, value v)
{
    value all = hedui_cel_null();
    for (uint32_t i = 0; v.kind == HEDUI_CEL_MAP && i < v.count; i++) {
        value one = v.as.entries[i].value;
        if (hedui_cel_undetermined(one))
            all = hedui_cel_undetermined(all) ? hedui_cel_unknown_or_error(e, all, one) : one;
    }
    return all;
}

static value equal(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    for (int i = 0; i < 2; i++) {
        value wrong = inside(e, a[i]);
        if (hedui_cel_undetermined(wrong))
            return wrong;
    }
    if (a[0].kind == HEDUI_CEL_LIST || a[0].kind == HEDUI_CEL_MAP)
        (void)hedui_cel_step(e, a[0].count);
    return hedui_cel_bool(hedui_cel_equal(a[0], a[1]));
}

static value unequal(evaluation *e, const value *a, uint32_t count)
{
    value v = equal(e, a, count);
    if (v.kind == HEDUI_CEL_BOOL)
        v.as.boolean = !v.as.boolean;
    return v;
}

static int ordered(int *order, value *wrong, evaluation *e, const value *a)
{
    if (hedui_cel_compare(order, a[0], a[1]))
        return 1;
    *wrong = hedui_cel_is_number(a[0]) && hedui_cel_is_number(a[1])
                 ? hedui_cel_bool(0) /* NaN */
                 : hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
    return 0;
}

static value less(evaluation *e, const value *a, uint32_t count)
{
    int order;
    value wrong;
    (void)count;
    return ordered(&order, &wrong, e, a) ? hedui_cel_bool(order < 0) : wrong;
}

static value less_equal(evaluation *e, const value *a, uint32_t count)
{
    int order;
    value wrong;
    (void)count;
    return ordered(&order, &wrong, e, a) ? hedui_cel_bool(order <= 0) : wrong;
}

static value greater(evaluation *e, const value *a, uint32_t count)
{
    int order;
    value wrong;
    (void)count;
    return ordered(&order, &wrong, e, a) ? hedui_cel_bool(order > 0) : wrong;
}

static value greater_equal(evaluation *e, const value *a, uint32_t count)
{
    int order;
    value wrong;
    (void)count;
    return ordered(&order, &wrong, e, a) ? hedui_cel_bool(order >= 0) : wrong;
}

/* Found among the known elements: true; else unknown if some are not known. */
static value in(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (!hedui_cel_step(e, a[1].count / 4))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = 0; i < a[1].count; i++)
        if (hedui_cel_equal(a[1].kind == HEDUI_CEL_LIST ? a[1].as.items[i] : a[1].as.entries[i].key,
                            a[0]))
            return hedui_cel_bool(1);
    if (a[1].kind == HEDUI_CEL_LIST && a[1].code)
        return hedui_cel_partial_unknown(a[1], e->arena);
    return hedui_cel_bool(0);
}

#define COMPARISON(name, call, doc, example)                                                       \
    {name "(bool, bool) -> bool", call, SCALE_NONE, doc, example},                                 \
        {name "(int, int) -> bool", call, SCALE_NONE, NULL, NULL},                                 \
        {name "(int, double) -> bool", call, SCALE_NONE, NULL, NULL},                              \
        {name "(int, uint) -> bool", call, SCALE_NONE, NULL, NULL},                                \
        {name "(uint, uint) -> bool", call, SCALE_NONE, NULL, NULL},                               \
        {name "(uint, double) -> bool", call, SCALE_NONE, NULL, NULL},                             \
        {name "(uint, int) -> bool", call, SCALE_NONE, NULL, NULL},                                \
        {name "(double, double) -> bool", call, SCALE_NONE, NULL, NULL},                           \
        {name "(double, int) -> bool", call, SCALE_NONE, NULL, NULL},                              \
        {name "(double, uint) -> bool", call, SCALE_NONE, NULL, NULL},                             \
        {name "(string, string) -> bool", call, SCALE_NONE, NULL, NULL},                           \
        {name "(bytes, bytes) -> bool", call, SCALE_NONE, NULL, NULL},                             \
        {name "(timestamp, timestamp) -> bool", call, SCALE_NONE, NULL, NULL},                     \
        {name "(duration, duration) -> bool", call, SCALE_NONE, NULL, NULL},                       \
        {name "(decimal, decimal) -> bool", call, SCALE_NONE, NULL, NULL},                         \
        {name "(date, date) -> bool", call, SCALE_NONE, NULL, NULL},                               \
    {                                                                                              \
        name "(month, month) -> bool", call, SCALE_NONE, NULL, NULL                                \
    }

static const function_row rows[] = {
    {"_+_(bytes, bytes) -> bytes", add, SCALE_NONE, "Sum; texts and lists are joined.",
     "1 + 2 => 3"},
    {"_+_(double, double) -> double", add, SCALE_NONE, NULL, NULL},
    {"_+_(duration, duration) -> duration", add, SCALE_NONE, NULL, NULL},
    {"_+_(duration, timestamp) -> timestamp", add, SCALE_NONE, NULL, NULL},
    {"_+_(timestamp, duration) -> timestamp", add, SCALE_NONE, NULL, NULL},
    {"_+_(int, int) -> int", add, SCALE_NONE, NULL, NULL},
    {"_+_(list(A), list(A)) -> list(A)", add, SCALE_NONE, NULL, NULL},
    {"_+_(string, string) -> string", add, SCALE_NONE, NULL, NULL},
    {"_+_(uint, uint) -> uint", add, SCALE_NONE, NULL, NULL},
    {"_+_(decimal, decimal) -> decimal", add, SCALE_MAX, NULL, NULL},
    {"_-_(double, double) -> double", subtract, SCALE_NONE, "Difference.",
     "dec(\"10.5\") - dec(\"0.25\") => dec(\"10.25\")"},
    {"_-_(duration, duration) -> duration", subtract, SCALE_NONE, NULL, NULL},
    {"_-_(int, int) -> int", subtract, SCALE_NONE, NULL, NULL},
    {"_-_(timestamp, duration) -> timestamp", subtract, SCALE_NONE, NULL, NULL},
    {"_-_(timestamp, timestamp) -> duration", subtract, SCALE_NONE, NULL, NULL},
    {"_-_(uint, uint) -> uint", subtract, SCALE_NONE, NULL, NULL},
    {"_-_(decimal, decimal) -> decimal", subtract, SCALE_MAX, NULL, NULL},
    {"_*_(double, double) -> double", multiply, SCALE_NONE,
     "Product; decimal places of decimals add up.",
     "dec(\"1.5\") * dec(\"0.25\") => dec(\"0.375\")"},
    {"_*_(int, int) -> int", multiply, SCALE_NONE, NULL, NULL},
    {"_*_(uint, uint) -> uint", multiply, SCALE_NONE, NULL, NULL},
    {"_*_(decimal, decimal) -> decimal", multiply, SCALE_SUM, NULL, NULL},
    {"_/_(double, double) -> double", divide, SCALE_NONE,
     "Quotient; of whole numbers, truncated. Decimals: div().", "7 / 2 => 3"},
    {"_/_(int, int) -> int", divide, SCALE_NONE, NULL, NULL},
    {"_/_(uint, uint) -> uint", divide, SCALE_NONE, NULL, NULL},
    {"_%_(int, int) -> int", modulo, SCALE_NONE, "Remainder, with the sign of the dividend.",
     "-7 % 2 => -1"},
    {"_%_(uint, uint) -> uint", modulo, SCALE_NONE, NULL, NULL},
    {"-_(double) -> double", negate, SCALE_NONE, "The number with its sign changed.", "-(3) => -3"},
    {"-_(int) -> int", negate, SCALE_NONE, NULL, NULL},
    {"-_(decimal) -> decimal", negate, SCALE_MAX, NULL, NULL},
    {"!_(bool) -> bool", not, SCALE_NONE, "True if it is false.", "!false => true"},
    {"_==_(A, A) -> bool", equal, SCALE_NONE, "Equal in kind and value; numbers by value.",
     "[1, 2] == [1, 2] => true"},
    {"_!=_(A, A) -> bool", unequal, SCALE_NONE, "Not equal.", "\"a\" != \"b\" => true"},
    COMPARISON("_<_", less, "Earlier, smaller, or before in the order of characters.",
               "date(\"2024-02-29\") < date(\"2024-03-01\") => true"),
    COMPARISON("_<=_", less_equal, "Not greater.", "2 <= 2 => true"),
    COMPARISON("_>_", greater, "Later, greater, or after.", "dec(\"500.01\") > 500 => true"),
    COMPARISON("_>=_", greater_equal, "Not less.", "\"b\" >= \"a\" => true"),
    {"@in(A, list(A)) -> bool", in, SCALE_NONE, "Is an element of the list, or a key of the map.",
     "2 in [1, 2, 3] => true"},
    {"@in(A, map(A, B)) -> bool", in, SCALE_NONE, NULL, NULL},
};

const function_topic hedui_cel_topic_operators = {"operators", rows, sizeof rows / sizeof *rows};
