/* Lists. All but contains-like questions need every element: a list with unknown elements makes
 * them unknown before they are called. */
#include "cel/internal.h"

static value fail(evaluation *e, hedui_cel_error error)
{
    return hedui_cel_error_at(e, error);
}

value hedui_cel_sum(evaluation *e, value total, value more)
{
    int64_t n;
    uint64_t u;
    if (total.kind == HEDUI_CEL_DECIMAL && more.kind == HEDUI_CEL_DECIMAL)
        return hedui_cel_decimal_arithmetic(e, '+', total, more);
    if (total.kind != more.kind)
        return fail(e, HEDUI_CEL_ERROR_OVERLOAD);
    if (total.kind == HEDUI_CEL_DOUBLE)
        return hedui_cel_double(total.as.real + more.as.real);
    if (total.kind == HEDUI_CEL_UINT)
        return __builtin_add_overflow(total.as.natural, more.as.natural, &u)
                   ? fail(e, HEDUI_CEL_ERROR_OVERFLOW)
                   : hedui_cel_uint(u);
    if (total.kind != HEDUI_CEL_INT && total.kind != HEDUI_CEL_DURATION)
        return fail(e, HEDUI_CEL_ERROR_OVERLOAD);
    if (__builtin_add_overflow(total.as.number, more.as.number, &n))
        return fail(e, HEDUI_CEL_ERROR_OVERFLOW);
    total.as.number = n;
    return total;
}

static value sum(evaluation *e, const value *a, uint32_t count)
{
    const node *n = node_at(e->program, e->node);
    const type *t = n->type;
    (void)count;
    value total = t ? hedui_cel_zero(t) : hedui_cel_int(0);
    uint32_t start = 0;
    if ((!t || t->kind == HEDUI_CEL_DYN) && a[0].count) {
        total = a[0].as.items[0];
        start = 1;
    }
    if (!hedui_cel_step(e, a[0].count / 4))
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = start; i < a[0].count && !hedui_cel_undetermined(total); i++)
        total = hedui_cel_sum(e, total, a[0].as.items[i]);
    return total;
}

static value extreme(evaluation *e, const value *a, int sign)
{
    if (!a[0].count)
        return fail(e, HEDUI_CEL_ERROR_EMPTY);
    value best = a[0].as.items[0];
    if (!hedui_cel_step(e, a[0].count / 4))
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = 1; i < a[0].count; i++) {
        int order = 0;
        if (!hedui_cel_compare(&order, a[0].as.items[i], best))
            return fail(e, HEDUI_CEL_ERROR_OVERLOAD);
        if (order * sign > 0)
            best = a[0].as.items[i];
    }
    return best;
}

static value min(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return extreme(e, a, -1);
}

static value max(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return extreme(e, a, 1);
}

static value is_sorted(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    (void)hedui_cel_step(e, a[0].count / 4);
    for (uint32_t i = 1; i < a[0].count; i++) {
        int order = 0;
        if (!hedui_cel_compare(&order, a[0].as.items[i - 1], a[0].as.items[i]))
            return fail(e, HEDUI_CEL_ERROR_OVERLOAD);
        if (order > 0)
            return hedui_cel_bool(0);
    }
    return hedui_cel_bool(1);
}

static value index_of(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    (void)hedui_cel_step(e, a[0].count / 4);
    for (uint32_t i = 0; i < a[0].count; i++)
        if (hedui_cel_equal(a[0].as.items[i], a[1]))
            return hedui_cel_int(i);
    return hedui_cel_int(-1);
}

static value last_index_of(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    (void)hedui_cel_step(e, a[0].count / 4);
    for (uint32_t i = a[0].count; i-- > 0;)
        if (hedui_cel_equal(a[0].as.items[i], a[1]))
            return hedui_cel_int(i);
    return hedui_cel_int(-1);
}

static value *room(evaluation *e, uint64_t count)
{
    if (count >= NONE || !hedui_cel_step(e, count / 4))
        return NULL;
    return hedui_arena_array(e->arena, (size_t)count, sizeof(value));
}

static value distinct(evaluation *e, const value *a, uint32_t count)
{
    value *items = room(e, a[0].count);
    uint32_t used = 0;
    (void)count;
    if (!items)
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = 0; i < a[0].count; i++) {
        uint32_t j = 0;
        while (j < used && !hedui_cel_equal(items[j], a[0].as.items[i]))
            j++;
        if (j == used)
            items[used++] = a[0].as.items[i];
        if (!hedui_cel_step(e, used / 8))
            return fail(e, HEDUI_CEL_ERROR_LIMIT);
    }
    return hedui_cel_list(items, used);
}

