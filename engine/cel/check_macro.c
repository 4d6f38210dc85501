/* Macros: what their variables are and what they give. */
#include "cel/internal.h"

static node *get(compiler *c, uint32_t index)
{
    return &c->program->nodes[index];
}

static const type *simple(hedui_cel_kind kind)
{
    return hedui_cel_type_simple(kind);
}

static const type *or_dyn(compiler *c, const type *t)
{
    if (!t)
        hedui_cel_report_memory(c);
    return t ? t : simple(HEDUI_CEL_DYN);
}

static const type *list_of(compiler *c, const type *t)
{
    return or_dyn(c, hedui_cel_type_list(c->arena, t));
}

static const type *optional_of(compiler *c, const type *t)
{
    return or_dyn(c, hedui_cel_type_optional(c->arena, t));
}

static const type *child_type(compiler *c, uint32_t index, uint32_t i)
{
    return hedui_cel_check_node(c, child_of(c->program, get(c, index), i));
}

static void want(compiler *c, uint32_t index, uint32_t i, const type *given, const type *wanted)
{
    const node *n = get(c, child_of(c->program, get(c, index), i));
    if (!hedui_cel_assignable(c, given, wanted))
        report(c, n->begin, n->end, HEDUI_E3226, HEDUI_ARG_SPAN(hedui_cel_type_text(c, wanted)),
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, given)));
}

