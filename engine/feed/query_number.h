/** @file
 * The number of a query list (查询名单): Q20140705-01, the day it was written and its place on that
 * day.
 */
#ifndef HEDUI_FEED_QUERY_NUMBER_H
#define HEDUI_FEED_QUERY_NUMBER_H

#include <hedui/span.h>

#include <stdint.h>

enum { HEDUI_QUERY_NUMBER = 16 }; /**< room for one, with its NUL */

/** 1 if the text is a number and nothing else: a true day, a place from 01 to 9999. */
int hedui_query_number_is(hedui_span text);

/** The number that a file name carries between characters that are no letters or digits:
 * "bank-20140710-Q20140705-01.csv.gz". Empty if it carries none; of several the first. Borrowed. */
hedui_span hedui_query_number_in(hedui_span file_name);

/** Write the number of a day's list; `place` from 1 to 9999. */
void hedui_query_number_print(char text[HEDUI_QUERY_NUMBER], int32_t day, int place);

#endif
