/** @file
 * Facts of all deliveries, sorted by household.
 */
#ifndef HEDUI_RUN_GATHER_H
#define HEDUI_RUN_GATHER_H

#include "run/gauge.h"

#include <hedui/err.h>

#include <stdint.h>

/**
 * Fill the feed books: links by household, member, delivery, fact; members with rejected rows.
 *
 * @param feeds    layout, cause, deliveries set by the caller; links, first, incomplete are filled
 *                 for those with cause HEDUI_CAUSE_NONE. Each feed's arrays live in `arenas[feed]`.
 * @param gauges   By feed those of its deliveries, with matches; an entry that is NULL, or a gauge
 *                 without matches: they are found here.
 * @param threads  Feeds are gathered side by side.
 * @return HEDUI_E1001.
 */
hedui_status hedui_gather(hedui_feed_book *feeds, uint32_t count, const hedui_caseload *caseload,
                          const hedui_gauge *const *gauges, hedui_arena *const *arenas, int threads,
                          hedui_err *err);

#endif
