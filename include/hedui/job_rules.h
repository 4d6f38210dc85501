/** @file
 * The packs of a workspace as people read them: documents, parameters with their sources, values,
 * rules. Codes as in the files; texts live in the caller's arena.
 */
#ifndef HEDUI_JOB_RULES_H
#define HEDUI_JOB_RULES_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/digest.h>
#include <hedui/err.h>
#include <hedui/message.h>
#include <hedui/workspace.h>

#include <stdint.h>

typedef struct hedui_rules_document {
    hedui_span pack, id, title, issuer, number, note;
    const char *kind, *level; /**< as in the files: measure, county */
    int32_t date;             /**< INT32_MIN: not said */
    int confirmed;            /**< as its register says */
    hedui_span seen_by; /**< else who has seen its text, and when; empty: nobody, or taken back */
    int32_t seen_on;
} hedui_rules_document;

/** One row of a parameter; empty texts: any. */
typedef struct hedui_rules_row {
    hedui_span area, urban_rural, programme;
    int64_t size_from, size_to; /**< 0 and INT64_MAX: any number of people */
    int32_t from, to;           /**< INT32_MIN, INT32_MAX: open */
    hedui_span value;           /**< as written: 420.00, {times: 24, of: dibao_standard} */
    const hedui_rules_document *document;
    hedui_span article;
    const char *file;
    uint32_t line;
} hedui_rules_row;

typedef struct hedui_rules_parameter {
    hedui_span pack, id, title, type, unit;
    const hedui_rules_row *rows;
    uint32_t row_count;
    const char *file;
    uint32_t line, column;
    int used; /**< 1: a rule rests on it, directly or through values and multiples */
} hedui_rules_parameter;

/** An expression; `minus` of a line that is taken away. */
typedef struct hedui_rules_line {
    hedui_span title, text;
    int minus;
} hedui_rules_line;

typedef struct hedui_rules_value {
    hedui_span pack, id, title, unit;
    const char *subject; /**< household, member, supporter_household */
    hedui_span rounding; /**< "2 half_up", or empty */
    const hedui_rules_line *lines;
    uint32_t line_count;
    const char *file;
    uint32_t line, column;
    int used;
} hedui_rules_value;

/** One way out: `kind` is is, manual or override; `text` the condition or the question. */
typedef struct hedui_rules_unless {
    hedui_span title, text;
    const char *kind;
} hedui_rules_unless;

typedef struct hedui_rules_example {
    hedui_span title;
    const char *expect;
} hedui_rules_example;

typedef struct hedui_rules_rule {
    hedui_span pack, id, title, article, manual, message, ask, clears, replaces;
    hedui_span applies_to; /**< "dibao / urban", or empty */
    hedui_span each, who, when;
    int64_t category; /**< 0: none */
    const char *effect, *severity, *undetermined, *file;
    const char *shown; /**< "visit_sheet": nowhere but on the inspector's own sheet; "" */
    uint32_t line;
    int32_t from, to;
    const hedui_rules_document *document;
    /** Whether the document's text was seen for what the rule says now: "judged", "unconfirmed",
     * "lapsed" (the rule has changed since). */
    const char *seen;
    hedui_digest said; /**< what it says now, for a confirmation to rest on */
    const hedui_rules_unless *unless;
    const hedui_rules_example *examples;
    const hedui_rules_parameter *const *parameters; /**< it rests on, in the order of the packs */
    const hedui_rules_value *const *values;
    uint32_t unless_count, example_count, parameter_count, value_count;
} hedui_rules_rule;

typedef struct hedui_rules_book {
    const hedui_span *packs, *pack_titles; /**< ancestors first */
    const hedui_rules_document *documents;
    const hedui_rules_parameter *parameters;
    const hedui_rules_value *values;
    const hedui_rules_rule *rules;
    uint32_t pack_count, document_count, parameter_count, value_count, rule_count;
} hedui_rules_book;

/** Load the packs, and from the store, if there is one, whose documents' texts were seen.
 * @return as hedui_job_rules_check, and what opening the store returns; examples and scenarios are
 * not run. */
hedui_status hedui_job_rules_book(const hedui_rules_book **book, const hedui_workspace *workspace,
                                  hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

/** Whether a night on this day judges by the rule: judged, not_yet, over, unconfirmed (its
 * document's text was not seen), lapsed (it was, and the rule has changed since), manual (for the
 * visit). */
const char *hedui_rules_state(const hedui_rules_rule *rule, int32_t day);

/** Words for such a state. */
hedui_span hedui_rules_state_words(const char *state, hedui_language language);

/**
 * The rows of a parameter that hold in an area on a day: of rows that differ in the area only, the
 * nearest up the workspace's tree.
 *
 * @param rows   Room for parameter->row_count; those that hold, in their order.
 * @param area   Empty: the workspace's own.
 * @return HEDUI_E4005 if the tree does not have the area; E40xx of areas.csv, E10xx.
 */
hedui_status hedui_job_rules_resolve(const hedui_rules_row **rows, uint32_t *count,
                                     const hedui_rules_parameter *parameter,
                                     const hedui_workspace *workspace, hedui_span area, int32_t day,
                                     hedui_arena *arena, hedui_err *err);

/** Append the packs as an HTML document for people who answer for the policy: sources, parameters,
 * values, rules in words, examples. @param day  Which rules are marked as in force. */
void hedui_job_rules_document(hedui_buffer *out, const hedui_rules_book *book, int32_t day);

#endif
