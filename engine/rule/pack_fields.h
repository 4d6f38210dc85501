/** @file
 * The field tables of pack files, and the shapes that are only read on the way.
 */
#ifndef HEDUI_RULE_PACK_FIELDS_H
#define HEDUI_RULE_PACK_FIELDS_H

#include "rule/pack.h"

typedef struct hedui_parameter_text {
    hedui_span title, type, unit, replaces;
    hedui_yaml_texts by;
    const hedui_yaml_node *rows;
} hedui_parameter_text;

typedef struct hedui_period_text {
    hedui_span last, before;
    int previous_year;
} hedui_period_text;

typedef struct hedui_rounding {
    int64_t scale;
    hedui_span mode;
} hedui_rounding;

typedef struct hedui_value_text {
    hedui_span title, unit, type, replaces;
    int subject;
    hedui_rounding round;
    const hedui_yaml_node *is;
    hedui_yaml_structs breakdown;
} hedui_value_text;

typedef struct hedui_pack_text {
    hedui_span id, title;
    hedui_yaml_texts inherits;
    hedui_applies_to applies_to;
    const hedui_yaml_node *documents, *parameters, *values;
} hedui_pack_text;

typedef struct hedui_rules_text {
    const hedui_yaml_node *rules;
} hedui_rules_text;

/** One expectation of a rule, of a value; see scenario.h. */
typedef struct hedui_rule_expectation {
    int is;        /**< place in hedui_expectation_names */
    int64_t flags; /**< -1: not said */
    hedui_yaml_texts rows, searched, who, messages;
    hedui_span reason, source;
} hedui_rule_expectation;

typedef struct hedui_value_expectation {
    const hedui_yaml_node *is, *lines;
    hedui_span reason, source;
} hedui_value_expectation;

extern const char *const hedui_expectation_names[];
extern const hedui_yaml_field hedui_scenario_fields[];
extern const hedui_yaml_field hedui_rule_expectation_fields[];
extern const hedui_yaml_field hedui_value_expectation_fields[];
extern const hedui_yaml_field hedui_pack_fields[];
extern const hedui_yaml_field hedui_rules_fields[];
extern const hedui_yaml_field hedui_rule_fields[];
extern const hedui_yaml_field hedui_document_fields[];
extern const hedui_yaml_field hedui_parameter_fields[];
extern const hedui_yaml_field hedui_row_fields[];
extern const hedui_yaml_field hedui_size_fields[];
extern const hedui_yaml_field hedui_multiple_fields[];
extern const hedui_yaml_field hedui_period_fields[];
extern const hedui_yaml_field hedui_value_fields[];

#endif
