/* libyaml's events to a tree. libyaml itself accepts a key given twice, an anchor that contains
 * itself and 20,000 nested brackets; working on events lets each be refused before it costs. */
#include "yaml/yaml.h"

#include "value/cell.h"

#include <hedui/file.h>
#include <hedui/table.h>

#include <yaml.h>

enum { DEPTH = 16, LARGEST = 1 << 20, SOME = 8 };

typedef struct reader {
    yaml_parser_t parser;
    hedui_yaml *yaml;
    hedui_arena *arena;
    hedui_err *err;
} reader;

static hedui_status fail_at(reader *r, yaml_mark_t mark, hedui_status status, hedui_arg arg)
{
    hedui_yaml_node node = {.line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1};
    const hedui_arg args[] = {arg, HEDUI_ARG_END};
    return hedui_yaml_fail_with(r->err, r->yaml, &node, status, args);
}

/* Slips of the keyboard that libyaml reports as something else on another line: a full-width colon
 * behind a key, a tab in front of one. Looked for only when the file cannot be read. */
static hedui_status find_slip(reader *r)
{
    static const hedui_span wide = HEDUI_SPAN("：");
    for (uint32_t n = 1; n <= (uint32_t)r->parser.problem_mark.line + 1; n++) {
        hedui_span line = hedui_yaml_source_line(r->yaml->source, n);
        size_t at = 0;
        while (at < line.length && (line.at[at] == ' ' || line.at[at] == '-'))
            at++;
        yaml_mark_t mark = {0, n - 1, at};
        if (at < line.length && line.at[at] == '\t')
            return fail_at(r, mark, HEDUI_E1117, (hedui_arg)HEDUI_ARG_TEXT(""));
        size_t end = at;
        while (end < line.length &&
               (line.at[end] == '_' || (line.at[end] >= 'a' && line.at[end] <= 'z')))
            end++;
        mark.column = end;
        if (end > at && line.length - end >= wide.length &&
            memcmp(line.at + end, wide.at, wide.length) == 0)
            return fail_at(r, mark, HEDUI_E1116, (hedui_arg)HEDUI_ARG_TEXT(""));
    }
    return HEDUI_OK;
}

/* Characters that YAML does not have, in a file that is UTF-8 all the same: said at their place. */
static hedui_status refuse_characters(reader *r)
{
    hedui_span source = r->yaml->source;
    yaml_mark_t mark = {0, 0, 0};
    if (!hedui_utf8_valid(source))
        return hedui_fail_plain(r->err, HEDUI_E1111, hedui_place_file(r->yaml->file));
    for (size_t i = 0; i < r->parser.problem_offset && i < source.length; i++) {
        mark.column = source.at[i] == '\n' ? 0 : mark.column + 1;
        mark.line += source.at[i] == '\n';
    }
    hedui_arg why = HEDUI_ARG_TEXT(r->parser.problem ? r->parser.problem : "?");
    return fail_at(r, mark, HEDUI_E1101, why);
}

static hedui_status next(reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return HEDUI_OK;
    if (r->parser.error == YAML_MEMORY_ERROR)
        return hedui_fail_memory(r->err);
    if (r->parser.error == YAML_READER_ERROR)
        return refuse_characters(r);
    hedui_status slip = find_slip(r);
    if (slip)
        return slip;
    hedui_arg why = HEDUI_ARG_TEXT(r->parser.problem ? r->parser.problem : "?");
    return fail_at(r, r->parser.problem_mark, HEDUI_E1101, why);
}

static hedui_status refuse_extras(reader *r, const yaml_event_t *e, const yaml_char_t *anchor,
                                  const yaml_char_t *tag)
{
    hedui_arg none = HEDUI_ARG_TEXT("");
    if (anchor)
        return fail_at(r, e->start_mark, HEDUI_E1103, none);
    if (tag)
        return fail_at(r, e->start_mark, HEDUI_E1104, none);
    return HEDUI_OK;
}

/* Where the text of a scalar begins in the file: behind a quote, or, for a block, on the first line
 * below its indicator, at the indent of its first line that has one. */
