/** @file
 * The name that a misspelt one was likely meant to be.
 */
#ifndef HEDUI_NEAREST_H
#define HEDUI_NEAREST_H

#include <hedui/span.h>

#include <stdint.h>

/** Characters of the longest name that is looked at. */
enum { HEDUI_NEAREST_LONGEST = 64 };

/** A search among names that are offered one by one. */
typedef struct hedui_nearest {
    hedui_span best; /**< the first of the nearest names so far, borrowed; empty: none is near */
    uint32_t edits;  /**< what a nearer one must stay below */
    uint32_t count;
    uint32_t wanted[HEDUI_NEAREST_LONGEST]; /**< its characters */
} hedui_nearest;

/**
 * Begin a search. A name is near if few characters were inserted, left out, replaced or swapped
 * with their neighbour: at most one of two, two of seven, three of more, or if any is not ASCII
 * one of five, two of more; and fewer than either name has, so that nothing is near to everything.
 * Characters are those of UTF-8, so that one wrong Chinese character is one edit; a byte that is
 * none counts as a character.
 *
 * @param wanted  The misspelt name; not kept. Longer than HEDUI_NEAREST_LONGEST: nothing is near.
 */
void hedui_nearest_init(hedui_nearest *nearest, hedui_span wanted);

/** Offer a name; it must live as long as `nearest->best` is looked at. */
void hedui_nearest_offer(hedui_nearest *nearest, hedui_span name);

/** The nearest of `names`, an array that NULL ends; NULL if none is near. */
const char *hedui_nearest_of(hedui_span wanted, const char *const *names);

#endif
