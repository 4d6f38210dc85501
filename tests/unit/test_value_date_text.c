/* Dates and months in the forms of registries. The days of the good cases were worked out with
 * another program's calendar. */
#include "test.h"

#include "value/date_text.h"

enum { END_OF_2014 = 16435 }; /* 2014-12-31 */

static void reads_dates(void **state)
{
    static const struct {
        const char *text;
        int forms;
        hedui_date_form form;
        int32_t day;
    } cases[] = {
        {"20141231", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014-12-31", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014/12/31", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014.12.31", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014/1/5", 0, HEDUI_DATE_OK, 16075},
        {"2014年12月31日", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014年1月5日", 0, HEDUI_DATE_OK, 16075},
        {"2014-12-31 00:00:00", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014-12-31T08:30:00.123", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2014/12/31 8:30", 0, HEDUI_DATE_OK, END_OF_2014},
        {" ２０１４－１２－３１ ", 0, HEDUI_DATE_OK, END_OF_2014},
        {"2012-02-29", 0, HEDUI_DATE_OK, 15399},
        {"9999-12-31", 0, HEDUI_DATE_OK, HEDUI_DATE_MAX},
        {"42004", HEDUI_DATE_SERIAL, HEDUI_DATE_OK, END_OF_2014},
        {"1419955200000", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_OK, END_OF_2014}, /* 00:00 in China */
        {"1420041599999", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_OK, END_OF_2014},
        {"1420041600000", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_OK, END_OF_2014 + 1},
        {"20141231", HEDUI_DATE_EPOCH_MS | HEDUI_DATE_SERIAL, HEDUI_DATE_OK, END_OF_2014},
        {"788889600000", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_OK, 9131}, /* 1995-01-01 in China */
        {"-23788800000", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_OK, -275}, /* 1969-04-01 in China */
        {"-23788800001", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_OK, -276},
        {"1419955200", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_FORMAT, 0}, /* seconds? not guessed */
        {"14199552000000", HEDUI_DATE_EPOCH_MS, HEDUI_DATE_FORMAT, 0},
        {"0", HEDUI_DATE_EPOCH_MS | HEDUI_DATE_SERIAL, HEDUI_DATE_EMPTY, 0},
        {"25569", HEDUI_DATE_SERIAL, HEDUI_DATE_OK, 0},   /* 1970-01-01 is a day like others */
        {"61", HEDUI_DATE_SERIAL, HEDUI_DATE_OK, -25508}, /* 1900-03-01 */
        {"42004.75", HEDUI_DATE_SERIAL, HEDUI_DATE_OK, END_OF_2014},
        {"42004.", HEDUI_DATE_SERIAL, HEDUI_DATE_FORMAT, 0},
        {"42004.5", 0, HEDUI_DATE_FORMAT, 0},
        {"142004", HEDUI_DATE_SERIAL, HEDUI_DATE_FORMAT, 0},
        {"", 0, HEDUI_DATE_EMPTY, 0},
        {"-", 0, HEDUI_DATE_EMPTY, 0},
        {"无", 0, HEDUI_DATE_EMPTY, 0},
        {"00000000", 0, HEDUI_DATE_EMPTY, 0},
        {"0000-00-00", 0, HEDUI_DATE_EMPTY, 0},
        {"2014-02-29", 0, HEDUI_DATE_VALUE, 0},
        {"2014-13-01", 0, HEDUI_DATE_VALUE, 0},
        {"2014-00-10", 0, HEDUI_DATE_VALUE, 0},
        {"20140431", 0, HEDUI_DATE_VALUE, 0},
        {"2014-12-31 25:00:00", 0, HEDUI_DATE_VALUE, 0},
        {"2014", 0, HEDUI_DATE_FORMAT, 0},
        {"201412", 0, HEDUI_DATE_FORMAT, 0},
        {"2014-12", 0, HEDUI_DATE_FORMAT, 0},
        {"14-12-31", 0, HEDUI_DATE_FORMAT, 0},
        {"12/31/2014", 0, HEDUI_DATE_FORMAT, 0},
        {"2014-12/31", 0, HEDUI_DATE_FORMAT, 0},
        {"2014-12-31x", 0, HEDUI_DATE_FORMAT, 0},
        {"2014-12-31 ab", 0, HEDUI_DATE_FORMAT, 0},
        {"2014年12月", 0, HEDUI_DATE_FORMAT, 0},
        {"42004", 0, HEDUI_DATE_FORMAT, 0},
        {"2014", HEDUI_DATE_SERIAL, HEDUI_DATE_FORMAT, 0}, /* a year, and no day of 1905 */
        {"2014.5", HEDUI_DATE_SERIAL, HEDUI_DATE_FORMAT, 0},
        {"1800", HEDUI_DATE_SERIAL, HEDUI_DATE_FORMAT, 0},
        {"1799", HEDUI_DATE_SERIAL, HEDUI_DATE_OK, -23770},
        {"2201", HEDUI_DATE_SERIAL, HEDUI_DATE_OK, -23368},
        {"60", HEDUI_DATE_SERIAL, HEDUI_DATE_FORMAT, 0}, /* the day that never was */
        {"1419955200000", 0, HEDUI_DATE_FORMAT, 0},
        {"近日", 0, HEDUI_DATE_FORMAT, 0},
        {"\xE5\xB9", 0, HEDUI_DATE_FORMAT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = 0;
        hedui_date_form form = hedui_date_parse(&day, hedui_span_of(cases[i].text), cases[i].forms);
        if (form != cases[i].form || day != cases[i].day)
            fail_msg("\"%s\": form %d, day %d", cases[i].text, (int)form, (int)day);
    }
}

static void reads_months(void **state)
{
    static const struct {
        const char *text;
        hedui_date_form form;
        int32_t month;
    } cases[] = {
        {"201412", HEDUI_DATE_OK, 2014 * 12 + 11},
        {"2014-12", HEDUI_DATE_OK, 2014 * 12 + 11},
        {"2014/1", HEDUI_DATE_OK, 2014 * 12},
        {"2014.01", HEDUI_DATE_OK, 2014 * 12},
        {"2014年1月", HEDUI_DATE_OK, 2014 * 12},
        {"20140105", HEDUI_DATE_OK, 2014 * 12},
        {"2014-01-05", HEDUI_DATE_OK, 2014 * 12},
        {"2014年1月5日", HEDUI_DATE_OK, 2014 * 12},
        {"", HEDUI_DATE_EMPTY, 0},
        {"000000", HEDUI_DATE_EMPTY, 0},
        {"201413", HEDUI_DATE_VALUE, 0},
        {"2014-02-30", HEDUI_DATE_VALUE, 0},
        {"2014", HEDUI_DATE_FORMAT, 0},
        {"14-12", HEDUI_DATE_FORMAT, 0},
        {"2014-12 x", HEDUI_DATE_FORMAT, 0},
        {"2014121", HEDUI_DATE_FORMAT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t month = 0;
        hedui_date_form form = hedui_month_parse(&month, hedui_span_of(cases[i].text), 0);
        if (form != cases[i].form || month != cases[i].month)
            fail_msg("\"%s\": form %d, month %d", cases[i].text, (int)form, (int)month);
    }
    char text[HEDUI_MONTH_TEXT];
    hedui_month_print(text, 2014 * 12 + 8);
    assert_string_equal(text, "2014-09");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(reads_months),
    };
    return cmocka_run_group_tests_name("value/date_text", tests, NULL, NULL);
}
