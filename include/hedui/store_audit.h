/** @file
 * What people did, on record for good: who was shown what whole, and every decision that the store
 * keeps, as one list.
 */
#ifndef HEDUI_STORE_AUDIT_H
#define HEDUI_STORE_AUDIT_H

#include <hedui/digest.h>
#include <hedui/span.h>
#include <hedui/store.h>

/** One line of a delivery that a person asks to see whole. */
typedef struct hedui_store_reveal {
    hedui_span person, reason;
    hedui_span feed, file; /**< as it was delivered */
    hedui_digest digest;   /**< of the delivery */
    int64_t line;          /**< from 1 */
    int64_t at;            /**< seconds since 1970, information only; INT64_MIN unknown */
} hedui_store_reveal;

/** Put it on record, durably, before anything is shown.
 * @return HEDUI_E5020 without a person or a reason, HEDUI_E5047 if a whole number stands in one. */
hedui_status hedui_store_reveal_add(hedui_store *store, const hedui_store_reveal *reveal,
                                    hedui_err *err);

/** Something that a named person did. */
typedef struct hedui_store_entry {
    int64_t at;      /**< seconds since 1970, information only; INT64_MIN unknown */
    hedui_span kind; /**< codes of HEDUI_LABEL_AUDIT: run_published ... reveal */
    hedui_span what; /**< the run, the override, the document, the delivery and its line */
    hedui_span person, reason; /**< reason: empty where none is asked */
} hedui_store_entry;

/** All of them, the newest first; those of an unknown time last. In `arena`. */
hedui_status hedui_store_entry_list(const hedui_store_entry **entries, size_t *count,
                                    hedui_store *store, hedui_arena *arena, hedui_err *err);

#endif
