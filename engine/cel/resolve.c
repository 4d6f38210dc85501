/* Names to slots, macro variables, functions and types. A qualified name wins over a field (longest
 * first), a name of the container over a shorter one, a macro variable over all but .name. */
#include "cel/internal.h"

static node *get(compiler *c, uint32_t index)
{
    return &c->program->nodes[index];
}

static uint32_t find_local(const compiler *c, hedui_span name)
{
    for (uint32_t i = c->scope_count; i-- > 0;)
        if (hedui_span_equal(c->scope[i].name, name))
            return c->scope[i].local;
    return NONE;
}

/* The name a chain of selections spells, "a.b.c"; 0 if it is not made of names only. */
static int chain_name(hedui_span *out, hedui_span *root, int *rooted, compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    size_t length = 0;
    for (; n->op == OP_SELECT; n = get(c, child_of(c->program, n, 0))) {
        if (n->flags & (FLAG_OPTIONAL | FLAG_QUOTED))
            return 0;
        length += n->text.length + 1;
    }
    if (n->op != OP_NAME)
        return 0;
    *root = n->text;
    *rooted = (n->flags & FLAG_ROOTED) != 0;
    length += n->text.length;
    char *text = hedui_arena_take(c->arena, length);
    if (!text) {
        hedui_cel_report_memory(c);
        return 0;
    }
    out->at = text;
    out->length = length;
    for (n = get(c, index); n->op == OP_SELECT; n = get(c, child_of(c->program, n, 0))) {
        length -= n->text.length;
        memcpy(text + length, n->text.at, n->text.length);
        text[--length] = '.';
    }
    memcpy(text, n->text.at, n->text.length);
    return 1;
}

/* Make the node a variable or a type if the name is one. */
static int resolve_name(compiler *c, uint32_t index, hedui_span name, int rooted)
{
    hedui_span candidate;
    for (uint32_t step = 0; hedui_cel_candidate(&candidate, c->env, name, rooted, step, c->arena);
         step++) {
        uint32_t slot = hedui_table_find(&c->env->variable_names, candidate);
        const type *t = slot == NONE ? hedui_cel_type_named(candidate) : NULL;
        node *n = get(c, index);
        if (slot != NONE) {
            n->op = OP_SLOT;
            n->index = slot;
        } else if (t) {
            n->op = OP_CONST;
            n->constant = hedui_cel_type_value(t);
        } else {
            continue;
        }
        n->count = 0;
        n->text = name;
        n->at = n->begin;
        return 1;
    }
    return 0;
}

static int starts(hedui_span name, hedui_span root)
{
    return name.length > root.length && name.at[root.length] == '.' &&
           memcmp(name.at, root.at, root.length) == 0;
}

/* No such variable. If others begin with the same part ("param."), the whole chain is meant. */
static void unknown_name(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    hedui_span name = n->text;
    uint32_t end = n->end;
    nearest best;
    if (c->unresolved_chain.length) {
        for (uint32_t i = 0; i < c->env->variable_count; i++)
            if (starts(c->env->variables[i].name, n->text)) {
                name = c->unresolved_chain;
                end = c->unresolved_end;
                break;
            }
    }
    hedui_nearest_init(&best.near, name);
    for (uint32_t i = 0; i < c->env->variable_count; i++)
        hedui_nearest_offer(&best.near, c->env->variables[i].name);
    for (uint32_t i = 0; i < c->scope_count; i++)
        hedui_nearest_offer(&best.near, c->scope[i].name);
    report(c, n->begin, end, HEDUI_E3220, HEDUI_ARG_SPAN(name),
           HEDUI_ARG_SPAN(hedui_cel_nearest_text(&best)));
}

static void resolve(compiler *c, uint32_t index);

static void resolve_ident(compiler *c, uint32_t index)
{
    node *n = get(c, index);
    uint32_t local = n->flags & FLAG_ROOTED ? NONE : find_local(c, n->text);
    if (local != NONE) {
        n->op = OP_LOCAL;
        n->index = local;
        return;
    }
    if (!resolve_name(c, index, n->text, n->flags & FLAG_ROOTED) && !c->env->options.unchecked)
        unknown_name(c, index);
}

static void resolve_select(compiler *c, uint32_t index)
{
    hedui_span name, root;
    int rooted;
    uint32_t operand = child_of(c->program, get(c, index), 0);
    if (chain_name(&name, &root, &rooted, c, index)) {
        int local = !rooted && find_local(c, root) != NONE;
        if (!local && resolve_name(c, index, name, rooted))
            return;
        if (!c->unresolved_chain.length) {
            c->unresolved_chain = name;
            c->unresolved_end = get(c, index)->end;
        }
    }
    resolve(c, operand);
}

