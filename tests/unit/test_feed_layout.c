/* Layouts and code lists: what is wrong in one is told by number and line. */
#include "feed_file.h"

static hedui_arena *arena;

static const hedui_code_list *list(const char *text, hedui_err *err)
{
    const hedui_yaml *yaml;
    const hedui_code_list *read = NULL;
    if (hedui_yaml_parse(&yaml, "codes.yaml", hedui_span_of(text), arena, err) == HEDUI_OK)
        (void)hedui_code_list_parse(&read, yaml, arena, err);
    return read;
}

#define HEAD "feed: t\nas: ts\ntitle: t\nsource: s\nrow: r\n"
#define FILES "file: {name: \"t-*.csv.gz\"}\n"
#define COLUMNS "columns:\n  a: {type: text}\n  b: {type: citizen_id}\n"

static void names_what_is_wrong_with_a_layout(void **state)
{
    static const struct {
        const char *text;
        hedui_status status;
        uint32_t line;
    } cases[] = {
        {HEAD FILES COLUMNS, HEDUI_OK, 0},
        {HEAD COLUMNS, HEDUI_E1108, 1},
        {HEAD FILES, HEDUI_E1108, 1},
        {HEAD FILES "columns: 3\n", HEDUI_E2011, 7},
        {HEAD FILES COLUMNS "colums: 3\n", HEDUI_E1113, 10},
        {HEAD FILES "columns:\n  a: {type: txt}\n", HEDUI_E1114, 8},
        {HEAD FILES "columns:\n  A1: {type: text}\n", HEDUI_E2002, 8},
        {HEAD FILES "columns:\n  a: {type: code}\n", HEDUI_E1108, 8},
        {HEAD FILES "columns:\n  a: {type: code, list: nothing}\n", HEDUI_E2004, 8},
        {HEAD FILES "columns:\n  a: {type: text, list: kind}\n", HEDUI_E2005, 8},
        {HEAD FILES "columns:\n  a: {type: text, negative: true}\n", HEDUI_E2005, 8},
        {HEAD FILES "columns:\n  a: {type: text, unit: fen}\n", HEDUI_E2005, 8},
        {HEAD FILES "columns:\n  a: {type: text, open: [x]}\n", HEDUI_E2005, 8},
        {HEAD FILES "columns:\n  a: {type: decimal}\n", HEDUI_E1108, 8},
        {HEAD FILES "columns:\n  a: {type: decimal, scale: 10}\n", HEDUI_E2011, 8},
        {HEAD FILES "columns:\n  a: {type: decimal, scale: 0}\n", HEDUI_OK, 0},
        {HEAD FILES "columns:\n  a: {type: money, scale: 2}\n", HEDUI_E2005, 8},
        {HEAD FILES "columns:\n  a: {type: text, suffix: [x]}\n", HEDUI_E2005, 8},
        {HEAD FILES "columns:\n  a: {type: decimal, scale: 2, percent: true}\n", HEDUI_E2005, 8},
        {HEAD FILES COLUMNS "dates: {never: [x]}\n", HEDUI_E1107, 10},
        {HEAD FILES "columns:\n  a: {type: date, required: true, may_be_unknown: true}\n",
         HEDUI_E2013, 8},
        {HEAD FILES "columns:\n  a: {type: text, max: 99999}\n", HEDUI_E2011, 8},
        {HEAD FILES "columns:\n  a: {type: text, header: [甲]}\n  b: {type: text, header: [甲]}\n",
         HEDUI_E2007, 9},
        {HEAD FILES "columns:\n  a: {type: text, header: [甲]}\n  b: {type: text, header: [Ａ]}\n",
         HEDUI_E2007, 9}, /* the full-width name of column a */
        {HEAD FILES COLUMNS "key: [c]\n", HEDUI_E2003, 10},
        {HEAD FILES COLUMNS "persons:\n  - {role: p, id: c}\n", HEDUI_E2003, 11},
        {HEAD FILES COLUMNS "persons:\n  - {role: p, id: a}\n", HEDUI_E2005, 11},
        {HEAD FILES COLUMNS "persons:\n  - {role: p, id: b, name: a}\n", HEDUI_E2005, 11},
        {HEAD FILES COLUMNS "  k: {type: code, list: kind}\npersons:\n"
                            "  - {role: p, id: b, kind: k, citizen: [Z]}\n",
         HEDUI_E2008, 12},
        {HEAD FILES COLUMNS "  m: {type: month}\nbenefit: {from: m}\n", HEDUI_OK, 0},
        {HEAD FILES COLUMNS "  m: {type: month}\nbenefit: {month: m}\n", HEDUI_E1108, 11},
        {HEAD FILES COLUMNS "  m: {type: month}\npersons:\n  - {role: p, id: b}\n"
                            "benefit: {month: m}\n",
         HEDUI_OK, 0},
        {HEAD FILES COLUMNS "  m: {type: month}\npersons:\n  - {role: p, id: b}\n"
                            "benefit: {month: m, from: m}\n",
         HEDUI_E1108, 13},
        {HEAD FILES COLUMNS "benefit: {form: a}\n", HEDUI_E1113, 10},
        {HEAD FILES COLUMNS "benefit: {from: a}\n", HEDUI_E2005, 10},
        {HEAD FILES COLUMNS "benefit: {from: c}\n", HEDUI_E2003, 10},
        {HEAD FILES COLUMNS "  m: {type: month}\nbenefit: {from: m, state: a}\n", HEDUI_E1108, 11},
        {HEAD FILES COLUMNS "  m: {type: month}\nbenefit: {from: m, state: a, received: [A]}\n",
         HEDUI_E2005, 8},
        {HEAD FILES COLUMNS "  m: {type: month}\n  k: {type: code, list: kind}\n"
                            "benefit: {from: m, state: k, received: [Z]}\n",
         HEDUI_E2008, 12},
        {HEAD FILES COLUMNS "due: {every: month, day: 31}\n", HEDUI_OK, 0},
        {HEAD FILES COLUMNS "due: {every: month}\n", HEDUI_E1108, 10},
        {HEAD FILES COLUMNS "due: {every: day, day: 1}\n", HEDUI_E1110, 10},
        {HEAD FILES COLUMNS "due: {every: month, day: 32}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "due: {every: week, day: 8}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "due: {every: month, month: 1, day: 1}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "due: {every: quarter, day: 1}\n", HEDUI_E1108, 10},
        {HEAD FILES COLUMNS "due: {every: quarter, month: 4, day: 1}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "due: {every: half_year, month: 6, day: 1}\n", HEDUI_OK, 0},
        {HEAD FILES COLUMNS "due: {every: year, month: 13, day: 1}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "guards: {age: {warn: 35}}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "guards: {rejects: {hold: 0.1}}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "guards: {rows: {change: [5%, 10%]}}\n", HEDUI_E2011, 10},
        {HEAD FILES COLUMNS "guards: {rows: {change: [-5%, +10%]}, age: {warn: 35 days}}\n",
         HEDUI_OK, 0},
        {HEAD FILES COLUMNS "samples:\n  - row: {c: 1}\n    gives: {a: 1}\n", HEDUI_E2003, 11},
        {HEAD FILES COLUMNS "samples:\n  - row: {a: 1}\n    gives: {c: 1}\n", HEDUI_E2003, 12},
        {HEAD FILES COLUMNS "samples:\n  - row: {a: 1}\n    rejected: wrong\n", HEDUI_E2014, 12},
        {HEAD FILES COLUMNS "samples:\n  - row: {a: 1}\n", HEDUI_E2011, 11},
        {HEAD "file: {name: x, title_lines: 101}\n" COLUMNS, HEDUI_E2011, 6},
        {HEAD "file: {name: x, charset: gbk}\n" COLUMNS, HEDUI_E1110, 6},
    };
    const hedui_code_list *lists[] = {list("codes: kind\nlist: {A: {label: 甲类}}\n", NULL)};
    hedui_code_lists all = {lists, 1};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_yaml *yaml;
        const hedui_layout *layout;
        hedui_err err;
        hedui_err_init(&err);
        assert_int_equal(
            hedui_yaml_parse(&yaml, "t.yaml", hedui_span_of(cases[i].text), arena, &err), HEDUI_OK);
        hedui_status status = hedui_layout_parse(&layout, yaml, &all, arena, &err);
        if (status != cases[i].status || (status && err.line != cases[i].line))
            fail_msg("case %zu: E%d in line %u: %.*s", i, (int)status, err.line, (int)err.text_used,
                     err.text);
    }
}

static void reads_guards_and_shares(void **state)
{
    static const char text[] =
        HEAD FILES COLUMNS "guards:\n  age: {warn: 35 days, refuse: 45 days}\n"
                           "  rows: {change: [-5%, +10%]}\n  rejects: {hold: 0.1%, refuse: 1%}\n"
                           "  join_rate: {change: 20%}\n  name_agreement: {hold: 98%}\n";
    const hedui_yaml *yaml;
    const hedui_layout *layout;
    hedui_code_lists none = {NULL, 0};
    (void)state;
    assert_int_equal(hedui_yaml_parse(&yaml, "t.yaml", hedui_span_of(text), arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_layout_parse(&layout, yaml, &none, arena, NULL), HEDUI_OK);
    const hedui_layout_guards *g = &layout->guards;
    assert_int_equal(g->age_warn_days, 35);
    assert_int_equal(g->age_refuse_days, 45);
    assert_int_equal(g->rows_fall, 50000);
    assert_int_equal(g->rows_rise, 100000);
    assert_int_equal(g->rejects_hold, 1000);
    assert_int_equal(g->rejects_refuse, 10000);
    assert_int_equal(g->join_rate, 200000);
    assert_int_equal(g->name_agreement, 980000);
    assert_int_equal(g->fields_hold, -1);
}

static void reads_code_lists(void **state)
{
    static const struct {
        const char *text;
        hedui_status status;
    } bad[] = {
        {"codes: k\nlist: {A: {label: x}, B: {label: x}}\n", HEDUI_E2009},
        {"codes: k\nlist: {A: {label: x, also: [B]}, B: {label: y}}\n", HEDUI_E2009},
        {"codes: k\nlist: {A: {also: [B]}}\n", HEDUI_E1108},
        {"codes: k\nlist: {A: {label: x, owned: true}, B: {label: y, owned: maybe}}\n",
         HEDUI_E2010},
        {"codes: k\nlist: {A: {label: x, Owned: true}}\n", HEDUI_E2002},
        {"codes: k\nlist: {}\n", HEDUI_E2011},
        {"codes: K\nlist: {A: {label: x}}\n", HEDUI_E2002},
    };
    hedui_err err;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hedui_err_init(&err);
        (void)list(bad[i].text, &err);
        if (err.status != bad[i].status)
            fail_msg("case %zu: E%d", i, (int)err.status);
    }
    hedui_err_init(&err);
    const hedui_code_list *good =
        list("codes: k\nlist:\n  A: {label: 正常, owned: true, tags: [x, y]}\n"
             "  B: {label: 转出, also: 迁出, kind: moved}\n",
             &err);
    assert_non_null(good);
    assert_int_equal(good->single, 1);
    assert_int_equal(good->attribute_count, 3);
    assert_int_equal(hedui_code_list_find(good, hedui_span_of("迁出")), 1);
    assert_int_equal(hedui_code_list_find(good, hedui_span_of("正常")), 0);
    assert_int_equal(hedui_code_list_find(good, hedui_span_of("C")), HEDUI_CODE_NONE);
    uint32_t owned = hedui_code_list_attribute(good, hedui_span_of("owned"));
    assert_int_equal(good->attributes[owned].type, HEDUI_ATTRIBUTE_BOOL);
    assert_int_equal(good->codes[0].values[owned].yes, 1);
    assert_int_equal(good->codes[1].values[owned].given, 0); /* does not say: unknown, not false */
    uint32_t tags = hedui_code_list_attribute(good, hedui_span_of("tags"));
    assert_int_equal(good->codes[0].values[tags].text_count, 2);
}

static void a_workspace_replaces_what_is_shipped(void **state)
{
    const hedui_layouts *layouts;
    char own[256];
    const char *const folders[] = {own, HEDUI_SOURCE_DIR "/feeds"};
    (void)state;
    (void)snprintf(own, sizeof own, "%s", temporary_path(""));
    write_file(
        temporary_path("boat.yaml"),
        hedui_span_of("feed: boat\nas: boats\ntitle: 本县船舶\nsource: s\nrow: r\n" FILES COLUMNS));
    assert_int_equal(hedui_layouts_load(&layouts, folders, 2, arena, NULL, NULL), HEDUI_OK);
    const hedui_layout *boat = hedui_layouts_find(layouts, hedui_span_of("boat"));
    assert_true(hedui_span_is(boat->title, "本县船舶"));
    assert_ptr_equal(boat, hedui_layouts_find_as(layouts, hedui_span_of("boats")));
    write_file(temporary_path("boat.yaml"),
               hedui_span_of("feed: ship\nas: boats\ntitle: t\nsource: s\nrow: r\n" FILES COLUMNS));
    assert_int_equal(hedui_layouts_load(&layouts, folders, 2, arena, NULL, NULL), HEDUI_E2001);
    (void)unlink(temporary_path("boat.yaml"));
    write_file(temporary_path("ship.yaml"),
               hedui_span_of("feed: ship\nas: boats\ntitle: t\nsource: s\nrow: r\n" FILES COLUMNS));
    assert_int_equal(hedui_layouts_load(&layouts, folders, 2, arena, NULL, NULL), HEDUI_E2012);
    (void)unlink(temporary_path("ship.yaml"));
    remove_temporary();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_is_wrong_with_a_layout),
        cmocka_unit_test(reads_guards_and_shares),
        cmocka_unit_test(reads_code_lists),
        cmocka_unit_test(a_workspace_replaces_what_is_shipped),
    };
    arena = hedui_arena_open(0);
    int failed = cmocka_run_group_tests_name("feed/layout", tests, NULL, NULL);
    hedui_arena_close(arena);
    return failed;
}
