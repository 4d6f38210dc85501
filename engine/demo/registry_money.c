/* Money held and money received: deposits, securities, insurance, benefits, payments, treatment. */
#include "demo/registry.h"

static const hedui_demo_column bank_balance[] = {
    {"公民身份号码", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"开户行", HEDUI_MAKE_CHOICE, "示例县农村信用社|示例银行,示例县支行|邮政储蓄",
     .flags = HEDUI_DEMO_KEY},
    {"账号", HEDUI_MAKE_SERIAL, "6590 0000 ", .flags = HEDUI_DEMO_KEY},
    {"账户类型", HEDUI_MAKE_CHOICE, "活期|定期|理财产品", .flags = HEDUI_DEMO_MAYBE},
    {"币种", HEDUI_MAKE_CHOICE, "人民币|CNY", .flags = 0},
    {"余额", HEDUI_MAKE_MONEY, .least = 0, .most = 30000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE | HEDUI_DEMO_VARIES},
    {"余额日期", HEDUI_MAKE_DAY, .least = 5, .most = 20, .flags = HEDUI_DEMO_MAYBE},
};
/* the province answers yes or no, never how much; an empty cell is no answer */
static const hedui_demo_column bank_verdict[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"个人存款是否超限", HEDUI_MAKE_CHOICE, "否|否|否|否|否|否|是|", .flags = HEDUI_DEMO_MAYBE},
    {"家庭存款是否超限", HEDUI_MAKE_CHOICE, "否|否|否|否|是|", .flags = HEDUI_DEMO_MAYBE},
    {"反馈时间", HEDUI_MAKE_DAY, .least = 5, .most = 20,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
};
static const hedui_demo_column securities[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"实际查询日期", HEDUI_MAKE_DAY, .least = 5, .most = 20, .flags = HEDUI_DEMO_KEY},
    {"股票总市值", HEDUI_MAKE_MONEY, .least = 0, .most = 90000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"持有基金总市值", HEDUI_MAKE_MONEY, .least = 0, .most = 20000, .flags = HEDUI_DEMO_MAYBE},
    {"债券总市值", HEDUI_MAKE_MONEY, .least = 0, .most = 20000, .flags = HEDUI_DEMO_MAYBE},
    {"托管商", HEDUI_MAKE_TEXT, "示例证券", .flags = 0},
    {"沪市是否开立", HEDUI_MAKE_CHOICE, "是|否|", .flags = 0},
    {"深市是否开立", HEDUI_MAKE_CHOICE, "是|否|", .flags = 0},
};
static const hedui_demo_column insurance[] = {
    {"保险公司", HEDUI_MAKE_CHOICE, "示例人寿|示例财险", .flags = HEDUI_DEMO_KEY},
    {"保单号", HEDUI_MAKE_SERIAL, "BD", .flags = HEDUI_DEMO_KEY},
    {"投保人证件号码", HEDUI_MAKE_ID, .flags = 0},
    {"投保人", HEDUI_MAKE_NAME, .flags = 0},
    {"被保险人证件号码", HEDUI_MAKE_OTHER_ID, .flags = 0},
    {"被保险人", HEDUI_MAKE_OTHER_NAME, .flags = 0},
    {"险种", HEDUI_MAKE_CHOICE, "两全保险|意外伤害保险|年金保险", .flags = HEDUI_DEMO_MAYBE},
    {"年缴保费", HEDUI_MAKE_MONEY, .least = 100, .most = 12000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"现金价值", HEDUI_MAKE_MONEY, .least = 0, .most = 50000, .flags = HEDUI_DEMO_MAYBE},
    {"生效日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"终止日期", HEDUI_MAKE_CHOICE, "9999-12-31|2030-01-01|2024/6/30|", .flags = 0},
    {"保单状态", HEDUI_MAKE_CHOICE, "有效|失效|终止", .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column civil_benefit[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"待遇类别", HEDUI_MAKE_CHOICE, "低保|高龄津贴|困难残疾人生活补贴|临时救助",
     .flags = HEDUI_DEMO_MAYBE},
    {"户编号", HEDUI_MAKE_HOUSEHOLD, .flags = 0},
    {"享受起始年月", HEDUI_MAKE_NTH_MONTH, .least = 8, .flags = HEDUI_DEMO_MAYBE},
    {"享受截止年月", HEDUI_MAKE_EMPTY, .flags = 0},
    {"月金额", HEDUI_MAKE_MONEY, .least = 50, .most = 600,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"享受状态", HEDUI_MAKE_CHOICE, "享受中|在享|停发", .flags = HEDUI_DEMO_MAYBE},
};
/* by month; what was paid too much is taken back by a negative row */
static const hedui_demo_column dibao_payment[] = {
    {"户编号", HEDUI_MAKE_HOUSEHOLD, .flags = HEDUI_DEMO_KEY},
    {"发放年月", HEDUI_MAKE_NTH_MONTH, .least = 1, .flags = HEDUI_DEMO_KEY},
    {"领款人身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"领款人", HEDUI_MAKE_NAME, .flags = 0},
    {"保障人数", HEDUI_MAKE_COUNT, .least = 1, .most = 6, .flags = HEDUI_DEMO_MAYBE},
    {"发放金额", HEDUI_MAKE_MONEY, .least = 80, .most = 2000,
     .flags = HEDUI_DEMO_REQUIRED | HEDUI_DEMO_NEGATIVE | HEDUI_DEMO_VARIES},
    {"发放状态", HEDUI_MAKE_CHOICE, "已发放|发放成功|发放失败", .flags = HEDUI_DEMO_MAYBE},
    {"发放日期", HEDUI_MAKE_DAY, .least = 10, .most = 100, .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column medical[] = {
    {"结算号", HEDUI_MAKE_SERIAL, "JS", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"入院日期", HEDUI_MAKE_DAY, .least = 60, .most = 400, .flags = HEDUI_DEMO_MAYBE},
    {"出院日期", HEDUI_MAKE_DAY, .least = 40, .most = 60},
    {"结算日期", HEDUI_MAKE_DAY, .least = 10, .most = 40, .flags = HEDUI_DEMO_REQUIRED},
    {"总费用", HEDUI_MAKE_MONEY, .least = 400, .most = 80000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE | HEDUI_DEMO_VARIES},
    {"统筹支出", HEDUI_MAKE_MONEY, .least = 200, .most = 30000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
    {"医疗救助", HEDUI_MAKE_MONEY, .least = 0, .most = 8000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
    {"医疗机构", HEDUI_MAKE_CHOICE, "示例县人民医院|示例县\"仁济\"医院,住院部", .flags = 0},
    {"现金支付", HEDUI_MAKE_MONEY, .least = 0, .most = 30000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_NEGATIVE},
};
static const hedui_demo_column supporter[] = {
    {"户编号", HEDUI_MAKE_HOUSEHOLD, .flags = HEDUI_DEMO_KEY},
    {"义务人公民身份号码", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"义务人姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_REQUIRED},
    {"与被赡养人关系", HEDUI_MAKE_CHOICE, "子女|长子|女儿|父母|兄弟姐妹",
     .flags = HEDUI_DEMO_MAYBE},
    {"义务人家庭人口", HEDUI_MAKE_COUNT, .least = 1, .most = 6, .flags = HEDUI_DEMO_MAYBE},
    {"义务人家庭月收入(元)", HEDUI_MAKE_MONEY, .least = 0, .most = 9000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"应赡养抚养人数", HEDUI_MAKE_COUNT, .least = 1, .most = 3, .flags = HEDUI_DEMO_MAYBE},
    {"判决或协议月赡养费", HEDUI_MAKE_CHOICE, "|100|200.00", .flags = 0},
    {"实付月赡养费", HEDUI_MAKE_MONEY, .least = 0, .most = 300, .flags = HEDUI_DEMO_MAYBE},
    {"授权书编号", HEDUI_MAKE_SERIAL, "SS", .flags = 0},
    {"授权有效期至", HEDUI_MAKE_CHOICE, "9999-12-31|2015-12-31|20151231|", .flags = 0},
};

static const hedui_demo_registry registries[] = {
    {"bank_balance", "bank-balance-", NULL, HEDUI_DEMO_COLUMNS(bank_balance), 18, 120, 4, 2, 1,
     .daily = 1, .keyed = 1},
    {"bank_verdict", "bank-verdict-", NULL, HEDUI_DEMO_COLUMNS(bank_verdict), 0, 120, 2, 1, 1,
     .daily = 1, .keyed = 1},
    {"securities", "securities-", NULL, HEDUI_DEMO_COLUMNS(securities), 18, 120, 25, 1, 2,
     .daily = 1, .keyed = 0},
    {"insurance_policy", "insurance-", NULL, HEDUI_DEMO_COLUMNS(insurance), 18, 75, 18, 1, 2,
     .second = 1, .optional_persons = 1, .keyed = 0},
    {"civil_benefit", "civil-benefit-", "民政待遇发放名单", HEDUI_DEMO_COLUMNS(civil_benefit), 0,
     120, 14, 2, 2, .footer = 1, .keyed = 0},
    {"dibao_payment", "dibao-payment-", NULL, HEDUI_DEMO_COLUMNS(dibao_payment), 0, 120, 2, 3, 1,
     .who = HEDUI_DEMO_HEADS, .keyed = 0},
    {"medical_settlement", "medical-", NULL, HEDUI_DEMO_COLUMNS(medical), 0, 120, 14, 2, 2,
     .keyed = 1},
    {"caseload_supporter", "caseload-supporter-", NULL, HEDUI_DEMO_COLUMNS(supporter), 20, 70, 16,
     1, 1, .daily = 1, .keyed = 1},
};

const hedui_demo_shelf hedui_demo_money_shelf = {registries,
                                                 sizeof registries / sizeof *registries};
