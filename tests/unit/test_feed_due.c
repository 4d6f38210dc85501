/* Days due, against a walk over the calendar that knows no periods. */
#include "test.h"

#include <hedui/date.h>
#include <hedui/feed_due.h>

#include <string.h>

/* 1 if `day` is due: weekday from a known Monday, or the day (clamped) of a listed month. */
static int is_due(const hedui_due *due, int32_t day)
{
    static const int steps[] = {0, 0, 1, 3, 6, 12};
    int32_t monday;
    int year, month, of_month, listed = 0;
    assert_int_equal(hedui_date_from_civil(&monday, 1900, 1, 1), 1); /* a Monday */
    hedui_date_to_civil(&year, &month, &of_month, day);
    if (due->every == HEDUI_DUE_WEEK)
        return (day - monday) % 7 == due->day - 1;
    for (int m = due->month ? due->month : 1; m <= 12; m += steps[due->every])
        listed |= m == month;
    int length = hedui_date_month_length(year, month);
    return listed && of_month == (due->day > length ? length : due->day);
}

static void finds_the_days_around_every_day(void **state)
{
    static const hedui_due cases[] = {
        {HEDUI_DUE_WEEK, 0, 1},     {HEDUI_DUE_WEEK, 0, 7},       {HEDUI_DUE_MONTH, 0, 1},
        {HEDUI_DUE_MONTH, 0, 10},   {HEDUI_DUE_MONTH, 0, 31},     {HEDUI_DUE_QUARTER, 1, 10},
        {HEDUI_DUE_QUARTER, 3, 31}, {HEDUI_DUE_HALF_YEAR, 2, 29}, {HEDUI_DUE_HALF_YEAR, 6, 30},
        {HEDUI_DUE_YEAR, 2, 30},    {HEDUI_DUE_YEAR, 12, 31}};
    enum { YEARS = 5, SLACK = 3 * 366 };
    int32_t first;
    (void)state;
    assert_int_equal(hedui_date_from_civil(&first, 2011, 1, 1), 1);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const hedui_due *due = &cases[c];
        int32_t before = INT32_MIN, last = INT32_MIN;
        for (int32_t day = first - SLACK; day < first + YEARS * 366; day++) {
            if (is_due(due, day)) {
                before = last;
                last = day;
            }
            if (day < first)
                continue;
            int32_t next = day + 1;
            while (!is_due(due, next))
                next++;
            hedui_due_days days = hedui_due_around(due, day);
            if (days.before != before || days.last != last || days.next != next)
                fail_msg("case %zu, day %d: %d %d %d, want %d %d %d", c, day, days.before,
                         days.last, days.next, before, last, next);
        }
    }
}

static void knows_none_without_an_agreement_or_a_day(void **state)
{
    const hedui_due never = {HEDUI_DUE_NEVER, 0, 0}, month = {HEDUI_DUE_MONTH, 0, 10};
    (void)state;
    assert_int_equal(hedui_due_around(&never, 0).last, INT32_MIN);
    assert_int_equal(hedui_due_around(&month, INT32_MIN).next, INT32_MIN);
    assert_int_equal(hedui_due_around(&month, HEDUI_DATE_MIN).before, INT32_MIN);
    assert_int_equal(hedui_due_around(&month, HEDUI_DATE_MAX).next, INT32_MIN);
}

static void says_the_day_in_both_languages(void **state)
{
    static const struct {
        hedui_due due;
        const char *zh, *en;
    } cases[] = {{{HEDUI_DUE_NEVER, 0, 0}, "", ""},
                 {{HEDUI_DUE_WEEK, 0, 3}, "每周三", "each Wednesday"},
                 {{HEDUI_DUE_MONTH, 0, 10}, "每月 10 日", "day 10 of each month"},
                 {{HEDUI_DUE_MONTH, 0, 31}, "每月末日", "the last day of each month"},
                 {{HEDUI_DUE_QUARTER, 1, 5}, "1、4、7、10 月 5 日", "day 5 of months 1, 4, 7, 10"},
                 {{HEDUI_DUE_HALF_YEAR, 4, 10}, "4、10 月 10 日", "day 10 of months 4, 10"},
                 {{HEDUI_DUE_YEAR, 9, 31}, "9 月末日", "the last day of month 9"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int language = HEDUI_ZH; language <= HEDUI_EN; language++) {
            hedui_buffer text;
            hedui_buffer_init(&text);
            hedui_due_print(&text, &cases[i].due, (hedui_language)language);
            const char *want = language == HEDUI_ZH ? cases[i].zh : cases[i].en;
            if (!hedui_span_is(hedui_buffer_span(&text), want))
                fail_msg("%.*s, want %s", (int)text.length, text.data ? text.data : "", want);
            hedui_buffer_free(&text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_days_around_every_day),
        cmocka_unit_test(knows_none_without_an_agreement_or_a_day),
        cmocka_unit_test(says_the_day_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
