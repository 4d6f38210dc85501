/** @file
 * Overrides: decisions of two people that a finding of a household is no flag as long as its facts
 * are the same, up to a day.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_OVERRIDE_H
#define HEDUI_STORE_OVERRIDE_H

#include <hedui/store_decision.h>
#include <hedui/store_household.h>

/** An override that kept a finding of a run from being a flag. */
typedef struct hedui_store_stood {
    hedui_span override, household, rule, title;
    hedui_span proposer, approver;
    int32_t until;
} hedui_store_stood;

/** What is proposed: the finding by its identity and its facts. */
typedef struct hedui_store_proposal {
    hedui_store_grounds grounds;
    hedui_span rule, subject;
    hedui_digest content;
} hedui_store_proposal;

/**
 * Put a proposal on record. It holds nothing yet. Takes the lock unless held.
 *
 * @param id  Filled on success.
 * @return HEDUI_E5020, HEDUI_E5043, HEDUI_E5047, HEDUI_E5048, HEDUI_E5049, HEDUI_E5005.
 */
hedui_status hedui_store_override_propose(char id[HEDUI_STORE_DECISION_ID], hedui_store *store,
                                          const hedui_store_proposal *proposal, hedui_err *err);

/** What a run found and overrides kept from being flags, by household, rule and subject, with its
 * rows. @param household  Empty: all. HEDUI_E5025 once the run was purged. */
hedui_status hedui_store_overridden_list(const hedui_store_overridden **overridden, size_t *count,
                                         hedui_store *store, hedui_span run, hedui_span household,
                                         hedui_arena *arena, hedui_err *err);

/** Those that stood in a run, in the order of its households and rules; what stands on visit sheets
 * only is left out. None once the run was purged. @param run  Empty: the latest run. */
hedui_status hedui_store_stood_list(const hedui_store_stood **stood, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err);

#endif
