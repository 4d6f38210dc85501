/* Macros. An element that is itself unknown stands for any number of rows, so it can never make a
 * count certain; a predicate that is unknown on a known row stands for one. filter, map, distinctBy
 * and flatten() keep unknown elements in their result, so that exists over it may still be settled
 * by a known row; functions that need the whole list become unknown. */
#include "cel/internal.h"

static uint32_t number_of(const evaluation *e, const node *n)
{
    return (uint32_t)(n - e->program->nodes);
}

static value fail(const evaluation *e, const node *n, hedui_cel_error error)
{
    value v = hedui_cel_fail(error);
    v.count = number_of(e, n);
    return v;
}

static value child(evaluation *e, const node *n, uint32_t i)
{
    return hedui_cel_eval_node(e, child_of(e->program, n, i));
}

/* Set the variables to one element. @return 0 if the element itself is unknown. */
int hedui_cel_bind_element(evaluation *e, const node *n, const value *range, uint32_t at)
{
    value first, second;
    if (range->kind == HEDUI_CEL_LIST) {
        first = n->flags & FLAG_TWO ? hedui_cel_int(at) : range->as.items[at];
        second = range->as.items[at];
    } else {
        first = range->as.entries[at].key;
        second = range->as.entries[at].value;
    }
    e->locals[n->index] = first;
    e->locals[n->index + 1] = second;
    return range->kind == HEDUI_CEL_MAP || second.kind != HEDUI_CEL_UNKNOWN;
}

static value element_of(const value *range, uint32_t at)
{
    return range->kind == HEDUI_CEL_LIST ? range->as.items[at] : range->as.entries[at].key;
}

/* Child `i` on one element: unknown elements are not looked into. */
value hedui_cel_eval_on(evaluation *e, const node *n, const value *range, uint32_t at, uint32_t i)
{
    if (!hedui_cel_bind_element(e, n, range, at))
        return range->as.items[at];
    return child(e, n, i);
}

/* The same, for a condition. */
static value condition(evaluation *e, const node *n, const value *range, uint32_t at)
{
    value v = hedui_cel_eval_on(e, n, range, at, 1);
    if (v.kind != HEDUI_CEL_BOOL && !undetermined(&v))
        return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
    return v;
}

static value keep(evaluation *e, value wrong, value v)
{
    return undetermined(&wrong) ? hedui_cel_unknown_or_error(e, wrong, v) : v;
}

/* --- exists, all, exists_one -------------------------------------------------------------------
 */

static value quantify(evaluation *e, const node *n, const value *range)
{
    int settles = n->macro == MACRO_EXISTS;
    value wrong = truth(!settles);
    for (uint32_t i = 0; i < range->count; i++) {
        value v = condition(e, n, range, i);
        if (v.kind == HEDUI_CEL_BOOL && v.as.boolean == settles)
            return v;
        if (v.kind != HEDUI_CEL_BOOL)
            wrong = keep(e, wrong, v);
        if (!take_steps(e, 1))
            break;
    }
    return wrong;
}

typedef struct tally {
    int64_t certain, open; /* elements for which the condition holds, or may hold */
    int unbounded;         /* an unknown element: any number more */
    value wrong;
} tally;

static tally count(evaluation *e, const node *n, const value *range)
{
    tally t = {0, 0, 0, hedui_cel_null()};
    for (uint32_t i = 0; i < range->count; i++) {
        value v = condition(e, n, range, i);
        if (v.kind == HEDUI_CEL_BOOL) {
            t.certain += v.as.boolean;
        } else {
            t.open++;
            t.unbounded |=
                range->kind == HEDUI_CEL_LIST && range->as.items[i].kind == HEDUI_CEL_UNKNOWN;
            t.wrong = keep(e, t.wrong, v);
        }
        if (!take_steps(e, 1))
            break;
    }
    return t;
}

static value count_rows(evaluation *e, const node *n, const value *range)
{
    tally t = count(e, n, range);
    if (t.open)
        return t.wrong;
    return n->macro == MACRO_COUNT ? hedui_cel_int(t.certain) : truth(t.certain == 1);
}

