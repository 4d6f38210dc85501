/* Calendar arithmetic by shifting the year to start in March, so that the leap day is the last day
 * of the shifted year (the method of Howard Hinnant's "chrono-compatible low-level date
 * algorithms"). */
#include <hedui/date.h>

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int hedui_date_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

int hedui_date_from_civil(int32_t *day, int year, int month, int day_of_month)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 ||
        day_of_month > hedui_date_month_length(year, month))
        return 0;
    int y = year - (month <= 2);
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *day = era * 146097 + day_of_era - 719468;
    return 1;
}

void hedui_date_to_civil(int *year, int *month, int *day_of_month, int32_t day)
{
    int32_t z = day + 719468;
    int32_t era = z / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    *day_of_month = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int hedui_date_parse_iso(int32_t *day, hedui_span text)
{
    static const char shape[] = "0000-00-00";
    int parts[3] = {0, 0, 0};
    int part = 0;
    if (text.length != sizeof shape - 1)
        return 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (shape[i] == '-') {
            if (c != '-')
                return 0;
            part++;
        } else if (c < '0' || c > '9') {
            return 0;
        } else {
            parts[part] = parts[part] * 10 + (c - '0');
        }
    }
    return hedui_date_from_civil(day, parts[0], parts[1], parts[2]);
}

static void digits(char *at, int count, int value)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
}

void hedui_date_print(char text[HEDUI_DATE_TEXT], int32_t day)
{
    int year, month, dom;
    hedui_date_to_civil(&year, &month, &dom, day);
    digits(text, 4, year);
    text[4] = '-';
    digits(text + 5, 2, month);
    text[7] = '-';
    digits(text + 8, 2, dom);
    text[10] = '\0';
}

int hedui_date_add_months(int32_t *moved, int32_t day, int64_t months)
{
    int year, month, dom;
    if (months > 12 * 10000 || months < -12 * 10000)
        return 0;
    hedui_date_to_civil(&year, &month, &dom, day);
    int64_t index = (int64_t)year * 12 + (month - 1) + months;
    if (index < 12 || index >= 12 * 10000)
        return 0;
    int to_year = (int)(index / 12), to_month = (int)(index % 12) + 1;
    int length = hedui_date_month_length(to_year, to_month);
    return hedui_date_from_civil(moved, to_year, to_month, dom < length ? dom : length);
}

int64_t hedui_date_months_between(int32_t from, int32_t to)
{
    if (to < from)
        return -hedui_date_months_between(to, from);
    int y1, m1, d1, y2, m2, d2;
    hedui_date_to_civil(&y1, &m1, &d1, from);
    hedui_date_to_civil(&y2, &m2, &d2, to);
    int64_t months = (int64_t)(y2 - y1) * 12 + (m2 - m1);
    int32_t reached;
    if (months > 0 && (!hedui_date_add_months(&reached, from, months) || reached > to))
        months--;
    return months;
}

int hedui_date_age(int32_t birth, int32_t day)
{
    int y1, m1, d1, y2, m2, d2;
    hedui_date_to_civil(&y1, &m1, &d1, birth);
    hedui_date_to_civil(&y2, &m2, &d2, day);
    return y2 - y1 - (m2 < m1 || (m2 == m1 && d2 < d1));
}
