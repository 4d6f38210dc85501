/** @file
 * A YAML file as a tree of nodes that know where they stand, and constant field tables that bind
 * such nodes to structs and print their own reference.
 *
 * Accepted is the part of YAML 1.1 that cannot surprise: one UTF-8 document of mappings, sequences
 * and scalars that stay text. Refused by name: keys given twice, anchors and aliases, tags, several
 * documents, nesting beyond 16 levels.
 */
#ifndef HEDUI_YAML_YAML_H
#define HEDUI_YAML_YAML_H

#include <hedui/arena.h>
#include <hedui/err.h>

typedef enum hedui_yaml_kind {
    HEDUI_YAML_SCALAR,
    HEDUI_YAML_SEQUENCE,
    HEDUI_YAML_MAPPING
} hedui_yaml_kind;

typedef enum hedui_yaml_style {
    HEDUI_YAML_PLAIN,
    HEDUI_YAML_QUOTED,
    HEDUI_YAML_LITERAL, /**< a `|` block: positions inside map line by line to the file */
    HEDUI_YAML_FOLDED
} hedui_yaml_style;

typedef struct hedui_yaml_node hedui_yaml_node;
struct hedui_yaml_node {
    hedui_yaml_kind kind;
    hedui_yaml_style style;
    hedui_span text;         /**< of a scalar */
    uint32_t line, column;   /**< of the first character, from 1, in code points */
    uint32_t body_line;      /**< where the text itself begins (behind a quote, below a `|`) */
    uint32_t body_column;    /**< column of the first character of each line of the text */
    uint32_t count;          /**< items of a sequence, entries of a mapping */
    hedui_yaml_node **items; /**< items, or the values of a mapping */
    hedui_yaml_node **keys;  /**< of a mapping */
};

typedef struct hedui_yaml {
    const char *file; /**< as given, for messages */
    hedui_span source;
    const hedui_yaml_node *root;
} hedui_yaml;

/** Read and parse a file of at most 1 MiB. Everything lives in `arena`. HEDUI_E10xx, HEDUI_E11xx.
 */
hedui_status hedui_yaml_load(const hedui_yaml **yaml, const char *path, hedui_arena *arena,
                             hedui_err *err);

/** Parse a text; `file` is the name that messages show. Both are copied. */
hedui_status hedui_yaml_parse(const hedui_yaml **yaml, const char *file, hedui_span text,
                              hedui_arena *arena, hedui_err *err);

/** The value under `key` of a mapping, or NULL. */
const hedui_yaml_node *hedui_yaml_find(const hedui_yaml_node *mapping, const char *key);

/** Record a failure at a node, with the source line and a caret. `args` as for hedui_fail. */
hedui_status hedui_yaml_fail_with(hedui_err *err, const hedui_yaml *yaml,
                                  const hedui_yaml_node *node, hedui_status status,
                                  const hedui_arg *args);

#define hedui_yaml_fail(err, yaml, node, status, ...)                                              \
    hedui_yaml_fail_with((err), (yaml), (node), (status),                                          \
                         (const hedui_arg[]){__VA_ARGS__, HEDUI_ARG_END})

/** Line `line` (from 1) of a text without its line end; empty if there is none. */
hedui_span hedui_yaml_source_line(hedui_span source, uint32_t line);

#endif
