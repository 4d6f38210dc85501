/** @file
 * When a department is to deliver: a day of each week, month, quarter, half-year or year.
 */
#ifndef HEDUI_FEED_DUE_H
#define HEDUI_FEED_DUE_H

#include <hedui/buffer.h>
#include <hedui/message.h>

#include <stdint.h>

typedef enum hedui_due_every {
    HEDUI_DUE_NEVER, /**< no day was agreed */
    HEDUI_DUE_WEEK,
    HEDUI_DUE_MONTH,
    HEDUI_DUE_QUARTER,
    HEDUI_DUE_HALF_YEAR,
    HEDUI_DUE_YEAR
} hedui_due_every;

typedef struct hedui_due {
    hedui_due_every every;
    int month; /**< in the quarter, half-year or year, from 1 */
    int day;   /**< of the month, its last where it is shorter; of the week from Monday, 1 */
} hedui_due;

/** The days due around a day. */
typedef struct hedui_due_days {
    int32_t before, last, next; /**< last: the latest not after the day; INT32_MIN: none */
} hedui_due_days;

/** The days due around `day`, a day number of hedui/date.h. */
hedui_due_days hedui_due_around(const hedui_due *due, int32_t day);

/** Append it for people: 每月 10 日, day 10 of each month. Nothing for HEDUI_DUE_NEVER. */
void hedui_due_print(hedui_buffer *out, const hedui_due *due, hedui_language language);

/** The word of layout files: "month"; "" for HEDUI_DUE_NEVER. Never NULL. */
const char *hedui_due_every_name(hedui_due_every every);

#endif
