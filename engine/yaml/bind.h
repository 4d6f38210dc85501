/** @file
 * Constant tables that describe a mapping: which keys, of which kind, into which member of a
 * struct. One table loads the struct, refuses unknown keys with a suggestion, and prints the
 * reference.
 */
#ifndef HEDUI_YAML_BIND_H
#define HEDUI_YAML_BIND_H

#include "yaml/yaml.h"

#include <hedui/buffer.h>

typedef enum hedui_yaml_field_kind {
    HEDUI_YAML_TEXT,       /**< hedui_span; empty is refused */
    HEDUI_YAML_TEXTS,      /**< hedui_yaml_texts; one scalar counts as a list of one */
    HEDUI_YAML_FLAG,       /**< int: true | false */
    HEDUI_YAML_INTEGER,    /**< int64_t */
    HEDUI_YAML_DATE,       /**< int32_t: YYYY-MM-DD as a day number */
    HEDUI_YAML_CHOICE,     /**< int: index into the NULL-ended list of names in `detail` */
    HEDUI_YAML_NODE,       /**< const hedui_yaml_node *: bound by the caller */
    HEDUI_YAML_EXPRESSION, /**< const hedui_yaml_node *: a scalar in a `|-` block or in quotes */
    HEDUI_YAML_STRUCT,     /**< a struct in place, by the table in `detail` */
    HEDUI_YAML_STRUCTS     /**< hedui_yaml_structs, by the hedui_yaml_shape in `detail` */
} hedui_yaml_field_kind;

typedef struct hedui_yaml_texts {
    hedui_span *items;
    uint32_t count;
} hedui_yaml_texts;

/** An array of structs of the shape's size, each with its node when the shape says where. */
typedef struct hedui_yaml_structs {
    void *items;
    uint32_t count;
} hedui_yaml_structs;

enum { HEDUI_YAML_REQUIRED = 1 };

typedef struct hedui_yaml_field {
    const char *key;
    hedui_yaml_field_kind kind;
    size_t offset;      /**< offsetof the member */
    int flags;          /**< HEDUI_YAML_REQUIRED or 0 */
    const void *detail; /**< names, table or shape, by kind */
    const char *doc;    /**< one line for the reference, in Chinese */
} hedui_yaml_field;

/** An array element: its size and its table (ended by a field whose key is NULL). */
typedef struct hedui_yaml_shape {
    size_t size;
    const hedui_yaml_field *fields;
} hedui_yaml_shape;

/**
 * Bind a mapping to a struct.
 *
 * @param object  Zeroed by the caller; members of absent keys are left as they are.
 * @param fields  Ended by a field whose key is NULL.
 * @return HEDUI_E1107 to E1110, E1113 to E1115 with the place of the key or value; E1001.
 */
hedui_status hedui_yaml_bind(void *object, const hedui_yaml_field *fields, const hedui_yaml *yaml,
                             const hedui_yaml_node *mapping, hedui_arena *arena, hedui_err *err);

/**
 * The same, but going on behind a fault, so that all faults of a mapping are told in one go.
 * Members of keys that could not be bound are left as they are. A key that is missing because a
 * misspelt one is near it is not told twice.
 *
 * @param notes  Every fault.
 * @param err    The first, unless it holds one already; may be NULL.
 * @return the first fault.
 */
hedui_status hedui_yaml_bind_all(void *object, const hedui_yaml_field *fields,
                                 const hedui_yaml *yaml, const hedui_yaml_node *mapping,
                                 hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

/** Append the table as an indented reference: key, kind, whether required, doc line. */
void hedui_yaml_reference(hedui_buffer *out, const hedui_yaml_field *fields, int indent);

#endif
