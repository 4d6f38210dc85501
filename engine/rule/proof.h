/** @file
 * What an answer rests on: subjects, rows and cells, the words of a finding.
 */
#ifndef HEDUI_RULE_PROOF_H
#define HEDUI_RULE_PROOF_H

#include "rule/judge.h"

/** Text that tells findings of one rule and household apart: the row's key, the member's token
 * (never the number itself), or empty for anything else. In the judge's scratch. */
hedui_status hedui_proof_subject(hedui_span *subject, hedui_judge *judge, hedui_cel_value element);

/** Member an element is or belongs to, or HEDUI_NONE. */
uint32_t hedui_proof_member(const hedui_judge *judge, hedui_cel_value element);

/** 1 if the element is a feed's row that came by a weak match. */
int hedui_proof_is_weak(const hedui_judge *judge, hedui_cel_value element);

/** Fill proofs and content digest of a finding whose condition holds with the judge's variables. */
hedui_status hedui_proof_collect(hedui_finding *finding, hedui_judge *judge, const hedui_rule *rule,
                                 hedui_cel_value element);

/** The finding's sentence: the rule's message filled in, or its title. */
hedui_status hedui_proof_message(hedui_span *message, hedui_judge *judge, const hedui_rule *rule);

/** A row's key: its key columns joined by a bar, or a digest where a citizen number is among them.
 * @param key  In `arena`. The whole key, see hedui_facts_key, is left in judge->key. */
hedui_status hedui_proof_row_key(hedui_span *key, hedui_judge *judge, uint16_t source, uint32_t row,
                                 hedui_arena *arena);

/** The facts, and the fact among them, behind a row of a source. */
const hedui_facts *hedui_proof_facts(uint32_t *fact, const hedui_judge *judge, uint16_t source,
                                     uint32_t row);

/** What programs of this judge are evaluated with. */
hedui_cel_input hedui_judge_input(hedui_judge *judge, const hedui_cel_value *variables);

/** A value with these variables: its program's, or the sum of its lines. */
hedui_cel_value hedui_judge_value(hedui_judge *judge, const hedui_value *value,
                                  const hedui_cel_value *variables, hedui_arena *arena);

/** The row of a parameter's table that fits the household; NULL if none does, or its size decides
 * and is not known. */
const hedui_parameter_row *hedui_judge_parameter_row(hedui_judge *judge,
                                                     const hedui_parameter *parameter);

/** For hedui_case: values of a member, of a supporter's household. */
hedui_cel_value hedui_judge_member_value(hedui_case *the_case, uint32_t member, uint32_t index,
                                         hedui_arena *arena);
hedui_cel_value hedui_judge_supporter_value(hedui_case *the_case, uint32_t place, uint32_t index,
                                            hedui_arena *arena);

/** Variables with one more bound, in the judge's scratch; NULL without memory. */
const hedui_cel_value *hedui_judge_bind(hedui_judge *judge, uint32_t slot, hedui_cel_value value);

#endif
