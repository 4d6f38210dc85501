/* Warnings of a rule that compiles: a condition that nothing can change, and forms for which the
 * language has a better one. A warning never changes what a program does. */
#include "cel/internal.h"

enum { ADVICE_STEPS = 10000 }; /* a constant that takes more is not worth the finding */

static const node *get(const compiler *c, uint32_t index)
{
    return node_at(c->program, index);
}

/* No name of the household, the parameters or the day below it. */
static int is_constant(const compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    if (n->op == OP_NAME || n->op == OP_SLOT ||
        (n->op == OP_CALL && n->overload && n->overload->host))
        return 0;
    for (uint32_t i = 0; i < n->count; i++)
        if (!is_constant(c, child_of(c->program, n, i)))
            return 0;
    return 1;
}

static void advise_constant(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    const hedui_cel_input input = {.max_steps = ADVICE_STEPS};
    evaluation e = {.program = c->program, .input = &input, .arena = c->arena};
    if (!n->type || n->type->kind != HEDUI_CEL_BOOL || !is_constant(c, index))
        return;
    e.max_steps = ADVICE_STEPS;
    e.locals = hedui_arena_array(c->arena, c->program->local_count + 1u, sizeof(value));
    if (!e.locals)
        return;
    value v = hedui_cel_eval_node(&e, index);
    if (v.kind == HEDUI_CEL_BOOL && e.steps <= ADVICE_STEPS)
        report(c, n->begin, n->end, HEDUI_E3290, HEDUI_ARG_TEXT(v.as.boolean ? "true" : "false"));
}

/* filter(x, p).size() or size(filter(x, p)) */
static int is_counted_filter(const compiler *c, const node *n)
{
    return n->op == OP_CALL && n->count == 1 && hedui_span_is(n->text, "size") &&
           get(c, child_of(c->program, n, 0))->macro == MACRO_FILTER &&
           get(c, child_of(c->program, n, 0))->op == OP_MACRO;
}

/* size() of a filter is unknown as soon as one element is; atLeast and atMost answer as soon as
 * the certain ones settle it. */
static void advise_count(compiler *c, uint32_t index)
{
    static const struct {
        const char *name, *left, *right; /* by the side on which the list stands */
    } forms[] = {{"_>=_", "atLeast", "atMost"},
                 {"_>_", "atLeast", "atMost"},
                 {"_<=_", "atMost", "atLeast"},
                 {"_<_", "atMost", "atLeast"}};
    const node *n = get(c, index);
    for (size_t i = 0; n->op == OP_CALL && n->count == 2 && i < sizeof forms / sizeof *forms; i++) {
        if (!hedui_span_is(n->text, forms[i].name))
            continue;
        if (is_counted_filter(c, get(c, child_of(c->program, n, 0))))
            report(c, n->begin, n->end, HEDUI_E3291, HEDUI_ARG_TEXT(forms[i].left));
        else if (is_counted_filter(c, get(c, child_of(c->program, n, 1))))
            report(c, n->begin, n->end, HEDUI_E3291, HEDUI_ARG_TEXT(forms[i].right));
    }
}

/* A pattern without any sign of its own is a plain text. */
static void advise_pattern(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    if (n->op != OP_CALL || n->count != 2 || !hedui_span_is(n->text, "matches"))
        return;
    const node *pattern = get(c, child_of(c->program, n, 1));
    if (pattern->op != OP_CONST || pattern->constant.kind != HEDUI_CEL_STRING)
        return;
    hedui_span text = pattern->constant.as.text;
    int begins = text.length && text.at[0] == '^';
    int ends = text.length > (size_t)begins && text.at[text.length - 1] == '$';
    for (size_t i = (size_t)begins; i + (size_t)ends < text.length; i++)
        if (strchr("\\.+*?()|[]{}^$", text.at[i]))
            return;
    report(c, n->at, n->at_end, HEDUI_E3291,
           HEDUI_ARG_TEXT(begins && ends ? "=="
                          : begins       ? "startsWith"
                          : ends         ? "endsWith"
                                         : "contains"));
}

static void advise(compiler *c, uint32_t index, int condition)
{
    const node *n = get(c, index);
    int logic = n->op == OP_AND || n->op == OP_OR;
    if (condition)
        advise_constant(c, index);
    advise_count(c, index);
    advise_pattern(c, index);
    for (uint32_t i = 0; i < n->count; i++)
        advise(c, child_of(c->program, n, i),
               (logic && !is_constant(c, index)) || (n->op == OP_CHOICE && i == 0));
}

void hedui_cel_advise(compiler *c)
{
    advise(c, c->program->root, 1);
}
