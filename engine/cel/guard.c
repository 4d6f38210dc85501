/* Optional fields may only be read where a guard says that they have a value: has(x.f) && ..., in
 * either order, !has(x.f) || ..., has(x.f) ? ... : ..., a filter with has(x.f) in front of the
 * macro, .? instead of a dot, known(x.f) and assume(x.f, d).
 *
 * A fact is a path (variable, then fields) that is known to be there. && makes what its one side
 * proves when true hold in the other; || does so with what is proved when its side is false. */
#include "cel/internal.h"

enum { MAX_FACTS = 128, MAX_PATH = 8 };

typedef struct path {
    uint8_t local, length; /* local: the root is a macro's variable, else a slot */
    uint32_t root, fields[MAX_PATH];
} path;

typedef struct guards {
    compiler *c;
    path facts[MAX_FACTS];
    uint32_t count;
} guards;

static const node *get(const guards *g, uint32_t index)
{
    return node_at(g->c->program, index);
}

static uint32_t child(const guards *g, const node *n, uint32_t i)
{
    return child_of(g->c->program, n, i);
}

/* The path that a chain of plain selections spells. */
static int path_of(path *out, const guards *g, const node *n)
{
    path p = {0};
    for (; n->op == OP_SELECT || n->op == OP_HAS; n = get(g, child(g, n, 0))) {
        if (n->index == NONE || p.length == MAX_PATH)
            return 0;
        p.fields[p.length++] = n->index;
    }
    if (n->op != OP_SLOT && n->op != OP_LOCAL)
        return 0;
    p.local = n->op == OP_LOCAL;
    p.root = n->index;
    *out = p;
    return 1;
}

static int same_path(const path *a, const path *b)
{
    return a->local == b->local && a->root == b->root && a->length == b->length &&
           memcmp(a->fields, b->fields, a->length * sizeof *a->fields) == 0;
}

static void add_fact(guards *g, path p)
{
    if (g->count < MAX_FACTS)
        g->facts[g->count++] = p;
}

/* What must be there if the node has the given outcome. */
static void learn(guards *g, uint32_t index, int truth)
{
    const node *n = get(g, index);
    path p;
    if (n->op == OP_HAS) {
        if (truth && path_of(&p, g, n))
            add_fact(g, p);
    } else if ((n->op == OP_AND && truth) || (n->op == OP_OR && !truth)) {
        learn(g, child(g, n, 0), truth);
        learn(g, child(g, n, 1), truth);
    } else if (n->op == OP_CALL && n->count == 1 && hedui_span_is(n->text, "!_")) {
        learn(g, child(g, n, 0), !truth);
    } else if (n->op == OP_MACRO && n->macro == MACRO_KNOWN && truth) {
        if (path_of(&p, g, get(g, child(g, n, 0))))
            add_fact(g, p);
    }
}

static void walk(guards *g, uint32_t index);

static void walk_with(guards *g, uint32_t index, uint32_t proof, int truth)
{
    uint32_t before = g->count;
    learn(g, proof, truth);
    walk(g, index);
    g->count = before;
}

static const hedui_cel_field *optional_field(const guards *g, const node *n)
{
    const type *t = get(g, child(g, n, 0))->type;
    if (n->index == NONE || !t)
        return NULL;
    const hedui_cel_field *fields = t->record  ? t->record->fields
                                    : t->codes ? t->codes->fields
                                               : NULL;
    if (!fields || fields[n->index].presence != HEDUI_CEL_MAY_BE_ABSENT)
        return NULL;
    return &fields[n->index];
}

static void check_read(guards *g, uint32_t index)
{
    const node *n = get(g, index);
    path p;
    if ((n->flags & FLAG_OPTIONAL) || !optional_field(g, n))
        return;
    if (path_of(&p, g, n))
        for (uint32_t i = 0; i < g->count; i++)
            if (same_path(&p, &g->facts[i]))
                return;
    report(g->c, n->begin, n->end, HEDUI_E3228, HEDUI_ARG_SPAN(n->text));
}

/* Rows that passed a filter have what the filter asked for. */
static void learn_from_range(guards *g, uint32_t range, uint32_t local)
{
    const node *n = get(g, range);
    uint32_t before = g->count;
    if (n->op != OP_MACRO || (n->macro != MACRO_FILTER && n->macro != MACRO_DISTINCT_BY &&
                              n->macro != MACRO_SORT_BY && n->macro != MACRO_LATEST_OF_EACH))
        return;
    if (n->macro == MACRO_FILTER)
        learn(g, child(g, n, 1), 1);
    for (uint32_t i = before; i < g->count; i++)
        if (g->facts[i].local && g->facts[i].root == n->index)
            g->facts[i].root = local;
    learn_from_range(g, child(g, n, 0), local);
}

static void walk_macro(guards *g, const node *n)
{
    uint32_t before = g->count;
    path p;
    if (n->macro == MACRO_KNOWN || n->macro == MACRO_ASSUME) {
        if (path_of(&p, g, get(g, child(g, n, 0))))
            add_fact(g, p);
        walk(g, child(g, n, 0));
        g->count = before;
        for (uint32_t i = 1; i < n->count; i++)
            walk(g, child(g, n, i));
        return;
    }
    walk(g, child(g, n, 0));
    learn_from_range(g, child(g, n, 0), n->index + ((n->flags & FLAG_TWO) != 0));
    for (uint32_t i = 1; i < n->count; i++) {
        int conditional =
            i == 2 && (n->macro == MACRO_MAP_IF || n->macro == MACRO_TRANSFORM_MAP_IF ||
                       n->macro == MACRO_TRANSFORM_ENTRY_IF);
        if (conditional)
            walk_with(g, child(g, n, i), child(g, n, 1), 1);
        else
            walk(g, child(g, n, i));
    }
    g->count = before;
}

static void walk(guards *g, uint32_t index)
{
    const node *n = get(g, index);
    switch ((op)n->op) {
    case OP_AND:
    case OP_OR:
        walk_with(g, child(g, n, 0), child(g, n, 1), n->op == OP_AND);
        walk_with(g, child(g, n, 1), child(g, n, 0), n->op == OP_AND);
        return;
    case OP_CHOICE:
        walk(g, child(g, n, 0));
        walk_with(g, child(g, n, 1), child(g, n, 0), 1);
        walk_with(g, child(g, n, 2), child(g, n, 0), 0);
        return;
    case OP_MACRO:
        walk_macro(g, n);
        return;
    case OP_SELECT:
        check_read(g, index);
        break;
    case OP_CONST:
    case OP_NAME:
    case OP_SLOT:
    case OP_LOCAL:
    case OP_HAS:
    case OP_INDEX:
    case OP_CALL:
    case OP_LIST:
    case OP_MAP:
    case OP_MESSAGE:
        break;
    }
    for (uint32_t i = 0; i < n->count; i++)
        walk(g, child(g, n, i));
}

void hedui_cel_guard(compiler *c)
{
    guards *g = hedui_arena_take(c->arena, sizeof *g);
    if (!g) {
        hedui_cel_report_memory(c);
        return;
    }
    g->c = c;
    walk(g, c->program->root);
}
