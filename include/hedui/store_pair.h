/** @file
 * Pairs: decisions of two people that a row of a register is not this person's as long as it says
 * the same: a namesake's, one in a stolen identity, a car under an old number.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_PAIR_H
#define HEDUI_STORE_PAIR_H

#include <hedui/store_decision.h>
#include <hedui/store_household.h>

/** A row that a decision says is not this person's, and what became of it. */
typedef struct hedui_store_met {
    hedui_span household, pair;
    hedui_span state; /**< left_out, changed, expired, revoked: but for the first it counts */
    hedui_span person, person_masked;
    hedui_span feed, feed_title, source, file;
    hedui_digest file_digest;
    int64_t line, offset, length;
    hedui_span proposer, approver, rests_on;
    int32_t until;
} hedui_store_met;

/** What is proposed: the row by what it says, whoever delivers it where. */
typedef struct hedui_store_pairing {
    hedui_store_grounds grounds;
    uint64_t person; /**< token, see hedui_citizen_id_token_number */
    hedui_span feed;
    hedui_digest key;     /**< of the feed and the row's key */
    hedui_digest content; /**< of the row, see hedui_facts_digest */
    hedui_span says;      /**< what it says of whom, for those who decide; no whole number */
} hedui_store_pairing;

/**
 * Put a proposal on record. It holds nothing yet. Takes the lock unless held.
 *
 * @param id  Filled on success.
 * @return HEDUI_E5020, HEDUI_E5043, HEDUI_E5047, HEDUI_E5048, HEDUI_E5049, HEDUI_E5005.
 */
hedui_status hedui_store_pair_propose(char id[HEDUI_STORE_DECISION_ID], hedui_store *store,
                                      const hedui_store_pairing *proposal, hedui_err *err);

/** The rows of a run that such decisions speak of, by household, feed, member and decision. None
 * once the run was purged. @param run  Empty: the latest run. @param household  Empty: all. */
hedui_status hedui_store_met_list(const hedui_store_met **met, size_t *count, hedui_store *store,
                                  hedui_span run, hedui_span household, hedui_arena *arena,
                                  hedui_err *err);

#endif
