/* Recursive descent with one function for all binary operators. Chains of && and || become
 * balanced trees, so that depth grows with the logarithm of their length. The first syntax error
 * ends the parse; wrong numbers, texts, names and macro arguments are collected. */
#include "cel/internal.h"

#include <stdio.h>

typedef struct parser {
    compiler *c;
    lexer l;
    uint32_t nesting;
    int stopped;
} parser;

static uint32_t expression(parser *p);
static uint32_t binary(parser *p, int level);

/* --- nodes ------------------------------------------------------------------------------------ */

static int grow(compiler *c, void **array, uint32_t *capacity, uint32_t need, size_t size)
{
    if (need <= *capacity)
        return 1;
    uint32_t more = *capacity ? *capacity * 2 : 64;
    while (more < need)
        more *= 2;
    void *bigger = hedui_arena_array(c->arena, more, size);
    if (!bigger) {
        hedui_cel_report_memory(c);
        return 0;
    }
    if (*capacity)
        memcpy(bigger, *array, (size_t)*capacity * size);
    *array = bigger;
    *capacity = more;
    return 1;
}

uint32_t hedui_cel_node_add(compiler *c, op kind, uint32_t begin, uint32_t end)
{
    hedui_cel_program *program = c->program;
    if (program->node_count >= MAX_NODES) {
        if (program->node_count == MAX_NODES)
            report(c, begin, end, HEDUI_E3209, HEDUI_ARG_NUMBER(MAX_NODES));
        return NONE;
    }
    void *nodes = program->nodes;
    if (!grow(c, &nodes, &program->node_capacity, program->node_count + 1, sizeof(node)))
        return NONE;
    program->nodes = nodes;
    node *n = &program->nodes[program->node_count];
    memset(n, 0, sizeof *n);
    n->op = (uint8_t)kind;
    n->begin = n->at = begin;
    n->end = n->at_end = end;
    n->index = NONE;
    n->depth = 1;
    return program->node_count++;
}

void hedui_cel_node_children(compiler *c, uint32_t index, const uint32_t *children, uint32_t count)
{
    hedui_cel_program *program = c->program;
    void *edges = program->edges;
    if (!grow(c, &edges, &program->edge_capacity, program->edge_count + count, sizeof(uint32_t)))
        return;
    program->edges = edges;
    node *n = &program->nodes[index];
    n->first = program->edge_count;
    n->count = count;
    for (uint32_t i = 0; i < count; i++) {
        program->edges[program->edge_count++] = children[i];
        uint16_t depth = program->nodes[children[i]].depth;
        if (depth >= n->depth)
            n->depth = (uint16_t)(depth + 1);
    }
}

static node *get(parser *p, uint32_t index)
{
    return &p->c->program->nodes[index];
}

static uint32_t stop(parser *p)
{
    p->stopped = 1;
    return NONE;
}

static uint32_t make(parser *p, op kind, uint32_t begin, uint32_t end)
{
    uint32_t index = hedui_cel_node_add(p->c, kind, begin, end);
    return index == NONE ? stop(p) : index;
}

static uint32_t with_children(parser *p, uint32_t index, const uint32_t *children, uint32_t count)
{
    if (index == NONE)
        return NONE;
    hedui_cel_node_children(p->c, index, children, count);
    if (p->c->status == HEDUI_E1001)
        return stop(p);
    const node *n = get(p, index);
    if (n->depth > MAX_DEPTH) {
        report(p->c, n->at, n->at_end, HEDUI_E3208, HEDUI_ARG_NUMBER(MAX_DEPTH));
        return stop(p);
    }
    return index;
}

/* A list of children that grows in the arena. */
typedef struct children {
    uint32_t *at, count, capacity;
} children;

static int push(parser *p, children *list, uint32_t index)
{
    void *at = list->at;
    if (!grow(p->c, &at, &list->capacity, list->count + 1, sizeof(uint32_t)))
        return 0;
    list->at = at;
    list->at[list->count++] = index;
    return 1;
}

/* --- tokens ----------------------------------------------------------------------------------- */

static hedui_span token_text(const parser *p)
{
    return span_between(p->l.text, p->l.begin, p->l.end);
}

static void next(parser *p)
{
    hedui_cel_lex_next(&p->l);
}

static int at(const parser *p, token kind)
{
    return p->l.kind == kind;
}

