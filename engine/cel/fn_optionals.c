/* Optionals: a value or none. */
#include "cel/internal.h"

static value boxed(evaluation *e, value v)
{
    value *inner = hedui_arena_take(e->arena, sizeof *inner);
    if (!inner)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
    *inner = v;
    return hedui_cel_optional(inner);
}

static value of(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return boxed(e, a[0]);
}

static value none(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)a;
    (void)count;
    return hedui_cel_optional(NULL);
}

static int is_zero(value v)
{
    switch ((int)v.kind) {
    case HEDUI_CEL_NULL:
        return 1;
    case HEDUI_CEL_BOOL:
        return !v.as.boolean;
    case HEDUI_CEL_DOUBLE:
        return !(v.as.real < 0 || v.as.real > 0 || v.as.real != v.as.real);
    case HEDUI_CEL_STRING:
    case HEDUI_CEL_BYTES:
        return !v.as.text.length;
    case HEDUI_CEL_LIST:
    case HEDUI_CEL_MAP:
        return !v.count;
    case HEDUI_CEL_OPTIONAL:
        return !v.as.inner;
    case HEDUI_CEL_INT:
    case HEDUI_CEL_UINT:
    case HEDUI_CEL_DECIMAL:
    case HEDUI_CEL_DURATION:
        return v.as.number == 0;
    case HEDUI_CEL_TIMESTAMP:
        return v.as.number == 0 && v.count == 0;
    default:
        return 0;
    }
}

static value of_non_zero(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return is_zero(a[0]) ? hedui_cel_optional(NULL) : boxed(e, a[0]);
}

static value has_value(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return hedui_cel_bool(a[0].as.inner != NULL);
}

static value get(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return a[0].as.inner ? *a[0].as.inner : hedui_cel_error_at(e, HEDUI_CEL_ERROR_EMPTY);
}

static value or_other(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return a[0].as.inner ? a[0] : a[1];
}

static value or_value(evaluation *e, const value *a, uint32_t count)
{
    (void)e;
    (void)count;
    return a[0].as.inner ? *a[0].as.inner : a[1];
}

static const function_row rows[] = {
    {"optional.of(A) -> optional(A)", of, SCALE_NONE, "An optional with a value.",
     "optional.of(1).hasValue() => true"},
    {"optional.none() -> optional(A)", none, SCALE_NONE, "An optional without a value.",
     "optional.none().orValue(2) => 2"},
    {"optional.ofNonZeroValue(A) -> optional(A)", of_non_zero, SCALE_NONE,
     "None if the value is zero, empty or null.", "optional.ofNonZeroValue(0).hasValue() => false"},
    {"optional(A).hasValue() -> bool", has_value, SCALE_NONE, "It has a value.",
     "optional.of(1).hasValue() => true"},
    {"optional(A).value() -> A", get, SCALE_NONE, "The value; an error if there is none.",
     "optional.of(1).value() => 1"},
    {"optional(A).or(optional(A)) -> optional(A)", or_other, SCALE_NONE,
     "Itself if it has a value, else the other.",
     "optional.none().or(optional.of(3)).value() => 3"},
    {"optional(A).orValue(A) -> A", or_value, SCALE_NONE, "The value, else the one given.",
     "optional.none().orValue(4) => 4"},
};

const function_topic hedui_cel_topic_optionals = {"optionals", rows, sizeof rows / sizeof *rows};

/* Macros are not functions: their rows have no call and are listed for the reference and tests. */
#define MACRO_ROW(signature, doc, example)                                                         \
    {                                                                                              \
        signature, NULL, SCALE_NONE, doc, example                                                  \
    }

static const function_row macro_rows[] = {
    MACRO_ROW("has(e.f)", "The field has a value; the key is in the map.",
              "has({\"a\": 1}.a) => true"),
    MACRO_ROW("list.all(x, p)", "p is true for every element.", "[1, 2].all(x, x > 0) => true"),
    MACRO_ROW("list.exists(x, p)", "p is true for some element.",
              "[1, 2].exists(x, x > 1) => true"),
    MACRO_ROW("list.exists_one(x, p)", "p is true for exactly one element.",
              "[1, 2].exists_one(x, x > 1) => true"),
    MACRO_ROW("list.filter(x, p)", "The elements for which p is true.",
              "[1, 2, 3].filter(x, x > 1) => [2, 3]"),
    MACRO_ROW("list.map(x, e)", "e for every element.", "[1, 2].map(x, x * 2) => [2, 4]"),
    MACRO_ROW("list.count(x, p)", "How many elements p is true for.",
              "[1, 2, 3].count(x, x > 1) => 2"),
    MACRO_ROW("list.atLeast(n, x, p)", "p is true for n elements or more.",
              "[1, 2, 3].atLeast(2, x, x > 1) => true"),
    MACRO_ROW("list.atMost(n, x, p)", "p is true for n elements or fewer.",
              "[1, 2, 3].atMost(1, x, x > 1) => false"),
    MACRO_ROW("list.sumOf(x, e)", "The sum of e over the elements.",
              "[1, 2].sumOf(x, x * 10) => 30"),
    MACRO_ROW("list.sumOver(x, e, limit)",
              "The sum of amounts that are not negative exceeds the limit.",
              "[60, 50].sumOver(x, x, 100) => true"),
    MACRO_ROW("list.distinctBy(x, key)", "The first element of each key.",
              "[11, 12, 21].distinctBy(x, x / 10) => [11, 21]"),
    MACRO_ROW("list.latestBy(x, key)", "The element with the greatest key, if any.",
              "[1, 3, 2].latestBy(x, x).value() => 3"),
    MACRO_ROW("list.latestBy(x, group, key)", "Of each group, the element with the greatest key.",
              "[11, 12, 21].latestBy(x, x / 10, x) => [12, 21]"),
    MACRO_ROW("list.sortBy(x, key)", "The elements in the order of their keys.",
              "[3, 1, 2].sortBy(x, -x) => [3, 2, 1]"),
    MACRO_ROW("list.transformList(i, x, e)", "e for every element and its position.",
              "[5, 6].transformList(i, x, i + x) => [5, 7]"),
    MACRO_ROW("map.transformMap(k, v, e)", "The map with e for each value.",
              "{\"a\": 1}.transformMap(k, v, v + 1) => {\"a\": 2}"),
    MACRO_ROW("cel.bind(x, e, body)", "body with x standing for e.",
              "cel.bind(x, 2 + 3, x * x) => 25"),
    MACRO_ROW("optional.optMap(x, e)", "e for the value, if there is one.",
              "optional.of(2).optMap(x, x + 1).value() => 3"),
    MACRO_ROW("known(e)", "e has a value; never undetermined itself.", "known(1 / 0) => false"),
    MACRO_ROW("assume(e, d)", "d if e is undetermined; the result says that it was used.",
              "assume(1 / 0, 7) => 7"),
};

const function_topic hedui_cel_topic_macros = {"macros", macro_rows,
                                               sizeof macro_rows / sizeof *macro_rows};
