/** @file
 * Whether a delivery may be used: age, rejects, change against the last accepted one, names.
 *
 * Warn: used and reported. Hold: used, but the run stays a draft until a named person releases it.
 * Refuse: its facts are dropped and the source is "not checked".
 */
#ifndef HEDUI_RUN_GUARD_H
#define HEDUI_RUN_GUARD_H

#include "caseload/caseload.h"
#include "feed/delivery.h"
#include "rule/book.h"
#include "rule/prior.h"
#include "run/gauge.h"
#include "run/result.h"

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/err.h>

#include <stdint.h>

/** A delivery's place in its chain; a full delivery without deltas is both. With SURVEYED every row
 * was read, nobody looked for and no fact kept (hedui_delivery_survey): what a baseline says of
 * matched rows is not held against it. */
enum { HEDUI_GUARD_FULL = 1, HEDUI_GUARD_LAST = 2, HEDUI_GUARD_SURVEYED = 4 };

/** What the guards made of one delivery. */
typedef struct hedui_guarded {
    hedui_run_verdict verdict;
    const hedui_run_remark *remarks; /**< in the order of the checks */
    uint32_t remark_count;
    hedui_cause cause;           /**< HEDUI_CAUSE_NONE, or why its source is not checked */
    const hedui_figure *figures; /**< of the columns that the layout watches */
    uint32_t figure_count;
} hedui_guarded;

/**
 * Judge one delivery.
 *
 * @param guarded   Filled on success; texts live in `arena`.
 * @param delivery  Scanned.
 * @param place     Where it stands in its chain: the age is that of the last delivery, the change
 * of rows that of the full one.
 * @param caseload  For the agreement of names; NULL: not checked (the caseload's own deliveries,
 * and surveyed ones).
 * @param prior     Baselines; without one for this feed the change guards are skipped and say so.
 */
hedui_status hedui_guard(hedui_guarded *guarded, const hedui_delivery *delivery, int place,
                         const hedui_caseload *caseload, const hedui_prior *prior, int32_t as_of,
                         hedui_arena *arena, hedui_err *err);

/** The same with what was taken of the facts already: figures of a full delivery, matches of all
 * but the caseload's own. Without matches neither cells nor names are held against it. */
hedui_status hedui_guard_gauged(hedui_guarded *guarded, const hedui_delivery *delivery, int place,
                                const hedui_gauge *gauge, const hedui_prior *prior, int32_t as_of,
                                hedui_arena *arena, hedui_err *err);

/** Append the sentence of a remark, in Chinese. */
void hedui_guard_sentence(hedui_buffer *out, const hedui_run_remark *remark);

/** Add a remark that was found after the guards had looked. `argument` is copied. HEDUI_E1001. */
hedui_status hedui_guard_add(hedui_guarded *guarded, hedui_status number, hedui_run_verdict verdict,
                             hedui_span argument, hedui_arena *arena, hedui_err *err);

#endif
