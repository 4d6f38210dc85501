/* The keys of a pack's files: one line each with its kind and its line of the reference. */
#include "rule/pack_fields.h"

const char *const hedui_effect_names[] = {"exclude_person", "over_limit", "add_income", "review",
                                          "inform",         "include",    NULL};
const char *const hedui_severity_names[] = {"high", "medium", "low", NULL};
const char *const hedui_document_kind_names[] = {"law",    "regulation", "measure", "standard",
                                                 "notice", "work_plan",  NULL};
const char *const hedui_document_level_names[] = {"national", "province", "city",
                                                  "county",   "township", NULL};
static const char *const expectations[] = {"true", "false", "undetermined", NULL};
static const char *const subjects[] = {"household", "member", "supporter_household", NULL};
static const char *const undetermined_words[] = {"note", "review", NULL};
static const char *const shown_words[] = {"everywhere", "visit_sheet", NULL};
static const char *const override_words[] = {"", "allowed", NULL};

#define TEXT(type, key, member, flags, doc)                                                        \
    {                                                                                              \
        key, HEDUI_YAML_TEXT, offsetof(type, member), flags, NULL, doc                             \
    }
#define FIELD(type, key, kind, member, flags, detail, doc)                                         \
    {                                                                                              \
        key, kind, offsetof(type, member), flags, detail, doc                                      \
    }
#define REQUIRED HEDUI_YAML_REQUIRED

