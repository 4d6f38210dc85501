/* Packs to programs.
 *
 * Every environment declares the same common names in the same order (hh, as_of, param.*, household
 * values), so that one array of values serves all programs; a rule's or member value's own name
 * stands in the slot behind them. Household values are compiled in the order in which they use each
 * other. */
#include "rule/rulebook.h"

#include "rule/making.h"
#include "rule/rests.h"

static const hedui_arg no_argument = HEDUI_ARG_END;

/* What the expression compiler finds goes to the notes, and the first to err. */
void hedui_making_note(void *context, const hedui_err *fault)
{
    hedui_making *m = context;
    if (m->notes)
        m->notes->add(m->notes->context, fault);
    if (m->err && m->err->status == HEDUI_OK && fault->status < HEDUI_E3290)
        *m->err = *fault;
}

/* A fault of our own finding, told like those of the compiler. */
hedui_status hedui_making_fault(hedui_making *m, const hedui_yaml *yaml,
                                const hedui_yaml_node *node, hedui_status number, hedui_arg first,
                                hedui_arg second)
{
    const hedui_arg args[] = {first, second, HEDUI_ARG_END};
    hedui_err fault;
    hedui_err_init(&fault);
    (void)hedui_yaml_fail_with(&fault, yaml, node, number, args);
    hedui_making_note(m, &fault);
    return number;
}

hedui_cel_source hedui_making_source(const hedui_yaml *yaml, const hedui_yaml_node *node)
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
hedui_cel_env *hedui_making_env(hedui_making *m)
{
    static const hedui_cel_options strict = {0};
    static const hedui_span applied_on = HEDUI_SPAN("applied_on");
    hedui_rulebook *book = m->book;
    hedui_cel_env *env = hedui_cel_env_open(&strict, m->arena);
    int good = env != NULL;
    if (!good)
        return NULL;
    book->household_slot =
        hedui_cel_env_variable(env, hedui_span_of("hh"), book->catalogue->household_type, "这一户");
    book->as_of_slot = hedui_cel_env_variable(env, hedui_span_of("as_of"),
                                              hedui_cel_type_simple(HEDUI_CEL_DATE), "核对日");
    book->applied_on_slot = UINT32_MAX;
    uint32_t applied = hedui_cel_type_find(book->catalogue->household_type, applied_on);
    if (applied != UINT32_MAX) {
        const hedui_cel_field *field =
            &hedui_cel_type_fields(book->catalogue->household_type)->fields[applied];
        book->applied_on_slot = hedui_cel_env_variable(env, applied_on, field->type, field->doc);
    }
    book->first_parameter = hedui_cel_env_slots(env);
    for (uint32_t i = 0; i < book->parameter_count && good; i++)
        good = hedui_cel_env_variable(env, m->parameter_names[i], book->parameters[i]->cel_type,
                                      NULL) == book->first_parameter + i;
    for (uint32_t i = 0; i < m->lookup_count && good; i++)
        good = hedui_cel_env_function(env, &m->lookups[i]);
    book->first_value = book->first_parameter + book->parameter_count;
    for (uint32_t i = 0; i < m->household_ready && good; i++) {
        const hedui_value *v = &m->household[i];
        uint32_t slot = hedui_cel_env_variable(env, v->text->id, v->type, NULL);
        good = slot == book->first_value + i;
        /* why a row is in a list that has a name is part of why a condition over it holds; other
         * values are followed by what was read of them (proof.c) */
        if (good && v->program && hedui_cel_type_kind(v->type) == HEDUI_CEL_LIST)
            hedui_cel_env_defined_by(env, slot, v->program);
    }
    return good ? env : NULL;
}

hedui_status hedui_making_compile(const hedui_cel_program **program, hedui_making *m,
                                  const hedui_cel_env *env, const hedui_yaml *yaml,
                                  const hedui_yaml_node *node, const hedui_cel_type *expected)
{
    hedui_notes notes = {hedui_making_note, m};
    hedui_cel_source source = hedui_making_source(yaml, node);
    hedui_status status = hedui_cel_compile(program, env, &source, expected, m->arena, &notes);
    if (status && m->err && m->err->status == HEDUI_OK)
        (void)hedui_fail_plain(m->err, status,
                               hedui_place_at(yaml->file, node->line, node->column));
    return status;
}

