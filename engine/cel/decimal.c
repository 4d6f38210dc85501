/* Decimals: a 64-bit coefficient and 0 to 9 places. Intermediate results are 128 bits wide; what
 * does not fit back is an error, never wrapped and never rounded unasked. */
#include "cel/internal.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 natural;

static const int64_t powers[] = {1,
                                 10,
                                 100,
                                 1000,
                                 10000,
                                 100000,
                                 1000000,
                                 10000000,
                                 100000000,
                                 1000000000,
                                 10000000000,
                                 100000000000,
                                 1000000000000,
                                 10000000000000,
                                 100000000000000,
                                 1000000000000000,
                                 10000000000000000,
                                 100000000000000000,
                                 1000000000000000000};

static int narrow(value *out, wide n, uint32_t scale)
{
    if (n > INT64_MAX || n < INT64_MIN)
        return 0;
    *out = hedui_cel_decimal((int64_t)n, scale);
    return 1;
}

int hedui_cel_decimal_rescale(value *v, uint32_t scale)
{
    if (scale >= v->scale)
        return scale <= 9 && narrow(v, (wide)v->as.number * powers[scale - v->scale], scale);
    int64_t factor = powers[v->scale - scale];
    if (v->as.number % factor)
        return 0;
    *v = hedui_cel_decimal(v->as.number / factor, scale);
    return 1;
}

int hedui_cel_decimal_parse(value *v, hedui_span text, uint32_t scale)
{
    wide n = 0;
    uint32_t places = 0, digits = 0;
    size_t at = 0;
    int negative = 0, point = 0;
    if (at < text.length && (text.at[at] == '-' || text.at[at] == '+'))
        negative = text.at[at++] == '-';
    for (; at < text.length; at++) {
        char c = text.at[at];
        if (c == '.' && !point && digits && at + 1 < text.length) {
            point = 1;
            continue;
        }
        if (c < '0' || c > '9')
            return 0;
        if (point && places >= (scale <= 9 ? scale : 9)) {
            if (c != '0')
                return 0;
            continue;
        }
        n = n * 10 + (c - '0');
        if (n > (wide)INT64_MAX + 1)
            return 0;
        places += (uint32_t)point;
        digits++;
    }
    if (!digits)
        return 0;
    value parsed;
    if (!narrow(&parsed, negative ? -n : n, places) ||
        (scale <= 9 && !hedui_cel_decimal_rescale(&parsed, scale)))
        return 0;
    *v = parsed;
    return 1;
}

void hedui_cel_decimal_text(hedui_buffer *out, value v)
{
    uint64_t n = v.as.number < 0 ? 0 - (uint64_t)v.as.number : (uint64_t)v.as.number;
    uint64_t factor = (uint64_t)powers[v.scale];
    if (v.as.number < 0)
        hedui_buffer_byte(out, '-');
    hedui_buffer_format(out, "%llu", (unsigned long long)(n / factor));
    if (v.scale)
        hedui_buffer_format(out, ".%0*llu", (int)v.scale, (unsigned long long)(n % factor));
}

int hedui_cel_decimal_compare(value a, value b)
{
    wide x = a.as.number, y = b.as.number;
    if (a.scale < b.scale)
        x *= powers[b.scale - a.scale];
    else
        y *= powers[a.scale - b.scale];
    return x < y ? -1 : x > y;
}

value hedui_cel_decimal_arithmetic(evaluation *e, char sign, value a, value b)
{
    wide x = a.as.number, y = b.as.number;
    uint32_t scale = a.scale > b.scale ? a.scale : b.scale;
    value v;
    if (sign == '*') {
        scale = (uint32_t)a.scale + b.scale;
        x *= y;
    } else {
        x *= powers[scale - a.scale];
        y *= powers[scale - b.scale];
        x = sign == '+' ? x + y : x - y;
    }
    if (scale > 9 || !narrow(&v, x, scale))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
    return v;
}

static const char *const modes[] = {"half_up", "half_even", "down", "up", "floor", "ceiling"};

int hedui_cel_rounding_mode(hedui_span name)
{
    for (int i = 0; i < 6; i++)
        if (hedui_span_is(name, modes[i]))
            return i;
    return -1;
}