static void locate_body(hedui_yaml_node *node, hedui_span source)
{
    node->body_line = node->line;
    node->body_column = node->column + (node->style == HEDUI_YAML_QUOTED);
    if (node->style != HEDUI_YAML_LITERAL && node->style != HEDUI_YAML_FOLDED)
        return;
    node->body_line = node->line + 1;
    for (uint32_t line = node->body_line;; line++) {
        hedui_span text = hedui_yaml_source_line(source, line);
        size_t indent = 0;
        while (indent < text.length && text.at[indent] == ' ')
            indent++;
        if (indent < text.length || text.at + text.length >= source.at + source.length) {
            node->body_column = (uint32_t)indent + 1;
            return;
        }
    }
}

static hedui_status read_scalar(reader *r, hedui_yaml_node *node, const yaml_event_t *e)
{
    hedui_status status = refuse_extras(r, e, e->data.scalar.anchor, e->data.scalar.tag);
    if (status)
        return status;
    hedui_span text = {(const char *)e->data.scalar.value, e->data.scalar.length};
    node->text = hedui_arena_copy(r->arena, text);
    if (!node->text.at)
        return hedui_fail_memory(r->err);
    switch (e->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        node->style = HEDUI_YAML_QUOTED;
        break;
    case YAML_LITERAL_SCALAR_STYLE:
        node->style = HEDUI_YAML_LITERAL;
        break;
    case YAML_FOLDED_SCALAR_STYLE:
        node->style = HEDUI_YAML_FOLDED;
        break;
    case YAML_ANY_SCALAR_STYLE:
    case YAML_PLAIN_SCALAR_STYLE:
        node->style = HEDUI_YAML_PLAIN;
        break;
    }
    locate_body(node, r->yaml->source);
    return HEDUI_OK;
}

static hedui_status add(reader *r, hedui_yaml_node *parent, hedui_yaml_node *key,
                        hedui_yaml_node *value)
{
    uint32_t n = parent->count;
    if (n == 0 || (n >= SOME && (n & (n - 1)) == 0)) {
        size_t room = n ? (size_t)n * 2 : SOME;
        hedui_yaml_node **items = hedui_arena_array(r->arena, room, sizeof *items);
        hedui_yaml_node **keys = hedui_arena_array(r->arena, room, sizeof *keys);
        if (!items || !keys)
            return hedui_fail_memory(r->err);
        if (n) {
            memcpy(items, parent->items, n * sizeof *items);
            memcpy(keys, parent->keys, n * sizeof *keys);
        }
        parent->items = items;
        parent->keys = keys;
    }
    parent->items[n] = value;
    parent->keys[n] = key;
    parent->count++;
    return HEDUI_OK;
}

static hedui_status read_node(reader *r, hedui_yaml_node **node, yaml_event_t *event, int depth);

static hedui_status read_entry(reader *r, hedui_yaml_node *parent, hedui_table *seen,
                               yaml_event_t *event, int depth)
{
    hedui_yaml_node *key = NULL, *value = NULL;
    hedui_status status;
    if (parent->kind == HEDUI_YAML_MAPPING) {
        hedui_arg what = HEDUI_ARG_TEXT("a key must be plain text");
        if (event->type != YAML_SCALAR_EVENT)
            return fail_at(r, event->start_mark, HEDUI_E1101, what);
        status = read_node(r, &key, event, depth);
        if (status)
            return status;
        uint32_t before = seen->count;
        if (hedui_table_put(seen, key->text, 0) == HEDUI_TABLE_NONE)
            return hedui_fail_memory(r->err);
        if (seen->count == before)
            return hedui_yaml_fail(r->err, r->yaml, key, HEDUI_E1102, HEDUI_ARG_SPAN(key->text));
        yaml_event_delete(event);
        status = next(r, event);
        if (status)
            return status;
    }
    status = read_node(r, &value, event, depth);
    return status ? status : add(r, parent, key, value);
}

static hedui_status read_collection(reader *r, hedui_yaml_node *node, yaml_event_type_t end,
                                    int depth)
{
    hedui_table seen;
    hedui_table_init(&seen, r->arena);
    hedui_arg limit = HEDUI_ARG_NUMBER(DEPTH);
    if (depth >= DEPTH)
        return hedui_yaml_fail(r->err, r->yaml, node, HEDUI_E1106, limit);
    for (;;) {
        yaml_event_t event;
        hedui_status status = next(r, &event);
        if (status)
            return status;
        if (event.type == end) {
            yaml_event_delete(&event);
            return HEDUI_OK;
        }
        status = read_entry(r, node, &seen, &event, depth + 1);
        yaml_event_delete(&event);
        if (status)
            return status;
    }
}

