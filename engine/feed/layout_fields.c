/* The keys of feeds/<name>.yaml. */
#include "feed/layout_fields.h"

#include "feed/layout.h"

static const char *const type_names[] = {"citizen_id", "name", "text",  "date",    "month", "money",
                                         "integer",    "area", "rate",  "decimal", "code",  "codes",
                                         "yes_no",     "uscc", "plate", NULL};
static const char *const charset_names[] = {"utf-8", "gb18030", NULL};
static const char *const kind_names[] = {"full", "delta", "hits", "verdict", NULL};
static const char *const delimiter_names[] = {"comma", "tab", "pipe", "caret", "semicolon", NULL};
const char hedui_layout_delimiters[] = ",\t|^;";
static const char *const cut_off_names[] = {"manifest", "file_name", NULL};
static const char *const every_names[] = {"week", "month", "quarter", "half_year", "year", NULL};
static const char *const unit_names[] = {"yuan", "wan_yuan", "fen", "stated", NULL};

#define AT(member) offsetof(hedui_layout_person_text, member)
static const hedui_yaml_field person_fields[] = {
    {"role", HEDUI_YAML_TEXT, AT(role), HEDUI_YAML_REQUIRED, NULL, "此人在这一行里的身份"},
    {"title", HEDUI_YAML_TEXT, AT(title), 0, NULL, "身份的中文名称"},
    {"id", HEDUI_YAML_TEXT, AT(id), HEDUI_YAML_REQUIRED, NULL, "公民身份号码所在的列"},
    {"name", HEDUI_YAML_TEXT, AT(name), 0, NULL, "姓名所在的列"},
    {"kind", HEDUI_YAML_TEXT, AT(kind), 0, NULL, "证件种类所在的列"},
    {"citizen", HEDUI_YAML_TEXTS, AT(citizen), 0, NULL, "哪些证件种类是公民身份号码"},
    {"optional", HEDUI_YAML_FLAG, AT(optional), 0, NULL, "号码可以为空（没有共有人、未婚）"},
    {0}};
static const hedui_yaml_shape person_shape = {sizeof(hedui_layout_person_text), person_fields};
#undef AT

#define AT(member) offsetof(hedui_layout_cut_off_text, member)
static const hedui_yaml_field cut_off_fields[] = {
    {"from", HEDUI_YAML_CHOICE, AT(from), 0, cut_off_names, "数据截止日的来源"},
    {"or", HEDUI_YAML_CHOICE, AT(or_from), 0, cut_off_names, "没有时的另一来源"},
    {"pattern", HEDUI_YAML_TEXT, AT(pattern), 0, NULL,
     "文件名中的日期，如 veh-{date}、veh-{yyyymm}"},
    {0}};
#undef AT

#define AT(member) offsetof(hedui_layout_file_text, member)
static const hedui_yaml_field file_fields[] = {
    {"name", HEDUI_YAML_TEXT, AT(name), HEDUI_YAML_REQUIRED, NULL, "文件名，可用 * 和 ?"},
    {"charset", HEDUI_YAML_CHOICE, AT(charset), 0, charset_names, "字符集"},
    {"kind", HEDUI_YAML_CHOICE, AT(kind), 0, kind_names, "全量、增量、比中名单、结论名单"},
    {"delimiter", HEDUI_YAML_CHOICE, AT(delimiter), 0, delimiter_names, "分隔符"},
    {"title_lines", HEDUI_YAML_INTEGER, AT(title_lines), 0, NULL, "表头之前最多几行标题（默认 5）"},
    {"footers", HEDUI_YAML_TEXTS, AT(footers), 0, NULL, "末尾合计行的开头（默认 共、合计、总计）"},
    {"cut_off", HEDUI_YAML_STRUCT, AT(cut_off), 0, cut_off_fields, "数据截止日"},
    {0}};
#undef AT

