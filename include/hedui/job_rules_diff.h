/** @file
 * What changed between two sets of packs, as people who answer for the policy read it.
 */
#ifndef HEDUI_JOB_RULES_DIFF_H
#define HEDUI_JOB_RULES_DIFF_H

#include <hedui/job_rules.h>

/** One thing that differs: `before` and `after` as written, empty where there was or is nothing. */
typedef struct hedui_rules_part {
    /** "title", "effect", "when" …: the key in the file; "row" of a parameter; "unless" with the
     * title in `key`; "parameter", "value" and "document" of what is affected only, with the id
     * in `key`. */
    const char *part;
    hedui_span key, before, after;
    const hedui_rules_row *row_before, *row_after; /**< of "row"; NULL: no such row */
} hedui_rules_part;

/** One document, parameter, value or rule. */
typedef struct hedui_rules_change {
    const char *kind;   /**< pack, document, parameter, value, rule */
    const char *change; /**< added, removed, changed; affected: a rule whose own text is the same
                             and which rests on a parameter, value or
                             document that is not */
    hedui_span pack, id, title;
    const hedui_rules_part *parts;
    uint32_t part_count;
} hedui_rules_change;

typedef struct hedui_rules_diff {
    const hedui_rules_change *changes; /**< by kind; in the order of the later packs, what is gone
                                            behind, what is affected last */
    uint32_t change_count;
} hedui_rules_diff;

/**
 * Load one side of a comparison.
 *
 * @param book       Set on success; lives in `arena`.
 * @param name       A run (R20140705-01): the packs it judged by, from the archive. A folder with a
 *                   pack.yaml, or the name of a pack of hedui.yaml: that pack with what it
 * inherits. Empty: all packs of hedui.yaml.
 * @param notes      Faults of the packs; may be NULL.
 * @return HEDUI_E8002 if there is no such pack, HEDUI_E5014 no such run, HEDUI_E8020, E8021, E8023
 *         as hedui_job_replay; as hedui_job_rules_book.
 */
hedui_status hedui_job_rules_side(const hedui_rules_book **book, const hedui_workspace *workspace,
                                  hedui_span name, hedui_arena *arena, const hedui_notes *notes,
                                  hedui_err *err);

/**
 * Compare. Rules, parameters and values are known by their ids, documents by pack and id, rows of a
 * parameter by what they hang on and their first day. Examples, scenarios and comments are not
 * compared: no household is judged by them.
 *
 * @param diff  Set on success; lives in `arena`, and borrows from both books. HEDUI_E1001.
 */
hedui_status hedui_job_rules_diff(const hedui_rules_diff **diff, const hedui_rules_book *before,
                                  const hedui_rules_book *after, hedui_arena *arena,
                                  hedui_err *err);

#endif
