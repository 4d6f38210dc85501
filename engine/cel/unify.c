/* Types with free variables: what each variable stands for is kept in an array of the compilation,
 * with a trail for going back when an overload does not fit.
 *
 * The rules follow the reference checker: a variable takes the more general of two types that fit
 * each other; dyn fits everything; null fits whatever can be missing. */
#include "cel/internal.h"

const type *hedui_cel_fresh(compiler *c)
{
    if (c->bound_count + 1 >= c->bound_capacity) {
        uint32_t more = c->bound_capacity ? c->bound_capacity * 2 : 64;
        const type **bigger = hedui_arena_array(c->arena, more, sizeof *bigger);
        if (!bigger) {
            hedui_cel_report_memory(c);
            return hedui_cel_type_simple(HEDUI_CEL_DYN);
        }
        if (c->bound_count)
            memcpy(bigger, c->bound, (size_t)(c->bound_count + 1) * sizeof *bigger);
        c->bound = bigger;
        c->bound_capacity = more;
    }
    const type *t = hedui_cel_type_variable(c->arena, ++c->bound_count);
    c->bound[c->bound_count] = NULL;
    return t ? t : hedui_cel_type_simple(HEDUI_CEL_DYN);
}

/* Follow a variable to what it stands for; a free one stands for itself. */
const type *hedui_cel_find(compiler *c, const type *t)
{
    while (t->kind == HEDUI_CEL_PARAM && t->variable && c->bound[t->variable])
        t = c->bound[t->variable];
    return t;
}

static void bind(compiler *c, uint32_t number, const type *t)
{
    if (c->trail_count + 2 > c->trail_capacity) {
        uint32_t more = c->trail_capacity ? c->trail_capacity * 2 : 128;
        uint32_t *bigger = hedui_arena_array(c->arena, more, sizeof *bigger);
        const type **old = hedui_arena_array(c->arena, more, sizeof *old);
        if (!bigger || !old) {
            hedui_cel_report_memory(c);
            return;
        }
        if (c->trail_count) {
            memcpy(bigger, c->trail, c->trail_count * sizeof *bigger);
            memcpy(old, c->trail_old, c->trail_count * sizeof *old);
        }
        c->trail = bigger;
        c->trail_old = old;
        c->trail_capacity = more;
    }
    c->trail[c->trail_count] = number;
    c->trail_old[c->trail_count++] = c->bound[number];
    c->bound[number] = t;
}

uint32_t hedui_cel_trail_mark(compiler *c)
{
    return c->trail_count;
}

void hedui_cel_trail_undo(compiler *c, uint32_t mark)
{
    while (c->trail_count > mark) {
        c->trail_count--;
        c->bound[c->trail[c->trail_count]] = c->trail_old[c->trail_count];
    }
}

static int occurs(compiler *c, uint32_t number, const type *t)
{
    t = hedui_cel_find(c, t);
    if (t->kind == HEDUI_CEL_PARAM)
        return t->variable == number;
    for (uint32_t i = 0; i < t->parameter_count; i++)
        if (occurs(c, number, t->parameters[i]))
            return 1;
    return 0;
}

static int nullable(const type *t)
{
    return t->kind == HEDUI_CEL_NULL || t->kind == HEDUI_CEL_TIMESTAMP ||
           t->kind == HEDUI_CEL_DURATION || t->kind == HEDUI_CEL_OPTIONAL ||
           t->kind == HEDUI_CEL_ABSTRACT;
}

/* 1 if a says no more than b: dyn and variables say least, larger scales hold smaller ones. */
static int no_more_specific(compiler *c, const type *a, const type *b)
{
    a = hedui_cel_find(c, a);
    b = hedui_cel_find(c, b);
    if (a->kind == HEDUI_CEL_DYN || a->kind == HEDUI_CEL_PARAM)
        return 1;
    if (b->kind == HEDUI_CEL_DYN || b->kind == HEDUI_CEL_PARAM)
        return 0;
    if (a->kind == HEDUI_CEL_DECIMAL && b->kind == HEDUI_CEL_DECIMAL)
        return a->scale >= b->scale;
    if (b->kind == HEDUI_CEL_NULL)
        return nullable(a);
    if (a->kind != b->kind || a->parameter_count != b->parameter_count)
        return 0;
    if (a->kind == HEDUI_CEL_TYPE)
        return 1;
    if (!a->parameter_count)
        return hedui_cel_type_same(a, b);
    for (uint32_t i = 0; i < a->parameter_count; i++)
        if (!no_more_specific(c, a->parameters[i], b->parameters[i]))
            return 0;
    return 1;
}

static const type *more_general(compiler *c, const type *a, const type *b)
{
    return no_more_specific(c, a, b) ? a : b;
}