#define AT(member) offsetof(hedui_layout_change_text, member)
static const hedui_yaml_field change_fields[] = {
    {"file", HEDUI_YAML_TEXT, AT(file), HEDUI_YAML_REQUIRED, NULL, "增量文件名，可用 * 和 ?"},
    {"pattern", HEDUI_YAML_TEXT, AT(pattern), 0, NULL, "增量文件名中的日期"},
    {"column", HEDUI_YAML_TEXT, AT(column), HEDUI_YAML_REQUIRED, NULL, "增改删标志所在的列"},
    {"deleted", HEDUI_YAML_TEXTS, AT(deleted), HEDUI_YAML_REQUIRED, NULL, "表示删除的代码"},
    {0}};
#undef AT

#define AT(member) offsetof(hedui_layout_dates_text, member)
static const hedui_yaml_field dates_fields[] = {
    {"none", HEDUI_YAML_TEXTS, AT(none), 0, NULL, "表示没有的日期"},
    {"unknown", HEDUI_YAML_TEXTS, AT(unknown), 0, NULL, "表示不掌握的日期，如 1900-01-01"},
    {"open", HEDUI_YAML_TEXTS, AT(open), 0, NULL, "表示无期限的日期，如 9999-12-31"},
    {0}};
#undef AT

#define AT(member) offsetof(hedui_layout_due_text, member)
static const hedui_yaml_field due_fields[] = {
    {"every", HEDUI_YAML_CHOICE, AT(every), HEDUI_YAML_REQUIRED, every_names, "多久交一次"},
    {"month", HEDUI_YAML_INTEGER, AT(month), 0, NULL, "季、半年、年里的第几个月"},
    {"day", HEDUI_YAML_INTEGER, AT(day), HEDUI_YAML_REQUIRED, NULL,
     "哪一天：每月几日，每周星期几（1 至 7）"},
    {0}};
#undef AT

#define AT(member) offsetof(hedui_layout_benefit_text, member)
static const hedui_yaml_field benefit_fields[] = {
    {"month", HEDUI_YAML_TEXT, AT(month), 0, NULL, "一行一个月的：所属年月所在的列"},
    {"from", HEDUI_YAML_TEXT, AT(from), 0, NULL, "台账的户：这一次享受从哪个月起"},
    {"state", HEDUI_YAML_TEXT, AT(state), 0, NULL, "状态所在的代码列（不写：每行都算）"},
    {"received", HEDUI_YAML_TEXTS, AT(received), 0, NULL, "哪些状态是享受了"},
    {"undecided", HEDUI_YAML_TEXTS, AT(undecided), 0, NULL, "哪些状态还不知道（其余是没有）"},
    {0}};
#undef AT

static const char *const shown_words[] = {"everywhere", "visit_sheet", NULL};

#define AT(member) offsetof(hedui_layout_text, member)
const hedui_yaml_field hedui_layout_fields[] = {
    {"feed", HEDUI_YAML_TEXT, AT(feed), HEDUI_YAML_REQUIRED, NULL, "布局名称，与文件名一致"},
    {"as", HEDUI_YAML_TEXT, AT(as), HEDUI_YAML_REQUIRED, NULL, "规则里的列表名"},
    {"title", HEDUI_YAML_TEXT, AT(title), HEDUI_YAML_REQUIRED, NULL, "中文名称"},
    {"source", HEDUI_YAML_TEXT, AT(source), HEDUI_YAML_REQUIRED, NULL, "提供单位"},
    {"row", HEDUI_YAML_TEXT, AT(row), HEDUI_YAML_REQUIRED, NULL, "一行是什么"},
    {"key", HEDUI_YAML_TEXTS, AT(key), 0, NULL, "区分各行的列"},
    {"persons", HEDUI_YAML_STRUCTS, AT(persons), 0, &person_shape, "一行涉及的人"},
    {"file", HEDUI_YAML_STRUCT, AT(file), HEDUI_YAML_REQUIRED, file_fields, "文件"},
    {"change", HEDUI_YAML_STRUCT, AT(change), 0, change_fields, "增量文件的增改删标志"},
    {"answer", HEDUI_YAML_TEXT, AT(answer), 0, NULL, "结论名单的结论列"},
    {"dates", HEDUI_YAML_STRUCT, AT(dates), 0, dates_fields, "各日期列中有特别含义的日期"},
    {"due", HEDUI_YAML_STRUCT, AT(due), 0, due_fields, "应交日"},
    {"benefit", HEDUI_YAML_STRUCT, AT(benefit), 0, benefit_fields, "哪些月份享受了救助"},
    {"own_register", HEDUI_YAML_FLAG, AT(own_register), 0, NULL, "本单位自己的登记，不作旁证"},
    {"shown", HEDUI_YAML_CHOICE, AT(shown), 0, shown_words,
     "在哪里显示；visit_sheet：有没有记录只写在核查员参考页上"},
    {"columns", HEDUI_YAML_NODE, AT(columns), HEDUI_YAML_REQUIRED, NULL, "列: {type, header}"},
    {"guards", HEDUI_YAML_NODE, AT(guards), 0, NULL, "接收时的检查界限"},
    {"samples", HEDUI_YAML_NODE, AT(samples), 0, NULL, "样例行及其结果"},
    {0}};
