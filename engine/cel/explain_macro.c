/* Why a macro gave what it gave: the elements that decided, and why each was in the range at all.
 * A range that is itself a filter (perhaps behind a named value) contributes the filter's condition
 * on that element, not its other rows. */
#include "cel/explain.h"

static uint32_t child(const explainer *x, const node *n, uint32_t i)
{
    return child_of(x->e.program, n, i);
}

/* --- the range -------------------------------------------------------------------------------- */

static void membership_in_definition(explainer *x, hedui_cel_witness *parent,
                                     const hedui_cel_program *program, value element)
{
    evaluation outer = x->e;
    if (x->e.definitions >= 32)
        return;
    x->e.program = program;
    x->e.definitions++;
    x->e.locals = hedui_arena_array(x->e.arena, program->local_count, sizeof(value));
    if (x->e.locals)
        hedui_cel_witness_member(x, parent, program->root, element);
    else
        x->failed = 1;
    outer.steps = x->e.steps;
    x->e = outer;
}

static int holds(value list, value element)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (hedui_cel_equal(list.as.items[i], element))
            return 1;
    return 0;
}

/* In lists that are joined: why it is in the one that it came from. */
static void member_of_one(explainer *x, hedui_cel_witness *parent, uint32_t lists, value element)
{
    const node *n = node_at(x->e.program, lists);
    if (n->op != OP_MACRO || n->macro != MACRO_MAP || n->count != 2)
        return;
    value range = hedui_cel_eval_node(&x->e, child(x, n, 0));
    for (uint32_t i = 0; range.kind == HEDUI_CEL_LIST && i < range.count; i++) {
        value list = hedui_cel_eval_on(&x->e, n, &range, i, 1);
        if (list.kind != HEDUI_CEL_LIST || !holds(list, element))
            continue;
        (void)hedui_cel_bind_element(&x->e, n, &range, i);
        hedui_cel_witness_member(x, parent, child(x, n, 1), element);
        hedui_cel_witness_member(x, parent, child(x, n, 0), range.as.items[i]);
        return;
    }
}

void hedui_cel_witness_member(explainer *x, hedui_cel_witness *parent, uint32_t range,
                              value element)
{
    const node *n = node_at(x->e.program, range);
    if (n->op == OP_SLOT) {
        const hedui_cel_program *definition = x->e.program->env->variables[n->index].definition;
        if (definition)
            membership_in_definition(x, parent, definition, element);
        return;
    }
    if (n->op == OP_CALL && hedui_span_is(n->text, "flatten"))
        member_of_one(x, parent, child(x, n, 0), element);
    if (n->op != OP_MACRO)
        return;
    if (n->macro == MACRO_FILTER) {
        x->e.locals[n->index] = x->e.locals[n->index + 1] = element;
        hedui_cel_witness_add(parent, hedui_cel_witness_of(x, child(x, n, 1)));
        hedui_cel_witness_member(x, parent, child(x, n, 0), element);
    } else if (n->macro == MACRO_DISTINCT_BY || n->macro == MACRO_SORT_BY ||
               n->macro == MACRO_LATEST_OF_EACH) {
        for (uint32_t i = 1; i < n->count; i++) {
            x->e.locals[n->index] = x->e.locals[n->index + 1] = element;
            hedui_cel_witness_add(parent, hedui_cel_witness_of(x, child(x, n, i)));
        }
        hedui_cel_witness_member(x, parent, child(x, n, 0), element);
    }
}

static const type *element_type(const explainer *x, uint32_t range)
{
    const type *t = node_at(x->e.program, range)->type;
    t = t && t->kind == HEDUI_CEL_LIST ? t->parameters[0] : NULL;
    return t && t->kind == HEDUI_CEL_RECORD ? t : NULL;
}

/* The list that was searched in the end, behind filters and named values: its owner and size. */
static void base_of(explainer *x, hedui_cel_witness *w, uint32_t range)
{
    const node *n = node_at(x->e.program, range);
    if (n->op == OP_MACRO && (n->macro == MACRO_FILTER || n->macro == MACRO_DISTINCT_BY ||
                              n->macro == MACRO_SORT_BY || n->macro == MACRO_LATEST_OF_EACH)) {
        base_of(x, w, child(x, n, 0));
        return;
    }
    value list = hedui_cel_eval_node(&x->e, range);
    if (list.kind == HEDUI_CEL_LIST || list.kind == HEDUI_CEL_MAP)
        w->count = list.count;
    if (n->op == OP_SLOT) {
        const hedui_cel_program *definition = x->e.program->env->variables[n->index].definition;
        evaluation outer = x->e;
        if (!definition || x->e.definitions >= 32)
            return;
        x->e.program = definition;
        x->e.definitions++;
        x->e.locals = hedui_arena_array(x->e.arena, definition->local_count, sizeof(value));
        if (x->e.locals)
            base_of(x, w, definition->root);
        outer.steps = x->e.steps;
        x->e = outer;
        return;
    }
    if (n->op != OP_SELECT)
        return;
    value owner = hedui_cel_eval_node(&x->e, child(x, n, 0));
    if (owner.kind == HEDUI_CEL_RECORD) {
        w->object = owner.as.row.object;
        w->row = owner.count;
        w->field = hedui_cel_type_find(owner.as.row.type, n->text);
        w->owner = owner.as.row.type;
    }
}

