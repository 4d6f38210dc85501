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

/**
 * As hedui_job_rules_book, of packs that are loaded.
 *
 * @param workspace  Whose store says which documents were seen.
 * @return HEDUI_E1001, and what opening the store returns.
 */
hedui_status hedui_job_rules_book_make(const hedui_rules_book **book,
                                       const hedui_rulebook *rulebook,
                                       const hedui_workspace *workspace, hedui_arena *arena,
                                       hedui_err *err);

#endif