/* May `variable` stand for t, given what it stands for already? */
static int substitute(compiler *c, const type *t, const type *free)
{
    const type *now = c->bound[free->variable];
    if (t->kind == HEDUI_CEL_PARAM && t->variable == free->variable)
        return 1;
    if (!now) {
        if (occurs(c, free->variable, t))
            return 0;
        bind(c, free->variable, t);
        return 1;
    }
    if (hedui_cel_type_same(t, now))
        return 1;
    if (t->kind == HEDUI_CEL_DECIMAL && now->kind == HEDUI_CEL_DECIMAL) {
        if (t->scale > now->scale) /* amounts compare at the larger scale */
            bind(c, free->variable, t);
        return 1;
    }
    if (!hedui_cel_assignable(c, t, now))
        return 0;
    const type *both = more_general(c, t, now);
    if (both != now && !occurs(c, free->variable, both))
        bind(c, free->variable, both);
    return 1;
}

int hedui_cel_assignable(compiler *c, const type *from, const type *to)
{
    if (to->kind == HEDUI_CEL_PARAM && to->variable) {
        if (substitute(c, from, to))
            return 1;
        if (c->bound[to->variable])
            return 0;
    }
    if (from->kind == HEDUI_CEL_PARAM && from->variable)
        return substitute(c, to, from);
    if (from->kind == HEDUI_CEL_DYN || to->kind == HEDUI_CEL_DYN)
        return 1;
    if (from->kind == HEDUI_CEL_NULL || to->kind == HEDUI_CEL_NULL)
        return nullable(from->kind == HEDUI_CEL_NULL ? to : from);
    if (from->kind == HEDUI_CEL_DECIMAL && to->kind == HEDUI_CEL_DECIMAL)
        return from->scale <= to->scale || from->scale == ANY_SCALE;
    if (from->kind != to->kind)
        return 0;
    if (from->kind == HEDUI_CEL_TYPE)
        return 1;
    if (from->kind == HEDUI_CEL_ABSTRACT && !hedui_span_equal(from->name, to->name))
        return 0;
    if (from->parameter_count != to->parameter_count)
        return 0;
    if (!from->parameter_count)
        return hedui_cel_type_same(from, to);
    for (uint32_t i = 0; i < from->parameter_count; i++)
        if (!hedui_cel_assignable(c, from->parameters[i], to->parameters[i]))
            return 0;
    return 1;
}

const type *hedui_cel_join(compiler *c, const type *a, const type *b)
{
    if (!a)
        return b;
    uint32_t mark = hedui_cel_trail_mark(c);
    if (hedui_cel_assignable(c, a, b))
        return more_general(c, a, b);
    hedui_cel_trail_undo(c, mark);
    if (hedui_cel_assignable(c, b, a)) /* decimals of a smaller scale */
        return more_general(c, a, b);
    hedui_cel_trail_undo(c, mark);
    return hedui_cel_type_simple(HEDUI_CEL_DYN);
}

static const type *rebuild(compiler *c, const type *t, const type *const *parts)
{
    const type *made = NULL;
    if (t->kind == HEDUI_CEL_LIST)
        made = hedui_cel_type_list(c->arena, parts[0]);
    else if (t->kind == HEDUI_CEL_MAP)
        made = hedui_cel_type_map(c->arena, parts[0], parts[1]);
    else if (t->kind == HEDUI_CEL_OPTIONAL)
        made = hedui_cel_type_optional(c->arena, parts[0]);
    else if (t->kind == HEDUI_CEL_TYPE)
        made = hedui_cel_type_type(c->arena, parts[0]);
    else
        made = hedui_cel_type_abstract(c->arena, t->name, parts, t->parameter_count);
    return made ? made : hedui_cel_type_simple(HEDUI_CEL_DYN);
}

const type *hedui_cel_substitute(compiler *c, const type *t, int free_to_dyn)
{
    const type *parts[3];
    int changed = 0;
    t = hedui_cel_find(c, t);
    if (t->kind == HEDUI_CEL_PARAM)
        return free_to_dyn ? hedui_cel_type_simple(HEDUI_CEL_DYN) : t;
    for (uint32_t i = 0; i < t->parameter_count; i++) {
        parts[i] = hedui_cel_substitute(c, t->parameters[i], free_to_dyn);
        changed |= parts[i] != t->parameters[i];
    }
    return changed ? rebuild(c, t, parts) : t;
}

/* A signature's type with its named parameters replaced by fresh variables, the same letter by the
 * same variable; `named` has room for 26 letters and other names share one by their initial. */
const type *hedui_cel_instantiate(compiler *c, const type *t, const type **named)
{
    const type *parts[3];
    int changed = 0;
    if (t->kind == HEDUI_CEL_PARAM && !t->variable) {
        unsigned letter = t->name.length ? ((unsigned char)t->name.at[0] | 0x20u) - 'a' : 0;
        letter %= 26;
        if (!named[letter])
            named[letter] = hedui_cel_fresh(c);
        return named[letter];
    }
    for (uint32_t i = 0; i < t->parameter_count; i++) {
        parts[i] = hedui_cel_instantiate(c, t->parameters[i], named);
        changed |= parts[i] != t->parameters[i];
    }
    return changed ? rebuild(c, t, parts) : t;
}
