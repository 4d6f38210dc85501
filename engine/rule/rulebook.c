/* Packs to programs.
 *
 * Every environment declares the same common names in the same order (hh, as_of, param.*, household
 * values), so that one array of values serves all programs; a rule's or member value's own name
 * stands in the slot behind them. Household values are compiled in the order in which they use each
 * other. */
#include "rule/rulebook.h"

#include <hedui/table.h>

typedef struct maker {
    hedui_rulebook *book;
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_err *err;
    hedui_value *household, *member; /* household values in order of use once compiled */
    uint32_t household_ready;        /* how many of them are compiled */
    uint32_t used_slots;
    hedui_span *parameter_names; /* "param.x" */
} maker;

/* What the expression compiler finds goes to the notes, and the first to err. */
static void keep_first(void *context, const hedui_err *fault)
{
    maker *m = context;
    if (m->notes)
        m->notes->add(m->notes->context, fault);
    if (m->err && m->err->status == HEDUI_OK && fault->status < HEDUI_E3290)
        *m->err = *fault;
}

/* A fault of our own finding, told like those of the compiler. */
static hedui_status fault_at(maker *m, const hedui_yaml *yaml, const hedui_yaml_node *node,
                             hedui_status number, hedui_arg first, hedui_arg second)
{
    const hedui_arg args[] = {first, second, HEDUI_ARG_END};
    hedui_err fault;
    hedui_err_init(&fault);
    (void)hedui_yaml_fail_with(&fault, yaml, node, number, args);
    keep_first(m, &fault);
    return number;
}

static const hedui_arg no_argument = HEDUI_ARG_END;

static hedui_cel_source source_of(const hedui_yaml *yaml, const hedui_yaml_node *node)
{
    hedui_cel_source source = {.text = node->text,
                               .file = yaml->file,
                               .line = node->body_line,
                               .column = node->body_column,
                               .indent = node->body_column - 1};
    if (node->style != HEDUI_YAML_LITERAL)
        source.indent = 0;
    return source;
}

/* An environment with the common names; household values as far as they are compiled. */
static hedui_cel_env *open_env(maker *m)
{
    static const hedui_cel_options strict = {0};
    hedui_rulebook *book = m->book;
    hedui_cel_env *env = hedui_cel_env_open(&strict, m->arena);
    int good = env != NULL;
    if (!good)
        return NULL;
    book->household_slot =
        hedui_cel_env_variable(env, hedui_span_of("hh"), book->catalogue->household_type, "这一户");
    book->as_of_slot = hedui_cel_env_variable(env, hedui_span_of("as_of"),
                                              hedui_cel_type_simple(HEDUI_CEL_DATE), "核对日");
    book->first_parameter = book->as_of_slot + 1;
    for (uint32_t i = 0; i < book->parameter_count && good; i++) {
        const hedui_parameter *p = book->parameters[i];
        const hedui_cel_type *type =
            p->is_integer ? hedui_cel_type_simple(HEDUI_CEL_INT) : hedui_cel_type_decimal(p->scale);
        good = hedui_cel_env_variable(env, m->parameter_names[i], type, NULL) ==
               book->first_parameter + i;
    }
    book->first_value = book->first_parameter + book->parameter_count;
    for (uint32_t i = 0; i < m->household_ready && good; i++)
        good = hedui_cel_env_variable(env, m->household[i].text->id,
                                      hedui_cel_program_type(m->household[i].program),
                                      NULL) == book->first_value + i;
    return good ? env : NULL;
}

static hedui_status compile(const hedui_cel_program **program, maker *m, const hedui_cel_env *env,
                            const hedui_yaml *yaml, const hedui_yaml_node *node,
                            const hedui_cel_type *expected)
{
    hedui_notes notes = {keep_first, m};
    hedui_cel_source source = source_of(yaml, node);
    hedui_status status = hedui_cel_compile(program, env, &source, expected, m->arena, &notes);
    if (status && m->err && m->err->status == HEDUI_OK)
        (void)hedui_fail_plain(m->err, status,
                               hedui_place_at(yaml->file, node->line, node->column));
    return status;
}

static const hedui_cel_type *type_named(hedui_span name)
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

static hedui_status value_fault(maker *m, const hedui_value *v, hedui_status number, hedui_span arg)
{
    return fault_at(m, v->pack->yaml, v->text->node, number, (hedui_arg)HEDUI_ARG_SPAN(arg),
                    no_argument);
}

