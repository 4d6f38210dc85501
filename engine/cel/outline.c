/* An expression as indented lines. The tree evaluator gives the value of every part, as for the
 * explanation; this file only chooses which parts people want to see:
 *
 *   &&, ||, !, ?:     every operand, chains flattened; what follows from a false one is not opened
 *   comparisons       the operands, and below them what they read
 *   arithmetic inside what it reads, not each product
 *   macros            outline_macro.c
 *   fields, names     a line with the value; rows speak through what is read of them
 */
#include "cel/outline.h"

enum { MOST_PARTS = 4000 };

/* Brackets around an operand belong to no node: a text that lacks one is taken up to it. */
static hedui_span balanced(hedui_span whole, uint32_t begin, uint32_t end)
{
    uint32_t open = 0, missing = 0;
    lexer l = {.text = span_between(whole, begin, end)};
    for (hedui_cel_lex_next(&l); l.kind != TOKEN_END && l.kind != TOKEN_BAD;
         hedui_cel_lex_next(&l)) {
        open += l.kind == TOKEN_LPAREN;
        if (l.kind == TOKEN_RPAREN && open-- == 0) {
            open = 0;
            missing++;
        }
    }
    while (missing && begin > 0)
        missing -= whole.at[--begin] == '(';
    while (open && end < whole.length)
        open -= whole.at[end++] == ')';
    return span_between(whole, begin, end);
}

/* As the author wrote it; of has(x.y) what was looked for. */
static hedui_span text_of(const outliner *o, const hedui_cel_part *p)
{
    const node *n = node_at(o->e.program, p->node);
    hedui_span text = balanced(o->e.program->source.text, n->begin, n->end);
    const char *open = p->kind == HEDUI_CEL_PART_FIELD && n->op == OP_HAS
                           ? memchr(text.at, '(', text.length)
                           : NULL;
    if (!open)
        return text;
    size_t before = (size_t)(open - text.at) + 1;
    return (hedui_span){open + 1, text.length - before - 1};
}

hedui_cel_part *hedui_cel_part_add(outliner *o, hedui_cel_part_kind kind, uint32_t depth,
                                   uint32_t index, value v)
{
    if (o->count >= MOST_PARTS) {
        o->left_out++;
        return NULL;
    }
    if (o->count == o->capacity) {
        uint32_t capacity = o->capacity ? o->capacity * 2 : 64;
        hedui_cel_part *larger = hedui_arena_array(o->e.arena, capacity, sizeof *larger);
        if (!larger) {
            o->failed = 1;
            return NULL;
        }
        if (o->count)
            memcpy(larger, o->parts, o->count * sizeof *larger);
        o->parts = larger;
        o->capacity = capacity;
    }
    hedui_cel_part *p = &o->parts[o->count++];
    *p = (hedui_cel_part){.kind = kind,
                          .depth = depth,
                          .node = index,
                          .value = v,
                          .decides = 1,
                          .slot = NONE,
                          .name = {"", 0},
                          .field = HEDUI_CEL_NO_FIELD};
    return p;
}

int hedui_cel_part_fixed(const hedui_cel_program *program, uint32_t index)
{
    const node *n = node_at(program, index);
    if (n->op == OP_SLOT || n->op == OP_LOCAL || n->op == OP_NAME)
        return 0;
    for (uint32_t i = 0; i < n->count; i++)
        if (!hedui_cel_part_fixed(program, child_of(program, n, i)))
            return 0;
    return 1;
}

static int is_told(const outliner *o, const hedui_cel_part *p)
{
    for (uint32_t i = o->scope; i < o->count; i++) {
        const hedui_cel_part *other = &o->parts[i];
        if (other->kind != p->kind || other->slot != p->slot || other->type != p->type ||
            other->object != p->object || other->row != p->row || other->field != p->field)
            continue;
        if (p->kind == HEDUI_CEL_PART_FIELD || p->slot != NONE ||
            hedui_span_equal(node_at(o->e.program, other->node)->text,
                             node_at(o->e.program, p->node)->text))
            return 1;
    }
    return 0;
}

/* A row as such says nothing; what is read of it does. */
static int speaks(value v)
{
    if (v.kind == HEDUI_CEL_OPTIONAL && v.as.inner)
        v = *v.as.inner;
    return v.kind != HEDUI_CEL_RECORD;
}

