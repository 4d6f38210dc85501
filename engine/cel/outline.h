/** @file
 * What the two sources of the outline share.
 */
#ifndef HEDUI_CEL_OUTLINE_INTERNAL_H
#define HEDUI_CEL_OUTLINE_INTERNAL_H

#include "cel/internal.h"

#include <hedui/cel_outline.h>

typedef struct outliner {
    evaluation e;
    hedui_cel_part *parts;
    uint32_t count, capacity, most_rows;
    uint32_t scope; /* first part among which nothing read is told twice */
    uint32_t left_out;
    int failed; /* no memory */
} outliner;

/* A line; NULL where no more fit or there is no memory. Good until the next is added. */
hedui_cel_part *hedui_cel_part_add(outliner *o, hedui_cel_part_kind kind, uint32_t depth,
                                   uint32_t index, value v);

/* The lines of a node: `whole` says that it stands for itself, as a condition does, and not deep
 * in another. */
void hedui_cel_part_of(outliner *o, uint32_t index, uint32_t depth, int whole);

/* The lines of a node that begin a scope of their own. */
void hedui_cel_part_apart(outliner *o, uint32_t index, uint32_t depth);

/* 1 if nothing below can have another value. */
int hedui_cel_part_fixed(const hedui_cel_program *program, uint32_t index);

/* outline_macro.c */
void hedui_cel_part_macro(outliner *o, uint32_t index, const node *n, uint32_t depth, value v);

#endif
