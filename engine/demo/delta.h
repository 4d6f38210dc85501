/** @file
 * A register delivered as an earlier full file and the changes since: what the changes lead to is
 * what the register has to say. Only steady rows about one sound number are moved or doubled.
 */
#ifndef HEDUI_DEMO_DELTA_H
#define HEDUI_DEMO_DELTA_H

#include "demo/out.h"

/** One kind of change; `planted` of the delta's out counts them under the same index. */
typedef struct hedui_demo_change {
    const char *name, *zh;
} hedui_demo_change;

/** The kind at `index`, or NULL behind the last. */
const hedui_demo_change *hedui_demo_change_at(uint32_t index);

/**
 * Open the delta that follows `full`, whose later rows it may take over.
 *
 * @param delta  Zeroed, to be finished and closed as any other; before that `full` is finished.
 */
hedui_status hedui_demo_delta_open(hedui_demo_out *delta, hedui_demo_out *full, const char *folder,
                                   const hedui_demo_options *options, hedui_arena *arena,
                                   hedui_err *err);

/** 1 if one more row may be doubted by the delta when `before` have been. */
int hedui_demo_delta_doubts(const hedui_demo_out *delta, uint32_t before);

/** Write a row of a register that has a delta: to either file, or a version of it to both. */
hedui_status hedui_demo_delta_row(hedui_demo_out *full, const hedui_demo_row *row, hedui_err *err);

#endif
