/* Recursive descent with one function for all binary operators. Chains of && and || become
 * balanced trees, so that depth grows with the logarithm of their length. The first syntax error
 * ends the parse; wrong numbers, texts, names and macro arguments are collected. */
#include "cel/parse.h"

#include <stdio.h>

static uint32_t binary(parser *p, int level);

uint32_t hedui_cel_parse_stop(parser *p)
{
    p->stopped = 1;
    return NONE;
}

uint32_t hedui_cel_parse_make(parser *p, op kind, uint32_t begin, uint32_t end)
{
    uint32_t index = hedui_cel_node_add(p->c, kind, begin, end);
    return index == NONE ? hedui_cel_parse_stop(p) : index;
}

uint32_t hedui_cel_parse_children(parser *p, uint32_t index, const uint32_t *below, uint32_t count)
{
    if (index == NONE)
        return NONE;
    hedui_cel_node_children(p->c, index, below, count);
    if (p->c->status == HEDUI_E1001)
        return hedui_cel_parse_stop(p);
    const node *n = parse_node(p, index);
    if (n->depth > MAX_DEPTH) {
        report(p->c, n->at, n->at_end, HEDUI_E3208, HEDUI_ARG_NUMBER(MAX_DEPTH));
        return hedui_cel_parse_stop(p);
    }
    return index;
}

int hedui_cel_parse_push(parser *p, children *list, uint32_t index)
{
    void *at = list->at;
    if (!hedui_cel_grow(p->c, &at, &list->capacity, list->count + 1, sizeof(uint32_t)))
        return 0;
    list->at = at;
    list->at[list->count++] = index;
    return 1;
}

/* --- tokens ----------------------------------------------------------------------------------- */

/* A syntax error at the current token; `expected` NULL: a value. */
uint32_t hedui_cel_parse_unexpected(parser *p, const char *expected)
{
    hedui_span found = parse_text(p);
    if (p->stopped)
        return NONE;
    char hint[16];
    int length = expected ? snprintf(hint, sizeof hint, " ( %s )", expected) : 0;
    hedui_span missing = {hint, (size_t)length};
    if (parse_at(p, TOKEN_BAD))
        report(p->c, p->l.begin, p->l.end, p->l.error, HEDUI_ARG_SPAN(found));
    else if (parse_at(p, TOKEN_END))
        report(p->c, p->l.begin, p->l.end, HEDUI_E3216, HEDUI_ARG_SPAN(missing));
    else if (expected)
        report(p->c, p->l.begin, p->l.end, HEDUI_E3201, HEDUI_ARG_TEXT(expected),
               HEDUI_ARG_SPAN(found));
    else
        report(p->c, p->l.begin, p->l.end, HEDUI_E3215, HEDUI_ARG_SPAN(found));
    return hedui_cel_parse_stop(p);
}

int hedui_cel_parse_expect(parser *p, token kind, const char *text)
{
    if (p->stopped)
        return 0;
    if (!parse_at(p, kind)) {
        (void)hedui_cel_parse_unexpected(p, text);
        return 0;
    }
    parse_next(p);
    return 1;
}

/* --- operators -------------------------------------------------------------------------------- */

static uint32_t operation(parser *p, const char *name, uint32_t begin, uint32_t end,
                          uint32_t sign_at, uint32_t sign_end, const uint32_t *operands,
                          uint32_t count)
{
    uint32_t index =
        hedui_cel_parse_children(p, hedui_cel_parse_make(p, OP_CALL, begin, end), operands, count);
    if (index == NONE)
        return NONE;
    node *n = parse_node(p, index);
    n->text = hedui_span_of(name);
    n->at = sign_at;
    n->at_end = sign_end;
    return index;
}

static uint32_t unary(parser *p)
{
    token sign = p->l.kind;
    if (sign != TOKEN_MINUS && sign != TOKEN_NOT)
        return hedui_cel_parse_member(p, hedui_cel_parse_primary(p));
    uint32_t begin = p->l.begin, end = p->l.end, signs = 0;
    for (; parse_at(p, sign); signs++)
        parse_next(p);
    uint32_t inner;
    if (sign == TOKEN_MINUS && signs % 2 == 1 &&
        (parse_at(p, TOKEN_INT) || parse_at(p, TOKEN_UINT) || parse_at(p, TOKEN_DOUBLE)) &&
        !parse_at(p, TOKEN_UINT))
        return hedui_cel_parse_member(p, hedui_cel_parse_number(p, 1, begin));
    inner = hedui_cel_parse_member(p, hedui_cel_parse_primary(p));
    if (p->stopped || signs % 2 == 0)
        return inner;
    return operation(p, sign == TOKEN_MINUS ? "-_" : "!_", begin, parse_node(p, inner)->end, begin,
                     end, &inner, 1);
}

