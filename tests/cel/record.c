/* Types and values of the conformance records, and when two results are the same. */
#include "record.h"

#include <stdio.h>

typedef struct type_reader {
    hedui_span text;
    size_t at;
    hedui_arena *arena;
} type_reader;

static const hedui_cel_type *read_type(type_reader *r)
{
    static const struct {
        const char *name;
        hedui_cel_kind kind;
    } names[] = {
        {"int", HEDUI_CEL_INT},           {"uint", HEDUI_CEL_UINT},
        {"double", HEDUI_CEL_DOUBLE},     {"string", HEDUI_CEL_STRING},
        {"bool", HEDUI_CEL_BOOL},         {"bytes", HEDUI_CEL_BYTES},
        {"null_type", HEDUI_CEL_NULL},    {"dyn", HEDUI_CEL_DYN},
        {"any", HEDUI_CEL_DYN},           {"timestamp", HEDUI_CEL_TIMESTAMP},
        {"duration", HEDUI_CEL_DURATION}, {"type", HEDUI_CEL_TYPE},
    };
    const hedui_cel_type *parts[3] = {NULL, NULL, NULL};
    hedui_span name = {r->text.at + r->at, 0}, inner;
    uint32_t count = 0;
    while (r->at < r->text.length && !strchr("(), ", r->text.at[r->at])) {
        r->at++;
        name.length++;
    }
    if (r->at >= r->text.length || r->text.at[r->at] != '(') {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (hedui_span_is(name, names[i].name))
                return hedui_cel_type_simple(names[i].kind);
        return hedui_cel_type_abstract(r->arena, name, NULL, 0);
    }
    r->at++;
    inner.at = r->text.at + r->at;
    while (r->at < r->text.length && r->text.at[r->at] != ')') {
        if (count < 3)
            parts[count] = read_type(r);
        count++;
        while (r->at < r->text.length && strchr(", ", r->text.at[r->at]))
            r->at++;
    }
    inner.length = (size_t)(r->text.at + r->at - inner.at);
    r->at++;
    if (hedui_span_is(name, "param"))
        return hedui_cel_type_param(r->arena, inner);
    if (hedui_span_is(name, "list"))
        return hedui_cel_type_list(r->arena, parts[0]);
    if (hedui_span_is(name, "map"))
        return hedui_cel_type_map(r->arena, parts[0], parts[1]);
    if (hedui_span_is(name, "type"))
        return hedui_cel_type_type(r->arena, parts[0]);
    if (hedui_span_is(name, "optional_type"))
        return hedui_cel_type_optional(r->arena, parts[0]);
    return hedui_cel_type_abstract(r->arena, name, parts, count);
}

const hedui_cel_type *record_type(hedui_span text, hedui_arena *arena)
{
    type_reader r = {text, 0, arena};
    return read_type(&r);
}

/* Numbers and bytes are read by the language itself: int("5"), double("0.1"). */
static hedui_cel_value convert(const char *function, hedui_span text, hedui_arena *arena)
{
    hedui_cel_options options = {.permissive = 1};
    hedui_cel_env *env = hedui_cel_env_open(&options, arena);
    hedui_cel_value v = hedui_cel_string(text);
    uint32_t slot = hedui_cel_env_variable(env, hedui_span_of("x"),
                                           hedui_cel_type_simple(HEDUI_CEL_STRING), "");
    char expression[40];
    (void)snprintf(expression, sizeof expression, "%s(x)", function);
    hedui_cel_source source = {hedui_span_of(expression), NULL, 1, 1, 0};
    const hedui_cel_program *program;
    hedui_cel_input input = {.variables = &v};
    if (slot != 0 || hedui_cel_compile(&program, env, &source, NULL, arena, NULL) != HEDUI_OK)
        return hedui_cel_fail(HEDUI_CEL_ERROR_HOST);
    return hedui_cel_eval(program, &input, arena);
}

static hedui_cel_value read_bytes(hedui_span hex, hedui_arena *arena)
{
    char *bytes = hedui_arena_take(arena, hex.length / 2 + 1);
    for (size_t i = 0; i + 1 < hex.length; i += 2) {
        unsigned n = 0;
        for (size_t j = i; j < i + 2; j++)
            n = n * 16 +
                (unsigned)(hex.at[j] <= '9' ? hex.at[j] - '0' : (hex.at[j] | 32) - 'a' + 10);
        bytes[i / 2] = (char)n;
    }
    hedui_span span = {bytes, hex.length / 2};
    return hedui_cel_bytes(span);
}

