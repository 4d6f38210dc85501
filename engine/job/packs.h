/** @file
 * A workspace's layouts and packs, loaded together, and what is taken from them for people.
 */
#ifndef HEDUI_JOB_PACKS_H
#define HEDUI_JOB_PACKS_H

#include "feed/layout.h"
#include "rule/rulebook.h"

#include <hedui/job_rules.h>
#include <hedui/workspace.h>

typedef struct hedui_job_packs {
    const hedui_layouts *layouts;
    const hedui_rulebook *rulebook;
} hedui_job_packs;

/** Load both into `arena`; every fault goes to `notes`, the first to `err`. */
hedui_status hedui_job_packs_load(hedui_job_packs *packs, const hedui_workspace *workspace,
                                  hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

/** As hedui_job_rules_book, of packs that are loaded. HEDUI_E1001. */
hedui_status hedui_job_rules_book_make(const hedui_rules_book **book,
                                       const hedui_rulebook *rulebook, hedui_arena *arena,
                                       hedui_err *err);

/** What a rule rests on, 1 by 1. */
typedef struct hedui_job_uses {
    uint8_t *parameters; /**< as in the rulebook */
    uint8_t *values;     /**< in the order of hedui_job_value_at */
} hedui_job_uses;

/** Values of households, then members, then supporters' households. */
const hedui_value *hedui_job_value_at(const hedui_rulebook *book, uint32_t i);

/** Follow a rule through values to parameters; the lists live in `arena`. HEDUI_E1001. */
hedui_status hedui_job_uses_find(hedui_job_uses *uses, const hedui_rulebook *book,
                                 const hedui_rule *rule, hedui_arena *arena, hedui_err *err);

#endif
