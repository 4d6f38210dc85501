/* Numbers and texts, without the C library's readers, which obey the locale.
 *
 * Doubles are read through a digit string that is halved and doubled until it lies between 1/2 and
 * 1, which is slow and exactly rounded for any length. They are written with the fewest digits that
 * read back as the same number. */
#include "cel/internal.h"

#include <stdio.h>

#include <float.h>
#include <math.h>

enum { DIGITS = 800 }; /* more than any double needs; what follows only breaks ties */

typedef struct decimal_digits {
    uint8_t digit[DIGITS];
    int count, point; /* 0.d1d2d3... * 10^point */
    int rest;         /* non-zero digits were cut off */
} decimal_digits;

static void trim(decimal_digits *d)
{
    while (d->count && !d->digit[d->count - 1])
        d->count--;
    if (!d->count)
        d->point = 0;
}

/* Divide by 2^bits, bits at most 32. */
static void shift_right(decimal_digits *d, int bits)
{
    uint64_t n = 0;
    int read = 0, write = 0;
    for (; n >> bits == 0; read++) {
        if (read >= d->count) {
            if (!n) {
                d->count = 0;
                return;
            }
            while (n >> bits == 0) {
                n *= 10;
                read++;
            }
            break;
        }
        n = n * 10 + d->digit[read];
    }
    d->point -= read - 1;
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    for (; read < d->count; read++) {
        uint8_t out = (uint8_t)(n >> bits);
        n = (n & mask) * 10 + d->digit[read];
        d->digit[write++] = out;
    }
    while (n) {
        uint8_t out = (uint8_t)(n >> bits);
        n = (n & mask) * 10;
        if (write < DIGITS)
            d->digit[write++] = out;
        else if (out)
            d->rest = 1;
    }
    d->count = write;
    trim(d);
}

/* Multiply by 2^bits, bits at most 32. */
static void shift_left(decimal_digits *d, int bits)
{
    uint8_t wide[DIGITS + 12];
    int at = DIGITS + 12;
    uint64_t n = 0;
    for (int i = d->count - 1; i >= 0; i--) {
        n += (uint64_t)d->digit[i] << bits;
        wide[--at] = (uint8_t)(n % 10);
        n /= 10;
    }
    int extra = 0;
    for (; n; n /= 10, extra++)
        wide[--at] = (uint8_t)(n % 10);
    int total = d->count + extra;
    for (int i = 0; i < total; i++) {
        if (i < DIGITS)
            d->digit[i] = wide[at + i];
        else if (wide[at + i])
            d->rest = 1;
    }
    d->count = total < DIGITS ? total : DIGITS;
    d->point += extra;
    trim(d);
}

/* The integer part, rounded half to even. */
static uint64_t rounded(const decimal_digits *d)
{
    uint64_t n = 0;
    int i = 0;
    for (; i < d->point && i < d->count; i++)
        n = n * 10 + d->digit[i];
    for (int j = i; j < d->point; j++)
        n *= 10;
    if (d->point < 0 || d->point >= d->count)
        return n;
    int up = d->digit[d->point] > 5;
    if (d->digit[d->point] == 5)
        up = d->point + 1 < d->count || d->rest || (n & 1);
    return n + (unsigned)up;
}

static int digits_to_double(double *out, decimal_digits *d)
{
    if (!d->count || d->point < -330) {
        *out = 0;
        return 1;
    }
    if (d->point > 310)
        return 0;
    int exponent = 0;
    while (d->point > 0) {
        int bits = d->point > 9 ? 27 : d->point > 3 ? 9 : 1;
        shift_right(d, bits);
        exponent += bits;
    }
    while (d->point < 0 || (d->point == 0 && d->digit[0] < 5)) {
        int bits = d->point < -9 ? 27 : d->point < -3 ? 9 : 1;
        shift_left(d, bits);
        exponent -= bits;
    }
    /* in [1/2, 1): take 53 bits, fewer for a denormal number */
    int bits = DBL_MANT_DIG;
    if (exponent < DBL_MIN_EXP)
        bits -= DBL_MIN_EXP - exponent;
    if (bits < 0) {
        *out = 0;
        return 1;
    }
    for (int left = bits; left > 0;) {
        int step = left < 32 ? left : 32;
        shift_left(d, step);
        left -= step;
    }
    double n = ldexp((double)rounded(d), exponent - bits);
    if (isinf(n))
        return 0;
    *out = n;
    return 1;
}

