/* A sentence that is true of several deliveries is told once, with all their titles. */
#include "test.h"

#include <hedui/store_delivery.h>

enum { CASES = 5 };

static hedui_store_remark remark(int number, const char *argument, const char *verdict)
{
    hedui_store_remark r;
    memset(&r, 0, sizeof r);
    r.number = number;
    r.argument = hedui_span_of(argument);
    r.verdict = hedui_span_of(verdict);
    return r;
}

static void equal_remarks_are_told_once_with_all_titles(void **state)
{
    (void)state;
    /* vehicle: new, extra 5 %, new once more; tax (two files): new, held 5 %; deaths (two files,
     * the first without a remark of the second): twice the number with another argument, and with
     * another verdict */
    const hedui_store_remark vehicle[] = {
        remark(2121, "", "accepted"), remark(2113, "5", "accepted"), remark(2121, "", "accepted")};
    const hedui_store_remark tax[] = {remark(2121, "", "accepted"), remark(2113, "5", "held")};
    const hedui_store_remark tax_again[] = {remark(2121, "", "accepted")};
    const hedui_store_remark deaths[] = {remark(2113, "6", "held"), remark(2113, "5", "held")};
    const hedui_store_remark deaths_again[] = {remark(2121, "", "accepted")};
    hedui_store_delivery d[CASES];
    memset(d, 0, sizeof d);
    static const char *const titles[CASES] = {"机动车登记", "个人所得税", "个人所得税", "火化登记",
                                              "火化登记"};
    const hedui_store_remark *const remarks[CASES] = {vehicle, tax, tax_again, deaths,
                                                      deaths_again};
    static const size_t counts[CASES] = {3, 2, 1, 2, 1};
    for (size_t i = 0; i < CASES; i++) {
        d[i].title = hedui_span_of(titles[i]);
        d[i].remarks = remarks[i];
        d[i].remark_count = counts[i];
    }
    static const struct {
        size_t delivery, remark;
        const char *titles; /* empty: told before */
        size_t count;
    } rows[] = {
        {0, 0, "机动车登记、个人所得税、火化登记", 3},
        {0, 1, "机动车登记", 1},
        {0, 2, "", 0},
        {1, 0, "", 0},
        {1, 1, "个人所得税、火化登记", 2},
        {2, 0, "", 0},
        {3, 0, "火化登记", 1},
        {3, 1, "", 0},
        {4, 0, "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hedui_buffer said;
        hedui_buffer_init(&said);
        assert_int_equal(
            hedui_store_remark_titles(&said, d, CASES, rows[i].delivery, rows[i].remark),
            rows[i].count);
        assert_true(hedui_span_is(hedui_buffer_span(&said), rows[i].titles));
        hedui_buffer_free(&said);
    }
}

static void equal_holds_are_told_once_with_all_titles(void **state)
{
    (void)state;
    static const struct {
        const char *feed, *title;
    } feeds[] = {{"vehicle", "机动车登记"}, {"vehicle", "机动车登记"}, {"tax", "个人所得税"}};
    /* two files of the cars and the tax say one thing, in two ways; a hold of the run has no feed
     */
    const hedui_store_hold holds[] = {
        {hedui_span_of("vehicle"), 2113, hedui_span_of("5"), hedui_span_of("held")},
        {hedui_span_of("vehicle"), 2113, hedui_span_of("5"), hedui_span_of("held")},
        {hedui_span_of("tax"), 2113, hedui_span_of("5"), hedui_span_of("held")},
        {hedui_span_of("tax"), 2113, hedui_span_of("5"), hedui_span_of("refused")},
        {hedui_span_of(""), 4030, hedui_span_of("5"), hedui_span_of("held")},
        {hedui_span_of("boat"), 2113, hedui_span_of("6"), hedui_span_of("held")}};
    static const struct {
        const char *titles;
        size_t count;
    } told[] = {
        {"机动车登记、个人所得税", 2}, {"", 0}, {"", 0}, {"个人所得税", 1}, {"", 1}, {"boat", 1}};
    enum { FEEDS = sizeof feeds / sizeof *feeds, HOLDS = sizeof holds / sizeof *holds };
    hedui_store_delivery d[FEEDS];
    hedui_store_run run;
    memset(d, 0, sizeof d);
    memset(&run, 0, sizeof run);
    run.holds = holds;
    run.hold_count = HOLDS;
    for (size_t i = 0; i < FEEDS; i++) {
        d[i].feed = hedui_span_of(feeds[i].feed);
        d[i].title = hedui_span_of(feeds[i].title);
    }
    for (size_t i = 0; i < HOLDS; i++) {
        hedui_buffer said;
        hedui_buffer_init(&said);
        assert_int_equal(hedui_store_hold_titles(&said, d, FEEDS, &run, i), told[i].count);
        assert_true(hedui_span_is(hedui_buffer_span(&said), told[i].titles));
        hedui_buffer_free(&said);
    }
    const hedui_store_remark remarks[] = {remark(2113, "5", "held"), remark(2113, "5", "refused"),
                                          remark(2113, "6", "held"), remark(2121, "5", "held")};
    static const int of_vehicle[] = {1, 0, 0, 0}, of_tax[] = {1, 1, 0, 0};
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        assert_int_equal(hedui_store_is_hold(&run, &d[0], &remarks[i]), of_vehicle[i]);
        assert_int_equal(hedui_store_is_hold(&run, &d[2], &remarks[i]), of_tax[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_remarks_are_told_once_with_all_titles),
        cmocka_unit_test(equal_holds_are_told_once_with_all_titles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
