/** @file
 * Two runs compared flag by flag: which households and flags came, went or changed.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_DIFF_H
#define HEDUI_STORE_DIFF_H

#include <hedui/span.h>
#include <hedui/store.h>

/** One flag that differs. */
typedef struct hedui_store_change {
    hedui_span household, town_name, head_name;
    hedui_span rule, title, subject, person, message;
    hedui_span change; /**< added, removed, changed (other facts), not_checked (in the later run) */
} hedui_store_change;

/** Flagged households: before + gained - gone - not_checked = after. One that is not flagged any
 * more is gone only if none of its flags is not checked in the later run. */
typedef struct hedui_store_household_change {
    int64_t before, gained, gone, not_checked, after;
} hedui_store_household_change;

/** Households that came and went, by town. */
typedef struct hedui_store_town_change {
    hedui_span code, name;
    hedui_store_household_change households;
} hedui_store_town_change;

typedef struct hedui_store_diff {
    hedui_span from, to;
    hedui_store_household_change households;
    /** Flags raised: before = same + changed + removed + not_checked; after = same + changed +
     * added. Removed is only what the later run looked for. */
    int64_t flags_before, flags_after;
    int64_t same, changed, added, removed, not_checked;
    const hedui_store_change *changes; /**< by household, rule and subject */
    size_t change_count;
    const hedui_store_town_change *towns; /**< those with a flagged household in either run */
    size_t town_count;
} hedui_store_diff;

/**
 * Compare two runs.
 *
 * @param from  Empty: the run that `to` was compared with when it was made.
 * @param to    Empty: the latest run, as in store_run.h.
 * @return HEDUI_E5014 no such run (also when `to` had none to be compared with), HEDUI_E5025 for a
 *         run whose particulars were purged.
 */
hedui_status hedui_store_diff_find(const hedui_store_diff **diff, hedui_store *store,
                                   hedui_span from, hedui_span to, hedui_arena *arena,
                                   hedui_err *err);

#endif
