/* A second pass that does not stop early. The tree evaluator gives the value of every part; this
 * file only chooses which parts a value rests on, so that the two can never disagree:
 *
 *   a && b      true: both; false: the operands that are false; undetermined: those that are
 *   a || b      the dual
 *   c ? a : b   the condition and the branch taken
 *   macros      explain_macro.c
 *   others      what the arguments read
 *
 * Records read are leaves. A variable that has a definition goes on into the definition. */
#include "cel/explain.h"

hedui_cel_witness *hedui_cel_witness_new(explainer *x, hedui_cel_witness_kind kind, uint32_t index,
                                         value v)
{
    hedui_cel_witness *w = hedui_arena_take(x->e.arena, sizeof *w);
    if (!w) {
        x->failed = 1;
        return NULL;
    }
    w->kind = kind;
    w->program = x->e.program;
    w->node = index;
    w->value = v;
    return w;
}

void hedui_cel_witness_add(hedui_cel_witness *parent, const hedui_cel_witness *child)
{
    if (!parent || !child)
        return;
    const hedui_cel_witness **last = &parent->child;
    while (*last) {
        union {
            const hedui_cel_witness *fixed;
            hedui_cel_witness *open;
        } one = {*last}; /* made here, so it may be changed here */
        last = &one.open->next;
    }
    *last = child;
}

static hedui_cel_witness *leaf_undetermined(explainer *x, uint32_t index, value v)
{
    hedui_cel_witness_kind kind =
        v.kind == HEDUI_CEL_ERROR ? HEDUI_CEL_WITNESS_ERROR : HEDUI_CEL_WITNESS_UNKNOWN;
    return hedui_cel_witness_new(x, kind, index, v);
}

/* Every child whose value is of the kind that decided. */
static hedui_cel_witness *logic(explainer *x, uint32_t index, const node *n, value v)
{
    hedui_cel_witness *w = hedui_cel_witness_new(
        x, n->op == OP_AND ? HEDUI_CEL_WITNESS_AND : HEDUI_CEL_WITNESS_OR, index, v);
    for (uint32_t i = 0; w && i < n->count; i++) {
        uint32_t child = child_of(x->e.program, n, i);
        value one = hedui_cel_eval_node(&x->e, child);
        int decided = v.kind == HEDUI_CEL_BOOL
                          ? one.kind == HEDUI_CEL_BOOL && one.as.boolean == v.as.boolean
                          : one.kind == v.kind || hedui_cel_undetermined(one);
        if (decided)
            hedui_cel_witness_add(w, hedui_cel_witness_given(x, child, one));
    }
    return w;
}

static hedui_cel_witness *choice(explainer *x, uint32_t index, const node *n, value v)
{
    hedui_cel_witness *w = hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_CHOICE, index, v);
    uint32_t condition = child_of(x->e.program, n, 0);
    value c = hedui_cel_eval_node(&x->e, condition);
    hedui_cel_witness_add(w, hedui_cel_witness_given(x, condition, c));
    if (c.kind == HEDUI_CEL_BOOL)
        hedui_cel_witness_add(
            w, hedui_cel_witness_of(x, child_of(x->e.program, n, c.as.boolean ? 1 : 2)));
    return w;
}

/* The rows of a list that was used as a whole. */
void hedui_cel_witness_rows(explainer *x, hedui_cel_witness *parent, uint32_t index, value list)
{
    for (uint32_t i = 0; list.kind == HEDUI_CEL_LIST && i < list.count; i++)
        hedui_cel_witness_add(parent, hedui_cel_witness_row(x, index, list.as.items[i]));
}

hedui_cel_witness *hedui_cel_witness_row(explainer *x, uint32_t index, value row)
{
    if (row.kind != HEDUI_CEL_RECORD)
        return NULL;
    hedui_cel_witness *w = hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_ROW, index, row);
    if (w) {
        w->type = row.as.row.type;
        w->object = row.as.row.object;
        w->row = row.count;
        w->field = HEDUI_CEL_NO_FIELD;
    }
    return w;
}

