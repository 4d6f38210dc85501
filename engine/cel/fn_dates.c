/* Calendar days, months and periods. There is no now(): the day is an input of the run. */
#include "cel/internal.h"

#include <hedui/date.h>

static value out_of_range(evaluation *e)
{
    return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERFLOW);
}

int hedui_cel_month_parse(value *out, hedui_span text)
{
    char whole[HEDUI_DATE_TEXT] = "0000-00-01";
    int32_t day;
    if (text.length != 7)
        return 0;
    memcpy(whole, text.at, 7);
    if (!hedui_date_parse_iso(&day, hedui_span_of(whole)))
        return 0;
    int year, month, d;
    hedui_date_to_civil(&year, &month, &d, day);
    *out = hedui_cel_month(year, month);
    return 1;
}

static value from_text(evaluation *e, const value *a, uint32_t count)
{
    int32_t day;
    (void)count;
    return hedui_date_parse_iso(&day, a[0].as.text)
               ? hedui_cel_date(day)
               : hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
}

static value month_from_text(evaluation *e, const value *a, uint32_t count)
{
    value v;
    (void)count;
    return hedui_cel_month_parse(&v, a[0].as.text)
               ? v
               : hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
}

static value from_parts(evaluation *e, const value *a, uint32_t count)
{
    int32_t day;
    (void)count;
    for (int i = 0; i < 3; i++)
        if (a[i].as.number < 0 || a[i].as.number > 9999)
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    return hedui_date_from_civil(&day, (int)a[0].as.number, (int)a[1].as.number,
                                 (int)a[2].as.number)
               ? hedui_cel_date(day)
               : hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
}

static value moved_days(evaluation *e, int32_t day, int64_t days)
{
    int64_t moved;
    if (__builtin_add_overflow((int64_t)day, days, &moved) || moved < HEDUI_DATE_MIN ||
        moved > HEDUI_DATE_MAX)
        return out_of_range(e);
    return hedui_cel_date((int32_t)moved);
}

static value add_days(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return moved_days(e, a[0].as.day, a[1].as.number);
}

static value add_months(evaluation *e, const value *a, uint32_t count)
{
    int32_t moved;
    (void)count;
    return hedui_date_add_months(&moved, a[0].as.day, a[1].as.number) ? hedui_cel_date(moved)
                                                                      : out_of_range(e);
}

static value month_add(evaluation *e, const value *a, uint32_t count)
{
    value v = a[0];
    int64_t moved;
    (void)count;
    if (__builtin_add_overflow((int64_t)v.as.day, a[1].as.number, &moved) || moved < 12 ||
        moved > 9999 * 12 + 11)
        return out_of_range(e);
    v.as.day = (int32_t)moved;
    return v;
}

/* Months first, then days, as people count. */
static value by_period(evaluation *e, const value *a, int sign)
{
    int32_t moved;
    if (!hedui_date_add_months(&moved, a[0].as.day, (int64_t)sign * a[1].as.period.months))
        return out_of_range(e);
    return moved_days(e, moved, (int64_t)sign * a[1].as.period.days);
}

static value plus_period(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return by_period(e, a, 1);
}

static value minus_period(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return by_period(e, a, -1);
}

static value days_between(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_int((int64_t)a[1].as.day - a[0].as.day);
}

static value months_between(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    if (a[0].kind == HEDUI_CEL_MONTH)
        return hedui_cel_int((int64_t)a[1].as.day - a[0].as.day);
    return hedui_cel_int(hedui_date_months_between(a[0].as.day, a[1].as.day));
}

/* Born on 29 February, a year ends on 28 February of a common year: the day before the age by
 * 1 March would be reached. */
