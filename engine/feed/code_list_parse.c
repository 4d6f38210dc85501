/* feeds/codes/<name>.yaml. The type of an attribute is that of its values: true and false, one
 * word, or a list of words; the same for all codes of a list. */
#include "feed/layout_parse.h"

typedef struct file {
    hedui_span codes, title;
    const hedui_yaml_node *basis, *list;
} file;

static const hedui_yaml_field fields[] = {
    {"codes", HEDUI_YAML_TEXT, offsetof(file, codes), HEDUI_YAML_REQUIRED, NULL, "代码表名称"},
    {"title", HEDUI_YAML_TEXT, offsetof(file, title), 0, NULL, "中文名称"},
    {"basis", HEDUI_YAML_NODE, offsetof(file, basis), 0, NULL, "依据的标准或文件"},
    {"list", HEDUI_YAML_NODE, offsetof(file, list), HEDUI_YAML_REQUIRED, NULL,
     "代码: {label, 属性}"},
    {0}};

typedef struct builder {
    const hedui_yaml *yaml;
    hedui_arena *arena;
    hedui_err *err;
    hedui_code_list *list;
    hedui_attribute *attributes;
    hedui_code *codes;
} builder;

static hedui_status wrong(const builder *b, const hedui_yaml_node *node, const char *what,
                          const char *form)
{
    return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2011, HEDUI_ARG_TEXT(what),
                           HEDUI_ARG_TEXT(form));
}

static hedui_status put_text(builder *b, const hedui_yaml_node *node, hedui_span text,
                             uint32_t code)
{
    uint32_t stored = hedui_table_put(&b->list->by_text, text, code);
    if (stored == HEDUI_TABLE_NONE)
        return hedui_fail_memory(b->err);
    if (stored != code)
        return hedui_yaml_fail(b->err, b->yaml, node, HEDUI_E2009, HEDUI_ARG_SPAN(text));
    return HEDUI_OK;
}

static hedui_status put_texts(builder *b, const hedui_yaml_node *node, uint32_t code)
{
    hedui_status status = HEDUI_OK;
    if (node->kind == HEDUI_YAML_SCALAR)
        return put_text(b, node, node->text, code);
    if (node->kind != HEDUI_YAML_SEQUENCE)
        return wrong(b, node, "also", "文字列表");
    for (uint32_t i = 0; i < node->count && status == HEDUI_OK; i++)
        status = node->items[i]->kind == HEDUI_YAML_SCALAR
                     ? put_text(b, node->items[i], node->items[i]->text, code)
                     : wrong(b, node->items[i], "also", "文字列表");
    return status;
}

static int is_label_or_also(hedui_span key)
{
    return hedui_span_is(key, "label") || hedui_span_is(key, "also");
}

static hedui_attribute_type type_of(const hedui_yaml_node *node)
{
    if (node->kind == HEDUI_YAML_SEQUENCE)
        return HEDUI_ATTRIBUTE_TEXTS;
    int flag = node->style == HEDUI_YAML_PLAIN &&
               (hedui_span_is(node->text, "true") || hedui_span_is(node->text, "false"));
    return flag ? HEDUI_ATTRIBUTE_BOOL : HEDUI_ATTRIBUTE_TEXT;
}

/* First pass: which attributes there are. */
static hedui_status collect(builder *b, const hedui_yaml_node *entry)
{
    for (uint32_t i = 0; i < entry->count; i++) {
        const hedui_yaml_node *key = entry->keys[i], *value = entry->items[i];
        if (is_label_or_also(key->text))
            continue;
        if (value->kind == HEDUI_YAML_MAPPING)
            return wrong(b, value, "属性", "true、false、文字或文字列表");
        hedui_status status = hedui_layout_name(b->yaml, key, key->text, b->err);
        if (status != HEDUI_OK)
            return status;
        uint32_t at = hedui_code_list_attribute(b->list, key->text);
        if (at == HEDUI_CODE_NONE) {
            enum { MOST = 16 };
            if (b->list->attribute_count == MOST)
                return hedui_yaml_fail(b->err, b->yaml, key, HEDUI_E2006, HEDUI_ARG_TEXT("属性"),
                                       HEDUI_ARG_NUMBER(MOST));
            at = b->list->attribute_count++;
            b->attributes[at] = (hedui_attribute){key->text, type_of(value)};
        }
        if (b->attributes[at].type != type_of(value))
            return hedui_yaml_fail(b->err, b->yaml, value, HEDUI_E2010, HEDUI_ARG_SPAN(key->text));
    }
    return HEDUI_OK;
}