/* `(is).round(scale, "mode")`, its first column moved by the bracket so that places stay true. */
static hedui_status compile_value(hedui_value *v, maker *m, const hedui_cel_env *env,
                                  const hedui_cel_type *expected)
{
    hedui_yaml_node node = *v->text->is;
    hedui_buffer text;
    if (v->text->rounding_scale < 0)
        return compile(&v->program, m, env, v->pack->yaml, &node, expected);
    hedui_buffer_init(&text);
    hedui_buffer_byte(&text, '(');
    hedui_buffer_add(&text, node.text);
    hedui_buffer_format(&text, ").round(%d, \"%.*s\")", (int)v->text->rounding_scale,
                        (int)v->text->rounding_mode.length, v->text->rounding_mode.at);
    node.text = hedui_buffer_span(&text);
    node.body_column -= node.body_column > 1;
    hedui_status status = hedui_buffer_failed(&text)
                              ? hedui_fail_memory(m->err)
                              : compile(&v->program, m, env, v->pack->yaml, &node, expected);
    hedui_buffer_free(&text);
    return status;
}

/* Which household values a definition names. */
typedef struct name_search {
    maker *m;
    uint64_t found; /* bit by position among all household values */
    uint32_t count;
} name_search;

static void note_name(void *context, hedui_span name)
{
    name_search *s = context;
    const char *dot = memchr(name.at, '.', name.length);
    if (dot)
        name.length = (size_t)(dot - name.at);
    for (uint32_t i = 0; i < s->count; i++)
        if (hedui_span_equal(s->m->household[i].text->id, name))
            s->found |= UINT64_C(1) << i;
}

/* Move the values that use nothing uncompiled to the front, one after another; what is left when
 * none can be moved uses itself. */