static int read_exponent(int *out, hedui_span text, size_t at)
{
    int negative = 0, n = 0;
    if (at < text.length && (text.at[at] == '+' || text.at[at] == '-'))
        negative = text.at[at++] == '-';
    if (at >= text.length)
        return 0;
    for (; at < text.length; at++) {
        if (text.at[at] < '0' || text.at[at] > '9')
            return 0;
        if (n < 100000)
            n = n * 10 + (text.at[at] - '0');
    }
    *out = negative ? -n : n;
    return 1;
}

int hedui_cel_double_parse(double *out, hedui_span text)
{
    decimal_digits d = {.count = 0};
    size_t at = 0;
    int negative = 0, seen = 0, point = 0, exponent = 0;
    if (at < text.length && (text.at[at] == '-' || text.at[at] == '+'))
        negative = text.at[at++] == '-';
    hedui_span rest = {text.at + at, text.length - at};
    if (hedui_span_is(rest, "inf") || hedui_span_is(rest, "Infinity") ||
        hedui_span_is(rest, "nan") || hedui_span_is(rest, "NaN")) {
        double n = (rest.at[0] | 0x20) == 'n' ? (double)NAN : (double)INFINITY;
        *out = negative ? -n : n;
        return 1;
    }
    for (; at < text.length; at++) {
        char c = text.at[at];
        if (c == '.' && !point) {
            point = 1;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        seen = 1;
        if (d.count == 0 && c == '0') {
            d.point -= point;
            continue;
        }
        if (d.count < DIGITS)
            d.digit[d.count++] = (uint8_t)(c - '0');
        else if (c != '0')
            d.rest = 1;
        d.point += !point;
    }
    if (!seen)
        return 0;
    if (at < text.length) {
        if ((text.at[at] | 0x20) != 'e' || !read_exponent(&exponent, text, at + 1))
            return 0;
    }
    if (d.count)
        d.point += exponent;
    double n;
    trim(&d);
    if (!digits_to_double(&n, &d))
        return 0;
    *out = negative ? -n : n;
    return 1;
}

/* digits and exponent of 0.ddd * 10^point, the fewest that read back */
static void shortest(char digits[20], int *count, int *point, double number)
{
    for (int precision = 0; precision < 17; precision++) {
        char text[40];
        hedui_span s = {text, (size_t)snprintf(text, sizeof text, "%.*e", precision, number)};
        double back = 0;
        if (!hedui_cel_double_parse(&back, s) || (back < number || back > number))
            if (precision < 16)
                continue;
        int n = 0;
        size_t i = 0;
        for (; i < s.length && text[i] != 'e'; i++)
            if (text[i] >= '0' && text[i] <= '9')
                digits[n++] = text[i];
        (void)read_exponent(point, s, i + 1);
        *point += 1;
        while (n > 1 && digits[n - 1] == '0')
            n--;
        *count = n;
        return;
    }
}

void hedui_cel_double_print(hedui_buffer *out, double number)
{
    if (isnan(number)) {
        hedui_buffer_text(out, "NaN");
        return;
    }
    if (signbit(number))
        hedui_buffer_byte(out, '-');
    number = fabs(number);
    if (isinf(number)) {
        hedui_buffer_text(out, "Infinity");
        return;
    }
    if (number <= 0) {
        hedui_buffer_byte(out, '0');
        return;
    }
    char digits[20];
    int count = 0, point = 0;
    shortest(digits, &count, &point, number);
    if (point > 21 || point < -6) {
        hedui_buffer_byte(out, digits[0]);
        if (count > 1)
            hedui_buffer_byte(out, '.');
        for (int i = 1; i < count; i++)
            hedui_buffer_byte(out, digits[i]);
        hedui_buffer_format(out, "e%+03d", point - 1);
        return;
    }
    if (point <= 0)
        hedui_buffer_text(out, "0.");
    for (int i = point; i < 0; i++)
        hedui_buffer_byte(out, '0');
    for (int i = 0; i < count; i++) {
        if (i == point && i > 0)
            hedui_buffer_byte(out, '.');
        hedui_buffer_byte(out, digits[i]);
    }
    for (int i = count; i < point; i++)
        hedui_buffer_byte(out, '0');
}

int hedui_cel_uint_parse(uint64_t *out, hedui_span text)
{
    uint64_t n = 0;
    if (!text.length)
        return 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
        uint64_t digit = (uint64_t)(text.at[i] - '0');
        if (__builtin_mul_overflow(n, UINT64_C(10), &n) || __builtin_add_overflow(n, digit, &n))
            return 0;
    }
    *out = n;
    return 1;
}