static const hedui_yaml_field basis_fields[] = {
    TEXT(hedui_basis, "document", document, REQUIRED, "文件登记里的名字"),
    TEXT(hedui_basis, "article", article, 0, "条款"),
    {0},
};
static const hedui_yaml_field in_force_fields[] = {
    FIELD(hedui_in_force, "from", HEDUI_YAML_DATE, from, 0, NULL, "起始日"),
    FIELD(hedui_in_force, "to", HEDUI_YAML_DATE, to, 0, NULL, "最后一天"),
    {0},
};
const hedui_yaml_field hedui_document_fields[] = {
    TEXT(hedui_document, "title", title, REQUIRED, "文件标题"),
    TEXT(hedui_document, "issuer", issuer, 0, "发文单位"),
    TEXT(hedui_document, "number", number, 0, "文号"),
    TEXT(hedui_document, "note", note, 0, "说明"),
    FIELD(hedui_document, "kind", HEDUI_YAML_CHOICE, kind, REQUIRED, hedui_document_kind_names,
          "文件种类"),
    FIELD(hedui_document, "level", HEDUI_YAML_CHOICE, level, REQUIRED, hedui_document_level_names,
          "层级"),
    FIELD(hedui_document, "date", HEDUI_YAML_DATE, date, 0, NULL, "日期"),
    FIELD(hedui_document, "confirmed", HEDUI_YAML_FLAG, confirmed, REQUIRED, NULL,
          "是否看过原文；未看过的，依据它的规则不运行"),
    {0},
};
const hedui_yaml_field hedui_parameter_fields[] = {
    TEXT(hedui_parameter_text, "title", title, REQUIRED, "名称"),
    TEXT(hedui_parameter_text, "type", type, REQUIRED,
         "decimal(n)、integer、rate、period、code(代码表)，或其 list()、table()"),
    TEXT(hedui_parameter_text, "unit", unit, 0, "单位"),
    TEXT(hedui_parameter_text, "replaces", replaces, 0, "替换继承来的同名参数：规则包/参数"),
    FIELD(hedui_parameter_text, "by", HEDUI_YAML_TEXTS, by, 0, NULL,
          "按什么取值：area、urban_rural、programme、household_size"),
    FIELD(hedui_parameter_text, "rows", HEDUI_YAML_NODE, rows, REQUIRED, NULL, "取值表"),
    {0},
};
const hedui_yaml_field hedui_row_fields[] = {
    TEXT(hedui_parameter_row, "area", area, 0, "区划代码，下级没有时用上级的"),
    TEXT(hedui_parameter_row, "urban_rural", urban_rural, 0, "只对城市或农村"),
    TEXT(hedui_parameter_row, "programme", programme, 0, "只对某类救助"),
    FIELD(hedui_parameter_row, "in_force", HEDUI_YAML_STRUCT, in_force, 0, in_force_fields,
          "生效期"),
    FIELD(hedui_parameter_row, "household_size", HEDUI_YAML_NODE, size_node, 0, NULL,
          "只对几口之家：3，或 {from: 3, to: 5}"),
    FIELD(hedui_parameter_row, "value", HEDUI_YAML_NODE, value_node, REQUIRED, NULL,
          "值，或 {times: 倍数, of: 参数}"),
    FIELD(hedui_parameter_row, "basis", HEDUI_YAML_STRUCT, basis, REQUIRED, basis_fields, "依据"),
    {0},
};
const hedui_yaml_field hedui_size_fields[] = {
    FIELD(hedui_size_range, "from", HEDUI_YAML_INTEGER, from, 0, NULL, "至少几人"),
    FIELD(hedui_size_range, "to", HEDUI_YAML_INTEGER, to, 0, NULL, "至多几人"),
    {0},
};
const hedui_yaml_field hedui_multiple_fields[] = {
    TEXT(hedui_multiple, "times", times, REQUIRED, "几倍"),
    TEXT(hedui_multiple, "of", of, REQUIRED, "哪个参数"),
    TEXT(hedui_multiple, "urban_rural", urban_rural, 0, "不论城乡都按城市或农村的"),
    TEXT(hedui_multiple, "rounding", rounding, 0, "除不尽时怎样取整：half_up 等"),
    {0},
};
const hedui_yaml_field hedui_period_fields[] = {
    TEXT(hedui_period_text, "last", last, 0,
         "多长：12 months、12 calendar_months、30 days、3 years、1 calendar_years"),
    TEXT(hedui_period_text, "before", before, 0, "到哪天之前：as_of 或户的日期列，如 applied_on"),
    FIELD(hedui_period_text, "previous_calendar_year", HEDUI_YAML_FLAG, previous_year, 0, NULL,
          "上一自然年"),
    {0},
};
static const hedui_yaml_field rounding_fields[] = {
    FIELD(hedui_rounding, "scale", HEDUI_YAML_INTEGER, scale, REQUIRED, NULL, "小数位数"),
    TEXT(hedui_rounding, "mode", mode, REQUIRED, "half_up、half_even、down、up、floor、ceiling"),
    {0},
};
static const hedui_yaml_field line_fields[] = {
    TEXT(hedui_value_line_text, "title", title, REQUIRED, "这一行是什么"),
    FIELD(hedui_value_line_text, "is", HEDUI_YAML_EXPRESSION, is, REQUIRED, NULL, "算法"),
    FIELD(hedui_value_line_text, "minus", HEDUI_YAML_FLAG, minus, 0, NULL, "减去这一行"),
    {0},
};
static const hedui_yaml_shape line_shape = {sizeof(hedui_value_line_text), line_fields};
const hedui_yaml_field hedui_value_fields[] = {
    TEXT(hedui_value_text, "title", title, REQUIRED, "名称"),
    TEXT(hedui_value_text, "unit", unit, 0, "单位"),
    TEXT(hedui_value_text, "replaces", replaces, 0, "替换继承来的同名派生值：规则包/派生值"),
    TEXT(hedui_value_text, "type", type, 0, "类型（属于成员、义务人家庭的必填）"),
    FIELD(hedui_value_text, "for", HEDUI_YAML_CHOICE, subject, 0, subjects,
          "属于户、成员还是义务人家庭"),
    FIELD(hedui_value_text, "rounding", HEDUI_YAML_STRUCT, round, 0, rounding_fields, "取整"),
    FIELD(hedui_value_text, "is", HEDUI_YAML_EXPRESSION, is, 0, NULL, "算法"),
    FIELD(hedui_value_text, "breakdown", HEDUI_YAML_STRUCTS, breakdown, 0, &line_shape,
          "算法，逐行列出，各行相加"),
    {0},
};
static const hedui_yaml_field applies_fields[] = {
    FIELD(hedui_applies_to, "programme", HEDUI_YAML_TEXTS, programme, 0, NULL, "只对某类救助"),
    FIELD(hedui_applies_to, "urban_rural", HEDUI_YAML_TEXTS, urban_rural, 0, NULL,
          "只对城市或农村"),
    FIELD(hedui_applies_to, "status", HEDUI_YAML_TEXTS, status, 0, NULL, "只对某种救助状态"),
    {0},
};
static const hedui_yaml_field unless_fields[] = {
    TEXT(hedui_unless, "title", title, REQUIRED, "名称"),
    FIELD(hedui_unless, "is", HEDUI_YAML_EXPRESSION, is, 0, NULL, "成立则不提示"),
    TEXT(hedui_unless, "manual", manual, 0, "入户时要问的话"),
    FIELD(hedui_unless, "override", HEDUI_YAML_CHOICE, override_allowed, 0, override_words,
          "允许记录在案的认定"),
    {0},
};
static const hedui_yaml_shape unless_shape = {sizeof(hedui_unless), unless_fields};
static const hedui_yaml_field example_fields[] = {
    TEXT(hedui_example, "title", title, REQUIRED, "名称"),
    FIELD(hedui_example, "given", HEDUI_YAML_NODE, given, REQUIRED, NULL, "家庭和各来源的行"),
    FIELD(hedui_example, "expect", HEDUI_YAML_CHOICE, expect, REQUIRED, expectations, "应得结果"),
    FIELD(hedui_example, "as_of", HEDUI_YAML_DATE, as_of, 0, NULL, "核对日"),
    {0},
};
static const hedui_yaml_shape example_shape = {sizeof(hedui_example), example_fields};
const hedui_yaml_field hedui_rule_fields[] = {
    TEXT(hedui_rule_text, "id", id, REQUIRED, "编号"),
    TEXT(hedui_rule_text, "title", title, REQUIRED, "标题"),
    FIELD(hedui_rule_text, "category", HEDUI_YAML_INTEGER, category, 0, NULL, "重点清理类别 1–12"),
    FIELD(hedui_rule_text, "basis", HEDUI_YAML_STRUCT, basis, REQUIRED, basis_fields, "依据"),
    FIELD(hedui_rule_text, "in_force", HEDUI_YAML_STRUCT, in_force, 0, in_force_fields, "生效期"),
    FIELD(hedui_rule_text, "applies_to", HEDUI_YAML_STRUCT, applies_to, 0, applies_fields,
          "适用范围"),
    FIELD(hedui_rule_text, "effect", HEDUI_YAML_CHOICE, effect, REQUIRED, hedui_effect_names,
          "性质，只是标签"),
    FIELD(hedui_rule_text, "severity", HEDUI_YAML_CHOICE, severity, 0, hedui_severity_names,
          "核查优先级"),
    FIELD(hedui_rule_text, "shown", HEDUI_YAML_CHOICE, visit_sheet_only, 0, shown_words,
          "在哪里显示；visit_sheet：只写在核查员参考页上"),
    FIELD(hedui_rule_text, "each", HEDUI_YAML_NODE, each, 0, NULL, "逐项判断，每项一条疑点"),
    FIELD(hedui_rule_text, "who", HEDUI_YAML_EXPRESSION, who, 0, NULL, "指的是哪位成员"),
    FIELD(hedui_rule_text, "when", HEDUI_YAML_EXPRESSION, when, 0, NULL, "条件"),
    FIELD(hedui_rule_text, "unless", HEDUI_YAML_STRUCTS, unless, 0, &unless_shape, "例外"),
    FIELD(hedui_rule_text, "undetermined", HEDUI_YAML_CHOICE, undetermined_review, 0,
          undetermined_words, "无法判断时：备注还是请人核查"),
    FIELD(hedui_rule_text, "message", HEDUI_YAML_NODE, message_node, 0, NULL, "疑点说明"),
    TEXT(hedui_rule_text, "ask", ask, 0, "入户要问的话"),
    TEXT(hedui_rule_text, "clears", clears, 0, "什么材料可以消除"),
    TEXT(hedui_rule_text, "manual", manual, 0, "只能由人判断的内容"),
    TEXT(hedui_rule_text, "replaces", replaces, 0, "替换上级规则包里的哪条规则"),
    FIELD(hedui_rule_text, "examples", HEDUI_YAML_STRUCTS, examples, 0, &example_shape, "样例"),
    {0},
};
/* The first three as in an example; then the answers that only a whole household can have. */
const char *const hedui_expectation_names[] = {
    "true", "false", "undetermined", "out_of_scope", "not_in_force", "manual", NULL};