static hedui_status compile_each(hedui_rule *rule, hedui_cel_env **env, hedui_making *m)
{
    const hedui_yaml *yaml = rule->text->yaml;
    const hedui_yaml_node *each = rule->text->each;
    if (each->kind != HEDUI_YAML_MAPPING || each->count != 1 ||
        each->items[0]->kind != HEDUI_YAML_SCALAR)
        return hedui_making_fault(m, yaml, each, HEDUI_E3012, no_argument, no_argument);
    hedui_status status = hedui_making_compile(&rule->each, m, *env, yaml, each->items[0], NULL);
    if (status)
        return status;
    const hedui_cel_type *type = hedui_cel_program_type(rule->each);
    if (hedui_cel_type_kind(type) != HEDUI_CEL_LIST) {
        hedui_buffer shown;
        hedui_buffer_init(&shown);
        hedui_cel_type_print(&shown, type);
        status =
            hedui_making_fault(m, yaml, each->items[0], HEDUI_E3013,
                               (hedui_arg)HEDUI_ARG_SPAN(hedui_buffer_span(&shown)), no_argument);
        hedui_buffer_free(&shown);
        return status;
    }
    rule->each_slot = hedui_cel_env_variable(*env, each->keys[0]->text, hedui_cel_type_inner(type),
                                             "each 逐项的这一项");
    if (rule->each_slot == UINT32_MAX)
        return hedui_making_fault(m, yaml, each->keys[0], HEDUI_E3020,
                                  (hedui_arg)HEDUI_ARG_SPAN(each->keys[0]->text), no_argument);
    return HEDUI_OK;
}

static hedui_status compile_unless(hedui_rule *rule, const hedui_cel_env *env, hedui_making *m)
{
    const hedui_unless *texts = rule->text->unless.items;
    hedui_rule_unless *list = hedui_arena_array(m->arena, rule->text->unless.count, sizeof *list);
    if (!list)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < rule->text->unless.count; i++) {
        list[i].text = &texts[i];
        if (!texts[i].is)
            continue;
        hedui_status status =
            hedui_making_compile(&list[i].is, m, env, rule->text->yaml, texts[i].is,
                                 hedui_cel_type_simple(HEDUI_CEL_BOOL));
        if (status)
            return status;
    }
    rule->unless = list;
    rule->unless_count = rule->text->unless.count;
    return HEDUI_OK;
}

static hedui_status compile_message(hedui_rule *rule, const hedui_cel_env *env, hedui_making *m)
{
    const hedui_yaml_node *node = rule->text->message_node;
    hedui_notes notes = {hedui_making_note, m};
    if (!node)
        return HEDUI_OK;
    if (node->kind != HEDUI_YAML_SCALAR)
        return hedui_making_fault(m, rule->text->yaml, node, HEDUI_E1109,
                                  (hedui_arg)HEDUI_ARG_TEXT("message"),
                                  (hedui_arg)HEDUI_ARG_TEXT("文字"));
    hedui_cel_source source = hedui_making_source(rule->text->yaml, node);
    return hedui_cel_template_compile(&rule->message, env, &source, m->arena, &notes);
}

/* Its own text, and the files of every pack that may have replaced what it rests on. */
static hedui_status digest_rule(hedui_rule *rule, const hedui_rulebook *book, hedui_err *err)
{
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(err);
    hedui_digester_field(digester, rule->pack->id);
    hedui_digester_field(digester, rule->text->id);
    for (uint32_t i = 0; i < book->pack_count; i++)
        if (hedui_pack_descends(book->packs[i], rule->pack) ||
            hedui_pack_descends(rule->pack, book->packs[i]))
            hedui_digester_add(digester, book->packs[i]->digest.bytes,
                               sizeof book->packs[i]->digest.bytes);
    hedui_status status = hedui_digester_end(&rule->digest, digester, err);
    hedui_digester_close(digester);
    return status;
}

static hedui_status compile_rule(hedui_rule *rule, hedui_making *m)
{
    const hedui_rule_text *text = rule->text;
    hedui_cel_env *env = hedui_making_env(m);
    hedui_status status = HEDUI_OK;
    rule->each_slot = UINT32_MAX;
    rule->document = hedui_pack_document(rule->pack, text->basis.document);
    if (!env)
        return hedui_fail_memory(m->err);
    if (text->each)
        status = compile_each(rule, &env, m);
    if (!status && text->when)
        status = hedui_making_compile(&rule->when, m, env, text->yaml, text->when,
                                      hedui_cel_type_simple(HEDUI_CEL_BOOL));
    if (!status && text->who)
        status = hedui_making_compile(&rule->who, m, env, text->yaml, text->who,
                                      m->book->catalogue->member_type);
    if (!status)
        status = compile_unless(rule, env, m);
    if (!status)
        status = compile_message(rule, env, m);
    return status ? status : digest_rule(rule, m->book, m->err);
}

