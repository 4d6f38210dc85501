/* Whatever a row is rejected for, the department is told what to do about it. */
#include "test.h"

#include "feed/reason.h"

#include <hedui/label.h>

static void every_reason_has_a_remedy_in_both_languages(void **state)
{
    (void)state;
    for (unsigned i = 0; i < HEDUI_REASON_COUNT; i++) {
        hedui_span reason = hedui_span_of(hedui_reason_name((hedui_reason)i));
        hedui_span zh = hedui_remedy(reason, HEDUI_ZH), en = hedui_remedy(reason, HEDUI_EN);
        if (!zh.length || !en.length || hedui_span_equal(zh, en))
            fail_msg("%s has no remedy", reason.at);
    }
    assert_int_equal(hedui_remedy(hedui_span_of("nothing"), HEDUI_ZH).length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_has_a_remedy_in_both_languages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