/* Give the variables their types; `first` is the key or index, `element` what lists are made of. */
static void bind_range(compiler *c, uint32_t index, const type **key, const type **element)
{
    const node *range = get(c, child_of(c->program, get(c, index), 0));
    const type *t = hedui_cel_find(c, child_type(c, index, 0));
    const type *dyn = simple(HEDUI_CEL_DYN), *inner = dyn;
    *key = dyn;
    *element = dyn;
    if (t->kind == HEDUI_CEL_LIST) {
        *key = simple(HEDUI_CEL_INT);
        *element = inner = t->parameters[0];
    } else if (t->kind == HEDUI_CEL_MAP) {
        *key = *element = t->parameters[0];
        inner = t->parameters[1];
    } else if (t->kind == HEDUI_CEL_PARAM) {
        (void)hedui_cel_assignable(c, dyn, t);
    } else if (t->kind != HEDUI_CEL_DYN) {
        range = get(c, child_of(c->program, get(c, index), 0));
        report(c, range->begin, range->end, HEDUI_E3227, HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
    }
    int two = get(c, index)->flags & FLAG_TWO;
    c->local_types[get(c, index)->index] = two ? *key : *element;
    c->local_types[get(c, index)->index + 1] = inner;
}

static const type *predicate(compiler *c, uint32_t index, uint32_t i)
{
    want(c, index, i, child_type(c, index, i), simple(HEDUI_CEL_BOOL));
    return simple(HEDUI_CEL_BOOL);
}

static int summable(const type *t)
{
    return t->kind == HEDUI_CEL_INT || t->kind == HEDUI_CEL_UINT || t->kind == HEDUI_CEL_DOUBLE ||
           t->kind == HEDUI_CEL_DECIMAL || t->kind == HEDUI_CEL_DURATION ||
           t->kind == HEDUI_CEL_DYN || t->kind == HEDUI_CEL_PARAM;
}

static const type *amount(compiler *c, uint32_t index)
{
    const type *t = hedui_cel_find(c, child_type(c, index, 1));
    const node *n = get(c, child_of(c->program, get(c, index), 1));
    if (!summable(t))
        report(c, n->begin, n->end, HEDUI_E3224, HEDUI_ARG_TEXT("sum"),
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
    return t;
}

static const type *sum_over(compiler *c, uint32_t index)
{
    const type *t = amount(c, index), *limit = hedui_cel_find(c, child_type(c, index, 2));
    uint32_t child = child_of(c->program, get(c, index), 2);
    if (t->kind == HEDUI_CEL_DECIMAL && hedui_cel_literal_to_decimal(c, child))
        limit = get(c, child)->type;
    if (t->kind != HEDUI_CEL_DECIMAL || limit->kind != HEDUI_CEL_DECIMAL)
        want(c, index, 2, limit, t);
    return simple(HEDUI_CEL_BOOL);
}

static const type *ordered_key(compiler *c, uint32_t index, uint32_t i)
{
    const type *t = hedui_cel_find(c, child_type(c, index, i));
    const node *n = get(c, child_of(c->program, get(c, index), i));
    if (t->kind == HEDUI_CEL_LIST || t->kind == HEDUI_CEL_MAP || t->kind == HEDUI_CEL_RECORD ||
        t->kind == HEDUI_CEL_OPTIONAL || t->kind == HEDUI_CEL_PERIOD || t->kind == HEDUI_CEL_CODE)
        report(c, n->begin, n->end, HEDUI_E3224, HEDUI_ARG_TEXT("<"),
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
    return t;
}

static const type *transform_entry(compiler *c, uint32_t index, uint32_t i)
{
    const type *wanted =
        or_dyn(c, hedui_cel_type_map(c->arena, hedui_cel_fresh(c), hedui_cel_fresh(c)));
    const type *t = child_type(c, index, i);
    want(c, index, i, t, wanted);
    return hedui_cel_find(c, t)->kind == HEDUI_CEL_DYN ? wanted : t;
}

static const type *check_optional(compiler *c, uint32_t index)
{
    const type *inner = hedui_cel_fresh(c);
    want(c, index, 0, child_type(c, index, 0), optional_of(c, inner));
    c->local_types[get(c, index)->index] = hedui_cel_find(c, inner);
    const type *t = child_type(c, index, 1);
    if (get(c, index)->macro == MACRO_OPT_MAP)
        return optional_of(c, t);
    want(c, index, 1, t, optional_of(c, hedui_cel_fresh(c)));
    return t;
}

static const type *check_assume(compiler *c, uint32_t index)
{
    const type *t = hedui_cel_find(c, child_type(c, index, 0)), *other = child_type(c, index, 1);
    uint32_t child = child_of(c->program, get(c, index), 1);
    if (t->kind == HEDUI_CEL_DECIMAL && hedui_cel_literal_to_decimal(c, child))
        other = get(c, child)->type;
    want(c, index, 1, other, t);
    return t;
}

/* Macros that do not go through a list. */
static const type *check_single(compiler *c, uint32_t index)
{
    switch ((int)get(c, index)->macro) {
    case MACRO_KNOWN:
        (void)child_type(c, index, 0);
        return simple(HEDUI_CEL_BOOL);
    case MACRO_ASSUME:
        return check_assume(c, index);
    case MACRO_BIND:
        c->local_types[get(c, index)->index] = child_type(c, index, 0);
        return child_type(c, index, 1);
    case MACRO_OPT_MAP:
    case MACRO_OPT_FLAT_MAP:
        return check_optional(c, index);
    default:
        return NULL;
    }
}

const type *hedui_cel_check_macro(compiler *c, uint32_t index)
{
    const type *key, *element, *single = check_single(c, index);
    if (single)
        return single;
    bind_range(c, index, &key, &element);
    switch ((int)get(c, index)->macro) {
    case MACRO_ALL:
    case MACRO_EXISTS:
    case MACRO_EXISTS_ONE:
        return predicate(c, index, 1);
    case MACRO_FILTER:
        (void)predicate(c, index, 1);
        return list_of(c, element);
    case MACRO_MAP:
        return list_of(c, child_type(c, index, 1));
    case MACRO_MAP_IF:
        (void)predicate(c, index, 1);
        return list_of(c, child_type(c, index, 2));
    case MACRO_TRANSFORM_MAP:
        return or_dyn(c, hedui_cel_type_map(c->arena, key, child_type(c, index, 1)));
    case MACRO_TRANSFORM_MAP_IF:
        (void)predicate(c, index, 1);
        return or_dyn(c, hedui_cel_type_map(c->arena, key, child_type(c, index, 2)));
    case MACRO_TRANSFORM_ENTRY:
        return transform_entry(c, index, 1);
    case MACRO_TRANSFORM_ENTRY_IF:
        (void)predicate(c, index, 1);
        return transform_entry(c, index, 2);
    case MACRO_AT_LEAST:
    case MACRO_AT_MOST:
        want(c, index, 2, child_type(c, index, 2), simple(HEDUI_CEL_INT));
        return predicate(c, index, 1);
    case MACRO_COUNT:
        (void)predicate(c, index, 1);
        return simple(HEDUI_CEL_INT);
    case MACRO_SUM_OF:
        return amount(c, index);
    case MACRO_SUM_OVER:
        return sum_over(c, index);
    case MACRO_DISTINCT_BY:
        (void)child_type(c, index, 1);
        return list_of(c, element);
    case MACRO_SORT_BY:
        (void)ordered_key(c, index, 1);
        return list_of(c, element);
    case MACRO_LATEST_BY:
        (void)ordered_key(c, index, 1);
        return optional_of(c, element);
    case MACRO_LATEST_OF_EACH:
        (void)child_type(c, index, 1);
        (void)ordered_key(c, index, 2);
        return list_of(c, element);
    default:
        return simple(HEDUI_CEL_DYN);
    }
}
