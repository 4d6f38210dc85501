/* Dates by grammar. A two-digit year or a bare year is refused: a guessed century makes the wrong
 * person a pensioner. */
#include "value/date_text.h"

#include "value/cell.h"

enum { YEAR_SIGN = 0x5E74, MONTH_SIGN = 0x6708, DAY_SIGN = 0x65E5 };

static int is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Take `least` to `most` digits off the front. */
static int number(int *value, hedui_cell *cell, int least, int most)
{
    int n = 0, sum = 0;
    while (n < most && cell->from < cell->to && is_digit(cell->at[cell->from])) {
        sum = sum * 10 + (int)(cell->at[cell->from++] - '0');
        n++;
    }
    if (n < least)
        return 0;
    *value = sum;
    return 1;
}

/* 0 format, 1 well-formed; `exists` tells whether there is such a time of day. */
static int time_of_day(hedui_cell *cell, int *exists)
{
    int hour, minute, second = 0, fraction;
    if (!number(&hour, cell, 1, 2) || !hedui_cell_skip(cell, ':') || !number(&minute, cell, 2, 2))
        return 0;
    if (hedui_cell_skip(cell, ':')) {
        if (!number(&second, cell, 2, 2))
            return 0;
        if (hedui_cell_skip(cell, '.') && !number(&fraction, cell, 1, 9))
            return 0;
    }
    *exists = hour < 24 && minute < 60 && second < 60;
    return cell->from == cell->to;
}

static int all_digits(const hedui_cell *cell)
{
    for (int i = cell->from; i < cell->to; i++)
        if (!is_digit(cell->at[i]))
            return 0;
    return cell->to > cell->from;
}

static int all_zeros(const hedui_cell *cell)
{
    for (int i = cell->from; i < cell->to; i++)
        if (cell->at[i] != '0' && cell->at[i] != '-' && cell->at[i] != '/')
            return 0;
    return cell->to > cell->from && cell->at[cell->from] == '0';
}

/* Year, month and, unless `month_only` and left out, the day. day 0: there was none. */
static int calendar(int parts[3], hedui_cell *cell, int month_only)
{
    parts[2] = 0;
    if (!number(&parts[0], cell, 4, 4))
        return 0;
    if (cell->from < cell->to && is_digit(cell->at[cell->from])) {
        if (!number(&parts[1], cell, 2, 2))
            return 0;
        return cell->from == cell->to ? month_only : number(&parts[2], cell, 2, 2);
    }
    static const char marks[] = "-/.";
    for (const char *mark = marks; *mark; mark++) {
        if (!hedui_cell_skip(cell, (unsigned char)*mark))
            continue;
        if (!number(&parts[1], cell, 1, 2))
            return 0;
        if (!hedui_cell_skip(cell, (unsigned char)*mark))
            return month_only;
        return number(&parts[2], cell, 1, 2);
    }
    if (!hedui_cell_skip(cell, YEAR_SIGN) || !number(&parts[1], cell, 1, 2) ||
        !hedui_cell_skip(cell, MONTH_SIGN))
        return 0;
    if (month_only && cell->from == cell->to)
        return 1;
    return number(&parts[2], cell, 1, 2) && hedui_cell_skip(cell, DAY_SIGN);
}

/* Digits to a number. 0 if there are fewer than `least`, more than `most`, or others between. */
static int whole(int64_t *value, const hedui_cell *cell, int least, int most)
{
    int length = cell->to - cell->from;
    if (length < least || length > most || !all_digits(cell))
        return 0;
    *value = 0;
    for (int i = cell->from; i < cell->to; i++)
        *value = *value * 10 + (int64_t)(cell->at[i] - '0');
    return 1;
}

static int epoch_ms(int32_t *day, const hedui_cell *cell)
{
    enum { DAY_MS = 86400000, CHINA_MS = 8 * 3600000, LEAST = 11, MOST = 13 };
    hedui_cell left = *cell;
    int64_t value;
    int negative = hedui_cell_skip(&left, '-');
    if (!whole(&value, &left, LEAST, MOST))
        return 0;
    value = (negative ? -value : value) + CHINA_MS;
    *day = (int32_t)((value - (value < 0 ? DAY_MS - 1 : 0)) / DAY_MS); /* the day it falls in */
    return 1;
}

static int serial(int32_t *day, const hedui_cell *cell)
{
    enum { SERIAL_1970 = 25569, SERIAL_LEAST = 61, YEAR_LEAST = 1800, YEAR_MOST = 2200 };
    hedui_cell days = *cell, time = *cell;
    int64_t value, fraction;
    days.to = days.from;
    while (days.to < cell->to && cell->at[days.to] != '.')
        days.to++;
    time.from = days.to + 1;
    if (days.to < cell->to && !whole(&fraction, &time, 1, 18))
        return 0;
    /* below 61 the spreadsheet's invented 29 February 1900 makes the count ambiguous */
    if (!whole(&value, &days, 1, 5) || value < SERIAL_LEAST)
        return 0;
    /* who knows only the year writes 2014, or 2014.5 for its May: no days of 1905 */
    if (value >= YEAR_LEAST && value <= YEAR_MOST)
        return 0;
    *day = (int32_t)value - SERIAL_1970;
    return 1;
}

