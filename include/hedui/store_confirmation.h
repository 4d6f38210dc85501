/** @file
 * Confirmations: who has seen the text of a document that its pack's register calls unconfirmed, so
 * that the rules resting on it are judged.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_CONFIRMATION_H
#define HEDUI_STORE_CONFIRMATION_H

#include <hedui/span.h>
#include <hedui/store.h>

/** An entry; of a document the last one holds. */
typedef struct hedui_store_confirmation {
    hedui_span event;                 /**< confirmed or withdrawn */
    hedui_span pack, document, title; /**< pack of the register, id in it, its title */
    hedui_span person, reason;
    int32_t day;
    int64_t at;    /**< seconds since 1970, information only; INT64_MIN unknown */
    int64_t rules; /**< how many it was confirmed for */
} hedui_store_confirmation;

/** What a rule said when its document was confirmed. */
typedef struct hedui_store_said {
    hedui_span rule;
    hedui_digest said;
} hedui_store_said;

/** What holds of a rule now: confirmed and not withdrawn since. */
typedef struct hedui_store_confirmed {
    hedui_span pack, document, rule, person;
    hedui_digest said;
    int32_t day;
} hedui_store_confirmed;

/**
 * Append an entry: all of it or nothing. Takes the lock unless held.
 *
 * @param entry  `rules` is not read. Person and reason must be given (HEDUI_E5020), without a whole
 *               number (HEDUI_E5047).
 * @param said   The rules that it was confirmed for; none of a withdrawal.
 * @return HEDUI_E5005 while a run is at work.
 */
hedui_status hedui_store_confirm(hedui_store *store, const hedui_store_confirmation *entry,
                                 const hedui_store_said *said, size_t said_count, hedui_err *err);

/** Entries, the newest first. @param pack, document  Empty: all. */
hedui_status hedui_store_confirmation_list(const hedui_store_confirmation **entries, size_t *count,
                                           hedui_store *store, hedui_span pack, hedui_span document,
                                           hedui_arena *arena, hedui_err *err);

/** What holds, by rule: at most one a rule. */
hedui_status hedui_store_confirmed_list(const hedui_store_confirmed **confirmed, size_t *count,
                                        hedui_store *store, hedui_arena *arena, hedui_err *err);

#endif
