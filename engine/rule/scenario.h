/** @file
 * Scenarios: a whole household and what each rule and value must be for it, with the rows that the
 * answer must rest on (rules/packs/<name>/scenarios/<name>.yaml).
 *
 * A row is named by the label it carries (`row: 旧车`), or by its list and place (`vehicles 1`).
 * `rows` of a rule names exactly the registry rows among its evidence; rows of the caseload
 * (household, members, supporters) must be there if they are named and may be if they are not.
 */
#ifndef HEDUI_RULE_SCENARIO_H
#define HEDUI_RULE_SCENARIO_H

#include "rule/rulebook.h"

/** One expectation and what came of it; all texts live as long as the call that tells of it. */
typedef struct hedui_scenario_check {
    hedui_span what; /**< a rule, a value, a value and whose it is, with the part that is meant */
    hedui_span expected, actual;
    uint32_t line; /**< of the expectation */
    int passed;
} hedui_scenario_check;

typedef void hedui_scenario_each(void *context, const hedui_scenario_check *check);

/**
 * Judge a scenario's household and compare.
 *
 * @param rulebook  Of the scenario's pack and those it inherits: what a pack above them replaces is
 *                  not what the scenario speaks of.
 * @param pack      The scenario's own, for the codes that a household is given where it is silent.
 * @param each      Told of every expectation in the order of the file; may be NULL.
 * @return faults of the file with their place: E3060 to E3066, those of hedui_given_make and of
 *         hedui_yaml_bind; E1001. An expectation that is not met is no fault.
 */
hedui_status hedui_scenario_run(const hedui_scenario *scenario, const hedui_pack *pack,
                                const hedui_rulebook *rulebook, hedui_scenario_each *each,
                                void *context, hedui_err *err);

#endif