/* A syntax error at the current token; `expected` NULL: a value. */
static uint32_t unexpected(parser *p, const char *expected)
{
    hedui_span found = token_text(p);
    if (p->stopped)
        return NONE;
    char hint[16];
    int length = expected ? snprintf(hint, sizeof hint, " ( %s )", expected) : 0;
    hedui_span missing = {hint, (size_t)length};
    if (at(p, TOKEN_BAD))
        report(p->c, p->l.begin, p->l.end, p->l.error, HEDUI_ARG_SPAN(found));
    else if (at(p, TOKEN_END))
        report(p->c, p->l.begin, p->l.end, HEDUI_E3216, HEDUI_ARG_SPAN(missing));
    else if (expected)
        report(p->c, p->l.begin, p->l.end, HEDUI_E3201, HEDUI_ARG_TEXT(expected),
               HEDUI_ARG_SPAN(found));
    else
        report(p->c, p->l.begin, p->l.end, HEDUI_E3215, HEDUI_ARG_SPAN(found));
    return stop(p);
}

static int expect(parser *p, token kind, const char *text)
{
    if (p->stopped)
        return 0;
    if (!at(p, kind)) {
        (void)unexpected(p, text);
        return 0;
    }
    next(p);
    return 1;
}

static int reserved(hedui_span name)
{
    static const char *const words[] = {
        "as",  "break", "const",     "continue", "else",   "for", "function", "if",   "import",
        "let", "loop",  "namespace", "package",  "return", "var", "void",     "while"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hedui_span_is(name, words[i]))
            return 1;
    return 0;
}

/* --- literals, lists, maps -------------------------------------------------------------------- */

static uint32_t number(parser *p, int negative, uint32_t begin)
{
    uint32_t index = make(p, OP_CONST, begin, p->l.end);
    if (index == NONE)
        return NONE;
    value v = hedui_cel_int(0);
    if (!hedui_cel_literal_number(&v, p->l.kind, token_text(p), negative))
        report(p->c, begin, p->l.end, HEDUI_E3205, HEDUI_ARG_SPAN(token_text(p)));
    get(p, index)->constant = v;
    next(p);
    return index;
}

static uint32_t text(parser *p)
{
    hedui_span bad = {"", 0};
    value v = hedui_cel_null();
    int done = hedui_cel_literal_text(&v, &bad, token_text(p), at(p, TOKEN_BYTES), p->c->arena);
    if (done < 0) {
        hedui_cel_report_memory(p->c);
        return stop(p);
    }
    if (!done) {
        uint32_t begin = (uint32_t)(bad.at - p->l.text.at);
        report(p->c, begin, begin + (uint32_t)bad.length, HEDUI_E3204, HEDUI_ARG_SPAN(bad));
        v = hedui_cel_string(bad);
    }
    uint32_t index = make(p, OP_CONST, p->l.begin, p->l.end);
    if (index != NONE)
        get(p, index)->constant = v;
    next(p);
    return index;
}

static uint32_t word(parser *p)
{
    value v = at(p, TOKEN_NULL) ? hedui_cel_null() : hedui_cel_bool(at(p, TOKEN_TRUE));
    uint32_t index = make(p, OP_CONST, p->l.begin, p->l.end);
    if (index != NONE)
        get(p, index)->constant = v;
    next(p);
    return index;
}

static int optional_mark(parser *p)
{
    if (!at(p, TOKEN_QUESTION))
        return 0;
    next(p);
    return 1;
}

static uint32_t list(parser *p)
{
    children items = {0};
    uint32_t begin = p->l.begin;
    next(p);
    while (!p->stopped && !at(p, TOKEN_RBRACKET)) {
        int optional = optional_mark(p);
        uint32_t item = expression(p);
        if (p->stopped || !push(p, &items, item))
            return stop(p);
        if (optional)
            get(p, item)->flags |= FLAG_ENTRY_OPTIONAL;
        if (!at(p, TOKEN_COMMA))
            break;
        next(p);
    }
    uint32_t end = p->l.end;
    if (!expect(p, TOKEN_RBRACKET, "]"))
        return NONE;
    return with_children(p, make(p, OP_LIST, begin, end), items.at, items.count);
}

static uint32_t map(parser *p)
{
    children items = {0};
    uint32_t begin = p->l.begin;
    next(p);
    while (!p->stopped && !at(p, TOKEN_RBRACE)) {
        int optional = optional_mark(p);
        uint32_t key = expression(p);
        if (!expect(p, TOKEN_COLON, ":"))
            return NONE;
        uint32_t item = expression(p);
        if (p->stopped || !push(p, &items, key) || !push(p, &items, item))
            return stop(p);
        if (optional)
            get(p, item)->flags |= FLAG_ENTRY_OPTIONAL;
        if (!at(p, TOKEN_COMMA))
            break;
        next(p);
    }
    uint32_t end = p->l.end;
    if (!expect(p, TOKEN_RBRACE, "}"))
        return NONE;
    return with_children(p, make(p, OP_MAP, begin, end), items.at, items.count);
}