#undef AT

#define AT(member) offsetof(hedui_layout_column_text, member)
const hedui_yaml_field hedui_layout_column_fields[] = {
    {"type", HEDUI_YAML_CHOICE, AT(type), HEDUI_YAML_REQUIRED, type_names, "类型"},
    {"title", HEDUI_YAML_TEXT, AT(title), 0, NULL, "中文名称（默认取第一个表头）"},
    {"header", HEDUI_YAML_TEXTS, AT(header), 0, NULL, "表头的各种写法"},
    {"list", HEDUI_YAML_TEXT, AT(list), 0, NULL, "代码表"},
    {"separator", HEDUI_YAML_TEXT, AT(separator), 0, NULL, "多个代码之间的分隔（默认逐字）"},
    {"required", HEDUI_YAML_FLAG, AT(required), 0, NULL, "不得为空，否则该行作废"},
    {"may_be_unknown", HEDUI_YAML_FLAG, AT(may_be_unknown), 0, NULL, "为空表示不掌握"},
    {"header_required", HEDUI_YAML_FLAG, AT(header_required), 0, NULL, "必须有这一列"},
    {"negative", HEDUI_YAML_FLAG, AT(negative), 0, NULL, "允许负数"},
    {"unit", HEDUI_YAML_CHOICE, AT(unit), 0, unit_names, "金额单位；stated 表示每格自带单位"},
    {"scale", HEDUI_YAML_INTEGER, AT(scale), 0, NULL, "小数位数，0 至 9"},
    {"suffix", HEDUI_YAML_TEXTS, AT(suffix), 0, NULL, "数字后面可带的计量单位"},
    {"percent", HEDUI_YAML_FLAG, AT(percent), 0, NULL, "不带 % 的数也是百分数（表头写明）"},
    {"max", HEDUI_YAML_INTEGER, AT(max), 0, NULL, "最多几个字（默认 200）"},
    {"none", HEDUI_YAML_TEXTS, AT(none), 0, NULL, "表示没有的内容"},
    {"unknown", HEDUI_YAML_TEXTS, AT(unknown), 0, NULL, "表示不掌握的内容"},
    {"open", HEDUI_YAML_TEXTS, AT(open), 0, NULL, "表示无期限的日期"},
    {"epoch_ms", HEDUI_YAML_FLAG, AT(epoch_ms), 0, NULL, "日期可以是毫秒数"},
    {"serial", HEDUI_YAML_FLAG, AT(serial), 0, NULL, "日期可以是电子表格序号"},
    {"sensitive", HEDUI_YAML_FLAG, AT(sensitive), 0, NULL, "显示时遮盖（账号等）"},
    {0}};
#undef AT

const char *hedui_column_type_name(hedui_column_type type)
{
    return type_names[type];
}

const char *hedui_feed_kind_name(hedui_feed_kind kind)
{
    return kind_names[kind];
}
