/* Macros as lines: the list, where it was itself made by a macro; the elements with what is asked
 * of each; and what they are held against. */
#include "cel/outline.h"

static uint32_t child(const outliner *o, const node *n, uint32_t i)
{
    return child_of(o->e.program, n, i);
}

static value element_at(value range, uint32_t at)
{
    return range.kind == HEDUI_CEL_LIST ? range.as.items[at] : range.as.entries[at].key;
}

static int has_condition(const node *n)
{
    switch ((int)n->macro) {
    case MACRO_EXISTS:
    case MACRO_ALL:
    case MACRO_EXISTS_ONE:
    case MACRO_FILTER:
    case MACRO_MAP_IF:
    case MACRO_TRANSFORM_MAP_IF:
    case MACRO_TRANSFORM_ENTRY_IF:
    case MACRO_AT_LEAST:
    case MACRO_AT_MOST:
    case MACRO_COUNT:
        return 1;
    default:
        return 0;
    }
}

/* How many children belong to the elements: the others are what they are held against. */
static uint32_t last_of_element(const node *n)
{
    int held =
        n->macro == MACRO_AT_LEAST || n->macro == MACRO_AT_MOST || n->macro == MACRO_SUM_OVER;
    return held ? 1 : n->count - 1;
}

static int is_false(value v)
{
    return v.kind == HEDUI_CEL_BOOL && !v.as.boolean;
}

/* exists() that is true rests on the rows that are, all() that is false on those that are not. */
static int row_decides(const node *n, value whole, value v)
{
    if (whole.kind != HEDUI_CEL_BOOL || (n->macro != MACRO_EXISTS && n->macro != MACRO_ALL))
        return 1;
    return v.kind == HEDUI_CEL_BOOL && v.as.boolean == whole.as.boolean;
}

static void add_row(outliner *o, uint32_t index, const node *n, uint32_t depth, value whole,
                    value range, uint32_t at)
{
    value element = element_at(range, at), v = hedui_cel_eval_on(&o->e, n, &range, at, 1);
    hedui_cel_part *p = hedui_cel_part_add(o, HEDUI_CEL_PART_ROW, depth, index, v);
    if (!p)
        return;
    p->element = element;
    p->count = at + 1;
    p->decides = row_decides(n, whole, v);
    if (element.kind == HEDUI_CEL_RECORD) {
        p->type = element.as.row.type;
        p->object = element.as.row.object;
        p->row = element.count;
    }
    if (element.kind == HEDUI_CEL_UNKNOWN)
        return;
    for (uint32_t i = 1; i <= last_of_element(n); i++) {
        if (i > 1 && has_condition(n) && is_false(v))
            break; /* what is taken of a row that does not fit */
        (void)hedui_cel_bind_element(&o->e, n, &range, at);
        hedui_cel_part_apart(o, child(o, n, i), depth + 1);
    }
}

/* What the known rows of a sum come to, for whoever adds up by hand. */
static void add_total(outliner *o, uint32_t index, const node *n, uint32_t depth, value range)
{
    value total = hedui_cel_zero(node_at(o->e.program, child(o, n, 1))->type);
    int started = 0;
    for (uint32_t i = 0; i < range.count; i++) {
        value v = hedui_cel_eval_on(&o->e, n, &range, i, 1);
        if (hedui_cel_undetermined(v))
            continue;
        total = started ? hedui_cel_sum(&o->e, total, v) : v;
        started = 1;
    }
    (void)hedui_cel_part_add(o, HEDUI_CEL_PART_TOTAL, depth, index, total);
}

static void add_rows(outliner *o, uint32_t index, const node *n, uint32_t depth, value whole,
                     value range)
{
    int all = range.count <= o->most_rows;
    uint32_t told = 0;
    for (uint32_t i = 0; i < range.count; i++) {
        if (!all && (told == o->most_rows ||
                     (has_condition(n) && is_false(hedui_cel_eval_on(&o->e, n, &range, i, 1)))))
            continue;
        add_row(o, index, n, depth, whole, range, i);
        told++;
    }
    if (told < range.count) {
        hedui_cel_part *p =
            hedui_cel_part_add(o, HEDUI_CEL_PART_MORE, depth, index, hedui_cel_null());
        if (p)
            p->count = range.count - told;
    }
}

