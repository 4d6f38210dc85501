/** @file
 * What was looked for about the people of a household and found, source by source: the rows of a
 * register that no rule had anything to say about leave no other trace in a result.
 */
#ifndef HEDUI_RUN_SEARCHED_H
#define HEDUI_RUN_SEARCHED_H

#include "rule/book.h"

#include <hedui/buffer.h>

/** One character a member. `none` is the only one that says that there is nothing. */
enum {
    HEDUI_SEARCHED_NONE = '.',           /**< asked, and no record */
    HEDUI_SEARCHED_RECORD = 'r',         /**< of a verdict: the answer is yes */
    HEDUI_SEARCHED_WEAK = 'w',           /**< only rows that may be another person's */
    HEDUI_SEARCHED_RECORD_AND_BAD = 'R', /**< a record, and a row that was not used */
    HEDUI_SEARCHED_WEAK_AND_BAD = 'W',
    HEDUI_SEARCHED_BAD =
        'x', /**< a row was rejected or contradicted, or its answer is unreadable */
    HEDUI_SEARCHED_NOT_AUTHORISED = 'u',
    HEDUI_SEARCHED_NOT_ASKED = 'a',
    HEDUI_SEARCHED_NOT_ANSWERED =
        'n' /**< of a verdict, or only a no that may be another person's */
};

/**
 * Append what is known of one household as a JSON object: by feed, in the book's order, one
 * character for each member in the order of their numbers: {"vehicle":"r..","pension":"..w"}.
 *
 * A source that was used and is not named found nothing about anybody who authorised. Sources that
 * were not used are not named either: the run's deliveries say why. Nor are those whose very rows
 * are for the inspector alone, nor supporters. "*": the caseload's own rows of the household are
 * incomplete, so that somebody may not have been looked for at all.
 */
void hedui_searched_put(hedui_buffer *out, const hedui_book *book, uint32_t household);

#endif
