/** @file
 * What decisions of two people share on their way into the store.
 */
#ifndef HEDUI_STORE_DECISIONS_H
#define HEDUI_STORE_DECISIONS_H

#include "store/sql.h"

#include <hedui/store_decision.h>

/** The rest of a proposal: bind what is its own behind id, day, sequence, household, evidence and
 * last day, run the insert, which returns the new row's number, add what belongs to it. */
typedef hedui_status hedui_decision_insert(int64_t *number, hedui_sql *insert, const void *proposal,
                                           hedui_err *err);

/**
 * Put a proposal on record. Takes the lock unless held.
 *
 * @param id  Filled on success.
 * @return HEDUI_E5020, HEDUI_E5043, HEDUI_E5047, HEDUI_E5048, HEDUI_E5049, HEDUI_E5005.
 */
hedui_status hedui_decision_propose(char id[HEDUI_STORE_DECISION_ID], hedui_store *store,
                                    hedui_store_matter matter, const hedui_store_grounds *grounds,
                                    hedui_decision_insert *own, const void *proposal,
                                    hedui_err *err);

#endif
