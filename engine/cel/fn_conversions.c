/* Conversions between kinds: all of the text or nothing, no rounding on the quiet. */
#include "cel/internal.h"

#include <math.h>

static value failed(evaluation *e)
{
    return hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
}

static value same(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return a[0];
}

static value to_int(evaluation *e, const value *a, uint32_t count)
{
    int64_t n;
    (void)count;
    switch ((int)a[0].kind) {
    case HEDUI_CEL_INT:
        return a[0];
    case HEDUI_CEL_UINT:
        return a[0].as.natural > INT64_MAX ? hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW)
                                           : hedui_cel_int((int64_t)a[0].as.natural);
    case HEDUI_CEL_DOUBLE:
        if (!(a[0].as.real > -9223372036854775808.0 && a[0].as.real < 9223372036854775808.0))
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
        return hedui_cel_int((int64_t)a[0].as.real);
    case HEDUI_CEL_STRING:
        return hedui_cel_int_parse(&n, a[0].as.text) ? hedui_cel_int(n) : failed(e);
    case HEDUI_CEL_TIMESTAMP:
        return hedui_cel_int(a[0].as.number);
    default: /* duration */
        return hedui_cel_int(a[0].as.number / 1000000000);
    }
}

static value to_uint(evaluation *e, const value *a, uint32_t count)
{
    uint64_t n;
    (void)count;
    switch ((int)a[0].kind) {
    case HEDUI_CEL_UINT:
        return a[0];
    case HEDUI_CEL_INT:
        return a[0].as.number < 0 ? hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW)
                                  : hedui_cel_uint((uint64_t)a[0].as.number);
    case HEDUI_CEL_DOUBLE:
        if (!(a[0].as.real >= 0 && a[0].as.real < 18446744073709551616.0))
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
        return hedui_cel_uint((uint64_t)a[0].as.real);
    default:
        return hedui_cel_uint_parse(&n, a[0].as.text) ? hedui_cel_uint(n) : failed(e);
    }
}

static value to_double(evaluation *e, const value *a, uint32_t count)
{
    double n;
    (void)count;
    if (a[0].kind == HEDUI_CEL_INT)
        return hedui_cel_double((double)a[0].as.number);
    if (a[0].kind == HEDUI_CEL_UINT)
        return hedui_cel_double((double)a[0].as.natural);
    return hedui_cel_double_parse(&n, a[0].as.text) ? hedui_cel_double(n) : failed(e);
}

static value to_string(evaluation *e, const value *a, uint32_t count)
{
    hedui_buffer buffer;
    (void)count;
    if (a[0].kind == HEDUI_CEL_BYTES) {
        (void)hedui_cel_step(e, a[0].as.text.length / 16);
        return hedui_cel_utf8_valid(a[0].as.text) ? hedui_cel_string(a[0].as.text) : failed(e);
    }
    hedui_buffer_init(&buffer);
    if (a[0].kind == HEDUI_CEL_BOOL)
        hedui_buffer_text(&buffer, a[0].as.boolean ? "true" : "false");
    else if (a[0].kind == HEDUI_CEL_INT)
        hedui_buffer_format(&buffer, "%lld", (long long)a[0].as.number);
    else
        hedui_cel_value_show(&buffer, a[0]);
    return hedui_cel_text_value(e, &buffer);
}

static value to_bytes(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_bytes(a[0].as.text);
}

static value to_bool(evaluation *e, const value *a, uint32_t count)
{
    static const char *const yes[] = {"1", "t", "true", "True", "TRUE"};
    static const char *const no[] = {"0", "f", "false", "False", "FALSE"};
    (void)count;
    for (int i = 0; i < 5; i++) {
        if (hedui_span_is(a[0].as.text, yes[i]))
            return hedui_cel_bool(1);
        if (hedui_span_is(a[0].as.text, no[i]))
            return hedui_cel_bool(0);
    }
    return failed(e);
}

