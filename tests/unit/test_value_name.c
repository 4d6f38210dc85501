/* Names, numbers of registers, excerpts: what counts as the same, what is accepted, what is shown.
 */
#include "test.h"

#include "value/cell.h"
#include "value/mask.h"
#include "value/name.h"
#include "value/register_no.h"

static void compares_names(void **state)
{
    static const struct {
        const char *a, *b;
        int same;
    } cases[] = {
        {"王建国", "王建国", 1},
        {"王建国", " 王 建 国　", 1},
        {"阿卜杜拉·买买提", "阿卜杜拉•买买提", 1},
        {"阿卜杜拉·买买提", "阿卜杜拉・买买提", 1},
        {"阿卜杜拉·买买提", "阿卜杜拉．买买提", 1},
        {"阿卜杜拉·买买提", "阿卜杜拉买买提", 1},
        {"Ｌｉ　Ｍｉｎｇ", "li ming", 1},
        {"李晓", "李小", 0},
        {"王璐", "王露", 0},
        {"王建", "王建国", 0},
        {"何秀莲", "何秀莲（曾用名小毛）", 1},
        {"何秀莲", "何秀莲(原名：何小毛) ", 1},
        {"何秀莲", "何秀莲（曾用名小毛", 0}, /* never closed */
        {"何秀莲", "何秀（莲）", 0},
        {"王", "王(上吉下吉)", 0}, /* a character in parts, not a former name */
        {"", "", 0},
        {" ", "王建国", 0},
        {"张*", "张*", 0},                       /* masked */
        {"王?", "王?", 0},                       /* a lost character */
        {"王\xEE\x80\x80", "王\xEE\x80\x80", 0}, /* private use: nobody knows which */
        {"王\xFF", "王\xFF", 0},
        {"𠱓三", "𠱓三", 1}, /* beyond the basic plane */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_span a = hedui_span_of(cases[i].a), b = hedui_span_of(cases[i].b);
        if (hedui_name_agree(a, b) != cases[i].same || hedui_name_agree(b, a) != cases[i].same)
            fail_msg("case %zu: %s, %s", i, cases[i].a, cases[i].b);
    }
}

