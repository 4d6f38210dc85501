/* YAML: what is refused and where; what the tree knows of places. */
#include "test.h"
#include "yaml/bind.h"

static void refuses_what_could_surprise(void **state)
{
    static const struct {
        const char *text;
        hedui_status status;
        uint32_t line, column;
    } cases[] = {
        {"a: 1\nb: 2\na: 3\n", HEDUI_E1102, 3, 1},
        {"a: &x 1\n", HEDUI_E1103, 1, 4},
        {"a: 1\nb: *x\n", HEDUI_E1103, 2, 4},
        {"a: !!int 1\n", HEDUI_E1104, 1, 4},
        {"a: 1\n---\nb: 2\n", HEDUI_E1105, 2, 1},
        {"[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", HEDUI_E1106, 1, 17},
        {"", HEDUI_E1112, 0, 0},
        {"# only a comment\n", HEDUI_E1112, 0, 0},
        {"a: b: c\n", HEDUI_E1101, 1, 5},
        {"a: [1\n", HEDUI_E1101, 2, 1},
        {"a: 1\nsev：high\nb: 2\n", HEDUI_E1116, 2, 4},
        {"a:\n\tb: 2\n", HEDUI_E1117, 2, 1},
        {"a: \xC4\xE3\n", HEDUI_E1111, 0, 0},
        {"a: 1\n# \x01\n", HEDUI_E1101, 2, 3}, /* UTF-8, but YAML does not have it */
        {"? [a]\n: 1\n", HEDUI_E1101, 1, 3},
        {"\xFF\xFE"
         "a",
         HEDUI_E1111, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_arena *arena = hedui_arena_open(0);
        const hedui_yaml *yaml = NULL;
        hedui_err err;
        hedui_err_init(&err);
        hedui_status status =
            hedui_yaml_parse(&yaml, "x.yaml", hedui_span_of(cases[i].text), arena, &err);
        if (status != cases[i].status || err.line != cases[i].line || err.column != cases[i].column)
            fail_msg("case %zu: status %d at %u:%u", i, (int)status, err.line, err.column);
        hedui_arena_close(arena);
    }
}

static void keeps_scalars_as_text_and_knows_where_blocks_begin(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_yaml *yaml = NULL;
    (void)state;
    hedui_span text =
        HEDUI_SPAN("no: no\nnumber: 0012\n车: '小 车'\nwhen: |-\n    a &&\n      b\n");
    assert_int_equal(hedui_yaml_parse(&yaml, "x.yaml", text, arena, NULL), HEDUI_OK);
    assert_true(hedui_span_is(hedui_yaml_find(yaml->root, "no")->text, "no"));
    assert_true(hedui_span_is(hedui_yaml_find(yaml->root, "number")->text, "0012"));
    assert_true(hedui_span_is(hedui_yaml_find(yaml->root, "车")->text, "小 车"));
    const hedui_yaml_node *when = hedui_yaml_find(yaml->root, "when");
    assert_true(hedui_span_is(when->text, "a &&\n  b"));
    assert_int_equal(when->style, HEDUI_YAML_LITERAL);
    assert_int_equal(when->body_line, 5);
    assert_int_equal(when->body_column, 5);
    hedui_arena_close(arena);
}

typedef struct sample {
    hedui_span title;
    int64_t count;
    int flag, choice;
    int32_t day;
    const hedui_yaml_node *when;
    hedui_yaml_texts names;
} sample;

static const char *const choices[] = {"full", "delta", NULL};
static const hedui_yaml_field fields[] = {
    {"title", HEDUI_YAML_TEXT, offsetof(sample, title), HEDUI_YAML_REQUIRED, NULL, "名称"},
    {"count", HEDUI_YAML_INTEGER, offsetof(sample, count), 0, NULL, "个数"},
    {"flag", HEDUI_YAML_FLAG, offsetof(sample, flag), 0, NULL, "是否"},
    {"kind", HEDUI_YAML_CHOICE, offsetof(sample, choice), 0, choices, "种类"},
    {"day", HEDUI_YAML_DATE, offsetof(sample, day), 0, NULL, "日期"},
    {"when", HEDUI_YAML_EXPRESSION, offsetof(sample, when), 0, NULL, "条件"},
    {"names", HEDUI_YAML_TEXTS, offsetof(sample, names), 0, NULL, "名字"},
    {0},
};

static void binds_by_table_and_names_what_is_wrong(void **state)
{
    static const struct {
        const char *text;
        hedui_status status;
        uint32_t line, column;
    } cases[] = {
        {"title: 甲\ncount: -12\nflag: true\nkind: delta\nday: 2026-11-21\nnames: [a, b]\n",
         HEDUI_OK, 0, 0},
        {"count: 1\n", HEDUI_E1108, 1, 1},
        {"title: 甲\ncuont: 1\n", HEDUI_E1113, 2, 1},
        {"title: 甲\nwholly_unlike: 1\n", HEDUI_E1107, 2, 1},
        {"title: 甲\ncount: 1.5\n", HEDUI_E1109, 2, 8},
        {"title: 甲\ncount: 99999999999999999999\n", HEDUI_E1109, 2, 8},
        {"title: 甲\nflag: yes\n", HEDUI_E1109, 2, 7},
        {"title: 甲\nkind: dleta\n", HEDUI_E1114, 2, 7},
        {"title: 甲\nkind: monthly\n", HEDUI_E1110, 2, 7},
        {"title: 甲\nday: 2026-02-29\n", HEDUI_E1109, 2, 6},
        {"title: 甲\nwhen: a > 1\n", HEDUI_E1115, 2, 7},
        {"title: [甲]\n", HEDUI_E1109, 1, 8},
        {"- title\n", HEDUI_E1109, 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_arena *arena = hedui_arena_open(0);
        const hedui_yaml *yaml = NULL;
        sample s = {0};
        hedui_err err;
        hedui_err_init(&err);
        assert_int_equal(
            hedui_yaml_parse(&yaml, "x.yaml", hedui_span_of(cases[i].text), arena, &err), HEDUI_OK);
        hedui_status status = hedui_yaml_bind(&s, fields, yaml, yaml->root, arena, &err);
        if (status != cases[i].status || err.line != cases[i].line || err.column != cases[i].column)
            fail_msg("case %zu: status %d at %u:%u", i, (int)status, err.line, err.column);
        if (i == 0) {
            assert_int_equal(s.count, -12);
            assert_int_equal(s.choice, 1);
            assert_int_equal(s.names.count, 2);
        }
        hedui_arena_close(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_could_surprise),
        cmocka_unit_test(keeps_scalars_as_text_and_knows_where_blocks_begin),
        cmocka_unit_test(binds_by_table_and_names_what_is_wrong),
    };
    return cmocka_run_group_tests_name("yaml/load", tests, NULL, NULL);
}
