/** @file
 * A rule pack as its authors wrote it: documents, parameters, values, rules, each with its node for
 * messages. Not yet compiled; see rulebook.h.
 */
#ifndef HEDUI_RULE_PACK_H
#define HEDUI_RULE_PACK_H

#include "yaml/bind.h"
#include "yaml/yaml.h"

#include <hedui/arena.h>
#include <hedui/cel_value.h>
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
enum {
    HEDUI_BY_AREA = 1,
    HEDUI_BY_URBAN_RURAL = 2,
    HEDUI_BY_PROGRAMME = 4,
    HEDUI_BY_HOUSEHOLD_SIZE = 8
};

typedef enum hedui_parameter_kind {
    HEDUI_PARAMETER_DECIMAL,
    HEDUI_PARAMETER_INTEGER,
    HEDUI_PARAMETER_PERIOD,
    HEDUI_PARAMETER_CODE /**< of `list`; a plain text if that is empty */
} hedui_parameter_kind;

typedef enum hedui_parameter_shape {
    HEDUI_PARAMETER_SINGLE,
    HEDUI_PARAMETER_LIST, /**< list(type): [a, b] */
    HEDUI_PARAMETER_TABLE /**< table(type): {key: value} */
} hedui_parameter_shape;

/** `times` the value that another parameter has for the same household on the same day. */
typedef struct hedui_multiple {
    hedui_span times, of;
    hedui_span urban_rural;             /**< empty: the household's own */
    hedui_span rounding;                /**< empty: every product must be exact */
    hedui_cel_value factor;             /**< `times` as a decimal */
    const struct hedui_parameter *base; /**< set when the packs are put together */
} hedui_multiple;

typedef enum hedui_period_unit {
    HEDUI_PERIOD_DAYS,
    HEDUI_PERIOD_MONTHS,          /**< from the same day so many months earlier */
    HEDUI_PERIOD_CALENDAR_MONTHS, /**< so many whole months before the month of the day */
    HEDUI_PERIOD_YEARS,
    HEDUI_PERIOD_CALENDAR_YEARS
} hedui_period_unit;

/** So many units that end before a day. */
typedef struct hedui_period_rule {
    int64_t count;
    hedui_period_unit unit;
    hedui_span before; /**< as_of, or a date column of the household; empty: a bare length */
    uint32_t field;    /**< of the household record; UINT32_MAX: as_of */
} hedui_period_rule;

/** From and to, both included; 0 and INT64_MAX where nothing is written. */
typedef struct hedui_size_range {
    int64_t from, to;
} hedui_size_range;

typedef struct hedui_parameter_row {
    hedui_span area, urban_rural, programme; /**< empty: any */
    hedui_size_range size;
    hedui_in_force in_force;
    const hedui_yaml_node *value_node, *size_node, *node;
    hedui_cel_value value;           /**< unless one of the next two is set */
    const hedui_multiple *multiple;  /**< NULL: none */
    const hedui_period_rule *period; /**< NULL: none */
    hedui_basis basis;
} hedui_parameter_row;

typedef struct hedui_parameter {
    hedui_span id, title, type, unit, list;
    hedui_span replaces; /**< pack/parameter, or empty */
    hedui_parameter_kind kind;
    hedui_parameter_shape shape;
    uint32_t scale; /**< digits behind the point */
    unsigned by;
    hedui_parameter_row *rows;
    uint32_t row_count;
    const hedui_yaml_node *node;
    const hedui_yaml *yaml;
    uint32_t index;                 /**< in the rulebook, set when the packs are put together */
    int sized;                      /**< likewise: its value hangs on the size of the household */
    const hedui_cel_type *cel_type; /**< likewise */
} hedui_parameter;

typedef enum hedui_value_subject {
    HEDUI_VALUE_HOUSEHOLD,
    HEDUI_VALUE_MEMBER,
    HEDUI_VALUE_SUPPORTER_HOUSEHOLD
} hedui_value_subject;

