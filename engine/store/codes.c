/* Words of enumerations. They stand in databases, so they only ever get company. */
#include "store/codes.h"

#include "base/invariant.h"

#define LOOKUP(words, index)                                                                       \
    (HEDUI_INVARIANT((size_t)(index) < sizeof(words) / sizeof *(words)), (words)[index])

const char *hedui_store_verdict_code(hedui_run_verdict verdict)
{
    static const char *const words[] = {"accepted", "warned", "held", "refused", "missing"};
    return LOOKUP(words, verdict);
}

const char *hedui_store_effect_code(hedui_run_effect effect)
{
    static const char *const words[] = {"exclude_person", "over_limit", "add_income",
                                        "review",         "inform",     "include"};
    return LOOKUP(words, effect);
}

const char *hedui_store_severity_code(hedui_run_severity severity)
{
    static const char *const words[] = {"high", "medium", "low"};
    return LOOKUP(words, severity);
}

const char *hedui_store_match_code(hedui_run_match match)
{
    static const char *const words[] = {"id_name", "id_only", "name_differs", "upgraded"};
    return LOOKUP(words, match);
}

const char *hedui_store_state_code(hedui_run_state state)
{
    static const char *const words[] = {"flagged", "clear", "unchecked", "out_of_scope"};
    return LOOKUP(words, state);
}

const char *hedui_store_cause_code(hedui_run_reason reason)
{
    static const char *const words[] = {
        "not_supplied", "stale",     "refused",   "not_authorised", "rejected_row", "conflict",
        "empty_field",  "bad_field", "parameter", "caseload",       "evaluation",   "not_asked",
        "not_answered", "no_column", "no_record", "bad_value"};
    return LOOKUP(words, reason);
}