static hedui_status read_value(builder *b, hedui_attribute_value *value,
                               const hedui_yaml_node *node)
{
    value->given = 1;
    if (node->kind == HEDUI_YAML_SCALAR) {
        value->yes = hedui_span_is(node->text, "true") ? 1 : 0;
        value->text = node->text;
        return HEDUI_OK;
    }
    hedui_span *texts = hedui_arena_array(b->arena, node->count, sizeof *texts);
    if (!texts)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->items[i]->kind != HEDUI_YAML_SCALAR)
            return wrong(b, node->items[i], "属性", "文字列表");
        texts[i] = node->items[i]->text;
    }
    value->texts = texts;
    value->text_count = node->count;
    return HEDUI_OK;
}

static hedui_status read_code(builder *b, uint32_t index, const hedui_yaml_node *key,
                              const hedui_yaml_node *entry)
{
    hedui_code *code = &b->codes[index];
    const hedui_yaml_node *label = hedui_yaml_find(entry, "label");
    const hedui_yaml_node *also = hedui_yaml_find(entry, "also");
    hedui_attribute_value *values =
        hedui_arena_array(b->arena, b->list->attribute_count, sizeof *values);
    if (!values)
        return hedui_fail_memory(b->err);
    if (!label || label->kind != HEDUI_YAML_SCALAR || !label->text.length)
        return hedui_yaml_fail(b->err, b->yaml, key, HEDUI_E1108, HEDUI_ARG_TEXT("label"));
    code->code = key->text;
    code->label = label->text;
    code->values = values;
    hedui_status status = put_text(b, key, key->text, index);
    if (status == HEDUI_OK)
        status = put_text(b, label, label->text, index);
    if (status == HEDUI_OK && also)
        status = put_texts(b, also, index);
    for (uint32_t i = 0; i < entry->count && status == HEDUI_OK; i++)
        if (!is_label_or_also(entry->keys[i]->text))
            status =
                read_value(b, &values[hedui_code_list_attribute(b->list, entry->keys[i]->text)],
                           entry->items[i]);
    return status;
}

hedui_status hedui_code_list_parse(const hedui_code_list **list, const hedui_yaml *yaml,
                                   hedui_arena *arena, hedui_err *err)
{
    file f = {0};
    builder b = {.yaml = yaml, .arena = arena, .err = err};
    hedui_status status = hedui_yaml_bind(&f, fields, yaml, yaml->root, arena, err);
    if (status != HEDUI_OK)
        return status;
    if (f.list->kind != HEDUI_YAML_MAPPING || !f.list->count)
        return wrong(&b, f.list, "list", "代码: {label: 名称}");
    status = hedui_layout_name(yaml, hedui_yaml_find(yaml->root, "codes"), f.codes, err);
    b.list = hedui_arena_take(arena, sizeof *b.list);
    b.attributes = hedui_arena_array(arena, 16, sizeof *b.attributes);
    b.codes = hedui_arena_array(arena, f.list->count, sizeof *b.codes);
    if (!b.list || !b.attributes || !b.codes)
        return hedui_fail_memory(err);
    hedui_table_init(&b.list->by_text, arena);
    b.list->name = f.codes;
    b.list->title = f.title.length ? f.title : f.codes;
    b.list->path = yaml->file;
    b.list->attributes = b.attributes;
    b.list->codes = b.codes;
    b.list->single = 1;
    for (uint32_t i = 0; i < f.list->count && status == HEDUI_OK; i++)
        status = f.list->items[i]->kind == HEDUI_YAML_MAPPING
                     ? collect(&b, f.list->items[i])
                     : wrong(&b, f.list->items[i], "list", "代码: {label: 名称}");
    for (uint32_t i = 0; i < f.list->count && status == HEDUI_OK; i++) {
        status = read_code(&b, i, f.list->keys[i], f.list->items[i]);
        b.list->single &= f.list->keys[i]->text.length == 1;
        b.list->count++;
    }
    if (status == HEDUI_OK)
        status = hedui_digest_of(&b.list->digest, yaml->source, err);
    if (status == HEDUI_OK)
        *list = b.list;
    return status;
}
