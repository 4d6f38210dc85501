/** @file
 * Whom a department may be asked about on one day: the counted members and
 * the supporters with a live authorisation.
 */
#ifndef HEDUI_RUN_ROSTER_H
#define HEDUI_RUN_ROSTER_H

#include "caseload/caseload.h"
#include "feed/chain.h"

#include <hedui/arena.h>
#include <hedui/err.h>

/** Files of the caseload: households, members, supporters. */
enum { HEDUI_ROSTER_FILES = 3 };

/** One row of a query list. A person who stands in the caseload under two names has two: a search
 * by number and the wrong name would find nothing, and that would read as "no record". */
typedef struct hedui_roster_entry {
    hedui_citizen_id id;
    hedui_span name;
} hedui_roster_entry;

/** A member who is not asked about; `reason` is a code of HEDUI_LABEL_OMITTED. */
typedef struct hedui_roster_omission {
    uint32_t member; /**< index into the caseload's members */
    const char *reason;
} hedui_roster_omission;

typedef struct hedui_roster {
    const hedui_roster_entry *entries; /**< by number, then name */
    uint32_t entry_count;
    const hedui_citizen_id *asked; /**< the people of the entries, each once, ascending */
    uint32_t asked_count;
    const hedui_roster_omission *omitted; /**< in the caseload's order */
    uint32_t omitted_count;
    uint32_t unreadable; /**< member rows without a citizen number that can be asked about */
} hedui_roster;

/**
 * Sort the members of a caseload that was built for the day of the query.
 *
 * Not asked about: a member who is not counted; who has no authorisation or one that ran out or
 * whose end cannot be read; members of households that left the programme (attribute `ended` of the
 * list of statuses), because leaving ends the authorisation; households whose own rows contradict
 * each other. A person whom another place lets ask is not omitted.
 *
 * @param roster  Filled on success; lives in `arena`, borrows the caseload. HEDUI_E1001.
 *
 * Source: authorisations hold until the applicant leaves (关于授权核查 in local measures).
 */
hedui_status hedui_roster_make(hedui_roster *roster, const hedui_caseload *caseload,
                               hedui_arena *arena, hedui_err *err);

/**
 * Read the caseload of an inbox as a run of that day would, and nothing else.
 *
 * @param caseload    Set on success; lives in `arena`. The caller closes the chains, on failure
 *                    too.
 * @param chains      Places, set to NULL or to what was opened.
 * @param spill       Folder for rejects beyond memory.
 * @return E4010, E4011, E40xx, E20xx, E10xx.
 */
hedui_status hedui_roster_caseload(const hedui_caseload **caseload,
                                   hedui_chain *chains[HEDUI_ROSTER_FILES], const char *inbox,
                                   const hedui_layouts *layouts, const hedui_areas *areas,
                                   const char *spill, int32_t day, hedui_arena *arena,
                                   hedui_err *err);

#endif
