/* From text to program: parse, resolve names, check types, guards and cost. */
#include "cel/internal.h"

static int start(compiler *c, const hedui_cel_env *env, const hedui_cel_source *source,
                 hedui_arena *arena, const hedui_notes *notes)
{
    memset(c, 0, sizeof *c);
    c->env = env;
    c->arena = arena;
    c->notes = notes;
    c->program = hedui_arena_take(arena, sizeof *c->program);
    if (!c->program)
        return 0;
    c->program->env = env;
    c->program->source = *source;
    c->program->source.text = hedui_arena_copy(arena, source->text);
    c->program->rescale = NONE;
    if (source->file)
        c->program->source.file = hedui_arena_copy(arena, hedui_span_of(source->file)).at;
    return c->program->source.text.at && (!source->file || c->program->source.file);
}

static void check_all(compiler *c, const type *expected)
{
    hedui_cel_resolve(c);
    if (c->env->options.unchecked)
        return;
    hedui_cel_check(c, expected);
    if (c->errors)
        return;
    if (!c->env->options.permissive && !c->template)
        hedui_cel_guard(c);
    hedui_cel_collect_uses(c);
    hedui_cel_cost(c);
    if (!c->env->options.permissive && !c->template && !c->errors)
        hedui_cel_advise(c);
}

hedui_status hedui_cel_compile_as(const hedui_cel_program **program, const hedui_cel_env *env,
                                  const hedui_cel_source *source, const type *expected,
                                  int template, hedui_arena *arena, const hedui_notes *notes)
{
    /* the scope table is too large for the stacks of small threads */
    compiler *c = hedui_arena_take(arena, sizeof *c);
    if (!c || !start(c, env, source, arena, notes)) {
        if (notes && notes->add) {
            hedui_err err;
            hedui_err_init(&err);
            (void)hedui_fail_memory(&err);
            notes->add(notes->context, &err);
        }
        return HEDUI_E1001;
    }
    c->template = template;
    c->program->root = hedui_cel_parse(c);
    if (c->status == HEDUI_OK)
        check_all(c, expected);
    if (c->status != HEDUI_OK)
        return c->status;
    *program = c->program;
    return HEDUI_OK;
}

hedui_status hedui_cel_compile(const hedui_cel_program **program, const hedui_cel_env *env,
                               const hedui_cel_source *source, const type *expected,
                               hedui_arena *arena, const hedui_notes *notes)
{
    return hedui_cel_compile_as(program, env, source, expected, 0, arena, notes);
}

const type *hedui_cel_program_type(const hedui_cel_program *program)
{
    return program->type ? program->type : hedui_cel_type_simple(HEDUI_CEL_DYN);
}

uint64_t hedui_cel_program_cost(const hedui_cel_program *program)
{
    return program->cost;
}

hedui_span hedui_cel_program_text(const hedui_cel_program *program)
{
    return program->source.text;
}

int hedui_cel_program_constant(value *v, const hedui_cel_program *program)
{
    const node *n = node_at(program, program->root);
    if (n->op != OP_CONST)
        return 0;
    value constant = n->constant;
    if (program->rescale != NONE && !hedui_cel_decimal_rescale(&constant, program->rescale))
        return 0;
    *v = constant;
    return 1;
}

int hedui_cel_program_use(hedui_cel_use *use, const hedui_cel_program *program, uint32_t index)
{
    if (index >= program->use_count)
        return 0;
    *use = program->uses[index];
    return 1;
}

/* --- what a program reads --------------------------------------------------------------------- */

static int same_use(const hedui_cel_use *a, const hedui_cel_use *b)
{
    return a->record == b->record && (a->record ? a->field == b->field : a->slot == b->slot);
}

static void add_use(hedui_cel_program *program, hedui_cel_use use)
{
    for (uint32_t i = 0; i < program->use_count; i++)
        if (same_use(&program->uses[i], &use))
            return;
    program->uses[program->use_count++] = use;
}

static void collect(hedui_cel_program *program, uint32_t index)
{
    const node *n = node_at(program, index);
    for (uint32_t i = 0; i < n->count; i++)
        collect(program, child_of(program, n, i));
    hedui_cel_use use = {.slot = n->index, .field = n->index, .node = index};
    if (n->op == OP_SLOT) {
        add_use(program, use);
    } else if ((n->op == OP_SELECT || n->op == OP_HAS) && n->index != NONE) {
        const type *t = node_at(program, child_of(program, n, 0))->type;
        use.record = t->kind == HEDUI_CEL_OPTIONAL ? t->parameters[0] : t;
        add_use(program, use);
    }
}

void hedui_cel_collect_uses(compiler *c)
{
    c->program->uses = hedui_arena_array(c->arena, c->program->node_count, sizeof(hedui_cel_use));
    if (!c->program->uses) {
        hedui_cel_report_memory(c);
        return;
    }
    collect(c->program, c->program->root);
}

/* --- names alone ------------------------------------------------------------------------------ */

typedef struct name_walk {
    const hedui_cel_program *program;
    void (*found)(void *context, hedui_span name);
    void *context;
    hedui_span scope[2 * MAX_DEPTH];
    uint32_t scope_count;
} name_walk;

static void walk(name_walk *w, uint32_t index);

/* A chain of names, the function's own included: param.x.at(...) uses param.x.at. */
static int chain(name_walk *w, uint32_t index, hedui_span more)
{
    const node *n = node_at(w->program, index);
    uint32_t begin, end = n->end;
    while (n->op == OP_SELECT && !(n->flags & (FLAG_OPTIONAL | FLAG_QUOTED)))
        n = node_at(w->program, child_of(w->program, n, 0));
    if (n->op != OP_NAME)
        return 0;
    begin = n->begin + ((n->flags & FLAG_ROOTED) != 0);
    for (uint32_t i = 0; i < w->scope_count && !(n->flags & FLAG_ROOTED); i++)
        if (hedui_span_equal(w->scope[i], n->text))
            return 1;
    if (more.length)
        end = (uint32_t)(more.at - w->program->source.text.at) + (uint32_t)more.length;
    w->found(w->context, span_between(w->program->source.text, begin, end));
    return 1;
}

static void walk(name_walk *w, uint32_t index)
{
    const node *n = node_at(w->program, index);
    hedui_span none = {"", 0};
    uint32_t before = w->scope_count;
    if ((n->op == OP_NAME || n->op == OP_SELECT) && chain(w, index, none))
        return;
    if (n->op == OP_CALL && (n->flags & FLAG_MEMBER))
        (void)chain(w, child_of(w->program, n, 0), n->text);
    for (uint32_t i = 0; i < n->count; i++) {
        if (i == 1 && n->op == OP_MACRO && n->macro != MACRO_ASSUME) {
            w->scope[w->scope_count++] = n->text;
            if (n->flags & FLAG_TWO)
                w->scope[w->scope_count++] = n->text2;
        }
        walk(w, child_of(w->program, n, i));
    }
    w->scope_count = before;
}

hedui_status hedui_cel_names(const hedui_cel_source *source,
                             void (*found)(void *context, hedui_span name), void *context,
                             hedui_arena *arena, const hedui_notes *notes)
{
    compiler *c = hedui_arena_take(arena, sizeof *c);
    name_walk *w = hedui_arena_take(arena, sizeof *w);
    if (!c || !w || !start(c, NULL, source, arena, notes))
        return HEDUI_E1001;
    c->program->root = hedui_cel_parse(c);
    if (c->status != HEDUI_OK)
        return c->status;
    w->program = c->program;
    w->found = found;
    w->context = context;
    walk(w, c->program->root);
    return HEDUI_OK;
}