static value count_against(evaluation *e, const node *n, const value *range)
{
    value wanted = child(e, n, 2);
    if (undetermined(&wanted))
        return wanted;
    if (wanted.kind != HEDUI_CEL_INT)
        return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
    tally t = count(e, n, range);
    int64_t limit = wanted.as.number;
    if (n->macro == MACRO_AT_LEAST) {
        if (t.certain >= limit)
            return truth(1);
        return t.open && (t.unbounded || t.certain + t.open >= limit) ? t.wrong : truth(0);
    }
    if (t.certain > limit)
        return truth(0);
    return t.open && (t.unbounded || t.certain + t.open > limit) ? t.wrong : truth(1);
}

/* --- lists and maps ----------------------------------------------------------------------------
 */

/* filter, map, map with a condition */
static value build_list(evaluation *e, const node *n, const value *range)
{
    value *items = hedui_arena_array(e->arena, range->count, sizeof *items);
    uint32_t used = 0;
    if (!items)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < range->count; i++) {
        value v = n->macro == MACRO_MAP ? truth(1) : condition(e, n, range, i);
        if (v.kind == HEDUI_CEL_BOOL && !v.as.boolean)
            continue;
        if (v.kind == HEDUI_CEL_BOOL)
            v = n->macro == MACRO_FILTER
                    ? element_of(range, i)
                    : hedui_cel_eval_on(e, n, range, i, n->macro == MACRO_MAP ? 1 : 2);
        if (v.kind == HEDUI_CEL_ERROR)
            return v;
        items[used++] = v;
        if (!take_steps(e, 1))
            break;
    }
    return hedui_cel_list(items, used);
}

static value put_entry(evaluation *e, const node *n, hedui_cel_map_entry *entries, uint32_t *used,
                       value key, value v)
{
    for (uint32_t i = 0; i < *used; i++)
        if (hedui_cel_equal(entries[i].key, key))
            return fail(e, n, HEDUI_CEL_ERROR_REPEATED);
    (void)take_steps(e, *used / 8);
    entries[*used].key = key;
    entries[(*used)++].value = v;
    return hedui_cel_null();
}

static value build_map(evaluation *e, const node *n, const value *range)
{
    int conditional = n->macro == MACRO_TRANSFORM_MAP_IF || n->macro == MACRO_TRANSFORM_ENTRY_IF;
    int whole = n->macro == MACRO_TRANSFORM_ENTRY || n->macro == MACRO_TRANSFORM_ENTRY_IF;
    hedui_cel_map_entry *entries = hedui_arena_array(e->arena, range->count, sizeof *entries);
    uint32_t used = 0;
    if (!entries)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < range->count; i++) {
        value v = conditional ? condition(e, n, range, i) : truth(1);
        if (undetermined(&v))
            return v;
        if (!v.as.boolean)
            continue;
        v = hedui_cel_eval_on(e, n, range, i, conditional ? 2 : 1);
        if (undetermined(&v))
            return v;
        if (whole && (v.kind != HEDUI_CEL_MAP || v.count > 1))
            return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
        if (whole && !v.count)
            continue;
        value key = whole ? v.as.entries[0].key : e->locals[n->index];
        value failed = put_entry(e, n, entries, &used, key, whole ? v.as.entries[0].value : v);
        if (undetermined(&failed))
            return failed;
        if (!take_steps(e, 1))
            break;
    }
    return hedui_cel_map(entries, used);
}

/* --- sums --------------------------------------------------------------------------------------
 */

static value zero_of(const type *t)
{
    if (t && t->kind == HEDUI_CEL_DECIMAL)
        return hedui_cel_decimal(0, t->scale == ANY_SCALE ? 0 : t->scale);
    if (t && t->kind == HEDUI_CEL_UINT)
        return hedui_cel_uint(0);
    if (t && t->kind == HEDUI_CEL_DOUBLE)
        return hedui_cel_double(0);
    if (t && t->kind == HEDUI_CEL_DURATION)
        return hedui_cel_duration(0);
    return hedui_cel_int(0);
}

value hedui_cel_zero(const type *t)
{
    return zero_of(t);
}

static int is_negative(value v)
{
    return v.kind == HEDUI_CEL_DOUBLE ? v.as.real < 0 : v.kind != HEDUI_CEL_UINT && v.as.number < 0;
}

