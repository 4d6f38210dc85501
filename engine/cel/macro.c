/* Macros are recognised while parsing and keep their kind: no general fold is built, so that the
 * evaluator, the explanation and any compiled form know what was meant. */
#include "cel/internal.h"

static const struct macro_row {
    const char *name;
    uint8_t arguments, variable, variables; /* place of the first variable among the arguments */
    uint8_t kind;
} rows[] = {
    {"all", 2, 0, 1, MACRO_ALL},
    {"all", 3, 0, 2, MACRO_ALL},
    {"exists", 2, 0, 1, MACRO_EXISTS},
    {"exists", 3, 0, 2, MACRO_EXISTS},
    {"exists_one", 2, 0, 1, MACRO_EXISTS_ONE},
    {"exists_one", 3, 0, 2, MACRO_EXISTS_ONE},
    {"existsOne", 2, 0, 1, MACRO_EXISTS_ONE},
    {"existsOne", 3, 0, 2, MACRO_EXISTS_ONE},
    {"filter", 2, 0, 1, MACRO_FILTER},
    {"map", 2, 0, 1, MACRO_MAP},
    {"map", 3, 0, 1, MACRO_MAP_IF},
    {"transformList", 3, 0, 2, MACRO_MAP},
    {"transformList", 4, 0, 2, MACRO_MAP_IF},
    {"transformMap", 3, 0, 2, MACRO_TRANSFORM_MAP},
    {"transformMap", 4, 0, 2, MACRO_TRANSFORM_MAP_IF},
    {"transformMapEntry", 3, 0, 2, MACRO_TRANSFORM_ENTRY},
    {"transformMapEntry", 4, 0, 2, MACRO_TRANSFORM_ENTRY_IF},
    {"optMap", 2, 0, 1, MACRO_OPT_MAP},
    {"optFlatMap", 2, 0, 1, MACRO_OPT_FLAT_MAP},
    {"atLeast", 3, 1, 1, MACRO_AT_LEAST},
    {"atMost", 3, 1, 1, MACRO_AT_MOST},
    {"count", 2, 0, 1, MACRO_COUNT},
    {"sumOf", 2, 0, 1, MACRO_SUM_OF},
    {"sumOver", 3, 0, 1, MACRO_SUM_OVER},
    {"distinctBy", 2, 0, 1, MACRO_DISTINCT_BY},
    {"latestBy", 2, 0, 1, MACRO_LATEST_BY},
    {"latestBy", 3, 0, 1, MACRO_LATEST_OF_EACH},
    {"sortBy", 2, 0, 1, MACRO_SORT_BY},
};

static node *get(compiler *c, uint32_t index)
{
    return &c->program->nodes[index];
}

/* The name a macro binds, or the empty span after a report. */
static hedui_span variable_name(compiler *c, const node *call, uint32_t argument, uint32_t number)
{
    const node *n = get(c, argument);
    hedui_span none = {"", 0};
    if (n->op != OP_NAME || (n->flags & FLAG_ROOTED)) {
        report(c, n->begin, n->end, HEDUI_E3210, HEDUI_ARG_SPAN(call->text),
               HEDUI_ARG_NUMBER(number + 1));
        return none;
    }
    if (hedui_span_is(n->text, "__result__")) {
        report(c, n->begin, n->end, HEDUI_E3206, HEDUI_ARG_SPAN(n->text));
        return none;
    }
    return n->text;
}

