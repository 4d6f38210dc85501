/** @file
 * How sure it is that a row is about the person whose number it carries.
 */
#ifndef HEDUI_RUN_MATCH_H
#define HEDUI_RUN_MATCH_H

#include "caseload/caseload.h"
#include "feed/fact.h"
#include "rule/book.h"

/**
 * Strength of the match of a row with a member's place. An upgraded 15-digit number on either side
 * is the weakest, because its century is assumed; then a name that differs (namesakes by number, a
 * relative's number on the row); then a row or a caseload without a name.
 */
hedui_match hedui_match_strength(const hedui_caseload *caseload, uint32_t member,
                                 const hedui_facts *facts, uint32_t fact);

#endif
