/* What `feeds check` says of codes, empty cells and rejected rows, against counts by hand. */
#include "feed_file.h"

#include <hedui/feed.h>

static hedui_arena *arena;

static const char layout_text[] = "feed: test\nas: tests\ntitle: 测试\nsource: 测试\nrow: 一行\n"
                                  "file: {name: \"test-*.csv.gz\", charset: utf-8, footers: [共]}\n"
                                  "columns:\n"
                                  "  no: {type: text, header: [编号], max: 12}\n"
                                  "  state: {type: code, list: letters, header: [状态]}\n"
                                  "  marks: {type: codes, list: letters, header: [标记]}\n"
                                  "  live: {type: yes_no, header: [在用]}\n"
                                  "  secret: {type: integer, header: [密数], sensitive: true}\n"
                                  "  amount: {type: money, header: [金额], required: true}\n"
                                  "  gone: {type: text, header: [旧列]}\n";

static const char codes_text[] =
    "codes: letters\ntitle: 字母\nlist:\n"
    "  A: {label: 甲}\n  B: {label: 乙}\n  C: {label: 丙}\n  D: {label: 丁}\n"
    "  E: {label: 戊}\n  F: {label: 己}\n  G: {label: 庚}\n";

static const char *const rows[] = {
    "1,A,AB,是,11,1.00", "2,B,B,否,12,2.00",   "3,B,,是,13,3.00",   "4,C,ABC,是,14,4.00",
    "5,D,G,,15,5.00",    "6,E,Z,是,16,6.00",   "7,F,A,是,17,7.00",  "8,F,A,是,18,8.00",
    "9,F,A,是,19,9.00",  "10,Z,A,否,20,10.00", "11,,A,否,21,11.00", "12,A,A,是,22,",
    "13,A,A,是,23,x",    "14,A,A,是,24,",      "15,A,A,是,25,",     "16,A,A,是,26,",
};

static const hedui_feed_report *check(void)
{
    static const char *folders[1];
    const hedui_feed_report *report = NULL;
    hedui_buffer text, gz;
    hedui_err err;
    char folder[256], path[300];
    hedui_err_init(&err);
    (void)snprintf(folder, sizeof folder, "%s", temporary_path("feeds"));
    (void)mkdir(folder, 0700);
    (void)snprintf(path, sizeof path, "%s/test.yaml", folder);
    write_file(path, hedui_span_of(layout_text));
    (void)snprintf(path, sizeof path, "%s/codes", folder);
    (void)mkdir(path, 0700);
    (void)snprintf(path, sizeof path, "%s/codes/letters.yaml", folder);
    write_file(path, hedui_span_of(codes_text));
    hedui_buffer_init(&text);
    hedui_buffer_init(&gz);
    hedui_buffer_text(&text, "编号,状态,标记,在用,密数,金额\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        hedui_buffer_format(&text, "%s\n", rows[i]);
    hedui_buffer_text(&text, "共若干条\n");
    gzip_add(&gz, hedui_buffer_span(&text), 1);
    (void)snprintf(path, sizeof path, "%s/test-1.csv.gz", folder);
    write_file(path, hedui_buffer_span(&gz));
    hedui_buffer_free(&text);
    hedui_buffer_free(&gz);
    folders[0] = folder;
    if (hedui_feed_check(&report, path, NULL, folders, 1, arena, &err))
        fail_msg("%s:%u %.*s", err.file, err.line, (int)err.text_used, err.text);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/codes/letters.yaml", folder);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/test.yaml", folder);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/codes", folder);
    (void)rmdir(path);
    (void)rmdir(folder);
    return report;
}

static const hedui_feed_column *column(const hedui_feed_report *report, const char *name)
{
    for (uint32_t i = 0; i < report->column_count; i++)
        if (hedui_span_is(report->columns[i].name, name))
            return &report->columns[i];
    fail_msg("no column %s", name);
    return NULL;
}

/* "F 己 3, A 甲 1" */
static void expect_top(const hedui_feed_report *report, const char *name, const char *expected,
                       uint32_t codes)
{
    const hedui_feed_column *c = column(report, name);
    char text[256] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < c->top_count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s %.*s %llu", i ? ", " : "",
                                 (int)c->top[i].code.length, c->top[i].code.at,
                                 (int)c->top[i].label.length, c->top[i].label.at,
                                 (unsigned long long)c->top[i].count);
    assert_string_equal(text, expected);
    assert_int_equal(c->code_count, codes);
}

static void test_codes_by_frequency_then_by_the_list(void **state)
{
    (void)state;
    const hedui_feed_report *report = check();
    /* of the first eleven rows; the others lack an amount */
    assert_int_equal(report->accepted, 11);
    expect_top(report, "state", "F 己 3, B 乙 2, A 甲 1, C 丙 1, D 丁 1", 6);
    expect_top(report, "marks", "A 甲 7, B 乙 3, C 丙 1, G 庚 1", 4);
    expect_top(report, "live", "是  7, 否  3", 2);
    expect_top(report, "no", "", 0);
}

static void test_empty_cells_and_bounds(void **state)
{
    (void)state;
    const hedui_feed_report *report = check();
    const hedui_feed_column *state_column = column(report, "state");
    assert_int_equal(state_column->value, 9);
    assert_int_equal(state_column->absent + state_column->unknown, 1);
    assert_int_equal(state_column->unlisted, 1);
    assert_int_equal(column(report, "gone")->present, 0);
    assert_true(hedui_span_is(column(report, "amount")->most, "11.00"));
    assert_int_equal(column(report, "secret")->most.length, 0);
    assert_int_equal(column(report, "no")->most.length, 0);
    assert_true(report->footer_unread.length > 0);
}

static void test_problems_by_reason_and_column(void **state)
{
    (void)state;
    const hedui_feed_report *report = check();
    assert_int_equal(report->problem_count, 2);
    const hedui_feed_problem *most = &report->problems[0], *least = &report->problems[1];
    assert_string_equal(most->reason, "missing");
    assert_true(hedui_span_is(most->column, "金额"));
    assert_int_equal(most->count, 4);
    assert_int_equal(most->line_count, 3);
    assert_int_equal(most->lines[0], 13);
    assert_int_equal(most->lines[1], 15);
    assert_int_equal(most->lines[2], 16);
    assert_string_equal(least->reason, "money_format");
    assert_int_equal(least->count, 1);
    assert_int_equal(least->lines[0], 14);
    assert_int_equal(least->line_count, 1);
}

static int open_arena(void **state)
{
    (void)state;
    arena = hedui_arena_open(0);
    return arena == NULL;
}

static int close_arena(void **state)
{
    (void)state;
    hedui_arena_close(arena);
    remove_temporary();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_codes_by_frequency_then_by_the_list, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(test_empty_cells_and_bounds, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_problems_by_reason_and_column, open_arena,
                                        close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
