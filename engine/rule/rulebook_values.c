/* Values of a pack: named once, computed where a rule asks. Household values are ordered by their
 * use of each other before they are compiled, because each may only see those before it; member
 * values are fields whose types are declared, so only a circle among them has to be looked for. */
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

/* `(is).round(scale, "mode")`, its first column moved by the bracket so that places stay true. */
static hedui_status compile_value(hedui_value *v, hedui_making *m, const hedui_cel_env *env,
                                  const hedui_cel_type *expected)
{
    hedui_yaml_node node = *v->text->is;
    hedui_buffer text;
    if (v->text->rounding_scale < 0)
        return hedui_making_compile(&v->program, m, env, v->pack->yaml, &node, expected);
    hedui_buffer_init(&text);
    hedui_buffer_byte(&text, '(');
    hedui_buffer_add(&text, node.text);
    hedui_buffer_format(&text, ").round(%d, \"%.*s\")", (int)v->text->rounding_scale,
                        (int)v->text->rounding_mode.length, v->text->rounding_mode.at);
    node.text = hedui_buffer_span(&text);
    node.body_column -= node.body_column > 1;
    hedui_status status =
        hedui_buffer_failed(&text)
            ? hedui_fail_memory(m->err)
            : hedui_making_compile(&v->program, m, env, v->pack->yaml, &node, expected);
    hedui_buffer_free(&text);
    return status;
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
        name_search search = {m, 0, count};
        hedui_notes notes = {hedui_making_note, m};
        hedui_cel_source source =
            hedui_making_source(m->household[i].pack->yaml, m->household[i].text->is);
        hedui_status status = hedui_cel_names(&source, note_name, &search, m->arena, &notes);
        if (status)
            return status;
        uses[i] = search.found;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < count && next == UINT32_MAX; i++)
            if (!(done >> i & 1) && !(uses[i] & ~done))
                next = i;
        if (next == UINT32_MAX) {
            for (next = 0; done >> next & 1;)
                next++;
            return hedui_making_value_fault(m, &m->household[next], HEDUI_E3010,
                                            m->household[next].text->id);
        }
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

/* 1 if member value `from` reaches `target` through the fields that programs read. */
static int reaches(const hedui_making *m, uint32_t from, uint32_t target, uint32_t steps)
{
    hedui_cel_use use;
    if (steps > m->book->member_value_count)
        return 1;
    for (uint32_t i = 0; hedui_cel_program_use(&use, m->member[from].program, i); i++) {
        if (use.record != m->book->catalogue->member_type ||
            use.field < m->book->catalogue->member_values)
            continue;
        uint32_t next = use.field - m->book->catalogue->member_values;
        if (next == target || reaches(m, next, target, steps + 1))
            return 1;
    }
    return 0;
}

hedui_status hedui_making_member_values(hedui_making *m)
{
    uint32_t count = m->book->member_value_count;
    for (uint32_t i = 0; i < count; i++) {
        hedui_cel_env *env = hedui_making_env(m);
        if (!env)
            return hedui_fail_memory(m->err);
        m->member[i].member_slot = hedui_cel_env_variable(
            env, hedui_span_of("m"), m->book->catalogue->member_type, "这位成员");
        hedui_status status =
            compile_value(&m->member[i], m, env, hedui_making_type(m->member[i].text->type));
        if (status)
            return status;
    }
    for (uint32_t i = 0; i < count; i++)
        if (reaches(m, i, i, 0))
            return hedui_making_value_fault(m, &m->member[i], HEDUI_E3010, m->member[i].text->id);
    m->book->member_values = m->member;
    return HEDUI_OK;
}