static hedui_status compile_household_values(maker *m, uint32_t count)
{
    enum { MOST = 64 };
    uint64_t uses[MOST] = {0}, done = 0;
    uint32_t order[MOST];
    hedui_notes silent = {0};
    (void)silent;
    if (count > MOST)
        return hedui_fail(m->err, HEDUI_E1005, hedui_place_none(), HEDUI_ARG_TEXT("values"),
                          HEDUI_ARG_NUMBER(count), HEDUI_ARG_NUMBER(MOST));
    for (uint32_t i = 0; i < count; i++) {
        name_search search = {m, 0, count};
        hedui_notes notes = {keep_first, m};
        hedui_cel_source source = source_of(m->household[i].pack->yaml, m->household[i].text->is);
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
            return value_fault(m, &m->household[next], HEDUI_E3010, m->household[next].text->id);
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
        hedui_cel_env *env = open_env(m);
        if (!env)
            return hedui_fail_memory(m->err);
        if (hedui_cel_env_find(env, sorted[n].text->id) != UINT32_MAX)
            return value_fault(m, &sorted[n], HEDUI_E3020, sorted[n].text->id);
        const hedui_cel_type *expected =
            sorted[n].text->type.length ? type_named(sorted[n].text->type) : NULL;
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
static int reaches(const maker *m, uint32_t from, uint32_t target, uint32_t steps)
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

static hedui_status compile_member_values(maker *m)
{
    uint32_t count = m->book->member_value_count;
    for (uint32_t i = 0; i < count; i++) {
        hedui_cel_env *env = open_env(m);
        if (!env)
            return hedui_fail_memory(m->err);
        m->member[i].member_slot = hedui_cel_env_variable(
            env, hedui_span_of("m"), m->book->catalogue->member_type, "这位成员");
        hedui_status status =
            compile_value(&m->member[i], m, env, type_named(m->member[i].text->type));
        if (status)
            return status;
    }
    for (uint32_t i = 0; i < count; i++)
        if (reaches(m, i, i, 0))
            return value_fault(m, &m->member[i], HEDUI_E3010, m->member[i].text->id);
    m->book->member_values = m->member;
    return HEDUI_OK;
}

static hedui_status compile_each(hedui_rule *rule, hedui_cel_env **env, maker *m)
{
    const hedui_yaml *yaml = rule->text->yaml;
    const hedui_yaml_node *each = rule->text->each;
    if (each->kind != HEDUI_YAML_MAPPING || each->count != 1 ||
        each->items[0]->kind != HEDUI_YAML_SCALAR)
        return fault_at(m, yaml, each, HEDUI_E3012, no_argument, no_argument);
    hedui_status status = compile(&rule->each, m, *env, yaml, each->items[0], NULL);
    if (status)
        return status;
    const hedui_cel_type *type = hedui_cel_program_type(rule->each);
    if (hedui_cel_type_kind(type) != HEDUI_CEL_LIST) {
        hedui_buffer shown;
        hedui_buffer_init(&shown);
        hedui_cel_type_print(&shown, type);
        status = fault_at(m, yaml, each->items[0], HEDUI_E3013,
                          (hedui_arg)HEDUI_ARG_SPAN(hedui_buffer_span(&shown)), no_argument);
        hedui_buffer_free(&shown);
        return status;
    }
    rule->each_slot = hedui_cel_env_variable(*env, each->keys[0]->text, hedui_cel_type_inner(type),
                                             "each 逐项的这一项");
    if (rule->each_slot == UINT32_MAX)
        return fault_at(m, yaml, each->keys[0], HEDUI_E3020,
                        (hedui_arg)HEDUI_ARG_SPAN(each->keys[0]->text), no_argument);
    return HEDUI_OK;
}

static hedui_status compile_unless(hedui_rule *rule, const hedui_cel_env *env, maker *m)
{
    const hedui_unless *texts = rule->text->unless.items;
    hedui_rule_unless *list = hedui_arena_array(m->arena, rule->text->unless.count, sizeof *list);
    if (!list)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < rule->text->unless.count; i++) {
        list[i].text = &texts[i];
        if (!texts[i].is)
            continue;
        hedui_status status = compile(&list[i].is, m, env, rule->text->yaml, texts[i].is,
                                      hedui_cel_type_simple(HEDUI_CEL_BOOL));
        if (status)
            return status;
    }
    rule->unless = list;
    rule->unless_count = rule->text->unless.count;
    return HEDUI_OK;
}

static hedui_status compile_message(hedui_rule *rule, const hedui_cel_env *env, maker *m)
{
    const hedui_yaml_node *node = rule->text->message_node;
    hedui_notes notes = {keep_first, m};
    if (!node)
        return HEDUI_OK;
    if (node->kind != HEDUI_YAML_SCALAR)
        return fault_at(m, rule->text->yaml, node, HEDUI_E1109,
                        (hedui_arg)HEDUI_ARG_TEXT("message"), (hedui_arg)HEDUI_ARG_TEXT("文字"));
    hedui_cel_source source = source_of(rule->text->yaml, node);
    return hedui_cel_template_compile(&rule->message, env, &source, m->arena, &notes);
}

static hedui_status digest_rule(hedui_rule *rule, hedui_err *err)
{
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(err);
    hedui_digester_field(digester, rule->pack->id);
    hedui_digester_field(digester, rule->text->id);
    hedui_digester_add(digester, rule->pack->digest.bytes, sizeof rule->pack->digest.bytes);
    hedui_status status = hedui_digester_end(&rule->digest, digester, err);
    hedui_digester_close(digester);
    return status;
}

static hedui_status compile_rule(hedui_rule *rule, maker *m)
{
    const hedui_rule_text *text = rule->text;
    hedui_cel_env *env = open_env(m);
    hedui_status status = HEDUI_OK;
    rule->each_slot = UINT32_MAX;
    rule->document = hedui_pack_document(rule->pack, text->basis.document);
    if (!env)
        return hedui_fail_memory(m->err);
    if (text->each)
        status = compile_each(rule, &env, m);
    if (!status && text->when)
        status = compile(&rule->when, m, env, text->yaml, text->when,
                         hedui_cel_type_simple(HEDUI_CEL_BOOL));
    if (!status && text->who)
        status =
            compile(&rule->who, m, env, text->yaml, text->who, m->book->catalogue->member_type);
    if (!status)
        status = compile_unless(rule, env, m);
    if (!status)
        status = compile_message(rule, env, m);
    return status ? status : digest_rule(rule, m->err);
}

static hedui_status load_packs(const hedui_pack ***packs, maker *m, const char *const *folders,
                               uint32_t count)
{
    hedui_status first = HEDUI_OK;
    const hedui_pack **list = hedui_arena_array(m->arena, count, sizeof *list);
    if (!list)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_status status = hedui_pack_load(&list[i], folders[i], m->arena, m->notes, m->err);
        first = first ? first : status;
        if (status)
            continue;
        m->book->parameter_count += list[i]->parameter_count;
        m->book->rule_count += list[i]->rule_count;
        for (uint32_t v = 0; v < list[i]->value_count; v++) {
            m->book->member_value_count += list[i]->values[v].for_member != 0;
            m->book->household_value_count += list[i]->values[v].for_member == 0;
        }
    }
    *packs = list;
    m->book->packs = list;
    m->book->pack_count = count;
    return first;
}

