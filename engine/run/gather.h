/** @file
 * Facts of all deliveries, sorted by household.
 */
#ifndef HEDUI_RUN_GATHER_H
#define HEDUI_RUN_GATHER_H

#include "run/gauge.h"
#include "run/pairs.h"

#include <hedui/err.h>

#include <stdint.h>

/** 1, and the person, if a fact is to be used: a row that a later delta replaced no longer counts,
 * one of nobody is nobody's, and what an answer says of people whom its query list did not name was
 * got without asking. */
static inline int hedui_gather_uses(uint32_t *person, const hedui_facts *facts, uint32_t fact,
                                    const hedui_feed_book *feed)
{
    *person = hedui_facts_person(facts, fact);
    if (hedui_facts_gone(facts, fact) || *person == HEDUI_PERSON_NONE)
        return 0;
    return !feed->asked_about || hedui_feed_book_asked(feed, *person);
}

/**
 * Fill the feed books: links by household, member, delivery, fact; members with rejected rows.
 *
 * @param feeds    layout, cause, deliveries set by the caller; links, first, incomplete are filled
 *                 for those with cause HEDUI_CAUSE_NONE. Each feed's arrays live in `arenas[feed]`.
 * @param gauges   By feed those of its deliveries, with matches; an entry that is NULL, or a gauge
 *                 without matches: they are found here.
 * @param pairs    Rows that they speak of are told in `met`; those left out get no link.
 * @param threads  Feeds are gathered side by side.
 * @return HEDUI_E1001.
 */
hedui_status hedui_gather(hedui_feed_book *feeds, uint32_t count, const hedui_caseload *caseload,
                          const hedui_gauge *const *gauges, const hedui_bound_pairs *pairs,
                          hedui_arena *const *arenas, int threads, hedui_err *err);

#endif
