/** @file
 * What further registries were made to say about the people of a case, row by row in meanings, so
 * that the truth of rules over them can be judged from what was planted.
 */
#ifndef HEDUI_DEMO_TOLD_H
#define HEDUI_DEMO_TOLD_H

#include "demo/out.h"

enum { HEDUI_DEMO_TOLD = 640 };

/** One row about one person; a row of two people is told twice. */
typedef struct hedui_demo_told_row {
    hedui_demo_feed feed;
    char id[19];     /**< whom it is about */
    int lost;        /**< 1: rejected, or contradicted by another: it says nothing */
    int unsure;      /**< 1: beside another name, or by an old number: perhaps another person's */
    const char *bad; /**< header of the column that cannot be read, or NULL */
    size_t at, length;
} hedui_demo_told_row;

typedef struct hedui_demo_told {
    hedui_demo_told_row rows[HEDUI_DEMO_TOLD];
    int count;
    hedui_buffer said; /**< lines "header, tab, meaning" */
} hedui_demo_told;

/** What a cell says. */
typedef struct hedui_demo_cell_told {
    hedui_span meaning;
    int known, absent;
    uint32_t reasons; /**< if neither: why */
} hedui_demo_cell_told;

/** Forget the case before. */
void hedui_demo_told_clear(hedui_demo_told *told);

/** Remember a row that is about `id`, surely or not. */
void hedui_demo_told_add(hedui_demo_told *told, hedui_demo_feed feed, const char *id, int unsure,
                         const hedui_demo_row *row, const char *bad);

/** The next row of a feed about a person after `*at` (begin with -1), or NULL. */
const hedui_demo_told_row *hedui_demo_told_next(const hedui_demo_told *told, int *at,
                                                hedui_demo_feed feed, const char *id);

/** The cell under a header. */
hedui_demo_cell_told hedui_demo_told_cell(const hedui_demo_told *told,
                                          const hedui_demo_told_row *row, const char *header);

#endif
