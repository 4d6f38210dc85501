/** @file
 * Decisions on record that take two people: proposed by one, approved by another, up to a day.
 * Entries are only added. What is decided on stands in store_override.h and store_pair.h.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_DECISION_H
#define HEDUI_STORE_DECISION_H

#include <hedui/span.h>
#include <hedui/store.h>

enum { HEDUI_STORE_DECISION_ID = 24 };

/** What a decision is about. */
typedef enum hedui_store_matter {
    HEDUI_STORE_OVERRIDE, /**< a finding that is no flag as long as its facts are the same */
    HEDUI_STORE_PAIR,     /**< a row of a register that is not this person's as long as it says the
                               same */
    HEDUI_STORE_MATTERS
} hedui_store_matter;

/** A person's word: who, why, on which day. */
typedef struct hedui_store_word {
    hedui_span person, reason;
    int32_t day;
    int64_t at; /**< seconds since 1970, information only; INT64_MIN unknown */
} hedui_store_word;

/** What every proposal says. */
typedef struct hedui_store_grounds {
    hedui_span household;
    hedui_span evidence; /**< what it rests on */
    int32_t until;       /**< last day, at most a year after the word's */
    hedui_store_word word;
} hedui_store_grounds;

typedef struct hedui_store_decision {
    hedui_span id; /**< X20140705-01, of a pair P20140705-01 */
    hedui_span household;
    hedui_span about;   /**< the rule of the finding; the feed of the row */
    hedui_span message; /**< what the finding or the row says; empty where it was purged */
    hedui_span evidence;
    int32_t until;
    hedui_span state; /**< proposed, approved, refused, revoked */
    hedui_store_word proposed;
    hedui_store_word approved; /**< person empty: not approved */
    hedui_store_word last;     /**< of the state */
} hedui_store_decision;

/**
 * Approve or refuse what was proposed, or revoke what was approved. Takes the lock unless held.
 *
 * @param event  "approved", "refused" or "revoked".
 * @return HEDUI_E5040 no such decision, HEDUI_E5041 if who proposed it approves it too (names are
 *         compared without blanks, widths and case), HEDUI_E5042 if its state does not allow it,
 *         HEDUI_E5020, HEDUI_E5047, HEDUI_E5005.
 */
hedui_status hedui_store_decide(hedui_store *store, hedui_store_matter matter, hedui_span id,
                                const char *event, const hedui_store_word *word, hedui_err *err);

/** The newest first. @param id, household  Empty: all. HEDUI_E5040 for an unknown id. */
hedui_status hedui_store_decision_list(const hedui_store_decision **decisions, size_t *count,
                                       hedui_store *store, hedui_store_matter matter, hedui_span id,
                                       hedui_span household, hedui_arena *arena, hedui_err *err);

#endif