static uint32_t expand_row(compiler *c, uint32_t index, const struct macro_row *row)
{
    node *n = get(c, index);
    uint32_t arguments[4], kept[4], count = 0;
    for (uint32_t i = 0; i < row->arguments; i++)
        arguments[i] = child_of(c->program, n, i + 1);
    hedui_span first = variable_name(c, n, arguments[row->variable], row->variable);
    hedui_span second = {"", 0};
    if (row->variables == 2)
        second = variable_name(c, n, arguments[row->variable + 1], row->variable + 1u);
    kept[count++] = child_of(c->program, n, 0);
    for (uint32_t i = (uint32_t)row->variable + row->variables; i < row->arguments; i++)
        kept[count++] = arguments[i];
    for (uint32_t i = 0; i < row->variable; i++) /* atLeast's number goes last */
        kept[count++] = arguments[i];
    if (!first.length || (row->variables == 2 && !second.length))
        return index;
    n->op = OP_MACRO;
    n->macro = row->kind;
    n->text = first;
    n->text2 = second;
    n->flags = (uint8_t)(row->variables == 2 ? FLAG_TWO : 0);
    hedui_cel_node_children(c, index, kept, count);
    return index;
}

static uint32_t expand_has(compiler *c, uint32_t index)
{
    const node *argument = get(c, child_of(c->program, get(c, index), 0));
    if (argument->op != OP_SELECT || (argument->flags & FLAG_OPTIONAL)) {
        hedui_cel_report(c, argument->begin, argument->end, HEDUI_E3211,
                         (const hedui_arg[]){HEDUI_ARG_END});
        return index;
    }
    node *n = get(c, index);
    n->op = OP_HAS;
    n->text = argument->text;
    n->flags = argument->flags;
    n->at = argument->at;
    n->at_end = argument->at_end;
    n->first = argument->first;
    n->count = 1;
    return index;
}

static int is_name(compiler *c, uint32_t index, const char *name)
{
    const node *n = get(c, index);
    return n->op == OP_NAME && !(n->flags & FLAG_ROOTED) && hedui_span_is(n->text, name);
}

static uint32_t expand_bind(compiler *c, uint32_t index)
{
    node *n = get(c, index);
    hedui_span name = variable_name(c, n, child_of(c->program, n, 1), 0);
    if (!name.length)
        return index;
    uint32_t kept[2] = {child_of(c->program, n, 2), child_of(c->program, n, 3)};
    n->op = OP_MACRO;
    n->macro = MACRO_BIND;
    n->text = name;
    hedui_cel_node_children(c, index, kept, 2);
    return index;
}

/* math.greatest(a, b, ...) is one call with a list, since functions have a fixed number of
 * arguments. */
static uint32_t expand_extreme(compiler *c, uint32_t index, const char *name)
{
    node *n = get(c, index);
    uint32_t only = child_of(c->program, n, 1);
    if (n->count > 2) {
        uint32_t list = hedui_cel_node_add(c, OP_LIST, n->begin, n->end);
        if (list == NONE)
            return NONE;
        n = get(c, index);
        get(c, list)->first = n->first + 1;
        get(c, list)->count = n->count - 1;
        get(c, list)->depth = n->depth;
        only = list;
    }
    n->flags = 0;
    n->text = hedui_span_of(name);
    hedui_cel_node_children(c, index, &only, 1);
    return index;
}

uint32_t hedui_cel_expand(compiler *c, uint32_t index, int has_target)
{
    const node *n = get(c, index);
    if (!has_target) {
        if (hedui_span_is(n->text, "has") && n->count == 1)
            return expand_has(c, index);
        int known = hedui_span_is(n->text, "known") && n->count == 1;
        if (known || (hedui_span_is(n->text, "assume") && n->count == 2)) {
            get(c, index)->op = OP_MACRO;
            get(c, index)->macro = known ? MACRO_KNOWN : MACRO_ASSUME;
        }
        return index;
    }
    uint32_t target = child_of(c->program, n, 0);
    if (hedui_span_is(n->text, "bind") && n->count == 4 && is_name(c, target, "cel"))
        return expand_bind(c, index);
    if (is_name(c, target, "math") && n->count > 1) {
        if (hedui_span_is(n->text, "greatest"))
            return expand_extreme(c, index, "math.@max");
        if (hedui_span_is(n->text, "least"))
            return expand_extreme(c, index, "math.@min");
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (n->count == rows[i].arguments + 1u && hedui_span_is(n->text, rows[i].name))
            return expand_row(c, index, &rows[i]);
    return index;
}
