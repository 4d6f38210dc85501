/** @file
 * Pairs as a run needs them, and as a household is told of them.
 */
#ifndef HEDUI_STORE_PAIRS_H
#define HEDUI_STORE_PAIRS_H

#include "rule/prior.h"

#include <hedui/store_pair.h>

/** By person, feed, key and content, of each the one approved last. In `arena`. */
hedui_status hedui_store_pair_prior(const hedui_pair **pairs, size_t *count, hedui_store *store,
                                    hedui_arena *arena, hedui_err *err);

/** hedui_store_met_list by the number of a run. */
hedui_status hedui_pairs_met(const hedui_store_met **met, size_t *count, hedui_store *store,
                             int64_t run, hedui_span household, hedui_arena *arena, hedui_err *err);

#endif
