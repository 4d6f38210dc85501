/* Values of a pack: named once, computed where a rule asks. Household values are ordered by their
 * use of each other before they are compiled, because each may only see those before it; the
 * others are fields whose types are declared; rings among them are looked for by value_ring.c. */
#include "rule/making.h"

static const hedui_arg no_argument = HEDUI_ARG_END;

const hedui_cel_type *hedui_making_type(hedui_span name)
{
    static const struct {
        const char *name;
        hedui_cel_kind kind;
    } names[] = {{"bool", HEDUI_CEL_BOOL},     {"integer", HEDUI_CEL_INT},
                 {"string", HEDUI_CEL_STRING}, {"date", HEDUI_CEL_DATE},
                 {"month", HEDUI_CEL_MONTH},   {"period", HEDUI_CEL_PERIOD}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hedui_span_is(name, names[i].name))
            return hedui_cel_type_simple(names[i].kind);
    if (name.length == 10 && memcmp(name.at, "decimal(", 8) == 0 && name.at[8] >= '0' &&
        name.at[8] <= '9' && name.at[9] == ')')
        return hedui_cel_type_decimal((uint32_t)(name.at[8] - '0'));
    return NULL;
}

hedui_status hedui_making_value_fault(hedui_making *m, const hedui_value *v, hedui_status number,
                                      hedui_span arg)
{
    return hedui_making_fault(m, v->pack->yaml, v->text->node, number,
                              (hedui_arg)HEDUI_ARG_SPAN(arg), no_argument);
}

const hedui_yaml_node *hedui_making_expression(const hedui_value *v, uint32_t index)
{
    const hedui_value_line_text *lines = v->text->breakdown.items;
    if (v->text->is)
        return index ? NULL : v->text->is;
    return index < v->text->breakdown.count ? lines[index].is : NULL;
}

const hedui_cel_program *hedui_value_program(const hedui_value *v, uint32_t index)
{
    if (v->program)
        return index ? NULL : v->program;
    return index < v->line_count ? v->lines[index].program : NULL;
}

/* Each line by itself, so that each keeps its own figure. */
static hedui_status compile_lines(hedui_value *v, hedui_making *m, const hedui_cel_env *env,
                                  const hedui_cel_type *expected)
{
    const hedui_value_line_text *texts = v->text->breakdown.items;
    hedui_value_line *lines = hedui_arena_array(m->arena, v->text->breakdown.count, sizeof *lines);
    int rounded = v->text->rounding_scale >= 0;
    if (!lines)
        return hedui_fail_memory(m->err);
    const hedui_cel_type *each = rounded ? NULL : expected; /* the first line's unless said */
    for (uint32_t i = 0; i < v->text->breakdown.count; i++) {
        lines[i].text = &texts[i];
        hedui_status status =
            hedui_making_compile(&lines[i].program, m, env, v->pack->yaml, texts[i].is, each);
        if (status)
            return status;
        each = hedui_cel_program_type(lines[i].program);
        if (hedui_cel_type_kind(each) != HEDUI_CEL_DECIMAL &&
            (rounded || hedui_cel_type_kind(each) != HEDUI_CEL_INT))
            return hedui_making_fault(m, v->pack->yaml, texts[i].is, HEDUI_E3047,
                                      (hedui_arg)HEDUI_ARG_SPAN(texts[i].title), no_argument);
    }
    v->lines = lines;
    v->line_count = v->text->breakdown.count;
    v->type = each;
    return HEDUI_OK;
}