/** One line of a breakdown: added, or taken away. */
typedef struct hedui_value_line_text {
    hedui_span title;
    const hedui_yaml_node *is;
    int minus;
} hedui_value_line_text;

typedef struct hedui_value_definition {
    hedui_span id, title, unit, type;
    hedui_span replaces;    /**< pack/value, or empty */
    int subject;            /**< hedui_value_subject */
    int64_t rounding_scale; /**< -1: none */
    hedui_span rounding_mode;
    const hedui_yaml_node *is;    /**< NULL: the sum of `breakdown` */
    hedui_yaml_structs breakdown; /**< of hedui_value_line_text */
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
    int32_t as_of; /**< 0: not written: the first day in force, else 2000-01-01 */
} hedui_example;

typedef struct hedui_rule_text {
    hedui_span id, title, manual, message, ask, clears, replaces;
    int64_t category;
    hedui_basis basis;
    hedui_in_force in_force;
    hedui_applies_to applies_to;
    int effect, severity, undetermined_review;
    int visit_sheet_only; /**< 1: in no list and no report but the inspector's own sheet */
    const hedui_yaml_node *each, *who, *when, *message_node, *node;
    hedui_yaml_structs unless;   /**< of hedui_unless */
    hedui_yaml_structs examples; /**< of hedui_example */
    const hedui_yaml *yaml;      /**< the file it stands in */
} hedui_rule_text;

/** A whole household and what must come of it; see scenario.h. */
typedef struct hedui_scenario {
    hedui_span id, title, note;
    int32_t as_of;
    const hedui_yaml_node *given, *rules, *values; /**< the last two NULL where not written */
    int no_other_flags; /**< 1: no rule but those named may give a flag */
    const hedui_yaml *yaml;
} hedui_scenario;

typedef struct hedui_pack {
    hedui_span id, title;
    const char *folder;
    hedui_applies_to applies_to; /**< for rules that do not say themselves */
    const struct hedui_pack *const *inherits;
    uint32_t inherit_count;
    const hedui_yaml *yaml; /**< pack.yaml */
    hedui_digest digest;    /**< over all its files, by name */
    const hedui_document *documents;
    hedui_parameter *parameters;
    const hedui_value_definition *values;
    const hedui_rule_text *rules;    /**< by file name, then as they stand */
    const hedui_scenario *scenarios; /**< by file name; outside `digest`, no night reads them */
    uint32_t document_count, parameter_count, value_count, rule_count, scenario_count;
    hedui_status fault; /**< first fault of rules and scenarios, which are left out; a pack with one
                             is for checking only */
} hedui_pack;

/**
 * Read pack.yaml, every other .yaml of a folder, and scenarios/.
 *
 * @param pack     Set on success; lives in `arena`.
 * @param parents  The packs it inherits, loaded already; borrowed.
 * @param notes    Every fault; may be NULL.
 * @param err      The first fault, whether of a definition or of a rule.
 * @return the first fault of what stands in pack.yaml: E11xx, E30xx, E10xx. A pack of which only
 *         rules or scenarios have faults is set, so that the others can be checked: see `fault`.
 */
hedui_status hedui_pack_load(const hedui_pack **pack, const char *folder,
                             const hedui_pack *const *parents, uint32_t parent_count,
                             hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

/** 1 if `pack` is `ancestor` or inherits it, directly or through others. */
int hedui_pack_descends(const hedui_pack *pack, const hedui_pack *ancestor);

/** The entry of the document register, the pack's own before those it inherits, or NULL. */
const hedui_document *hedui_pack_document(const hedui_pack *pack, hedui_span id);

/** Words of effects, severities and document kinds as written in YAML; NULL-ended. */
extern const char *const hedui_effect_names[];
extern const char *const hedui_severity_names[];
extern const char *const hedui_document_kind_names[];
extern const char *const hedui_document_level_names[];

#endif
