/* The day of the data, told by a file name. */
#include "feed/delivery.h"

#include <hedui/date.h>

/* Read `digits` digits at `at`; -1 if they are none. */
static int number(hedui_span text, size_t at, size_t digits)
{
    int value = 0;
    if (at + digits > text.length)
        return -1;
    for (size_t i = at; i < at + digits; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return -1;
        value = value * 10 + (text.at[i] - '0');
    }
    return value;
}

static int takes(hedui_span *pattern, const char *word)
{
    size_t length = strlen(word);
    if (pattern->length < length || memcmp(pattern->at, word, length) != 0)
        return 0;
    pattern->at += length;
    pattern->length -= length;
    return 1;
}

int32_t hedui_cut_off_of(hedui_span pattern, hedui_span file_name)
{
    int year = 0, month = 0, day_of_month = 0;
    size_t at = 0;
    if (!pattern.length)
        return HEDUI_DAY_NONE;
    while (pattern.length) {
        int day_told = number(file_name, at, 8) >= 0;
        int either = takes(&pattern, "{date}");
        if (either ? day_told : takes(&pattern, "{yyyymmdd}")) {
            year = number(file_name, at, 4);
            month = number(file_name, at + 4, 2);
            day_of_month = number(file_name, at + 6, 2);
            at += 8;
        } else if (either || takes(&pattern, "{yyyymm}")) {
            year = number(file_name, at, 4);
            month = number(file_name, at + 4, 2);
            day_of_month =
                year > 0 && month >= 1 && month <= 12 ? hedui_date_month_length(year, month) : 0;
            at += 6;
        } else if (takes(&pattern, "*")) {
            while (at < file_name.length && (file_name.at[at] < '0' || file_name.at[at] > '9'))
                at++;
        } else {
            if (at >= file_name.length || file_name.at[at] != pattern.at[0])
                return HEDUI_DAY_NONE;
            pattern.at++;
            pattern.length--;
            at++;
        }
    }
    int32_t day;
    /* a digit behind would make the number another one */
    if (number(file_name, at, 1) >= 0 || !hedui_date_from_civil(&day, year, month, day_of_month))
        return HEDUI_DAY_NONE;
    return day;
}