static hedui_cel_witness *whole_list(explainer *x, hedui_cel_witness_kind kind, uint32_t index,
                                     const node *n, value v, value range)
{
    hedui_cel_witness *w = hedui_cel_witness_new(x, kind, index, v);
    if (!w)
        return NULL;
    w->type = element_type(x, child(x, n, 0));
    w->field = HEDUI_CEL_NO_FIELD;
    w->count = range.count;
    base_of(x, w, child(x, n, 0));
    return w;
}

/* --- elements --------------------------------------------------------------------------------- */

static value element_at(value range, uint32_t at)
{
    return range.kind == HEDUI_CEL_LIST ? range.as.items[at] : range.as.entries[at].key;
}

/* An element that is no row. A period of a record's list is computed by the host, so that it has no
 * row and no cell of its own to speak for it: the list's field is named, with the one element. */
static hedui_cel_witness *plain_element(explainer *x, const hedui_cel_witness *list, uint32_t index,
                                        value element)
{
    int of_field = element.kind == HEDUI_CEL_PERIOD && list && list->owner;
    hedui_cel_witness *w = hedui_cel_witness_new(
        x, of_field ? HEDUI_CEL_WITNESS_CELL : HEDUI_CEL_WITNESS_CALL, index, element);
    if (w && of_field) {
        w->type = list->owner;
        w->object = list->object;
        w->row = list->row;
        w->field = list->field;
    }
    return w;
}

/* One element with what its expressions (children 1 up to `last`) read; `first`: the value of the
 * first of them on this element, NULL if it is not known. */
static void add_element(explainer *x, hedui_cel_witness *parent, uint32_t index, const node *n,
                        value range, uint32_t at, uint32_t last, const value *first)
{
    value element = element_at(range, at);
    hedui_cel_witness *row = hedui_cel_witness_row(x, index, element);
    if (element.kind == HEDUI_CEL_UNKNOWN) {
        hedui_cel_witness_add(parent,
                              hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_UNKNOWN, index, element));
        return;
    }
    if (!row)
        row = plain_element(x, parent, index, element);
    if (!row)
        return;
    for (uint32_t i = 1; i <= last; i++) {
        int bound = hedui_cel_bind_element(&x->e, n, &range, at);
        hedui_cel_witness_add(row, i == 1 && first && bound
                                       ? hedui_cel_witness_given(x, child(x, n, i), *first)
                                       : hedui_cel_witness_of(x, child(x, n, i)));
    }
    hedui_cel_witness_member(x, row, child(x, n, 0), element);
    hedui_cel_witness_add(parent, row);
}

/* Elements whose condition has the wanted outcome: 0, 1, or -1 for undetermined. */
static uint32_t add_matching(explainer *x, hedui_cel_witness *w, uint32_t index, const node *n,
                             value range, int wanted)
{
    uint32_t added = 0;
    for (uint32_t i = 0; w && i < range.count; i++) {
        value v = hedui_cel_eval_on(&x->e, n, &range, i, 1);
        int is = v.kind == HEDUI_CEL_BOOL ? v.as.boolean : -1;
        if (is != wanted)
            continue;
        add_element(x, w, index, n, range, i, 1, &v);
        added++;
    }
    return added;
}

static hedui_cel_witness *quantifier(explainer *x, uint32_t index, const node *n, value v,
                                     value range)
{
    int exists = n->macro == MACRO_EXISTS;
    if (v.kind == HEDUI_CEL_BOOL && v.as.boolean != exists) {
        hedui_cel_witness *all = whole_list(
            x, exists ? HEDUI_CEL_WITNESS_SEARCHED : HEDUI_CEL_WITNESS_EVERY, index, n, v, range);
        (void)add_matching(x, all, index, n, range, !exists);
        return all;
    }
    hedui_cel_witness *w = whole_list(x, HEDUI_CEL_WITNESS_ROWS, index, n, v, range);
    (void)add_matching(x, w, index, n, range, v.kind == HEDUI_CEL_BOOL ? exists : -1);
    return w;
}

/* atLeast, atMost, count, exists_one, filter: the rows that count. */
static hedui_cel_witness *counted(explainer *x, uint32_t index, const node *n, value v, value range)
{
    hedui_cel_witness *w = whole_list(x, HEDUI_CEL_WITNESS_ROWS, index, n, v, range);
    uint32_t added = add_matching(x, w, index, n, range, 1);
    if (hedui_cel_undetermined(v) || hedui_cel_is_partial(v))
        (void)add_matching(x, w, index, n, range, -1);
    else if (w && !added) {
        w->kind = HEDUI_CEL_WITNESS_SEARCHED;
        (void)add_matching(x, w, index, n, range, 0);
    }
    if (w && n->count == 3)
        hedui_cel_witness_add(w, hedui_cel_witness_of(x, child(x, n, 2)));
    return w;
}