/* What is rounded is an amount; its type is then the one that the rounding says. */
static hedui_status check_rounding(hedui_value *v, hedui_making *m, const hedui_cel_type *expected)
{
    hedui_cel_value probe = hedui_cel_decimal(0, 0);
    const hedui_yaml_node *at = hedui_yaml_find(v->text->node, "rounding");
    hedui_buffer shown;
    hedui_status status = HEDUI_OK;
    if (v->text->rounding_scale > 9 ||
        !hedui_cel_decimal_round(&probe, 0, v->text->rounding_mode.at))
        return hedui_making_fault(m, v->pack->yaml, at, HEDUI_E3032,
                                  (hedui_arg)HEDUI_ARG_SPAN(v->text->rounding_mode), no_argument);
    hedui_buffer_init(&shown);
    hedui_cel_type_print(&shown, v->type);
    if (hedui_cel_type_kind(v->type) != HEDUI_CEL_DECIMAL)
        status =
            hedui_making_fault(m, v->pack->yaml, at, HEDUI_E3048,
                               (hedui_arg)HEDUI_ARG_SPAN(hedui_buffer_span(&shown)), no_argument);
    hedui_buffer_free(&shown);
    v->type = hedui_cel_type_decimal((uint32_t)v->text->rounding_scale);
    if (!status && expected && !hedui_cel_type_same(expected, v->type))
        status = hedui_making_fault(m, v->pack->yaml, at, HEDUI_E3049,
                                    (hedui_arg)HEDUI_ARG_SPAN(v->text->type), no_argument);
    return status;
}

static hedui_status compile_value(hedui_value *v, hedui_making *m, const hedui_cel_env *env,
                                  const hedui_cel_type *expected)
{
    int rounded = v->text->rounding_scale >= 0;
    hedui_status status;
    if (v->text->breakdown.count) {
        status = compile_lines(v, m, env, expected);
    } else {
        status = hedui_making_compile(&v->program, m, env, v->pack->yaml, v->text->is,
                                      rounded ? NULL : expected);
        if (!status)
            v->type = expected && !rounded ? expected : hedui_cel_program_type(v->program);
    }
    return status || !rounded ? status : check_rounding(v, m, expected);
}

/* Which household values a definition names. */
typedef struct name_search {
    hedui_making *m;
    uint64_t found; /* bit by position among all household values */
    uint32_t count;
} name_search;

/* A parameter that varies with the size of the household rests on the value of that name. */
static hedui_span size_behind(const hedui_making *m, hedui_span name)
{
    for (uint32_t i = 0; i < m->book->parameter_count; i++) {
        hedui_span own = m->parameter_names[i];
        if (m->book->parameters[i]->sized && name.length >= own.length &&
            memcmp(name.at, own.at, own.length) == 0 &&
            (name.length == own.length || name.at[own.length] == '.'))
            return hedui_span_of("household_size");
    }
    return name;
}

static void note_name(void *context, hedui_span name)
{
    name_search *s = context;
    name = size_behind(s->m, name);
    const char *dot = memchr(name.at, '.', name.length);
    if (dot)
        name.length = (size_t)(dot - name.at);
    for (uint32_t i = 0; i < s->count; i++)
        if (hedui_span_equal(s->m->household[i].text->id, name))
            s->found |= UINT64_C(1) << i;
}

static hedui_status names_used(uint64_t *found, hedui_making *m, const hedui_value *v,
                               uint32_t count)
{
    name_search search = {m, 0, count};
    hedui_notes notes = {hedui_making_note, m};
    const hedui_yaml_node *node;
    for (uint32_t i = 0; (node = hedui_making_expression(v, i)); i++) {
        hedui_cel_source source = hedui_making_source(v->pack->yaml, node);
        hedui_status status = hedui_cel_names(&source, note_name, &search, m->arena, &notes);
        if (status) /* a fault was noted, want of memory perhaps not */
            return status == HEDUI_E1001 ? hedui_fail_memory(m->err) : status;
    }
    *found = search.found;
    return HEDUI_OK;
}

