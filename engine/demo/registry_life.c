/* Lives: marriage, disability, school, service, custody, deaths, and what the county writes down.
 */
#include "demo/registry.h"

/* Old entries have no number, or one of fifteen digits: no entry does not mean unmarried. */
static const hedui_demo_column marriage[] = {
    {"登记字号", HEDUI_MAKE_SERIAL, "J659000-", .flags = HEDUI_DEMO_KEY},
    {"男方证件号码", HEDUI_MAKE_MAN_ID, .flags = HEDUI_DEMO_MAYBE},
    {"男方姓名", HEDUI_MAKE_MAN_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"女方证件号码", HEDUI_MAKE_WOMAN_ID, .flags = HEDUI_DEMO_MAYBE},
    {"女方姓名", HEDUI_MAKE_WOMAN_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"登记类型", HEDUI_MAKE_CHOICE,
     "结婚登记=marriage|结婚=marriage|离婚登记=divorce|补领结婚证=marriage_reissue",
     .flags = HEDUI_DEMO_REQUIRED},
    {"登记日期", HEDUI_MAKE_DAY, .least = 200, .most = 12000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"登记机关", HEDUI_MAKE_CHOICE, "示例县民政局|示例县城关街道", .flags = 0},
};
static const hedui_demo_column marital_status[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"婚姻状况", HEDUI_MAKE_CHOICE, "20|已婚=20|40|30|10", .flags = HEDUI_DEMO_MAYBE},
    {"配偶姓名", HEDUI_MAKE_OTHER_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"配偶证件号码", HEDUI_MAKE_OTHER_ID, .flags = HEDUI_DEMO_MAYBE},
    {"登记类型", HEDUI_MAKE_CHOICE, "结婚=marriage|离婚=divorce|=unknown",
     .flags = HEDUI_DEMO_MAYBE},
    {"登记日期", HEDUI_MAKE_DAY, .least = 200, .most = 12000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
};
static const hedui_demo_column disability[] = {
    {"残疾人证号码", HEDUI_MAKE_CARD, .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"残疾类别", HEDUI_MAKE_CHOICE, "肢体=4|智力=5|视力=1|4|6", .flags = HEDUI_DEMO_MAYBE},
    {"残疾等级", HEDUI_MAKE_CHOICE, "一级=1|二级=2|三级=3|四级=4|2", .flags = HEDUI_DEMO_MAYBE},
    {"发证日期", HEDUI_MAKE_DAY, .least = 60, .most = 4000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
    {"证件状态", HEDUI_MAKE_CHOICE, "有效=valid|有效=valid|注销=cancelled",
     .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column school[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"学校名称", HEDUI_MAKE_TEXT, "示例县第一中学", .flags = HEDUI_DEMO_MAYBE},
    {"学段", HEDUI_MAKE_CHOICE, "初中=junior|高中=senior|中职=vocational|本科=bachelor",
     .flags = HEDUI_DEMO_MAYBE},
    {"学习形式", HEDUI_MAKE_CHOICE, "全日制=full_time|函授=part_time", .flags = HEDUI_DEMO_MAYBE},
    {"办学性质", HEDUI_MAKE_CHOICE, "公办=public|民办=private", .flags = HEDUI_DEMO_MAYBE},
    {"入学日期", HEDUI_MAKE_DAY, .least = 100, .most = 1200, .flags = HEDUI_DEMO_MAYBE},
    {"毕业日期", HEDUI_MAKE_DAY, .least = -900, .most = -20, .flags = HEDUI_DEMO_MAYBE},
    {"学籍状态", HEDUI_MAKE_CHOICE, "在读=attending|休学=suspended|毕业=graduated",
     .flags = HEDUI_DEMO_MAYBE},
    {"学费", HEDUI_MAKE_MONEY, .least = 0, .most = 12000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES},
};
static const hedui_demo_column justice[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"重点人员类型", HEDUI_MAKE_CHOICE,
     "服刑=prison|社区矫正=community|强制隔离戒毒=drug_isolation|刑满释放=released",
     .flags = HEDUI_DEMO_MAYBE},
    {"起始日期", HEDUI_MAKE_DAY, .least = 60, .most = 2000, .flags = HEDUI_DEMO_MAYBE},
    {"截止日期", HEDUI_MAKE_CHOICE, "9999-12-31|2016-05-01|2015/1/1=2015-01-01", .flags = 0},
    {"执行单位", HEDUI_MAKE_TEXT, "示例监狱", .flags = HEDUI_DEMO_VARIES},
    {"释放日期", HEDUI_MAKE_TURN, "=absent|2014-02-11|=absent", .flags = 0},
};
static const hedui_demo_column military[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"服役类别", HEDUI_MAKE_CHOICE, "义务兵=conscript|士官=sergeant|军官=officer",
     .flags = HEDUI_DEMO_MAYBE},
    {"入伍日期", HEDUI_MAKE_DAY, .least = 400, .most = 4000, .flags = HEDUI_DEMO_KEY},
    {"退役日期", HEDUI_MAKE_DAY, .least = 20, .most = 300, .flags = HEDUI_DEMO_VARIES},
    {"服役状态", HEDUI_MAKE_CHOICE, "现役=serving|退役=discharged|复员=discharged",
     .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column certificate[] = {
    {"证明书编号", HEDUI_MAKE_SERIAL, "SW", .flags = HEDUI_DEMO_KEY},
    {"公民身份号码", HEDUI_MAKE_ID, .flags = 0},
    {"死者姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"性别", HEDUI_MAKE_CHOICE, "1|2|男=1|女性=2", .flags = HEDUI_DEMO_MAYBE},
    {"死亡日期", HEDUI_MAKE_DAY, .least = 40, .most = 900, .flags = HEDUI_DEMO_MAYBE},
    {"死亡地点", HEDUI_MAKE_CHOICE, "家中|医疗机构", .flags = 0},
    {"填报日期", HEDUI_MAKE_DAY, .least = 20, .most = 40, .flags = HEDUI_DEMO_MAYBE},
    {"填报单位", HEDUI_MAKE_TEXT, "示例县卫生院", .flags = HEDUI_DEMO_VARIES},
};
static const hedui_demo_column suspected[] = {
    {"公民身份号码", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"比对时间", HEDUI_MAKE_DAY, .least = 10, .most = 200, .flags = HEDUI_DEMO_KEY},
    {"死亡时间", HEDUI_MAKE_DAY, .least = 200, .most = 900, .flags = HEDUI_DEMO_MAYBE},
    {"线索来源", HEDUI_MAKE_TEXT, "省级比对批次", .flags = HEDUI_DEMO_VARIES},
    {"核实结果", HEDUI_MAKE_CHOICE, "健在=alive|待核实=pending|确已死亡=dead",
     .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column exemption[] = {
    {"登记编号", HEDUI_MAKE_SERIAL, "HM", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = 0},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"豁免种类", HEDUI_MAKE_CHOICE,
     "残疾人专用车=disability_vehicle|唯一谋生工具=sole_livelihood_vehicle|危房=dangerous_home|"
     "大病筹款=medical_money",
     .flags = HEDUI_DEMO_REQUIRED},
    {"对象", HEDUI_MAKE_TEXT, "新Z1", .flags = HEDUI_DEMO_VARIES},
    {"起始日期", HEDUI_MAKE_DAY, .least = 60, .most = 400,
     .flags = HEDUI_DEMO_REQUIRED | HEDUI_DEMO_SERIALS},
    {"截止日期", HEDUI_MAKE_CHOICE, "9999-12-31|2015-06-30|2014年12月31日=2014-12-31", .flags = 0},
    {"批准文件", HEDUI_MAKE_TEXT, "示民发〔2014〕", .flags = HEDUI_DEMO_REQUIRED},
};
static const hedui_demo_column near_relative[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"干部姓名", HEDUI_MAKE_TEXT, "鲁有田", .flags = HEDUI_DEMO_REQUIRED},
    {"干部类别", HEDUI_MAKE_CHOICE, "村干部=village|低保经办人员=handler|社区干部=village",
     .flags = HEDUI_DEMO_MAYBE},
    {"单位职务", HEDUI_MAKE_TEXT, "示例县村委会", .flags = HEDUI_DEMO_MAYBE},
    {"亲属关系", HEDUI_MAKE_CHOICE, "兄弟=sibling|父子=parent|姑侄=unknown", .flags = 0},
    {"备案日期", HEDUI_MAKE_DAY, .least = 20, .most = 900,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES | HEDUI_DEMO_SERIALS},
};
static const hedui_demo_column tip[] = {
    {"受理编号", HEDUI_MAKE_SERIAL, "JB", .flags = HEDUI_DEMO_KEY},
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"受理日期", HEDUI_MAKE_DAY, .least = 10, .most = 400,
     .flags = HEDUI_DEMO_REQUIRED | HEDUI_DEMO_SERIALS},
    {"渠道", HEDUI_MAKE_CHOICE, "电话=hotline|来信=letter|12345=hotline|巡察=inspection",
     .flags = HEDUI_DEMO_MAYBE},
    {"反映内容", HEDUI_MAKE_CHOICE, "有车，常开出去\n做生意|\"人户分离\",已外出多年", .flags = 0},
    {"办结日期", HEDUI_MAKE_DAY, .least = 1, .most = 9,
     .flags = HEDUI_DEMO_VARIES | HEDUI_DEMO_SERIALS},
    {"核查结果", HEDUI_MAKE_CHOICE, "不属实=unfounded|查无实据=unfounded|属实=confirmed",
     .flags = HEDUI_DEMO_MAYBE},
};
static const hedui_demo_column refusal[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"拒绝种类", HEDUI_MAKE_CHOICE, "拒绝就业=work|拒绝入户=home_survey|拒绝授权=authorization",
     .flags = HEDUI_DEMO_KEY},
    {"拒绝日期", HEDUI_MAKE_DAY, .least = 10, .most = 400,
     .flags = HEDUI_DEMO_KEY | HEDUI_DEMO_SERIALS},
    {"是否有正当理由", HEDUI_MAKE_CHOICE, "是=true|否=false|否=false|=unknown",
     .flags = HEDUI_DEMO_MAYBE},
    {"本人理由", HEDUI_MAKE_CHOICE, "身体不好|路远", .flags = 0},
    {"登记人", HEDUI_MAKE_TEXT, "经办", .flags = HEDUI_DEMO_VARIES},
};

static const hedui_demo_registry registries[] = {
    {"marriage", "marriage-", NULL, HEDUI_DEMO_COLUMNS(marriage), 22, 100, 12, 1, 2, .second = 1,
     .who = HEDUI_DEMO_ALONE, .optional_persons = 1, .keyed = 1},
    {"marital_status", "marital-status-", NULL, HEDUI_DEMO_COLUMNS(marital_status), 22, 100, 10, 1,
     2, .daily = 1, .second = 1, .keyed = 1},
    {"disability", "disability-", NULL, HEDUI_DEMO_COLUMNS(disability), 3, 120, 9, 1, 2,
     .keyed = 1},
    {"school_enrolment", "school-", NULL, HEDUI_DEMO_COLUMNS(school), 6, 28, 3, 1, 2, .keyed = 0},
    {"justice", "justice-", NULL, HEDUI_DEMO_COLUMNS(justice), 18, 75, 32, 1, 2, .keyed = 0},
    {"military_service", "military-", NULL, HEDUI_DEMO_COLUMNS(military), 18, 75, 32, 1, 2,
     .keyed = 1},
    {"death_certificate", "death-certificate-", "死亡医学证明（推断）书登记",
     HEDUI_DEMO_COLUMNS(certificate), 0, 120, 2000, 1, 4, .daily = 1, .footer = 1, .keyed = 1,
     .dead_in = 1},
    {"death_suspected", "death-suspected-", NULL, HEDUI_DEMO_COLUMNS(suspected), 50, 120, 900, 1, 6,
     .daily = 1, .keyed = 1, .dead_in = 1},
    {"exemption", "register-exemption-", NULL, HEDUI_DEMO_COLUMNS(exemption), 0, 120, 44, 1, 1,
     .daily = 1, .keyed = 1},
    {"near_relative", "register-near-relative-", NULL, HEDUI_DEMO_COLUMNS(near_relative), 0, 120,
     44, 1, 1, .daily = 1, .keyed = 0},
    {"tip", "register-tip-", NULL, HEDUI_DEMO_COLUMNS(tip), 0, 120, 44, 1, 1, .daily = 1,
     .keyed = 1},
    {"refusal", "register-refusal-", NULL, HEDUI_DEMO_COLUMNS(refusal), 18, 75, 32, 1, 1,
     .daily = 1, .keyed = 1},
};

const hedui_demo_shelf hedui_demo_life_shelf = {registries, sizeof registries / sizeof *registries};