static void add_read(outliner *o, hedui_cel_part p)
{
    if (!speaks(p.value) || is_told(o, &p))
        return;
    hedui_cel_part *made = hedui_cel_part_add(o, p.kind, p.depth, p.node, p.value);
    if (!made)
        return;
    made->slot = p.slot;
    made->type = p.type;
    made->object = p.object;
    made->row = p.row;
    made->field = p.field;
}

/* operand.field or has(operand.field), then what the operand itself was read from: the row of a
 * row, the code of an attribute. */
static void selection(outliner *o, uint32_t index, const node *n, uint32_t depth, value v)
{
    uint32_t child = child_of(o->e.program, n, 0);
    value operand = hedui_cel_eval_node(&o->e, child);
    hedui_cel_part p = {.kind = HEDUI_CEL_PART_FIELD,
                        .depth = depth,
                        .node = index,
                        .value = v,
                        .slot = NONE,
                        .field = HEDUI_CEL_NO_FIELD};
    if (operand.kind == HEDUI_CEL_OPTIONAL && operand.as.inner)
        operand = *operand.as.inner;
    if (operand.kind != HEDUI_CEL_RECORD && operand.kind != HEDUI_CEL_CODE) {
        if (n->op == OP_HAS)
            (void)hedui_cel_part_add(o, HEDUI_CEL_PART_CALL, depth++, index, v);
        hedui_cel_part_of(o, child, depth, 1);
        return;
    }
    p.type = operand.as.row.type;
    p.object = operand.kind == HEDUI_CEL_RECORD ? operand.as.row.object : NULL;
    p.row = operand.count;
    p.field = hedui_cel_type_find(p.type, n->text);
    if (n->op == OP_HAS) {
        (void)hedui_cel_part_add(o, HEDUI_CEL_PART_CALL, depth, index, v);
        p.depth++;
        p.value =
            operand.kind == HEDUI_CEL_RECORD
                ? p.type->record->get(p.type->record->context, p.object, p.row, p.field, o->e.arena)
                : v;
    }
    add_read(o, p);
    hedui_cel_part_of(o, child, p.depth + 1, 0);
}

/* Operands of one chain, however it is bracketed. */
static void operands(outliner *o, const node *chain, const node *n, uint32_t depth, value whole)
{
    for (uint32_t i = 0; i < n->count; i++) {
        uint32_t child = child_of(o->e.program, n, i);
        const node *c = node_at(o->e.program, child);
        if (c->op == chain->op) {
            operands(o, chain, c, depth, whole);
            continue;
        }
        value v = hedui_cel_eval_node(&o->e, child);
        int truth = v.kind == HEDUI_CEL_BOOL;
        int decides = whole.kind == HEDUI_CEL_BOOL ? truth && v.as.boolean == whole.as.boolean
                                                   : hedui_cel_undetermined(v);
        uint32_t at = o->count;
        /* behind has(x) that is false, x has no value: nothing hangs on it */
        if (!truth && !decides)
            (void)hedui_cel_part_add(o, HEDUI_CEL_PART_CALL, depth, child, v);
        else
            hedui_cel_part_apart(o, child, depth);
        if (at < o->count)
            o->parts[at].decides = decides;
    }
}

static void choice(outliner *o, uint32_t index, const node *n, uint32_t depth, value v)
{
    uint32_t condition = child_of(o->e.program, n, 0);
    value c = hedui_cel_eval_node(&o->e, condition);
    (void)hedui_cel_part_add(o, HEDUI_CEL_PART_CHOICE, depth, index, v);
    hedui_cel_part_apart(o, condition, depth + 1);
    if (c.kind == HEDUI_CEL_BOOL)
        hedui_cel_part_apart(o, child_of(o->e.program, n, c.as.boolean ? 1 : 2), depth + 1);
}

static int is_conversion(hedui_span name)
{
    static const char *const names[] = {"dec", "int", "uint", "double", "string", "date"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hedui_span_is(name, names[i]))
            return 1;
    return 0;
}

/* Deep in another expression a function's result is worth a line, a product is not. */
static int worth_a_line(const node *n)
{
    if (n->op == OP_INDEX)
        return 1;
    if (n->op != OP_CALL || !n->text.length || is_conversion(n->text))
        return 0;
    char first = n->text.at[0];
    return first != '_' && first != '-' && first != '!' && first != '@';
}

