/** @file
 * What the sources of the explanation share.
 */
#ifndef HEDUI_CEL_EXPLAIN_INTERNAL_H
#define HEDUI_CEL_EXPLAIN_INTERNAL_H

#include "cel/internal.h"

typedef struct explainer {
    evaluation e;
    int failed; /* no memory */
} explainer;

/* explain.c */
hedui_cel_witness *hedui_cel_witness_new(explainer *x, hedui_cel_witness_kind kind, uint32_t index,
                                         value v);
void hedui_cel_witness_add(hedui_cel_witness *parent, const hedui_cel_witness *child);
hedui_cel_witness *hedui_cel_witness_of(explainer *x, uint32_t index);
/* The same where the value is known, under the variables that are bound now. */
hedui_cel_witness *hedui_cel_witness_given(explainer *x, uint32_t index, value v);
hedui_cel_witness *hedui_cel_witness_row(explainer *x, uint32_t index, value row);
void hedui_cel_witness_rows(explainer *x, hedui_cel_witness *parent, uint32_t index, value list);

/* explain_macro.c */
hedui_cel_witness *hedui_cel_witness_macro(explainer *x, uint32_t index, const node *n, value v);
/* Why `element` is in the list that `range` gives. */
void hedui_cel_witness_member(explainer *x, hedui_cel_witness *parent, uint32_t range,
                              value element);

/* explain_flat.c: cells, searches, reads and reasons from the tree. */
void hedui_cel_flatten(explainer *x, hedui_cel_explanation *result);

#endif
