/* Types of all nodes, bottom up. A node that is wrong gets the type dyn, so that one mistake gives
 * one message. */
#include "cel/internal.h"

static node *get(compiler *c, uint32_t index)
{
    return &c->program->nodes[index];
}

static const type *simple(hedui_cel_kind kind)
{
    return hedui_cel_type_simple(kind);
}

static const type *or_dyn(compiler *c, const type *t)
{
    if (!t)
        hedui_cel_report_memory(c);
    return t ? t : simple(HEDUI_CEL_DYN);
}

static const type *of_constant(compiler *c, value v)
{
    if (v.kind == HEDUI_CEL_TYPE) {
        const type *inner = v.as.type, *dyn = simple(HEDUI_CEL_DYN);
        if (inner->kind == HEDUI_CEL_LIST)
            inner = or_dyn(c, hedui_cel_type_list(c->arena, dyn));
        else if (inner->kind == HEDUI_CEL_MAP)
            inner = or_dyn(c, hedui_cel_type_map(c->arena, dyn, dyn));
        else if (inner->kind == HEDUI_CEL_OPTIONAL)
            inner = or_dyn(c, hedui_cel_type_optional(c->arena, dyn));
        return or_dyn(c, hedui_cel_type_type(c->arena, inner));
    }
    if (v.kind == HEDUI_CEL_DECIMAL)
        return hedui_cel_type_decimal(v.scale);
    return simple((hedui_cel_kind)v.kind);
}

static void no_field(compiler *c, const node *n, const type *t)
{
    nearest best;
    const hedui_cel_field *fields = t->record ? t->record->fields : t->codes->fields;
    uint32_t count = t->record ? t->record->field_count : t->codes->field_count;
    hedui_nearest_init(&best.near, n->text);
    for (uint32_t i = 0; i < count; i++)
        hedui_nearest_offer(&best.near, hedui_span_of(fields[i].name));
    report(c, n->at, n->at_end, HEDUI_E3222, HEDUI_ARG_SPAN(t->name), HEDUI_ARG_SPAN(n->text),
           HEDUI_ARG_SPAN(hedui_cel_nearest_text(&best)));
}

