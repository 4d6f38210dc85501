/* Packs with one fault each: the fault is named, with its file's line and column, before any night.
 * A sound pack is the base; each case changes one piece of it. */
#include "rule/rulebook.h"
#include "test.h"

#include <hedui/file.h>
#include <hedui/message.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char pack_text[] =
    "pack: sample\n"
    "title: 样本\n"
    "documents:\n"
    "  plan: {title: 方案, kind: work_plan, level: county, confirmed: true}\n"
    "  law: {title: 办法, kind: measure, level: national, confirmed: true}\n"
    "parameters:\n"
    "  standard:\n"
    "    title: 标准\n"
    "    type: decimal(2)\n"
    "    by: [area]\n"
    "    rows:\n"
    "      - {area: \"659000\", value: 420.00, basis: {document: law}}\n"
    "values:\n"
    "  counted:\n"
    "    title: 计入的人\n"
    "    is: |-\n"
    "      hh.members.filter(m, m.counted)\n"
    "  grown:\n"
    "    title: 有收入\n"
    "    for: member\n"
    "    type: bool\n"
    "    is: |-\n"
    "      m.declared_income > param.standard\n";
static const char rule_text[] = "rules:\n"
                                "  - id: R-01\n"
                                "    title: 有车\n"
                                "    basis: {document: plan, article: 一}\n"
                                "    effect: review\n"
                                "    each: {v: hh.vehicles}\n"
                                "    when: |-\n"
                                "      v.vehicle_type.kind == \"passenger\"\n"
                                "        && counted.exists(m, m.grown)\n"
                                "    message: \"{v.owner.name}有{v.vehicle_type.label}\"\n"
                                "    examples:\n"
                                "      - {title: 无, given: {vehicles: []}, expect: false}\n";

typedef struct broken {
    const char *file; /* "p": pack.yaml, "r": rules */
    const char *from, *to;
    hedui_status status; /* 0: sound; 1: any of E32xx */
    uint32_t line, column;
} broken;

/* The head of the only row, taken off so that a case can write its own. */
#define ROW_TYPE "decimal(2)\n    by: [area]\n    rows:\n      - {area: \"659000\", value: 420.00, "

