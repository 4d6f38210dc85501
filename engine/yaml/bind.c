/* Field tables to structs. */
#include "yaml/bind.h"

#include <hedui/date.h>
#include <hedui/nearest.h>

static const char *const kind_names[] = {
    [HEDUI_YAML_TEXT] = "文字",
    [HEDUI_YAML_TEXTS] = "文字列表",
    [HEDUI_YAML_FLAG] = " true 或 false",
    [HEDUI_YAML_INTEGER] = "整数",
    [HEDUI_YAML_DATE] = "日期 YYYY-MM-DD",
    [HEDUI_YAML_CHOICE] = "可选值之一",
    [HEDUI_YAML_NODE] = "内容",
    [HEDUI_YAML_EXPRESSION] = "条件，写成 |- 块或加引号",
    [HEDUI_YAML_STRUCT] = "键值",
    [HEDUI_YAML_STRUCTS] = "键值列表",
};

typedef struct binder {
    const hedui_yaml *yaml;
    hedui_arena *arena;
    hedui_err *err;           /* of the fault at hand */
    const hedui_notes *notes; /* NULL: the first fault ends it */
    hedui_err *first;         /* with notes: the caller's, may be NULL */
} binder;

static hedui_status bind_mapping(const binder *b, void *object, const hedui_yaml_field *fields,
                                 const hedui_yaml_node *mapping);

static hedui_status wrong_kind(const binder *b, const hedui_yaml_field *f,
                               const hedui_yaml_node *node)
{
    return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1109, HEDUI_ARG_TEXT(f->key),
                           HEDUI_ARG_TEXT(kind_names[f->kind]));
}

static hedui_status bind_integer(const binder *b, const hedui_yaml_field *f, void *member,
                                 const hedui_yaml_node *node)
{
    int negative = node->text.length > 1 && node->text.at[0] == '-';
    int64_t value = 0;
    if (node->kind != HEDUI_YAML_SCALAR || node->text.length == 0)
        return wrong_kind(b, f, node);
    for (size_t i = (size_t)negative; i < node->text.length; i++) {
        char c = node->text.at[i];
        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value))
            return wrong_kind(b, f, node);
    }
    *(int64_t *)member = negative ? -value : value;
    return HEDUI_OK;
}

static hedui_status bind_choice(const binder *b, const hedui_yaml_field *f, void *member,
                                const hedui_yaml_node *node)
{
    const char *const *names = f->detail;
    if (node->kind != HEDUI_YAML_SCALAR)
        return wrong_kind(b, f, node);
    for (int i = 0; names[i]; i++)
        if (hedui_span_is(node->text, names[i])) {
            *(int *)member = i;
            return HEDUI_OK;
        }
    const char *nearest = hedui_nearest_of(node->text, names);
    if (nearest)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1114, HEDUI_ARG_SPAN(node->text),
                               HEDUI_ARG_TEXT(nearest));
    hedui_buffer all;
    hedui_buffer_init(&all);
    for (int i = 0; names[i]; i++) {
        hedui_buffer_text(&all, i ? " | " : "");
        hedui_buffer_text(&all, names[i]);
    }
    hedui_status status =
        hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1110, HEDUI_ARG_SPAN(node->text),
                        HEDUI_ARG_SPAN(hedui_buffer_span(&all)));
    hedui_buffer_free(&all);
    return status;
}

static hedui_status bind_texts(const binder *b, const hedui_yaml_field *f, void *member,
                               const hedui_yaml_node *node)
{
    hedui_yaml_texts texts = {0};
    uint32_t count = node->kind == HEDUI_YAML_SEQUENCE ? node->count : 1;
    if (node->kind == HEDUI_YAML_MAPPING)
        return wrong_kind(b, f, node);
    texts.items = hedui_arena_array(b->arena, count, sizeof *texts.items);
    if (!texts.items)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < count; i++) {
        const hedui_yaml_node *item = node->kind == HEDUI_YAML_SEQUENCE ? node->items[i] : node;
        if (item->kind != HEDUI_YAML_SCALAR)
            return wrong_kind(b, f, item);
        texts.items[texts.count++] = item->text;
    }
    *(hedui_yaml_texts *)member = texts;
    return HEDUI_OK;
}

