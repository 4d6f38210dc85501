/* The worst case by declared sizes: every node is a step, the body of a macro is taken as often as
 * its range may have elements. The macro that adds most is named when the limit is passed. */
#include "cel/internal.h"

typedef struct estimate {
    const compiler *c;
    uint64_t largest; /* what the dearest macro adds by itself */
    uint32_t dearest;
} estimate;

static uint64_t plus(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t times(uint64_t a, uint64_t b)
{
    uint64_t n;
    return __builtin_mul_overflow(a, b, &n) ? UINT64_MAX : n;
}

static uint64_t rows_of_type(const estimate *s, const type *t)
{
    const type *element = t && t->kind == HEDUI_CEL_LIST ? t->parameters[0] : NULL;
    if (element && element->record && element->record->max_rows)
        return element->record->max_rows;
    return s->c->env->options.default_rows;
}

/* Most elements the node's list may have. */
static uint64_t rows(const estimate *s, uint32_t index)
{
    const hedui_cel_program *program = s->c->program;
    const node *n = node_at(program, index);
    if (n->op == OP_LIST)
        return n->count;
    if (n->op == OP_MAP)
        return n->count / 2;
    if (n->op == OP_MACRO && n->macro != MACRO_BIND && n->macro != MACRO_ASSUME &&
        n->macro != MACRO_OPT_MAP && n->macro != MACRO_OPT_FLAT_MAP)
        return rows(s, child_of(program, n, 0));
    if (n->op == OP_CALL && hedui_span_is(n->text, "_+_"))
        return plus(rows(s, child_of(program, n, 0)), rows(s, child_of(program, n, 1)));
    if (n->op == OP_CALL && hedui_span_is(n->text, "flatten"))
        return times(rows(s, child_of(program, n, 0)), s->c->env->options.default_rows);
    if (n->op == OP_SELECT && n->index != NONE) {
        const type *t = node_at(program, child_of(program, n, 0))->type;
        if (t && t->record && t->record->fields[n->index].max)
            return t->record->fields[n->index].max;
    }
    return rows_of_type(s, n->type);
}

static uint64_t cost(estimate *s, uint32_t index)
{
    const hedui_cel_program *program = s->c->program;
    const node *n = node_at(program, index);
    uint64_t total = 1, body = 0;
    int loop = n->op == OP_MACRO && n->macro != MACRO_BIND && n->macro != MACRO_KNOWN &&
               n->macro != MACRO_ASSUME && n->macro != MACRO_OPT_MAP &&
               n->macro != MACRO_OPT_FLAT_MAP;
    for (uint32_t i = 0; i < n->count; i++) {
        uint64_t one = cost(s, child_of(program, n, i));
        if (loop && i > 0)
            body = plus(body, one);
        else
            total = plus(total, one);
    }
    if (n->op == OP_CALL && n->count && node_at(program, child_of(program, n, 0))->type &&
        node_at(program, child_of(program, n, 0))->type->kind == HEDUI_CEL_LIST)
        total = plus(total, rows(s, child_of(program, n, 0)) / 4);
    if (!loop)
        return total;
    uint64_t added = times(rows(s, child_of(program, n, 0)), plus(body, 1));
    if (n->macro == MACRO_LATEST_OF_EACH || n->macro == MACRO_DISTINCT_BY)
        added = plus(added,
                     times(rows(s, child_of(program, n, 0)), rows(s, child_of(program, n, 0)) / 8));
    if (added >= s->largest) {
        s->largest = added;
        s->dearest = index;
    }
    return plus(total, added);
}

void hedui_cel_cost(compiler *c)
{
    estimate s = {.c = c};
    hedui_cel_program *program = c->program;
    program->cost = cost(&s, program->root);
    if (program->cost <= c->env->options.max_cost || c->env->options.permissive)
        return;
    const node *range = node_at(program, child_of(program, node_at(program, s.dearest), 0));
    hedui_span text = span_between(program->source.text, range->begin, range->end);
    int64_t shown = program->cost > INT64_MAX ? INT64_MAX : (int64_t)program->cost;
    report(c, range->begin, range->end, HEDUI_E3234, HEDUI_ARG_NUMBER(shown),
           HEDUI_ARG_NUMBER(c->env->options.max_cost), HEDUI_ARG_SPAN(text));
}
