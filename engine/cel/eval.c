/* The tree-walking evaluator: one function a kind of node, values by value, no allocation except
 * for what a result holds. It is exact rather than fast and stays the oracle of any compiled form.
 * Recursion is bounded by the depth that the parser allows. */
#include "cel/internal.h"

enum { MAX_DEFINITIONS = 32, LOCALS_ON_STACK = 16 };

value hedui_cel_error_at(evaluation *e, hedui_cel_error error)
{
    value v = hedui_cel_fail(error);
    v.count = e->node;
    return v;
}

static value error_of(uint32_t index, hedui_cel_error error)
{
    value v = hedui_cel_fail(error);
    v.count = index;
    return v;
}

int hedui_cel_step(evaluation *e, uint64_t steps)
{
    return take_steps(e, steps);
}

/* Two undetermined values: unknown wins over error, reasons are joined. */
value hedui_cel_unknown_or_error(evaluation *e, value a, value b)
{
    if (a.kind == HEDUI_CEL_UNKNOWN || b.kind == HEDUI_CEL_UNKNOWN)
        return hedui_cel_unknown_merge(a, b, e->arena);
    return a.kind == HEDUI_CEL_ERROR ? a : b;
}

/* --- variables -------------------------------------------------------------------------------- */

static value run(const hedui_cel_program *program, const hedui_cel_input *input, evaluation *outer,
                 hedui_arena *arena);

value hedui_cel_eval_slot(evaluation *e, uint32_t slot)
{
    value v = e->input->variables[slot];
    if (v.kind != HEDUI_CEL_LAZY)
        return v;
    if (e->input->resolve)
        return e->input->resolve(e->input->user, slot, e->arena);
    const hedui_cel_program *definition = e->program->env->variables[slot].definition;
    if (!definition)
        return hedui_cel_fail(HEDUI_CEL_ERROR_VARIABLE);
    if (e->definitions >= MAX_DEFINITIONS)
        return hedui_cel_fail(HEDUI_CEL_ERROR_LIMIT);
    return run(definition, e->input, e, e->arena);
}

static value eval_local(evaluation *e, const node *n)
{
    value v = e->locals[n->index];
    if (v.kind != HEDUI_CEL_LAZY)
        return v;
    v = hedui_cel_eval_node(e, v.count); /* cel.bind: once, when first needed */
    e->locals[n->index] = v;
    return v;
}

/* --- fields and elements ---------------------------------------------------------------------- */

static const hedui_cel_map_entry *find_entry(value map, value key)
{
    for (uint32_t i = 0; i < map.count; i++)
        if (hedui_cel_equal(map.as.entries[i].key, key))
            return &map.as.entries[i];
    return NULL;
}

static value code_attribute(value v, uint32_t field, hedui_arena *arena)
{
    const hedui_cel_codes *codes = v.as.row.type->codes;
    if (field == 0)
        return hedui_cel_string(codes->codes[v.count]);
    if (field == 1)
        return hedui_cel_string((codes->labels ? codes->labels : codes->codes)[v.count]);
    return codes->get ? codes->get(codes->context, NULL, v.count, field, arena)
                      : hedui_cel_absent();
}

/* The checker's index holds for values of the type it saw. */
static uint32_t field_index(const evaluation *e, const node *n, const type *t)
{
    const type *seen = node_at(e->program, child_of(e->program, n, 0))->type;
    if (seen && seen->kind == HEDUI_CEL_OPTIONAL)
        seen = seen->parameters[0];
    return seen == t && n->index != NONE ? n->index : hedui_cel_type_find(t, n->text);
}

/* operand.field without regard to optionals; the error KEY if there is no such field. */
static value read_field(evaluation *e, const value *operand, const node *n)
{
    if (operand->kind == HEDUI_CEL_MAP) {
        const hedui_cel_map_entry *entry = find_entry(*operand, hedui_cel_string(n->text));
        return entry ? entry->value : hedui_cel_fail(HEDUI_CEL_ERROR_KEY);
    }
    if (operand->kind != HEDUI_CEL_RECORD && operand->kind != HEDUI_CEL_CODE)
        return hedui_cel_fail(HEDUI_CEL_ERROR_OVERLOAD);
    const type *t = operand->as.row.type;
    uint32_t field = field_index(e, n, t);
    if (field == NONE)
        return hedui_cel_fail(HEDUI_CEL_ERROR_KEY);
    if (operand->kind == HEDUI_CEL_CODE)
        return code_attribute(*operand, field, e->arena);
    return t->record->get(t->record->context, operand->as.row.object, operand->count, field,
                          e->arena);
}