/* n / d rounded; d not zero. */
static wide divided(wide n, wide d, int mode)
{
    int negative = (n < 0) != (d < 0);
    natural un = n < 0 ? 0 - (natural)n : (natural)n, ud = d < 0 ? 0 - (natural)d : (natural)d;
    natural quotient = un / ud, rest = un % ud;
    int up = 0;
    if (rest) {
        int half = rest * 2 > ud ? 1 : rest * 2 == ud ? 0 : -1;
        up = mode == 0   ? half >= 0
             : mode == 1 ? half > 0 || (half == 0 && (quotient & 1))
             : mode == 2 ? 0
             : mode == 3 ? 1
             : mode == 4 ? negative
                         : !negative;
    }
    quotient += (unsigned)up;
    return negative ? -(wide)quotient : (wide)quotient;
}

int hedui_cel_decimal_round(value *v, uint32_t scale, const char *mode)
{
    int how = hedui_cel_rounding_mode(hedui_span_of(mode));
    if (how < 0 || scale > 9 || v->kind != HEDUI_CEL_DECIMAL)
        return 0;
    if (scale >= v->scale)
        return hedui_cel_decimal_rescale(v, scale);
    return narrow(v, divided(v->as.number, powers[v->scale - scale], how), scale);
}

/* --- functions -------------------------------------------------------------------------------- */

static value overflow(evaluation *e)
{
    return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
}

/* The places and the mode at `at`; the mode may be left to the environment. */
static int rounding(uint32_t *scale, int *mode, const evaluation *e, const value *a, uint32_t at,
                    uint32_t count)
{
    const char *usual = e->program->env->options.rounding;
    if (a[at].as.number < 0 || a[at].as.number > 9)
        return 0;
    *scale = (uint32_t)a[at].as.number;
    *mode = at + 1 < count ? hedui_cel_rounding_mode(a[at + 1].as.text)
                           : hedui_cel_rounding_mode(hedui_span_of(usual));
    return *mode >= 0;
}

static value round_to(evaluation *e, const value *a, uint32_t count)
{
    value v = a[0];
    uint32_t scale;
    int mode;
    if (!rounding(&scale, &mode, e, a, 1, count))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    return hedui_cel_decimal_round(&v, scale, modes[mode]) ? v : overflow(e);
}

static value divide(evaluation *e, const value *a, uint32_t count)
{
    uint32_t scale;
    int mode;
    if (!rounding(&scale, &mode, e, a, 2, count))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    if (a[1].as.number == 0)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_DIVISION);
    /* a / 10^sa : b / 10^sb = a * 10^(scale + sb) / (b * 10^sa) / 10^scale; at most 10^18 */
    wide n = (wide)a[0].as.number * powers[scale + a[1].scale];
    wide d = (wide)a[1].as.number * powers[a[0].scale];
    value v;
    return narrow(&v, divided(n, d, mode), scale) ? v : overflow(e);
}

/* Rounded in one go: the full product may be wider than 64 bits. */
static value multiply(evaluation *e, const value *a, uint32_t count)
{
    uint32_t scale;
    int mode;
    value v;
    if (!rounding(&scale, &mode, e, a, 2, count))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    wide product = (wide)a[0].as.number * a[1].as.number;
    uint32_t places = (uint32_t)a[0].scale + a[1].scale;
    if (scale >= places) {
        if (__builtin_mul_overflow(product, (wide)powers[scale - places], &product))
            return overflow(e);
    } else {
        product = divided(product, powers[places - scale], mode);
    }
    return narrow(&v, product, scale) ? v : overflow(e);
}

static value make(evaluation *e, const value *a, uint32_t count)
{
    value v;
    (void)count;
    if (a[0].kind == HEDUI_CEL_DECIMAL)
        return a[0];
    if (a[0].kind == HEDUI_CEL_INT)
        return hedui_cel_decimal(a[0].as.number, 0);
    return hedui_cel_decimal_parse(&v, a[0].as.text, NONE)
               ? v
               : hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
}

static value add(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return hedui_cel_decimal_arithmetic(e, '+', a[0], a[1]);
}

static value subtract(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return hedui_cel_decimal_arithmetic(e, '-', a[0], a[1]);
}

static value is_greater(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_bool(hedui_cel_decimal_compare(a[0], a[1]) > 0);
}

static value is_less(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_bool(hedui_cel_decimal_compare(a[0], a[1]) < 0);
}

static value compare_to(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_int(hedui_cel_decimal_compare(a[0], a[1]));
}

static value sign(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_int(a[0].as.number < 0 ? -1 : a[0].as.number > 0);
}

static value as_integer(evaluation *e, const value *a, uint32_t count)
{
    value v = a[0];
    (void)count;
    return hedui_cel_decimal_rescale(&v, 0) ? hedui_cel_int(v.as.number)
                                            : hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
}

