/** @file
 * Which file of the inbox serves which feed, decided before anything is read.
 */
#ifndef HEDUI_RUN_PLAN_H
#define HEDUI_RUN_PLAN_H

#include "feed/inbox.h"
#include "feed/layout.h"

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

/** What serves one layout: a full delivery and the deltas after it, in the order of their days. */
typedef struct hedui_plan_feed {
    const hedui_layout *layout;
    const hedui_inbox_file *const *files;
    uint32_t file_count; /**< 0: nothing was delivered */
    const hedui_inbox_file
        *other; /**< another answer to the query list of the first file, or NULL */
    const hedui_inbox_file *later; /**< the first by name that is of a day after the run, or NULL */
} hedui_plan_feed;

typedef struct hedui_plan {
    const hedui_plan_feed *feeds; /**< one for each layout, in the layouts' order */
    uint32_t feed_count;
    int32_t as_of;
} hedui_plan;

/**
 * Make the plan: of the full deliveries of a layout the one with the latest cut-off not after
 * `as_of`, of equals the last by name; behind it the deltas of later days up to `as_of`.
 *
 * @param plan   Set on success; lives in `arena`.
 * @param notes  Told of files that no layout knows (E2101), that a newer one replaces (E2102), that
 *               are of a later day (E2103), of deltas without a full delivery (E2104). May be NULL.
 * @return E2030 and others of the inbox, E10xx.
 */
hedui_status hedui_plan_make(const hedui_plan **plan, const char *inbox,
                             const hedui_layouts *layouts, int32_t as_of, hedui_arena *arena,
                             const hedui_notes *notes, hedui_err *err);

/** The plan's entry for a layout. */
const hedui_plan_feed *hedui_plan_find(const hedui_plan *plan, const hedui_layout *layout);

#endif