static int64_t age_on_feb28(int32_t birth, int32_t day)
{
    int year, month, d, day_year, day_month, day_day;
    hedui_date_to_civil(&year, &month, &d, birth);
    hedui_date_to_civil(&day_year, &day_month, &day_day, day);
    if (month == 2 && d == 29 && day_month == 2 && day_day == 28 &&
        hedui_date_month_length(day_year, 2) == 28)
        return day_year - year;
    return hedui_date_age(birth, day);
}

static value age(evaluation *e, const value *a, uint32_t count)
{
    int feb28 = e->program->env->options.age_on_feb28;
    if (count == 3) {
        if (!hedui_span_is(a[2].as.text, "feb28") && !hedui_span_is(a[2].as.text, "mar1"))
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
        feb28 = hedui_span_is(a[2].as.text, "feb28");
    }
    return hedui_cel_int(feb28 ? age_on_feb28(a[0].as.day, a[1].as.day)
                               : hedui_date_age(a[0].as.day, a[1].as.day));
}

static value part(const value *a, int which)
{
    int parts[3];
    if (a[0].kind == HEDUI_CEL_MONTH)
        return hedui_cel_int(which ? a[0].as.day % 12 + 1 : a[0].as.day / 12);
    hedui_date_to_civil(&parts[0], &parts[1], &parts[2], a[0].as.day);
    return hedui_cel_int(parts[which]);
}

static value year(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return part(a, 0);
}

static value month(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return part(a, 1);
}

static value day(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return part(a, 2);
}

static value weekday(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_int(((a[0].as.day + 3) % 7 + 7) % 7 + 1); /* 1970-01-01 was a Thursday */
}

static value edge(const value *a, int last)
{
    int y, m, d;
    int32_t found = 0;
    if (a[0].kind == HEDUI_CEL_MONTH) {
        y = a[0].as.day / 12;
        m = a[0].as.day % 12 + 1;
    } else {
        hedui_date_to_civil(&y, &m, &d, a[0].as.day);
    }
    (void)hedui_date_from_civil(&found, y, m, last ? hedui_date_month_length(y, m) : 1);
    return hedui_cel_date(found);
}

static value first_of_month(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return edge(a, 0);
}

static value last_of_month(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return edge(a, 1);
}

static value month_of(evaluation *e, const value *a, uint32_t count)
{
    int y, m, d;
    (void)e;
    (void)count;
    hedui_date_to_civil(&y, &m, &d, a[0].as.day);
    return hedui_cel_month(y, m);
}

/* --- periods ---------------------------------------------------------------------------------- */

static value period_months(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_int(a[0].as.period.months);
}

static value period_days(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_int(a[0].as.period.days);
}

static value bound(evaluation *e, int32_t at)
{
    return at == HEDUI_CEL_NO_PERIOD_DAY ? hedui_cel_error_at(e, HEDUI_CEL_ERROR_ABSENT)
                                         : hedui_cel_date(at);
}

static value period_first(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return bound(e, a[0].as.period.first);
}

static value period_last(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return bound(e, a[0].as.period.last);
}

static value period_contains(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[0].as.period.first == HEDUI_CEL_NO_PERIOD_DAY)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ABSENT);
    value from = a[1], to = a[1];
    if (a[1].kind == HEDUI_CEL_MONTH) {
        from = edge(&a[1], 0);
        to = edge(&a[1], 1);
    }
    return hedui_cel_bool(from.as.day >= a[0].as.period.first && to.as.day <= a[0].as.period.last);
}

#define ROW(signature, call)                                                                       \
    {                                                                                              \
        signature, call, SCALE_NONE, NULL, NULL                                                    \
    }