/* map, sums, keys: every element with what was taken from it. */
static hedui_cel_witness *every(explainer *x, uint32_t index, const node *n, value v, value range)
{
    hedui_cel_witness *w = whole_list(x, HEDUI_CEL_WITNESS_ROWS, index, n, v, range);
    for (uint32_t i = 0; w && i < range.count; i++)
        add_element(x, w, index, n, range, i, n->count - 1, NULL);
    return w;
}

/* 1 if an element's amount is known and more than nothing. */
static int adds_up(explainer *x, const node *n, value range, uint32_t at)
{
    value amount = hedui_cel_eval_on(&x->e, n, &range, at, 1);
    if (amount.kind == HEDUI_CEL_DOUBLE)
        return amount.as.real != 0;
    return (amount.kind == HEDUI_CEL_INT || amount.kind == HEDUI_CEL_UINT ||
            amount.kind == HEDUI_CEL_DECIMAL) &&
           amount.as.number != 0;
}

/* A sum over a limit rests on the amounts that are known and more than nothing; else on all. */
static hedui_cel_witness *sum_over(explainer *x, uint32_t index, const node *n, value v,
                                   value range)
{
    hedui_cel_witness *w = whole_list(x, HEDUI_CEL_WITNESS_ROWS, index, n, v, range);
    int over = v.kind == HEDUI_CEL_BOOL && v.as.boolean;
    for (uint32_t i = 0; w && i < range.count; i++)
        if (!over || adds_up(x, n, range, i))
            add_element(x, w, index, n, range, i, 1, NULL);
    if (w)
        hedui_cel_witness_add(w, hedui_cel_witness_of(x, child(x, n, 2)));
    return w;
}

/* The one element that was chosen. */
static hedui_cel_witness *latest(explainer *x, uint32_t index, const node *n, value v, value range)
{
    if (v.kind != HEDUI_CEL_OPTIONAL)
        return every(x, index, n, v, range);
    hedui_cel_witness *w = whole_list(
        x, v.as.inner ? HEDUI_CEL_WITNESS_ROWS : HEDUI_CEL_WITNESS_SEARCHED, index, n, v, range);
    for (uint32_t i = 0; w && v.as.inner && i < range.count; i++)
        if (hedui_cel_equal(element_at(range, i), *v.as.inner)) {
            add_element(x, w, index, n, range, i, 1, NULL);
            break;
        }
    return w;
}

static hedui_cel_witness *assumed(explainer *x, uint32_t index, const node *n, value v)
{
    value given = hedui_cel_eval_node(&x->e, child(x, n, 0));
    if (!hedui_cel_undetermined(given) && !hedui_cel_is_partial(given))
        return hedui_cel_witness_given(x, child(x, n, 0), given);
    hedui_cel_witness *w = hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_ASSUMED, index, v);
    hedui_cel_witness_add(w, hedui_cel_witness_given(x, child(x, n, 0), given));
    hedui_cel_witness_add(w, hedui_cel_witness_of(x, child(x, n, 1)));
    return w;
}

/* Macros over one value. */
static hedui_cel_witness *single(explainer *x, uint32_t index, const node *n, value v)
{
    if (n->macro == MACRO_ASSUME)
        return assumed(x, index, n, v);
    hedui_cel_witness *w = hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_CALL, index, v);
    value first = hedui_cel_eval_node(&x->e, child(x, n, 0));
    if (n->macro != MACRO_KNOWN || !hedui_cel_undetermined(first))
        hedui_cel_witness_add(w, hedui_cel_witness_given(x, child(x, n, 0), first));
    if (n->macro == MACRO_KNOWN)
        return w;
    if (n->macro != MACRO_BIND) {
        if (first.kind != HEDUI_CEL_OPTIONAL || !first.as.inner)
            return w;
        first = *first.as.inner;
    }
    x->e.locals[n->index] = first;
    hedui_cel_witness_add(w, hedui_cel_witness_of(x, child(x, n, 1)));
    return w;
}

hedui_cel_witness *hedui_cel_witness_macro(explainer *x, uint32_t index, const node *n, value v)
{
    if (n->macro == MACRO_KNOWN || n->macro == MACRO_ASSUME || n->macro == MACRO_BIND ||
        n->macro == MACRO_OPT_MAP || n->macro == MACRO_OPT_FLAT_MAP)
        return single(x, index, n, v);
    value range = hedui_cel_eval_node(&x->e, child(x, n, 0));
    if (range.kind != HEDUI_CEL_LIST && range.kind != HEDUI_CEL_MAP)
        return hedui_cel_witness_given(x, child(x, n, 0), range);
    switch ((int)n->macro) {
    case MACRO_EXISTS:
    case MACRO_ALL:
        return quantifier(x, index, n, v, range);
    case MACRO_EXISTS_ONE:
    case MACRO_FILTER:
    case MACRO_AT_LEAST:
    case MACRO_AT_MOST:
    case MACRO_COUNT:
        return counted(x, index, n, v, range);
    case MACRO_LATEST_BY:
        return latest(x, index, n, v, range);
    case MACRO_SUM_OVER:
        return sum_over(x, index, n, v, range);
    default:
        return every(x, index, n, v, range);
    }
}
