/* Deaths told by others; pensions, unemployment benefit, housing fund; income found. */
#include "demo/judge_value.h"
#include "demo/registry.h"

static value any_row(const asked *a)
{
    (void)a;
    return yes_no(1);
}

static value ended_by_death(const asked *a)
{
    return hedui_demo_is_code(a, "终止原因", "1401", NULL);
}

static value verified_alive(const asked *a)
{
    value is = hedui_demo_is_code(a, "核实结果", "alive", NULL);
    return yes_no(is.is == HEDUI_DEMO_YES); /* not known: not verified */
}

static value not_verified_alive(const asked *a)
{
    return negate(verified_alive(a));
}

static int told_before(const asked *a)
{
    value confirmed, hinted;
    hedui_demo_deaths_of(&confirmed, &hinted, a->member);
    return confirmed.is == HEDUI_DEMO_YES || hinted.is == HEDUI_DEMO_YES;
}

static int is_alive(const asked *a)
{
    return hedui_demo_some(a, "death_suspected", verified_alive).is == HEDUI_DEMO_YES;
}

value hedui_demo_certified_dead(const asked *a)
{
    if (told_before(a) || is_alive(a))
        return yes_no(0);
    return hedui_demo_some(a, "death_certificate", any_row);
}

static value ended(const asked *a)
{
    return either(hedui_demo_some(a, "pension", ended_by_death),
                  hedui_demo_some(a, "pension_resident", ended_by_death));
}

value hedui_demo_pension_ended_by_death(const asked *a)
{
    return told_before(a) || is_alive(a) ? yes_no(0) : ended(a);
}

value hedui_demo_suspected_dead(const asked *a)
{
    if (told_before(a) || hedui_demo_some(a, "death_certificate", any_row).is == HEDUI_DEMO_YES ||
        ended(a).is == HEDUI_DEMO_YES)
        return yes_no(0);
    return both(hedui_demo_some(a, "death_suspected", not_verified_alive),
                negate(hedui_demo_some(a, "death_suspected", verified_alive)));
}

/* Where the month is not written, what the state says stands. */
static value recent(const asked *a, const char *header)
{
    value within = hedui_demo_within(a, header, 6);
    return within.is == HEDUI_DEMO_UNKNOWN ? yes_no(1) : within;
}

static value pension_runs(const asked *a)
{
    return both(hedui_demo_is_code(a, "发放状态", "1", NULL), recent(a, "发放年月"));
}

value hedui_demo_draws_pension(const asked *a)
{
    return hedui_demo_some(a, "pension", pension_runs);
}

static value unemployment_runs(const asked *a)
{
    value within = hedui_demo_within(a, "结束期", 0);
    return both(hedui_demo_is_code(a, "领取状态", "drawing", NULL),
                within.is == HEDUI_DEMO_UNKNOWN ? yes_no(1) : within);
}

value hedui_demo_draws_unemployment(const asked *a)
{
    return hedui_demo_some(a, "unemployment_benefit", unemployment_runs);
}

static value fund_runs(const asked *a)
{
    return both(hedui_demo_is_code(a, "汇缴状态", "paying", NULL), recent(a, "汇缴年月"));
}

value hedui_demo_pays_fund(const asked *a)
{
    return hedui_demo_some(a, "housing_fund", fund_runs);
}

/* The sum of what runs; why it is not known. */
static uint32_t add_up(int64_t *fen, const asked *a, const char *feed, const char *header,
                       value (*runs)(const asked *a))
{
    uint32_t reasons = 0;
    asked one = *a;
    int at = -1;
    int64_t amount = 0;
    *fen = 0;
    if (!a->member->authorised)
        return HEDUI_DEMO_NOT_AUTHORISED;
    while ((one.row = hedui_demo_told_next(a->made->told, &at, hedui_demo_feed_named(feed),
                                           a->member->id))) {
        value is = one.row->lost ? unknown(HEDUI_DEMO_REJECTED_ROW) : runs(&one);
        if (is.is == HEDUI_DEMO_UNKNOWN)
            reasons |= is.reasons;
        else if (is.is == HEDUI_DEMO_YES && !hedui_demo_fen(&amount, &one, header))
            reasons |= hedui_demo_told_cell(a->made->told, one.row, header).reasons;
        else if (is.is == HEDUI_DEMO_YES)
            *fen += amount;
    }
    return reasons;
}

/* The larger of what a member declared and what was found; all that is not known says why. */
static uint32_t income_of(int64_t *fen, const asked *a)
{
    int64_t pension = 0, benefit = 0, declared = a->member->income_fen;
    uint32_t why = declared == INT64_MIN ? a->member->income_reasons : 0;
    why |= add_up(&pension, a, "pension", "月养老金", pension_runs);
    why |= add_up(&benefit, a, "unemployment_benefit", "月失业保险金", unemployment_runs);
    *fen = why ? 0 : pension + benefit > declared ? pension + benefit : declared;
    return why;
}

value hedui_demo_income_found(const asked *a)
{
    int64_t sum = 0, counted = 0, standard = hedui_demo_standard(a->household);
    uint32_t reasons = 0;
    asked one = *a;
    if (hedui_demo_declared_reaches(a->household).is == HEDUI_DEMO_YES)
        return yes_no(0);
    for (int m = 0; m < a->household->member_count; m++) {
        int64_t fen = 0;
        one.member = &a->household->members[m];
        if (!hedui_demo_counts(one.member))
            continue;
        counted++;
        reasons |= income_of(&fen, &one);
        sum += fen;
    }
    if (a->household->lost_member || a->household->member_count == 0)
        return unknown(HEDUI_DEMO_CASELOAD);
    if (!counted)
        return yes_no(0);
    if (!standard)
        return unknown(HEDUI_DEMO_PARAMETER);
    return sum >= standard * counted ? yes_no(1) : reasons ? unknown(reasons) : yes_no(0);
}

static value wage_of_the_year(const asked *a)
{
    return both(hedui_demo_is_code(a, "所得项目名称", "wages|labour", NULL),
                hedui_demo_within(a, "税款所属期止", 12));
}

value hedui_demo_wages(const asked *a)
{
    int64_t sum = 0, counted = 0, standard = hedui_demo_standard(a->household);
    uint32_t reasons = 0;
    asked one = *a;
    for (int m = 0; m < a->household->member_count; m++) {
        int64_t fen = 0;
        one.member = &a->household->members[m];
        if (!hedui_demo_counts(one.member))
            continue;
        counted++;
        reasons |= add_up(&fen, &one, "income_tax", "收入额", wage_of_the_year);
        sum += fen;
    }
    if (a->household->lost_member || a->household->member_count == 0)
        return unknown(HEDUI_DEMO_CASELOAD | reasons);
    if (!counted)
        return yes_no(0);
    if (reasons)
        return unknown(reasons);
    if (!standard)
        return unknown(HEDUI_DEMO_PARAMETER);
    return yes_no(sum >= standard * counted * 12);
}
