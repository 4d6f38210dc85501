/** @file
 * Dates as day numbers: 0 is 1970-01-01, proleptic Gregorian, years 1 to 9999. No time zones, no
 * clock.
 */
#ifndef HEDUI_DATE_H
#define HEDUI_DATE_H

#include <hedui/span.h>

#include <stdint.h>

enum { HEDUI_DATE_TEXT = 11 };

/** Day numbers of 0001-01-01 and 9999-12-31. */
#define HEDUI_DATE_MIN (-719162)
#define HEDUI_DATE_MAX 2932896

/** 1 and the day number if year (1..9999), month and day exist in the calendar, else 0. */
int hedui_date_from_civil(int32_t *day, int year, int month, int day_of_month);

/** The inverse; `day` between HEDUI_DATE_MIN and HEDUI_DATE_MAX. */
void hedui_date_to_civil(int *year, int *month, int *day_of_month, int32_t day);

/** Read exactly YYYY-MM-DD. @return 1 and the day number, else 0. */
int hedui_date_parse_iso(int32_t *day, hedui_span text);

/** Print YYYY-MM-DD and a NUL. */
void hedui_date_print(char text[HEDUI_DATE_TEXT], int32_t day);

/** Days in a month of a year. */
int hedui_date_month_length(int year, int month);

/** `day` moved by `months`, clamped to the month's end. @return 0 if it leaves the range. */
int hedui_date_add_months(int32_t *moved, int32_t day, int64_t months);

/** The largest n with hedui_date_add_months(from, n) <= to; mirrored when `to` is earlier. */
int64_t hedui_date_months_between(int32_t from, int32_t to);

/** Completed years at `day`; born on 29 February completes a year on 1 March of a common year. */
int hedui_date_age(int32_t birth, int32_t day);

#endif