static const broken cases[] = {
    {"p", "", "", HEDUI_OK, 0, 0},
    {"p", "pack: sample\n", "pakc: sample\n", HEDUI_E1113, 1, 1},
    {"p", "title: 样本\n", "", HEDUI_E1108, 1, 1},
    {"p", "kind: work_plan", "kind: workplan", HEDUI_E1114, 4, 27},
    {"p", "confirmed: true", "confirmed: yes", HEDUI_E1109, 4, 64},
    {"p", "decimal(2)", "decimal", HEDUI_E3004, 9, 11},
    {"p", "by: [area]", "by: [town]", HEDUI_E1110, 10, 10},
    {"p", "by: [area]", "by: [area, urban_rual]", HEDUI_E1114, 10, 16},
    {"p", "decimal(2)", "list(period)", HEDUI_E3004, 9, 11},
    {"p", "decimal(2)", "table(decimal(12))", HEDUI_E3004, 9, 11},
    {"p", "decimal(2)", "list(decimal(2))", HEDUI_E3005, 12, 33},
    {"p", "decimal(2)", "table(decimal(2))", HEDUI_E3005, 12, 33},
    {"p", "decimal(2)", "code(vehicle_staus)", HEDUI_E3036, 9, 11},
    {"p", "decimal(2)", "code(nothing_like_it)", HEDUI_E3035, 9, 11},
    {"p", "decimal(2)", "code(programme)", HEDUI_E3037, 12, 33},
    {"p", ROW_TYPE, "list(code(programme))\n    rows:\n      - {value: [dibao, dibo], ",
     HEDUI_E3038, 11, 25},
    {"p", ROW_TYPE, "period\n    rows:\n      - {value: {last: 12 moons}, ", HEDUI_E3031, 11, 24},
    {"p", ROW_TYPE, "period\n    rows:\n      - {value: {before: as_of}, ", HEDUI_E3030, 11, 17},
    {"p", ROW_TYPE,
     "period\n    rows:\n      - {value: {last: 3 years, previous_calendar_year: true}, ",
     HEDUI_E3030, 11, 17},
    {"p", ROW_TYPE, "period\n    rows:\n      - {value: {last: 3 years, before: aplied_on}, ",
     HEDUI_E3040, 11, 41},
    {"p", ROW_TYPE, "period\n    rows:\n      - {value: {last: 3 years, before: benefit_from}, ",
     HEDUI_E3039, 11, 41},
    {"p", ROW_TYPE, "period\n    rows:\n      - {value: 12 months, ", HEDUI_E1109, 11, 17},
    {"p", "value: 420.00", "value: {times: 2, of: standrad}", HEDUI_E3042, 12, 48},
    {"p", "value: 420.00", "value: {times: 2, of: elsewhere}", HEDUI_E3041, 12, 48},
    {"p", "value: 420.00", "value: {times: 2, of: standard}", HEDUI_E3044, 8, 5},
    {"p", "value: 420.00", "value: {times: two, of: standard}", HEDUI_E3005, 12, 41},
    {"p", "value: 420.00", "value: {times: 2, of: standard, rounding: up_half}", HEDUI_E3032, 12,
     68},
    {"p", "value: 420.00", "value: {tims: 2, of: standard}", HEDUI_E1113, 12, 34},
    {"p", "values:\n",
     "  limit:\n    title: 限\n    type: decimal(2)\n    rows:\n"
     "      - {value: {times: 0.0001, of: standard}, basis: {document: law}}\nvalues:\n",
     HEDUI_E3045, 17, 17},
    {"p", "values:\n",
     "  limit:\n    title: 限\n    type: period\n    rows:\n"
     "      - {value: {last: 3 years}, basis: {document: law}}\n"
     "  twice:\n    title: 限\n    type: decimal(2)\n    rows:\n"
     "      - {value: {times: 2, of: limit}, basis: {document: law}}\nvalues:\n",
     HEDUI_E3043, 22, 32},
    {"p", "by: [area]\n    rows:\n      - {area: \"659000\",",
     "by: [household_size]\n    rows:\n      - {household_size: {from: 3, to: 2},", HEDUI_E3033, 12,
     26},
    {"p", "by: [area]\n    rows:\n      - {area: \"659000\",",
     "by: [household_size]\n    rows:\n      - {household_size: many,", HEDUI_E1109, 12, 26},
    {"p", "by: [area]\n    rows:\n      - {area: \"659000\",",
     "by: [household_size]\n    rows:\n"
     "      - {household_size: {from: 3}, value: 1, basis: {document: law}}\n"
     "      - {household_size: 4,",
     HEDUI_E3007, 13, 9},
    {"p", "by: [area]", "by: [programme]", HEDUI_E3006, 12, 16},
    {"p", "420.00", "4万", HEDUI_E3005, 12, 33},
    {"p", "420.00", "420.001", HEDUI_E3005, 12, 33},
    {"p", "value: 420.00", "value: 1, in_force: {from: 2014-02-01, to: 2014-01-01}", HEDUI_E3008,
     12, 46},
    {"p", "basis: {document: law}}\n",
     "basis: {document: law}}\n      - {area: \"659000\", value: 1, basis: {document: law}}\n",
     HEDUI_E3007, 13, 9},
    {"p", ", basis: {document: law}}\n", "}\n", HEDUI_E1108, 12, 9},
    {"p", "    type: bool\n", "", HEDUI_E3011, 19, 5},
    {"p", "type: bool", "type: boolean", HEDUI_E3011, 19, 5},
    {"p", "m.counted)", "m.countd)", 1, 17, 0},
    {"p", "hh.members.filter", "counted.filter", HEDUI_E3010, 15, 5},
    {"p", "m.declared_income > param.standard", "m.grown", HEDUI_E3010, 19, 5},
    {"p", "m.declared_income > param.standard", "counted.size() > 0 && rich", HEDUI_E3220, 23, 0},
    {"p", "hh.members.filter(m, m.counted)\n",
     "hh.members.filter(m, m.grown)\n  more:\n    title: 多\n    is: |-\n      counted.size()\n",
     HEDUI_OK, 0, 0},
    {"p", "hh.members.filter(m, m.counted)\n  grown:",
     "hh.members.filter(m, m.young)\n  young:\n    title: 幼\n    for: member\n"
     "    type: bool\n    is: |-\n      counted.size() > 1\n  grown:",
     HEDUI_E3010, 15, 5},
    {"p", "hh.members.filter(m, m.counted)\n",
     "other.filter(m, m.counted)\n  other:\n    title: 别的\n    is: |-\n"
     "      counted.filter(m, m.counted)\n",
     HEDUI_E3010, 15, 5},
    {"p",
     "by: [area]\n    rows:\n      - {area: \"659000\", value: 420.00, basis: {document: law}}\n"
     "values:\n",
     "by: [household_size]\n    rows:\n      - {value: 420.00, basis: {document: law}}\nvalues:\n"
     "  household_size:\n    title: 人数\n    is: |-\n"
     "      param.standard > dec(1) ? 1 : 2\n",
     HEDUI_E3010, 15, 5},
    {"p", "    is: |-\n      hh.members.filter(m, m.counted)\n", "", HEDUI_E3046, 15, 5},
    {"p", "      hh.members.filter(m, m.counted)\n",
     "      hh.members.filter(m, m.counted)\n    breakdown: [{title: 甲, is: \"1\"}]\n",
     HEDUI_E3046, 15, 5},
    {"p", "    is: |-\n      hh.members.filter(m, m.counted)\n",
     "    breakdown: [{title: 甲, is: \"hh.members\"}]\n", HEDUI_E3047, 16, 32},
    {"p", "    is: |-\n      hh.members.filter(m, m.counted)\n",
     "    breakdown: [{title: 甲, is: \"1\", minas: true}]\n", HEDUI_E1113, 16, 37},
    {"p", "    is: |-\n      hh.members.filter(m, m.counted)\n",
     "    rounding: {scale: 0, mode: half_up}\n    is: |-\n      hh.members.size()\n", HEDUI_E3048,
     16, 15},
    {"p", "    is: |-\n      hh.members.filter(m, m.counted)\n",
     "    rounding: {scale: 0, mode: half}\n    is: |-\n      param.standard\n", HEDUI_E3032, 16,
     15},
    {"p", "    is: |-\n      hh.members.filter(m, m.counted)\n",
     "    type: decimal(1)\n    rounding: {scale: 0, mode: up}\n    is: |-\n"
     "      param.standard\n",
     HEDUI_E3049, 17, 15},
    {"p", "for: member", "for: membr", HEDUI_E1114, 20, 10},
    {"p", "for: member", "for: supporter_household", 1, 23, 0}, /* o, not m */
    {"p", "param.standard", "param.standrd", 1, 23, 0},
    {"p", "param.standard", "420.0", 1, 23, 0}, /* a double never meets money */
    {"p", "    is: |-\n      hh.members", "    is: hh.members", HEDUI_E1115, 16, 9},
    {"p", "title: 样本\n", "title: 样本\ninherits: [elsewhere]\n", HEDUI_E3051, 3, 12},
    {"p", "title: 样本\n", "title: 样本\ninherits: [./]\n", HEDUI_E3050, 3, 12},
    {"p", "title: 标准\n", "title: 标准\n    replaces: nation/standard\n", HEDUI_E3052, 9, 15},
    {"p", "title: 计入的人\n", "title: 计入的人\n    replaces: nation/counted\n", HEDUI_E3052, 16,
     15},
    {"r", "    effect: review", "    replaces: nation/R-01\n    effect: review", HEDUI_E3052, 5,
     15},
    {"r", "id: R-01", "ident: R-01", HEDUI_E1107, 2, 5},
    {"r", "document: plan", "document: paln", HEDUI_E3003, 4, 23},
    {"r", "document: plan", "document: elsewhere", HEDUI_E3002, 4, 23},
    {"r", "effect: review", "effect: reviwe", HEDUI_E1114, 5, 13},
    {"r", "effect: review", "effect: over_limit", HEDUI_E3009, 5, 13},
    {"r", "effect: review", "effect: stop", HEDUI_E1110, 5, 13},
    {"r", "document: plan, article: 一}\n    effect: review",
     "document: law}\n    effect: exclude_person", HEDUI_E3017, 2, 5},
    {"r", "{v: hh.vehicles}", "hh.vehicles", HEDUI_E3012, 6, 11},
    {"r", "hh.vehicles}", "hh.vehicels}", 1, 6, 0},
    {"r", "hh.vehicles}", "hh}", HEDUI_E3013, 6, 15},
    {"r", "kind == \"passenger\"", "knid == \"passenger\"", 1, 8, 0},
    {"r", "kind == \"passenger\"", "kind == 5", 1, 8, 0},
    {"r", "v.vehicle_type.kind == \"passenger\"", "v.vehicle_type == \"K34x\"", 1, 8, 0},
    {"r", "&& counted", "&& conuted", 1, 9, 0},
    {"r", "v.vehicle_type.kind == \"passenger\"\n        && counted.exists(m, m.grown)",
     "v.owner.name", 1, 8, 0},
    {"r", "&& counted.exists(m, m.grown)", "&& counted.exists(m, m.authorization_no == \"\")", 1, 9,
     0},
    {"r", "{v.owner.name}", "{v.ownr.name}", 1, 10, 0},
    {"r", "expect: false", "expect: no", HEDUI_E1110, 12, 51},
    {"r", "expect: false", "expect: true", HEDUI_E3016, 2, 5},
    {"r", "    when: |-\n", "    unless:\n      - {title: 无}\n    when: |-\n", HEDUI_E3018, 8, 9},
    {"r", "  - id: R-01", "  - id: R-01\n    id: R-02", HEDUI_E1102, 3, 5},
};

