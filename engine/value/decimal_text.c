/* One grammar for all amounts: a sign, digits in plain or in groups of three, a fraction. Digits
 * are accumulated with overflow checks; fraction digits beyond the scale must be zeros. */
#include "value/decimal_text.h"

static int is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static int add_digit(int64_t *value, uint32_t c)
{
    return __builtin_mul_overflow(*value, 10, value) ||
           __builtin_sub_overflow(*value, (int64_t)(c - '0'), value);
}

/* 1 if at[from..to) is digits, plain or with a comma before each later group of three. */
static int well_grouped(const uint32_t *at, int from, int to)
{
    int commas = 0, run = 0;
    for (int i = from; i < to; i++) {
        if (is_digit(at[i])) {
            run++;
            continue;
        }
        if (at[i] != ',' || run == 0 || run > 3 || (commas && run != 3))
            return 0;
        commas++;
        run = 0;
    }
    return !commas || run == 3;
}

hedui_money_form hedui_decimal_read(int64_t *value, const hedui_cell *cell, int scale)
{
    hedui_cell left = *cell;
    int negative = hedui_cell_skip(&left, '-');
    if (!negative)
        (void)hedui_cell_skip(&left, '+');
    int point = left.from;
    while (point < left.to && left.at[point] != '.')
        point++;
    int whole = point - left.from, fraction = point < left.to ? left.to - point - 1 : 0;
    if ((whole == 0 && fraction == 0) || (point < left.to && fraction == 0) ||
        !well_grouped(left.at, left.from, point))
        return HEDUI_MONEY_FORMAT;
    int64_t sum = 0; /* kept negative: the range reaches one further there */
    int bad = 0, below = 0;
    for (int i = left.from; i < point; i++)
        if (left.at[i] != ',')
            bad |= add_digit(&sum, left.at[i]);
    for (int i = 0; i < fraction || i < scale; i++) {
        uint32_t c = i < fraction ? left.at[point + 1 + i] : '0';
        if (!is_digit(c))
            return HEDUI_MONEY_FORMAT;
        if (i < scale)
            bad |= add_digit(&sum, c);
        else
            below |= c != '0';
    }
    if (below)
        return HEDUI_MONEY_SCALE;
    if (bad || (!negative && __builtin_sub_overflow(0, sum, &sum)))
        return HEDUI_MONEY_RANGE;
    *value = sum;
    return HEDUI_MONEY_OK;
}

int hedui_decimal_plain(int64_t *value, hedui_span text, int scale)
{
    enum { MOST = 9 };
    const char *at = text.at, *end = text.at + text.length;
    int negative = at < end && *at == '-', fraction = 0;
    int64_t sum = 0;
    at += negative;
    const char *start = at;
    for (; at < end && is_digit((unsigned char)*at) && at - start < MOST; at++)
        sum = sum * 10 + (*at - '0');
    if (at == start)
        return 0;
    if (at < end && *at == '.') {
        for (at++; at < end && is_digit((unsigned char)*at) && fraction < scale; at++, fraction++)
            sum = sum * 10 + (*at - '0');
        if (!fraction)
            return 0;
    }
    if (at != end)
        return 0;
    for (; fraction < scale; fraction++)
        sum *= 10;
    *value = negative ? -sum : sum;
    return 1;
}
