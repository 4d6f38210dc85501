/** @file
 * What the sources have about the households of a visit sheet, in few words: R8 tells it in full.
 */
#ifndef HEDUI_REPORT_VISIT_SOURCES_H
#define HEDUI_REPORT_VISIT_SOURCES_H

#include "report/visits.h"

/** Sources by what they answered; one that was looked through for some of the household alone, or
 * in part, stands in `open` too, and never in `none`. */
typedef struct hedui_visit_sources {
    hedui_span has, open, none; /**< titles; of `has` with whose records they are */
    uint32_t has_count, open_count, none_count;
    uint32_t missing; /**< of which nothing was delivered: in no list */
    int plain; /**< 1: a run that did not say what it found: `none` is nothing to ask about */
} hedui_visit_sources;

/**
 * Load them for the households of the order's part.
 *
 * @param sources  Set on success: one for each of visits->from to visits->to; lives in the order's
 *                 arena.
 */
hedui_status hedui_visit_sources_load(const hedui_visit_sources **sources,
                                      const hedui_visits *visits, const hedui_report_order *order,
                                      hedui_err *err);

#endif
