/* Calls: overloads in order of declaration, and what lies outside them: literals of decimals, dates
 * and codes, scales of decimal results, patterns. */
#include "cel/internal.h"

#include <hedui/date.h>

static node *get(compiler *c, uint32_t index)
{
    return &c->program->nodes[index];
}

static uint32_t argument(compiler *c, uint32_t call, uint32_t i)
{
    return child_of(c->program, get(c, call), i);
}

static const node *literal(compiler *c, uint32_t index, hedui_cel_kind kind)
{
    const node *n = get(c, index);
    return n->op == OP_CONST && n->constant.kind == kind ? n : NULL;
}

static const type *simple(hedui_cel_kind kind)
{
    return hedui_cel_type_simple(kind);
}

/* --- literals folded at load ------------------------------------------------------------------ */

static const type *folded(compiler *c, uint32_t call, value v, const type *t)
{
    node *n = get(c, call);
    n->op = OP_CONST;
    n->constant = v;
    n->count = 0;
    n->type = t;
    return t;
}

static const type *fold(compiler *c, uint32_t call)
{
    const node *n = get(c, call);
    if (n->count != 1 || (n->flags & FLAG_MEMBER))
        return NULL;
    const node *text = literal(c, argument(c, call, 0), HEDUI_CEL_STRING);
    if (!text)
        return NULL;
    hedui_span s = text->constant.as.text;
    value v;
    int32_t day;
    if (hedui_span_is(n->text, "dec")) {
        if (hedui_cel_decimal_parse(&v, s, NONE))
            return folded(c, call, v, hedui_cel_type_decimal(v.scale));
        report(c, text->begin, text->end, HEDUI_E3240, HEDUI_ARG_SPAN(s));
        return simple(HEDUI_CEL_DYN);
    }
    if (hedui_span_is(n->text, "date")) {
        if (hedui_date_parse_iso(&day, s))
            return folded(c, call, hedui_cel_date(day), simple(HEDUI_CEL_DATE));
        report(c, text->begin, text->end, HEDUI_E3232, HEDUI_ARG_SPAN(s));
        return simple(HEDUI_CEL_DATE);
    }
    if (hedui_span_is(n->text, "month")) {
        if (hedui_cel_month_parse(&v, s))
            return folded(c, call, v, simple(HEDUI_CEL_MONTH));
        report(c, text->begin, text->end, HEDUI_E3241, HEDUI_ARG_SPAN(s));
        return simple(HEDUI_CEL_MONTH);
    }
    return NULL;
}

/* --- codes ------------------------------------------------------------------------------------ */

static void want_code(compiler *c, const type *code, uint32_t index)
{
    const node *text = literal(c, index, HEDUI_CEL_STRING);
    nearest best;
    if (!text || hedui_cel_type_find_code(code, text->constant.as.text) != NONE)
        return;
    hedui_nearest_init(&best.near, text->constant.as.text);
    for (uint32_t i = 0; i < code->codes->code_count; i++)
        hedui_nearest_offer(&best.near, code->codes->codes[i]);
    report(c, text->begin, text->end, HEDUI_E3225, HEDUI_ARG_SPAN(code->name),
           HEDUI_ARG_SPAN(text->constant.as.text), HEDUI_ARG_SPAN(hedui_cel_nearest_text(&best)));
}

static int is_list_of(compiler *c, const type *t, hedui_cel_kind kind)
{
    return t->kind == HEDUI_CEL_LIST && hedui_cel_find(c, t->parameters[0])->kind == kind;
}

/* Codes beside texts: compared by the code's text, literals held against the list. */
static const type *check_codes(compiler *c, uint32_t call, const type *a, const type *b)
{
    const node *n = get(c, call);
    int same = hedui_span_is(n->text, "_==_") || hedui_span_is(n->text, "_!=_");
    if (same && a->kind == HEDUI_CEL_CODE && b->kind == HEDUI_CEL_STRING)
        want_code(c, a, argument(c, call, 1));
    else if (same && a->kind == HEDUI_CEL_STRING && b->kind == HEDUI_CEL_CODE)
        want_code(c, b, argument(c, call, 0));
    else if (hedui_span_is(n->text, "@in") && a->kind == HEDUI_CEL_CODE &&
             is_list_of(c, b, HEDUI_CEL_STRING)) {
        uint32_t list = argument(c, call, 1);
        for (uint32_t i = 0; get(c, list)->op == OP_LIST && i < get(c, list)->count; i++)
            want_code(c, a, argument(c, list, i));
    } else if (hedui_span_is(n->text, "@in") && a->kind == HEDUI_CEL_STRING &&
               is_list_of(c, b, HEDUI_CEL_CODE))
        want_code(c, hedui_cel_find(c, b->parameters[0]), argument(c, call, 0));
    else
        return NULL;
    return simple(HEDUI_CEL_BOOL);
}

