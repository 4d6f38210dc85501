/** @file
 * Which rows of a delivery were there before: by key, or by content where a layout has no key.
 */
#ifndef HEDUI_FEED_SEEN_H
#define HEDUI_FEED_SEEN_H

#include "feed/fact.h"

/** One row: half of its hash beside its first fact, so that a probe touches one cache line. */
typedef struct hedui_seen_slot {
    uint32_t hash;
    uint32_t first_fact; /**< + 1; 0: free */
} hedui_seen_slot;

/** Zeroed, it is empty. It grows by doubling and gives back what it outgrew: of a million rows it
 * would hold as much again. */
typedef struct hedui_seen {
    hedui_arena *arena; /**< of the slots only */
    hedui_seen_slot *slots;
    uint32_t count, capacity;
} hedui_seen;

/** Give back what it holds. */
void hedui_seen_close(hedui_seen *seen);

typedef enum hedui_seen_verdict {
    HEDUI_SEEN_NEW,
    HEDUI_SEEN_DUPLICATE, /**< an earlier row has the same content */
    HEDUI_SEEN_CONFLICT,  /**< an earlier row has the same key and other content */
    HEDUI_SEEN_FAILED     /**< no memory */
} hedui_seen_verdict;

/** Ask for the memory that looking a row up by its hash will need. */
static inline void hedui_seen_prefetch(const hedui_seen *seen, uint64_t hash)
{
    if (seen->capacity)
        __builtin_prefetch(&seen->slots[(uint32_t)hash & (seen->capacity - 1)], 1);
}

/** The hash of the draft's key columns; of all columns where the layout has no key. */
uint64_t hedui_seen_hash(const hedui_layout *layout, const hedui_draft *draft);

/**
 * Look a decoded row up and, if it is new, remember it as the row whose facts begin at the present
 * end of `facts`.
 *
 * @param hash     hedui_seen_hash of the draft.
 * @param earlier  Set for DUPLICATE and CONFLICT: the earlier row's first fact.
 */
hedui_seen_verdict hedui_seen_add(uint32_t *earlier, hedui_seen *seen, const hedui_facts *facts,
                                  const hedui_draft *draft, uint64_t hash);

#endif
