/* What operators connect: literals, lists, maps, names, calls, fields, indexes. */
#include "cel/parse.h"

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

uint32_t hedui_cel_parse_number(parser *p, int negative, uint32_t begin)
{
    uint32_t index = hedui_cel_parse_make(p, OP_CONST, begin, p->l.end);
    if (index == NONE)
        return NONE;
    value v = hedui_cel_int(0);
    if (!hedui_cel_literal_number(&v, p->l.kind, parse_text(p), negative))
        report(p->c, begin, p->l.end, HEDUI_E3205, HEDUI_ARG_SPAN(parse_text(p)));
    parse_node(p, index)->constant = v;
    parse_next(p);
    return index;
}

static uint32_t text(parser *p)
{
    hedui_span bad = {"", 0};
    value v = hedui_cel_null();
    int done =
        hedui_cel_literal_text(&v, &bad, parse_text(p), parse_at(p, TOKEN_BYTES), p->c->arena);
    if (done < 0) {
        hedui_cel_report_memory(p->c);
        return hedui_cel_parse_stop(p);
    }
    if (!done) {
        uint32_t begin = (uint32_t)(bad.at - p->l.text.at);
        report(p->c, begin, begin + (uint32_t)bad.length, HEDUI_E3204, HEDUI_ARG_SPAN(bad));
        v = hedui_cel_string(bad);
    }
    uint32_t index = hedui_cel_parse_make(p, OP_CONST, p->l.begin, p->l.end);
    if (index != NONE)
        parse_node(p, index)->constant = v;
    parse_next(p);
    return index;
}

static uint32_t word(parser *p)
{
    value v = parse_at(p, TOKEN_NULL) ? hedui_cel_null() : hedui_cel_bool(parse_at(p, TOKEN_TRUE));
    uint32_t index = hedui_cel_parse_make(p, OP_CONST, p->l.begin, p->l.end);
    if (index != NONE)
        parse_node(p, index)->constant = v;
    parse_next(p);
    return index;
}

static int optional_mark(parser *p)
{
    if (!parse_at(p, TOKEN_QUESTION))
        return 0;
    parse_next(p);
    return 1;
}

static uint32_t list(parser *p)
{
    children items = {0};
    uint32_t begin = p->l.begin;
    parse_next(p);
    while (!p->stopped && !parse_at(p, TOKEN_RBRACKET)) {
        int optional = optional_mark(p);
        uint32_t item = hedui_cel_parse_expression(p);
        if (p->stopped || !hedui_cel_parse_push(p, &items, item))
            return hedui_cel_parse_stop(p);
        if (optional)
            parse_node(p, item)->flags |= FLAG_ENTRY_OPTIONAL;
        if (!parse_at(p, TOKEN_COMMA))
            break;
        parse_next(p);
    }
    uint32_t end = p->l.end;
    if (!hedui_cel_parse_expect(p, TOKEN_RBRACKET, "]"))
        return NONE;
    return hedui_cel_parse_children(p, hedui_cel_parse_make(p, OP_LIST, begin, end), items.at,
                                    items.count);
}

static uint32_t map(parser *p)
{
    children items = {0};
    uint32_t begin = p->l.begin;
    parse_next(p);
    while (!p->stopped && !parse_at(p, TOKEN_RBRACE)) {
        int optional = optional_mark(p);
        uint32_t key = hedui_cel_parse_expression(p);
        if (!hedui_cel_parse_expect(p, TOKEN_COLON, ":"))
            return NONE;
        uint32_t item = hedui_cel_parse_expression(p);
        if (p->stopped || !hedui_cel_parse_push(p, &items, key) ||
            !hedui_cel_parse_push(p, &items, item))
            return hedui_cel_parse_stop(p);
        if (optional)
            parse_node(p, item)->flags |= FLAG_ENTRY_OPTIONAL;
        if (!parse_at(p, TOKEN_COMMA))
            break;
        parse_next(p);
    }
    uint32_t end = p->l.end;
    if (!hedui_cel_parse_expect(p, TOKEN_RBRACE, "}"))
        return NONE;
    return hedui_cel_parse_children(p, hedui_cel_parse_make(p, OP_MAP, begin, end), items.at,
                                    items.count);
}