/* What is left uses itself: follow the uses until one comes again, and name the ring. */
static hedui_status name_ring(hedui_making *m, const uint64_t *uses, uint64_t done)
{
    enum { MOST = 64 };
    uint32_t path[MOST + 1], seen[MOST] = {0}, steps = 0, at = 0;
    while (done >> at & 1)
        at++;
    for (; !seen[at]; at = (uint32_t)__builtin_ctzll(uses[at] & ~done)) {
        path[steps] = at;
        seen[at] = ++steps;
    }
    path[steps] = at;
    hedui_buffer ring;
    hedui_buffer_init(&ring);
    for (uint32_t i = seen[at] - 1; i <= steps; i++) {
        hedui_buffer_text(&ring, i == seen[at] - 1 ? "" : " → ");
        hedui_buffer_add(&ring, m->household[path[i]].text->id);
    }
    hedui_status status =
        hedui_making_fault(m, m->household[at].pack->yaml, m->household[at].text->node, HEDUI_E3010,
                           (hedui_arg)HEDUI_ARG_SPAN(m->household[at].text->id),
                           (hedui_arg)HEDUI_ARG_SPAN(hedui_buffer_span(&ring)));
    hedui_buffer_free(&ring);
    return status;
}

/* Move the values that use nothing uncompiled to the front, one after another; what is left when
 * none can be moved uses itself. */
hedui_status hedui_making_household_values(hedui_making *m, uint32_t count)
{
    enum { MOST = 64 };
    uint64_t uses[MOST] = {0}, done = 0;
    uint32_t order[MOST];
    if (count > MOST)
        return hedui_fail(m->err, HEDUI_E1005, hedui_place_none(), HEDUI_ARG_TEXT("values"),
                          HEDUI_ARG_NUMBER(count), HEDUI_ARG_NUMBER(MOST));
    for (uint32_t i = 0; i < count; i++) {
        hedui_status status = names_used(&uses[i], m, &m->household[i], count);
        if (status)
            return status;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < count && next == UINT32_MAX; i++)
            if (!(done >> i & 1) && !(uses[i] & ~done))
                next = i;
        if (next == UINT32_MAX)
            return name_ring(m, uses, done);
        done |= UINT64_C(1) << next;
        order[n] = next;
    }
    hedui_value *sorted = hedui_arena_array(m->arena, count, sizeof *sorted);
    if (!sorted)
        return hedui_fail_memory(m->err);
    for (uint32_t n = 0; n < count; n++)
        sorted[n] = m->household[order[n]];
    m->household = sorted;
    for (uint32_t n = 0; n < count; n++) {
        hedui_cel_env *env = hedui_making_env(m);
        if (!env)
            return hedui_fail_memory(m->err);
        if (hedui_cel_env_find(env, sorted[n].text->id) != UINT32_MAX)
            return hedui_making_value_fault(m, &sorted[n], HEDUI_E3020, sorted[n].text->id);
        const hedui_cel_type *expected =
            sorted[n].text->type.length ? hedui_making_type(sorted[n].text->type) : NULL;
        hedui_status status = compile_value(&sorted[n], m, env, expected);
        if (status)
            return status;
        m->household_ready++;
    }
    m->book->household_values = sorted;
    m->book->household_value_count = count;
    return HEDUI_OK;
}

static hedui_status compile_own(hedui_value *v, hedui_making *m, const char *name,
                                const hedui_cel_type *type, const char *doc)
{
    hedui_cel_env *env = hedui_making_env(m);
    if (!env)
        return hedui_fail_memory(m->err);
    v->own_slot = hedui_cel_env_variable(env, hedui_span_of(name), type, doc);
    return compile_value(v, m, env, hedui_making_type(v->text->type));
}

hedui_status hedui_making_other_values(hedui_making *m)
{
    const hedui_catalogue *c = m->book->catalogue;
    hedui_status status = HEDUI_OK;
    if (m->book->supporter_value_count && c->supporters == UINT32_MAX)
        return hedui_making_value_fault(m, m->supporter, HEDUI_E4014,
                                        hedui_span_of(HEDUI_CASELOAD_SUPPORTERS));
    for (uint32_t i = 0; i < m->book->member_value_count && !status; i++)
        status = compile_own(&m->member[i], m, "m", c->member_type, "这位成员");
    for (uint32_t i = 0; i < m->book->supporter_value_count && !status; i++)
        status = compile_own(&m->supporter[i], m, "o", c->row_types[c->supporters], "这位义务人");
    m->book->member_values = m->member;
    m->book->supporter_values = m->supporter;
    return status;
}