static void reads_credit_codes_and_plates(void **state)
{
    static const struct {
        const char *text, *code;
    } codes[] = {
        {"91350100M000100Y43", "91350100M000100Y43"}, /* the standard's own example */
        {" 91350100m000100y43", "91350100M000100Y43"},
        {"９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"},
        {"91350100M000100Y44", NULL},
        {"91350100M000100Y4", NULL},
        {"91350100I000100Y43", NULL}, /* no letter I */
        {"110108000000016", NULL},
        {"", NULL},
    };
    static const struct {
        const char *text, *plate;
    } plates[] = {
        {"新Z12345", "新Z12345"},
        {"新z·12345", "新Z12345"},
        {" 新 Z 12345", "新Z12345"},
        {"Z12345", "Z12345"},
        {"新ZD12345", "新ZD12345"},
        {"新Z1234学", "新Z1234学"},
        {"新-Z12345", "新Z12345"},
        {"张三", NULL},
        {"", NULL},
        {"新Z1", NULL},
        {"新Z12345678901", NULL},
        {"新Z12?45", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char code[HEDUI_USCC_TEXT] = "";
        int got = hedui_uscc_parse(code, hedui_span_of(codes[i].text));
        assert_int_equal(got, codes[i].code != NULL);
        assert_string_equal(code, codes[i].code ? codes[i].code : "");
    }
    for (size_t i = 0; i < sizeof plates / sizeof *plates; i++) {
        char plate[HEDUI_PLATE_TEXT] = "";
        int got = hedui_plate_parse(plate, hedui_span_of(plates[i].text));
        if (got != (plates[i].plate != NULL))
            fail_msg("plate %s", plates[i].text);
        assert_string_equal(plate, plates[i].plate ? plates[i].plate : "");
    }
}

static void excerpts_give_nobody_away(void **state)
{
    static const struct {
        const char *text;
        size_t room;
        hedui_mask mask;
        const char *want;
    } cases[] = {
        {"659000196203041010", 60, HEDUI_MASK_TEXT, "659000********1010"},
        {"65900019620304101x", 60, HEDUI_MASK_TEXT, "659000********101x"},
        {"６５９０００１９６２０３０４１０１０", 60, HEDUI_MASK_TEXT,
         "６５９０００********１０１０"},
        {"13900001234", 60, HEDUI_MASK_TEXT, "139********"},
        {"王建国,659000196203041010,K33", 60, HEDUI_MASK_TEXT, "王**,659000********1010,K33"},
        {"2014-13-05", 60, HEDUI_MASK_TEXT, "2014-13-05"},
        {"1.2万元", 60, HEDUI_MASK_NOTHING, "1.2万元"},
        {"1419955200000", 60, HEDUI_MASK_NOTHING, "1419955200000"},
        {"659000196203041010", 60, HEDUI_MASK_NOTHING, "659000********1010"}, /* shifted cells */
        /* written in groups, as people read a number out */
        {"659000 1962 0304 1010", 60, HEDUI_MASK_TEXT, "659000 **** **** 1010"},
        {"659000-19620304-101X", 60, HEDUI_MASK_NOTHING, "659000-********-101X"},
        {"6 5 9 0 0 0 6 2 0 3 0 4 1 0 1", 60, HEDUI_MASK_TEXT, "6 5 9 0 0 0 * * * * * 4 1 0 1"},
        {"659000\xE2\x80\x8B"
         "19620304\xE3\x80\x80"
         "1010",
         60, HEDUI_MASK_TEXT,
         "659000\xEF\xBF\xBD"
         "********\xE3\x80\x80"
         "1010"}, /* a zero-width blank, a wide one */
        {"2014-06-01 12:30", 60, HEDUI_MASK_TEXT, "2014-06-01 12:30"},
        {"100-200-300 ", 60, HEDUI_MASK_TEXT, "100-200-300 "},
        {"a\tb\x01"
         "c\x7F",
         60, HEDUI_MASK_NOTHING,
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD"
         "c\xEF\xBF\xBD"},
        {"a\xE2\x80\xAE"
         "b",
         60, HEDUI_MASK_NOTHING,
         "a\xEF\xBF\xBD"
         "b"}, /* a direction mark */
        {"abcdefghij", 8, HEDUI_MASK_NOTHING, "abcd…"},
        {"", 8, HEDUI_MASK_TEXT, ""},
        {"\xFF\xFE", 60, HEDUI_MASK_TEXT, "\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[64];
        hedui_mask_excerpt(out, cases[i].room, hedui_span_of(cases[i].text), cases[i].mask);
        assert_string_equal(out, cases[i].want);
    }
}

static void tells_broken_characters(void **state)
{
    static const struct {
        const char *text;
        int valid;
    } cases[] = {
        {"", 1},
        {"abc", 1},
        {"汉字", 1},
        {"𠱓", 1},
        {"\xC0\x80", 0},
        {"\xED\xA0\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\xE6\xB1", 0},
        {"\x80", 0},
        {"\xF0\x80\x80\x80", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(hedui_utf8_valid(hedui_span_of(cases[i].text)), cases[i].valid);
    /* every code point goes there and back */
    for (uint32_t c = 0; c < 0x110000; c += c >= 0xD7FF && c < 0xE000 ? 0x801 : 1) {
        char bytes[4];
        hedui_span text = {bytes, (size_t)hedui_utf8_put(bytes, c)};
        assert_int_equal(hedui_utf8_take(&text), c);
        assert_int_equal(text.length, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_names),
        cmocka_unit_test(reads_credit_codes_and_plates),
        cmocka_unit_test(excerpts_give_nobody_away),
        cmocka_unit_test(tells_broken_characters),
    };
    return cmocka_run_group_tests_name("value/name", tests, NULL, NULL);
}
