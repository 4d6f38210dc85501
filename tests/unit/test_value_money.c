/* Amounts: what registries write, what is refused and by which name. */
#include "test.h"

#include <hedui/money.h>

static void reads_amounts(void **state)
{
    static const struct {
        const char *text;
        hedui_money_unit unit;
        hedui_money_form form;
        int64_t fen;
    } cases[] = {
        {"1234.56", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 123456},
        {"0", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 0},
        {"-0", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 0},
        {"5.1", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 510},
        {".50", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 50},
        {"+12", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 1200},
        {"-12.30", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, -1230},
        {"1,234,567.89", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 123456789},
        {"12.3400", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 1234},
        {"￥1,234", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 123400},
        {"¥ 88.00", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 8800},
        {"-¥88", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, -8800},
        {"500元", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 50000},
        {"　１２３．４５ ", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, 12345},
        {"1.5", HEDUI_MONEY_WAN_YUAN, HEDUI_MONEY_OK, 1500000},
        {"0.000001", HEDUI_MONEY_WAN_YUAN, HEDUI_MONEY_OK, 1},
        {"12345", HEDUI_MONEY_FEN, HEDUI_MONEY_OK, 12345},
        {"12345.00", HEDUI_MONEY_FEN, HEDUI_MONEY_OK, 12345},
        {"92233720368547758.07", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, INT64_MAX},
        {"-92233720368547758.08", HEDUI_MONEY_YUAN, HEDUI_MONEY_OK, INT64_MIN},
        {"", HEDUI_MONEY_YUAN, HEDUI_MONEY_EMPTY, 0},
        {" ", HEDUI_MONEY_YUAN, HEDUI_MONEY_EMPTY, 0},
        {"-", HEDUI_MONEY_YUAN, HEDUI_MONEY_EMPTY, 0},
        {"无", HEDUI_MONEY_YUAN, HEDUI_MONEY_EMPTY, 0},
        {"NULL", HEDUI_MONEY_YUAN, HEDUI_MONEY_EMPTY, 0},
        {"92233720368547758.08", HEDUI_MONEY_YUAN, HEDUI_MONEY_RANGE, 0},
        {"99999999999999999999", HEDUI_MONEY_YUAN, HEDUI_MONEY_RANGE, 0},
        {"922337203685478", HEDUI_MONEY_WAN_YUAN, HEDUI_MONEY_RANGE, 0},
        {"1.005", HEDUI_MONEY_YUAN, HEDUI_MONEY_SCALE, 0},
        {"1.5", HEDUI_MONEY_FEN, HEDUI_MONEY_SCALE, 0},
        {"1e3", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"1E+3", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"NaN", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"inf", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"0x10", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"1.2.3", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"5.", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {".", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"1,23", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {",123", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"1234,567", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"1,234,", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"--5", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"5-", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"(5)", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"$5", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"5美元", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"1.5万元", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0}, /* another unit than the column's */
        {"500元", HEDUI_MONEY_WAN_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"500元", HEDUI_MONEY_FEN, HEDUI_MONEY_FORMAT, 0},
        {"1.5万元", HEDUI_MONEY_WAN_YUAN, HEDUI_MONEY_OK, 1500000},
        {"1.5 万", HEDUI_MONEY_WAN_YUAN, HEDUI_MONEY_OK, 1500000},
        {"1.5万", HEDUI_MONEY_FEN, HEDUI_MONEY_FORMAT, 0},
        {"500元", HEDUI_MONEY_STATED, HEDUI_MONEY_OK, 50000},
        {"￥1.5万元", HEDUI_MONEY_STATED, HEDUI_MONEY_OK, 1500000},
        {"1.5", HEDUI_MONEY_STATED, HEDUI_MONEY_FORMAT, 0},
        {"0", HEDUI_MONEY_STATED, HEDUI_MONEY_FORMAT, 0},
        {"1.5亿元", HEDUI_MONEY_STATED, HEDUI_MONEY_FORMAT, 0},
        {"万元", HEDUI_MONEY_STATED, HEDUI_MONEY_FORMAT, 0},
        {"", HEDUI_MONEY_STATED, HEDUI_MONEY_EMPTY, 0},
        {"1 234", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
        {"\xFF", HEDUI_MONEY_YUAN, HEDUI_MONEY_FORMAT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t fen = 0;
        hedui_money_form form =
            hedui_money_parse(&fen, hedui_span_of(cases[i].text), cases[i].unit);
        if (form != cases[i].form || fen != cases[i].fen)
            fail_msg("\"%s\": form %d, %lld fen", cases[i].text, (int)form, (long long)fen);
    }
}

static void prints_amounts(void **state)
{
    static const struct {
        int64_t fen;
        const char *text;
    } cases[] = {{0, "0.00"},
                 {5, "0.05"},
                 {-5, "-0.05"},
                 {100000, "1,000.00"},
                 {123456789, "1,234,567.89"},
                 {INT64_MAX, "92,233,720,368,547,758.07"},
                 {INT64_MIN, "-92,233,720,368,547,758.08"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HEDUI_MONEY_TEXT];
        hedui_money_print(text, cases[i].fen);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_amounts),
        cmocka_unit_test(prints_amounts),
    };
    return cmocka_run_group_tests_name("value/money", tests, NULL, NULL);
}