/* Parameters and values of all packs in order. */
static hedui_status collect(maker *m, const hedui_pack *const *packs, uint32_t count)
{
    const hedui_parameter **parameters =
        hedui_arena_array(m->arena, m->book->parameter_count, sizeof *parameters);
    m->parameter_names = hedui_arena_array(m->arena, m->book->parameter_count, sizeof(hedui_span));
    m->household = hedui_arena_array(m->arena, m->book->household_value_count, sizeof(hedui_value));
    m->member = hedui_arena_array(m->arena, m->book->member_value_count, sizeof(hedui_value));
    if (!parameters || !m->parameter_names || !m->household || !m->member)
        return hedui_fail_memory(m->err);
    uint32_t p = 0, h = 0, w = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < packs[i]->parameter_count; k++, p++) {
            hedui_span id = packs[i]->parameters[k].id;
            char *name = hedui_arena_take(m->arena, id.length + sizeof "param.");
            if (!name)
                return hedui_fail_memory(m->err);
            memcpy(name, "param.", 6);
            memcpy(name + 6, id.at, id.length);
            m->parameter_names[p] = (hedui_span){name, id.length + 6};
            parameters[p] = &packs[i]->parameters[k];
        }
        for (uint32_t k = 0; k < packs[i]->value_count; k++) {
            const hedui_value_definition *v = &packs[i]->values[k];
            hedui_value *into = v->for_member ? &m->member[w++] : &m->household[h++];
            into->text = v;
            into->pack = packs[i];
            if (v->type.length && !type_named(v->type))
                return value_fault(m, into, HEDUI_E3011, v->type);
        }
    }
    m->book->parameters = parameters;
    return HEDUI_OK;
}

static hedui_status make_catalogue(maker *m, const hedui_layouts *layouts)
{
    uint32_t count = m->book->member_value_count;
    hedui_member_value *values = hedui_arena_array(m->arena, count, sizeof *values);
    if (!values)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < count; i++) {
        hedui_span name = hedui_arena_copy(m->arena, m->member[i].text->id);
        if (!name.at)
            return hedui_fail_memory(m->err);
        values[i] = (hedui_member_value){name.at, type_named(m->member[i].text->type), NULL};
    }
    return hedui_catalogue_make(&m->book->catalogue, layouts, values, count, m->arena, m->err);
}

hedui_status hedui_rulebook_make(const hedui_rulebook **rulebook, const char *const *folders,
                                 uint32_t folder_count, const hedui_layouts *layouts,
                                 hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    hedui_err own;
    hedui_err_init(&own);
    maker m = {.arena = arena, .notes = notes, .err = err ? err : &own};
    const hedui_pack **packs = NULL;
    m.book = hedui_arena_take(arena, sizeof *m.book);
    if (!m.book)
        return hedui_fail_memory(err);
    hedui_status status = load_packs(&packs, &m, folders, folder_count);
    if (!status)
        status = collect(&m, packs, folder_count);
    if (!status)
        status = make_catalogue(&m, layouts);
    if (!status)
        status = compile_household_values(&m, m.book->household_value_count);
    m.book->slot_count = m.book->first_value + m.household_ready;
    if (!status)
        status = compile_member_values(&m);
    hedui_rule *rules = hedui_arena_array(arena, m.book->rule_count, sizeof *rules);
    if (!status && !rules)
        status = hedui_fail_memory(err);
    if (status)
        return m.err->status ? m.err->status : status;
    uint32_t n = 0;
    for (uint32_t i = 0; i < folder_count; i++)
        for (uint32_t r = 0; r < packs[i]->rule_count; r++, n++) {
            rules[n].text = &packs[i]->rules[r];
            rules[n].pack = packs[i];
            hedui_status one = compile_rule(&rules[n], &m); /* all rules' faults in one go */
            status = status ? status : one;
        }
    m.book->rules = rules;
    if (!status)
        *rulebook = m.book;
    return status;
}

int hedui_rule_is_judged(const hedui_rule *rule, int32_t as_of)
{
    return rule->when && rule->document->confirmed && as_of >= rule->text->in_force.from &&
           as_of <= rule->text->in_force.to;
}
