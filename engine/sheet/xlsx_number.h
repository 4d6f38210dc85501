/** @file
 * Numbers and dates of a workbook as its sheet shows them; decimal arithmetic only.
 */
#ifndef HEDUI_SHEET_XLSX_NUMBER_H
#define HEDUI_SHEET_XLSX_NUMBER_H

#include <hedui/span.h>

#include <stdint.h>

enum { HEDUI_XLSX_NUMBER_TEXT = 64 };

/** What the format of a cell makes of its number. */
enum {
    HEDUI_XLSX_PLAIN = 0,
    HEDUI_XLSX_DAYS = 1, /**< a date */
    HEDUI_XLSX_ZEROS = 2 /**< and above: leading zeros up to `format - HEDUI_XLSX_ZEROS` digits */
};

typedef enum hedui_xlsx_form {
    HEDUI_XLSX_EXACT,
    HEDUI_XLSX_INEXACT, /**< 10^15 and above: the last digits are not what was typed */
    HEDUI_XLSX_BROKEN   /**< no number at all */
} hedui_xlsx_form;

/**
 * The number stored as `value` ("1234.5600000000001", "6.59E+17") with the 15 digits that count,
 * rounded half up, without an exponent; an inexact one as 6.59000195001010E+17, an exponent also
 * for numbers below 10^-15.
 *
 * @param zeros  Least digits before the point; 0: none asked for.
 * @param text   Set unless BROKEN; NUL-terminated.
 */
hedui_xlsx_form hedui_xlsx_number(char text[HEDUI_XLSX_NUMBER_TEXT], hedui_span value,
                                  unsigned zeros);

/**
 * The day number stored as `value` as a date, with the time of day unless it is midnight.
 *
 * What a sheet shows is written, also where it is no date: day 60 of the 1900 system is 1900-02-29,
 * day 0 is 1900-01-00, and what it has no date for is ########.
 *
 * @param since_1904  1: day 0 is 1904-01-01; 0: day 1 is 1900-01-01.
 * @return 1, or 0 if `value` is no number.
 */
int hedui_xlsx_date(char text[HEDUI_XLSX_NUMBER_TEXT], hedui_span value, int since_1904);

/** What a format's code does: HEDUI_XLSX_DAYS if it has a year or a day of the month, ZEROS + n for
 * n zeros and nothing else, else PLAIN. */
unsigned hedui_xlsx_format(hedui_span code);

/** The same for the formats that are known by their number alone. */
unsigned hedui_xlsx_format_known(uint32_t number);

#endif
