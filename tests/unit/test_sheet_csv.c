/* CSV: what office programs would run, round or break is guarded; nothing is cut. */
#include "test.h"

#include "sheet/sheet.h"

#include <hedui/date.h>

static void guards_and_quotes(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"赵一", "赵一"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"他说\"好\"", "\"他说\"\"好\"\"\""},
        {"一\n二", "\"一\n二\""},
        {"=1+1", "'=1+1"},
        {"+86", "'+86"},
        {"-", "'-"},
        {"@x", "'@x"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"＝1", "'＝1"},
        {"＠x", "'＠x"},
        {"=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\""},
        {" =1", " =1"},
        {"12345678901", "12345678901"},
        {"123456789012", "'123456789012"},
        {"110105********002X", "110105********002X"},
    };
    static const hedui_sheet_column column = {HEDUI_SPAN("列"), HEDUI_SHEET_TEXT};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_buffer out;
        hedui_sheet_cell cell = {0, hedui_span_of(cases[i].text), 0};
        hedui_buffer_init(&out);
        hedui_sheet_csv_row(&out, &column, &cell, 1);
        size_t length = strlen(cases[i].want);
        if (out.length != length + 2 || memcmp(out.data, cases[i].want, length) != 0)
            fail_msg("case %zu: %s", i, out.data);
        hedui_buffer_free(&out);
    }
}

static void writes_numbers_bare_and_unknown_as_nothing(void **state)
{
    static const hedui_sheet_column columns[] = {
        {HEDUI_SPAN("文"), HEDUI_SHEET_TEXT},    {HEDUI_SPAN("数"), HEDUI_SHEET_NUMBER},
        {HEDUI_SPAN("金额"), HEDUI_SHEET_MONEY}, {HEDUI_SPAN("金额,元"), HEDUI_SHEET_MONEY},
        {HEDUI_SPAN("日"), HEDUI_SHEET_DATE},
    };
    static const hedui_sheet_cell rows[][5] = {
        {{0, HEDUI_SPAN("a"), 0},
         {0, {0, 0}, -7},
         {0, {0, 0}, 124500},
         {0, {0, 0}, -5},
         {0, {0, 0}, 0}},
        {{1, {0, 0}, 0}, {1, {0, 0}, 0}, {1, {0, 0}, 0}, {0, {0, 0}, INT64_MIN}, {1, {0, 0}, 0}},
    };
    hedui_buffer out;
    (void)state;
    hedui_buffer_init(&out);
    hedui_sheet_csv_head(&out, columns, 5, 1);
    hedui_sheet_csv_row(&out, columns, rows[0], 5);
    hedui_sheet_csv_row(&out, columns, rows[1], 5);
    assert_string_equal(out.data, "\xEF\xBB\xBF文,数,金额,\"金额,元\",日\r\n"
                                  "a,-7,1245.00,-0.05,1970-01-01\r\n"
                                  ",,,-92233720368547758.08,\r\n");
    hedui_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guards_and_quotes),
        cmocka_unit_test(writes_numbers_bare_and_unknown_as_nothing),
    };
    return cmocka_run_group_tests_name("sheet/csv", tests, NULL, NULL);
}