/* A qualified function written as a member call: math.abs(x). */
static int resolve_qualified_call(compiler *c, uint32_t index)
{
    hedui_span target, root, candidate;
    int rooted;
    node *n = get(c, index);
    if (!chain_name(&target, &root, &rooted, c, child_of(c->program, n, 0)) ||
        (!rooted && find_local(c, root) != NONE))
        return 0;
    char *text = hedui_arena_take(c->arena, target.length + 1 + n->text.length);
    if (!text)
        return 0;
    memcpy(text, target.at, target.length);
    text[target.length] = '.';
    memcpy(text + target.length + 1, n->text.at, n->text.length);
    hedui_span name = {text, target.length + 1 + n->text.length};
    for (uint32_t step = 0; hedui_cel_candidate(&candidate, c->env, name, rooted, step, c->arena);
         step++) {
        const overload *found = hedui_cel_env_overloads(c->env, candidate);
        if (!found)
            continue;
        n->overload = found;
        n->text = candidate;
        n->flags &= (uint8_t)~FLAG_MEMBER;
        n->first++;
        n->count--;
        n->at = n->begin;
        return 1;
    }
    return 0;
}

static void unknown_function(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    nearest best;
    hedui_nearest_init(&best.near, n->text);
    for (uint32_t i = 0; i < c->env->head_count; i++)
        if (c->env->heads[i]->name.at[0] != '_' && c->env->heads[i]->name.at[0] != '@')
            hedui_nearest_offer(&best.near, c->env->heads[i]->name);
    static const char *const macros[] = {"exists", "filter", "atLeast", "atMost",   "sumOver",
                                         "sumOf",  "count",  "has",     "latestBy", "distinctBy"};
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        hedui_nearest_offer(&best.near, hedui_span_of(macros[i]));
    report(c, n->at, n->at_end, HEDUI_E3221, HEDUI_ARG_SPAN(n->text),
           HEDUI_ARG_SPAN(hedui_cel_nearest_text(&best)));
}

static void resolve_call(compiler *c, uint32_t index)
{
    node *n = get(c, index);
    int member = (n->flags & FLAG_MEMBER) != 0;
    if (!member || !resolve_qualified_call(c, index)) {
        hedui_span candidate;
        n->overload = member ? hedui_cel_env_overloads(c->env, n->text) : NULL;
        for (uint32_t step = 0; !n->overload && !member &&
                                hedui_cel_candidate(&candidate, c->env, n->text,
                                                    n->flags & FLAG_ROOTED, step, c->arena);
             step++)
            n->overload = hedui_cel_env_overloads(c->env, candidate);
        if (!n->overload && !c->env->options.unchecked)
            unknown_function(c, index);
    }
    for (uint32_t i = 0; i < get(c, index)->count; i++)
        resolve(c, child_of(c->program, get(c, index), i));
}

static void push(compiler *c, hedui_span name, uint32_t local)
{
    c->scope[c->scope_count].name = name;
    c->scope[c->scope_count++].local = local;
}

/* Which children of a macro see its variables. */
static int in_scope(macro kind, uint32_t child)
{
    if (child == 0 || kind == MACRO_KNOWN || kind == MACRO_ASSUME)
        return 0;
    return !(child == 2 &&
             (kind == MACRO_AT_LEAST || kind == MACRO_AT_MOST || kind == MACRO_SUM_OVER));
}

static void resolve_macro(compiler *c, uint32_t index)
{
    node *n = get(c, index);
    uint32_t before = c->scope_count;
    n->index = c->program->local_count;
    c->program->local_count += 2;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n->count; i++)
            if (in_scope((macro)n->macro, i) == (int)pass)
                resolve(c, child_of(c->program, n, i));
        if (pass == 0 && n->text.length && n->macro != MACRO_KNOWN && n->macro != MACRO_ASSUME) {
            push(c, n->text, n->index);
            if (n->flags & FLAG_TWO)
                push(c, n->text2, n->index + 1);
        }
    }
    c->scope_count = before;
}

static void resolve(compiler *c, uint32_t index)
{
    node *n = get(c, index);
    switch ((op)n->op) {
    case OP_NAME:
        resolve_ident(c, index);
        break;
    case OP_SELECT:
        resolve_select(c, index);
        break;
    case OP_CALL:
        resolve_call(c, index);
        break;
    case OP_MACRO:
        resolve_macro(c, index);
        break;
    case OP_CONST:
    case OP_SLOT:
    case OP_LOCAL:
    case OP_HAS:
    case OP_INDEX:
    case OP_LIST:
    case OP_MAP:
    case OP_MESSAGE:
    case OP_AND:
    case OP_OR:
    case OP_CHOICE:
        for (uint32_t i = 0; i < n->count; i++)
            resolve(c, child_of(c->program, n, i));
        break;
    }
    c->unresolved_chain.length = 0;
}

void hedui_cel_resolve(compiler *c)
{
    resolve(c, c->program->root);
}
