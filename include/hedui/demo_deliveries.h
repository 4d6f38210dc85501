/** @file
 * What becomes of the invented county's deliveries: rows rejected, ledgers; what no run may use,
 * and what that leaves open. See hedui/demo.h.
 *
 * With `further` eight offices of the county deliver files that are no good: UTF-16, plain text, a
 * zip archive, one cut short (behind a sound one of the month before, which is not used in its
 * place), a wrong checksum, a wrong length, bytes behind the end, a delta cut short behind a sound
 * full delivery. A pack of the county's own, county-files, asks each of them one question.
 *
 * Its truth:
 *     refusals.tsv    feed  file  error number  its argument  word of the fault, or -
 *     gaps.tsv        rule  reason  feed  households that the feed leaves without an answer
 */
#ifndef HEDUI_DEMO_DELIVERIES_H
#define HEDUI_DEMO_DELIVERIES_H

#include <hedui/span.h>

#include <stdint.h>

typedef struct hedui_demo_reject {
    hedui_span file; /**< name without folder */
    uint32_t line;
    hedui_span reason;
} hedui_demo_reject;

/** records = accepted + other_document + duplicate + rejected; accepted = matched +
 * not_in_caseload. Feeds without a file and files that are no good are left out. */
typedef struct hedui_demo_ledger {
    hedui_span feed, file;
    int64_t records, accepted, other_document, duplicate, rejected, matched, not_in_caseload;
    int64_t apart; /**< header, title and footer lines */
} hedui_demo_ledger;

/** One reason for which a delivery was not used. */
typedef struct hedui_demo_refusal {
    hedui_span feed, file;
    int number; /**< of the message, HEDUI_E2xxx */
    hedui_span argument;
} hedui_demo_refusal;

/** What a whole feed left open. */
typedef struct hedui_demo_gap {
    hedui_span rule, reason, feed;
    int64_t households;
} hedui_demo_gap;

#endif