/* --- overloads -------------------------------------------------------------------------------- */

static int fits(compiler *c, uint32_t call, const overload *o, const type *const *types, int coerce,
                const type **result)
{
    const node *n = get(c, call);
    const type *named[26] = {NULL};
    uint32_t mark = hedui_cel_trail_mark(c);
    if (o->member != ((n->flags & FLAG_MEMBER) != 0) || o->parameter_count != n->count)
        return 0;
    for (uint32_t i = 0; i < n->count; i++) {
        const type *wanted = hedui_cel_instantiate(c, o->parameters[i], named);
        const type *given = types[i];
        if (coerce && literal(c, argument(c, call, i), HEDUI_CEL_INT) &&
            (wanted->kind == HEDUI_CEL_DECIMAL || wanted->kind == HEDUI_CEL_PARAM))
            given = hedui_cel_type_decimal(0);
        if (!hedui_cel_assignable(c, given, wanted)) {
            hedui_cel_trail_undo(c, mark);
            return 0;
        }
    }
    *result = hedui_cel_substitute(c, hedui_cel_instantiate(c, o->result, named), 0);
    return 1;
}

static uint32_t scale_of(compiler *c, const type *t)
{
    t = hedui_cel_find(c, t);
    if (t->kind == HEDUI_CEL_LIST)
        t = hedui_cel_find(c, t->parameters[0]);
    if (t->kind == HEDUI_CEL_DYN)
        return ANY_SCALE;
    return t->kind == HEDUI_CEL_DECIMAL ? t->scale : 0;
}

static const type *scaled(compiler *c, uint32_t call, const overload *o, const type *const *types)
{
    uint32_t scale = 0, count = get(c, call)->count;
    if (o->rule == SCALE_LITERAL) {
        const node *places = NULL;
        for (uint32_t i = 0; i < count; i++)
            if (hedui_cel_find(c, types[i])->kind == HEDUI_CEL_INT && i > 0)
                places = get(c, argument(c, call, i));
        if (places && places->op == OP_CONST && places->constant.kind == HEDUI_CEL_INT &&
            places->constant.as.number >= 0 && places->constant.as.number <= 9)
            return hedui_cel_type_decimal((uint32_t)places->constant.as.number);
        if (!c->env->options.permissive)
            hedui_cel_report(c, get(c, call)->at, get(c, call)->at_end, HEDUI_E3242,
                             (const hedui_arg[]){HEDUI_ARG_END});
        return &hedui_cel_decimal_any;
    }
    for (uint32_t i = 0; i < count && o->rule != SCALE_ZERO; i++) {
        uint32_t s = scale_of(c, types[i]);
        if (s == ANY_SCALE)
            return &hedui_cel_decimal_any;
        scale = o->rule == SCALE_SUM ? scale + s : s > scale ? s : scale;
    }
    if (scale > 9) {
        report(c, get(c, call)->at, get(c, call)->at_end, HEDUI_E3235, HEDUI_ARG_NUMBER(9));
        scale = 9;
    }
    return hedui_cel_type_decimal(scale);
}

static const type *match(compiler *c, uint32_t call, const type *const *types, int coerce)
{
    const type *result = NULL;
    const overload *first = NULL, *o = get(c, call)->overload;
    int several = 0;
    for (; o; o = o->next) {
        const type *one = NULL;
        if (!fits(c, call, o, types, coerce, &one))
            continue;
        if (o->rule)
            one = scaled(c, call, o, types);
        several |= first != NULL;
        if (!first)
            first = o;
        if (!result)
            result = one;
        else if (result->kind != HEDUI_CEL_DYN && !hedui_cel_type_same(result, one))
            result = simple(HEDUI_CEL_DYN);
    }
    if (first && !several) {
        get(c, call)->overload = first;
        get(c, call)->decided = 1;
    }
    if (first && coerce)
        for (uint32_t i = 0; i < get(c, call)->count; i++)
            if (first->parameters[i]->kind == HEDUI_CEL_DECIMAL ||
                first->parameters[i]->kind == HEDUI_CEL_PARAM)
                (void)hedui_cel_literal_to_decimal(c, argument(c, call, i));
    return result;
}

static int contains_decimal(compiler *c, const type *t)
{
    t = hedui_cel_find(c, t);
    if (t->kind == HEDUI_CEL_LIST)
        t = hedui_cel_find(c, t->parameters[0]);
    return t->kind == HEDUI_CEL_DECIMAL;
}

