/** @file
 * Dates and months in the forms that registries write.
 */
#ifndef HEDUI_VALUE_DATE_TEXT_H
#define HEDUI_VALUE_DATE_TEXT_H

#include <hedui/date.h>
#include <hedui/span.h>

typedef enum hedui_date_form {
    HEDUI_DATE_OK,
    HEDUI_DATE_EMPTY,  /**< nothing, a sign for nothing, or all zeros */
    HEDUI_DATE_FORMAT, /**< not a whole date: 2014, 201412, two-digit years, words */
    HEDUI_DATE_VALUE   /**< a day or time that does not exist */
} hedui_date_form;

/** Further forms that a layout may allow; numbers mean nothing without it saying so. */
enum {
    /** Milliseconds since 1970, China Standard Time; 11 to 13 digits, a sign before 1970. Ten
     * digits may be seconds and are refused, so days within four months of 1970 are not read. */
    HEDUI_DATE_EPOCH_MS = 1,
    /** Days of a spreadsheet that counts from 1900: 42004 is 2014-12-31; no years, 42004.5 its
       noon. */
    HEDUI_DATE_SERIAL = 2
};

/**
 * Read a date: 20141231, 2014-12-31, 2014/1/5, 2014.12.31, 2014年12月31日, each also followed by a
 * time of day (which is checked and dropped). Full-width digits and blanks around are accepted.
 *
 * @param day    Set for HEDUI_DATE_OK, untouched otherwise.
 * @param forms  HEDUI_DATE_EPOCH_MS and HEDUI_DATE_SERIAL, or 0.
 */
hedui_date_form hedui_date_parse(int32_t *day, hedui_span text, int forms);

/**
 * Read a month: 201412, 2014-12, 2014/1, 2014.12, 2014年12月, or any whole date.
 *
 * @param month  Set for HEDUI_DATE_OK: year * 12 + month - 1.
 */
hedui_date_form hedui_month_parse(int32_t *month, hedui_span text, int forms);

enum { HEDUI_MONTH_TEXT = 8, HEDUI_MONTH_MAX = 9999 * 12 + 11 };

/** Print YYYY-MM and a NUL. `month` is year * 12 + month - 1, years 1 to 9999. */
void hedui_month_print(char text[HEDUI_MONTH_TEXT], int32_t month);

#endif
