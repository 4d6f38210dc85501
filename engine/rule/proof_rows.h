/** @file
 * From cells that were read one by one to the proofs of a finding.
 */
#ifndef HEDUI_RULE_PROOF_ROWS_H
#define HEDUI_RULE_PROOF_ROWS_H

#include "rule/judge.h"

/** One thing read. */
typedef struct hedui_touch {
    uint16_t source;
    uint32_t row;    /**< HEDUI_NONE: the source was searched */
    uint32_t column; /**< HEDUI_COLUMN_NONE: the row as such */
    hedui_span value;
} hedui_touch;

/** Fill proofs and content digest of a finding: the same for the same facts in any order. Values
 * are copied.
 * @param touches  Are sorted, and repeats taken out.
 * @return HEDUI_OK or what judge->err says. */
hedui_status hedui_proof_group(hedui_finding *finding, hedui_judge *judge, hedui_touch *touches,
                               uint32_t count, hedui_span rule_id);

#endif