static int is_missing(value v)
{
    return v.kind == HEDUI_CEL_ERROR &&
           (v.code == HEDUI_CEL_ERROR_KEY || v.code == HEDUI_CEL_ERROR_ABSENT ||
            v.code == HEDUI_CEL_ERROR_INDEX);
}

static value to_optional(evaluation *e, value v)
{
    if (is_missing(v))
        return hedui_cel_optional(NULL);
    if (undetermined(&v))
        return v;
    value *inner = hedui_arena_take(e->arena, sizeof *inner);
    if (!inner)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
    *inner = v;
    return hedui_cel_optional(inner);
}

value hedui_cel_select(evaluation *e, const value *operand, const node *n)
{
    int optional = (n->flags & FLAG_OPTIONAL) != 0;
    if (undetermined(operand))
        return *operand;
    if (operand->kind == HEDUI_CEL_OPTIONAL) {
        if (!operand->as.inner)
            return *operand;
        operand = operand->as.inner;
        optional = 1;
    }
    value v = read_field(e, operand, n);
    if (v.kind == HEDUI_CEL_ERROR && v.count == NONE)
        v.count = (uint32_t)(n - e->program->nodes);
    return optional ? to_optional(e, v) : v;
}

static value eval_select(evaluation *e, const node *n)
{
    value operand = hedui_cel_eval_node(e, child_of(e->program, n, 0));
    return hedui_cel_select(e, &operand, n);
}

static value eval_has(evaluation *e, const node *n)
{
    value operand = hedui_cel_eval_node(e, child_of(e->program, n, 0));
    if (undetermined(&operand))
        return operand;
    if (operand.kind == HEDUI_CEL_OPTIONAL) {
        if (!operand.as.inner)
            return truth(0);
        operand = *operand.as.inner;
    }
    value v = read_field(e, &operand, n);
    if (is_missing(v))
        return truth(0);
    if (v.kind == HEDUI_CEL_ERROR && v.count == NONE)
        v.count = (uint32_t)(n - e->program->nodes);
    return undetermined(&v) ? v : truth(1);
}

/* 1 and the position, or NONE if outside; 0 if it is no position at all. */
static int list_position(uint32_t *at, value list, value index)
{
    int order = 0;
    value length = hedui_cel_int(list.count);
    if (!hedui_cel_is_number(index) || !hedui_cel_number_compare(&order, index, length))
        return 0;
    *at = NONE;
    if (order >= 0 || (hedui_cel_number_compare(&order, index, hedui_cel_int(0)) && order < 0))
        return 1;
    if (index.kind == HEDUI_CEL_DOUBLE) {
        *at = (uint32_t)index.as.real;
        return (double)*at >= index.as.real;
    }
    *at = (uint32_t)index.as.natural;
    return 1;
}

value hedui_cel_index(evaluation *e, value operand, value index)
{
    if (operand.kind == HEDUI_CEL_LIST) {
        uint32_t at = 0;
        if (operand.code)
            return hedui_cel_partial_unknown(operand, e->arena);
        if (!list_position(&at, operand, index))
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
        return at == NONE ? hedui_cel_error_at(e, HEDUI_CEL_ERROR_INDEX) : operand.as.items[at];
    }
    if (operand.kind != HEDUI_CEL_MAP)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
    (void)hedui_cel_step(e, operand.count / 8);
    const hedui_cel_map_entry *entry = find_entry(operand, index);
    return entry ? entry->value : hedui_cel_error_at(e, HEDUI_CEL_ERROR_KEY);
}

static value eval_index(evaluation *e, const node *n, uint32_t at)
{
    int optional = (n->flags & FLAG_OPTIONAL) != 0;
    value operand = hedui_cel_eval_node(e, child_of(e->program, n, 0));
    if (undetermined(&operand))
        return operand;
    value index = hedui_cel_eval_node(e, child_of(e->program, n, 1));
    if (undetermined(&index))
        return index;
    if (operand.kind == HEDUI_CEL_OPTIONAL) {
        if (!operand.as.inner)
            return operand;
        operand = *operand.as.inner;
        optional = 1;
    }
    e->node = at;
    value v = hedui_cel_index(e, operand, index);
    return optional ? to_optional(e, v) : v;
}

/* --- literals --------------------------------------------------------------------------------- */

