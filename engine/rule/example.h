/** @file
 * The examples beside a rule, run as tests: a household made of the rows that the example gives
 * (see given.h).
 */
#ifndef HEDUI_RULE_EXAMPLE_H
#define HEDUI_RULE_EXAMPLE_H

#include "rule/judge.h"

/** What came of an example. */
typedef struct hedui_example_outcome {
    hedui_answer answer;
    int passed;
    int32_t as_of;     /**< the day it was judged on */
    hedui_span reason; /**< code of the first cause if undetermined, else empty; in the arena */
} hedui_example_outcome;

/**
 * Run one example of a rule.
 *
 * @param outcome  Filled on success.
 * @return E3019, E3021, E3022 with the place in the rule's file; E1001.
 */
hedui_status hedui_example_run(hedui_example_outcome *outcome, const hedui_rulebook *rulebook,
                               uint32_t rule, const hedui_example *example, hedui_arena *arena,
                               hedui_err *err);

/** Stable word of a cause: "not_supplied". */
const char *hedui_cause_name(hedui_cause cause);

#endif