/* T{f: v}: the values are kept so that their errors are found; the checker refuses the whole. */
static uint32_t message(parser *p, uint32_t name)
{
    children items = {0};
    uint32_t begin = parse_node(p, name)->begin, brace = p->l.begin;
    parse_next(p);
    while (!p->stopped && !parse_at(p, TOKEN_RBRACE)) {
        (void)optional_mark(p);
        if (!parse_at(p, TOKEN_NAME) && !parse_at(p, TOKEN_QUOTED))
            return hedui_cel_parse_unexpected(p, "}");
        parse_next(p);
        if (!hedui_cel_parse_expect(p, TOKEN_COLON, ":"))
            return NONE;
        uint32_t item = hedui_cel_parse_expression(p);
        if (p->stopped || !hedui_cel_parse_push(p, &items, item))
            return hedui_cel_parse_stop(p);
        if (!parse_at(p, TOKEN_COMMA))
            break;
        parse_next(p);
    }
    uint32_t end = p->l.end;
    if (!hedui_cel_parse_expect(p, TOKEN_RBRACE, "}"))
        return NONE;
    uint32_t index = hedui_cel_parse_children(p, hedui_cel_parse_make(p, OP_MESSAGE, begin, end),
                                              items.at, items.count);
    if (index != NONE) {
        parse_node(p, index)->at = brace;
        parse_node(p, index)->at_end = brace + 1;
    }
    return index;
}

/* --- names, calls, members -------------------------------------------------------------------- */

static int arguments(parser *p, children *items)
{
    parse_next(p);
    while (!p->stopped && !parse_at(p, TOKEN_RPAREN)) {
        uint32_t item = hedui_cel_parse_expression(p);
        if (p->stopped || !hedui_cel_parse_push(p, items, item))
            return 0;
        if (!parse_at(p, TOKEN_COMMA))
            break;
        parse_next(p);
        if (parse_at(p, TOKEN_RPAREN)) {
            (void)hedui_cel_parse_unexpected(p, NULL);
            return 0;
        }
    }
    return 1;
}

static uint32_t call(parser *p, uint32_t target, hedui_span name, uint32_t name_at)
{
    children items = {0};
    if (target != NONE && !hedui_cel_parse_push(p, &items, target))
        return hedui_cel_parse_stop(p);
    if (!arguments(p, &items))
        return NONE;
    uint32_t end = p->l.end;
    if (!hedui_cel_parse_expect(p, TOKEN_RPAREN, ")"))
        return NONE;
    uint32_t begin = target != NONE ? parse_node(p, target)->begin : name_at;
    uint32_t index = hedui_cel_parse_children(p, hedui_cel_parse_make(p, OP_CALL, begin, end),
                                              items.at, items.count);
    if (index == NONE)
        return NONE;
    node *n = parse_node(p, index);
    n->text = name;
    n->at = name_at;
    n->at_end = name_at + (uint32_t)name.length;
    if (target != NONE)
        n->flags |= FLAG_MEMBER;
    if (p->c->env && p->c->env->options.no_macros)
        return index;
    index = hedui_cel_expand(p->c, index, target != NONE);
    return index == NONE ? hedui_cel_parse_stop(p) : index;
}