static hedui_cel_value read_list(const json *v, hedui_arena *arena)
{
    uint32_t count = 0, i = 0;
    for (const json *m = v->child; m; m = m->next)
        count++;
    hedui_cel_value *items = hedui_arena_array(arena, count, sizeof *items);
    for (const json *m = v->child; m; m = m->next)
        items[i++] = record_value(m, arena);
    return hedui_cel_list(items, count);
}

static hedui_cel_value read_map(const json *v, hedui_arena *arena)
{
    uint32_t count = 0, i = 0;
    for (const json *m = v->child; m; m = m->next)
        count++;
    hedui_cel_map_entry *entries = hedui_arena_array(arena, count, sizeof *entries);
    for (const json *m = v->child; m; m = m->next) {
        entries[i].key = record_value(m->child, arena);
        entries[i++].value = record_value(m->child->next, arena);
    }
    return hedui_cel_map(entries, count);
}

static hedui_cel_value read_type_value(hedui_span name)
{
    for (int kind = 0; kind <= HEDUI_CEL_OPTIONAL; kind++) {
        const hedui_cel_type *t = hedui_cel_type_simple((hedui_cel_kind)kind);
        if (hedui_span_equal(hedui_cel_type_name(t), name))
            return hedui_cel_type_value(t);
    }
    int time = hedui_span_is(name, "google.protobuf.Timestamp");
    return hedui_cel_type_value(
        hedui_cel_type_simple(time ? HEDUI_CEL_TIMESTAMP : HEDUI_CEL_DURATION));
}

hedui_cel_value record_value(const json *v, hedui_arena *arena)
{
    static const hedui_cel_reason reason = {1, 1, 1, 1};
    const json *m = v->child;
    hedui_span key = m->key;
    if (hedui_span_is(key, "null"))
        return hedui_cel_null();
    if (hedui_span_is(key, "bool"))
        return hedui_cel_bool(m->truth);
    if (hedui_span_is(key, "int"))
        return convert("int", m->text, arena);
    if (hedui_span_is(key, "uint"))
        return convert("uint", m->text, arena);
    if (hedui_span_is(key, "double"))
        return convert("double", m->text, arena);
    if (hedui_span_is(key, "string"))
        return hedui_cel_string(m->text);
    if (hedui_span_is(key, "bytes"))
        return read_bytes(m->text, arena);
    if (hedui_span_is(key, "list"))
        return read_list(m, arena);
    if (hedui_span_is(key, "map"))
        return read_map(m, arena);
    if (hedui_span_is(key, "type"))
        return read_type_value(m->text);
    if (hedui_span_is(key, "unknown"))
        return hedui_cel_unknown(&reason, 1);
    if (hedui_span_is(key, "timestamp") || hedui_span_is(key, "duration")) {
        int64_t seconds = convert("int", m->child->text, arena).as.number;
        int64_t nanos = convert("int", m->child->next->text, arena).as.number;
        if (hedui_span_is(key, "timestamp"))
            return hedui_cel_timestamp(seconds, (uint32_t)nanos);
        return hedui_cel_duration(seconds * 1000000000 + nanos);
    }
    return hedui_cel_fail(HEDUI_CEL_ERROR_HOST);
}

/* Results are equal in kind and value; any NaN equals any NaN. */
int record_same(hedui_cel_value a, hedui_cel_value b)
{
    if (a.kind != b.kind)
        return 0;
    if (a.kind == HEDUI_CEL_DOUBLE)
        return !(a.as.real < b.as.real || a.as.real > b.as.real) &&
               (a.as.real != a.as.real) == (b.as.real != b.as.real);
    if (a.kind == HEDUI_CEL_LIST) {
        int fine = a.count == b.count;
        for (uint32_t i = 0; fine && i < a.count; i++)
            fine = record_same(a.as.items[i], b.as.items[i]);
        return fine;
    }
    if (a.kind == HEDUI_CEL_MAP && a.count == b.count) {
        for (uint32_t i = 0; i < a.count; i++) {
            uint32_t j = 0;
            while (j < b.count && !(record_same(a.as.entries[i].key, b.as.entries[j].key) &&
                                    record_same(a.as.entries[i].value, b.as.entries[j].value)))
                j++;
            if (j == b.count)
                return 0;
        }
        return 1;
    }
    return hedui_cel_equal(a, b);
}