static void count_items(hedui_making *m)
{
    hedui_rulebook *book = m->book;
    for (uint32_t i = 0; i < book->pack_count; i++) {
        const hedui_pack *pack = book->packs[i];
        for (uint32_t p = 0; p < pack->parameter_count; p++)
            book->parameter_count +=
                !hedui_making_replaced(m, pack, HEDUI_MAKING_PARAMETER, pack->parameters[p].id);
        for (uint32_t r = 0; r < pack->rule_count; r++)
            book->rule_count +=
                !hedui_making_replaced(m, pack, HEDUI_MAKING_RULE, pack->rules[r].id);
        for (uint32_t v = 0; v < pack->value_count; v++) {
            int subject = pack->values[v].subject;
            if (hedui_making_replaced(m, pack, HEDUI_MAKING_VALUE, pack->values[v].id))
                continue;
            book->household_value_count += subject == HEDUI_VALUE_HOUSEHOLD;
            book->member_value_count += subject == HEDUI_VALUE_MEMBER;
            book->supporter_value_count += subject == HEDUI_VALUE_SUPPORTER_HOUSEHOLD;
        }
    }
}

static hedui_status collect_parameters(hedui_making *m)
{
    const hedui_parameter **parameters =
        hedui_arena_array(m->arena, m->book->parameter_count, sizeof *parameters);
    m->parameter_names = hedui_arena_array(m->arena, m->book->parameter_count, sizeof(hedui_span));
    uint32_t used = 0;
    if (!parameters || !m->parameter_names)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < m->book->pack_count; i++) {
        const hedui_pack *pack = m->book->packs[i];
        for (uint32_t k = 0; k < pack->parameter_count; k++) {
            hedui_span id = pack->parameters[k].id;
            char *name = hedui_arena_take(m->arena, id.length + sizeof "param.");
            if (!name)
                return hedui_fail_memory(m->err);
            if (hedui_making_replaced(m, pack, HEDUI_MAKING_PARAMETER, id))
                continue;
            memcpy(name, "param.", 6);
            memcpy(name + 6, id.at, id.length);
            m->parameter_names[used] = (hedui_span){name, id.length + 6};
            parameters[used++] = &pack->parameters[k];
        }
    }
    m->book->parameters = parameters;
    return HEDUI_OK;
}

static hedui_status collect_values(hedui_making *m)
{
    m->household = hedui_arena_array(m->arena, m->book->household_value_count, sizeof(hedui_value));
    m->member = hedui_arena_array(m->arena, m->book->member_value_count, sizeof(hedui_value));
    m->supporter = hedui_arena_array(m->arena, m->book->supporter_value_count, sizeof(hedui_value));
    if (!m->household || !m->member || !m->supporter)
        return hedui_fail_memory(m->err);
    hedui_value *next[] = {m->household, m->member, m->supporter}; /* by hedui_value_subject */
    for (uint32_t i = 0; i < m->book->pack_count; i++) {
        const hedui_pack *pack = m->book->packs[i];
        for (uint32_t k = 0; k < pack->value_count; k++) {
            const hedui_value_definition *v = &pack->values[k];
            if (hedui_making_replaced(m, pack, HEDUI_MAKING_VALUE, v->id))
                continue;
            hedui_value *into = next[v->subject]++;
            into->text = v;
            into->pack = pack;
            if (v->type.length && !hedui_making_type(v->type))
                return hedui_making_value_fault(m, into, HEDUI_E3011, v->type);
        }
    }
    return HEDUI_OK;
}

static hedui_status make_catalogue(hedui_making *m, const hedui_layouts *layouts)
{
    uint32_t members = m->book->member_value_count, supporters = m->book->supporter_value_count;
    size_t count = (size_t)members + supporters;
    hedui_member_value *values = hedui_arena_array(m->arena, count, sizeof *values);
    if (!values)
        return hedui_fail_memory(m->err);
    for (uint32_t i = 0; i < count; i++) {
        const hedui_value *v = i < members ? &m->member[i] : &m->supporter[i - members];
        hedui_span name = hedui_arena_copy(m->arena, v->text->id);
        if (!name.at)
            return hedui_fail_memory(m->err);
        values[i] = (hedui_member_value){name.at, hedui_making_type(v->text->type), NULL};
    }
    return hedui_catalogue_make(&m->book->catalogue, layouts, values, members, supporters, m->arena,
                                m->err);
}

