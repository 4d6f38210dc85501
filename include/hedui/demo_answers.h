/** @file
 * Query lists in the invented county: which are to be written and when, what the deliveries name,
 * and what came of them. See hedui/demo.h for the county.
 *
 * Its truth (with `answers`):
 *     queries.tsv     feed  file  bound|refused|unnamed  asked  answered  unasked
 *     asked.tsv       number of a person asked about
 *     replies.tsv     household  rule  outcome  reasons, as answers.tsv, of two rules over the
 *                     answers: BALANCE-01, a balance over 20,000; VERDICT-01, a verdict of yes
 */
#ifndef HEDUI_DEMO_ANSWERS_H
#define HEDUI_DEMO_ANSWERS_H

#include <hedui/err.h>
#include <hedui/span.h>

#include <stdint.h>

/** Day of the query lists for a county of that day. */
int32_t hedui_demo_asked_on(int32_t as_of);

/** Feeds that query lists are written for, in order; NULL past the end. */
const char *hedui_demo_asked_feed(uint32_t index);

/**
 * Say in a manifest of the inbox which list each delivery answers. One delivery names a list that
 * nobody wrote, and one names none.
 *
 * @param numbers  Of the lists written for the feeds of hedui_demo_asked_feed, as many.
 * @return HEDUI_E1001, E1004, E1005, E9002.
 */
hedui_status hedui_demo_bind(const char *folder, const hedui_span *numbers, hedui_err *err);

/** What a delivery of hits or verdicts was bound to. */
typedef struct hedui_demo_reply {
    hedui_span feed, file;
    hedui_span query; /**< number of the list that it answers; empty: none that was used */
    int used;
    int64_t asked, answered, unasked;
} hedui_demo_reply;

#endif
