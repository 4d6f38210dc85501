/** @file
 * Judging the households, part by part, with several threads.
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

/** What was found about a part of the households, in an order that does not depend on threads. */
typedef struct hedui_judged {
    uint32_t from, to;                    /**< households of the caseload: `to` is not among them */
    const hedui_finding *const *findings; /**< by household, rule, subject, content */
    uint32_t finding_count;
    const hedui_finding *const *overridden; /**< likewise; no flags, see rule/judge.h */
    uint32_t overridden_count;
    const hedui_doubt *const *doubts; /**< own causes, by household, rule, subject, reason */
    uint32_t doubt_count;
    const hedui_household_answers *answers; /**< of household h: answers[h - from] */
} hedui_judged;

/** What the caller's thread does before it joins the others in judging a part. */
typedef struct hedui_meanwhile {
    hedui_status (*work)(void *context, hedui_err *err);
    void *context;
} hedui_meanwhile;

/** One judge a thread, for as long as a run judges. */
typedef struct hedui_judges {
    hedui_judge *list;
    int count;
    struct hedui_judge_worker *workers;
    const hedui_rulebook *rulebook;
    uint32_t households;
    void (*tell)(void *context, int64_t done, int64_t total);
    void *context;
    int64_t done;
} hedui_judges;

/**
 * Prepare judges of every household by every rule that is judged on the book's day.
 *
 * @param judges  Give back with hedui_judges_close, also after a failure.
 * @param only    By household: 1 if it is to be judged; borrowed. NULL: all.
 * @param tell    Called by one thread at a time with households done; may be NULL.
 * @param stop    Asked before each household; may be NULL.
 * @param arena   Keeps what they count.
 */
hedui_status hedui_judges_open(hedui_judges *judges, const hedui_rulebook *rulebook,
                               const hedui_book *book, const uint8_t *only, int threads,
                               void (*tell)(void *context, int64_t done, int64_t total),
                               void *context, const hedui_stop *stop, hedui_arena *arena,
                               hedui_err *err);

/**
 * Judge a part.
 *
 * @param judged     Filled on success; all of it lives in `arenas`.
 * @param arenas     One a judge; nobody else's while the call lasts.
 * @param meanwhile  What goes on beside it, or NULL.
 * @return the failure of `meanwhile`, else that with the lowest household, whatever the timing.
 */
hedui_status hedui_judges_part(hedui_judged *judged, hedui_judges *judges, uint32_t from,
                               uint32_t to, hedui_arena *const *arenas,
                               const hedui_meanwhile *meanwhile, hedui_err *err);

/** What whole sources left unanswered in all parts so far, by rule, source, column. */
hedui_status hedui_judges_gaps(const hedui_feed_gap **gaps, uint32_t *count,
                               const hedui_judges *judges, hedui_arena *arena, hedui_err *err);

/** Give back the judges. */
void hedui_judges_close(hedui_judges *judges);

#endif
