/* Homes, premises, firms. */
#include "demo/judge_value.h"
#include "demo/registry.h"

#define ABOUT_ESTATE "dangerous_home|uninhabited_home|demolished_home"
#define ABOUT_BUSINESS "identity_misuse|dormant_business|small_trade|cooperative_membership"

enum { ROWS = 64 };

/* A row of a counted member that is, or may be, what is looked for. */
typedef struct holding {
    hedui_span paper, unit;
    uint32_t unit_reasons; /* if the unit is not known */
} holding;

typedef struct holdings {
    holding list[ROWS];
    int count;
    uint32_t reasons; /* why there may be more */
} holdings;

static value is_home(const asked *a)
{
    return both(hedui_demo_is_code(a, "权属状态", "current|mortgaged|sealed|disputed", NULL),
                hedui_demo_is_code(a, "规划用途", "residential", "mixed|other"));
}

static value is_premises(const asked *a)
{
    value other = hedui_demo_is_code(a, "规划用途", "commercial|office|industrial|storage",
                                     "mixed|other"),
          parking = hedui_demo_is_code(a, "规划用途", "parking", "other");
    return both(hedui_demo_is_code(a, "权属状态", "current|mortgaged|sealed|disputed", NULL),
                either(other, parking));
}

static void hold(holdings *all, const asked *a, value (*is)(const asked *a))
{
    hedui_demo_cell_told paper = hedui_demo_told_cell(a->made->told, a->row, "不动产权证号"),
                         unit = hedui_demo_told_cell(a->made->told, a->row, "不动产单元号");
    value held = a->row->lost ? unknown(HEDUI_DEMO_REJECTED_ROW) : is(a);
    if (held.is == HEDUI_DEMO_NO)
        return;
    if (!a->row->lost && hedui_demo_exempt(a, ABOUT_ESTATE, &paper.meaning, 0))
        return;
    if (held.is == HEDUI_DEMO_UNKNOWN)
        all->reasons |= held.reasons;
    else if (all->count < ROWS)
        all->list[all->count++] =
            (holding){paper.meaning, unit.known ? unit.meaning : hedui_span_of(""), unit.reasons};
}

static void gather(holdings *all, const asked *a, value (*is)(const asked *a))
{
    asked one = *a;
    memset(all, 0, sizeof *all);
    for (int m = 0; m < a->household->member_count; m++) {
        int at = -1;
        one.member = &a->household->members[m];
        if (!hedui_demo_counts(one.member))
            continue;
        if (!one.member->authorised)
            all->reasons |= HEDUI_DEMO_NOT_AUTHORISED;
        while (one.member->authorised &&
               (one.row = hedui_demo_told_next(
                    a->made->told, &at, hedui_demo_feed_named("real_estate"), one.member->id)))
            hold(all, &one, is);
    }
}

value hedui_demo_two_homes(const asked *a)
{
    holdings all;
    gather(&all, a, is_home);
    value two = all.reasons ? unknown(all.reasons) : yes_no(0);
    for (int i = 0; i < all.count; i++)
        for (int k = 0; k < i; k++) {
            const holding *x = &all.list[i], *y = &all.list[k];
            if (hedui_span_equal(x->paper, y->paper))
                continue;
            two = either(two, !x->unit.length   ? unknown(x->unit_reasons)
                              : !y->unit.length ? unknown(y->unit_reasons)
                                                : yes_no(!hedui_span_equal(x->unit, y->unit)));
        }
    return two;
}

value hedui_demo_premises(const asked *a)
{
    holdings all;
    gather(&all, a, is_premises);
    return all.count ? yes_no(1) : all.reasons ? unknown(all.reasons) : yes_no(0);
}

static value runs_it(const asked *a)
{
    return both(
        hedui_demo_is_code(a, "在业状态", "active", "moved"),
        hedui_demo_is_code(a, "职务", "legal_representative|chairman|director|manager", "other"));
}

value hedui_demo_runs_company(const asked *a)
{
    if (hedui_demo_exempt(a, ABOUT_BUSINESS, NULL, 0))
        return yes_no(0);
    return hedui_demo_some(a, "company_role", runs_it);
}

static value trades(const asked *a)
{
    return hedui_demo_is_code(a, "在业状态", "active", "moved");
}

value hedui_demo_runs_shop(const asked *a)
{
    if (hedui_demo_exempt(a, ABOUT_BUSINESS, NULL, 0))
        return yes_no(0);
    return hedui_demo_some(a, "sole_trader", trades);
}
