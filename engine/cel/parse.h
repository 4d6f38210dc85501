/** @file
 * The state of the parser, shared by its sources: parse.c (operators) and parse_primary.c (what
 * they connect).
 */
#ifndef HEDUI_CEL_PARSE_H
#define HEDUI_CEL_PARSE_H

#include "cel/internal.h"

typedef struct parser {
    compiler *c;
    lexer l;
    uint32_t nesting;
    int stopped;
} parser;

/* A list of children that grows in the arena. */
typedef struct children {
    uint32_t *at, count, capacity;
} children;

/* parse.c */
uint32_t hedui_cel_parse_stop(parser *p);
uint32_t hedui_cel_parse_make(parser *p, op kind, uint32_t begin, uint32_t end);
uint32_t hedui_cel_parse_children(parser *p, uint32_t index, const uint32_t *below, uint32_t count);
int hedui_cel_parse_push(parser *p, children *list, uint32_t index);
/* A syntax error at the current token; `expected` NULL: a value. */
uint32_t hedui_cel_parse_unexpected(parser *p, const char *expected);
int hedui_cel_parse_expect(parser *p, token kind, const char *text);
uint32_t hedui_cel_parse_expression(parser *p);

/* parse_primary.c */
uint32_t hedui_cel_parse_number(parser *p, int negative, uint32_t begin);
uint32_t hedui_cel_parse_primary(parser *p);
uint32_t hedui_cel_parse_member(parser *p, uint32_t target);

static inline node *parse_node(parser *p, uint32_t index)
{
    return &p->c->program->nodes[index];
}

static inline hedui_span parse_text(const parser *p)
{
    return span_between(p->l.text, p->l.begin, p->l.end);
}

static inline void parse_next(parser *p)
{
    hedui_cel_lex_next(&p->l);
}

static inline int parse_at(const parser *p, token kind)
{
    return p->l.kind == kind;
}

#endif
