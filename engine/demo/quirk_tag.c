/* The key categories that only inform, and tips. */
#include "demo/claim.h"

#define PLANT .plant = hedui_demo_plant_claims
#define WORKS(month) "contribution:险种=110;参保身份=单位职工>employed;缴费年月=@" month "m"
#define SOMEHOW(month) "contribution:险种=110;参保身份=>unknown;缴费年月=@" month "m"
#define POST(month) "contribution:险种=110;参保身份=公益性岗位>public_post;缴费年月=@" month "m"

static void live_elsewhere(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    if (member->entry_count)
        member->entries[0].area = quirk->type;
}

/* Applied so many days ago; the benefit begins about a month later. */
static void receive_since(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_plant_claims(made, quirk);
    made->households[0].applied_on = made->as_of - quirk->gap;
}

static void have_members(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    hedui_demo_at_least(made, household, quirk->died);
    for (int i = household->member_count; i > quirk->died; i--)
        household->members[i - 1].counted = 0;
    if (quirk->cancelled)
        household->members[quirk->died - 1].counted = 0;
}

static const hedui_demo_quirk quirks[] = {
    {"divorced", "离异", 6, PLANT, .also = "marriage:登记类型=离婚登记>divorce;登记日期=@-700d"},
    {"remarried", "离婚后再婚", 4, PLANT,
     .also = "marriage:登记类型=离婚登记>divorce;登记日期=@-3000d|"
             "marriage:登记类型=结婚登记>marriage;登记日期=@-900d"},
    {"divorce_reissue", "补领离婚证", 3, PLANT,
     .also = "marriage:登记类型=补领离婚证>divorce_reissue;登记日期=@-300d"},
    {"marriage_no_day", "再婚登记没有日期", 3, PLANT,
     .also = "marriage:登记类型=离婚登记>divorce;登记日期=@-3000d|"
             "marriage:登记类型=结婚登记>marriage;登记日期=>unknown"},
    {"register_elsewhere", "户籍在外县", 6, .plant = live_elsewhere, .type = "659001"},
    {"register_no_area", "户籍区划空着", 3, .plant = live_elsewhere, .type = ""},
    {"graduate_works", "大学毕业已就业", 5, PLANT,
     .also = "school_enrolment:学段=本科>bachelor;学籍状态=毕业>graduated|" WORKS("-2")},
    {"graduate_studies", "还在读而有单位参保", 3, PLANT,
     .also = "school_enrolment:学段=本科>bachelor;学籍状态=在读>attending|" WORKS("-2")},
    {"graduate_junior", "初中毕业已就业", 3, PLANT,
     .also = "school_enrolment:学段=初中>junior;学籍状态=毕业>graduated|" WORKS("-2")},
    {"graduate_left_work", "毕业，两年前参过保", 3, PLANT,
     .also = "school_enrolment:学段=高中>senior;学籍状态=毕业>graduated|" WORKS("-24")},
    {"graduate_unsure", "毕业，参保身份空着", 3, PLANT,
     .also = "school_enrolment:学段=高中>senior;学籍状态=毕业>graduated|" SOMEHOW("-2")},
    {"works_long", "连续六个月由单位参保", 5, PLANT,
     .also = WORKS("-7") "|" WORKS("-6") "|" WORKS("-5") "|" WORKS("-4") "|" WORKS("-3") "|" WORKS(
         "-2")},
    {"works_short", "五个月由单位参保", 4, PLANT,
     .also = WORKS("-6") "|" WORKS("-5") "|" WORKS("-4") "|" WORKS("-3") "|" WORKS("-2")},
    {"works_unsure", "六个月，其中一个月参保身份空着", 3, PLANT,
     .also = WORKS("-7") "|" WORKS("-6") "|" WORKS("-5") "|" WORKS("-4") "|" WORKS(
         "-3") "|" SOMEHOW("-2")},
    {"works_post", "公益性岗位", 3, PLANT,
     .also = POST("-7") "|" POST("-6") "|" POST("-5") "|" POST("-4") "|" POST("-3") "|" POST("-2")},
    {"long_broken", "享受满三年，中间停发过", 4, .plant = receive_since, .gap = 2000,
     .also = "dibao_payment:发放年月=@-20m;发放状态=停发>stopped"},
    {"long_returned", "享受满三年，退回过一次", 3, .plant = receive_since, .gap = 2000,
     .also = "dibao_payment:发放年月=@-20m;发放状态=退票>returned"},
    {"size_four", "保障对象正好四人", 4, .plant = have_members, .died = 4},
    {"size_three", "四口人，三人是保障对象", 4, .plant = have_members, .died = 4, .cancelled = 1},
    {"tip_open", "有未办结的举报", 5, PLANT, .also = "tip:办结日期=>absent;核查结果=>unknown"},
    {"tip_confirmed", "举报查实", 3, PLANT, .also = "tip:办结日期=@-9d;核查结果=属实>confirmed"},
    {"tip_unfounded", "举报不属实", 4, PLANT,
     .also = "tip:办结日期=@-9d;核查结果=不属实>unfounded"},
    {"tip_no_result", "举报办结而没有写结果", 3, PLANT,
     .also = "tip:办结日期=@-9d;核查结果=>unknown"},
};

const hedui_demo_topic hedui_demo_tag_quirks = {quirks, sizeof quirks / sizeof *quirks};
