/* Names a slip away, and names too far off. The edits of each case were counted by hand. */
#include "test.h"

#include <hedui/nearest.h>

#include <stdio.h>

static void the_name_a_slip_away_is_found(void **state)
{
    static const struct {
        const char *wanted;
        const char *names[4];
        const char *want; /* NULL: none */
    } cases[] = {
        {"vehicel", {"vehicle", "pension"}, "vehicle"},         /* swapped */
        {"vehcle", {"pension", "vehicle"}, "vehicle"},          /* left out */
        {"vehiicle", {"vehicle"}, "vehicle"},                   /* twice */
        {"vahicle", {"vehicle"}, "vehicle"},                    /* replaced */
        {"vehicle", {"vehicles", "vehicle"}, "vehicle"},        /* itself before a near one */
        {"abcdefg", {"abcdeXY"}, "abcdeXY"},                    /* two of seven */
        {"abcdefg", {"abcdXYZ"}, NULL},                         /* three of seven */
        {"abcdefgh", {"abcdeXYZ"}, "abcdeXYZ"},                 /* three of eight */
        {"abcdefgh", {"abcdWXYZ"}, NULL},                       /* four of eight */
        {"ab", {"aX"}, "aX"},                                   /* one of two */
        {"ab", {"XY", "abXY"}, NULL},                           /* two of two */
        {"abc", {"aXY"}, "aXY"},                                /* two of three */
        {"a", {"b", "ab", ""}, NULL},                           /* anything is one edit from it */
        {"", {"a", ""}, NULL},                                  /* nothing was meant */
        {"cart", {"card", "care"}, "card"},                     /* the first of equals */
        {"户主性名", {"户主号码", "户主姓名"}, "户主姓名"},     /* one character, two bytes of it */
        {"姓名户主", {"户主姓名"}, NULL},                       /* four characters moved */
        {"机动车状太", {"机动车状态"}, "机动车状态"},           /* one of five */
        {"机车动状态", {"机动车状态"}, "机动车状态"},           /* two characters swapped */
        {"养老", {"养者", "低保"}, "养者"},                     /* one of two */
        {"低保", {"养老"}, NULL},                               /* two of two */
        {"保", {"低"}, NULL},                                   /* three bytes, one character */
        {"成员的收入", {"家庭的收入"}, NULL},                   /* two of five: another word */
        {"家庭成员收人", {"家庭成员的收入"}, "家庭成员的收入"}, /* two of six */
        {"家庭成员收人", {"家庭财产收入"}, NULL},               /* three of six */
        {"金额", {"金額", "金"}, "金額"},                       /* one, the first of equals */
        {"\xF0\xA0\x80\x80姓名", {"𠀁姓名"}, "𠀁姓名"},         /* characters of four bytes */
        {"\x80\x80\x80", {"\x80\x80x"}, "\x80\x80x"},           /* no characters: bytes */
        {"\xE5\x90", {"名"}, NULL},                             /* cut off: one character */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = hedui_nearest_of(hedui_span_of(cases[i].wanted), cases[i].names);
        if ((got == NULL) != (cases[i].want == NULL) || (got && strcmp(got, cases[i].want) != 0))
            fail_msg("%s: %s, not %s", cases[i].wanted, got ? got : "none",
                     cases[i].want ? cases[i].want : "none");
    }
}

/* 64 characters are looked at, however many bytes they take; one more is not. */
static void names_up_to_the_longest_are_looked_at(void **state)
{
    static const char *const characters[] = {"a", "名", "𠀁"};
    (void)state;
    for (size_t c = 0; c < sizeof characters / sizeof *characters; c++)
        for (int count = HEDUI_NEAREST_LONGEST; count <= HEDUI_NEAREST_LONGEST + 1; count++) {
            char name[4 * HEDUI_NEAREST_LONGEST + 8] = "", wanted[sizeof name] = "x";
            hedui_nearest nearest;
            for (int i = 0; i < count; i++)
                (void)strncat(name, characters[c], 4);
            (void)strncat(wanted, name + strlen(characters[c]), sizeof wanted - 2);
            hedui_nearest_init(&nearest, hedui_span_of(wanted));
            hedui_nearest_offer(&nearest, hedui_span_of(name));
            assert_int_equal(nearest.best.length,
                             count == HEDUI_NEAREST_LONGEST ? strlen(name) : 0);
            /* nor is a long name offered for a short one */
            hedui_nearest_init(&nearest, hedui_span_of("name"));
            hedui_nearest_offer(&nearest, hedui_span_of(name));
            assert_int_equal(nearest.best.length, 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_a_slip_away_is_found),
        cmocka_unit_test(names_up_to_the_longest_are_looked_at),
    };
    return cmocka_run_group_tests_name("base/nearest", tests, NULL, NULL);
}
