/** @file
 * Short excerpts of bad text that give nobody away.
 */
#ifndef HEDUI_VALUE_MASK_H
#define HEDUI_VALUE_MASK_H

#include <hedui/span.h>

typedef enum hedui_mask {
    HEDUI_MASK_NOTHING, /**< amounts, dates, codes: only runs of 15 digits or more */
    HEDUI_MASK_TEXT     /**< names, numbers, whole rows */
} hedui_mask;

/**
 * Write the beginning of `text`, cut between characters, with a NUL.
 *
 * Control characters, zero-width and direction marks become U+FFFD. Of a run of 15 or more digits
 * (and X) 6 + 4 are shown, also where blanks or hyphens part it into groups: a citizen number may
 * have got into any column. With HEDUI_MASK_TEXT also: of 7 to 14 the first 3; of a run of other
 * characters beyond ASCII only the first. An ellipsis says that text was cut off.
 */
void hedui_mask_excerpt(char *out, size_t room, hedui_span text, hedui_mask mask);

#endif
