/** @file
 * A household made of the rows that an example or a scenario gives.
 *
 * `household`, `members` and `supporters` give the caseload's cells; every other key is a list,
 * either rows or the word not_checked. Cells are read as a delivery's would be. What is not
 * mentioned: a list was not supplied; a cell is absent where empty means "there is none", else
 * nobody knows it; a code that is not in its list is written 代码表外. A row belongs to the first
 * member unless it says `member: 2` or `supporter: 1`; a person has authorised the check unless the
 * row about him says `authorised: false`. Rows count as lines 1, 2, ... of their list; `row: name`
 * is a label that scenarios refer to. A household without `area_code` is in the top area of which
 * the parameters speak.
 */
#ifndef HEDUI_RULE_GIVEN_H
#define HEDUI_RULE_GIVEN_H

#include "rule/rulebook.h"

/**
 * Make the household; it is the only one of its caseload.
 *
 * @param book   Filled on success, all but `as_of`; lives in `arena`.
 * @param to     Codes that the household is given where `given` is silent; may be NULL.
 * @param yaml   The file of `given`, for messages.
 * @return E3019, E3021, E3022, E1107, E1113 with the place in the file; E1001.
 */
hedui_status hedui_given_make(hedui_book *book, const hedui_rulebook *rulebook,
                              const hedui_applies_to *to, const hedui_yaml *yaml,
                              const hedui_yaml_node *given, hedui_arena *arena, hedui_err *err);

#endif
