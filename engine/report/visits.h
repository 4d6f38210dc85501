/** @file
 * Households to be visited with their members, flags and questions, read from the store's views.
 */
#ifndef HEDUI_REPORT_VISITS_H
#define HEDUI_REPORT_VISITS_H

#include "report/kinds.h"

#include <hedui/table.h>

typedef struct hedui_visit_member {
    struct hedui_visit_member *next; /**< of the same household */
    hedui_span name, relation, id;
    int32_t born; /**< day */
    int counted, authorised;
} hedui_visit_member;

/** A flag as the family may read it. */
typedef struct hedui_visit_flag {
    struct hedui_visit_flag *next; /**< of the same household */
    hedui_span title, sources, message, places, ask, questions, severity, remark;
    hedui_span clears, kind_clears; /**< the first is empty where the flag before says the same */
} hedui_visit_flag;

typedef struct hedui_visit_question {
    struct hedui_visit_question *next; /**< of the same household */
    hedui_span title, text;
} hedui_visit_question;

typedef struct hedui_visit {
    hedui_span id, town, area_code, area, head, head_id, address, programme, status, since, state,
        severity;
    int64_t paid_fen, people, counted, flags, unanswered;
    int32_t visit_by; /**< INT32_MIN: the county settled no day */
    const hedui_visit_member *first_member;
    const hedui_visit_flag *first_flag;
    const hedui_visit_question *first_question;
} hedui_visit;

typedef struct hedui_visits {
    hedui_visit *list; /**< by village, the most urgent first in each */
    size_t count;
    size_t from, to; /**< those of the order's part */
} hedui_visits;

/** Most households of one file: a browser prints more than this only with patience. */
enum { HEDUI_VISITS_PART = 200 };

/** Load what the order asks for; lives in its arena. Sets its `parts`: files end with a village as
 * long as no village fills one. */
hedui_status hedui_visits_load(hedui_visits *visits, const hedui_report_order *order,
                               hedui_err *err);

/** The households of an order alone, without what belongs to them. */
hedui_status hedui_visits_households(hedui_visits *visits, const hedui_report_order *order,
                                     hedui_err *err);

/** Which household of `visits` has an id. */
hedui_status hedui_visits_index(hedui_table *ids, const hedui_visits *visits,
                                const hedui_report_order *order, hedui_err *err);

/** Append the ids of the order's part as a JSON array: what belongs to them is asked for by these.
 */
void hedui_visits_ids(hedui_buffer *out, const hedui_visits *visits);

/** Open a view for an order: its run, its town, its households. */
struct hedui_store_view;
hedui_status hedui_visits_view(struct hedui_store_view *view, const hedui_report_order *order,
                               const char *name, hedui_err *err);

#endif