/* A list that is unknown leaves one unknown element, as a list of rows does that may have more. */
static value flatten(evaluation *e, const value *a, uint32_t count)
{
    uint64_t total = 0;
    uint32_t used = 0;
    (void)count;
    for (uint32_t i = 0; i < a[0].count; i++) {
        value inner = a[0].as.items[i];
        if (inner.kind != HEDUI_CEL_LIST && inner.kind != HEDUI_CEL_UNKNOWN)
            return fail(e, HEDUI_CEL_ERROR_OVERLOAD);
        total += inner.kind == HEDUI_CEL_LIST ? inner.count : 1;
    }
    value *items = room(e, total);
    if (!items)
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = 0; i < a[0].count; i++) {
        value inner = a[0].as.items[i];
        if (inner.kind == HEDUI_CEL_UNKNOWN)
            items[used++] = inner;
        for (uint32_t j = 0; inner.kind == HEDUI_CEL_LIST && j < inner.count; j++)
            items[used++] = inner.as.items[j];
    }
    return hedui_cel_list(items, used);
}

static value slice(evaluation *e, const value *a, uint32_t count)
{
    int64_t from = a[1].as.number, to = a[2].as.number;
    (void)count;
    if (from < 0 || to < from || to > a[0].count)
        return fail(e, HEDUI_CEL_ERROR_INDEX);
    return hedui_cel_list(a[0].as.items + from, (uint32_t)(to - from));
}

static value reverse(evaluation *e, const value *a, uint32_t count)
{
    value *items = room(e, a[0].count);
    (void)count;
    if (!items)
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = 0; i < a[0].count; i++)
        items[i] = a[0].as.items[a[0].count - 1 - i];
    return hedui_cel_list(items, a[0].count);
}

/* Merge two sorted runs of an index. 0 if two keys cannot be ordered. */
static int merge(uint32_t *to, const uint32_t *from, const value *keys, uint32_t low, uint32_t mid,
                 uint32_t high)
{
    uint32_t i = low, j = mid;
    for (uint32_t k = low; k < high; k++) {
        int order = 0;
        if (i < mid && j < high && !hedui_cel_compare(&order, keys[from[i]], keys[from[j]]))
            return 0;
        to[k] = j >= high || (i < mid && order <= 0) ? from[i++] : from[j++];
    }
    return 1;
}

value hedui_cel_sort(evaluation *e, value *items, value *keys, uint32_t count)
{
    uint32_t *a = hedui_arena_array(e->arena, count, sizeof *a);
    uint32_t *b = hedui_arena_array(e->arena, count, sizeof *b);
    value *copy = hedui_arena_array(e->arena, count, sizeof *copy);
    if (!a || !b || !copy)
        return fail(e, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < count; i++)
        a[i] = i;
    for (uint64_t width = 1; width < count; width *= 2) {
        if (!hedui_cel_step(e, count))
            return fail(e, HEDUI_CEL_ERROR_LIMIT);
        for (uint64_t low = 0; low < count; low += 2 * width) {
            uint64_t mid = low + width < count ? low + width : count;
            uint64_t high = low + 2 * width < count ? low + 2 * width : count;
            if (!merge(b, a, keys, (uint32_t)low, (uint32_t)mid, (uint32_t)high))
                return fail(e, HEDUI_CEL_ERROR_OVERLOAD);
        }
        uint32_t *swap = a;
        a = b;
        b = swap;
    }
    for (uint32_t i = 0; i < count; i++)
        copy[i] = items[a[i]];
    if (count)
        memcpy(items, copy, count * sizeof *items);
    return hedui_cel_null();
}

static value sort(evaluation *e, const value *a, uint32_t count)
{
    value *items = room(e, a[0].count), *keys = room(e, a[0].count);
    (void)count;
    if (!items || !keys)
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    for (uint32_t i = 0; i < a[0].count; i++)
        items[i] = keys[i] = a[0].as.items[i];
    value sorted = hedui_cel_sort(e, items, keys, a[0].count);
    return hedui_cel_undetermined(sorted) ? sorted : hedui_cel_list(items, a[0].count);
}

static value element(evaluation *e, const value *a, uint32_t at)
{
    (void)e;
    return hedui_cel_optional(a[0].count ? &a[0].as.items[at] : NULL);
}

static value first(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return element(e, a, 0);
}

static value last(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return element(e, a, a[0].count - 1);
}

static value range(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[0].as.number < 0 || a[0].as.number > 1000000 ||
        !hedui_cel_step(e, (uint64_t)a[0].as.number))
        return fail(e, HEDUI_CEL_ERROR_LIMIT);
    value *items = hedui_arena_array(e->arena, (size_t)a[0].as.number, sizeof *items);
    if (!items)
        return fail(e, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < (uint32_t)a[0].as.number; i++)
        items[i] = hedui_cel_int(i);
    return hedui_cel_list(items, (uint32_t)a[0].as.number);
}

