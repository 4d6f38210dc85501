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

/** What serves one layout. */
typedef struct hedui_plan_feed {
    const hedui_layout *layout;
    const hedui_inbox_file *file; /**< NULL: nothing was delivered */
    int future;                   /**< the only files there are of a day after the run's */
} hedui_plan_feed;

typedef struct hedui_plan {
    const hedui_plan_feed *feeds; /**< one for each layout, in the layouts' order */
    uint32_t feed_count;
    int32_t as_of;
} hedui_plan;

/**
 * Make the plan: of the files of a layout the one with the latest cut-off not after `as_of`, and of
 * equals the last by name.
 *
 * @param plan   Set on success; lives in `arena`.
 * @param notes  Told of files that no layout knows (E2101), that a newer one replaces (E2102) or
 *               that are of a later day (E2103). May be NULL.
 * @return E2030 and others of the inbox, E10xx.
 */
hedui_status hedui_plan_make(const hedui_plan **plan, const char *inbox,
                             const hedui_layouts *layouts, int32_t as_of, hedui_arena *arena,
                             const hedui_notes *notes, hedui_err *err);

/** The plan's entry for a layout. */
const hedui_plan_feed *hedui_plan_find(const hedui_plan *plan, const hedui_layout *layout);

#endif
