/* Declared incomes on both sides of the line, and those that nobody declared. */
#include "demo/quirk.h"

static int64_t counted_of(const hedui_demo_household *household)
{
    int64_t counted = 0;
    for (int i = 0; i < household->member_count; i++)
        counted += household->members[i].counted;
    return counted;
}

/* Let the household's incomes come to `total` fen: the head's is what the others leave. */
static void set_total(hedui_demo_household *household, int64_t total)
{
    int64_t others = 0;
    for (int i = 1; i < household->member_count; i++) {
        hedui_demo_member *member = &household->members[i];
        if (member->income_fen > total / 12)
            member->income_fen = total / 12;
        if (member->counted)
            others += member->income_fen;
    }
    household->members[0].income_fen = total - others;
}

/* Draw until the household lies where the quirk wants it: urban or rural, in or out of town 3. */
static void live_in(hedui_demo_case *made, hedui_demo_household *household, int64_t standard)
{
    while (hedui_demo_standard(household) != standard) {
        memset(household->members, 0, sizeof household->members);
        household->member_count = 0;
        hedui_demo_family(made, household);
    }
    hedui_demo_in_scope(made, household);
}

static void total_income(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    static const struct {
        const char *where;
        int64_t fen;
    } standards[] = {{"urban", 42000}, {"rural", 22000}, {"town", 45000}};
    for (size_t i = 0; i < sizeof standards / sizeof *standards; i++)
        if (quirk->type && strcmp(quirk->type, standards[i].where) == 0)
            live_in(made, household, standards[i].fen);
    set_total(household, hedui_demo_standard(household) * counted_of(household) + quirk->gap);
}

/* In town 3 the line is higher than the county's: between the two there is no flag. */
static void between_lines(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    (void)quirk;
    live_in(made, household, 45000);
    set_total(household, 43500 * counted_of(household));
}

static void not_declared(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    int who = 0;
    if (quirk->cancelled) { /* another member's income alone reaches the line */
        hedui_demo_at_least(made, household, 2);
        household->members[0].income_fen =
            hedui_demo_standard(household) * counted_of(household) + quirk->gap;
        who = 1;
    }
    hedui_demo_declare(&household->members[who], quirk->also);
}

static void uncounted_income(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    hedui_demo_at_least(made, household, 2);
    hedui_demo_member *member = &household->members[1];
    member->counted = 0;
    member->income_fen = 900000;
    if (quirk->also)
        hedui_demo_declare(member, quirk->also);
}

static const hedui_demo_quirk quirks[] = {
    {"income_over", "申报收入超过标准", 40, .plant = total_income, .type = "urban", .gap = 31250},
    {"income_over_rural", "农村申报收入超过标准", 20, .plant = total_income, .type = "rural",
     .gap = 5050},
    {"income_exact", "申报收入正好等于标准", 16, .plant = total_income, .type = "urban"},
    {"income_exact_rural", "农村申报收入正好等于标准", 8, .plant = total_income, .type = "rural"},
    {"income_below", "申报收入比标准少一分", 16, .plant = total_income, .type = "urban", .gap = -1},
    {"income_town_exact", "镇自有标准，正好等于", 6, .plant = total_income, .type = "town"},
    {"income_town_between", "高于县标准而低于镇标准", 10, .plant = between_lines},
    {"income_empty", "收入未申报", 24, .plant = not_declared, .also = ""},
    {"income_empty_over", "一人未申报，其余已达标准", 12, .plant = not_declared, .also = "",
     .cancelled = 1, .gap = 1000},
    {"income_empty_exact", "一人未申报，其余正好达到标准", 4, .plant = not_declared, .also = "",
     .cancelled = 1},
    {"income_empty_below", "一人未申报，其余差一分", 4, .plant = not_declared, .also = "",
     .cancelled = 1, .gap = -1},
    {"income_words", "收入写成文字", 8, .plant = not_declared, .also = "约八百"},
    {"uncounted_income", "非保障对象收入高", 8, .plant = uncounted_income},
    {"uncounted_income_empty", "非保障对象未申报收入", 8, .plant = uncounted_income, .also = ""},
};

const hedui_demo_topic hedui_demo_money_quirks = {quirks, sizeof quirks / sizeof *quirks};
