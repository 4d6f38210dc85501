/* Work and social insurance: pensions, contributions, unemployment, housing fund, tax. */
#include "demo/registry.h"

static const hedui_demo_column pension[] = {
    {"公民身份号码", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"险种", HEDUI_MAKE_CHOICE, "110|110|120", .flags = HEDUI_DEMO_KEY},
    {"发放状态", HEDUI_MAKE_CHOICE, "1|1|正常发放=1|2|3", .flags = HEDUI_DEMO_MAYBE},
    {"待遇起始年月", HEDUI_MAKE_MONTH, .least = 2, .most = 200, .flags = HEDUI_DEMO_MAYBE},
    {"月养老金", HEDUI_MAKE_MONEY, .least = 900, .most = 3200,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"发放年月", HEDUI_MAKE_NTH_MONTH, .least = 1, .flags = HEDUI_DEMO_MAYBE},
    {"暂停原因", HEDUI_MAKE_EMPTY, "absent", .flags = 0},
    {"终止原因", HEDUI_MAKE_EMPTY, "absent", .flags = 0},
};
/* who draws has ended contributing (AAC031 is 3) and has not left (AAC008 is 1) */
static const hedui_demo_column pension_resident[] = {
    {"AAC002", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"AAC003", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"AAC008", HEDUI_MAKE_CHOICE, "1", .flags = HEDUI_DEMO_MAYBE},
    {"AAC031", HEDUI_MAKE_CHOICE, "3", .flags = HEDUI_DEMO_MAYBE},
    {"AAE116", HEDUI_MAKE_CHOICE, "1|1|1|2|3", .flags = HEDUI_DEMO_MAYBE},
    {"待遇起始年月", HEDUI_MAKE_MONTH, .least = 2, .most = 200, .flags = HEDUI_DEMO_MAYBE},
    {"终止原因", HEDUI_MAKE_EMPTY, "absent", .flags = 0},
    {"基础养老金", HEDUI_MAKE_MONEY, .least = 55, .most = 90,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"个人账户养老金", HEDUI_MAKE_MONEY, .least = 0, .most = 60, .flags = HEDUI_DEMO_MAYBE},
    {"发放年月", HEDUI_MAKE_NTH_MONTH, .least = 1, .flags = HEDUI_DEMO_MAYBE},
};
/* paid by the month; arrears come in one month; who pays for himself pays by the floor */
static const hedui_demo_column contribution[] = {
    {"公民身份号码", HEDUI_MAKE_ID, .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"险种", HEDUI_MAKE_CHOICE, "110|310|390", .flags = HEDUI_DEMO_REQUIRED},
    {"缴费年月", HEDUI_MAKE_NTH_MONTH, .least = 1, .flags = HEDUI_DEMO_REQUIRED},
    {"缴费日期", HEDUI_MAKE_DAY, .least = 10, .most = 90, .flags = HEDUI_DEMO_MAYBE},
    {"缴费基数", HEDUI_MAKE_MONEY, .least = 1800, .most = 5200, .flags = HEDUI_DEMO_MAYBE},
    {"个人缴费", HEDUI_MAKE_MONEY, .least = 140, .most = 420,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
    {"是否补缴", HEDUI_MAKE_CHOICE, "否=false|否=false|是=true", .flags = 0},
    {"参保身份", HEDUI_MAKE_CHOICE, "单位职工=employed|灵活就业=flexible|公益性岗位=public_post",
     .flags = HEDUI_DEMO_MAYBE},
    {"单位编号", HEDUI_MAKE_TEXT, "DW", .flags = 0},
    {"单位名称", HEDUI_MAKE_TEXT, "示例县某公司", .flags = 0},
    {"参保状态", HEDUI_MAKE_CHOICE, "1|1|2|正常参保=1", .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column unemployment[] = {
    {"公民身份号码", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"失业登记时间", HEDUI_MAKE_DAY, .least = 40, .most = 900, .flags = HEDUI_DEMO_KEY},
    {"登记号码", HEDUI_MAKE_SERIAL, "SY", .flags = 0},
    {"领取状态", HEDUI_MAKE_CHOICE, "领取中=drawing|暂停=paused|正在领取=drawing",
     .flags = HEDUI_DEMO_MAYBE},
    {"月失业保险金", HEDUI_MAKE_MONEY, .least = 600, .most = 1100,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"剩余失业保险金月数", HEDUI_MAKE_COUNT, .least = 0, .most = 23, .flags = HEDUI_DEMO_MAYBE},
    {"结束期", HEDUI_MAKE_MONTH, .least = -10, .most = 2, .flags = HEDUI_DEMO_MAYBE},
    {"失业原因", HEDUI_MAKE_CHOICE, "合同到期|单位停产|其他", .flags = 0},
    {"就业登记日期", HEDUI_MAKE_EMPTY, "absent", .flags = 0},
    {"单位名称", HEDUI_MAKE_TEXT, "示例县某厂", .flags = 0},
    {"就业时间", HEDUI_MAKE_EMPTY, "absent", .flags = 0},
};
static const hedui_demo_column housing_fund[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"单位代码", HEDUI_MAKE_TEXT, "0", .flags = HEDUI_DEMO_KEY},
    {"单位名称", HEDUI_MAKE_TEXT, "示例县某厂", .flags = 0},
    {"汇缴状态", HEDUI_MAKE_CHOICE, "正常=paying|正常=paying|封存=sealed|销户=closed|=unknown",
     .flags = HEDUI_DEMO_MAYBE},
    {"汇缴年月", HEDUI_MAKE_MONTH, .least = 1, .most = 20, .flags = HEDUI_DEMO_MAYBE},
    {"月缴额", HEDUI_MAKE_MONEY, .least = 200, .most = 900, .flags = HEDUI_DEMO_MAYBE},
    {"职工月缴额", HEDUI_MAKE_MONEY, .least = 100, .most = 450, .flags = HEDUI_DEMO_MAYBE},
    {"职工缴交率", HEDUI_MAKE_CHOICE, "8%=0.08|0.08|0.05", .flags = 0},
    {"开户日期", HEDUI_MAKE_EPOCH, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"账户余额", HEDUI_MAKE_MONEY, .least = 0, .most = 40000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"该职工代码存在的数据条数", HEDUI_MAKE_COUNT, .least = 1, .most = 2,
     .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column fund_withdrawal[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"业务流水号", HEDUI_MAKE_SERIAL, "TQ", .flags = 0},
    {"提取日期", HEDUI_MAKE_EPOCH, .least = 40, .most = 900, .flags = HEDUI_DEMO_REQUIRED},
    {"提取金额(元)", HEDUI_MAKE_MONEY, .least = 500, .most = 60000, .flags = HEDUI_DEMO_REQUIRED},
    {"提取原因", HEDUI_MAKE_CHOICE,
     "购房=purchase|还贷=repay_loan|离退休=retire|租房=rent|大病=illness",
     .flags = HEDUI_DEMO_MAYBE},
};
/* corrections are rows of their own, below zero */
static const hedui_demo_column income_tax[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证=111|户口簿=113|=absent", .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"所得项目名称", HEDUI_MAKE_CHOICE,
     "工资、薪金所得=wages|劳务报酬所得=labour|经营所得=business", .flags = HEDUI_DEMO_MAYBE},
    {"税款所属期起", HEDUI_MAKE_NTH_MONTH, .least = 2, .flags = HEDUI_DEMO_REQUIRED},
    {"税款所属期止", HEDUI_MAKE_NTH_MONTH, .least = 2, .flags = HEDUI_DEMO_REQUIRED},
    {"收入额", HEDUI_MAKE_MONEY, .least = 800, .most = 5200,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
    {"应纳税所得额", HEDUI_MAKE_MONEY, .least = 0, .most = 900,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
    {"入库金额", HEDUI_MAKE_MONEY, .least = 0, .most = 90,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
    {"入库日期", HEDUI_MAKE_DAY, .least = 10, .most = 90, .flags = HEDUI_DEMO_MAYBE},
    {"单位纳税人名称", HEDUI_MAKE_TEXT, "示例县某公司", .flags = 0},
};

static const hedui_demo_registry registries[] = {
    {"pension", "pension-", NULL, HEDUI_DEMO_COLUMNS(pension), 55, 120, 12, 1, 2, .keyed = 1},
    {"pension_resident", "pension-resident-", NULL, HEDUI_DEMO_COLUMNS(pension_resident), 60, 120,
     3, 1, 2, .keyed = 1},
    {"contribution", "contribution-", NULL, HEDUI_DEMO_COLUMNS(contribution), 18, 59, 20, 3, 2,
     .keyed = 0},
    {"unemployment_benefit", "unemployment-", NULL, HEDUI_DEMO_COLUMNS(unemployment), 18, 59, 25, 1,
     2, .keyed = 1},
    {"housing_fund", "housing-fund-", NULL, HEDUI_DEMO_COLUMNS(housing_fund), 18, 59, 25, 1, 2,
     .keyed = 1},
    {"housing_fund_withdrawal", "housing-fund-withdrawal-", "住房公积金提取明细表",
     HEDUI_DEMO_COLUMNS(fund_withdrawal), 18, 75, 40, 2, 2, .footer = 1},
    {"income_tax", "income-tax-", NULL, HEDUI_DEMO_COLUMNS(income_tax), 18, 65, 30, 3, 2,
     .crlf = 1},
};

const hedui_demo_shelf hedui_demo_work_shelf = {registries, sizeof registries / sizeof *registries};
