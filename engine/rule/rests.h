/** @file
 * What a rule rests on: the values and parameters that its expressions read, directly or through
 * each other.
 */
#ifndef HEDUI_RULE_RESTS_H
#define HEDUI_RULE_RESTS_H

#include "rule/rulebook.h"

/** 1 where the rule rests on it. */
typedef struct hedui_rests {
    uint8_t *parameters; /**< by their index in the rulebook */
    uint8_t *values;     /**< by hedui_rests_value: household's, members', supporters' */
} hedui_rests;

/** How many values a rulebook has, and one of them in the order of hedui_rests. */
uint32_t hedui_rests_value_count(const hedui_rulebook *book);
const hedui_value *hedui_rests_value(const hedui_rulebook *book, uint32_t index);

/** Follow a rule's expressions. @param rests  Set on success; lives in `arena`. HEDUI_E1001. */
hedui_status hedui_rests_follow(hedui_rests *rests, const hedui_rulebook *book,
                                const hedui_rule *rule, hedui_arena *arena, hedui_err *err);

/**
 * The digest of what a rule says, so that a person who has held it against its document's text has
 * seen just this: the document's entry (without `confirmed` and `note`), the rule without its
 * examples, the values it rests on, and those rows of its parameters that cite the same document.
 *
 * HEDUI_E1001.
 */
hedui_status hedui_rule_said(hedui_digest *said, const hedui_rulebook *book, const hedui_rule *rule,
                             hedui_arena *arena, hedui_err *err);

#endif