static hedui_status bind_structs(const binder *b, const hedui_yaml_field *f, void *member,
                                 const hedui_yaml_node *node)
{
    const hedui_yaml_shape *shape = f->detail;
    hedui_yaml_structs structs = {0};
    hedui_status first = HEDUI_OK;
    if (node->kind != HEDUI_YAML_SEQUENCE)
        return wrong_kind(b, f, node);
    char *items = hedui_arena_array(b->arena, node->count, shape->size);
    if (!items)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < node->count; i++) {
        hedui_status status =
            bind_mapping(b, items + i * shape->size, shape->fields, node->items[i]);
        first = first ? first : status;
        if (status && !b->notes)
            return status;
    }
    structs.items = items;
    structs.count = node->count;
    *(hedui_yaml_structs *)member = structs;
    return first;
}

static hedui_status bind_scalar(const binder *b, const hedui_yaml_field *f, void *member,
                                const hedui_yaml_node *node)
{
    if (node->kind != HEDUI_YAML_SCALAR)
        return wrong_kind(b, f, node);
    if (f->kind == HEDUI_YAML_TEXT) {
        if (node->text.length == 0)
            return wrong_kind(b, f, node);
        *(hedui_span *)member = node->text;
    } else if (f->kind == HEDUI_YAML_FLAG) {
        int yes = hedui_span_is(node->text, "true");
        if (!yes && !hedui_span_is(node->text, "false"))
            return wrong_kind(b, f, node);
        *(int *)member = yes;
    } else if (f->kind == HEDUI_YAML_DATE) {
        if (!hedui_date_parse_iso(member, node->text))
            return wrong_kind(b, f, node);
    } else { /* an expression */
        if (node->text.length == 0)
            return wrong_kind(b, f, node);
        if (node->style != HEDUI_YAML_LITERAL && node->style != HEDUI_YAML_QUOTED)
            return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E1115, HEDUI_ARG_TEXT(f->key));
        *(const hedui_yaml_node **)member = node;
    }
    return HEDUI_OK;
}

static hedui_status bind_field(const binder *b, const hedui_yaml_field *f, void *member,
                               const hedui_yaml_node *node)
{
    switch (f->kind) {
    case HEDUI_YAML_TEXT:
    case HEDUI_YAML_FLAG:
    case HEDUI_YAML_DATE:
    case HEDUI_YAML_EXPRESSION:
        return bind_scalar(b, f, member, node);
    case HEDUI_YAML_INTEGER:
        return bind_integer(b, f, member, node);
    case HEDUI_YAML_CHOICE:
        return bind_choice(b, f, member, node);
    case HEDUI_YAML_TEXTS:
        return bind_texts(b, f, member, node);
    case HEDUI_YAML_NODE:
        *(const hedui_yaml_node **)member = node;
        return HEDUI_OK;
    case HEDUI_YAML_STRUCT:
        return bind_mapping(b, member, f->detail, node);
    case HEDUI_YAML_STRUCTS:
        return bind_structs(b, f, member, node);
    }
    return HEDUI_OK;
}

static const hedui_yaml_field *field_named(const hedui_yaml_field *fields, hedui_span key)
{
    for (; fields->key; fields++)
        if (hedui_span_is(key, fields->key))
            return fields;
    return NULL;
}

