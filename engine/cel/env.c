/* Names: variables by slot, overloads by name in the order they were declared. */
#include "cel/internal.h"

const function_topic *const hedui_cel_topics[] = {
    &hedui_cel_topic_operators, &hedui_cel_topic_macros,   &hedui_cel_topic_conversions,
    &hedui_cel_topic_strings,   &hedui_cel_topic_lists,    &hedui_cel_topic_decimals,
    &hedui_cel_topic_dates,     &hedui_cel_topic_times,    &hedui_cel_topic_optionals,
    &hedui_cel_topic_math,      &hedui_cel_topic_encoders,
};
const size_t hedui_cel_topic_count = sizeof hedui_cel_topics / sizeof *hedui_cel_topics;

static void *grow(hedui_cel_env *env, void *array, uint32_t *capacity, uint32_t count, size_t size)
{
    if (count < *capacity)
        return array;
    uint32_t more = *capacity ? *capacity * 2 : 64;
    void *bigger = hedui_arena_array(env->arena, more, size);
    if (!bigger) {
        env->failed = 1;
        return NULL;
    }
    if (*capacity)
        memcpy(bigger, array, (size_t)*capacity * size);
    *capacity = more;
    return bigger;
}

static int add_overload(hedui_cel_env *env, overload *o)
{
    uint32_t head = hedui_table_find(&env->function_names, o->name);
    if (head != HEDUI_TABLE_NONE) {
        env->tails[head]->next = o;
        env->tails[head] = o;
        return 1;
    }
    uint32_t capacity = env->head_capacity;
    void *heads = grow(env, env->heads, &capacity, env->head_count, sizeof *env->heads);
    capacity = env->head_capacity;
    void *tails = grow(env, env->tails, &capacity, env->head_count, sizeof *env->tails);
    if (!heads || !tails ||
        hedui_table_put(&env->function_names, o->name, env->head_count) == HEDUI_TABLE_NONE)
        return 0;
    env->heads = heads;
    env->tails = tails;
    env->head_capacity = capacity;
    env->heads[env->head_count] = env->tails[env->head_count] = o;
    env->head_count++;
    return 1;
}

static int add_topic(hedui_cel_env *env, const function_topic *topic)
{
    for (size_t i = 0; i < topic->count; i++) {
        const function_row *row = &topic->rows[i];
        if (!row->call)
            continue; /* a macro: listed for the reference only */
        overload *o = hedui_arena_take(env->arena, sizeof *o);
        if (!o || !hedui_cel_signature_read(o, row->signature, env->arena))
            return 0;
        o->call = row->call;
        /* a known element may settle it; what is joined is as partial as its parts */
        o->partial = (uint8_t)(hedui_span_is(o->name, "@in") || hedui_span_is(o->name, "flatten"));
        o->rule = (uint8_t)row->rule;
        if (!add_overload(env, o))
            return 0;
    }
    return 1;
}

hedui_cel_env *hedui_cel_env_open(const hedui_cel_options *options, hedui_arena *arena)
{
    hedui_cel_env *env = hedui_arena_take(arena, sizeof *env);
    if (!env)
        return NULL;
    env->arena = arena;
    env->options = *options;
    if (!env->options.max_cost)
        env->options.max_cost = 10000000;
    if (!env->options.max_steps)
        env->options.max_steps = 1000000;
    if (!env->options.default_rows)
        env->options.default_rows = 64;
    hedui_table_init(&env->variable_names, arena);
    hedui_table_init(&env->function_names, arena);
    for (size_t i = 0; i < hedui_cel_topic_count; i++)
        if (!add_topic(env, hedui_cel_topics[i]))
            return NULL;
    return env;
}

uint32_t hedui_cel_env_variable(hedui_cel_env *env, hedui_span name, const type *t, const char *doc)
{
    if (!t || hedui_table_find(&env->variable_names, name) != HEDUI_TABLE_NONE)
        return NONE;
    variable *variables =
        grow(env, env->variables, &env->variable_capacity, env->variable_count, sizeof *variables);
    hedui_span copy = hedui_arena_copy(env->arena, name);
    if (!variables || !copy.at)
        return NONE;
    env->variables = variables;
    if (hedui_table_put(&env->variable_names, copy, env->variable_count) == HEDUI_TABLE_NONE)
        return NONE;
    variable v = {copy, t, doc, NULL};
    env->variables[env->variable_count] = v;
    return env->variable_count++;
}

