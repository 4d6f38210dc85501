/** @file
 * One file of code list or layout to its struct. Used by layout.c, which knows the folders.
 */
#ifndef HEDUI_FEED_LAYOUT_PARSE_H
#define HEDUI_FEED_LAYOUT_PARSE_H

#include "feed/layout.h"
#include "yaml/bind.h"

/** The code lists there are, by name. */
typedef struct hedui_code_lists {
    const hedui_code_list *const *list;
    uint32_t count;
} hedui_code_lists;

/** Read a code list. E11xx, E2002, E2009, E2010. */
hedui_status hedui_code_list_parse(const hedui_code_list **list, const hedui_yaml *yaml,
                                   hedui_arena *arena, hedui_err *err);

/** Read a layout. E11xx, E20xx. */
hedui_status hedui_layout_parse(const hedui_layout **layout, const hedui_yaml *yaml,
                                const hedui_code_lists *lists, hedui_arena *arena, hedui_err *err);

/** Read the samples of a layout whose columns are known. */
hedui_status hedui_layout_parse_samples(hedui_layout *layout, const hedui_yaml *yaml,
                                        const hedui_yaml_node *samples, hedui_arena *arena,
                                        hedui_err *err);

/** Read the guards of a layout whose columns are known. */
hedui_status hedui_layout_parse_guards(hedui_layout_guards *guards, const hedui_layout *layout,
                                       const hedui_yaml *yaml, const hedui_yaml_node *node,
                                       hedui_arena *arena, hedui_err *err);

/** A name that rules can write: lower-case letters, digits, underscores. E2002. */
hedui_status hedui_layout_name(const hedui_yaml *yaml, const hedui_yaml_node *node, hedui_span name,
                               hedui_err *err);

#endif
