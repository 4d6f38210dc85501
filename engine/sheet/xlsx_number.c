/* A stored number is a double printed with up to 17 digits; a spreadsheet keeps and shows 15. Going
 * back to those 15 in decimal digits loses nothing that was typed, while printing a double anew
 * would bring its noise back. */
#include "sheet/xlsx_number.h"

#include <hedui/date.h>

#include <stdio.h>

enum { KEPT = 15, DIGITS = 24, MOST_EXPONENT = 9999 };

/* A number as 0.d1 d2 d3 … × 10^point. */
typedef struct decimal {
    unsigned char digits[DIGITS];
    int count, point, negative;
    int more; /* digits behind those kept, not all zero */
} decimal;

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(decimal *d, char c, int behind_point)
{
    if (!d->count && c == '0') {
        d->point -= behind_point;
        return;
    }
    if (d->count < DIGITS)
        d->digits[d->count++] = (unsigned char)(c - '0');
    else
        d->more |= c != '0';
    d->point += !behind_point;
}

/* @return 1 if all of `value` is a number */
static int read_decimal(decimal *d, hedui_span value)
{
    size_t at = 0;
    int seen = 0, behind = 0, exponent = 0, down = 0;
    *d = (decimal){0};
    if (at < value.length && (value.at[at] == '-' || value.at[at] == '+'))
        d->negative = value.at[at++] == '-';
    for (; at < value.length && (is_digit(value.at[at]) || (value.at[at] == '.' && !behind));
         at++) {
        if (value.at[at] == '.') {
            behind = 1;
            continue;
        }
        seen = 1;
        if (d->count < DIGITS || d->point < MOST_EXPONENT)
            add_digit(d, value.at[at], behind);
    }
    if (!seen)
        return 0;
    if (at < value.length && (value.at[at] == 'e' || value.at[at] == 'E')) {
        at++;
        if (at < value.length && (value.at[at] == '-' || value.at[at] == '+'))
            down = value.at[at++] == '-';
        if (at == value.length)
            return 0;
        for (; at < value.length && is_digit(value.at[at]); at++)
            if (exponent < MOST_EXPONENT)
                exponent = exponent * 10 + (value.at[at] - '0');
        d->point += down ? -exponent : exponent;
    }
    return at == value.length;
}

/* Round to KEPT digits, half up, and drop zeros at the end. */
static void round_decimal(decimal *d)
{
    if (d->count > KEPT) {
        int up = d->digits[KEPT] >= 5;
        d->count = KEPT;
        for (int i = KEPT - 1; up && i >= 0; i--) {
            up = d->digits[i] == 9;
            d->digits[i] = up ? 0 : (unsigned char)(d->digits[i] + 1);
        }
        if (up) { /* 999… became 1000… */
            d->digits[0] = 1;
            d->count = 1;
            d->point++;
        }
    }
    while (d->count && d->digits[d->count - 1] == 0)
        d->count--;
    if (!d->count) {
        d->point = 0;
        d->negative = 0;
    }
}

static void print_exponent(char text[HEDUI_XLSX_NUMBER_TEXT], const decimal *d)
{
    size_t used = 0;
    if (d->negative)
        text[used++] = '-';
    for (int i = 0; i < d->count; i++) {
        text[used++] = (char)('0' + d->digits[i]);
        if (i == 0 && d->count > 1)
            text[used++] = '.';
    }
    int exponent = d->point - 1;
    (void)snprintf(text + used, HEDUI_XLSX_NUMBER_TEXT - used, "E%c%02d", exponent < 0 ? '-' : '+',
                   exponent < 0 ? -exponent : exponent);
}