int hedui_cel_int_parse(int64_t *out, hedui_span text)
{
    int negative = text.length && text.at[0] == '-';
    if (text.length && (text.at[0] == '-' || text.at[0] == '+')) {
        text.at++;
        text.length--;
    }
    uint64_t n;
    if (!hedui_cel_uint_parse(&n, text) || n > (uint64_t)INT64_MAX + (unsigned)negative)
        return 0;
    *out = negative ? (int64_t)(0 - n) : (int64_t)n;
    return 1;
}

/* An integer against a double without converting the integer, which would lose bits. */
static int compare_int_double(int64_t a, double b)
{
    /* at the very edge the suite of the language counts the largest integer as its double */
    if (b >= 9223372036854775808.0)
        return (double)a < b ? -1 : 0;
    if (b < -9223372036854775808.0)
        return 1;
    double whole = trunc(b), fraction = b - whole;
    int64_t n = (int64_t)whole;
    if (a != n)
        return a < n ? -1 : 1;
    return fraction > 0 ? -1 : fraction < 0;
}

static int compare_uint_double(uint64_t a, double b)
{
    if (b >= 18446744073709551616.0)
        return (double)a < b ? -1 : 0;
    if (b < 0)
        return 1;
    double whole = trunc(b), fraction = b - whole;
    uint64_t n = (uint64_t)whole;
    if (a != n)
        return a < n ? -1 : 1;
    return fraction > 0 ? -1 : 0;
}

static int compare_int_uint(int64_t a, uint64_t b)
{
    if (a < 0)
        return -1;
    return (uint64_t)a < b ? -1 : (uint64_t)a > b;
}

int hedui_cel_number_compare(int *order, value a, value b)
{
    if ((a.kind == HEDUI_CEL_DOUBLE && isnan(a.as.real)) ||
        (b.kind == HEDUI_CEL_DOUBLE && isnan(b.as.real)))
        return 0;
    if (a.kind > b.kind) { /* int < uint < double */
        (void)hedui_cel_number_compare(order, b, a);
        *order = -*order;
        return 1;
    }
    if (a.kind == HEDUI_CEL_INT && b.kind == HEDUI_CEL_INT)
        *order = a.as.number < b.as.number ? -1 : a.as.number > b.as.number;
    else if (a.kind == HEDUI_CEL_UINT && b.kind == HEDUI_CEL_UINT)
        *order = a.as.natural < b.as.natural ? -1 : a.as.natural > b.as.natural;
    else if (a.kind == HEDUI_CEL_DOUBLE)
        *order = a.as.real < b.as.real ? -1 : a.as.real > b.as.real;
    else if (b.kind == HEDUI_CEL_UINT)
        *order = compare_int_uint(a.as.number, b.as.natural);
    else
        *order = a.kind == HEDUI_CEL_INT ? compare_int_double(a.as.number, b.as.real)
                                         : compare_uint_double(a.as.natural, b.as.real);
    return 1;
}
