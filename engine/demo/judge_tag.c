/* Key categories that only inform, and tips. */
#include "demo/judge_value.h"
#include "demo/registry.h"

#include <hedui/date.h>

/* Some wedding after the day: not known where either day is not. */
static value wed_after(const asked *a, const asked *divorce)
{
    value later = yes_no(0);
    asked one = *a;
    int at = -1;
    int32_t since = hedui_demo_day(divorce, "登记日期", HEDUI_DEMO_NEVER);
    while ((one.row = hedui_demo_told_next(a->made->told, &at, hedui_demo_feed_named("marriage"),
                                           a->member->id))) {
        int32_t day = hedui_demo_day(&one, "登记日期", HEDUI_DEMO_NEVER);
        value wedding = one.row->lost ? unknown(HEDUI_DEMO_REJECTED_ROW)
                                      : hedui_demo_is_code(&one, "登记类型", "marriage", NULL);
        value after = yes_no(day > since);
        if (!one.row->lost && day == HEDUI_DEMO_NEVER)
            after = unknown(hedui_demo_told_cell(a->made->told, one.row, "登记日期").reasons);
        else if (!one.row->lost && since == HEDUI_DEMO_NEVER)
            after = unknown(hedui_demo_told_cell(a->made->told, divorce->row, "登记日期").reasons);
        later = either(later, one.row->lost ? wedding : both(wedding, after));
    }
    return later;
}

static value is_divorce(const asked *a)
{
    value divorce = hedui_demo_is_code(a, "登记类型", "divorce|divorce_reissue", NULL);
    return divorce.is == HEDUI_DEMO_NO ? divorce : both(divorce, negate(wed_after(a, a)));
}

value hedui_demo_divorced(const asked *a)
{
    return hedui_demo_some(a, "marriage", is_divorce);
}

value hedui_demo_moved(const asked *a)
{
    value moved = yes_no(0);
    if (!a->member->authorised)
        return unknown(HEDUI_DEMO_NOT_AUTHORISED);
    for (int e = 0; e < a->member->entry_count; e++) {
        const hedui_demo_entry *entry = &a->member->entries[e];
        value one = yes_no(entry->reason == HEDUI_DEMO_CANCEL_OTHER &&
                           (strcmp(entry->reason_text, "迁出") == 0 ||
                            strcmp(entry->reason_text, "出国定居") == 0));
        if (entry->about.reject || entry->about.conflict)
            one = unknown(HEDUI_DEMO_REJECTED_ROW);
        else if (entry->reason == HEDUI_DEMO_CANCEL_UNREADABLE)
            one = unknown(HEDUI_DEMO_BAD_FIELD);
        moved = either(moved, one);
    }
    return moved;
}

static int begins(const char *whole, const char *part)
{
    return strncmp(whole, part, strlen(part)) == 0;
}

value hedui_demo_away(const asked *a)
{
    value away = yes_no(0);
    if (!a->member->authorised)
        return unknown(HEDUI_DEMO_NOT_AUTHORISED);
    for (int e = 0; e < a->member->entry_count; e++) {
        const hedui_demo_entry *entry = &a->member->entries[e];
        const char *area = entry->area ? entry->area : "659000";
        value apart =
                  yes_no(!begins(a->household->area, area) && !begins(area, a->household->area)),
              cancelled = {entry->cancelled, entry->cancelled_reasons};
        if (!*area)
            apart = unknown(HEDUI_DEMO_EMPTY_FIELD);
        value one = both(negate(cancelled), apart);
        if (entry->about.reject || entry->about.conflict)
            one = unknown(HEDUI_DEMO_REJECTED_ROW);
        away = either(away, one);
    }
    return away;
}

static value left_school(const asked *a)
{
    return both(hedui_demo_is_code(a, "学籍状态", "graduated", NULL),
                hedui_demo_is_code(a, "学段", "senior|vocational|college|bachelor|postgraduate",
                                   "special"));
}

static value employed(const asked *a)
{
    return both(hedui_demo_is_code(a, "参保身份", "employed", NULL),
                hedui_demo_within(a, "缴费年月", 6));
}

value hedui_demo_graduated(const asked *a)
{
    return both(hedui_demo_some(a, "school_enrolment", left_school),
                hedui_demo_some(a, "contribution", employed));
}

static value employed_month(const asked *a)
{
    return both(both(hedui_demo_is_code(a, "参保身份", "employed", NULL),
                     hedui_demo_is_code(a, "险种", "110|120", NULL)),
                hedui_demo_within(a, "缴费年月", 12));
}

/* At least six months: a row that is not known may be one, a lost row any number. */
value hedui_demo_works_long(const asked *a)
{
    enum { MONTHS = 6 };
    int sure = 0, perhaps = 0, at = -1;
    uint32_t reasons = 0;
    asked one = *a;
    if (!a->member->authorised)
        return unknown(HEDUI_DEMO_NOT_AUTHORISED);
    while ((one.row = hedui_demo_told_next(a->made->told, &at,
                                           hedui_demo_feed_named("contribution"), a->member->id))) {
        value is = one.row->lost ? unknown(HEDUI_DEMO_REJECTED_ROW) : employed_month(&one);
        sure += is.is == HEDUI_DEMO_YES;
        perhaps += is.is != HEDUI_DEMO_UNKNOWN ? 0 : one.row->lost ? MONTHS : 1;
        reasons |= is.reasons;
    }
    return sure >= MONTHS ? yes_no(1) : sure + perhaps >= MONTHS ? unknown(reasons) : yes_no(0);
}

static value tip(const asked *a)
{
    hedui_demo_cell_told closed = hedui_demo_told_cell(a->made->told, a->row, "办结日期");
    value open = closed.known ? yes_no(0) : closed.absent ? yes_no(1) : unknown(closed.reasons);
    return either(open, hedui_demo_is_code(a, "核查结果", "confirmed", "pending"));
}

value hedui_demo_tipped(const asked *a)
{
    return hedui_demo_some(a, "tip", tip);
}

static value stopped(const asked *a)
{
    return both(hedui_demo_is_code(a, "发放状态", "stopped", NULL),
                hedui_demo_within(a, "发放年月", 35));
}

value hedui_demo_long_benefit(const asked *a)
{
    int year = 0, month = 0, day = 0, then_year = 0, then_month = 0;
    asked one = *a;
    for (int m = 0; m < a->household->member_count; m++) {
        one.member = &a->household->members[m];
        if (hedui_demo_counts(one.member) &&
            hedui_demo_some(&one, "dibao_payment", stopped).is == HEDUI_DEMO_YES)
            return yes_no(0);
    }
    hedui_date_to_civil(&then_year, &then_month, &day, a->household->applied_on + 31);
    hedui_date_to_civil(&year, &month, &day, a->made->as_of);
    return yes_no(year * 12 + month - then_year * 12 - then_month >= 36);
}

value hedui_demo_large(const asked *a)
{
    int counted = 0;
    for (int m = 0; m < a->household->member_count; m++)
        counted += hedui_demo_counts(&a->household->members[m]);
    if (counted >= 4)
        return yes_no(1);
    return a->household->lost_member || a->household->member_count == 0
               ? unknown(HEDUI_DEMO_CASELOAD)
               : yes_no(0);
}
