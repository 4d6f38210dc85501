/* The quick ways through dates, amounts, numbers and names: what nearly all cells are must mean the
 * same as by the long way. Oracle: the same text behind a blank, which no quick way takes. */
#include "test.h"

#include "value/cell.h"
#include "value/date_text.h"
#include "value/decimal_text.h"
#include "value/name.h"

#include <hedui/citizen_id.h>
#include <hedui/money.h>

#include <stdio.h>

enum { ROUNDS = 200000, LONGEST = 18, AMOUNT = 12 };

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* A blank and up to `most` characters of `alphabet`; @return the text without the blank. */
static hedui_span invent(char *text, uint64_t *seed, const char *alphabet, size_t most)
{
    size_t length = next_random(seed) % (most + 1);
    text[0] = ' ';
    for (size_t i = 1; i <= length; i++)
        text[i] = alphabet[next_random(seed) % strlen(alphabet)];
    return (hedui_span){text + 1, length};
}

static hedui_span with_blank(hedui_span text)
{
    return (hedui_span){text.at - 1, text.length + 1};
}

static void dates_and_months(void **state)
{
    static const char *const shapes[] = {"00000000", "0000-00-00", "000000", "0000-00"};
    uint64_t seed = 20140705;
    int taken = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char text[LONGEST + 1] = " ";
        const char *shape = shapes[next_random(&seed) % 4];
        size_t length = strlen(shape);
        for (size_t i = 0; i < length; i++)
            if ((text[i + 1] = shape[i]) == '0')
                text[i + 1] = "0123456789"[next_random(&seed) % (i % 2 ? 10 : 4)];
        if (next_random(&seed) % 4 == 0)
            text[1 + next_random(&seed) % length] = "-/. x0９"[next_random(&seed) % 9];
        hedui_span quick = {text + 1, length};
        for (int forms = 0; forms < 4; forms++) {
            int32_t a = -1, b = -1;
            hedui_date_form first = hedui_date_parse(&a, quick, forms);
            if (first != hedui_date_parse(&b, with_blank(quick), forms) || a != b)
                fail_msg("date \"%s\": %d %d", text, (int)a, (int)b);
            taken += first == HEDUI_DATE_OK;
            first = hedui_month_parse(&a, quick, forms);
            if (first != hedui_month_parse(&b, with_blank(quick), forms) || a != b)
                fail_msg("month \"%s\": %d %d", text, (int)a, (int)b);
        }
    }
    assert_true(taken > ROUNDS / 10);
}

static void amounts(void **state)
{
    uint64_t seed = 659000;
    int taken = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char text[AMOUNT + 1];
        hedui_span quick = invent(text, &seed, "0123456789012345678901234567890.-,+", AMOUNT);
        for (int unit = HEDUI_MONEY_YUAN; unit <= HEDUI_MONEY_FEN; unit++) {
            int64_t a = -7, b = -7;
            hedui_money_form form = hedui_money_parse(&a, quick, (hedui_money_unit)unit);
            assert_int_equal(form,
                             hedui_money_parse(&b, with_blank(quick), (hedui_money_unit)unit));
            assert_int_equal(a, b);
        }
        for (int scale = 0; scale <= 9; scale++) {
            int64_t a = -7, b = -7;
            hedui_cell cell;
            assert_true(hedui_cell_read(&cell, with_blank(quick)));
            if (!hedui_decimal_plain(&a, quick, scale))
                continue;
            taken++;
            assert_int_equal(hedui_decimal_read(&b, &cell, scale), HEDUI_MONEY_OK);
            assert_int_equal(a, b);
        }
    }
    assert_true(taken > ROUNDS);
}

static void numbers_of_people(void **state)
{
    uint64_t seed = 4711;
    int taken = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char text[32] = " ";
        uint64_t day = (1840 + next_random(&seed) % 270) * 10000 + next_random(&seed) % 14 * 100 +
                       next_random(&seed) % 33;
        hedui_citizen_id id = UINT64_C(65900000000000000) + day * 1000 + next_random(&seed) % 1000;
        hedui_citizen_id_print(text + 1, id);
        if (next_random(&seed) % 4 == 0)
            text[1 + next_random(&seed) % 18] = "0123456789Xx \x81"[next_random(&seed) % 14];
        hedui_span quick = {text + 1, 18};
        hedui_citizen_id plain = 1, by_parse = 1, by_blank = 1;
        int is = hedui_citizen_id_plain(&plain, quick);
        hedui_citizen_id_form form = hedui_citizen_id_parse(&by_parse, quick);
        assert_int_equal(form, hedui_citizen_id_parse(&by_blank, with_blank(quick)));
        assert_int_equal(by_parse, by_blank);
        if (is)
            assert_true(form == HEDUI_CITIZEN_ID_18 && plain == by_parse);
        taken += is;
    }
    assert_true(taken > ROUNDS / 10);
}

/* All characters of three bytes and fewer, in company and alone. */
static void characters(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x10000; c++) {
        char bytes[12] = "", blank[16];
        int size = hedui_utf8_put(bytes, c);
        memcpy(bytes + size, "\xE6\x9D\x8E", 3); /* 李 */
        hedui_span name = {bytes, (size_t)size + 3};
        (void)snprintf(blank, sizeof blank, " %s", bytes);
        assert_int_equal(hedui_name_agree(name, name),
                         hedui_name_agree(name, hedui_span_of(blank)));
        hedui_span rest = name;
        int valid = 1;
        while (rest.length)
            valid &= hedui_utf8_take(&rest) != UINT32_MAX;
        assert_int_equal(hedui_utf8_valid(name), valid);
        assert_int_equal(hedui_utf8_valid((hedui_span){bytes, (size_t)size - 1}), size == 1);
    }
}

/* Around a name every blank goes and nothing else does; inside it all stay. */
static void blanks_around(void **state)
{
    int blanks = 0;
    (void)state;
    for (uint32_t c = 1; c < 0x10000; c++) {
        char around[32], bytes[5] = "";
        if (c >= 0xD800 && c < 0xE000)
            continue;
        int size = hedui_utf8_put(bytes, c);
        (void)snprintf(around, sizeof around, "%s李%s兰%s", bytes, bytes, bytes);
        hedui_span whole = hedui_span_of(around), trimmed = hedui_trim(whole);
        if (hedui_is_blank(c))
            whole = (hedui_span){whole.at + size, whole.length - 2 * (size_t)size};
        assert_ptr_equal(trimmed.at, whole.at);
        assert_int_equal(trimmed.length, whole.length);
        blanks += hedui_is_blank(c) != 0;
    }
    assert_true(blanks > 4);
}

static void broken_characters(void **state)
{
    static const char *const cases[] = {"\xE0\x80\x80", "\xED\xA0\x80", "\xE4\xB8", "\xE4",
                                        "\xE4\x41\x80", "\xE4\x80\x41", "\xFF",     "\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(hedui_utf8_valid(hedui_span_of(cases[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_and_months),  cmocka_unit_test(amounts),
        cmocka_unit_test(numbers_of_people), cmocka_unit_test(characters),
        cmocka_unit_test(blanks_around),     cmocka_unit_test(broken_characters),
    };
    return cmocka_run_group_tests_name("value/plain", tests, NULL, NULL);
}
