/** @file
 * Rows that two people have decided are not this person's: found by what they say, whoever delivers
 * them where, and left out of the run. A run without the row in its delivery finds the same.
 */
#ifndef HEDUI_RUN_PAIRS_H
#define HEDUI_RUN_PAIRS_H

#include "rule/book.h"
#include "run/reply.h"

/** A decision about somebody who stands in the caseload. */
typedef struct hedui_bound_pair {
    uint32_t person;
    const hedui_pair *pair;
} hedui_bound_pair;

typedef struct hedui_bound_pairs {
    const hedui_bound_pair *list; /**< by person, feed, key, content */
    uint32_t count;
    int32_t as_of;
} hedui_bound_pairs;

/** Find the people that a prior's pairs are about; `prior` may be NULL. @param bound  Set on
 * success; lives in `arena`. HEDUI_E1001. */
hedui_status hedui_pairs_bind(hedui_bound_pairs *bound, const hedui_prior *prior, int32_t as_of,
                              const hedui_caseload *caseload, hedui_reply_tokens *tokens,
                              hedui_arena *arena, hedui_err *err);

/** Set `met` and `left_out` of a feed whose deliveries are set. A row that contradicts another,
 * that a delta replaced or that nobody asked for is met by nothing. HEDUI_E1001. */
hedui_status hedui_pairs_meet(hedui_feed_book *feed, const hedui_bound_pairs *bound,
                              const hedui_caseload *caseload, hedui_arena *arena, hedui_err *err);

/** The digest of a row's feed and key, by which it is known again when it says something else.
 * HEDUI_E1001. */
hedui_status hedui_pair_key(hedui_digest *key, const hedui_facts *facts, uint32_t fact,
                            hedui_err *err);

#endif