/* An entry written ?e: 1 and the value, 0 to leave it out, -1 if `v` is the result of the whole. */
static int entry_value(evaluation *e, value *v, uint32_t index)
{
    *v = hedui_cel_eval_node(e, index);
    if (hedui_cel_undetermined(*v))
        return -1;
    if (!(node_at(e->program, index)->flags & FLAG_ENTRY_OPTIONAL))
        return 1;
    if (v->kind != HEDUI_CEL_OPTIONAL) {
        *v = error_of(index, HEDUI_CEL_ERROR_OVERLOAD);
        return -1;
    }
    if (!v->as.inner)
        return 0;
    *v = *v->as.inner;
    return 1;
}

static value eval_list(evaluation *e, const node *n, uint32_t at)
{
    value *items = hedui_arena_array(e->arena, n->count, sizeof *items);
    value wrong = hedui_cel_null();
    uint32_t count = 0;
    if (!items)
        return error_of(at, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < n->count; i++) {
        value v;
        int used = entry_value(e, &v, child_of(e->program, n, i));
        if (used < 0)
            wrong = undetermined(&wrong) ? hedui_cel_unknown_or_error(e, wrong, v) : v;
        else if (used)
            items[count++] = v;
    }
    return undetermined(&wrong) ? wrong : hedui_cel_list(items, count);
}

static int is_key(value v)
{
    return v.kind == HEDUI_CEL_BOOL || v.kind == HEDUI_CEL_INT || v.kind == HEDUI_CEL_UINT ||
           v.kind == HEDUI_CEL_STRING;
}

static value eval_map(evaluation *e, const node *n, uint32_t at)
{
    hedui_cel_map_entry *entries = hedui_arena_array(e->arena, n->count / 2, sizeof *entries);
    uint32_t count = 0;
    if (!entries)
        return error_of(at, HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i + 1 < n->count; i += 2) {
        value key = hedui_cel_eval_node(e, child_of(e->program, n, i)), v;
        if (undetermined(&key))
            return key;
        if (!is_key(key))
            return error_of(at, HEDUI_CEL_ERROR_OVERLOAD);
        int used = entry_value(e, &v, child_of(e->program, n, i + 1));
        if (used < 0)
            return v;
        if (find_entry(hedui_cel_map(entries, count), key))
            return error_of(at, HEDUI_CEL_ERROR_REPEATED);
        if (used) {
            entries[count].key = key;
            entries[count++].value = v;
        }
    }
    return hedui_cel_map(entries, count);
}

/* --- operators -------------------------------------------------------------------------------- */

/* `settles` is the value of one side that decides: false for &&, true for ||. */
static value eval_logic(evaluation *e, const node *n, uint32_t at, int settles)
{
    value sides[2];
    for (uint32_t i = 0; i < 2; i++) {
        sides[i] = hedui_cel_eval_node(e, child_of(e->program, n, i));
        if (sides[i].kind == HEDUI_CEL_BOOL && sides[i].as.boolean == settles)
            return sides[i];
        if (sides[i].kind != HEDUI_CEL_BOOL && !hedui_cel_undetermined(sides[i]))
            sides[i] = error_of(at, HEDUI_CEL_ERROR_OVERLOAD);
    }
    if (sides[0].kind == HEDUI_CEL_BOOL)
        return sides[1];
    return sides[1].kind == HEDUI_CEL_BOOL ? sides[0]
                                           : hedui_cel_unknown_or_error(e, sides[0], sides[1]);
}

static value eval_choice(evaluation *e, const node *n, uint32_t at)
{
    value c = hedui_cel_eval_node(e, child_of(e->program, n, 0));
    if (undetermined(&c))
        return c;
    if (c.kind != HEDUI_CEL_BOOL)
        return error_of(at, HEDUI_CEL_ERROR_OVERLOAD);
    return hedui_cel_eval_node(e, child_of(e->program, n, c.as.boolean ? 1 : 2));
}

static int fits(const value *v, const type *t)
{
    return t->kind == v->kind || t->kind == HEDUI_CEL_DYN || t->kind == HEDUI_CEL_PARAM;
}

int hedui_cel_fits(value v, const type *t)
{
    return fits(&v, t);
}

static const overload *choose(const node *n, const value *args)
{
    int member = (n->flags & FLAG_MEMBER) != 0;
    for (const overload *o = n->overload; o; o = o->next) {
        uint32_t i = 0;
        if (o->member != member || o->parameter_count != n->count)
            continue;
        while (i < n->count && fits(&args[i], o->parameters[i]))
            i++;
        if (i == n->count)
            return o;
        if (n->decided)
            return NULL;
    }
    return NULL;
}

/* Numbers, texts and dates are known or not; what is inside these may be partly so. */
static int holds_others(const value *v)
{
    return v->kind == HEDUI_CEL_LIST || v->kind == HEDUI_CEL_MAP || v->kind == HEDUI_CEL_OPTIONAL;
}

