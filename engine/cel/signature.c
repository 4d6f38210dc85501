/* Reads the signatures of the function tables: "size(string) -> int", "string.size() -> int".
 * Single capital letters are type parameters. */
#include "cel/internal.h"

typedef struct reader {
    const char *at;
    hedui_arena *arena;
    int failed;
} reader;

static void skip(reader *r)
{
    while (*r->at == ' ')
        r->at++;
}

static int accept(reader *r, char c)
{
    skip(r);
    if (*r->at != c)
        return 0;
    r->at++;
    return 1;
}

static hedui_span word(reader *r)
{
    skip(r);
    hedui_span s = {r->at, 0};
    while (*r->at && *r->at != '(') {
        r->at++;
        s.length++;
    }
    return s;
}

static const type *read_type(reader *r);

static const type *read_parameters(reader *r, hedui_span name)
{
    const type *first = NULL, *second = NULL;
    if (accept(r, '(')) {
        first = read_type(r);
        if (accept(r, ','))
            second = read_type(r);
        if (!accept(r, ')'))
            r->failed = 1;
    }
    if (hedui_span_is(name, "list") && first)
        return hedui_cel_type_list(r->arena, first);
    if (hedui_span_is(name, "map") && first && second)
        return hedui_cel_type_map(r->arena, first, second);
    if (hedui_span_is(name, "optional") && first)
        return hedui_cel_type_optional(r->arena, first);
    if (hedui_span_is(name, "type") && first)
        return hedui_cel_type_type(r->arena, first);
    return NULL;
}

static const type *read_type(reader *r)
{
    hedui_span name = {NULL, 0};
    skip(r);
    name.at = r->at;
    while ((*r->at >= 'a' && *r->at <= 'z') || (*r->at >= 'A' && *r->at <= 'Z') || *r->at == '_') {
        r->at++;
        name.length++;
    }
    const type *t = NULL;
    if (hedui_span_is(name, "decimal"))
        return &hedui_cel_decimal_any;
    if (hedui_span_is(name, "dyn"))
        return hedui_cel_type_simple(HEDUI_CEL_DYN);
    if (hedui_span_is(name, "timestamp"))
        return hedui_cel_type_simple(HEDUI_CEL_TIMESTAMP);
    if (hedui_span_is(name, "duration"))
        return hedui_cel_type_simple(HEDUI_CEL_DURATION);
    if (name.length == 1 && name.at[0] >= 'A' && name.at[0] <= 'Z')
        return hedui_cel_type_param(r->arena, name);
    if (*r->at == '(')
        t = read_parameters(r, name);
    else
        t = hedui_cel_type_named(name);
    if (!t)
        r->failed = 1;
    return t;
}

/* A receiver is a type followed by a dot; a name space would look the same. */
static int in_name_space(const char *signature)
{
    static const char *const spaces[] = {"math.", "strings.", "base64.",
                                         "sets.", "lists.",   "optional."};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strncmp(signature, spaces[i], strlen(spaces[i])) == 0)
            return 1;
    return 0;
}

int hedui_cel_signature_read(overload *out, const char *signature, hedui_arena *arena)
{
    reader r = {signature, arena, 0};
    uint32_t count = 0;
    out->member = 0;
    if (!in_name_space(signature) && signature[0] != '_' && signature[0] != '@') {
        const char *start = r.at;
        const type *receiver = read_type(&r);
        if (*r.at == '.' && receiver) {
            r.at++;
            out->member = 1;
            out->parameters[count++] = receiver;
        } else {
            r.at = start;
            r.failed = 0;
        }
    }
    out->name = word(&r);
    if (!accept(&r, '('))
        return 0;
    while (!accept(&r, ')') && count < MAX_PARAMETERS) {
        out->parameters[count++] = read_type(&r);
        (void)accept(&r, ',');
        if (r.failed)
            return 0;
    }
    skip(&r);
    if (r.at[0] != '-' || r.at[1] != '>')
        return 0;
    r.at += 2;
    out->result = read_type(&r);
    out->parameter_count = (uint8_t)count;
    return !r.failed && out->result;
}
