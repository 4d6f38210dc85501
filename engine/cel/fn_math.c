/* math.* */
#include "cel/internal.h"

#include <math.h>

static value extreme(evaluation *e, const value *a, int sign)
{
    if (a[0].kind != HEDUI_CEL_LIST)
        return a[0];
    if (!a[0].count)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_EMPTY);
    value best = a[0].as.items[0];
    for (uint32_t i = 0; i < a[0].count; i++) {
        int order = 0;
        if (!hedui_cel_is_number(a[0].as.items[i]))
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
        if (hedui_cel_number_compare(&order, a[0].as.items[i], best) && order * sign > 0)
            best = a[0].as.items[i];
    }
    return best;
}

static value greatest(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return extreme(e, a, 1);
}

static value least(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return extreme(e, a, -1);
}

#define OF_DOUBLE(name, expression)                                                                \
    static value name(evaluation *e, const value *a, uint32_t count)                               \
    {                                                                                              \
        (void)e;                                                                                   \
        (void)count;                                                                               \
        return expression;                                                                         \
    }

OF_DOUBLE(ceiling, hedui_cel_double(ceil(a[0].as.real)))
OF_DOUBLE(lower, hedui_cel_double(floor(a[0].as.real)))
OF_DOUBLE(rounded, hedui_cel_double(round(a[0].as.real)))
OF_DOUBLE(truncated, hedui_cel_double(trunc(a[0].as.real)))
OF_DOUBLE(is_nan, hedui_cel_bool(isnan(a[0].as.real)))
OF_DOUBLE(is_inf, hedui_cel_bool(isinf(a[0].as.real)))
OF_DOUBLE(is_finite, hedui_cel_bool(isfinite(a[0].as.real)))
OF_DOUBLE(bit_and, hedui_cel_uint(a[0].as.natural &a[1].as.natural))
OF_DOUBLE(bit_or, hedui_cel_uint(a[0].as.natural | a[1].as.natural))
OF_DOUBLE(bit_xor, hedui_cel_uint(a[0].as.natural ^ a[1].as.natural))
OF_DOUBLE(bit_not, hedui_cel_uint(~a[0].as.natural))

/* Signed and unsigned share the bits. */
static value as_kind(value v, hedui_cel_kind kind)
{
    v.kind = (uint8_t)kind;
    return v;
}

#define OF_BITS(name)                                                                              \
    static value name##_int(evaluation *e, const value *a, uint32_t count)                         \
    {                                                                                              \
        return as_kind(name(e, a, count), HEDUI_CEL_INT);                                          \
    }

OF_BITS(bit_and)
OF_BITS(bit_or)
OF_BITS(bit_xor)
OF_BITS(bit_not)

static value shift(evaluation *e, const value *a, int left)
{
    int64_t by = a[1].as.number;
    if (by < 0)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    uint64_t n = by > 63 ? 0 : left ? a[0].as.natural << by : a[0].as.natural >> by;
    return as_kind(hedui_cel_uint(n), (hedui_cel_kind)a[0].kind);
}

static value shift_left(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return shift(e, a, 1);
}

static value shift_right(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return shift(e, a, 0);
}

static value absolute(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[0].kind == HEDUI_CEL_UINT)
        return a[0];
    if (a[0].kind == HEDUI_CEL_DOUBLE)
        return hedui_cel_double(fabs(a[0].as.real));
    if (a[0].as.number == INT64_MIN)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
    return hedui_cel_int(a[0].as.number < 0 ? -a[0].as.number : a[0].as.number);
}

static value sign(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    if (a[0].kind == HEDUI_CEL_UINT)
        return hedui_cel_uint(a[0].as.natural != 0);
    if (a[0].kind == HEDUI_CEL_INT)
        return hedui_cel_int(a[0].as.number < 0 ? -1 : a[0].as.number > 0);
    double d = a[0].as.real;
    return isnan(d) ? a[0] : hedui_cel_double(d < 0 ? -1.0 : d > 0 ? 1.0 : 0.0);
}

static value root(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    if (a[0].kind == HEDUI_CEL_DOUBLE)
        return hedui_cel_double(sqrt(a[0].as.real));
    return hedui_cel_double(
        sqrt(a[0].kind == HEDUI_CEL_INT ? (double)a[0].as.number : (double)a[0].as.natural));
}

