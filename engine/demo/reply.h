/** @file
 * Query lists in the invented county: an earlier caseload from which people were asked about, who
 * they are, and what the answers must come to.
 */
#ifndef HEDUI_DEMO_REPLY_H
#define HEDUI_DEMO_REPLY_H

#include "demo/judge.h"
#include "demo/out.h"
#include "demo/truth.h"

/** A list that nobody wrote. */
#define HEDUI_DEMO_NOBODYS_LIST "Q20140101-9999"

/** How the delivery of a feed of hits or verdicts is bound. */
typedef enum hedui_demo_bond {
    HEDUI_DEMO_NO_ANSWER, /**< a feed of another kind */
    HEDUI_DEMO_BOUND,     /**< names the list that was asked */
    HEDUI_DEMO_UNKNOWN_LIST,
    HEDUI_DEMO_UNNAMED /**< names none */
} hedui_demo_bond;

hedui_demo_bond hedui_demo_bond_of(hedui_demo_feed feed);

/** Choose what was otherwise on the day of the query, and mark who was asked about then. */
void hedui_demo_reply_ask(hedui_demo_case *made);

/** The household as the earlier caseload has it. @return 0: it was not in it yet. */
int hedui_demo_reply_then(hedui_demo_household *then, const hedui_demo_household *now);

/** 1 if the department has no row of these people, because nobody asked. `other` may be NULL. */
int hedui_demo_reply_silent(const hedui_demo_case *made, hedui_demo_feed feed,
                            const hedui_demo_member *member, const hedui_demo_member *other);

/** Count a row that was written; `other`: the second person if his number can be read. */
void hedui_demo_reply_count(hedui_demo_out *out, const hedui_demo_row *row,
                            const hedui_demo_member *member, const hedui_demo_member *other);

/** Write who of the case was asked about and what rules over the answers must say of it.
 * @return how many were asked about. */
int64_t hedui_demo_reply_case(hedui_demo_truth_out *truth, hedui_demo_out *outs,
                              const hedui_demo_case *made);

/** Write what the delivery of a feed must come to; the lists asked about so many `people`. */
void hedui_demo_reply_ledger(hedui_demo_truth_out *truth, const hedui_demo_out *out,
                             int64_t people);

#endif