static value eval_call(evaluation *e, const node *n, uint32_t at)
{
    value args[MAX_PARAMETERS], wrong = hedui_cel_null();
    if (!n->overload)
        return error_of(at, HEDUI_CEL_ERROR_FUNCTION);
    if (n->count > MAX_PARAMETERS)
        return error_of(at, HEDUI_CEL_ERROR_OVERLOAD);
    for (uint32_t i = 0; i < n->count; i++) {
        args[i] = hedui_cel_eval_node(e, child_of(e->program, n, i));
        if (args[i].kind == HEDUI_CEL_ERROR && wrong.kind != HEDUI_CEL_UNKNOWN)
            return args[i];
        if (args[i].kind == HEDUI_CEL_UNKNOWN)
            wrong = hedui_cel_unknown_merge(wrong, args[i], e->arena);
    }
    if (undetermined(&wrong))
        return wrong;
    const overload *o = choose(n, args);
    if (!o)
        return error_of(at, HEDUI_CEL_ERROR_OVERLOAD);
    for (uint32_t i = 0; i < n->count && !o->partial; i++)
        if (holds_others(&args[i]) && hedui_cel_is_partial(args[i]))
            wrong = hedui_cel_unknown_merge(wrong, hedui_cel_partial_unknown(args[i], e->arena),
                                            e->arena);
    if (undetermined(&wrong))
        return wrong;
    e->node = at;
    if (o->call)
        return o->call(e, args, n->count);
    if (!o->host || !o->host->call)
        return error_of(at, HEDUI_CEL_ERROR_FUNCTION);
    value v = o->host->call(o->host->context, e->input->user, args, e->arena);
    if (v.kind == HEDUI_CEL_ERROR && v.count == NONE)
        v.count = at;
    return v;
}

value hedui_cel_eval_node(evaluation *e, uint32_t index)
{
    const node *n = node_at(e->program, index);
    if (!take_steps(e, 1))
        return error_of(index, HEDUI_CEL_ERROR_LIMIT);
    switch ((op)n->op) {
    case OP_CONST:
        return n->constant;
    case OP_NAME:
        return error_of(index, HEDUI_CEL_ERROR_VARIABLE);
    case OP_SLOT:
        return hedui_cel_eval_slot(e, n->index);
    case OP_LOCAL:
        return eval_local(e, n);
    case OP_SELECT:
        return eval_select(e, n);
    case OP_HAS:
        return eval_has(e, n);
    case OP_INDEX:
        return eval_index(e, n, index);
    case OP_CALL:
        return eval_call(e, n, index);
    case OP_LIST:
        return eval_list(e, n, index);
    case OP_MAP:
        return eval_map(e, n, index);
    case OP_MESSAGE:
        return error_of(index, HEDUI_CEL_ERROR_FUNCTION);
    case OP_AND:
        return eval_logic(e, n, index, 0);
    case OP_OR:
        return eval_logic(e, n, index, 1);
    case OP_CHOICE:
        return eval_choice(e, n, index);
    case OP_MACRO:
        return hedui_cel_eval_macro(e, n);
    }
    return error_of(index, HEDUI_CEL_ERROR_OVERLOAD);
}

/* --- whole programs --------------------------------------------------------------------------- */

static value run(const hedui_cel_program *program, const hedui_cel_input *input, evaluation *outer,
                 hedui_arena *arena)
{
    value few[LOCALS_ON_STACK];
    evaluation e = {.program = program, .input = input, .arena = arena};
    e.max_steps = input->max_steps ? input->max_steps : program->env->options.max_steps;
    e.locals = few;
    if (outer) {
        e.steps = outer->steps;
        e.max_steps = outer->max_steps;
        e.definitions = outer->definitions + 1;
    }
    if (program->local_count > LOCALS_ON_STACK)
        e.locals = hedui_arena_array(arena, program->local_count, sizeof(value));
    if (!e.locals)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    value v = hedui_cel_eval_node(&e, program->root);
    if (e.steps > e.max_steps)
        v = error_of(program->root, HEDUI_CEL_ERROR_LIMIT);
    else if (v.kind == HEDUI_CEL_DECIMAL && program->rescale != NONE &&
             !hedui_cel_decimal_rescale(&v, program->rescale))
        v = error_of(program->root, HEDUI_CEL_ERROR_OVERFLOW);
    if (outer) {
        outer->steps = e.steps;
        outer->assumed |= e.assumed;
    }
    return v;
}

value hedui_cel_eval(const hedui_cel_program *program, const hedui_cel_input *input,
                     hedui_arena *arena)
{
    return run(program, input, NULL, arena);
}
