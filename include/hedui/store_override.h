/** @file
 * Overrides: decisions on record, proposed by one person and approved by another, that a finding of
 * a household is no flag as long as its facts are the same, up to a day.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_OVERRIDE_H
#define HEDUI_STORE_OVERRIDE_H

#include <hedui/span.h>
#include <hedui/store.h>
#include <hedui/store_household.h>

enum { HEDUI_STORE_OVERRIDE_ID = 24 };

/** A person's word: who, why, on which day. */
typedef struct hedui_store_word {
    hedui_span person, reason;
    int32_t day;
    int64_t at; /**< seconds since 1970, information only; INT64_MIN unknown */
} hedui_store_word;

typedef struct hedui_store_override {
    hedui_span id; /**< X20140705-01 */
    hedui_span household, rule;
    hedui_span message; /**< of the finding; empty where it was purged */
    hedui_span evidence;
    int32_t until;
    hedui_span state; /**< proposed, approved, refused, revoked */
    hedui_store_word proposed;
    hedui_store_word approved; /**< person empty: not approved */
    hedui_store_word last;     /**< of the state */
} hedui_store_override;

/** An override that kept a finding of a run from being a flag. */
typedef struct hedui_store_stood {
    hedui_span override, household, rule, title;
    hedui_span proposer, approver;
    int32_t until;
} hedui_store_stood;

/** What is proposed: the finding by its identity and its facts. */
typedef struct hedui_store_proposal {
    hedui_span household, rule, subject;
    hedui_digest content;
    hedui_span evidence;
    int32_t until;
    hedui_store_word word;
} hedui_store_proposal;

/**
 * Put a proposal on record. It holds nothing yet. Takes the lock unless held.
 *
 * @param id  Filled on success.
 * @return HEDUI_E5020, HEDUI_E5043, HEDUI_E5047, HEDUI_E5048, HEDUI_E5049, HEDUI_E5005.
 */
hedui_status hedui_store_override_propose(char id[HEDUI_STORE_OVERRIDE_ID], hedui_store *store,
                                          const hedui_store_proposal *proposal, hedui_err *err);

/**
 * Approve or refuse what was proposed, or revoke what was approved.
 *
 * @param event  "approved", "refused" or "revoked".
 * @return HEDUI_E5040 no such override, HEDUI_E5041 if who proposed it approves it too (names are
 *         compared without blanks, widths and case), HEDUI_E5042 if its state does not allow it,
 *         HEDUI_E5020, HEDUI_E5047, HEDUI_E5005.
 */
hedui_status hedui_store_override_decide(hedui_store *store, hedui_span id, const char *event,
                                         const hedui_store_word *word, hedui_err *err);

/** Overrides, the newest first. @param id, household  Empty: all. HEDUI_E5040 for an unknown id. */
hedui_status hedui_store_override_list(const hedui_store_override **overrides, size_t *count,
                                       hedui_store *store, hedui_span id, hedui_span household,
                                       hedui_arena *arena, hedui_err *err);

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