static uint32_t balanced(parser *p, op kind, const children *terms, const children *signs,
                         uint32_t low, uint32_t high)
{
    uint32_t middle = (low + high + 1) / 2, pair[2];
    pair[0] = middle == low ? terms->at[middle] : balanced(p, kind, terms, signs, low, middle - 1);
    pair[1] =
        middle == high ? terms->at[middle + 1] : balanced(p, kind, terms, signs, middle + 1, high);
    if (pair[0] == NONE || pair[1] == NONE)
        return hedui_cel_parse_stop(p);
    uint32_t index = hedui_cel_parse_children(
        p,
        hedui_cel_parse_make(p, kind, parse_node(p, pair[0])->begin, parse_node(p, pair[1])->end),
        pair, 2);
    if (index != NONE) {
        parse_node(p, index)->at = signs->at[middle];
        parse_node(p, index)->at_end = signs->at[middle] + 2;
    }
    return index;
}

/* a && b && ... of one kind; level 0 is ||, 1 is && */
static uint32_t logic(parser *p, int level)
{
    token sign = level == 0 ? TOKEN_OR : TOKEN_AND;
    children terms = {0}, signs = {0};
    uint32_t first = binary(p, level + 1);
    if (p->stopped || !parse_at(p, sign))
        return first;
    if (!hedui_cel_parse_push(p, &terms, first))
        return hedui_cel_parse_stop(p);
    while (!p->stopped && parse_at(p, sign)) {
        if (!hedui_cel_parse_push(p, &signs, p->l.begin))
            return hedui_cel_parse_stop(p);
        parse_next(p);
        uint32_t term = binary(p, level + 1);
        if (p->stopped || !hedui_cel_parse_push(p, &terms, term))
            return hedui_cel_parse_stop(p);
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
        parse_next(p);
        uint32_t pair[2] = {left, binary(p, level + 1)};
        if (p->stopped)
            return NONE;
        left = operation(p, name, parse_node(p, pair[0])->begin, parse_node(p, pair[1])->end, begin,
                         end, pair, 2);
    }
    return p->stopped ? NONE : left;
}

uint32_t hedui_cel_parse_expression(parser *p)
{
    if (p->stopped)
        return NONE;
    if (++p->nesting > MAX_NESTING) {
        report(p->c, p->l.begin, p->l.end, HEDUI_E3208, HEDUI_ARG_NUMBER(MAX_NESTING));
        return hedui_cel_parse_stop(p);
    }
    uint32_t parts[3] = {binary(p, 0), NONE, NONE};
    uint32_t result = parts[0];
    if (!p->stopped && parse_at(p, TOKEN_QUESTION)) {
        uint32_t sign = p->l.begin;
        parse_next(p);
        parts[1] = binary(p, 0);
        if (!hedui_cel_parse_expect(p, TOKEN_COLON, ":"))
            return NONE;
        parts[2] = hedui_cel_parse_expression(p);
        if (p->stopped)
            return NONE;
        result = hedui_cel_parse_children(p,
                                          hedui_cel_parse_make(p, OP_CHOICE,
                                                               parse_node(p, parts[0])->begin,
                                                               parse_node(p, parts[2])->end),
                                          parts, 3);
        if (result != NONE) {
            parse_node(p, result)->at = sign;
            parse_node(p, result)->at_end = sign + 1;
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
    parse_next(&p);
    if (parse_at(&p, TOKEN_END)) {
        hedui_cel_report(c, 0, 0, HEDUI_E3214, (const hedui_arg[]){HEDUI_ARG_END});
        return NONE;
    }
    uint32_t root = hedui_cel_parse_expression(&p);
    if (!p.stopped && !parse_at(&p, TOKEN_END)) {
        if (parse_at(&p, TOKEN_BAD))
            return hedui_cel_parse_unexpected(&p, NULL);
        report(c, p.l.begin, p.l.end, HEDUI_E3217, HEDUI_ARG_SPAN(parse_text(&p)));
        return NONE;
    }
    return p.stopped ? NONE : root;
}
