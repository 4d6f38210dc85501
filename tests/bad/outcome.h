/** @file
 * What a case of a table is to come to, read from its third to fifth column.
 */
#ifndef HEDUI_TESTS_BAD_OUTCOME_H
#define HEDUI_TESTS_BAD_OUTCOME_H

#include "bad.h"

#include "run/result.h"

enum { OUTCOME_REJECTS = 16, OUTCOME_VALUES = 16 };

/** One entry of the list of rejects. */
typedef struct outcome_reject {
    hedui_span reason, column; /**< column: as people read it; empty: the row as a whole */
    uint64_t count;            /**< rows with this reason one after another */
    uint32_t line;             /**< of the first */
} outcome_reject;

typedef struct outcome {
    hedui_run_verdict verdict; /**< HEDUI_RUN_MISSING: the file is not used at all */
    int error;                 /**< the call fails with this number; 0: it does not */
    uint32_t error_line;
    hedui_span refusal, detail; /**< stable word of the refusal, what it says besides; may be "" */
    int remark;                 /**< number of the guard's remark; 0: none that warns */
    outcome_reject rejects[OUTCOME_REJECTS];
    uint32_t reject_count;
    int has_ledger;
    uint64_t records, accepted, other, duplicate, rejected;
    uint64_t titles, footers, blanks, upgraded;
    const char *value_column; /**< NULL: no values are asked for */
    hedui_span values[OUTCOME_VALUES];
    uint32_t value_count;
    int one_value; /**< 1: `values[0]` is that of the second row */
} outcome;

/** Read it; a table that cannot be read ends the program. Texts are those of `c`. */
void outcome_read(outcome *o, const bad_case *c);

#endif
