/** @file
 * The examples beside a rule, run as tests: a household made of the rows that the example gives.
 *
 * `household` and `members` give the caseload's cells; every other key is a list, either rows or
 * the word not_checked. Cells are read as a delivery's would be. What is not mentioned: a list was
 * not supplied; a code that is not in its list is written 代码表外; a cell is absent where
 * empty means "there is none", else nobody knows it. A row belongs to the first member unless it
 * says `member: 2`; a member has authorised the check unless it says `authorised: false`.
 */
#ifndef HEDUI_RULE_EXAMPLE_H
#define HEDUI_RULE_EXAMPLE_H

#include "rule/judge.h"

/** What came of an example. */
typedef struct hedui_example_outcome {
    hedui_answer answer;
    int passed;
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
