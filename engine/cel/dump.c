/* The syntax tree in the debug form of the reference implementation, macros written out as the
 * general fold they stand for: only tests and the curious need it. */
#include "cel/internal.h"

typedef struct dumper {
    hedui_buffer *out;
    const hedui_cel_program *program;
    uint32_t indent;
} dumper;

static void dump(dumper *d, uint32_t index);

static void text(dumper *d, const char *s)
{
    hedui_buffer_text(d->out, s);
}

static void line(dumper *d)
{
    hedui_buffer_byte(d->out, '\n');
    for (uint32_t i = 0; i < d->indent; i++)
        text(d, "  ");
}

static const node *get(const dumper *d, uint32_t index)
{
    return node_at(d->program, index);
}

static uint32_t child(const dumper *d, const node *n, uint32_t i)
{
    return child_of(d->program, n, i);
}

static void mark(dumper *d, const char *kind)
{
    hedui_buffer_format(d->out, "^#*expr.%s#", kind);
}

static void constant(dumper *d, value v)
{
    static const char *const kinds[] = {
        [HEDUI_CEL_NULL] = "Constant_NullValue",     [HEDUI_CEL_BOOL] = "Constant_BoolValue",
        [HEDUI_CEL_INT] = "Constant_Int64Value",     [HEDUI_CEL_UINT] = "Constant_Uint64Value",
        [HEDUI_CEL_DOUBLE] = "Constant_DoubleValue", [HEDUI_CEL_STRING] = "Constant_StringValue",
        [HEDUI_CEL_BYTES] = "Constant_BytesValue"};
    if (v.kind == HEDUI_CEL_DOUBLE)
        hedui_cel_double_print(d->out, v.as.real);
    else
        hedui_cel_value_print(d->out, v);
    mark(d, v.kind <= HEDUI_CEL_BYTES ? kinds[v.kind] : "Constant");
}

/* name( ...children one a line... ) */
static void operands(dumper *d, const node *n, uint32_t from)
{
    text(d, "(");
    d->indent++;
    for (uint32_t i = from; i < n->count; i++) {
        line(d);
        dump(d, child(d, n, i));
        if (i + 1 < n->count)
            text(d, ",");
    }
    d->indent--;
    if (n->count > from)
        line(d);
    text(d, ")");
}

static void call(dumper *d, const node *n, hedui_span name)
{
    int member = n->op == OP_CALL && (n->flags & FLAG_MEMBER);
    if (member) {
        dump(d, child(d, n, 0));
        text(d, ".");
    }
    hedui_buffer_add(d->out, name);
    operands(d, n, (uint32_t)member);
    mark(d, "Expr_CallExpr");
}

static void entries(dumper *d, const node *n)
{
    uint32_t step = n->op == OP_MAP ? 2 : 1;
    text(d, n->op == OP_MAP ? "{" : "[");
    d->indent++;
    for (uint32_t i = 0; i + step <= n->count; i += step) {
        line(d);
        if (get(d, child(d, n, i + step - 1))->flags & FLAG_ENTRY_OPTIONAL)
            text(d, "?");
        dump(d, child(d, n, i));
        if (step == 2) {
            text(d, ":");
            dump(d, child(d, n, i + 1));
            text(d, "^#*expr.Expr_CreateStruct_Entry#");
        }
        if (i + 2 * step <= n->count)
            text(d, ",");
    }
    d->indent--;
    if (n->count)
        line(d);
    text(d, n->op == OP_MAP ? "}" : "]");
    mark(d, n->op == OP_MAP ? "Expr_StructExpr" : "Expr_ListExpr");
}

/* --- the general fold ------------------------------------------------------------------------- */

static void result(dumper *d)
{
    text(d, "@result^#*expr.Expr_IdentExpr#");
}

static void open_call(dumper *d, const char *name)
{
    text(d, name);
    text(d, "(");
    d->indent++;
    line(d);
}

static void next_operand(dumper *d)
{
    text(d, ",");
    line(d);
}

static void close_call(dumper *d)
{
    d->indent--;
    line(d);
    text(d, ")");
    mark(d, "Expr_CallExpr");
}

static void element(dumper *d, const node *n)
{
    int literal_variable = n->macro == MACRO_FILTER;
    text(d, "[");
    d->indent++;
    line(d);
    if (literal_variable) {
        hedui_buffer_add(d->out, n->text);
        mark(d, "Expr_IdentExpr");
    } else {
        dump(d, child(d, n, n->count - 1));
    }
    d->indent--;
    line(d);
    text(d, "]");
    mark(d, "Expr_ListExpr");
}

static void append(dumper *d, const node *n)
{
    if (n->macro == MACRO_EXISTS_ONE) {
        open_call(d, "_+_");
        result(d);
        next_operand(d);
        text(d, "1^#*expr.Constant_Int64Value#");
    } else {
        open_call(d, "_+_");
        result(d);
        next_operand(d);
        element(d, n);
    }
    close_call(d);
}

