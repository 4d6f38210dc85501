/* An example is judged by the same judge as a night's households. */
#include "rule/example.h"

#include "rule/given.h"

const char *hedui_cause_name(hedui_cause cause)
{
    static const char *const names[] = {
        "not_supplied", "stale",     "refused",   "not_authorised", "rejected_row", "conflict",
        "empty_field",  "bad_field", "parameter", "caseload",       "evaluation",   "not_asked",
        "not_answered", "no_column", "no_record", "bad_value",      "none"};
    return names[cause];
}

hedui_status hedui_example_run(hedui_example_outcome *outcome, const hedui_rulebook *rulebook,
                               uint32_t rule, const hedui_example *example, hedui_arena *arena,
                               hedui_err *err)
{
    static const hedui_answer expected[] = {HEDUI_ANSWER_YES, HEDUI_ANSWER_NO,
                                            HEDUI_ANSWER_UNDETERMINED};
    static const int32_t year_2000 = 10957;
    const hedui_rule_text *text = rulebook->rules[rule].text;
    int32_t from = text->in_force.from;
    hedui_book book;
    hedui_judge j;
    hedui_status status = hedui_given_make(&book, rulebook, &text->applies_to, text->yaml,
                                           example->given, arena, err);
    if (status)
        return status;
    book.as_of = example->as_of ? example->as_of : from != INT32_MIN ? from : year_2000;
    status = hedui_judge_open(&j, rulebook, &book);
    if (!status) {
        hedui_judge_household(&j, 0);
        outcome->answer = hedui_judge_rule(&j, rule);
        status = j.err.status;
    }
    if (!status) {
        outcome->as_of = book.as_of;
        outcome->passed = outcome->answer == expected[example->expect];
        outcome->reason = hedui_span_of("");
        if (j.doubts)
            outcome->reason = hedui_span_of(hedui_cause_name((hedui_cause)j.doubts->reason.kind));
        else if (outcome->answer == HEDUI_ANSWER_UNDETERMINED)
            outcome->reason = hedui_span_of(hedui_cause_name(HEDUI_CAUSE_NOT_SUPPLIED));
    } else if (err && err->status == HEDUI_OK) {
        *err = j.err;
    }
    hedui_judge_close(&j);
    return status;
}
