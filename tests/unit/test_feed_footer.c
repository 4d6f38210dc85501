/* Counts in footer lines, and what they do to a delivery. */
#include "feed_file.h"

#include "feed/footer.h"

static void test_counts_are_read_from_footers(void **state)
{
    static const struct {
        const char *text;
        int64_t want;
    } cases[] = {
        {"共 12345 条", 12345},
        {"共12345条", 12345},
        {"共计 12,345 条记录", 12345},
        {"合计：0行", 0},
        {"合计,12345条", 12345}, /* the comma is a delimiter */
        {"合计,\"1,234,567\",条", 1234567},
        {"共 １２，３４５ 条", 12345}, /* full-width */
        {"共 3 页 120 笔,,", 120},
        {"共 5 人，12 条", 12},
        {"合计,,,9876543.21", HEDUI_FOOTER_SILENT}, /* an amount */
        {"合计", HEDUI_FOOTER_SILENT},
        {"共 300 辆", HEDUI_FOOTER_SILENT}, /* of things, not of rows */
        {"", HEDUI_FOOTER_SILENT},
        {"共 条", HEDUI_FOOTER_UNREADABLE},
        {"共 12.5 条", HEDUI_FOOTER_UNREADABLE},
        {"共 -5 条", HEDUI_FOOTER_UNREADABLE},
        {"共 1,23 条", HEDUI_FOOTER_UNREADABLE},
        {"共 1,2345 条", HEDUI_FOOTER_UNREADABLE},
        {"共 一百 条", HEDUI_FOOTER_UNREADABLE},
        {"共 1234567890123456 条", HEDUI_FOOTER_UNREADABLE}, /* nobody has that many */
        {"条", HEDUI_FOOTER_UNREADABLE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t is = hedui_footer_count(hedui_span_of(cases[i].text));
        if (is != cases[i].want)
            fail_msg("%s: %lld", cases[i].text, (long long)is);
    }
}

static const char layout_text[] = "feed: test\nas: tests\ntitle: 测试\nsource: 测试\nrow: 一行\n"
                                  "file: {name: \"test-*.csv.gz\", charset: %s}\n"
                                  "columns:\n"
                                  "  no: {type: text, header: [编号], required: true}\n"
                                  "  amount: {type: money, header: [金额]}\n";

static void test_a_footer_that_counts_must_count_what_was_read(void **state)
{
    static const struct {
        const char *rows;
        hedui_refusal want;
        const char *detail;
        uint64_t records;
        int unread;
    } cases[] = {
        {"a,1\nb,2\n共 2 条,\n", HEDUI_REFUSAL_none, "", 2, 0},
        {"a,1\nb,2\n共 3 条,\n", HEDUI_REFUSAL_footer_rows, "3 / 2", 2, 0},
        {"a,1\nb,2\n共 1 条,\n", HEDUI_REFUSAL_footer_rows, "1 / 2", 2, 0},
        {"a,1\n,2\nc,3\n共 3 条,\n", HEDUI_REFUSAL_none, "", 3, 0}, /* rejected rows count */
        {"a,1\nb,2\n合计,3.00\n", HEDUI_REFUSAL_none, "", 2, 0},
        {"a,1\nb,2\n合计,3.00\n共 2 条,\n", HEDUI_REFUSAL_none, "", 2, 0},
        {"a,1\nb,2\n合计,3.00\n共 9 条,\n", HEDUI_REFUSAL_footer_rows, "9 / 2", 2, 0},
        {"a,1\nb,2\n共 两 条\n", HEDUI_REFUSAL_none, "", 2, 1},
        {"a,1\n共 1 条\nb,2\n", HEDUI_REFUSAL_none, "", 3, 0}, /* in the middle it is a bad row */
    };
    hedui_arena *arena = hedui_arena_open(0);
    (void)state;
    for (int gb = 0; gb < 2; gb++) {
        const hedui_yaml *yaml;
        const hedui_layout *layout = NULL;
        hedui_code_lists none = {NULL, 0};
        char text[sizeof layout_text + 16];
        (void)snprintf(text, sizeof text, layout_text, gb ? "gb18030" : "utf-8");
        assert_int_equal(hedui_yaml_parse(&yaml, "test.yaml", hedui_span_of(text), arena, NULL),
                         HEDUI_OK);
        assert_int_equal(hedui_layout_parse(&layout, yaml, &none, arena, NULL), HEDUI_OK);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            char rows[256];
            (void)snprintf(rows, sizeof rows, "编号,金额\n%s", cases[i].rows);
            hedui_span bytes = hedui_span_of(rows);
            if (gb)
                bytes = to_gb18030(bytes, arena);
            hedui_delivery *d = scan_text(bytes, layout, NULL);
            if (d->refusal != cases[i].want || d->ledger.records != cases[i].records ||
                (d->refusal_detail.length || *cases[i].detail) != (*cases[i].detail != 0) ||
                (*cases[i].detail && !hedui_span_is(d->refusal_detail, cases[i].detail)) ||
                (d->footer_unread.length > 0) != cases[i].unread)
                fail_msg("%s: %s '%.*s' of %d", cases[i].rows, hedui_refusal_name(d->refusal),
                         (int)d->refusal_detail.length, d->refusal_detail.at,
                         (int)d->ledger.records);
            hedui_delivery_close(d);
        }
    }
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_are_read_from_footers),
        cmocka_unit_test(test_a_footer_that_counts_must_count_what_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
