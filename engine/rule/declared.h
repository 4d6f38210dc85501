/** @file
 * hh.declared: what the household declared, one record over the columns of the caseload that are
 * named declared_<field>. A household's column is the field itself; members' amounts are added up
 * over those who count.
 */
#ifndef HEDUI_RULE_DECLARED_H
#define HEDUI_RULE_DECLARED_H

#include "rule/catalogue.h"

/** Where a field of hh.declared comes from. */
typedef struct hedui_declared_field {
    uint32_t field;    /**< of the household's record, or of a member's */
    uint8_t of_member; /**< 1: the sum over the counted members */
} hedui_declared_field;

/**
 * Define catalogue->declared_type once the household's and the members' records are.
 *
 * A member's column that is no number (a text, a code, a date) has no sum and is no field.
 *
 * @return HEDUI_E3020 (the household's and the members' layout both declare one field), E1001.
 */
hedui_status hedui_declared_define(hedui_catalogue *catalogue, hedui_arena *arena, hedui_err *err);

/**
 * The members' part of a sum: 1 if the member counts, so that the amount is in it.
 */
int hedui_declared_counts(const hedui_case *the_case, uint32_t member);

#endif