/* T{f: v}: the values are kept so that their errors are found; the checker refuses the whole. */
static uint32_t message(parser *p, uint32_t name)
{
    children items = {0};
    uint32_t begin = get(p, name)->begin, brace = p->l.begin;
    next(p);
    while (!p->stopped && !at(p, TOKEN_RBRACE)) {
        (void)optional_mark(p);
        if (!at(p, TOKEN_NAME) && !at(p, TOKEN_QUOTED))
            return unexpected(p, "}");
        next(p);
        if (!expect(p, TOKEN_COLON, ":"))
            return NONE;
        uint32_t item = expression(p);
        if (p->stopped || !push(p, &items, item))
            return stop(p);
        if (!at(p, TOKEN_COMMA))
            break;
        next(p);
    }
    uint32_t end = p->l.end;
    if (!expect(p, TOKEN_RBRACE, "}"))
        return NONE;
    uint32_t index = with_children(p, make(p, OP_MESSAGE, begin, end), items.at, items.count);
    if (index != NONE) {
        get(p, index)->at = brace;
        get(p, index)->at_end = brace + 1;
    }
    return index;
}

/* --- names, calls, members -------------------------------------------------------------------- */

static int arguments(parser *p, children *items)
{
    next(p);
    while (!p->stopped && !at(p, TOKEN_RPAREN)) {
        uint32_t item = expression(p);
        if (p->stopped || !push(p, items, item))
            return 0;
        if (!at(p, TOKEN_COMMA))
            break;
        next(p);
        if (at(p, TOKEN_RPAREN)) {
            (void)unexpected(p, NULL);
            return 0;
        }
    }
    return 1;
}

static uint32_t call(parser *p, uint32_t target, hedui_span name, uint32_t name_at)
{
    children items = {0};
    if (target != NONE && !push(p, &items, target))
        return stop(p);
    if (!arguments(p, &items))
        return NONE;
    uint32_t end = p->l.end;
    if (!expect(p, TOKEN_RPAREN, ")"))
        return NONE;
    uint32_t begin = target != NONE ? get(p, target)->begin : name_at;
    uint32_t index = with_children(p, make(p, OP_CALL, begin, end), items.at, items.count);
    if (index == NONE)
        return NONE;
    node *n = get(p, index);
    n->text = name;
    n->at = name_at;
    n->at_end = name_at + (uint32_t)name.length;
    if (target != NONE)
        n->flags |= FLAG_MEMBER;
    if (p->c->env && p->c->env->options.no_macros)
        return index;
    index = hedui_cel_expand(p->c, index, target != NONE);
    return index == NONE ? stop(p) : index;
}

static uint32_t named(parser *p, int rooted)
{
    uint32_t begin = p->l.begin;
    if (rooted)
        next(p);
    if (!at(p, TOKEN_NAME))
        return unexpected(p, NULL);
    hedui_span name = token_text(p);
    uint32_t name_at = p->l.begin, name_end = p->l.end;
    if (reserved(name))
        report(p->c, name_at, name_end, HEDUI_E3206, HEDUI_ARG_SPAN(name));
    next(p);
    uint32_t index;
    if (at(p, TOKEN_LPAREN)) {
        index = call(p, NONE, name, name_at);
        if (index != NONE)
            get(p, index)->begin = begin;
    } else {
        index = make(p, OP_NAME, begin, name_end);
        if (index != NONE)
            get(p, index)->text = name;
    }
    if (index != NONE && rooted)
        get(p, index)->flags |= FLAG_ROOTED;
    return index;
}

static uint32_t primary(parser *p)
{
    uint32_t inner;
    switch ((int)p->l.kind) {
    case TOKEN_NAME:
        return named(p, 0);
    case TOKEN_DOT:
        return named(p, 1);
    case TOKEN_INT:
    case TOKEN_UINT:
    case TOKEN_DOUBLE:
        return number(p, 0, p->l.begin);
    case TOKEN_STRING:
    case TOKEN_BYTES:
        return text(p);
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NULL:
        return word(p);
    case TOKEN_LBRACKET:
        return list(p);
    case TOKEN_LBRACE:
        return map(p);
    case TOKEN_LPAREN:
        next(p);
        inner = expression(p);
        return expect(p, TOKEN_RPAREN, ")") ? inner : NONE;
    default:
        return unexpected(p, NULL);
    }
}