/* Macros over one value. */
static void single(outliner *o, uint32_t index, const node *n, uint32_t depth, value v)
{
    value first = hedui_cel_eval_node(&o->e, child(o, n, 0));
    int assume = n->macro == MACRO_ASSUME;
    hedui_cel_part *p = hedui_cel_part_add(o, assume ? HEDUI_CEL_PART_ASSUMED : HEDUI_CEL_PART_CALL,
                                           depth, index, v);
    if (p && assume)
        p->count = hedui_cel_undetermined(first) || hedui_cel_is_partial(first);
    hedui_cel_part_apart(o, child(o, n, 0), depth + 1);
    if (n->macro == MACRO_KNOWN || assume)
        return;
    if (n->macro != MACRO_BIND) {
        if (first.kind != HEDUI_CEL_OPTIONAL || !first.as.inner)
            return;
        first = *first.as.inner;
    }
    o->e.locals[n->index] = first;
    hedui_cel_part_apart(o, child(o, n, 1), depth + 1);
}

static hedui_span name_of(const node *n)
{
    static const char *const names[] = {
        [MACRO_ALL] = "all",
        [MACRO_EXISTS] = "exists",
        [MACRO_EXISTS_ONE] = "exists_one",
        [MACRO_FILTER] = "filter",
        [MACRO_MAP] = "map",
        [MACRO_MAP_IF] = "map",
        [MACRO_TRANSFORM_MAP] = "transformMap",
        [MACRO_TRANSFORM_MAP_IF] = "transformMap",
        [MACRO_TRANSFORM_ENTRY] = "transformMapEntry",
        [MACRO_TRANSFORM_ENTRY_IF] = "transformMapEntry",
        [MACRO_AT_LEAST] = "atLeast",
        [MACRO_AT_MOST] = "atMost",
        [MACRO_COUNT] = "count",
        [MACRO_SUM_OF] = "sumOf",
        [MACRO_SUM_OVER] = "sumOver",
        [MACRO_DISTINCT_BY] = "distinctBy",
        [MACRO_LATEST_BY] = "latestBy",
        [MACRO_LATEST_OF_EACH] = "latestBy",
        [MACRO_SORT_BY] = "sortBy",
    };
    const char *name = n->macro < sizeof names / sizeof *names ? names[n->macro] : NULL;
    return hedui_span_of(name ? name : "");
}

void hedui_cel_part_macro(outliner *o, uint32_t index, const node *n, uint32_t depth, value v)
{
    if (n->macro == MACRO_KNOWN || n->macro == MACRO_ASSUME || n->macro == MACRO_BIND ||
        n->macro == MACRO_OPT_MAP || n->macro == MACRO_OPT_FLAT_MAP) {
        single(o, index, n, depth, v);
        return;
    }
    uint32_t from = child(o, n, 0), outer = o->scope;
    value range = hedui_cel_eval_node(&o->e, from);
    int known = range.kind == HEDUI_CEL_LIST || range.kind == HEDUI_CEL_MAP;
    hedui_cel_part *p = hedui_cel_part_add(o, HEDUI_CEL_PART_LIST, depth, index, v);
    if (!p)
        return;
    p->count = known ? range.count : 0;
    p->name = name_of(n);
    o->scope = o->count;
    hedui_cel_part_of(o, from, depth + 1, 0);
    if (known)
        add_rows(o, index, n, depth + 1, v, range);
    if (known && n->macro == MACRO_SUM_OVER)
        add_total(o, index, n, depth + 1, range);
    for (uint32_t i = last_of_element(n) + 1; i < n->count; i++)
        hedui_cel_part_of(o, child(o, n, i), depth + 1, 1);
    o->scope = outer;
}
