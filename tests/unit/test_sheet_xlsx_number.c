/* Numbers and dates of workbooks against what a spreadsheet program shows for them. */
#include "test.h"

#include "sheet/xlsx_number.h"

#include <stdio.h>
#include <string.h>

static void writes_the_digits_that_count(void **state)
{
    static const struct {
        const char *value;
        unsigned zeros;
        hedui_xlsx_form form;
        const char *text;
    } cases[] = {
        {"0", 0, HEDUI_XLSX_EXACT, "0"},
        {"-0", 0, HEDUI_XLSX_EXACT, "0"},
        {"7", 0, HEDUI_XLSX_EXACT, "7"},
        {"-12.50", 0, HEDUI_XLSX_EXACT, "-12.5"},
        {"+12", 0, HEDUI_XLSX_EXACT, "12"},
        {".5", 0, HEDUI_XLSX_EXACT, "0.5"},
        {"1234.5600000000001", 0, HEDUI_XLSX_EXACT, "1234.56"}, /* noise of the double */
        {"0.30000000000000004", 0, HEDUI_XLSX_EXACT, "0.3"},
        {"123.45000000000000284", 0, HEDUI_XLSX_EXACT, "123.45"},
        {"999999999999999.6", 0, HEDUI_XLSX_INEXACT, "1E+15"},
        {"0.99999999999999996", 0, HEDUI_XLSX_EXACT, "1"},
        {"33.333333333333336", 0, HEDUI_XLSX_EXACT, "33.3333333333333"},
        {"1E3", 0, HEDUI_XLSX_EXACT, "1000"},
        {"1.5e+2", 0, HEDUI_XLSX_EXACT, "150"},
        {"2.5E-3", 0, HEDUI_XLSX_EXACT, "0.0025"},
        {"1E-30", 0, HEDUI_XLSX_EXACT, "1E-30"},
        {"659000500101001", 0, HEDUI_XLSX_EXACT, "659000500101001"}, /* 15 digits: whole */
        {"999999999999999", 0, HEDUI_XLSX_EXACT, "999999999999999"},
        {"1000000000000000", 0, HEDUI_XLSX_INEXACT, "1E+15"},
        {"659000195001010019", 0, HEDUI_XLSX_INEXACT, "6.5900019500101E+17"},
        {"6.5900019500101E+017", 0, HEDUI_XLSX_INEXACT, "6.5900019500101E+17"},
        {"6.5900019500101005E+17", 0, HEDUI_XLSX_INEXACT, "6.5900019500101E+17"},
        {"1e99999999999", 0, HEDUI_XLSX_INEXACT, "1E+9999"},
        {"2", 2, HEDUI_XLSX_EXACT, "02"},
        {"659000", 6, HEDUI_XLSX_EXACT, "659000"},
        {"0", 2, HEDUI_XLSX_EXACT, "00"},
        {"1234567", 6, HEDUI_XLSX_EXACT, "1234567"},
        {"", 0, HEDUI_XLSX_BROKEN, ""},
        {"-", 0, HEDUI_XLSX_BROKEN, ""},
        {"1,5", 0, HEDUI_XLSX_BROKEN, ""},
        {"1e", 0, HEDUI_XLSX_BROKEN, ""},
        {"1.2.3", 0, HEDUI_XLSX_BROKEN, ""},
        {"NaN", 0, HEDUI_XLSX_BROKEN, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HEDUI_XLSX_NUMBER_TEXT] = "";
        hedui_xlsx_form form =
            hedui_xlsx_number(text, hedui_span_of(cases[i].value), cases[i].zeros);
        if (form != cases[i].form || strcmp(text, cases[i].text) != 0)
            fail_msg("%s: form %d, %s", cases[i].value, (int)form, text);
    }
}