uint32_t hedui_cel_env_slots(const hedui_cel_env *env)
{
    return env->variable_count;
}

void hedui_cel_env_slot(hedui_span *name, const type **t, const char **doc,
                        const hedui_cel_env *env, uint32_t slot)
{
    const variable *v = &env->variables[slot];
    if (name)
        *name = v->name;
    if (t)
        *t = v->type;
    if (doc)
        *doc = v->doc;
}

uint32_t hedui_cel_env_find(const hedui_cel_env *env, hedui_span name)
{
    return hedui_table_find(&env->variable_names, name);
}

void hedui_cel_env_defined_by(hedui_cel_env *env, uint32_t slot, const hedui_cel_program *program)
{
    env->variables[slot].definition = program;
}

int hedui_cel_env_function(hedui_cel_env *env, const hedui_cel_function *function)
{
    if (function->parameter_count > MAX_PARAMETERS || !function->result)
        return 0;
    overload *o = hedui_arena_take(env->arena, sizeof *o);
    if (!o)
        return 0;
    o->name = hedui_arena_copy(env->arena, function->name);
    o->member = (uint8_t)(function->member != 0);
    o->parameter_count = (uint8_t)function->parameter_count;
    for (uint32_t i = 0; i < function->parameter_count; i++)
        o->parameters[i] = function->parameters[i];
    o->result = function->result;
    o->host = function;
    return o->name.at && add_overload(env, o);
}

const overload *hedui_cel_env_overloads(const hedui_cel_env *env, hedui_span name)
{
    uint32_t head = hedui_table_find(&env->function_names, name);
    return head == HEDUI_TABLE_NONE ? NULL : env->heads[head];
}

int hedui_cel_candidate(hedui_span *out, const hedui_cel_env *env, hedui_span name, int rooted,
                        uint32_t step, hedui_arena *arena)
{
    hedui_span container = env->options.container;
    uint32_t parts = 0;
    if (!rooted && container.length) {
        parts = 1;
        for (size_t i = 0; i < container.length; i++)
            parts += container.at[i] == '.';
    }
    if (step > parts)
        return 0;
    if (step == parts) {
        *out = name;
        return 1;
    }
    size_t length = container.length;
    for (uint32_t dropped = 0; dropped < step; dropped++)
        while (container.at[--length] != '.')
            ;
    char *text = hedui_arena_take(arena, length + 1 + name.length);
    if (!text)
        return 0;
    memcpy(text, container.at, length);
    text[length] = '.';
    memcpy(text + length + 1, name.at, name.length);
    out->at = text;
    out->length = length + 1 + name.length;
    return 1;
}

const type *hedui_cel_type_named(hedui_span name)
{
    static const struct {
        const char *name;
        hedui_cel_kind kind;
    } names[] = {
        {"bool", HEDUI_CEL_BOOL},
        {"int", HEDUI_CEL_INT},
        {"uint", HEDUI_CEL_UINT},
        {"double", HEDUI_CEL_DOUBLE},
        {"string", HEDUI_CEL_STRING},
        {"bytes", HEDUI_CEL_BYTES},
        {"null_type", HEDUI_CEL_NULL},
        {"type", HEDUI_CEL_TYPE},
        {"list", HEDUI_CEL_LIST},
        {"map", HEDUI_CEL_MAP},
        {"optional_type", HEDUI_CEL_OPTIONAL},
        {"google.protobuf.Timestamp", HEDUI_CEL_TIMESTAMP},
        {"google.protobuf.Duration", HEDUI_CEL_DURATION},
        {"decimal", HEDUI_CEL_DECIMAL},
        {"date", HEDUI_CEL_DATE},
        {"month", HEDUI_CEL_MONTH},
        {"period", HEDUI_CEL_PERIOD},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hedui_span_is(name, names[i].name))
            return hedui_cel_type_simple(names[i].kind);
    return NULL;
}

int hedui_cel_reference_at(hedui_cel_reference *entry, uint32_t index)
{
    for (size_t i = 0; i < hedui_cel_topic_count; i++) {
        const function_topic *topic = hedui_cel_topics[i];
        for (size_t j = 0; j < topic->count; j++) {
            const function_row *row = &topic->rows[j];
            if (!row->doc || index--)
                continue;
            entry->topic = topic->name;
            entry->name = row->signature;
            entry->signature = row->signature;
            entry->doc = row->doc;
            entry->example = row->example;
            return 1;
        }
    }
    return 0;
}