static const hedui_yaml_field expect_fields[] = {
    FIELD(hedui_scenario, "rules", HEDUI_YAML_NODE, rules, 0, NULL, "每条规则应得的结果"),
    FIELD(hedui_scenario, "values", HEDUI_YAML_NODE, values, 0, NULL, "每个派生值应得的数"),
    FIELD(hedui_scenario, "no_other_flags", HEDUI_YAML_FLAG, no_other_flags, 0, NULL,
          "没有写到的规则都不应有疑点"),
    {0},
};
/* `expect` is read into the scenario itself; see pack_scenarios.c */
const hedui_yaml_field hedui_scenario_fields[] = {
    TEXT(hedui_scenario, "scenario", id, REQUIRED, "编号"),
    TEXT(hedui_scenario, "title", title, REQUIRED, "标题"),
    TEXT(hedui_scenario, "note", note, 0, "出处、手算过程"),
    FIELD(hedui_scenario, "as_of", HEDUI_YAML_DATE, as_of, REQUIRED, NULL, "核对日"),
    FIELD(hedui_scenario, "given", HEDUI_YAML_NODE, given, REQUIRED, NULL, "家庭和各来源的行"),
    {"expect", HEDUI_YAML_STRUCT, 0, REQUIRED, expect_fields, "应得的结果"},
    {0},
};
const hedui_yaml_field hedui_rule_expectation_fields[] = {
    FIELD(hedui_rule_expectation, "is", HEDUI_YAML_CHOICE, is, REQUIRED, hedui_expectation_names,
          "应得结果"),
    FIELD(hedui_rule_expectation, "flags", HEDUI_YAML_INTEGER, flags, 0, NULL, "几条疑点"),
    FIELD(hedui_rule_expectation, "rows", HEDUI_YAML_TEXTS, rows, 0, NULL,
          "依据的行：行的标记，或列表名和第几行，如 vehicles 1"),
    FIELD(hedui_rule_expectation, "searched", HEDUI_YAML_TEXTS, searched, 0, NULL,
          "查过而没有记录的列表"),
    FIELD(hedui_rule_expectation, "who", HEDUI_YAML_TEXTS, who, 0, NULL, "指的是哪几位"),
    FIELD(hedui_rule_expectation, "messages", HEDUI_YAML_TEXTS, messages, 0, NULL, "疑点说明"),
    TEXT(hedui_rule_expectation, "reason", reason, 0, "无法判断的原因，如 not_supplied"),
    TEXT(hedui_rule_expectation, "source", source, 0, "原因在哪个列表或参数"),
    {0},
};
const hedui_yaml_field hedui_value_expectation_fields[] = {
    FIELD(hedui_value_expectation, "is", HEDUI_YAML_NODE, is, REQUIRED, NULL, "应得的数"),
    FIELD(hedui_value_expectation, "lines", HEDUI_YAML_NODE, lines, 0, NULL,
          "breakdown 各行的数：{标题: 数}"),
    TEXT(hedui_value_expectation, "reason", reason, 0, "无法判断的原因"),
    TEXT(hedui_value_expectation, "source", source, 0, "原因在哪个列表或参数"),
    {0},
};
const hedui_yaml_field hedui_pack_fields[] = {
    TEXT(hedui_pack_text, "pack", id, REQUIRED, "规则包的名字，与文件夹同名"),
    TEXT(hedui_pack_text, "title", title, REQUIRED, "标题"),
    FIELD(hedui_pack_text, "inherits", HEDUI_YAML_TEXTS, inherits, 0, NULL,
          "在哪些规则包之上：名字，或相对本文件夹的路径"),
    FIELD(hedui_pack_text, "applies_to", HEDUI_YAML_STRUCT, applies_to, 0, applies_fields,
          "各规则没有另写时的适用范围"),
    FIELD(hedui_pack_text, "documents", HEDUI_YAML_NODE, documents, 0, NULL, "文件登记"),
    FIELD(hedui_pack_text, "parameters", HEDUI_YAML_NODE, parameters, 0, NULL, "参数"),
    FIELD(hedui_pack_text, "values", HEDUI_YAML_NODE, values, 0, NULL, "派生值"),
    {0},
};
const hedui_yaml_field hedui_rules_fields[] = {
    FIELD(hedui_rules_text, "rules", HEDUI_YAML_NODE, rules, REQUIRED, NULL, "规则"),
    {0},
};