static int is_name_chain(parser *p, uint32_t index)
{
    const node *n = get(p, index);
    while (n->op == OP_SELECT && !(n->flags & (FLAG_OPTIONAL | FLAG_QUOTED)))
        n = get(p, child_of(p->c->program, n, 0));
    return n->op == OP_NAME;
}

static uint32_t selection(parser *p, uint32_t target)
{
    next(p);
    int optional = optional_mark(p);
    if (!at(p, TOKEN_NAME) && !at(p, TOKEN_QUOTED) && !at(p, TOKEN_IN))
        return unexpected(p, NULL);
    if (at(p, TOKEN_IN))
        return unexpected(p, NULL);
    int quoted = at(p, TOKEN_QUOTED);
    hedui_span name = token_text(p);
    uint32_t begin = p->l.begin, end = p->l.end;
    if (quoted) {
        name.at++;
        name.length -= 2;
    }
    next(p);
    if (at(p, TOKEN_LPAREN) && !optional && !quoted)
        return call(p, target, name, begin);
    uint32_t index = with_children(p, make(p, OP_SELECT, get(p, target)->begin, end), &target, 1);
    if (index == NONE)
        return NONE;
    node *n = get(p, index);
    n->text = name;
    n->at = begin;
    n->at_end = end;
    n->flags = (uint8_t)((optional ? FLAG_OPTIONAL : 0) | (quoted ? FLAG_QUOTED : 0));
    return index;
}

static uint32_t indexing(parser *p, uint32_t target)
{
    uint32_t bracket = p->l.begin;
    next(p);
    int optional = optional_mark(p);
    uint32_t pair[2] = {target, expression(p)};
    uint32_t end = p->l.end;
    if (!expect(p, TOKEN_RBRACKET, "]"))
        return NONE;
    uint32_t index = with_children(p, make(p, OP_INDEX, get(p, target)->begin, end), pair, 2);
    if (index == NONE)
        return NONE;
    get(p, index)->at = bracket;
    get(p, index)->at_end = bracket + 1;
    get(p, index)->flags = (uint8_t)(optional ? FLAG_OPTIONAL : 0);
    return index;
}

static uint32_t member(parser *p, uint32_t target)
{
    while (!p->stopped && target != NONE) {
        if (at(p, TOKEN_DOT))
            target = selection(p, target);
        else if (at(p, TOKEN_LBRACKET))
            target = indexing(p, target);
        else if (at(p, TOKEN_LBRACE) && is_name_chain(p, target))
            target = message(p, target);
        else
            return target;
    }
    return NONE;
}

/* --- operators -------------------------------------------------------------------------------- */

static uint32_t operation(parser *p, const char *name, uint32_t begin, uint32_t end,
                          uint32_t sign_at, uint32_t sign_end, const uint32_t *operands,
                          uint32_t count)
{
    uint32_t index = with_children(p, make(p, OP_CALL, begin, end), operands, count);
    if (index == NONE)
        return NONE;
    node *n = get(p, index);
    n->text = hedui_span_of(name);
    n->at = sign_at;
    n->at_end = sign_end;
    return index;
}

static uint32_t unary(parser *p)
{
    token sign = p->l.kind;
    if (sign != TOKEN_MINUS && sign != TOKEN_NOT)
        return member(p, primary(p));
    uint32_t begin = p->l.begin, end = p->l.end, signs = 0;
    for (; at(p, sign); signs++)
        next(p);
    uint32_t inner;
    if (sign == TOKEN_MINUS && signs % 2 == 1 &&
        (at(p, TOKEN_INT) || at(p, TOKEN_UINT) || at(p, TOKEN_DOUBLE)) && !at(p, TOKEN_UINT))
        return member(p, number(p, 1, begin));
    inner = member(p, primary(p));
    if (p->stopped || signs % 2 == 0)
        return inner;
    return operation(p, sign == TOKEN_MINUS ? "-_" : "!_", begin, get(p, inner)->end, begin, end,
                     &inner, 1);
}

static uint32_t balanced(parser *p, op kind, const children *terms, const children *signs,
                         uint32_t low, uint32_t high)
{
    uint32_t middle = (low + high + 1) / 2, pair[2];
    pair[0] = middle == low ? terms->at[middle] : balanced(p, kind, terms, signs, low, middle - 1);
    pair[1] =
        middle == high ? terms->at[middle + 1] : balanced(p, kind, terms, signs, middle + 1, high);
    if (pair[0] == NONE || pair[1] == NONE)
        return stop(p);
    uint32_t index =
        with_children(p, make(p, kind, get(p, pair[0])->begin, get(p, pair[1])->end), pair, 2);
    if (index != NONE) {
        get(p, index)->at = signs->at[middle];
        get(p, index)->at_end = signs->at[middle] + 2;
    }
    return index;
}