/* operand.field or has(operand.field) */
static hedui_cel_witness *selection(explainer *x, uint32_t index, const node *n, value v)
{
    uint32_t child = child_of(x->e.program, n, 0);
    value operand = hedui_cel_eval_node(&x->e, child);
    hedui_cel_witness *below = hedui_cel_witness_given(x, child, operand);
    if (operand.kind == HEDUI_CEL_OPTIONAL && operand.as.inner)
        operand = *operand.as.inner;
    if (operand.kind != HEDUI_CEL_RECORD) {
        if (!hedui_cel_undetermined(v) || hedui_cel_undetermined(operand))
            return below;
        return leaf_undetermined(x, index, v);
    }
    hedui_cel_witness *w = hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_CELL, index, v);
    if (!w)
        return NULL;
    w->type = operand.as.row.type;
    w->object = operand.as.row.object;
    w->row = operand.count;
    w->field = hedui_cel_type_find(w->type, n->text);
    hedui_cel_witness_add(w, below);
    if (hedui_cel_undetermined(v))
        hedui_cel_witness_add(w, leaf_undetermined(x, index, v));
    else
        hedui_cel_witness_rows(x, w, index, v);
    return w;
}

/* Explain a definition as its own program, with its own macro variables. */
static hedui_cel_witness *definition(explainer *x, const hedui_cel_program *program)
{
    evaluation outer = x->e;
    hedui_cel_witness *w = NULL;
    if (x->e.definitions >= 32)
        return NULL;
    x->e.program = program;
    x->e.definitions++;
    x->e.locals = hedui_arena_array(x->e.arena, program->local_count, sizeof(value));
    if (x->e.locals)
        w = hedui_cel_witness_of(x, program->root);
    else
        x->failed = 1;
    outer.steps = x->e.steps;
    outer.assumed = x->e.assumed;
    x->e = outer;
    return w;
}

static hedui_cel_witness *slot(explainer *x, uint32_t index, const node *n, value v)
{
    const hedui_cel_program *program = x->e.program->env->variables[n->index].definition;
    if (v.kind == HEDUI_CEL_RECORD && !program)
        return NULL; /* what is read of it says more */
    hedui_cel_witness *w = hedui_cel_witness_new(x, HEDUI_CEL_WITNESS_VARIABLE, index, v);
    if (!w)
        return NULL;
    w->slot = n->index;
    if (program)
        hedui_cel_witness_add(w, definition(x, program));
    else if (hedui_cel_undetermined(v))
        hedui_cel_witness_add(w, leaf_undetermined(x, index, v));
    else
        hedui_cel_witness_rows(x, w, index, v);
    return w;
}

/* It went wrong here and not below: what the arguments read says why; of a division, the divisor.
 */
static void add_failure(explainer *x, hedui_cel_witness *w, uint32_t index, const node *n, value v)
{
    hedui_cel_witness_add(w, leaf_undetermined(x, index, v));
    if (v.kind != HEDUI_CEL_ERROR || v.code == HEDUI_CEL_ERROR_LIMIT)
        return;
    for (uint32_t i = v.code == HEDUI_CEL_ERROR_DIVISION; i < n->count; i++) {
        hedui_cel_witness_add(w, hedui_cel_witness_of(x, child_of(x->e.program, n, i)));
        if (v.code == HEDUI_CEL_ERROR_DIVISION)
            break;
    }
}

static hedui_cel_witness *call(explainer *x, uint32_t index, const node *n, value v)
{
    int negation = n->count == 1 && hedui_span_is(n->text, "!_");
    hedui_cel_witness *w = hedui_cel_witness_new(
        x, negation ? HEDUI_CEL_WITNESS_NOT : HEDUI_CEL_WITNESS_CALL, index, v);
    for (uint32_t i = 0; w && i < n->count; i++) {
        uint32_t child = child_of(x->e.program, n, i);
        value one = hedui_cel_eval_node(&x->e, child);
        if (!hedui_cel_undetermined(v) || hedui_cel_undetermined(one) || hedui_cel_is_partial(one))
            hedui_cel_witness_add(w, hedui_cel_witness_given(x, child, one));
    }
    if (w && !w->child && hedui_cel_undetermined(v))
        add_failure(x, w, index, n, v);
    return w;
}