/* A rule or scenario that a pack left out for its faults, which were told when it was read. */
static hedui_status left_out(const hedui_making *m)
{
    for (uint32_t i = 0; i < m->book->pack_count; i++)
        if (m->book->packs[i]->fault)
            return m->book->packs[i]->fault;
    return HEDUI_OK;
}

hedui_status hedui_rulebook_make_from(const hedui_rulebook **rulebook,
                                      const hedui_pack_choice *choice, const hedui_layouts *layouts,
                                      hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    hedui_err own;
    hedui_err_init(&own);
    hedui_making m = {.arena = arena, .notes = notes, .err = err ? err : &own};
    m.book = hedui_arena_take(arena, sizeof *m.book);
    if (!m.book)
        return hedui_fail_memory(err);
    hedui_status status = hedui_making_packs(&m, choice);
    if (!status)
        status = hedui_making_replacements(&m);
    if (!status)
        count_items(&m);
    if (!status)
        status = collect_parameters(&m);
    if (!status)
        status = collect_values(&m);
    if (!status)
        status = make_catalogue(&m, layouts);
    if (!status)
        status = hedui_making_parameters(&m);
    if (!status)
        status = hedui_making_lookups(&m);
    if (!status)
        status = hedui_making_household_values(&m, m.book->household_value_count);
    if (!status && !hedui_making_env(&m)) /* fixes the slots, also of a pack without values */
        status = hedui_fail_memory(m.err);
    m.book->slot_count = m.book->first_value + m.household_ready;
    m.book->size_slot = UINT32_MAX;
    for (uint32_t i = 0; i < m.household_ready; i++)
        if (hedui_span_is(m.household[i].text->id, "household_size"))
            m.book->size_slot = m.book->first_value + i;
    if (!status)
        status = hedui_making_other_values(&m);
    if (!status)
        status = hedui_making_rings(&m);
    hedui_rule *rules = hedui_arena_array(arena, m.book->rule_count, sizeof *rules);
    if (!status && !rules)
        status = hedui_fail_memory(err);
    if (status)
        return m.err->status ? m.err->status : status;
    uint32_t n = 0;
    for (uint32_t i = 0; i < m.book->pack_count; i++) {
        const hedui_pack *pack = m.book->packs[i];
        for (uint32_t r = 0; r < pack->rule_count; r++) {
            if (hedui_making_replaced(&m, pack, HEDUI_MAKING_RULE, pack->rules[r].id))
                continue;
            rules[n].text = &pack->rules[r];
            rules[n].pack = pack;
            hedui_status one = compile_rule(&rules[n++], &m); /* all rules' faults in one go */
            status = status ? status : one;
        }
    }
    m.book->rules = rules;
    status = status ? status : left_out(&m);
    for (uint32_t i = 0; i < m.book->rule_count && !status; i++)
        if (!rules[i].document->confirmed)
            status = hedui_rule_said(&rules[i].said, m.book, &rules[i], arena, m.err);
    if (status)
        return m.err->status ? m.err->status : status;
    *rulebook = m.book;
    return HEDUI_OK;
}

hedui_status hedui_rulebook_make(const hedui_rulebook **rulebook, const char *const *folders,
                                 uint32_t folder_count, const hedui_layouts *layouts,
                                 hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    const hedui_pack_choice choice = {.folders = folders, .count = folder_count};
    return hedui_rulebook_make_from(rulebook, &choice, layouts, arena, notes, err);
}

hedui_standing hedui_rule_standing(const hedui_rule *rule, const hedui_prior *prior, int32_t as_of)
{
    if (!rule->when)
        return HEDUI_STANDING_MANUAL;
    if (as_of < rule->text->in_force.from)
        return HEDUI_STANDING_NOT_YET;
    if (as_of > rule->text->in_force.to)
        return HEDUI_STANDING_OVER;
    if (rule->document->confirmed)
        return HEDUI_STANDING_JUDGED;
    const hedui_confirmation *seen = hedui_prior_confirmation(prior, rule->text->id);
    if (!seen)
        return HEDUI_STANDING_UNCONFIRMED;
    return memcmp(&seen->said, &rule->said, sizeof seen->said) == 0 ? HEDUI_STANDING_JUDGED
                                                                    : HEDUI_STANDING_LAPSED;
}

const char *hedui_standing_code(hedui_standing standing)
{
    static const char *const codes[] = {"judged", "manual",      "not_yet",
                                        "over",   "unconfirmed", "lapsed"};
    return codes[standing];
}
