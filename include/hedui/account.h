/** @file
 * How the outcomes of one household came about, derived from its rows: each rule's condition part
 * by part with its value, the values it uses with their lines, the parameters with where they come
 * from. Plain texts and figures, made by hedui_job_explain; all of it lives in one arena.
 */
#ifndef HEDUI_ACCOUNT_H
#define HEDUI_ACCOUNT_H

#include <hedui/cel_outline.h>
#include <hedui/span.h>

#include <stddef.h>
#include <stdint.h>

/** Why something is not known. */
typedef struct hedui_account_reason {
    hedui_span code;                 /**< as of causes: "not_supplied"; words: HEDUI_LABEL_CAUSE */
    hedui_span source, source_title; /**< feed or parameter; may be empty */
    hedui_span field, field_title;   /**< column; may be empty */
    hedui_span person;               /**< name; may be empty */
} hedui_account_reason;

/** What a figure is; hedui_account_figure_names. */
typedef enum hedui_account_state {
    HEDUI_ACCOUNT_KNOWN,
    HEDUI_ACCOUNT_EMPTY,   /**< the cell is empty, which means that there is none */
    HEDUI_ACCOUNT_UNKNOWN, /**< for `reasons` */
    HEDUI_ACCOUNT_FAILED   /**< no value though all was known: `text` says why, in English */
} hedui_account_state;

/** A value as people read it. */
typedef struct hedui_account_figure {
    hedui_account_state state;
    int truth;       /**< 0, 1; -1: no truth value */
    int64_t count;   /**< of a list: how many; else -1 */
    int partial;     /**< 1: a list of which `reasons` say why there may be more */
    hedui_span text; /**< 420.00, 2014-05-20, a code's label, items of a list; empty for rows */
    hedui_span unit; /**< 元/月; may be empty */
    const hedui_account_reason *reasons;
    size_t reason_count;
} hedui_account_figure;

/** A row that is meant, where it stands. */
typedef struct hedui_account_row {
    hedui_span source, source_title, file;
    int64_t line, offset;
    hedui_span person; /**< whom it is about; may be empty */
} hedui_account_row;

/** A line of a condition. */
typedef struct hedui_account_part {
    hedui_cel_part_kind kind;
    uint32_t depth;   /**< children follow their part at a greater depth */
    hedui_span text;  /**< as it is written in the pack, on one line */
    hedui_span name;  /**< LIST: exists, all, filter, sumOf ...; else empty */
    hedui_span title; /**< FIELD, NAME: what people call it; may be empty */
    hedui_account_figure figure;
    int decides;    /**< 0: the part above comes out the same without it */
    uint32_t count; /**< LIST, MORE: elements; ROW: which, from 1; ASSUMED: 1 if it was */
    const hedui_account_row *row; /**< ROW, FIELD: the row; NULL of anything else */
    int value;                    /**< index into the account's values, -1: none */
    int parameter;                /**< index into the account's parameters, -1: none */
} hedui_account_part;

typedef struct hedui_account_line {
    hedui_span title;
    int minus;                   /**< 1: taken away */
    hedui_account_figure figure; /**< as it stands, without the minus */
    const hedui_account_part *parts;
    size_t part_count;
} hedui_account_line;

/** A value that a pack defines, of the household or of one person. */
typedef struct hedui_account_value {
    hedui_span id, title, pack;
    hedui_span person; /**< of a member or supporter; empty: of the household */
    hedui_account_figure figure;
    hedui_account_figure exact;      /**< before rounding; the same as `figure` if there is none */
    int rounding_scale;              /**< -1: not rounded */
    hedui_span rounding_mode;        /**< half_up, ... */
    const hedui_account_line *lines; /**< that add up to `exact`; none: see `parts` */
    size_t line_count;
    const hedui_account_part *parts;
    size_t part_count;
} hedui_account_value;

/** A parameter with the row of its table that fits, or that none does. */
typedef struct hedui_account_parameter {
    hedui_span id, title;
    hedui_account_figure figure;
    hedui_span area, area_name, urban_rural, programme; /**< of the row; empty: any */
    hedui_span urban_rural_label, programme_label;
    int32_t from, to;     /**< INT32_MIN, INT32_MAX: open */
    hedui_span basis;     /**< document and article */
    int base;             /**< index of what it is a multiple of, -1: not told */
    hedui_span times, of; /**< 1.5 of dibao_standard; empty: written as it is */
} hedui_account_parameter;

/** A way out of a rule: a condition, a question for the visit, or a recorded decision. */
typedef struct hedui_account_unless {
    hedui_span title, manual;        /**< `manual`: the question; empty: none */
    int recorded;                    /**< 1: by a recorded decision only */
    hedui_account_figure figure;     /**< of a condition */
    const hedui_account_part *parts; /**< none: no condition */
    size_t part_count;
} hedui_account_unless;

/** A rule's condition for the household, or for one of the things it asks about. */
typedef struct hedui_account_judgement {
    hedui_span subject;           /**< as of flags */
    const hedui_account_row *row; /**< the thing, NULL: the household */
    hedui_account_figure outcome; /**< condition and ways out together */
    hedui_account_figure figure;  /**< of the condition */
    const hedui_account_part *parts;
    size_t part_count;
    const hedui_account_unless *unless;
    size_t unless_count;
} hedui_account_judgement;

typedef struct hedui_account_rule {
    hedui_span id, title, pack, basis, ask, clears, manual;
    hedui_span answer; /**< flagged, tagged, overridden, clear, undetermined, not_applicable */
    hedui_account_figure each; /**< of a rule that goes thing by thing: the list */
    int has_each;
    const hedui_account_judgement *judgements;
    size_t judgement_count;
    const uint32_t *values, *parameters; /**< that it used, values it rests on included */
    size_t value_count, parameter_count;
    const hedui_span *sources; /**< feeds that it reads, values included, by name */
    size_t source_count;
} hedui_account_rule;

typedef struct hedui_account {
    const hedui_account_rule *rules; /**< that were judged, in the order of judging */
    size_t rule_count;
    const hedui_account_value *values;
    size_t value_count;
    const hedui_account_parameter *parameters;
    size_t parameter_count;
} hedui_account;

#endif
