/* What is wrong with the caseload itself: authorisations, members, households. */
#include "demo/quirk.h"

#include <stdio.h>

static void withdraw(hedui_demo_case *made, hedui_demo_member *member, const char *how)
{
    member->authorised = 0;
    if (strcmp(how, "none") == 0) {
        member->has_number = 0;
        return;
    }
    member->until_style = "iso";
    member->until = made->as_of - hedui_demo_random_between(&made->random, 1, 200);
    if (strcmp(how, "yesterday") == 0)
        member->until = made->as_of - 1;
    if (strcmp(how, "today") == 0) {
        member->until = made->as_of;
        member->authorised = 1;
    }
}

static void one_authorisation(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    withdraw(made, member, quirk->also);
    if (quirk->type)
        (void)hedui_demo_add_car(made, member);
}

static void all_authorisations(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    for (int i = 0; i < household->member_count; i++)
        withdraw(made, &household->members[i], quirk->also);
    (void)hedui_demo_add_car(made, &household->members[0]);
}

/* One member gave none, another has a car: the flag stands, the rest stays open. */
static void partly_authorised(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_at_least(made, &made->households[0], 2);
    withdraw(made, &made->households[0].members[1], quirk->also);
    (void)hedui_demo_add_car(made, &made->households[0].members[0]);
}

static void uncounted_authorisation(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_at_least(made, &made->households[0], 2);
    made->households[0].members[1].counted = 0;
    withdraw(made, &made->households[0].members[1], quirk->also);
}

static void bad_member(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    hedui_demo_at_least(made, household, 2);
    hedui_demo_member *member = &household->members[1];
    member->reject = quirk->reason;
    household->lost_member = 1;
    if (strcmp(quirk->reason, "id_check") == 0)
        member->id_cell[17] = member->id_cell[17] == '0' ? '1' : '0';
    else if (strcmp(quirk->reason, "id_masked") == 0)
        memset(member->id_cell + 6, '*', 8);
    else if (strcmp(quirk->reason, "missing") == 0)
        member->id_cell[0] = '\0';
    else
        (void)snprintf(member->id_cell, sizeof member->id_cell, "6.59E+17");
    if (quirk->type)
        (void)hedui_demo_add_car(made, &household->members[0]);
}

static void no_members(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    (void)quirk;
    made->households[0].member_count = 0;
}

static void none_counted(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    (void)quirk;
    for (int i = 0; i < made->households[0].member_count; i++)
        made->households[0].members[i].counted = 0;
}

static void lost_household(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    (void)quirk;
    made->households[0].stranger_member = 1;
}

static void repeated_member(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    if (quirk->reason) {
        member->conflict = 1;
        made->households[0].lost_member = 1;
    } else {
        member->copies = 1;
    }
}

static void repeated_household(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    if (quirk->reason)
        made->households[0].conflict = 1;
    else
        made->households[0].copies = 1;
}

static void bad_household(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    household->reject = quirk->reason;
    household->programme = quirk->also;
    household->member_count = 1;
    household->members[0].reject = "household_unknown";
}

static void number_form(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    hedui_demo_about cells = {.weak = 0};
    hedui_demo_fit(made, member, quirk->form);
    memcpy(cells.id, member->id_cell, sizeof cells.id);
    memcpy(cells.name, member->name_cell, sizeof cells.name);
    hedui_demo_form(&cells, member, quirk->form);
    memcpy(member->id_cell, cells.id, sizeof cells.id);
    memcpy(member->name_cell, cells.name, sizeof cells.name);
    member->upgraded = cells.weak;
    if (quirk->type)
        (void)hedui_demo_add_car(made, member);
}

static void unknown_area(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    (void)snprintf(made->households[0].area, sizeof made->households[0].area, "%s", quirk->also);
    made->households[0].area_known = 0;
}

static const hedui_demo_quirk quirks[] = {
    {"no_authorisation", "全家无授权书", 30, .plant = all_authorisations, .also = "none"},
    {"expired", "授权已过期", 24, .plant = one_authorisation, .also = "expired"},
    {"expired_yesterday", "授权昨日到期", 8, .plant = one_authorisation, .also = "yesterday"},
    {"expires_today", "授权今日到期，仍有效", 12, .plant = one_authorisation, .also = "today"},
    {"expires_today_car", "授权今日到期，名下有车", 8, .plant = one_authorisation, .also = "today",
     .type = "car"},
    {"unauthorised_car", "无授权的人有车，不得比对", 12, .plant = one_authorisation, .also = "none",
     .type = "car"},
    {"partly_authorised_car", "一人无授权，另一人有车", 8, .plant = partly_authorised,
     .also = "expired"},
    {"uncounted_unauthorised", "非保障对象无授权", 10, .plant = uncounted_authorisation,
     .also = "none"},
    {"member_bad_check", "成员号码校验位错误", 6, .plant = bad_member, .reason = "id_check"},
    {"member_bad_check_car", "成员号码校验位错误，另一人有车", 4, .plant = bad_member,
     .reason = "id_check", .type = "car"},
    {"member_masked", "成员号码已脱敏", 3, .plant = bad_member, .reason = "id_masked"},
    {"member_no_number", "成员号码为空", 3, .plant = bad_member, .reason = "missing"},
    {"member_scientific", "成员号码为科学计数", 2, .plant = bad_member, .reason = "id_format"},
    {"no_members", "名册中无成员", 8, .plant = no_members},
    {"none_counted", "没有保障对象", 8, .plant = none_counted},
    {"household_unknown", "成员所属户不在名册", 4, .plant = lost_household},
    {"member_twice", "同一成员行重复", 8, .plant = repeated_member},
    {"member_conflict", "同一成员两行内容不同", 2, .plant = repeated_member,
     .reason = "key_conflict"},
    {"household_twice", "同一户行重复", 6, .plant = repeated_household},
    {"household_conflict", "同一户编号两行内容不同", 2, .plant = repeated_household,
     .reason = "key_conflict"},
    {"household_bad", "户行救助类型不在代码表内，整行退回", 2, .plant = bad_household,
     .reason = "code_value", .also = "低报"},
    {"caseload_15_car", "名册为 15 位号码，名下有车", 10, .plant = number_form, .form = "old_15",
     .type = "car"},
    {"caseload_lower_x_car", "名册号码小写 x，名下有车", 8, .plant = number_form, .form = "lower_x",
     .type = "car"},
    {"caseload_full_width_car", "名册号码全角，名下有车", 6, .plant = number_form,
     .form = "full_width", .type = "car"},
    {"area_unknown", "行政区划代码不在区划表内", 10, .plant = unknown_area, .also = "659000099001"},
};

const hedui_demo_topic hedui_demo_caseload_quirks = {quirks, sizeof quirks / sizeof *quirks};
