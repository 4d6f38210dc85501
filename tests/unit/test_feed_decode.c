/* One cell of every type: what it is read as, or why it is not. Written from the grammar in
 * feeds/README.md. */
#include "feed_file.h"

#include "feed/decode.h"

#define HEAD "feed: t\nas: ts\ntitle: t\nsource: s\nrow: r\nfile: {name: \"t-*.csv.gz\"}\n"

static hedui_arena *arena;

static const hedui_layout *layout_of(const char *column)
{
    hedui_buffer text;
    const hedui_yaml *yaml;
    const hedui_layout *layout = NULL;
    const hedui_code_list *lists[1];
    hedui_buffer_init(&text);
    assert_int_equal(hedui_yaml_parse(&yaml, "codes.yaml",
                                      hedui_span_of("codes: letters\nlist: {A: {label: 甲}, "
                                                    "B: {label: 乙, also: [第二]}}\n"),
                                      arena, NULL),
                     HEDUI_OK);
    assert_int_equal(hedui_code_list_parse(&lists[0], yaml, arena, NULL), HEDUI_OK);
    hedui_buffer_text(&text, HEAD "dates: {unknown: [1900-01-01], none: [9999-12-31]}\n");
    hedui_buffer_format(&text, "columns:\n  a: {%s}\n", column);
    hedui_span kept = hedui_arena_copy(arena, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    assert_int_equal(hedui_yaml_parse(&yaml, "t.yaml", kept, arena, NULL), HEDUI_OK);
    hedui_code_lists all = {lists, 1};
    if (hedui_layout_parse(&layout, yaml, &all, arena, NULL) != HEDUI_OK)
        fail_msg("column {%s} is refused", column);
    return layout;
}

/* What a cell is read as: its canonical value, "absent", "unknown", "unlisted" or the reason. */
static void tell(hedui_buffer *out, const char *column, const char *cell)
{
    const hedui_layout *layout = layout_of(column);
    hedui_decoded got = hedui_decode(&layout->columns[0], hedui_span_of(cell), arena);
    if (got.reason != HEDUI_DECODED)
        hedui_buffer_text(out, hedui_reason_name(got.reason));
    else if (got.state != HEDUI_CELL_VALUE)
        hedui_buffer_text(out, got.state == HEDUI_CELL_ABSENT ? "absent" : "unknown");
    else if (hedui_column_type_is_text(layout->columns[0].type))
        hedui_buffer_add(out, got.text);
    else
        hedui_column_print(out, &layout->columns[0], got.number);
}

typedef struct cell_case {
    const char *column, *cell, *want;
} cell_case;

static void reads(const cell_case *cases, size_t count)
{
    hedui_buffer got;
    hedui_buffer_init(&got);
    for (size_t i = 0; i < count; i++) {
        hedui_buffer_clear(&got);
        tell(&got, cases[i].column, cases[i].cell);
        if (!hedui_span_is(hedui_buffer_span(&got), cases[i].want))
            fail_msg("{%s} \"%s\": %.*s, not %s", cases[i].column, cases[i].cell, (int)got.length,
                     got.data, cases[i].want);
    }
    hedui_buffer_free(&got);
}

#define READS(cases) reads(cases, sizeof(cases) / sizeof *(cases))

static void decimals_are_exact(void **state)
{
    static const cell_case cases[] = {
        {"type: decimal, scale: 3", "92.5", "92.500"},
        {"type: decimal, scale: 3", "1,234.567", "1234.567"},
        {"type: decimal, scale: 3", "0.1230", "0.123"},
        {"type: decimal, scale: 3", "0.1234", "number_format"}, /* not rounded */
        {"type: decimal, scale: 0", "12", "12"},
        {"type: decimal, scale: 0", "12.5", "number_format"},
        {"type: decimal, scale: 9", "0.000000001", "0.000000001"},
        {"type: decimal, scale: 2", "９２．５", "92.50"},
        {"type: decimal, scale: 2", "-1", "number_range"},
        {"type: decimal, scale: 2, negative: true", "-1", "-1.00"},
        {"type: decimal, scale: 2", "1e3", "number_format"},
        {"type: decimal, scale: 2", "NaN", "number_format"},
        {"type: decimal, scale: 2", "99999999999999999999", "number_range"},
        {"type: decimal, scale: 2", "", "absent"},
        {"type: decimal, scale: 2, may_be_unknown: true", "-", "unknown"},
        {"type: decimal, scale: 2, required: true", "", "missing"},
        {"type: decimal, scale: 1, suffix: [千瓦, kW]", "92.5千瓦", "92.5"},
        {"type: decimal, scale: 1, suffix: [千瓦, kW]", "92.5 kW", "92.5"},
        {"type: decimal, scale: 1, suffix: [千瓦, kW]", "92.5马力", "number_format"},
        {"type: decimal, scale: 1, suffix: [千瓦, kW]", "千瓦", "number_format"},
        {"type: decimal, scale: 1", "92.5千瓦", "number_format"},
        {"type: integer, suffix: [人]", "3人", "3"},
        {"type: integer", "3人", "number_format"},
        {"type: area", "89.5 平方米", "89.50"},
        {"type: area", "89.555", "number_format"},
        {"type: area", "-1", "number_range"},
    };
    (void)state;
    READS(cases);
}

static void shares_are_read_as_written(void **state)
{
    static const cell_case cases[] = {
        {"type: rate", "8%", "0.08"},
        {"type: rate", "0.08", "0.08"},
        {"type: rate", "33.33%", "0.3333"},
        {"type: rate", "100%", "1.00"},
        {"type: rate", "1", "1.00"},
        {"type: rate", "8", "number_range"}, /* 8 or 8%: not guessed */
        {"type: rate", "101%", "number_range"},
        {"type: rate, percent: true", "8", "0.08"},
        {"type: rate, percent: true", "0.5", "0.005"},
        {"type: rate, percent: true", "8%", "0.08"},
        {"type: rate", "1/2", "0.50"},
        {"type: rate", "1／4", "0.25"},
        {"type: rate, percent: true", "1/2", "0.50"},
        {"type: rate", "1/3", "number_format"}, /* has no end in decimals */
        {"type: rate", "3/2", "number_range"},
        {"type: rate", "1/0", "number_range"},
        {"type: rate", "1/2/3", "number_format"},
        {"type: rate", "/2", "number_format"},
        {"type: rate", "/", "absent"},
        {"type: rate", "0.3333333", "number_format"},
    };
    (void)state;
    READS(cases);
}

static void dates_with_a_meaning_are_named_once(void **state)
{
    static const cell_case cases[] = {
        {"type: date", "1900/1/1", "unknown"},
        {"type: date", "99991231", "absent"},
        {"type: date, open: [\"9999-12-31\"]", "9999年12月31日", "9999-12-31"},
        {"type: date, open: [\"2099-12-31\", 长期]", "2099.12.31", "9999-12-31"},
        {"type: date, open: [\"2099-12-31\", 长期]", " 长期 ", "9999-12-31"},
        {"type: date, open: [\"2099-12-31\", 长期]", "永久", "date_format"},
        {"type: date, unknown: [不详]", "不详", "unknown"},
        {"type: date, none: [未发生], may_be_unknown: true", "未发生", "unknown"},
        {"type: date, required: true", "1900-01-01", "missing"},
        {"type: date", "00000000", "absent"},
        {"type: date", "1899-12-31", "1899-12-31"},
        {"type: month", "190001", "unknown"},
        {"type: month", "99991231", "absent"},
        {"type: month, open: [\"9999-12\", 长期]", "999912", "9999-12"},
        {"type: month, open: [\"9999-12\", 长期]", "长期", "9999-12"},
        {"type: month, open: [\"2099-12-31\"]", "2099年12月", "9999-12"},
        {"type: month, serial: true", "42004", "2014-12"},
        {"type: month, epoch_ms: true", "1419955200000", "2014-12"},
        {"type: date, serial: true", "2", "date_format"},
        {"type: text, none: [无]", "无", "absent"},
        {"type: text", "无", "无"},
        {"type: money, unit: stated", "1.5万元", "15000.00"},
        {"type: money, unit: stated", "1.5", "money_format"},
    };
    (void)state;
    READS(cases);
}

static void codes_are_listed_or_unknown(void **state)
{
    static const cell_case cases[] = {
        {"type: code, list: letters", "ａ", "A"},
        {"type: code, list: letters", "第二", "B"},
        {"type: code, list: letters", "C", "code_value"},
        {"type: code, list: letters", "-", "absent"},
        {"type: codes, list: letters", "BA", "[A, B]"},
        {"type: codes, list: letters", "AC", "code_value"},
        {"type: codes, list: letters, separator: \"、\"", "甲、乙", "[A, B]"},
        {"type: yes_no", "√", "true"},
        {"type: yes_no", "2", "yes_no"},
    };
    (void)state;
    READS(cases);
}

static int begin(void **state)
{
    (void)state;
    arena = hedui_arena_open(0);
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    hedui_arena_close(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(decimals_are_exact),
                                       cmocka_unit_test(shares_are_read_as_written),
                                       cmocka_unit_test(dates_with_a_meaning_are_named_once),
                                       cmocka_unit_test(codes_are_listed_or_unknown)};
    return cmocka_run_group_tests_name("feed/decode", tests, begin, end);
}
