/** @file
 * The count of every line of a delivery. It balances, or the run does not publish.
 */
#ifndef HEDUI_FEED_LEDGER_H
#define HEDUI_FEED_LEDGER_H

#include "feed/reason.h"

#include <stdint.h>

/** records = accepted + other_document + duplicate + rejected;  accepted = matched +
 * not_in_caseload;  rejected = sum of rejected_by. Without a matcher every accepted row counts as
 * matched. Title, header, footer and blank lines are no records. */
typedef struct hedui_ledger {
    uint64_t title_lines, header_lines, footer_lines, blank_lines;
    uint64_t records;
    uint64_t accepted, matched, not_in_caseload;
    uint64_t other_document; /**< a company's car, a passport: nobody with a citizen number */
    uint64_t duplicate;      /**< same content as an earlier row; looked for among decoded rows */
    uint64_t rejected;
    uint64_t decoded;          /**< rows whose fields were read: matched + duplicate + below */
    uint64_t decoded_rejected; /**< rows rejected after they had matched */
    uint64_t upgraded;         /**< matched rows found by an upgraded 15-digit number only */
    uint64_t rejected_by[HEDUI_REASON_COUNT];
} hedui_ledger;

/** 1 if all the sums hold. */
int hedui_ledger_balances(const hedui_ledger *ledger);

#endif