/* Numbers that count days or milliseconds, where the layout says so. */
static int counted(int32_t *day, const hedui_cell *cell, int forms)
{
    return ((forms & HEDUI_DATE_EPOCH_MS) && epoch_ms(day, cell)) ||
           ((forms & HEDUI_DATE_SERIAL) && serial(day, cell));
}

/* Year, month and day; day 0 only for a month without one. */
static hedui_date_form read_parts(int parts[3], hedui_span text, int forms, int month_only)
{
    hedui_cell cell;
    int32_t day;
    int exists = 1;
    if (!hedui_cell_read(&cell, text))
        return HEDUI_DATE_FORMAT;
    if (hedui_cell_says_nothing(&cell) || all_zeros(&cell))
        return HEDUI_DATE_EMPTY;
    if (counted(&day, &cell, forms)) {
        hedui_date_to_civil(&parts[0], &parts[1], &parts[2], day);
        return HEDUI_DATE_OK;
    }
    if (!calendar(parts, &cell, month_only))
        return HEDUI_DATE_FORMAT;
    if (parts[2] || !month_only) {
        if (cell.from < cell.to && !hedui_cell_skip(&cell, ' ') && !hedui_cell_skip(&cell, 'T'))
            return HEDUI_DATE_FORMAT;
        if (cell.from < cell.to && !time_of_day(&cell, &exists))
            return HEDUI_DATE_FORMAT;
    } else if (cell.from < cell.to) {
        return HEDUI_DATE_FORMAT;
    }
    return exists ? HEDUI_DATE_OK : HEDUI_DATE_VALUE;
}

/* Digits to a number; below 0 if another character stands there. */
static int plain_number(const char *at, int length)
{
    int sum = 0;
    for (int i = 0; i < length; i++) {
        unsigned digit = (unsigned)(unsigned char)at[i] - '0';
        sum = sum * 10 + (digit > 9 ? -100000 : (int)digit);
    }
    return sum;
}

/* 2014-06-30, 20140630, 2014-06, 201406: what nearly all cells are. The day is 1 where `length`
 * leaves none. @return 1 if it is such a date that exists; all else goes the long way. */
static int read_plain(int32_t *day, hedui_span text, size_t parted, size_t joined)
{
    if (text.length != parted && text.length != joined)
        return 0;
    int marks = text.length == parted, month_at = 4 + marks, day_at = 6 + 2 * marks;
    if (marks && (text.at[4] != '-' || (day_at < (int)parted && text.at[7] != '-')))
        return 0;
    return hedui_date_from_civil(day, plain_number(text.at, 4), plain_number(text.at + month_at, 2),
                                 day_at < (int)text.length ? plain_number(text.at + day_at, 2) : 1);
}

hedui_date_form hedui_date_parse(int32_t *day, hedui_span text, int forms)
{
    int parts[3];
    if (read_plain(day, text, 10, 8))
        return HEDUI_DATE_OK;
    hedui_date_form form = read_parts(parts, text, forms, 0);
    if (form != HEDUI_DATE_OK)
        return form;
    return hedui_date_from_civil(day, parts[0], parts[1], parts[2]) ? HEDUI_DATE_OK
                                                                    : HEDUI_DATE_VALUE;
}

hedui_date_form hedui_month_parse(int32_t *month, hedui_span text, int forms)
{
    int parts[3];
    int32_t day;
    if (read_plain(&day, text, 7, 6)) {
        *month = plain_number(text.at, 4) * 12 + plain_number(text.at + text.length - 2, 2) - 1;
        return HEDUI_DATE_OK;
    }
    hedui_date_form form = read_parts(parts, text, forms, 1);
    if (form != HEDUI_DATE_OK)
        return form;
    if (!hedui_date_from_civil(&day, parts[0], parts[1], parts[2] ? parts[2] : 1))
        return HEDUI_DATE_VALUE;
    *month = parts[0] * 12 + parts[1] - 1;
    return HEDUI_DATE_OK;
}

void hedui_month_print(char text[HEDUI_MONTH_TEXT], int32_t month)
{
    int year = month / 12;
    for (int i = 3; i >= 0; i--, year /= 10)
        text[i] = (char)('0' + year % 10);
    text[4] = '-';
    text[5] = (char)('0' + (month % 12 + 1) / 10);
    text[6] = (char)('0' + (month % 12 + 1) % 10);
    text[7] = '\0';
}