#define ROW(signature, call)                                                                       \
    {                                                                                              \
        signature, call, SCALE_NONE, NULL, NULL                                                    \
    }

static const function_row rows[] = {
    {"math.@max(int) -> int", greatest, SCALE_NONE, "math.greatest(...): the greatest number.",
     "math.greatest(1, 3, 2) => 3"},
    ROW("math.@max(double) -> double", greatest),
    ROW("math.@max(uint) -> uint", greatest),
    ROW("math.@max(list(int)) -> int", greatest),
    ROW("math.@max(list(double)) -> double", greatest),
    ROW("math.@max(list(uint)) -> uint", greatest),
    {"math.@min(int) -> int", least, SCALE_NONE, "math.least(...): the least number.",
     "math.least(1, 3, 2) => 1"},
    ROW("math.@min(double) -> double", least),
    ROW("math.@min(uint) -> uint", least),
    ROW("math.@min(list(int)) -> int", least),
    ROW("math.@min(list(double)) -> double", least),
    ROW("math.@min(list(uint)) -> uint", least),
    {"math.ceil(double) -> double", ceiling, SCALE_NONE, "Up to a whole number.",
     "math.ceil(1.2) => 2.0"},
    {"math.floor(double) -> double", lower, SCALE_NONE, "Down to a whole number.",
     "math.floor(1.8) => 1.0"},
    {"math.round(double) -> double", rounded, SCALE_NONE, "To the nearest, halves away from 0.",
     "math.round(1.5) => 2.0"},
    {"math.trunc(double) -> double", truncated, SCALE_NONE, "Without the fraction.",
     "math.trunc(-1.8) => -1.0"},
    {"math.abs(int) -> int", absolute, SCALE_NONE, "Without its sign.", "math.abs(-3) => 3"},
    ROW("math.abs(double) -> double", absolute),
    ROW("math.abs(uint) -> uint", absolute),
    {"math.sign(int) -> int", sign, SCALE_NONE, "-1, 0 or 1.", "math.sign(-3) => -1"},
    ROW("math.sign(double) -> double", sign),
    ROW("math.sign(uint) -> uint", sign),
    {"math.sqrt(double) -> double", root, SCALE_NONE, "Square root.", "math.sqrt(9.0) => 3.0"},
    ROW("math.sqrt(int) -> double", root),
    ROW("math.sqrt(uint) -> double", root),
    {"math.isNaN(double) -> bool", is_nan, SCALE_NONE, "Is not a number.",
     "math.isNaN(0.0 / 0.0) => true"},
    {"math.isInf(double) -> bool", is_inf, SCALE_NONE, "Is infinite.",
     "math.isInf(1.0 / 0.0) => true"},
    {"math.isFinite(double) -> bool", is_finite, SCALE_NONE, "Is a number and not infinite.",
     "math.isFinite(1.0) => true"},
    {"math.bitAnd(int, int) -> int", bit_and_int, SCALE_NONE, "Bits in both.",
     "math.bitAnd(6, 3) => 2"},
    ROW("math.bitAnd(uint, uint) -> uint", bit_and),
    {"math.bitOr(int, int) -> int", bit_or_int, SCALE_NONE, "Bits in either.",
     "math.bitOr(6, 3) => 7"},
    ROW("math.bitOr(uint, uint) -> uint", bit_or),
    {"math.bitXor(int, int) -> int", bit_xor_int, SCALE_NONE, "Bits in one only.",
     "math.bitXor(6, 3) => 5"},
    ROW("math.bitXor(uint, uint) -> uint", bit_xor),
    {"math.bitNot(int) -> int", bit_not_int, SCALE_NONE, "All bits changed.",
     "math.bitNot(0) => -1"},
    ROW("math.bitNot(uint) -> uint", bit_not),
    {"math.bitShiftLeft(int, int) -> int", shift_left, SCALE_NONE, "Bits moved up.",
     "math.bitShiftLeft(1, 3) => 8"},
    ROW("math.bitShiftLeft(uint, int) -> uint", shift_left),
    {"math.bitShiftRight(int, int) -> int", shift_right, SCALE_NONE,
     "Bits moved down, zeros from above.", "math.bitShiftRight(8, 3) => 1"},
    ROW("math.bitShiftRight(uint, int) -> uint", shift_right),
};

const function_topic hedui_cel_topic_math = {"math", rows, sizeof rows / sizeof *rows};