static char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    char *made = malloc(strlen(text) + strlen(to) + 1);
    assert_non_null(at);
    assert_non_null(made);
    size_t before = (size_t)(at - text);
    memcpy(made, text, before);
    strcpy(made + before, to);
    strcat(made, at + strlen(from));
    return made;
}

static void count_note(void *context, const hedui_err *note)
{
    (void)note;
    ++*(int *)context;
}

static int check(const broken *c, const char *folder, const hedui_layouts *layouts)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_rulebook *book = NULL;
    hedui_err err;
    int noted = 0;
    hedui_notes notes = {count_note, &noted};
    hedui_err_init(&err);
    char *pack = c->file[0] == 'p' ? replaced(pack_text, c->from, c->to) : strdup(pack_text);
    char *rules = c->file[0] == 'r' ? replaced(rule_text, c->from, c->to) : strdup(rule_text);
    const char *a = hedui_path_join(folder, "pack.yaml", arena);
    const char *b = hedui_path_join(folder, "rules.yaml", arena);
    assert_int_equal(hedui_file_replace(a, hedui_span_of(pack), NULL), HEDUI_OK);
    assert_int_equal(hedui_file_replace(b, hedui_span_of(rules), NULL), HEDUI_OK);
    hedui_status status = hedui_rulebook_make(&book, &folder, 1, layouts, arena, &notes, &err);
    int as_wanted = c->status == 1 ? status >= 3200 && status < 3300 : status == c->status;
    if (!as_wanted || (status && (err.line != c->line || (c->column && err.column != c->column)))) {
        hedui_buffer words;
        hedui_buffer_init(&words);
        hedui_message_render(&words, &err, HEDUI_ZH, 0);
        print_error("“%s” -> “%s”: %d at %u:%u\n%s", c->from, c->to, (int)status, err.line,
                    err.column, words.data ? words.data : "");
        hedui_buffer_free(&words);
        as_wanted = 0;
    } else if (status && !noted) {
        print_error("“%s” -> “%s”: not told to the notes\n", c->from, c->to);
        as_wanted = 0;
    }
    (void)unlink(a);
    (void)unlink(b);
    free(pack);
    free(rules);
    hedui_arena_close(arena);
    return as_wanted;
}

static void every_fault_is_named_with_its_place(void **state)
{
    static const char *const feeds[] = {HEDUI_SOURCE_DIR "/feeds"};
    char folder[] = "/tmp/hedui-pack-XXXXXX";
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_layouts *layouts = NULL;
    size_t good = 0;
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(hedui_layouts_load(&layouts, feeds, 1, arena, NULL, NULL), HEDUI_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        good += (size_t)check(&cases[i], folder, layouts);
    (void)rmdir(folder);
    hedui_arena_close(arena);
    assert_int_equal(good, sizeof cases / sizeof *cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_named_with_its_place),
    };
    return cmocka_run_group_tests_name("rule/pack", tests, NULL, NULL);
}