static value sum(evaluation *e, const node *n, const value *range)
{
    const type *t = node_at(e->program, child_of(e->program, n, 1))->type;
    value total = zero_of(t), wrong = hedui_cel_null();
    int started = t && t->kind != HEDUI_CEL_DYN, negative = 0;
    for (uint32_t i = 0; i < range->count; i++) {
        value v = hedui_cel_eval_on(e, n, range, i, 1);
        if (undetermined(&v)) {
            wrong = keep(e, wrong, v);
            continue;
        }
        negative |= is_negative(v);
        e->node = number_of(e, n);
        total = started ? hedui_cel_sum(e, total, v) : v;
        started = 1;
        if (undetermined(&total))
            return total;
        if (!take_steps(e, 1))
            break;
    }
    if (n->macro == MACRO_SUM_OF)
        return undetermined(&wrong) ? wrong : total;
    value limit = child(e, n, 2);
    if (undetermined(&limit))
        return limit;
    int order = 0;
    if (!hedui_cel_compare(&order, total, limit))
        return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
    /* what is known already exceeds it, and what is not cannot bring it down */
    if (!undetermined(&wrong) || (order > 0 && !negative))
        return truth(order > 0);
    return wrong;
}

/* --- by key ------------------------------------------------------------------------------------
 */

static value *keys_of(value *wrong, evaluation *e, const node *n, const value *range, uint32_t i)
{
    value *keys = hedui_arena_array(e->arena, range->count, sizeof *keys);
    *wrong = hedui_cel_null();
    if (!keys) {
        *wrong = fail(e, n, HEDUI_CEL_ERROR_MEMORY);
        return NULL;
    }
    for (uint32_t at = 0; at < range->count && take_steps(e, 1); at++) {
        keys[at] = hedui_cel_eval_on(e, n, range, at, i);
        if (hedui_cel_is_partial(keys[at]))
            keys[at] = hedui_cel_partial_unknown(keys[at], e->arena);
        if (hedui_cel_undetermined(keys[at]))
            *wrong = keep(e, *wrong, keys[at]);
    }
    return keys;
}

static value distinct(evaluation *e, const node *n, const value *range)
{
    value wrong;
    value *keys = keys_of(&wrong, e, n, range, 1);
    value *items = hedui_arena_array(e->arena, range->count, sizeof *items);
    uint32_t used = 0;
    if (!keys || !items)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    if (wrong.kind == HEDUI_CEL_ERROR)
        return wrong;
    for (uint32_t i = 0; i < range->count; i++) {
        uint32_t j = 0;
        if (keys[i].kind == HEDUI_CEL_ERROR)
            return keys[i];
        while (j < i && (keys[j].kind == HEDUI_CEL_UNKNOWN || !hedui_cel_equal(keys[i], keys[j])))
            j++;
        if (j == i) /* without its key nobody knows whether it is another one */
            items[used++] = keys[i].kind == HEDUI_CEL_UNKNOWN ? keys[i] : element_of(range, i);
        if (!take_steps(e, i / 8))
            break;
    }
    return hedui_cel_list(items, used);
}

static value latest(evaluation *e, const node *n, const value *range)
{
    value wrong;
    value *keys = keys_of(&wrong, e, n, range, 1);
    if (!keys || undetermined(&wrong))
        return wrong;
    uint32_t best = 0;
    for (uint32_t i = 1; i < range->count; i++) {
        int order = 0;
        if (!hedui_cel_compare(&order, keys[i], keys[best]))
            return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
        if (order > 0)
            best = i;
    }
    if (!range->count)
        return hedui_cel_optional(NULL);
    value *inner = hedui_arena_take(e->arena, sizeof *inner);
    if (!inner)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    *inner = element_of(range, best);
    return hedui_cel_optional(inner);
}