/* `meant` is set to the key that was meant, if there is one. */
static hedui_status unknown_key(const binder *b, const hedui_yaml_field *fields,
                                const hedui_yaml_node *key, const char **meant)
{
    enum { MOST = 64 };
    const char *names[MOST + 1];
    int count = 0;
    for (; fields->key && count < MOST; fields++)
        names[count++] = fields->key;
    names[count] = NULL;
    const char *nearest = hedui_nearest_of(key->text, names);
    *meant = nearest;
    if (nearest)
        return hedui_yaml_fail(b->err, b->yaml, key, HEDUI_E1113, HEDUI_ARG_SPAN(key->text),
                               HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(b->err, b->yaml, key, HEDUI_E1107, HEDUI_ARG_SPAN(key->text));
}

/* With notes: tell of the fault at hand and make room for the next. What was told below has left
 * none. */
static void tell(const binder *b)
{
    if (!b->notes || b->err->status == HEDUI_OK)
        return;
    b->notes->add(b->notes->context, b->err);
    if (b->first && b->first->status == HEDUI_OK)
        *b->first = *b->err;
    hedui_err_init(b->err);
}

/* A key that is not there, unless a misspelt one was meant for it. */
static int is_missing(const hedui_yaml_field *f, const hedui_yaml_field *fields,
                      const hedui_yaml_node *mapping, uint64_t meant)
{
    size_t place = (size_t)(f - fields);
    return (f->flags & HEDUI_YAML_REQUIRED) && !hedui_yaml_find(mapping, f->key) &&
           (place >= 64 || !(meant >> place & 1));
}

static hedui_status bind_mapping(const binder *b, void *object, const hedui_yaml_field *fields,
                                 const hedui_yaml_node *mapping)
{
    hedui_status first = HEDUI_OK, status = HEDUI_OK;
    uint64_t meant = 0; /* fields that a misspelt key is near */
    if (mapping->kind != HEDUI_YAML_MAPPING) {
        status =
            hedui_yaml_fail(b->err, b->yaml, mapping, HEDUI_E1109, HEDUI_ARG_SPAN(mapping->text),
                            HEDUI_ARG_TEXT(kind_names[HEDUI_YAML_STRUCT]));
        tell(b);
        return status;
    }
    for (uint32_t i = 0; i < mapping->count; i++) {
        const hedui_yaml_field *f = field_named(fields, mapping->keys[i]->text);
        const char *near = NULL;
        status = f ? bind_field(b, f, (char *)object + f->offset, mapping->items[i])
                   : unknown_key(b, fields, mapping->keys[i], &near);
        if (status && !b->notes)
            return status;
        if (near) {
            size_t place = (size_t)(field_named(fields, hedui_span_of(near)) - fields);
            meant |= place < 64 ? UINT64_C(1) << place : 0;
        }
        tell(b);
        first = first ? first : status;
    }
    for (const hedui_yaml_field *f = fields; f->key; f++) {
        if (!is_missing(f, fields, mapping, meant))
            continue;
        status = hedui_yaml_fail(b->err, b->yaml, mapping, HEDUI_E1108, HEDUI_ARG_TEXT(f->key));
        if (!b->notes)
            return status;
        tell(b);
        first = first ? first : status;
    }
    return first;
}

hedui_status hedui_yaml_bind(void *object, const hedui_yaml_field *fields, const hedui_yaml *yaml,
                             const hedui_yaml_node *mapping, hedui_arena *arena, hedui_err *err)
{
    const binder b = {yaml, arena, err, NULL, NULL};
    return bind_mapping(&b, object, fields, mapping);
}

hedui_status hedui_yaml_bind_all(void *object, const hedui_yaml_field *fields,
                                 const hedui_yaml *yaml, const hedui_yaml_node *mapping,
                                 hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    hedui_err fault;
    hedui_err_init(&fault);
    const binder b = {yaml, arena, &fault, notes, err};
    return bind_mapping(&b, object, fields, mapping);
}

void hedui_yaml_reference(hedui_buffer *out, const hedui_yaml_field *fields, int indent)
{
    for (; fields->key; fields++) {
        hedui_buffer_format(out, "%*s%s（%s%s）：%s\n", indent, "", fields->key,
                            kind_names[fields->kind],
                            fields->flags & HEDUI_YAML_REQUIRED ? "，必填" : "", fields->doc);
        if (fields->kind == HEDUI_YAML_STRUCT)
            hedui_yaml_reference(out, fields->detail, indent + 2);
        if (fields->kind == HEDUI_YAML_STRUCTS)
            hedui_yaml_reference(out, ((const hedui_yaml_shape *)fields->detail)->fields,
                                 indent + 2);
    }
}
