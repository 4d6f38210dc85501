/** @file
 * Telling how the outcomes of a household came about.
 */
#ifndef HEDUI_RULE_ACCOUNT_H
#define HEDUI_RULE_ACCOUNT_H

#include "rule/judge.h"

#include <hedui/account.h>

/**
 * Give the account of a household: of every rule that is judged on the book's day, but for those
 * that stand on visit sheets only.
 *
 * @param account    Set on success; lives in `arena`.
 * @param judge      Is turned to the household.
 * @param household  Index into the caseload's households.
 * @return HEDUI_E1001, with judge->err set.
 */
hedui_status hedui_account_make(const hedui_account **account, hedui_judge *judge,
                                uint32_t household, hedui_arena *arena);

#endif
