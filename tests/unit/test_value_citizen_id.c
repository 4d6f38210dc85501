/* Citizen numbers: what registries write, what is accepted, what is refused and by which name. */
#include "test.h"

#include <hedui/citizen_id.h>
#include <hedui/date.h>

static void reads_what_registries_write(void **state)
{
    static const struct {
        const char *text;
        hedui_citizen_id_form form;
        uint64_t id;
    } cases[] = {
        {"11010519491231002X", HEDUI_CITIZEN_ID_18, 11010519491231002u}, /* GB 11643's example */
        {"440524188001010014", HEDUI_CITIZEN_ID_18, 44052418800101001u}, /* GB 11643's example */
        {"11010519491231002x", HEDUI_CITIZEN_ID_18, 11010519491231002u},
        {"　11010519491231002X \t", HEDUI_CITIZEN_ID_18, 11010519491231002u},
        {"\xC2\xA0"
         "11010519491231002X",
         HEDUI_CITIZEN_ID_18, 11010519491231002u},
        {"'11010519491231002X", HEDUI_CITIZEN_ID_18, 11010519491231002u},
        {"=\"11010519491231002X\"", HEDUI_CITIZEN_ID_18, 11010519491231002u},
        {"１１０１０５１９４９１２３１００２Ｘ", HEDUI_CITIZEN_ID_18, 11010519491231002u},
        {"110105491231002", HEDUI_CITIZEN_ID_15, 11010519491231002u},
        {"", HEDUI_CITIZEN_ID_EMPTY, 0},
        {"  ", HEDUI_CITIZEN_ID_EMPTY, 0},
        {"无", HEDUI_CITIZEN_ID_EMPTY, 0},
        {"NULL", HEDUI_CITIZEN_ID_EMPTY, 0},
        {"0", HEDUI_CITIZEN_ID_EMPTY, 0},
        {"有", HEDUI_CITIZEN_ID_FORMAT, 0},
        {"110105194912310021", HEDUI_CITIZEN_ID_CHECK, 0},
        {"1101051949123100", HEDUI_CITIZEN_ID_FORMAT, 0},
        {"1.10105E+17", HEDUI_CITIZEN_ID_FORMAT, 0},
        {"1.101051949123E+17", HEDUI_CITIZEN_ID_FORMAT, 0}, /* 18 characters long */
        {"110105********002X", HEDUI_CITIZEN_ID_MASKED, 0},
        {"11010519491331002X", HEDUI_CITIZEN_ID_DATE, 0},
        {"110105491331002", HEDUI_CITIZEN_ID_DATE, 0},
        {"659000999912311019", HEDUI_CITIZEN_ID_DATE, 0}, /* a true check digit */
        {"11010519490229002X", HEDUI_CITIZEN_ID_DATE, 0},
        {"1101051949123100 2X", HEDUI_CITIZEN_ID_FORMAT, 0},
        {"11010519491231002X11010519491231002X", HEDUI_CITIZEN_ID_FORMAT, 0},
        {"\xEF\xBC", HEDUI_CITIZEN_ID_FORMAT, 0}, /* a cut character */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_citizen_id id = 0;
        hedui_citizen_id_form form = hedui_citizen_id_parse(&id, hedui_span_of(cases[i].text));
        if (form != cases[i].form || id != cases[i].id)
            fail_msg("case %zu: form %d, id %llu", i, (int)form, (unsigned long long)id);
    }
}

static void prints_masks_and_knows_the_birth_date(void **state)
{
    char text[HEDUI_CITIZEN_ID_TEXT], birth[HEDUI_DATE_TEXT];
    (void)state;
    hedui_citizen_id_print(text, 11010519491231002u);
    assert_string_equal(text, "11010519491231002X");
    hedui_citizen_id_mask(text, 11010519491231002u);
    assert_string_equal(text, "110105********002X");
    hedui_date_print(birth, hedui_citizen_id_birth(44052418800101001u));
    assert_string_equal(birth, "1880-01-01");
    assert_int_equal(hedui_citizen_id_sex(11010519491231002u), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_registries_write),
        cmocka_unit_test(prints_masks_and_knows_the_birth_date),
    };
    return cmocka_run_group_tests_name("value/citizen_id", tests, NULL, NULL);
}