static int holds(evaluation *e, value list, value wanted)
{
    (void)hedui_cel_step(e, list.count / 4);
    for (uint32_t i = 0; i < list.count; i++)
        if (hedui_cel_equal(list.as.items[i], wanted))
            return 1;
    return 0;
}

static int holds_all(evaluation *e, value list, value others)
{
    for (uint32_t i = 0; i < others.count && hedui_cel_step(e, 1); i++)
        if (!holds(e, list, others.as.items[i]))
            return 0;
    return 1;
}

static value set_contains(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return hedui_cel_bool(holds_all(e, a[0], a[1]));
}

static value set_equivalent(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return hedui_cel_bool(holds_all(e, a[0], a[1]) && holds_all(e, a[1], a[0]));
}

static value set_intersects(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    for (uint32_t i = 0; i < a[0].count && hedui_cel_step(e, 1); i++)
        if (holds(e, a[1], a[0].as.items[i]))
            return hedui_cel_bool(1);
    return hedui_cel_bool(0);
}

#define ROW(signature, call)                                                                       \
    {                                                                                              \
        signature, call, SCALE_NONE, NULL, NULL                                                    \
    }

static const function_row rows[] = {
    {"list(int).sum() -> int", sum, SCALE_NONE, "The sum; of no elements, zero.",
     "[1, 2, 3].sum() => 6"},
    ROW("list(uint).sum() -> uint", sum),
    ROW("list(double).sum() -> double", sum),
    ROW("list(duration).sum() -> duration", sum),
    {"list(decimal).sum() -> decimal", sum, SCALE_MAX, NULL, NULL},
    {"list(A).min() -> A", min, SCALE_NONE, "The smallest element; an error if there is none.",
     "[3, 1, 2].min() => 1"},
    {"list(A).max() -> A", max, SCALE_NONE, "The largest element; an error if there is none.",
     "[3, 1, 2].max() => 3"},
    {"list(A).isSorted() -> bool", is_sorted, SCALE_NONE, "No element is less than the one before.",
     "[1, 2, 2].isSorted() => true"},
    {"list(A).indexOf(A) -> int", index_of, SCALE_NONE, "First position, -1 if none.",
     "[1, 2].indexOf(2) => 1"},
    {"list(A).lastIndexOf(A) -> int", last_index_of, SCALE_NONE, "Last position, -1 if none.",
     "[2, 2].lastIndexOf(2) => 1"},
    {"list(A).distinct() -> list(A)", distinct, SCALE_NONE, "Each element once.",
     "[1, 2, 1].distinct() => [1, 2]"},
    {"list(list(A)).flatten() -> list(A)", flatten, SCALE_NONE, "The lists inside joined.",
     "[[1], [2, 3]].flatten() => [1, 2, 3]"},
    {"list(A).slice(int, int) -> list(A)", slice, SCALE_NONE, "From one position up to another.",
     "[1, 2, 3].slice(1, 3) => [2, 3]"},
    {"list(A).sort() -> list(A)", sort, SCALE_NONE, "In ascending order.",
     "[3, 1, 2].sort() => [1, 2, 3]"},
    {"list(A).reverse() -> list(A)", reverse, SCALE_NONE, "From the last element on.",
     "[1, 2].reverse() => [2, 1]"},
    {"list(A).first() -> optional(A)", first, SCALE_NONE, "The first element, if any.",
     "[1, 2].first().orValue(0) => 1"},
    {"list(A).last() -> optional(A)", last, SCALE_NONE, "The last element, if any.",
     "[1, 2].last().orValue(0) => 2"},
    {"lists.range(int) -> list(int)", range, SCALE_NONE, "0, 1, ... below a number.",
     "lists.range(3) => [0, 1, 2]"},
    {"sets.contains(list(A), list(A)) -> bool", set_contains, SCALE_NONE,
     "All of the second are in the first.", "sets.contains([1, 2], [2]) => true"},
    {"sets.equivalent(list(A), list(A)) -> bool", set_equivalent, SCALE_NONE,
     "Each contains the other.", "sets.equivalent([1, 2], [2, 1, 1]) => true"},
    {"sets.intersects(list(A), list(A)) -> bool", set_intersects, SCALE_NONE,
     "They have an element in common.", "sets.intersects([1], [2]) => false"},
};

const function_topic hedui_cel_topic_lists = {"lists", rows, sizeof rows / sizeof *rows};
