/* What rules over further feeds ask about and chance hardly gives: some of the ordinary households
 * of a county whose lists of whom to ask about are written. No rule of cleanup-2014 turns on it but
 * by what is told here as anywhere else. */
#include "demo/core.h"
#include "demo/claim.h"

#include <hedui/date.h>

#include <string.h>

enum { OF = 64 }; /* of so many cases one of each kind */

#define REFUSED(days) "refusal:拒绝种类=拒绝就业>work;拒绝日期=@-" days "d;是否有正当理由=否>false"
#define LEFT(month)                                                                                \
    "dibao_payment:发放年月=@-" month "m;发放状态=已发放>paid;支取日期=未支取>9999-12-31"
#define TREATED(days) "medical_settlement:结算日期=@-" days "d;现金支付=8600.00"

typedef struct core_kind {
    const char *programme, *status, *also;
    uint8_t car, unauthorised, earns; /* earns: each declares more than the standard */
} core_kind;

static const core_kind kinds[] = {
    {"低保", "在享", REFUSED("20") "|" REFUSED("50") "|" REFUSED("90"), 0, 0, 0},
    {"低保", "在享",
     "school_enrolment:学段=本科>bachelor;学习形式=全日制>full_time;办学性质=境外>abroad;"
     "学籍状态=在读>attending",
     0, 0, 0},
    {"低保", "在享", "justice:重点人员类型=服刑>prison;截止日期=2016-05-01;释放日期=>absent", 0, 0,
     0},
    {"低保", "在享",
     "military_service:服役类别=义务兵>conscript;退役日期=>absent;服役状态=现役>serving", 0, 0, 0},
    {"低保", "在享", "unemployment_benefit:就业时间=@-60d", 0, 0, 0},
    {"低保", "在享",
     LEFT("1") "|" LEFT("2") "|" LEFT("3") "|" LEFT("4") "|" LEFT("5") "|" LEFT("6"), 0, 0, 0},
    {"低保", "申请中",
     TREATED("51") "|" TREATED("81") "|" TREATED("112") "|" TREATED("140") "|" TREATED("171") "|" TREATED("202") "|" TREATED(
         "232") "|" TREATED("263") "|" TREATED("293") "|" TREATED("324") "|" TREATED("355") "|" TREATED("385"),
     0, 0, 1},
    {"低保边缘", "在享", "vehicle_tax:号牌号码=@plate;发票价格=68000.00", 1, 0, 0},
    {"低保边缘", "在享", "vehicle_tax:号牌号码=@plate;发票价格=9000.00", 1, 0, 0},
    {"低保边缘", "在享", "vehicle_tax:号牌号码=@plate;发票价格=>unknown", 1, 0, 0},
    {"低保边缘", "在享", "", 0, 1, 0},
    {"刚性支出困难", "在享", "", 0, 1, 0},
    {"低保", "在享", "civil_benefit:待遇类别=其他>other;享受状态=享受中>receiving;月金额=120.00", 0,
     0, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* A grown child who is not counted and not married, where the first household's head has one. */
static void leave_out_child(hedui_demo_case *made)
{
    hedui_demo_household *household = &made->households[0];
    for (int m = 1; m < household->member_count; m++) {
        hedui_demo_member *member = &household->members[m];
        int age = hedui_date_age(member->birth, made->as_of);
        char also[] = "1marital_status:婚姻状况=未婚>10";
        if (member->relation_code[0] < '2' || member->relation_code[0] > '3' || age < 18 ||
            age > 29)
            continue;
        const hedui_demo_quirk quirk = {.also = also};
        member->counted = 0;
        also[0] = (char)('1' + m);
        hedui_demo_plant_claims(made, &quirk);
        return;
    }
}

void hedui_demo_core(hedui_demo_case *made)
{
    hedui_demo_household *household = &made->households[0];
    uint64_t at = made->index % OF;
    if (at >= KINDS) {
        if (strcmp(household->programme, "低保") == 0 && strcmp(household->status, "在享") == 0)
            leave_out_child(made);
        return;
    }
    const core_kind *kind = &kinds[at];
    const hedui_demo_quirk quirk = {.also = kind->also, .cremated = kind->car};
    hedui_demo_plant_claims(made, &quirk);
    household->programme = kind->programme;
    household->status = kind->status;
    if (kind->unauthorised) {
        household->members[0].authorised = 0;
        household->members[0].has_number = 0;
    }
    if (!kind->earns)
        return;
    household->applied_on = made->as_of - 20;
    for (int m = 0; m < household->member_count; m++)
        if (!household->members[m].income_text)
            household->members[m].income_fen = 110000;
}