static void call(outliner *o, uint32_t index, const node *n, uint32_t depth, int whole, value v)
{
    int negation = n->op == OP_CALL && n->count == 1 && hedui_span_is(n->text, "!_");
    int line = whole || negation || worth_a_line(n) || v.kind == HEDUI_CEL_ERROR;
    if (line)
        (void)hedui_cel_part_add(o, negation ? HEDUI_CEL_PART_NOT : HEDUI_CEL_PART_CALL, depth,
                                 index, v);
    /* of a table only the entry that was taken is shown */
    uint32_t first = n->op == OP_INDEX && n->count == 2 ? 1 : 0;
    if (first && hedui_cel_undetermined(v))
        first = 0;
    /* operands of a comparison stand for themselves, those of a product do not */
    int compares = n->type ? n->type->kind == HEDUI_CEL_BOOL : v.kind == HEDUI_CEL_BOOL;
    for (uint32_t i = first; i < n->count; i++)
        hedui_cel_part_of(o, child_of(o->e.program, n, i), depth + (line ? 1 : 0),
                          whole && compares);
}

static void name(outliner *o, uint32_t index, const node *n, uint32_t depth, value v)
{
    hedui_cel_part p = {.kind = HEDUI_CEL_PART_NAME,
                        .depth = depth,
                        .node = index,
                        .value = v,
                        .slot = n->op == OP_SLOT ? n->index : NONE,
                        .field = HEDUI_CEL_NO_FIELD};
    add_read(o, p);
}

void hedui_cel_part_of(outliner *o, uint32_t index, uint32_t depth, int whole)
{
    const node *n = node_at(o->e.program, index);
    if (o->failed || hedui_cel_part_fixed(o->e.program, index))
        return;
    value v = hedui_cel_eval_node(&o->e, index);
    switch ((op)n->op) {
    case OP_CONST:
    case OP_NAME:
    case OP_MESSAGE:
        return;
    case OP_LOCAL:
    case OP_SLOT:
        name(o, index, n, depth, v);
        return;
    case OP_SELECT:
    case OP_HAS:
        selection(o, index, n, depth, v);
        return;
    case OP_AND:
    case OP_OR:
        (void)hedui_cel_part_add(o, n->op == OP_AND ? HEDUI_CEL_PART_ALL : HEDUI_CEL_PART_ANY,
                                 depth, index, v);
        operands(o, n, n, depth + 1, v);
        return;
    case OP_CHOICE:
        choice(o, index, n, depth, v);
        return;
    case OP_MACRO:
        hedui_cel_part_macro(o, index, n, depth, v);
        return;
    case OP_INDEX:
    case OP_LIST:
    case OP_MAP:
    case OP_CALL:
        break;
    }
    call(o, index, n, depth, whole, v);
}

void hedui_cel_part_apart(outliner *o, uint32_t index, uint32_t depth)
{
    uint32_t outer = o->scope;
    o->scope = o->count;
    hedui_cel_part_of(o, index, depth, 1);
    o->scope = outer;
}

hedui_status hedui_cel_outline(const hedui_cel_part **parts, uint32_t *count,
                               const hedui_cel_program *program, const hedui_cel_input *input,
                               uint32_t most_rows, hedui_arena *arena)
{
    outliner o = {.most_rows = most_rows};
    o.e.program = program;
    o.e.input = input;
    o.e.arena = arena;
    /* parts are evaluated once for every level above them */
    o.e.max_steps = input->max_steps ? input->max_steps : program->env->options.max_steps;
    o.e.max_steps *= 64;
    o.e.locals = hedui_arena_array(arena, program->local_count, sizeof(value));
    if (!o.e.locals)
        return HEDUI_E1001;
    hedui_cel_part_apart(&o, program->root, 0);
    if (o.failed)
        return HEDUI_E1001;
    if (!o.count) { /* a constant, or a row */
        value v = hedui_cel_eval(program, input, arena);
        if (!hedui_cel_part_add(&o, HEDUI_CEL_PART_CALL, 0, program->root, v))
            return HEDUI_E1001;
    }
    if (o.left_out) {
        hedui_cel_part *last = &o.parts[o.count - 1];
        *last = (hedui_cel_part){.kind = HEDUI_CEL_PART_MORE,
                                 .node = last->node,
                                 .value = hedui_cel_null(),
                                 .depth = 1,
                                 .count = o.left_out + 1};
    }
    for (uint32_t i = 0; i < o.count; i++)
        o.parts[i].text = text_of(&o, &o.parts[i]);
    *parts = o.parts;
    *count = o.count;
    return HEDUI_OK;
}
