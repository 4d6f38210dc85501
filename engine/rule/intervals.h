/** @file
 * hh.benefit_intervals: the stretches of whole months in which the household received the benefit,
 * from the rows of layouts with `benefit` and from what the caseload says of the present.
 */
#ifndef HEDUI_RULE_INTERVALS_H
#define HEDUI_RULE_INTERVALS_H

#include "rule/catalogue.h"

/** 1 if some layout of a feed says by `benefit` in which months benefits were received. */
int hedui_has_benefit(const hedui_catalogue *catalogue);

/** 1 if the feed's rows say so. */
int hedui_is_benefit_feed(const hedui_catalogue *catalogue, uint32_t feed);

/**
 * The list for a case: periods by first day, each of whole months, no two of them touching.
 *
 * Unknown as a whole if a source is not there; else one unknown element in place of every stretch
 * whose end is not certain, and in place of all of them if some month is known to nobody.
 */
hedui_cel_value hedui_benefit_intervals(const hedui_case *the_case, hedui_arena *arena);

/**
 * Month of a row of a benefit feed.
 *
 * @return 1 and `month` (year * 12 + month - 1) set if it is known.
 */
int hedui_benefit_month(int32_t *month, const hedui_case *the_case, uint32_t feed, uint32_t row,
                        hedui_arena *arena);

/** The month of a day, year * 12 + month - 1. */
int32_t hedui_benefit_month_of(int32_t day);

/** Fields of a benefit feed's rows that were read: the month, and the state or UINT32_MAX. */
void hedui_benefit_fields(uint32_t fields[2], const hedui_catalogue *catalogue, uint32_t feed);

/**
 * The caseload's own part.
 *
 * @param fields  First month and state of the household's record, UINT32_MAX if not said.
 */
void hedui_benefit_household_fields(uint32_t fields[2], const hedui_catalogue *catalogue);

#endif