static value absolute(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[0].as.number == INT64_MIN)
        return overflow(e);
    return hedui_cel_decimal(a[0].as.number < 0 ? -a[0].as.number : a[0].as.number, a[0].scale);
}

static value smaller(evaluation *e, const value *a, uint32_t count)
{
    int order = 0;
    (void)count;
    if (!hedui_cel_compare(&order, a[0], a[1]))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
    return order <= 0 ? a[0] : a[1];
}

static value larger(evaluation *e, const value *a, uint32_t count)
{
    int order = 0;
    (void)count;
    if (!hedui_cel_compare(&order, a[0], a[1]))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
    return order >= 0 ? a[0] : a[1];
}

static const function_row rows[] = {
    {"dec(string) -> decimal", make, SCALE_NONE, "A decimal number with as many places as written.",
     "dec(\"712.50\") => dec(\"712.50\")"},
    {"dec(int) -> decimal", make, SCALE_ZERO, NULL, NULL},
    {"dec(decimal) -> decimal", make, SCALE_MAX, NULL, NULL},
    {"decimal.round(int, string) -> decimal", round_to, SCALE_LITERAL,
     "Rounded to so many places by half_up, half_even, down, up, floor or ceiling.",
     "dec(\"2.345\").round(2, \"half_up\") => dec(\"2.35\")"},
    {"decimal.round(int) -> decimal", round_to, SCALE_LITERAL, NULL, NULL},
    {"div(decimal, decimal, int, string) -> decimal", divide, SCALE_LITERAL,
     "Quotient with so many places, rounded as for round().",
     "div(dec(\"10.00\"), dec(3), 2, \"half_up\") => dec(\"3.33\")"},
    {"div(decimal, decimal, int) -> decimal", divide, SCALE_LITERAL, NULL, NULL},
    {"mul(decimal, decimal, int, string) -> decimal", multiply, SCALE_LITERAL,
     "Product with so many places, rounded as for round().",
     "mul(dec(\"10.01\"), dec(\"0.0725\"), 2, \"half_up\") => dec(\"0.73\")"},
    {"mul(decimal, decimal, int) -> decimal", multiply, SCALE_LITERAL, NULL, NULL},
    {"decimal.add(decimal) -> decimal", add, SCALE_MAX, "The same as +.",
     "dec(\"1.5\").add(dec(\"1\")) => dec(\"2.5\")"},
    {"decimal.sub(decimal) -> decimal", subtract, SCALE_MAX, "The same as -.",
     "dec(\"1.5\").sub(dec(\"1\")) => dec(\"0.5\")"},
    {"decimal.isGreaterThan(decimal) -> bool", is_greater, SCALE_NONE, "The same as >.",
     "dec(\"1.5\").isGreaterThan(dec(\"1\")) => true"},
    {"decimal.isLessThan(decimal) -> bool", is_less, SCALE_NONE, "The same as <.",
     "dec(\"1.5\").isLessThan(dec(\"1\")) => false"},
    {"decimal.compareTo(decimal) -> int", compare_to, SCALE_NONE, "-1, 0 or 1.",
     "dec(\"1.5\").compareTo(dec(\"1.50\")) => 0"},
    {"decimal.sign() -> int", sign, SCALE_NONE, "-1, 0 or 1.", "dec(\"-2.5\").sign() => -1"},
    {"decimal.asInteger() -> int", as_integer, SCALE_NONE,
     "As a whole number; an error if there is a fraction.", "dec(\"3.00\").asInteger() => 3"},
    {"decimal.abs() -> decimal", absolute, SCALE_MAX, "Without its sign.",
     "dec(\"-2.5\").abs() => dec(\"2.5\")"},
    {"min(decimal, decimal) -> decimal", smaller, SCALE_MAX, "The smaller of two.",
     "min(dec(\"2.5\"), 3) => dec(\"2.5\")"},
    {"min(int, int) -> int", smaller, SCALE_NONE, NULL, NULL},
    {"min(date, date) -> date", smaller, SCALE_NONE, NULL, NULL},
    {"min(month, month) -> month", smaller, SCALE_NONE, NULL, NULL},
    {"max(decimal, decimal) -> decimal", larger, SCALE_MAX, "The larger of two.", "max(2, 3) => 3"},
    {"max(int, int) -> int", larger, SCALE_NONE, NULL, NULL},
    {"max(date, date) -> date", larger, SCALE_NONE, NULL, NULL},
    {"max(month, month) -> month", larger, SCALE_NONE, NULL, NULL},
};

const function_topic hedui_cel_topic_decimals = {"decimals", rows, sizeof rows / sizeof *rows};
