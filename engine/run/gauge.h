/** @file
 * What is asked of every fact of a delivery before any household is looked at: by which match it
 * belongs to its person, for the guard over names and for gathering, and the figures that guards
 * watch. Taken once, by the thread that read the delivery, while the others still read.
 */
#ifndef HEDUI_RUN_GAUGE_H
#define HEDUI_RUN_GAUGE_H

#include "caseload/caseload.h"
#include "feed/delivery.h"
#include "rule/book.h"
#include "run/figure.h"

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

/** Of one delivery; all zero: nothing was taken. */
typedef struct hedui_gauge {
    const uint8_t *matches;   /**< by fact: hedui_match with the first place of its person; NULL
                                   without a caseload */
    uint64_t agree, compared; /**< facts whose name agrees, facts that have a name on both sides */
    const hedui_figure *figures;
    uint32_t figure_count;
} hedui_gauge;

/**
 * Take the gauge of a delivery's facts.
 *
 * @param gauge     Filled on success; its arrays live in `arena`.
 * @param delivery  Scanned and not refused, all deltas behind it laid over it.
 * @param figures   1: also the figures that the layout's guards watch, if it has any.
 * @param caseload  NULL: matches are left out, as of the caseload's own deliveries.
 * @return HEDUI_E1001.
 */
hedui_status hedui_gauge_take(hedui_gauge *gauge, const hedui_delivery *delivery, int figures,
                              const hedui_caseload *caseload, hedui_arena *arena, hedui_err *err);

#endif
