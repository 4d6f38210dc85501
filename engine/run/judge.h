/** @file
 * Judging all households, range by range, with several threads.
 */
#ifndef HEDUI_RUN_JUDGE_H
#define HEDUI_RUN_JUDGE_H

#include "rule/judge.h"

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/stop.h>

#include <stdint.h>

/** What was counted of one household; written to its own slot only. */
typedef struct hedui_household_answers {
    uint32_t flags;      /**< findings */
    uint32_t unanswered; /**< rules undetermined */
    uint32_t applied;    /**< rules that apply */
} hedui_household_answers;

/** A cause of a whole source: how many households one rule could not answer by it. */
typedef struct hedui_feed_gap {
    uint32_t rule, source;
    uint32_t column; /**< layout column that its delivery lacks; HEDUI_COLUMN_NONE: nothing of it
                          is known */
    int64_t households;
} hedui_feed_gap;

/** All that judging found, in an order that does not depend on threads. */
typedef struct hedui_judged {
    const hedui_finding *const *findings; /**< by household, rule, subject, content */
    uint32_t finding_count;
    const hedui_finding *const *overridden; /**< likewise; no flags, see rule/judge.h */
    uint32_t overridden_count;
    const hedui_doubt *const *doubts; /**< own causes, by household, rule, subject, reason */
    uint32_t doubt_count;
    const hedui_feed_gap *gaps; /**< by rule, source, column */
    uint32_t gap_count;
    const hedui_household_answers *answers; /**< by household */
    const uint8_t *only;                    /**< by household: 1 if it was judged; NULL: all were */
    hedui_judge *judges;                    /**< hold the memory of all this */
    uint32_t judge_count;
} hedui_judged;

/**
 * Judge every household by every rule that is judged on the book's day.
 *
 * @param judged  Filled on success; release with hedui_judged_close.
 * @param only    By household: 1 if it is to be judged; borrowed. NULL: all.
 * @param tell    Called by one thread at a time with households done; may be NULL.
 * @param stop    Asked before each household; may be NULL.
 * @return the failure with the lowest household, whatever the timing.
 */
hedui_status hedui_judge_all(hedui_judged *judged, const hedui_rulebook *rulebook,
                             const hedui_book *book, const uint8_t *only, int threads,
                             void (*tell)(void *context, int64_t done, int64_t total),
                             void *context, const hedui_stop *stop, hedui_arena *arena,
                             hedui_err *err);

/** Let `arena` take over what was found, texts and all; the judges can be closed without it. */
void hedui_judged_give(hedui_judged *judged, hedui_arena *arena);

/** Give back the judges' memory. */
void hedui_judged_close(hedui_judged *judged);

#endif