static value to_timestamp(evaluation *e, const value *a, uint32_t count)
{
    value v;
    (void)count;
    if (a[0].kind == HEDUI_CEL_STRING)
        return hedui_cel_timestamp_parse(&v, a[0].as.text) ? v : failed(e);
    if (a[0].as.number < INT64_C(-62135596800) || a[0].as.number > INT64_C(253402300799))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
    return hedui_cel_timestamp(a[0].as.number, 0);
}

static value to_duration(evaluation *e, const value *a, uint32_t count)
{
    value v;
    (void)count;
    return hedui_cel_duration_parse(&v, a[0].as.text) ? v : failed(e);
}

static const type *type_of(value v)
{
    if (v.kind == HEDUI_CEL_RECORD || v.kind == HEDUI_CEL_CODE)
        return v.as.row.type;
    return hedui_cel_type_simple((hedui_cel_kind)v.kind);
}

static value get_type(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_type_value(type_of(a[0]));
}

#define ROW(signature, call)                                                                       \
    {                                                                                              \
        signature, call, SCALE_NONE, NULL, NULL                                                    \
    }

static const function_row rows[] = {
    {"int(int) -> int", to_int, SCALE_NONE, "A whole number; a fraction is cut off.",
     "int(\"42\") => 42"},
    ROW("int(uint) -> int", to_int),
    ROW("int(double) -> int", to_int),
    ROW("int(string) -> int", to_int),
    ROW("int(timestamp) -> int", to_int),
    ROW("int(duration) -> int", to_int),
    {"uint(uint) -> uint", to_uint, SCALE_NONE, "A whole number that is not negative.",
     "uint(7) => 7u"},
    ROW("uint(int) -> uint", to_uint),
    ROW("uint(double) -> uint", to_uint),
    ROW("uint(string) -> uint", to_uint),
    {"double(double) -> double", same, SCALE_NONE, "A floating-point number.",
     "double(\"0.5\") => 0.5"},
    ROW("double(int) -> double", to_double),
    ROW("double(uint) -> double", to_double),
    ROW("double(string) -> double", to_double),
    {"string(string) -> string", same, SCALE_NONE, "As text.", "string(12) => \"12\""},
    ROW("string(bool) -> string", to_string),
    ROW("string(int) -> string", to_string),
    ROW("string(uint) -> string", to_string),
    ROW("string(double) -> string", to_string),
    ROW("string(bytes) -> string", to_string),
    ROW("string(timestamp) -> string", to_string),
    ROW("string(duration) -> string", to_string),
    ROW("string(decimal) -> string", to_string),
    ROW("string(date) -> string", to_string),
    ROW("string(month) -> string", to_string),
    {"bytes(bytes) -> bytes", same, SCALE_NONE, "The bytes of a text in UTF-8.",
     "bytes(\"a\") => b\"a\""},
    ROW("bytes(string) -> bytes", to_bytes),
    {"bool(bool) -> bool", same, SCALE_NONE, "From 1 t true True TRUE 0 f false False FALSE.",
     "bool(\"true\") => true"},
    ROW("bool(string) -> bool", to_bool),
    {"timestamp(timestamp) -> timestamp", same, SCALE_NONE,
     "A moment, from RFC 3339 or seconds since 1970.",
     "timestamp(\"2024-03-01T00:00:00Z\") => timestamp(\"2024-03-01T00:00:00Z\")"},
    ROW("timestamp(string) -> timestamp", to_timestamp),
    ROW("timestamp(int) -> timestamp", to_timestamp),
    {"duration(duration) -> duration", same, SCALE_NONE, "A span of time such as 1h30m.",
     "duration(\"1h30m\") => duration(\"5400s\")"},
    ROW("duration(string) -> duration", to_duration),
    {"type(A) -> type(A)", get_type, SCALE_NONE, "The type of a value.", "type(1) == int => true"},
    {"dyn(A) -> dyn", same, SCALE_NONE, "The value without its static type; not in rules.", NULL},
};

const function_topic hedui_cel_topic_conversions = {"conversions", rows,
                                                    sizeof rows / sizeof *rows};