static hedui_cel_witness *choose(explainer *x, uint32_t index, const node *n, value v)
{
    switch ((op)n->op) {
    case OP_CONST:
        return NULL;
    case OP_LOCAL:
        /* a record is named by what is read of it; the rest came with the range */
        return hedui_cel_undetermined(v) ? leaf_undetermined(x, index, v) : NULL;
    case OP_SLOT:
        return slot(x, index, n, v);
    case OP_SELECT:
    case OP_HAS:
        return selection(x, index, n, v);
    case OP_AND:
    case OP_OR:
        return logic(x, index, n, v);
    case OP_CHOICE:
        return choice(x, index, n, v);
    case OP_MACRO:
        return hedui_cel_witness_macro(x, index, n, v);
    case OP_NAME:
    case OP_MESSAGE:
        return leaf_undetermined(x, index, v);
    case OP_INDEX:
    case OP_LIST:
    case OP_MAP:
    case OP_CALL:
        break;
    }
    return call(x, index, n, v);
}

hedui_cel_witness *hedui_cel_witness_given(explainer *x, uint32_t index, value v)
{
    if (v.kind == HEDUI_CEL_ERROR && v.code == HEDUI_CEL_ERROR_LIMIT)
        return leaf_undetermined(x, index, v);
    return choose(x, index, node_at(x->e.program, index), v);
}

hedui_cel_witness *hedui_cel_witness_of(explainer *x, uint32_t index)
{
    return hedui_cel_witness_given(x, index, hedui_cel_eval_node(&x->e, index));
}

/* Parts are evaluated once for every level above them: hence the steps. */
static hedui_status begin(explainer *x, const hedui_cel_program *program,
                          const hedui_cel_input *input, hedui_arena *arena)
{
    memset(x, 0, sizeof *x);
    x->e.program = program;
    x->e.input = input;
    x->e.arena = arena;
    x->e.max_steps = input->max_steps ? input->max_steps : program->env->options.max_steps;
    x->e.max_steps *= 64;
    x->e.locals = hedui_arena_array(arena, program->local_count, sizeof(value));
    return x->e.locals ? HEDUI_OK : HEDUI_E1001;
}

static hedui_status end(hedui_cel_explanation *explanation, explainer *x,
                        hedui_cel_explanation *result)
{
    if (!x->failed)
        hedui_cel_flatten(x, result);
    if (x->failed)
        return HEDUI_E1001;
    *explanation = *result;
    return HEDUI_OK;
}

hedui_status hedui_cel_explain(hedui_cel_explanation *explanation, const hedui_cel_program *program,
                               const hedui_cel_input *input, hedui_arena *arena)
{
    hedui_cel_explanation result;
    explainer x;
    memset(&result, 0, sizeof result);
    if (begin(&x, program, input, arena))
        return HEDUI_E1001;
    result.value = hedui_cel_eval(program, input, arena);
    /* a decimal was perhaps brought to its places at the end; an error may be one of steps */
    result.tree = result.value.kind == HEDUI_CEL_DECIMAL || result.value.kind == HEDUI_CEL_ERROR
                      ? hedui_cel_witness_of(&x, program->root)
                      : hedui_cel_witness_given(&x, program->root, result.value);
    return end(explanation, &x, &result);
}

hedui_status hedui_cel_explain_element(hedui_cel_explanation *explanation,
                                       const hedui_cel_program *program,
                                       const hedui_cel_input *input, hedui_cel_value element,
                                       hedui_arena *arena)
{
    hedui_cel_explanation result;
    explainer x;
    memset(&result, 0, sizeof result);
    if (begin(&x, program, input, arena))
        return HEDUI_E1001;
    result.value = element;
    hedui_cel_witness *root =
        hedui_cel_witness_new(&x, HEDUI_CEL_WITNESS_CALL, program->root, element);
    if (root)
        hedui_cel_witness_member(&x, root, program->root, element);
    result.tree = root;
    return end(explanation, &x, &result);
}