/* Type of operand.field; NULL after a report. */
static const type *field_type(compiler *c, uint32_t index, const type *t)
{
    node *n = get(c, index);
    if (t->kind == HEDUI_CEL_MAP) {
        if (!hedui_cel_assignable(c, simple(HEDUI_CEL_STRING), t->parameters[0]))
            report(c, n->at, n->at_end, HEDUI_E3223, HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
        return t->parameters[1];
    }
    if ((t->kind == HEDUI_CEL_RECORD && t->record) || t->kind == HEDUI_CEL_CODE) {
        n->index = hedui_cel_type_find(t, n->text);
        if (n->index == NONE) {
            no_field(c, n, t);
            return NULL;
        }
        return (t->record ? t->record->fields : t->codes->fields)[n->index].type;
    }
    if (t->kind == HEDUI_CEL_PARAM)
        (void)hedui_cel_assignable(c, simple(HEDUI_CEL_DYN), t);
    else if (t->kind != HEDUI_CEL_DYN) {
        report(c, n->at, n->at_end, HEDUI_E3223, HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
        return NULL;
    }
    return simple(HEDUI_CEL_DYN);
}

static const type *check_select(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    const type *t = hedui_cel_find(c, hedui_cel_check_node(c, child_of(c->program, n, 0)));
    int optional = (n->flags & FLAG_OPTIONAL) != 0;
    if (t->kind == HEDUI_CEL_OPTIONAL) {
        optional = 1;
        t = hedui_cel_find(c, t->parameters[0]);
    }
    t = field_type(c, index, t);
    if (get(c, index)->op == OP_HAS)
        return simple(HEDUI_CEL_BOOL);
    if (!t)
        return simple(HEDUI_CEL_DYN);
    return optional ? or_dyn(c, hedui_cel_type_optional(c->arena, t)) : t;
}

static void no_overload(compiler *c, const node *n, const char *name, const type *a, const type *b)
{
    hedui_buffer buffer;
    hedui_buffer_init(&buffer);
    hedui_buffer_add(&buffer, hedui_cel_type_text(c, a));
    hedui_buffer_text(&buffer, ", ");
    hedui_buffer_add(&buffer, hedui_cel_type_text(c, b));
    report(c, n->at, n->at_end, HEDUI_E3224, HEDUI_ARG_TEXT(name),
           HEDUI_ARG_SPAN(hedui_buffer_span(&buffer)));
    hedui_buffer_free(&buffer);
}

/* Nothing is known of the operand yet: a list if the index can be an int, else a map. */
static const type *free_element(compiler *c, const type *t, const type *key)
{
    const type *inner = hedui_cel_fresh(c);
    if (hedui_cel_assignable(c, key, simple(HEDUI_CEL_INT)))
        (void)hedui_cel_assignable(c, or_dyn(c, hedui_cel_type_list(c->arena, inner)), t);
    else
        (void)hedui_cel_assignable(c, or_dyn(c, hedui_cel_type_map(c->arena, key, inner)), t);
    return inner;
}

static const type *check_index(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    const type *t = hedui_cel_find(c, hedui_cel_check_node(c, child_of(c->program, n, 0)));
    const type *key = hedui_cel_check_node(c, child_of(c->program, get(c, index), 1));
    const type *whole = t, *result = NULL;
    int optional = (get(c, index)->flags & FLAG_OPTIONAL) != 0;
    if (t->kind == HEDUI_CEL_OPTIONAL) {
        optional = 1;
        t = hedui_cel_find(c, t->parameters[0]);
    }
    if (t->kind == HEDUI_CEL_LIST && hedui_cel_assignable(c, key, simple(HEDUI_CEL_INT)))
        result = t->parameters[0];
    else if (t->kind == HEDUI_CEL_MAP && hedui_cel_assignable(c, key, t->parameters[0]))
        result = t->parameters[1];
    else if (t->kind == HEDUI_CEL_DYN)
        result = simple(HEDUI_CEL_DYN);
    else if (t->kind == HEDUI_CEL_PARAM)
        result = free_element(c, t, key);
    if (!result) {
        no_overload(c, get(c, index), "[ ]", whole, key);
        return simple(HEDUI_CEL_DYN);
    }
    return optional ? or_dyn(c, hedui_cel_type_optional(c->arena, result)) : result;
}

/* Type of a list element or map value; ?e takes what is in the optional. */
static const type *entry_type(compiler *c, uint32_t index)
{
    const type *t = hedui_cel_check_node(c, index);
    if (!(get(c, index)->flags & FLAG_ENTRY_OPTIONAL))
        return t;
    const type *inner = hedui_cel_fresh(c);
    const type *wanted = or_dyn(c, hedui_cel_type_optional(c->arena, inner));
    if (!hedui_cel_assignable(c, t, wanted)) {
        report(c, get(c, index)->begin, get(c, index)->end, HEDUI_E3226,
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, wanted)),
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
        return simple(HEDUI_CEL_DYN);
    }
    return hedui_cel_find(c, t)->kind == HEDUI_CEL_DYN ? simple(HEDUI_CEL_DYN) : inner;
}

static const type *check_list(compiler *c, uint32_t index)
{
    const type *element = NULL;
    for (uint32_t i = 0; i < get(c, index)->count; i++)
        element = hedui_cel_join(c, element, entry_type(c, child_of(c->program, get(c, index), i)));
    return or_dyn(c, hedui_cel_type_list(c->arena, element ? element : hedui_cel_fresh(c)));
}

static const type *check_map(compiler *c, uint32_t index)
{
    const type *key = NULL, *inner = NULL;
    for (uint32_t i = 0; i + 1 < get(c, index)->count; i += 2) {
        key =
            hedui_cel_join(c, key, hedui_cel_check_node(c, child_of(c->program, get(c, index), i)));
        inner = hedui_cel_join(c, inner, entry_type(c, child_of(c->program, get(c, index), i + 1)));
    }
    if (!key) {
        key = hedui_cel_fresh(c);
        inner = hedui_cel_fresh(c);
    }
    return or_dyn(c, hedui_cel_type_map(c->arena, key, inner));
}

static void want_bool(compiler *c, uint32_t index, const type *t)
{
    if (!hedui_cel_assignable(c, t, simple(HEDUI_CEL_BOOL)))
        report(c, get(c, index)->begin, get(c, index)->end, HEDUI_E3226, HEDUI_ARG_TEXT("bool"),
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
}

static const type *check_logic(compiler *c, uint32_t index)
{
    for (uint32_t i = 0; i < get(c, index)->count; i++) {
        uint32_t child = child_of(c->program, get(c, index), i);
        want_bool(c, child, hedui_cel_check_node(c, child));
    }
    return simple(HEDUI_CEL_BOOL);
}

static const type *check_choice(compiler *c, uint32_t index)
{
    uint32_t child[3];
    const type *t[3];
    for (uint32_t i = 0; i < 3; i++) {
        child[i] = child_of(c->program, get(c, index), i);
        t[i] = hedui_cel_check_node(c, child[i]);
    }
    want_bool(c, child[0], t[0]);
    for (uint32_t i = 1; i < 3; i++) /* 500 beside a decimal is a decimal */
        if (hedui_cel_find(c, t[3 - i])->kind == HEDUI_CEL_DECIMAL &&
            hedui_cel_literal_to_decimal(c, child[i]))
            t[i] = get(c, child[i])->type;
    const type *a = hedui_cel_find(c, t[1]), *b = hedui_cel_find(c, t[2]);
    if (a->kind == HEDUI_CEL_DECIMAL && b->kind == HEDUI_CEL_DECIMAL)
        return a->scale > b->scale ? a : b;
    const type *both = hedui_cel_fresh(c);
    if (!hedui_cel_assignable(c, t[1], both) || !hedui_cel_assignable(c, t[2], both)) {
        no_overload(c, get(c, index), "? :", t[1], t[2]);
        return simple(HEDUI_CEL_DYN);
    }
    return both;
}

static const type *check_message(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    hedui_span name = span_between(c->program->source.text, n->begin, n->at);
    for (uint32_t i = 0; i < n->count; i++)
        (void)hedui_cel_check_node(c, child_of(c->program, get(c, index), i));
    report(c, n->begin, n->at, HEDUI_E3237, HEDUI_ARG_SPAN(name));
    return simple(HEDUI_CEL_DYN);
}

static const type *check(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    const type *named[26] = {NULL};
    switch ((op)n->op) {
    case OP_CONST:
        return of_constant(c, n->constant);
    case OP_NAME:
        return simple(HEDUI_CEL_DYN); /* reported when it was resolved */
    case OP_SLOT:
        return hedui_cel_instantiate(c, c->env->variables[n->index].type, named);
    case OP_LOCAL:
        return c->local_types[n->index] ? c->local_types[n->index] : simple(HEDUI_CEL_DYN);
    case OP_SELECT:
    case OP_HAS:
        return check_select(c, index);
    case OP_INDEX:
        return check_index(c, index);
    case OP_CALL:
        return hedui_cel_check_call(c, index);
    case OP_LIST:
        return check_list(c, index);
    case OP_MAP:
        return check_map(c, index);
    case OP_MESSAGE:
        return check_message(c, index);
    case OP_AND:
    case OP_OR:
        return check_logic(c, index);
    case OP_CHOICE:
        return check_choice(c, index);
    case OP_MACRO:
        return hedui_cel_check_macro(c, index);
    }
    return simple(HEDUI_CEL_DYN);
}

const type *hedui_cel_check_node(compiler *c, uint32_t index)
{
    const type *t = check(c, index);
    get(c, index)->type = t;
    return t;
}

/* An int literal where a decimal is wanted becomes one, exactly. */
int hedui_cel_literal_to_decimal(compiler *c, uint32_t index)
{
    node *n = get(c, index);
    if (n->op != OP_CONST || n->constant.kind != HEDUI_CEL_INT)
        return 0;
    n->constant = hedui_cel_decimal(n->constant.as.number, 0);
    n->type = hedui_cel_type_decimal(0);
    return 1;
}

/* Rules know every type before the run. */
static void refuse_dyn(compiler *c, uint32_t index)
{
    const node *n = get(c, index);
    if (n->type && n->type->kind == HEDUI_CEL_DYN) {
        hedui_cel_report(c, n->begin, n->end, HEDUI_E3229, (const hedui_arg[]){HEDUI_ARG_END});
        return;
    }
    for (uint32_t i = 0; i < n->count; i++)
        refuse_dyn(c, child_of(c->program, n, i));
}

static void want_expected(compiler *c, const type *t, const type *expected)
{
    hedui_cel_program *program = c->program;
    if (expected->kind == HEDUI_CEL_DECIMAL && hedui_cel_literal_to_decimal(c, program->root))
        t = get(c, program->root)->type;
    const node *root = get(c, program->root);
    if (!hedui_cel_assignable(c, t, expected)) {
        report(c, root->begin, root->end, HEDUI_E3226,
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, expected)),
               HEDUI_ARG_SPAN(hedui_cel_type_text(c, t)));
        return;
    }
    if (expected->kind == HEDUI_CEL_DECIMAL) {
        program->rescale = expected->scale;
        program->type = expected;
    }
}

void hedui_cel_check(compiler *c, const type *expected)
{
    hedui_cel_program *program = c->program;
    c->local_types = hedui_arena_array(c->arena, program->local_count + 1u, sizeof(type *));
    if (!c->local_types) {
        hedui_cel_report_memory(c);
        return;
    }
    const type *t = hedui_cel_check_node(c, program->root);
    if (expected && !c->errors)
        want_expected(c, t, expected);
    for (uint32_t i = 0; i < program->node_count; i++)
        if (program->nodes[i].type)
            program->nodes[i].type = hedui_cel_substitute(c, program->nodes[i].type, 1);
    if (!program->type)
        program->type = get(c, program->root)->type;
    if (!c->env->options.permissive && !c->errors)
        refuse_dyn(c, program->root);
}
