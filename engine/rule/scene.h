/** @file
 * A scenario while it is judged: its household, and the names of rows, reasons and figures in it.
 */
#ifndef HEDUI_RULE_SCENE_H
#define HEDUI_RULE_SCENE_H

#include "rule/judge.h"
#include "rule/pack_fields.h"
#include "rule/scenario.h"

#include <hedui/buffer.h>

typedef struct hedui_scene {
    const hedui_scenario *scenario;
    const hedui_rulebook *rulebook;
    hedui_book book;
    hedui_judge judge;
    hedui_arena *arena;
    hedui_err *err;
    hedui_scenario_each *each; /* may be NULL */
    void *context;
} hedui_scene;

/** One row of `given`. */
typedef struct hedui_scene_row {
    uint16_t source; /**< catalogue source */
    uint32_t index;  /**< from 0, as it stands in its list */
} hedui_scene_row;

/** What a rule found, taken from the judge's lists. */
typedef struct hedui_scene_outcome {
    uint32_t rule;
    int answer; /**< place in hedui_expectation_names */
    uint32_t flags;
    hedui_scene_row *rows; /**< evidence, each once, in order */
    uint32_t row_count;
    uint8_t *searched; /**< by feed: 1 if the absence of a record is evidence */
} hedui_scene_outcome;

/** The row behind a row of evidence; a supporter is always the row of his own list. */
hedui_scene_row hedui_scene_row_of(const hedui_scene *s, uint16_t source, uint32_t row);

/** Append a row's label, or its list and place. */
void hedui_scene_show_row(hedui_buffer *out, const hedui_scene *s, hedui_scene_row row);

/** Find the row that a text names. HEDUI_E3064, HEDUI_E3065 at `node`. */
hedui_status hedui_scene_find_row(hedui_scene_row *row, const hedui_scene *s, hedui_span name,
                                  const hedui_yaml_node *node);

/** HEDUI_E3066 if two rows bear one label. */
hedui_status hedui_scene_check_labels(const hedui_scene *s);

/** List name of a source, "household", "members", a parameter's name, or empty. */
hedui_span hedui_scene_source_name(const hedui_scene *s, uint16_t source);

/** The feed with this list name. HEDUI_E3067, HEDUI_E3068 at `node`. */
hedui_status hedui_scene_find_source(uint16_t *source, const hedui_scene *s, hedui_span name,
                                     const hedui_yaml_node *node);

/** Append "not_supplied vehicles". */
void hedui_scene_show_reason(hedui_buffer *out, const hedui_scene *s, hedui_cel_reason reason);

/** Append a value; rows by their names, what is not known with its reasons. */
void hedui_scene_show_value(hedui_buffer *out, const hedui_scene *s, hedui_cel_value value);

/** 1 if a value is what a scalar or a sequence says. */
int hedui_scene_equal(const hedui_scene *s, hedui_cel_value value, const hedui_yaml_node *node);

/** Tell of one expectation; both texts are freed. HEDUI_E1001. */
hedui_status hedui_scene_tell(const hedui_scene *s, hedui_span what, const char *part,
                              hedui_buffer *expected, hedui_buffer *actual,
                              const hedui_yaml_node *node, int passed);

/** Fill flags, rows and searched from the findings of o->rule, which was judged. HEDUI_E1001. */
hedui_status hedui_scene_collect(hedui_scene_outcome *o, hedui_scene *s);

/** Tell of `rows`, `who` and `searched` of an expectation, each read at `node`. HEDUI_E1001, those
 * of hedui_scene_find_row and hedui_scene_find_source. */
hedui_status hedui_scene_tell_rows(const hedui_scene *s, const hedui_scene_outcome *o,
                                   const hedui_rule_expectation *e, const hedui_yaml_node *node);
hedui_status hedui_scene_tell_who(const hedui_scene *s, const hedui_scene_outcome *o,
                                  const hedui_rule_expectation *e, const hedui_yaml_node *node);
hedui_status hedui_scene_tell_searched(const hedui_scene *s, const hedui_scene_outcome *o,
                                       const hedui_rule_expectation *e,
                                       const hedui_yaml_node *node);

/** Compare the values of a scenario. */
hedui_status hedui_scene_values(hedui_scene *s);

/** 1 if one of an unknown's or a rule's reasons has this name and this source; an empty text fits
 * any. */
int hedui_scene_reason_fits(const hedui_scene *s, hedui_cel_reason found, hedui_span reason,
                            hedui_span source);

/** HEDUI_E1110, HEDUI_E1114 or those of hedui_scene_find_source if `reason` or `source` of the
 * expectation at `node` names nothing. */
hedui_status hedui_scene_check_reason(const hedui_scene *s, const hedui_yaml_node *node);

#endif
