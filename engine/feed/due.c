/* Days on which departments are to deliver. Periods of months are counted from January of the year
 * 0, so that quarters and half-years begin where the calendar's do. */
#include <hedui/date.h>
#include <hedui/feed_due.h>

enum { WEEK = 7, MONDAY = 3 }; /* day 0 is a Thursday, the fourth of its week */

static int months_of(hedui_due_every every)
{
    static const int months[] = {[HEDUI_DUE_MONTH] = 1,
                                 [HEDUI_DUE_QUARTER] = 3,
                                 [HEDUI_DUE_HALF_YEAR] = 6,
                                 [HEDUI_DUE_YEAR] = 12};
    return months[every];
}

/* The day due in the n-th period. */
static int32_t day_of(const hedui_due *due, int64_t period)
{
    int32_t day = INT32_MIN;
    int64_t month = period * months_of(due->every) + (due->month ? due->month - 1 : 0);
    int year = (int)(month / 12), of_year = (int)(month % 12) + 1;
    int length = year >= 1 && year <= 9999 ? hedui_date_month_length(year, of_year) : 0;
    if (!length ||
        !hedui_date_from_civil(&day, year, of_year, due->day < length ? due->day : length))
        return INT32_MIN;
    return day;
}

hedui_due_days hedui_due_around(const hedui_due *due, int32_t day)
{
    int year, month, of_month;
    if (due->every == HEDUI_DUE_NEVER || day < HEDUI_DATE_MIN || day > HEDUI_DATE_MAX)
        return (hedui_due_days){INT32_MIN, INT32_MIN, INT32_MIN};
    if (due->every == HEDUI_DUE_WEEK) {
        int32_t since = (int32_t)(((int64_t)day + MONDAY - (due->day - 1)) % WEEK);
        int32_t last = day - (since < 0 ? since + WEEK : since);
        return (hedui_due_days){last - WEEK, last, last + WEEK};
    }
    hedui_date_to_civil(&year, &month, &of_month, day);
    int64_t period = ((int64_t)year * 12 + month - 1) / months_of(due->every);
    if (day_of(due, period) > day || day_of(due, period) == INT32_MIN)
        period--;
    return (hedui_due_days){day_of(due, period - 1), day_of(due, period), day_of(due, period + 1)};
}

const char *hedui_due_every_name(hedui_due_every every)
{
    static const char *const names[] = {"", "week", "month", "quarter", "half_year", "year"};
    return names[every];
}

static void print_months(hedui_buffer *out, const hedui_due *due, const char *comma)
{
    int step = months_of(due->every);
    for (int month = due->month; month <= 12; month += step)
        hedui_buffer_format(out, "%s%d", month == due->month ? "" : comma, month);
}

static void print_day(hedui_buffer *out, int day, hedui_language language)
{
    enum { LAST = 31 };
    if (day == LAST)
        hedui_buffer_text(out, language == HEDUI_ZH ? "末日" : "the last day");
    else
        hedui_buffer_format(out, language == HEDUI_ZH ? " %d 日" : "day %d", day);
}

void hedui_due_print(hedui_buffer *out, const hedui_due *due, hedui_language language)
{
    static const char *const weekdays[][2] = {
        {"一", "Monday"}, {"二", "Tuesday"},  {"三", "Wednesday"}, {"四", "Thursday"},
        {"五", "Friday"}, {"六", "Saturday"}, {"日", "Sunday"}};
    int zh = language == HEDUI_ZH;
    if (due->every == HEDUI_DUE_NEVER)
        return;
    if (due->every == HEDUI_DUE_WEEK) {
        hedui_buffer_text(out, zh ? "每周" : "each ");
        hedui_buffer_text(out, weekdays[due->day - 1][language]);
    } else if (due->every == HEDUI_DUE_MONTH && zh) {
        hedui_buffer_text(out, "每月");
        print_day(out, due->day, language);
    } else if (zh) {
        print_months(out, due, "、");
        hedui_buffer_text(out, " 月");
        print_day(out, due->day, language);
    } else {
        print_day(out, due->day, language);
        hedui_buffer_text(out, due->every == HEDUI_DUE_MONTH  ? " of each month"
                               : due->every == HEDUI_DUE_YEAR ? " of month "
                                                              : " of months ");
        if (due->every != HEDUI_DUE_MONTH)
            print_months(out, due, ", ");
    }
}
