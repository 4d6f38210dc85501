/** @file
 * What differs between two documents, parameters, values or rules.
 */
#ifndef HEDUI_JOB_RULES_COMPARE_H
#define HEDUI_JOB_RULES_COMPARE_H

#include <hedui/job_rules_diff.h>

/** Where differences are gathered. */
typedef struct hedui_rules_differ {
    hedui_rules_part *parts; /**< of the item being compared */
    uint32_t part_count, part_room;
    int failed; /**< 1: memory ran out for a text */
    hedui_arena *arena;
    hedui_err *err;
} hedui_rules_differ;

/** Add a part. HEDUI_E1001. */
hedui_status hedui_rules_add_part(hedui_rules_differ *d, hedui_rules_part part);

/** Add what differs; one side may be NULL: then all that the other has. HEDUI_E1001. */
hedui_status hedui_rules_compare_document(hedui_rules_differ *d, const void *before,
                                          const void *after);
hedui_status hedui_rules_compare_parameter(hedui_rules_differ *d, const void *before,
                                           const void *after);
hedui_status hedui_rules_compare_value(hedui_rules_differ *d, const void *before,
                                       const void *after);
hedui_status hedui_rules_compare_rule(hedui_rules_differ *d, const void *before, const void *after);

#endif