static hedui_status read_node(reader *r, hedui_yaml_node **node, yaml_event_t *event, int depth)
{
    hedui_yaml_node *made = hedui_arena_take(r->arena, sizeof *made);
    hedui_status status;
    hedui_arg none = HEDUI_ARG_TEXT("");
    if (!made)
        return hedui_fail_memory(r->err);
    made->line = (uint32_t)event->start_mark.line + 1;
    made->column = (uint32_t)event->start_mark.column + 1;
    *node = made;
    if (event->type == YAML_SCALAR_EVENT) {
        made->kind = HEDUI_YAML_SCALAR;
        return read_scalar(r, made, event);
    }
    if (event->type == YAML_SEQUENCE_START_EVENT) {
        made->kind = HEDUI_YAML_SEQUENCE;
        status = refuse_extras(r, event, event->data.sequence_start.anchor,
                               event->data.sequence_start.tag);
        return status ? status : read_collection(r, made, YAML_SEQUENCE_END_EVENT, depth);
    }
    if (event->type == YAML_MAPPING_START_EVENT) {
        made->kind = HEDUI_YAML_MAPPING;
        status = refuse_extras(r, event, event->data.mapping_start.anchor,
                               event->data.mapping_start.tag);
        return status ? status : read_collection(r, made, YAML_MAPPING_END_EVENT, depth);
    }
    return fail_at(r, event->start_mark, HEDUI_E1103, none); /* an alias */
}

static hedui_status read_document(reader *r)
{
    static const hedui_span nothing = HEDUI_SPAN("");
    for (;;) {
        yaml_event_t event;
        hedui_yaml_node *node = NULL;
        hedui_status status = next(r, &event);
        if (status)
            return status;
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && r->yaml->root)
            status = fail_at(r, event.start_mark, HEDUI_E1105, (hedui_arg)HEDUI_ARG_SPAN(nothing));
        else if (type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT ||
                 type == YAML_MAPPING_START_EVENT || type == YAML_ALIAS_EVENT)
            status = read_node(r, &node, &event, 0);
        yaml_event_delete(&event);
        if (status)
            return status;
        if (node)
            r->yaml->root = node;
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    if (!r->yaml->root)
        return hedui_fail_plain(r->err, HEDUI_E1112, hedui_place_file(r->yaml->file));
    return HEDUI_OK;
}

hedui_status hedui_yaml_parse(const hedui_yaml **yaml, const char *file, hedui_span text,
                              hedui_arena *arena, hedui_err *err)
{
    reader r = {.arena = arena, .err = err};
    hedui_span name = hedui_arena_copy(arena, hedui_span_of(file));
    r.yaml = hedui_arena_take(arena, sizeof *r.yaml);
    if (!name.at || !r.yaml)
        return hedui_fail_memory(err);
    r.yaml->file = name.at;
    r.yaml->source = hedui_arena_copy(arena, text);
    if (!r.yaml->source.at)
        return hedui_fail_memory(err);
    if (text.length >= 2 &&
        (memcmp(text.at, "\xFF\xFE", 2) == 0 || memcmp(text.at, "\xFE\xFF", 2) == 0))
        return hedui_fail_plain(err, HEDUI_E1111, hedui_place_file(name.at));
    if (!yaml_parser_initialize(&r.parser))
        return hedui_fail_memory(err);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.yaml->source.at, text.length);
    hedui_status status = read_document(&r);
    yaml_parser_delete(&r.parser);
    if (!status)
        *yaml = r.yaml;
    return status;
}

hedui_status hedui_yaml_load(const hedui_yaml **yaml, const char *path, hedui_arena *arena,
                             hedui_err *err)
{
    hedui_span text;
    hedui_status status = hedui_file_read(&text, path, LARGEST, arena, err);
    return status ? status : hedui_yaml_parse(yaml, path, text, arena, err);
}
