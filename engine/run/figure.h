/** @file
 * Figures of what a delivery says (shares of codes, share of zeros, medians), and how far they
 * moved since the last accepted delivery.
 *
 * They are taken over the rows of people in the caseload, each row once: other rows are not
 * decoded.
 */
#ifndef HEDUI_RUN_FIGURE_H
#define HEDUI_RUN_FIGURE_H

#include "feed/fact.h"
#include "rule/prior.h"

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

/**
 * Take the figures that the layout's guards watch, and of columns that may be unknown the share
 * that is empty.
 *
 * @param figures  Set on success; in `arena`. Codes that do not occur have no figure.
 * @return HEDUI_E1001.
 */
hedui_status hedui_figures_take(const hedui_figure **figures, uint32_t *count,
                                const hedui_facts *facts, hedui_arena *arena, hedui_err *err);

/**
 * Compare the figures of a delivery with those of the last accepted one.
 *
 * @param moved  Called at most once a column and kind: HEDUI_E2131 (of the codes the one that moved
 *               most), E2132, E2133 beyond the limits; E2134 where there is nothing to compare
 *               with. The argument is borrowed, its parts are parted by tabs.
 * @return HEDUI_E1001.
 */
hedui_status hedui_figures_compare(const hedui_layout *layout, const hedui_figure *now,
                                   uint32_t now_count, const hedui_figure *was, uint32_t was_count,
                                   void (*moved)(void *context, hedui_status number,
                                                 hedui_span argument),
                                   void *context, hedui_err *err);

#endif
