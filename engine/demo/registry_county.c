/* What no layout is shipped for: wages that the county's treasury pays, from three systems of its
 * own, each with a delimiter of its own. Their layouts stand in the workspace. */
#include "demo/registry.h"

#include <hedui/file.h>

#include <stdio.h>

/* 質 has a bar as its second byte in GB18030. */
static const hedui_demo_column payroll[] = {
    {"身份证号", HEDUI_MAKE_ID, .flags = HEDUI_DEMO_KEY},
    {"姓名", HEDUI_MAKE_NAME, .flags = HEDUI_DEMO_MAYBE},
    {"发放单位", HEDUI_MAKE_CHOICE, "示例县質检站|示例县环卫所,东关队|示例县\"供销\"社",
     .flags = 0},
    {"发放年月", HEDUI_MAKE_NTH_MONTH, .least = 1, .flags = HEDUI_DEMO_KEY},
    {"实发工资", HEDUI_MAKE_FEN, .least = 600, .most = 3200, .flags = HEDUI_DEMO_MAYBE},
    {"补贴", HEDUI_MAKE_STATED, .least = 20, .most = 900, .flags = HEDUI_DEMO_MAYBE},
    {"入职日期", HEDUI_MAKE_DAY, .least = 40, .most = 4000,
     .flags = HEDUI_DEMO_MAYBE | HEDUI_DEMO_VARIES | HEDUI_DEMO_SERIALS},
    {"年度考核", HEDUI_MAKE_CHOICE, "合格|优秀|=unknown", .flags = 0},
};

static const hedui_demo_registry registries[] = {
    {"county_payroll", "payroll-county-", "工资发放表", HEDUI_DEMO_COLUMNS(payroll), 18, 75, 24, 2,
     2, .gb18030 = 1, .footer = 1, .keyed = 1, .mark = '|'},
    {"town_payroll", "payroll-town-", NULL, HEDUI_DEMO_COLUMNS(payroll), 18, 75, 24, 2, 2,
     .keyed = 1, .mark = '\t'},
    {"school_payroll", "payroll-school-", NULL, HEDUI_DEMO_COLUMNS(payroll), 18, 75, 24, 2, 2,
     .gb18030 = 1, .crlf = 1, .keyed = 1, .mark = '^'},
};

const hedui_demo_shelf hedui_demo_county_shelf = {registries,
                                                  sizeof registries / sizeof *registries};

static void layout_of(hedui_buffer *text, const hedui_demo_registry *r)
{
    hedui_buffer_format(text,
                        "# 本县自己的数据，没有现成的格式\n"
                        "feed: %s\nas: %ss\ntitle: 财政供养人员工资\nsource: 财政\n"
                        "row: 一个人一个月的工资\nkey: [citizen_id, month]\npersons:\n"
                        "  - {role: payee, title: 领取人, id: citizen_id, name: name}\n",
                        r->feed, r->feed);
    hedui_buffer_format(text,
                        "file:\n  name: \"%s*.csv.gz\"\n  charset: %s\n  kind: full\n"
                        "  delimiter: %s\n"
                        "  cut_off: {from: manifest, or: file_name, pattern: \"%s{date}\"}\n",
                        r->prefix, r->gb18030 ? "gb18030" : "utf-8",
                        r->mark == '|'    ? "pipe"
                        : r->mark == '\t' ? "tab"
                                          : "caret",
                        r->prefix);
    hedui_buffer_text(
        text, "dates: {unknown: [\"1900-01-01\"]}\ncolumns:\n"
              "  citizen_id: {type: citizen_id, header: [身份证号], required: true}\n"
              "  name: {type: name, header: [姓名], may_be_unknown: true}\n"
              "  payer: {type: text, header: [发放单位], may_be_unknown: true}\n"
              "  month: {type: month, header: [发放年月], required: true}\n"
              "  wage: {type: money, unit: fen, header: [实发工资], may_be_unknown: true}\n"
              "  subsidy: {type: money, unit: stated, header: [补贴], may_be_unknown: true}\n"
              "  hired_on: {type: date, serial: true, header: [入职日期], may_be_unknown: true}\n"
              "  review: {type: text, header: [年度考核], may_be_unknown: true}\n");
}

hedui_status hedui_demo_own_layouts(const char *folder, hedui_arena *arena, hedui_err *err)
{
    const char *inner = hedui_path_join(folder, "feeds", arena);
    hedui_status status = inner ? hedui_folder_make(inner, err) : hedui_fail_memory(err);
    for (size_t i = 0; !status && i < sizeof registries / sizeof *registries; i++) {
        char name[64];
        hedui_buffer text;
        hedui_buffer_init(&text);
        (void)snprintf(name, sizeof name, "%s.yaml", registries[i].feed);
        const char *path = hedui_path_join(inner, name, arena);
        layout_of(&text, &registries[i]);
        status = !path || hedui_buffer_failed(&text)
                     ? hedui_fail_memory(err)
                     : hedui_file_replace(path, hedui_buffer_span(&text), err);
        hedui_buffer_free(&text);
    }
    return status;
}
