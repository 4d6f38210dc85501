/** @file
 * Names of people: whether two spellings are the same name. The raw text is always kept.
 */
#ifndef HEDUI_VALUE_NAME_H
#define HEDUI_VALUE_NAME_H

#include <hedui/buffer.h>
#include <hedui/span.h>

/**
 * Whether two spellings are the same name: full-width forms, letter case, blanks and the
 * interpuncts of minority names (· • ・ ． . left out or in) don't matter, nor does a former name
 * in brackets（曾用名…）; every other character does (晓 and 小 are different people). Empty names,
 * and names with a character put for another (* ? □ or a private-use one), agree with nothing.
 *
 * @return 1 the same, 0 not, or not to be told.
 */
int hedui_name_agree(hedui_span a, hedui_span b);

/** Append the form by which names are compared. */
void hedui_name_normalise(hedui_buffer *buffer, hedui_span name);

#endif
