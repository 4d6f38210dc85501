/** @file
 * Planting rows of further feeds by a line of text, so that a quirk is a line of a table:
 *
 *   "pension:发放状态=1;月养老金=900.00 | 2housing_fund:汇缴状态=正常>paying"
 *
 * Rows stand between bars; a digit before the feed names the member (from 1). A value is written as
 * it stands and means the same, or "written>meaning". @-2m is a month, @-30d a day, counted from
 * the run's; @line the standard for the household, @under one fen less; @plate the first car's.
 */
#ifndef HEDUI_DEMO_CLAIM_H
#define HEDUI_DEMO_CLAIM_H

#include "demo/quirk.h"

/** Plant a quirk's `also` in an ordinary household. `died`: members it has at least; `cancelled`:
 * nobody declares income; `cremated`: the head has a car; `form`: of the rows' number or name. */
void hedui_demo_plant_claims(hedui_demo_case *made, const hedui_demo_quirk *quirk);

#endif