static void writes_days_as_the_sheet_shows_them(void **state)
{
    static const struct {
        const char *value;
        int since_1904;
        const char *text; /* NULL: no number */
    } cases[] = {
        {"42004", 0, "2014-12-31"},
        {"41820", 0, "2014-06-30"},
        {"40542", 1, "2014-12-31"}, /* 1462 days between the two systems */
        {"1", 0, "1900-01-01"},
        {"59", 0, "1900-02-28"},
        {"60", 0, "1900-02-29"}, /* which never was: the reader rejects it */
        {"61", 0, "1900-03-01"},
        {"0", 0, "1900-01-00"},
        {"0", 1, "1904-01-01"},
        {"2958465", 0, "9999-12-31"},
        {"2958466", 0, "########"},
        {"-1", 0, "########"},
        {"1E9", 0, "########"},
        {"41820.5", 0, "2014-06-30 12:00:00"},
        {"41820.999999999", 0, "2014-07-01"},
        {"41820.00001157407", 0, "2014-06-30 00:00:01"},
        {"4.182E4", 0, "2014-06-30"},
        {"x", 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HEDUI_XLSX_NUMBER_TEXT] = "";
        int good = hedui_xlsx_date(text, hedui_span_of(cases[i].value), cases[i].since_1904);
        if (good != (cases[i].text != NULL) || (good && strcmp(text, cases[i].text) != 0))
            fail_msg("%s: %s", cases[i].value, text);
    }
}

static void knows_formats_of_dates(void **state)
{
    static const struct {
        const char *code;
        unsigned format;
    } cases[] = {
        {"General", HEDUI_XLSX_PLAIN},
        {"0.00", HEDUI_XLSX_PLAIN},
        {"0", HEDUI_XLSX_PLAIN},
        {"00", HEDUI_XLSX_ZEROS + 2},
        {"000000", HEDUI_XLSX_ZEROS + 6},
        {"0000000000000000000000000", HEDUI_XLSX_PLAIN},
        {"#,##0.00;[Red]-#,##0.00", HEDUI_XLSX_PLAIN},
        {"yyyy-mm-dd", HEDUI_XLSX_DAYS},
        {"YYYY/M/D", HEDUI_XLSX_DAYS},
        {"yyyy\"年\"m\"月\"d\"日\"", HEDUI_XLSX_DAYS},
        {"[$-804]yyyy\"年\"m\"月\";@", HEDUI_XLSX_DAYS},
        {"m/d", HEDUI_XLSX_DAYS},
        {"h:mm:ss", HEDUI_XLSX_PLAIN},
        {"[h]:mm", HEDUI_XLSX_PLAIN},
        {"0\"day\"", HEDUI_XLSX_PLAIN},
        {"0\\d", HEDUI_XLSX_PLAIN},
        {"_d0", HEDUI_XLSX_PLAIN},
        {"0.00E+00", HEDUI_XLSX_PLAIN},
        {"0\"unclosed d", HEDUI_XLSX_PLAIN},
        {"@", HEDUI_XLSX_PLAIN},
        {"\\", HEDUI_XLSX_PLAIN},
        {"", HEDUI_XLSX_PLAIN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (hedui_xlsx_format(hedui_span_of(cases[i].code)) != cases[i].format)
            fail_msg("%s", cases[i].code);
    for (uint32_t n = 0; n < 70; n++) {
        static const char dates[] = " 14 15 16 17 22 27 28 29 30 31 36 50 51 52 53 54 57 58 ";
        char word[8];
        (void)snprintf(word, sizeof word, " %u ", n);
        if ((hedui_xlsx_format_known(n) == HEDUI_XLSX_DAYS) != (strstr(dates, word) != NULL))
            fail_msg("format %u", n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(writes_the_digits_that_count),
                                       cmocka_unit_test(writes_days_as_the_sheet_shows_them),
                                       cmocka_unit_test(knows_formats_of_dates)};
    return cmocka_run_group_tests_name("sheet/xlsx_number", tests, NULL, NULL);
}