static value latest_of_each(evaluation *e, const node *n, const value *range)
{
    value wrong, wrong_key;
    value *groups = keys_of(&wrong, e, n, range, 1);
    value *keys = keys_of(&wrong_key, e, n, range, 2);
    value *items = hedui_arena_array(e->arena, range->count, sizeof *items);
    uint32_t used = 0;
    if (!groups || !keys || !items)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    if (undetermined(&wrong) || undetermined(&wrong_key))
        return keep(e, wrong, wrong_key);
    for (uint32_t i = 0; i < range->count; i++) {
        int beaten = 0;
        for (uint32_t j = 0; j < range->count && !beaten; j++) {
            int order = 0;
            if (i == j || !hedui_cel_equal(groups[i], groups[j]))
                continue;
            if (!hedui_cel_compare(&order, keys[i], keys[j]))
                return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
            beaten = order < 0 || (order == 0 && j < i);
        }
        if (!beaten)
            items[used++] = element_of(range, i);
        if (!take_steps(e, range->count / 8))
            break;
    }
    return hedui_cel_list(items, used);
}

static value sort_by(evaluation *e, const node *n, const value *range)
{
    value wrong;
    value *keys = keys_of(&wrong, e, n, range, 1);
    if (!keys || undetermined(&wrong))
        return wrong;
    value *items = hedui_arena_array(e->arena, range->count, sizeof *items);
    if (!items)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < range->count; i++)
        items[i] = element_of(range, i);
    e->node = number_of(e, n);
    value sorted = hedui_cel_sort(e, items, keys, range->count);
    return undetermined(&sorted) ? sorted : hedui_cel_list(items, range->count);
}

/* --- others ------------------------------------------------------------------------------------
 */

static value on_optional(evaluation *e, const node *n)
{
    value v = child(e, n, 0);
    if (undetermined(&v))
        return v;
    if (v.kind != HEDUI_CEL_OPTIONAL)
        return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
    if (!v.as.inner)
        return v;
    e->locals[n->index] = *v.as.inner;
    v = child(e, n, 1);
    if (undetermined(&v))
        return v;
    if (n->macro == MACRO_OPT_FLAT_MAP)
        return v.kind == HEDUI_CEL_OPTIONAL ? v : fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
    value *inner = hedui_arena_take(e->arena, sizeof *inner);
    if (!inner)
        return fail(e, n, HEDUI_CEL_ERROR_MEMORY);
    *inner = v;
    return hedui_cel_optional(inner);
}

static value bind(evaluation *e, const node *n)
{
    value lazy = hedui_cel_lazy();
    lazy.count = child_of(e->program, n, 0);
    e->locals[n->index] = lazy;
    return child(e, n, 1);
}

static value on_range(evaluation *e, const node *n)
{
    value range = child(e, n, 0);
    if (undetermined(&range))
        return range;
    if (range.kind != HEDUI_CEL_LIST && range.kind != HEDUI_CEL_MAP)
        return fail(e, n, HEDUI_CEL_ERROR_OVERLOAD);
    switch ((int)n->macro) {
    case MACRO_ALL:
    case MACRO_EXISTS:
        return quantify(e, n, &range);
    case MACRO_EXISTS_ONE:
    case MACRO_COUNT:
        return count_rows(e, n, &range);
    case MACRO_AT_LEAST:
    case MACRO_AT_MOST:
        return count_against(e, n, &range);
    case MACRO_FILTER:
    case MACRO_MAP:
    case MACRO_MAP_IF:
        return build_list(e, n, &range);
    case MACRO_SUM_OF:
    case MACRO_SUM_OVER:
        return sum(e, n, &range);
    case MACRO_DISTINCT_BY:
        return distinct(e, n, &range);
    case MACRO_LATEST_BY:
        return latest(e, n, &range);
    case MACRO_LATEST_OF_EACH:
        return latest_of_each(e, n, &range);
    case MACRO_SORT_BY:
        return sort_by(e, n, &range);
    default:
        return build_map(e, n, &range);
    }
}

value hedui_cel_eval_macro(evaluation *e, const node *n)
{
    value v;
    switch ((int)n->macro) {
    case MACRO_BIND:
        return bind(e, n);
    case MACRO_OPT_MAP:
    case MACRO_OPT_FLAT_MAP:
        return on_optional(e, n);
    case MACRO_KNOWN:
        v = child(e, n, 0);
        return truth(!undetermined(&v) && !hedui_cel_is_partial(v));
    case MACRO_ASSUME:
        v = child(e, n, 0);
        if (!undetermined(&v) && !hedui_cel_is_partial(v))
            return v;
        e->assumed = 1;
        return child(e, n, 1);
    default:
        return on_range(e, n);
    }
}