hedui_xlsx_form hedui_xlsx_number(char text[HEDUI_XLSX_NUMBER_TEXT], hedui_span value,
                                  unsigned zeros)
{
    decimal d;
    size_t used = 0;
    if (!read_decimal(&d, value))
        return HEDUI_XLSX_BROKEN;
    round_decimal(&d);
    if (d.point > KEPT || d.point < -KEPT) {
        print_exponent(text, &d);
        return d.point > KEPT ? HEDUI_XLSX_INEXACT : HEDUI_XLSX_EXACT;
    }
    if (d.negative)
        text[used++] = '-';
    int whole = d.point > 0 ? d.point : 0;
    for (int i = (int)zeros; i > whole; i--)
        text[used++] = '0';
    if (!whole && !zeros)
        text[used++] = '0';
    for (int i = 0; i < whole; i++)
        text[used++] = i < d.count ? (char)('0' + d.digits[i]) : '0';
    if (d.count > whole) {
        text[used++] = '.';
        for (int i = d.point; i < 0; i++)
            text[used++] = '0';
        for (int i = whole; i < d.count; i++)
            text[used++] = (char)('0' + d.digits[i]);
    }
    text[used] = '\0';
    return HEDUI_XLSX_EXACT;
}

/* The seconds of the part of a day behind the point, rounded. */
static int64_t seconds_of(const decimal *d)
{
    enum { DAY = 86400, PLACES = 12 };
    static const int64_t whole = INT64_C(1000000000000); /* 10^PLACES */
    int64_t part = 0;
    for (int place = 0; place < PLACES; place++) {
        int at = d->point + place;
        part = part * 10 + (at >= 0 && at < d->count ? d->digits[at] : 0);
    }
    return (part * DAY + whole / 2) / whole;
}

int hedui_xlsx_date(char text[HEDUI_XLSX_NUMBER_TEXT], hedui_span value, int since_1904)
{
    enum { DAY = 86400, FALSE_LEAP_DAY = 60, MOST_DIGITS = 7 };
    static const int64_t day_0_1900 = -25569, day_0_1904 = -24107; /* 1899-12-30, 1904-01-01 */
    decimal d;
    int64_t day = 0;
    char date[HEDUI_DATE_TEXT] = "1900-02-29";
    if (!read_decimal(&d, value))
        return 0;
    (void)snprintf(text, HEDUI_XLSX_NUMBER_TEXT, "########");
    if ((d.negative && d.count) || d.point > MOST_DIGITS)
        return 1;
    for (int i = 0; i < d.point; i++)
        day = day * 10 + (i < d.count ? d.digits[i] : 0);
    int64_t seconds = seconds_of(&d);
    day += seconds / DAY;
    seconds %= DAY;
    int64_t from_1970 = day + (since_1904 ? day_0_1904 : day_0_1900);
    if (!since_1904 && day < FALSE_LEAP_DAY)
        from_1970++; /* before the day that never was, the count is one ahead */
    if (from_1970 > HEDUI_DATE_MAX)
        return 1;
    if (!since_1904 && day == 0)
        (void)snprintf(date, sizeof date, "1900-01-00");
    else if (since_1904 || day != FALSE_LEAP_DAY)
        hedui_date_print(date, (int32_t)from_1970);
    if (seconds)
        (void)snprintf(text, HEDUI_XLSX_NUMBER_TEXT, "%s %02d:%02d:%02d", date,
                       (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    else
        (void)snprintf(text, HEDUI_XLSX_NUMBER_TEXT, "%s", date);
    return 1;
}

/* Literal text, colours, escapes and padding say nothing about dates. */
unsigned hedui_xlsx_format(hedui_span code)
{
    enum { MOST_ZEROS = 20 };
    unsigned zeros = 0;
    int only_zeros = code.length > 1 && code.length <= MOST_ZEROS;
    for (size_t i = 0; i < code.length; i++) {
        char c = code.at[i], close = c == '"' ? '"' : c == '[' ? ']' : '\0';
        only_zeros = only_zeros && c == '0';
        zeros += c == '0';
        if (close) {
            const char *end = memchr(code.at + i + 1, close, code.length - i - 1);
            if (!end)
                break;
            i = (size_t)(end - code.at);
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
            return HEDUI_XLSX_DAYS;
        }
    }
    return only_zeros ? HEDUI_XLSX_ZEROS + zeros : HEDUI_XLSX_PLAIN;
}

unsigned hedui_xlsx_format_known(uint32_t number)
{
    static const struct {
        uint32_t from, to;
    } dates[] = {{14, 17}, {22, 22}, {27, 31}, {36, 36}, {50, 54}, {57, 58}};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (number >= dates[i].from && number <= dates[i].to)
            return HEDUI_XLSX_DAYS;
    return HEDUI_XLSX_PLAIN;
}