static const function_row rows[] = {
    {"date(string) -> date", from_text, SCALE_NONE, "A calendar day, year-month-day.",
     "date(\"2024-02-29\") => date(\"2024-02-29\")"},
    {"date(int, int, int) -> date", from_parts, SCALE_NONE, "A day from year, month and day.",
     "date(2024, 3, 1) => date(\"2024-03-01\")"},
    {"month(string) -> month", month_from_text, SCALE_NONE, "A calendar month.",
     "month(\"2024-03\").lastDay() => date(\"2024-03-31\")"},
    {"date.addDays(int) -> date", add_days, SCALE_NONE, "So many days later.",
     "date(\"2024-02-28\").addDays(2) => date(\"2024-03-01\")"},
    {"date.addMonths(int) -> date", add_months, SCALE_NONE,
     "So many months later, at most the month's last day.",
     "date(\"2024-01-31\").addMonths(1) => date(\"2024-02-29\")"},
    ROW("month.addMonths(int) -> month", month_add),
    {"date.plus(period) -> date", plus_period, SCALE_NONE, "Later by the period's amount.", NULL},
    {"date.minus(period) -> date", minus_period, SCALE_NONE, "Earlier by the period's amount.",
     NULL},
    {"daysBetween(date, date) -> int", days_between, SCALE_NONE,
     "Days from the first to the second.",
     "daysBetween(date(\"2024-02-28\"), date(\"2024-03-01\")) => 2"},
    {"monthsBetween(date, date) -> int", months_between, SCALE_NONE,
     "Full months from the first to the second.",
     "monthsBetween(date(\"2024-01-31\"), date(\"2024-02-29\")) => 1"},
    ROW("monthsBetween(month, month) -> int", months_between),
    {"ageAt(date, date) -> int", age, SCALE_NONE, "Completed years: ageAt(birth, day).",
     "ageAt(date(\"2004-02-29\"), date(\"2023-02-28\"), \"feb28\") => 19"},
    ROW("ageAt(date, date, string) -> int", age),
    {"date.year() -> int", year, SCALE_NONE, "The year.", "date(\"2024-03-01\").year() => 2024"},
    ROW("month.year() -> int", year),
    {"date.month() -> int", month, SCALE_NONE, "The month, 1 to 12.",
     "date(\"2024-03-01\").month() => 3"},
    ROW("month.month() -> int", month),
    {"date.day() -> int", day, SCALE_NONE, "The day of the month, from 1.",
     "date(\"2024-03-01\").day() => 1"},
    {"date.weekday() -> int", weekday, SCALE_NONE, "1 is Monday, 7 is Sunday.",
     "date(\"2024-03-01\").weekday() => 5"},
    {"date.firstOfMonth() -> date", first_of_month, SCALE_NONE, "The first day of its month.",
     "date(\"2024-03-15\").firstOfMonth() => date(\"2024-03-01\")"},
    {"date.lastOfMonth() -> date", last_of_month, SCALE_NONE, "The last day of its month.",
     "date(\"2024-02-15\").lastOfMonth() => date(\"2024-02-29\")"},
    {"month.firstDay() -> date", first_of_month, SCALE_NONE, "The first day of the month.",
     "month(\"2024-02\").firstDay() => date(\"2024-02-01\")"},
    {"month.lastDay() -> date", last_of_month, SCALE_NONE, "The last day of the month.",
     "month(\"2024-02\").lastDay() => date(\"2024-02-29\")"},
    {"date.toMonth() -> month", month_of, SCALE_NONE, "The month it lies in.",
     "date(\"2024-02-15\").toMonth() => month(\"2024-02\")"},
    {"period.months() -> int", period_months, SCALE_NONE, "The months of the amount.", NULL},
    {"period.days() -> int", period_days, SCALE_NONE, "The days of the amount.", NULL},
    {"period.first() -> date", period_first, SCALE_NONE, "The first day, if it is fixed.", NULL},
    {"period.last() -> date", period_last, SCALE_NONE, "The last day, if it is fixed.", NULL},
    {"period.contains(date) -> bool", period_contains, SCALE_NONE, "The day lies in the period.",
     NULL},
    ROW("period.contains(month) -> bool", period_contains),
};

const function_topic hedui_cel_topic_dates = {"dates", rows, sizeof rows / sizeof *rows};
