/* Looking things up in a tree, and failing at a node with its source line. */
#include "yaml/yaml.h"

const hedui_yaml_node *hedui_yaml_find(const hedui_yaml_node *mapping, const char *key)
{
    if (!mapping || mapping->kind != HEDUI_YAML_MAPPING)
        return NULL;
    for (uint32_t i = 0; i < mapping->count; i++)
        if (hedui_span_is(mapping->keys[i]->text, key))
            return mapping->items[i];
    return NULL;
}

hedui_span hedui_yaml_source_line(hedui_span source, uint32_t line)
{
    hedui_span found = {source.at + source.length, 0};
    const char *at = source.at, *end = source.at + source.length;
    for (uint32_t n = 1; at < end; n++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        if (n == line) {
            found.at = at;
            found.length = (size_t)(stop - at);
            if (found.length && at[found.length - 1] == '\r')
                found.length--;
            return found;
        }
        at = stop < end ? stop + 1 : end;
    }
    return found;
}

static uint32_t code_points(hedui_span text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

hedui_status hedui_yaml_fail_with(hedui_err *err, const hedui_yaml *yaml,
                                  const hedui_yaml_node *node, hedui_status status,
                                  const hedui_arg *args)
{
    hedui_place place = hedui_place_at(yaml->file, node->line, node->column);
    int fresh = err && err->status == HEDUI_OK;
    (void)hedui_fail_with(err, status, place, args);
    if (fresh) {
        uint32_t width = node->kind == HEDUI_YAML_SCALAR && node->style == HEDUI_YAML_PLAIN
                             ? code_points(node->text)
                             : 1;
        hedui_err_excerpt(err, hedui_yaml_source_line(yaml->source, node->line), node->column,
                          width ? width : 1);
    }
    return status;
}
