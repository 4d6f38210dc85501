/* Things and undertakings: homes, machines, boats, what was paid for cars, companies, shops. */
#include "demo/registry.h"

/* Co-owners have a row each, under one certificate. */
static const hedui_demo_column real_estate[] = {
    {"不动产单元号", HEDUI_MAKE_SERIAL, "659000001001GB", .flags = HEDUI_DEMO_MAYBE},
    {"不动产权证号", HEDUI_MAKE_SERIAL, "新(2013)示例县不动产权第", .flags = HEDUI_DEMO_KEY},
    {"权利人证件号码", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"权利人", HEDUI_MAKE_NAME, .flags = 0},
    {"共有方式", HEDUI_MAKE_CHOICE, "共同共有|按份共有|单独所有", .flags = HEDUI_DEMO_MAYBE},
    {"共有份额", HEDUI_MAKE_CHOICE, "50%|0.5|", .flags = 0},
    {"房地坐落", HEDUI_MAKE_TEXT, "示例县城关街道,", .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"建筑面积", HEDUI_MAKE_AREA, .least = 40, .most = 140, .flags = 0},
    {"规划用途", HEDUI_MAKE_CHOICE, "成套住宅|住宅|车位|商铺", .flags = HEDUI_DEMO_MAYBE},
    {"房屋性质", HEDUI_MAKE_CHOICE, "商品房|房改房|自建|安置房", .flags = HEDUI_DEMO_MAYBE},
    {"登记时间", HEDUI_MAKE_DAY, .least = 60, .most = 5000, .flags = HEDUI_DEMO_MAYBE},
    {"权属状态", HEDUI_MAKE_CHOICE, "现势|现势|转移|注销", .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column presale[] = {
    {"合同编号", HEDUI_MAKE_SERIAL, "HT", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"买受人", HEDUI_MAKE_NAME, .flags = 0},
    {"房屋坐落", HEDUI_MAKE_TEXT, "示例县新区花园", .flags = 0},
    {"建筑面积", HEDUI_MAKE_AREA, .least = 60, .most = 140, .flags = 0},
    {"规划用途", HEDUI_MAKE_CHOICE, "住宅|车位", .flags = HEDUI_DEMO_MAYBE},
    {"合同金额", HEDUI_MAKE_MONEY, .least = 90000, .most = 400000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"签约日期", HEDUI_MAKE_DAY, .least = 60, .most = 900, .flags = HEDUI_DEMO_MAYBE},
    {"合同状态", HEDUI_MAKE_CHOICE, "已备案|已签约|退房|", .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column machine[] = {
    {"牌证号码", HEDUI_MAKE_SERIAL, "新59-", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"机主姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"机械种类", HEDUI_MAKE_CHOICE, "轮式拖拉机|手扶|联合收割机", .flags = HEDUI_DEMO_MAYBE},
    {"机械型号", HEDUI_MAKE_TEXT, "东方红-", .flags = 0},
    {"功率", HEDUI_MAKE_COUNT, .least = 8, .most = 90},
    {"初次登记日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"登记状态", HEDUI_MAKE_CHOICE, "正常|正常|注销|过户", .flags = HEDUI_DEMO_MAYBE},
    {"购机价格", HEDUI_MAKE_MONEY, .least = 3000, .most = 90000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
};
static const hedui_demo_column boat[] = {
    {"登记号码", HEDUI_MAKE_SERIAL, "CB", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"船舶所有人", HEDUI_MAKE_NAME, .flags = 0},
    {"船名", HEDUI_MAKE_TEXT, "示例渔", .flags = HEDUI_DEMO_VARIES},
    {"船舶种类", HEDUI_MAKE_CHOICE, "渔船|货船|自用船", .flags = HEDUI_DEMO_MAYBE},
    {"总吨位", HEDUI_MAKE_COUNT, .least = 2, .most = 80},
    {"登记日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"登记状态", HEDUI_MAKE_CHOICE, "正常|抵押|注销", .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column vehicle_tax[] = {
    {"完税证明号码", HEDUI_MAKE_SERIAL, "WS", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"号牌号码", HEDUI_MAKE_TEXT, "新Z1", .flags = 0},
    {"车辆识别代号", HEDUI_MAKE_TEXT, "LSVAA4182E200", .flags = 0},
    {"厂牌型号", HEDUI_MAKE_TEXT, "五菱LZW", .flags = 0},
    {"计税价格", HEDUI_MAKE_MONEY, .least = 20000, .most = 120000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"应纳税额", HEDUI_MAKE_MONEY, .least = 1000, .most = 11000, .flags = HEDUI_DEMO_MAYBE},
    {"申报日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
};
/* capital in 万元; members of a cooperative are enrolled by the village */
static const hedui_demo_column company_role[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"职务", HEDUI_MAKE_CHOICE, "法定代表人|执行董事|监事|合作社成员|社员",
     .flags = HEDUI_DEMO_MAYBE},
    {"统一社会信用代码", HEDUI_MAKE_USCC, .flags = 0},
    {"注册号", HEDUI_MAKE_TEXT, "65900000000", .flags = 0},
    {"企业名称", HEDUI_MAKE_SERIAL, "示例县种植专业合作社", .flags = HEDUI_DEMO_KEY},
    {"企业类型", HEDUI_MAKE_CHOICE, "农民专业合作社|有限责任公司|个人独资企业",
     .flags = HEDUI_DEMO_MAYBE},
    {"在业状态", HEDUI_MAKE_CHOICE, "存续|在营|吊销|注销", .flags = HEDUI_DEMO_MAYBE},
    {"成立日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"注册资本(万元)", HEDUI_MAKE_WAN, .least = 1, .most = 500,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"币种", HEDUI_MAKE_CHOICE, "人民币|美元|", .flags = 0},
};
static const hedui_demo_column investor[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = 0},
    {"统一社会信用代码", HEDUI_MAKE_USCC, .flags = 0},
    {"企业名称", HEDUI_MAKE_SERIAL, "示例县商贸有限公司", .flags = HEDUI_DEMO_KEY},
    {"企业类型", HEDUI_MAKE_CHOICE, "有限责任公司|合伙企业", .flags = HEDUI_DEMO_MAYBE},
    {"在业状态", HEDUI_MAKE_CHOICE, "存续|吊销|注销", .flags = HEDUI_DEMO_MAYBE},
    {"成立日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"认缴出资额(万元)", HEDUI_MAKE_WAN, .least = 1, .most = 200,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"实缴出资额(万元)", HEDUI_MAKE_WAN, .least = 0, .most = 50, .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column sole_trader[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"证件类型", HEDUI_MAKE_DOCUMENT, "111|111|居民身份证|户口簿|", .flags = 0},
    {"经营者", HEDUI_MAKE_NAME, .flags = 0},
    {"字号名称", HEDUI_MAKE_SERIAL, "示例县便民店", .flags = 0},
    {"在业状态", HEDUI_MAKE_CHOICE, "存续|存续|吊销|注销|在营", .flags = HEDUI_DEMO_MAYBE},
    {"成立日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000, .flags = HEDUI_DEMO_MAYBE},
    {"经营范围", HEDUI_MAKE_CHOICE, "小吃|日用百货、烟草零售|理发,\n美容", .flags = 0},
    {"资金数额(万元)", HEDUI_MAKE_WAN, .least = 0, .most = 10,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
};

static const hedui_demo_registry registries[] = {
    {"real_estate", "real-estate-", NULL, HEDUI_DEMO_COLUMNS(real_estate), 18, 120, 22, 1, 2,
     .second = 2, .keyed = 1},
    {"presale_contract", "presale-", NULL, HEDUI_DEMO_COLUMNS(presale), 18, 75, 32, 1, 2,
     .keyed = 1},
    {"agricultural_machine", "agri-machine-", "示例县农业机械登记台账", HEDUI_DEMO_COLUMNS(machine),
     18, 75, 30, 1, 2, .gb18030 = 1, .crlf = 1, .footer = 1, .keyed = 1},
    {"boat", "boat-", NULL, HEDUI_DEMO_COLUMNS(boat), 18, 75, 34, 1, 2, .keyed = 1},
    {"vehicle_tax", "vehicle-tax-", NULL, HEDUI_DEMO_COLUMNS(vehicle_tax), 18, 75, 30, 1, 2,
     .keyed = 1},
    {"company_role", "company-role-", NULL, HEDUI_DEMO_COLUMNS(company_role), 18, 75, 30, 1, 2,
     .keyed = 0},
    {"investor", "investor-", NULL, HEDUI_DEMO_COLUMNS(investor), 18, 75, 32, 1, 2, .keyed = 0},
    {"sole_trader", "sole-trader-", NULL, HEDUI_DEMO_COLUMNS(sole_trader), 18, 70, 30, 1, 2,
     .keyed = 0},
};

const hedui_demo_shelf hedui_demo_property_shelf = {registries,
                                                    sizeof registries / sizeof *registries};