/* a && b && ... of one kind; level 0 is ||, 1 is && */
static uint32_t logic(parser *p, int level)
{
    token sign = level == 0 ? TOKEN_OR : TOKEN_AND;
    children terms = {0}, signs = {0};
    uint32_t first = binary(p, level + 1);
    if (p->stopped || !at(p, sign))
        return first;
    if (!push(p, &terms, first))
        return stop(p);
    while (!p->stopped && at(p, sign)) {
        if (!push(p, &signs, p->l.begin))
            return stop(p);
        next(p);
        uint32_t term = binary(p, level + 1);
        if (p->stopped || !push(p, &terms, term))
            return stop(p);
    }
    return balanced(p, level == 0 ? OP_OR : OP_AND, &terms, &signs, 0, signs.count - 1);
}

static const char *operator_at(const parser *p, int level)
{
    static const struct {
        token kind;
        int level;
        const char *name;
    } operators[] = {
        {TOKEN_LT, 2, "_<_"},   {TOKEN_LE, 2, "_<=_"},   {TOKEN_GT, 2, "_>_"},
        {TOKEN_GE, 2, "_>=_"},  {TOKEN_EQ, 2, "_==_"},   {TOKEN_NE, 2, "_!=_"},
        {TOKEN_IN, 2, "@in"},   {TOKEN_PLUS, 3, "_+_"},  {TOKEN_MINUS, 3, "_-_"},
        {TOKEN_STAR, 4, "_*_"}, {TOKEN_SLASH, 4, "_/_"}, {TOKEN_PERCENT, 4, "_%_"},
    };
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (operators[i].kind == p->l.kind && operators[i].level == level)
            return operators[i].name;
    return NULL;
}

static uint32_t binary(parser *p, int level)
{
    if (level < 2)
        return logic(p, level);
    if (level == 5)
        return unary(p);
    uint32_t left = binary(p, level + 1);
    const char *name;
    while (!p->stopped && (name = operator_at(p, level))) {
        uint32_t begin = p->l.begin, end = p->l.end;
        next(p);
        uint32_t pair[2] = {left, binary(p, level + 1)};
        if (p->stopped)
            return NONE;
        left =
            operation(p, name, get(p, pair[0])->begin, get(p, pair[1])->end, begin, end, pair, 2);
    }
    return p->stopped ? NONE : left;
}

static uint32_t expression(parser *p)
{
    if (p->stopped)
        return NONE;
    if (++p->nesting > MAX_NESTING) {
        report(p->c, p->l.begin, p->l.end, HEDUI_E3208, HEDUI_ARG_NUMBER(MAX_NESTING));
        return stop(p);
    }
    uint32_t parts[3] = {binary(p, 0), NONE, NONE};
    uint32_t result = parts[0];
    if (!p->stopped && at(p, TOKEN_QUESTION)) {
        uint32_t sign = p->l.begin;
        next(p);
        parts[1] = binary(p, 0);
        if (!expect(p, TOKEN_COLON, ":"))
            return NONE;
        parts[2] = expression(p);
        if (p->stopped)
            return NONE;
        result = with_children(
            p, make(p, OP_CHOICE, get(p, parts[0])->begin, get(p, parts[2])->end), parts, 3);
        if (result != NONE) {
            get(p, result)->at = sign;
            get(p, result)->at_end = sign + 1;
        }
    }
    p->nesting--;
    return p->stopped ? NONE : result;
}

uint32_t hedui_cel_parse(compiler *c)
{
    parser p = {.c = c, .l = {.text = c->program->source.text}};
    if (p.l.text.length > MAX_SOURCE) {
        report(c, 0, 0, HEDUI_E3207, HEDUI_ARG_NUMBER(MAX_SOURCE));
        return NONE;
    }
    if (!hedui_cel_utf8_valid(p.l.text)) {
        hedui_cel_report(c, 0, 0, HEDUI_E3213, (const hedui_arg[]){HEDUI_ARG_END});
        return NONE;
    }
    next(&p);
    if (at(&p, TOKEN_END)) {
        hedui_cel_report(c, 0, 0, HEDUI_E3214, (const hedui_arg[]){HEDUI_ARG_END});
        return NONE;
    }
    uint32_t root = expression(&p);
    if (!p.stopped && !at(&p, TOKEN_END)) {
        if (at(&p, TOKEN_BAD))
            return unexpected(&p, NULL);
        report(c, p.l.begin, p.l.end, HEDUI_E3217, HEDUI_ARG_SPAN(token_text(&p)));
        return NONE;
    }
    return p.stopped ? NONE : root;
}