static uint32_t named(parser *p, int rooted)
{
    uint32_t begin = p->l.begin;
    if (rooted)
        parse_next(p);
    if (!parse_at(p, TOKEN_NAME))
        return hedui_cel_parse_unexpected(p, NULL);
    hedui_span name = parse_text(p);
    uint32_t name_at = p->l.begin, name_end = p->l.end;
    if (reserved(name))
        report(p->c, name_at, name_end, HEDUI_E3206, HEDUI_ARG_SPAN(name));
    parse_next(p);
    uint32_t index;
    if (parse_at(p, TOKEN_LPAREN)) {
        index = call(p, NONE, name, name_at);
        if (index != NONE)
            parse_node(p, index)->begin = begin;
    } else {
        index = hedui_cel_parse_make(p, OP_NAME, begin, name_end);
        if (index != NONE)
            parse_node(p, index)->text = name;
    }
    if (index != NONE && rooted)
        parse_node(p, index)->flags |= FLAG_ROOTED;
    return index;
}

uint32_t hedui_cel_parse_primary(parser *p)
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
        return hedui_cel_parse_number(p, 0, p->l.begin);
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
        parse_next(p);
        inner = hedui_cel_parse_expression(p);
        return hedui_cel_parse_expect(p, TOKEN_RPAREN, ")") ? inner : NONE;
    default:
        return hedui_cel_parse_unexpected(p, NULL);
    }
}

static int is_name_chain(parser *p, uint32_t index)
{
    const node *n = parse_node(p, index);
    while (n->op == OP_SELECT && !(n->flags & (FLAG_OPTIONAL | FLAG_QUOTED)))
        n = parse_node(p, child_of(p->c->program, n, 0));
    return n->op == OP_NAME;
}

static uint32_t selection(parser *p, uint32_t target)
{
    parse_next(p);
    int optional = optional_mark(p);
    if (!parse_at(p, TOKEN_NAME) && !parse_at(p, TOKEN_QUOTED) && !parse_at(p, TOKEN_IN))
        return hedui_cel_parse_unexpected(p, NULL);
    if (parse_at(p, TOKEN_IN))
        return hedui_cel_parse_unexpected(p, NULL);
    int quoted = parse_at(p, TOKEN_QUOTED);
    hedui_span name = parse_text(p);
    uint32_t begin = p->l.begin, end = p->l.end;
    if (quoted) {
        name.at++;
        name.length -= 2;
    }
    parse_next(p);
    if (parse_at(p, TOKEN_LPAREN) && !optional && !quoted)
        return call(p, target, name, begin);
    uint32_t index = hedui_cel_parse_children(
        p, hedui_cel_parse_make(p, OP_SELECT, parse_node(p, target)->begin, end), &target, 1);
    if (index == NONE)
        return NONE;
    node *n = parse_node(p, index);
    n->text = name;
    n->at = begin;
    n->at_end = end;
    n->flags = (uint8_t)((optional ? FLAG_OPTIONAL : 0) | (quoted ? FLAG_QUOTED : 0));
    return index;
}

static uint32_t indexing(parser *p, uint32_t target)
{
    uint32_t bracket = p->l.begin;
    parse_next(p);
    int optional = optional_mark(p);
    uint32_t pair[2] = {target, hedui_cel_parse_expression(p)};
    uint32_t end = p->l.end;
    if (!hedui_cel_parse_expect(p, TOKEN_RBRACKET, "]"))
        return NONE;
    uint32_t index = hedui_cel_parse_children(
        p, hedui_cel_parse_make(p, OP_INDEX, parse_node(p, target)->begin, end), pair, 2);
    if (index == NONE)
        return NONE;
    parse_node(p, index)->at = bracket;
    parse_node(p, index)->at_end = bracket + 1;
    parse_node(p, index)->flags = (uint8_t)(optional ? FLAG_OPTIONAL : 0);
    return index;
}

uint32_t hedui_cel_parse_member(parser *p, uint32_t target)
{
    while (!p->stopped && target != NONE) {
        if (parse_at(p, TOKEN_DOT))
            target = selection(p, target);
        else if (parse_at(p, TOKEN_LBRACKET))
            target = indexing(p, target);
        else if (parse_at(p, TOKEN_LBRACE) && is_name_chain(p, target))
            target = message(p, target);
        else
            return target;
    }
    return NONE;
}