static void fold_step(dumper *d, const node *n)
{
    if (n->macro == MACRO_ALL || n->macro == MACRO_EXISTS) {
        open_call(d, n->macro == MACRO_ALL ? "_&&_" : "_||_");
        result(d);
        next_operand(d);
        dump(d, child(d, n, 1));
        close_call(d);
    } else if (n->macro == MACRO_MAP) {
        append(d, n);
    } else {
        open_call(d, "_?_:_");
        dump(d, child(d, n, 1));
        next_operand(d);
        append(d, n);
        next_operand(d);
        result(d);
        close_call(d);
    }
}

static void fold_condition(dumper *d, const node *n)
{
    if (n->macro != MACRO_ALL && n->macro != MACRO_EXISTS) {
        text(d, "true^#*expr.Constant_BoolValue#");
        return;
    }
    open_call(d, "@not_strictly_false");
    if (n->macro == MACRO_EXISTS) {
        open_call(d, "!_");
        result(d);
        close_call(d);
    } else {
        result(d);
    }
    close_call(d);
}

static void heading(dumper *d, const char *s)
{
    line(d);
    text(d, "// ");
    text(d, s);
    line(d);
}

static void fold(dumper *d, const node *n)
{
    text(d, "__comprehension__(");
    d->indent++;
    heading(d, "Variable");
    hedui_buffer_add(d->out, n->text);
    text(d, ",");
    heading(d, "Target");
    dump(d, child(d, n, 0));
    text(d, ",");
    heading(d, "Accumulator");
    text(d, "@result,");
    heading(d, "Init");
    if (n->macro == MACRO_EXISTS_ONE)
        text(d, "0^#*expr.Constant_Int64Value#");
    else if (n->macro == MACRO_ALL || n->macro == MACRO_EXISTS)
        text(d, n->macro == MACRO_ALL ? "true^#*expr.Constant_BoolValue#"
                                      : "false^#*expr.Constant_BoolValue#");
    else
        text(d, "[]^#*expr.Expr_ListExpr#");
    text(d, ",");
    heading(d, "LoopCondition");
    fold_condition(d, n);
    text(d, ",");
    heading(d, "LoopStep");
    fold_step(d, n);
    text(d, ",");
    heading(d, "Result");
    if (n->macro == MACRO_EXISTS_ONE) {
        open_call(d, "_==_");
        result(d);
        next_operand(d);
        text(d, "1^#*expr.Constant_Int64Value#");
        close_call(d);
    } else {
        result(d);
    }
    d->indent--;
    text(d, ")");
    mark(d, "Expr_ComprehensionExpr");
}

/* --- nodes ------------------------------------------------------------------------------------ */

static void macro_of(dumper *d, const node *n)
{
    int plain = n->macro <= MACRO_MAP_IF && !(n->flags & FLAG_TWO);
    if (plain) {
        fold(d, n);
        return;
    }
    hedui_buffer_format(d->out, "@macro%u", n->macro);
    operands(d, n, 0);
    mark(d, "Expr_CallExpr");
}

static void select(dumper *d, const node *n)
{
    hedui_span field = n->text;
    if (n->flags & FLAG_OPTIONAL) {
        open_call(d, "_?._");
        dump(d, child(d, n, 0));
        next_operand(d);
        hedui_buffer_format(d->out, "\"%.*s\"", (int)field.length, field.at);
        mark(d, "Constant_StringValue");
        close_call(d);
        return;
    }
    dump(d, child(d, n, 0));
    text(d, ".");
    hedui_buffer_add(d->out, field);
    if (n->op == OP_HAS)
        text(d, "~test-only~");
    mark(d, "Expr_SelectExpr");
}

static void dump(dumper *d, uint32_t index)
{
    const node *n = get(d, index);
    hedui_span index_name = HEDUI_SPAN("_[_]"), optional_name = HEDUI_SPAN("_[?_]");
    hedui_span and_name = HEDUI_SPAN("_&&_"), or_name = HEDUI_SPAN("_||_");
    hedui_span choice_name = HEDUI_SPAN("_?_:_");
    switch ((op)n->op) {
    case OP_CONST:
        constant(d, n->constant);
        break;
    case OP_NAME:
    case OP_SLOT:
    case OP_LOCAL:
        if (n->flags & FLAG_ROOTED)
            text(d, ".");
        hedui_buffer_add(d->out, n->text);
        mark(d, "Expr_IdentExpr");
        break;
    case OP_SELECT:
    case OP_HAS:
        select(d, n);
        break;
    case OP_INDEX:
        call(d, n, n->flags & FLAG_OPTIONAL ? optional_name : index_name);
        break;
    case OP_CALL:
        call(d, n, n->text);
        break;
    case OP_LIST:
    case OP_MAP:
        entries(d, n);
        break;
    case OP_MESSAGE:
        text(d, "message");
        operands(d, n, 0);
        mark(d, "Expr_StructExpr");
        break;
    case OP_AND:
        call(d, n, and_name);
        break;
    case OP_OR:
        call(d, n, or_name);
        break;
    case OP_CHOICE:
        call(d, n, choice_name);
        break;
    case OP_MACRO:
        macro_of(d, n);
        break;
    }
}

void hedui_cel_program_dump(hedui_buffer *out, const hedui_cel_program *program)
{
    dumper d = {out, program, 0};
    dump(&d, program->root);
}
