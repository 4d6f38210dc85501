/** @file
 * Sorting the caseload: a million numbers at a time, in time that grows with their count alone.
 */
#ifndef HEDUI_CASELOAD_ORDER_H
#define HEDUI_CASELOAD_ORDER_H

#include <hedui/arena.h>
#include <hedui/span.h>

#include <stdint.h>

/** A number with what it is the number of. */
typedef struct hedui_ordered {
    uint64_t key;
    uint32_t index;
} hedui_ordered;

/**
 * Sort by key; of equal keys the earlier stays before the later.
 *
 * @param items    `count` of them.
 * @param scratch  Takes as much again.
 * @return 1, or 0 without memory: the items are then untouched.
 */
int hedui_order_by_key(hedui_ordered *items, uint32_t count, hedui_arena *scratch);

/**
 * The order of texts by their bytes (hedui_span_compare), equal ones by their place.
 *
 * @param order    Set to `count` indices into `texts`, in `scratch`.
 * @param texts    Read only.
 * @param scratch  Also takes what is needed on the way.
 * @return 1, or 0 without memory.
 */
int hedui_order_texts(hedui_ordered **order, hedui_span *texts, uint32_t count,
                      hedui_arena *scratch);

#endif