static const type *no_match(compiler *c, uint32_t call, const type *const *types)
{
    const node *n = get(c, call);
    hedui_buffer buffer;
    int decimals = 0, doubles = 0;
    hedui_buffer_init(&buffer);
    for (uint32_t i = 0; i < n->count; i++) {
        decimals |= contains_decimal(c, types[i]);
        doubles |= hedui_cel_find(c, types[i])->kind == HEDUI_CEL_DOUBLE;
        if (i)
            hedui_buffer_text(&buffer, ", ");
        hedui_buffer_add(&buffer, hedui_cel_type_text(c, types[i]));
    }
    hedui_span name = n->text;
    if (name.length > 2 && name.at[0] == '_' && name.at[name.length - 1] == '_')
        name = span_between(name, 1, (uint32_t)name.length - 1);
    else if (name.length == 2 && name.at[1] == '_')
        name.length = 1;
    else if (name.length && name.at[0] == '@')
        name = span_between(name, 1, (uint32_t)name.length);
    if (decimals && doubles)
        hedui_cel_report(c, n->at, n->at_end, HEDUI_E3233, (const hedui_arg[]){HEDUI_ARG_END});
    else
        report(c, n->at, n->at_end, HEDUI_E3224, HEDUI_ARG_SPAN(name),
               HEDUI_ARG_SPAN(hedui_buffer_span(&buffer)));
    hedui_buffer_free(&buffer);
    return simple(HEDUI_CEL_DYN);
}

/* --- what a signature cannot say -------------------------------------------------------------- */

static void check_pattern(compiler *c, uint32_t call)
{
    uint32_t last = argument(c, call, get(c, call)->count - 1);
    const node *pattern = literal(c, last, HEDUI_CEL_STRING);
    const char *problem = NULL;
    if (!pattern) {
        if (!c->env->options.permissive)
            hedui_cel_report(c, get(c, last)->begin, get(c, last)->end, HEDUI_E3231,
                             (const hedui_arg[]){HEDUI_ARG_END});
        return;
    }
    const struct regex *regex =
        hedui_cel_regex_compile(pattern->constant.as.text, c->arena, &problem);
    if (!regex && !c->env->options.permissive)
        report(c, pattern->begin, pattern->end, HEDUI_E3230,
               HEDUI_ARG_SPAN(pattern->constant.as.text), HEDUI_ARG_TEXT(problem));
    get(c, call)->regex = regex;
}

static void check_rounding(compiler *c, uint32_t call, const type *const *types)
{
    const node *n = get(c, call);
    uint32_t last = argument(c, call, n->count - 1);
    if (hedui_cel_find(c, types[n->count - 1])->kind != HEDUI_CEL_STRING) {
        if (!c->env->options.rounding)
            hedui_cel_report(c, n->at, n->at_end, HEDUI_E3242, (const hedui_arg[]){HEDUI_ARG_END});
        return;
    }
    const node *mode = literal(c, last, HEDUI_CEL_STRING);
    if (mode && hedui_cel_rounding_mode(mode->constant.as.text) < 0)
        report(c, mode->begin, mode->end, HEDUI_E3238, HEDUI_ARG_SPAN(mode->constant.as.text));
    else if (!mode && !c->env->options.permissive)
        hedui_cel_report(c, get(c, last)->begin, get(c, last)->end, HEDUI_E3242,
                         (const hedui_arg[]){HEDUI_ARG_END});
}

static void check_special(compiler *c, uint32_t call, const type *const *types)
{
    const node *n = get(c, call);
    if (n->count && hedui_span_is(n->text, "matches"))
        check_pattern(c, call);
    else if (n->count && hedui_cel_find(c, types[0])->kind == HEDUI_CEL_DECIMAL &&
             (hedui_span_is(n->text, "round") || hedui_span_is(n->text, "div") ||
              hedui_span_is(n->text, "mul")))
        check_rounding(c, call, types);
    else if (!c->env->options.permissive && hedui_span_is(n->text, "dec") && n->count == 1 &&
             hedui_cel_find(c, types[0])->kind == HEDUI_CEL_STRING)
        hedui_cel_report(c, n->at, n->at_end, HEDUI_E3242, (const hedui_arg[]){HEDUI_ARG_END});
}

const type *hedui_cel_check_call(compiler *c, uint32_t call)
{
    uint32_t count = get(c, call)->count;
    const type **types = hedui_arena_array(c->arena, count + 1u, sizeof *types);
    int decimals = 0;
    if (!types) {
        hedui_cel_report_memory(c);
        return simple(HEDUI_CEL_DYN);
    }
    for (uint32_t i = 0; i < count; i++) {
        types[i] = hedui_cel_check_node(c, argument(c, call, i));
        decimals |= contains_decimal(c, types[i]);
    }
    if (!get(c, call)->overload)
        return simple(HEDUI_CEL_DYN); /* reported when it was resolved */
    const type *result = fold(c, call);
    if (!result && count == 2)
        result = check_codes(c, call, hedui_cel_find(c, types[0]), hedui_cel_find(c, types[1]));
    if (result)
        return result;
    result = match(c, call, types, 0);
    if (!result && decimals)
        result = match(c, call, types, 1);
    if (!result)
        return no_match(c, call, types);
    check_special(c, call, types);
    return result;
}
