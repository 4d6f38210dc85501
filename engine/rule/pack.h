/** @file
 * A rule pack as its authors wrote it: documents, parameters, values, rules, each with its node for
 * messages. Not yet compiled; see rulebook.h.
 */
#ifndef HEDUI_RULE_PACK_H
#define HEDUI_RULE_PACK_H

#include "yaml/bind.h"
#include "yaml/yaml.h"

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>

#include <stdint.h>

typedef enum hedui_effect {
    HEDUI_EFFECT_EXCLUDE_PERSON,
    HEDUI_EFFECT_OVER_LIMIT,
    HEDUI_EFFECT_ADD_INCOME,
    HEDUI_EFFECT_REVIEW,
    HEDUI_EFFECT_INFORM,
    HEDUI_EFFECT_INCLUDE
} hedui_effect;

/** What a document is; a work plan is no basis for more than a review. */
typedef enum hedui_document_kind {
    HEDUI_DOCUMENT_LAW,
    HEDUI_DOCUMENT_REGULATION,
    HEDUI_DOCUMENT_MEASURE,
    HEDUI_DOCUMENT_STANDARD,
    HEDUI_DOCUMENT_NOTICE,
    HEDUI_DOCUMENT_WORK_PLAN
} hedui_document_kind;

/** First and last day; INT32_MIN and INT32_MAX where nothing is written. */
typedef struct hedui_in_force {
    int32_t from, to;
} hedui_in_force;

typedef struct hedui_document {
    hedui_span id, title, issuer, number, note;
    int kind, level;
    int32_t date;
    int confirmed; /**< the text was seen; else rules that rest on it are not judged */
} hedui_document;

typedef struct hedui_basis {
    hedui_span document, article;
} hedui_basis;

/** What a parameter depends on beside the date. */
enum { HEDUI_BY_AREA = 1, HEDUI_BY_URBAN_RURAL = 2, HEDUI_BY_PROGRAMME = 4 };

typedef struct hedui_parameter_row {
    hedui_span area, urban_rural, programme; /**< empty: any */
    hedui_in_force in_force;
    hedui_span text; /**< the value as written */
    int64_t value;   /**< at the parameter's scale */
    hedui_basis basis;
    const hedui_yaml_node *node;
} hedui_parameter_row;

typedef struct hedui_parameter {
    hedui_span id, title, type, unit;
    uint32_t scale; /**< digits behind the point */
    int is_integer;
    unsigned by;
    const hedui_parameter_row *rows;
    uint32_t row_count;
} hedui_parameter;

typedef struct hedui_value_definition {
    hedui_span id, title, unit, type;
    int for_member; /**< 0: of the household */
    int64_t rounding_scale;
    hedui_span rounding_mode;
    const hedui_yaml_node *is;
    const hedui_yaml_node *node;
} hedui_value_definition;

typedef struct hedui_applies_to {
    hedui_yaml_texts programme, urban_rural, status; /**< empty: any */
} hedui_applies_to;

/** One way out of a rule: a condition, a question at the visit, or a recorded decision. */
typedef struct hedui_unless {
    hedui_span title, manual;
    const hedui_yaml_node *is;
    int override_allowed;
} hedui_unless;

typedef struct hedui_example {
    hedui_span title;
    const hedui_yaml_node *given;
    int expect;    /**< 0 true, 1 false, 2 undetermined */
    int32_t as_of; /**< INT32_MIN: the rule's first day in force */
} hedui_example;

typedef struct hedui_rule_text {
    hedui_span id, title, manual, message, ask, clears, replaces;
    int64_t category;
    hedui_basis basis;
    hedui_in_force in_force;
    hedui_applies_to applies_to;
    int effect, severity, undetermined_review;
    const hedui_yaml_node *each, *who, *when, *message_node, *node;
    hedui_yaml_structs unless;   /**< of hedui_unless */
    hedui_yaml_structs examples; /**< of hedui_example */
    const hedui_yaml *yaml;      /**< the file it stands in */
} hedui_rule_text;

typedef struct hedui_pack {
    hedui_span id, title;
    hedui_applies_to applies_to; /**< for rules that do not say themselves */
    const hedui_yaml *yaml;      /**< pack.yaml */
    hedui_digest digest;         /**< over all its files, by name */
    const hedui_document *documents;
    const hedui_parameter *parameters;
    const hedui_value_definition *values;
    const hedui_rule_text *rules; /**< by file name, then as they stand */
    uint32_t document_count, parameter_count, value_count, rule_count;
} hedui_pack;

/**
 * Read pack.yaml and every other .yaml of a folder.
 *
 * @param pack   Set on success; lives in `arena`.
 * @param notes  Every fault that was found (one a file at least); may be NULL.
 * @return the first fault: E11xx, E30xx, E10xx.
 */
hedui_status hedui_pack_load(const hedui_pack **pack, const char *folder, hedui_arena *arena,
                             const hedui_notes *notes, hedui_err *err);

/** The entry of the pack's document register, or NULL. */
const hedui_document *hedui_pack_document(const hedui_pack *pack, hedui_span id);

/** Words of effects, severities and document kinds as written in YAML; NULL-ended. */
extern const char *const hedui_effect_names[];
extern const char *const hedui_severity_names[];

#endif
