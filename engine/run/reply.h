/** @file
 * Answers to query lists: which list a delivery answers, whether it may, and whom it was asked
 * about. Only a person who was asked about can have no record.
 */
#ifndef HEDUI_RUN_REPLY_H
#define HEDUI_RUN_REPLY_H

#include "feed/inbox.h"
#include "run/guard.h"

/** What a delivery answers. */
typedef struct hedui_reply {
    hedui_run_answer told;       /**< for the result; all zero where nothing was bound */
    const uint64_t *asked_about; /**< bit by person of the caseload; NULL: not known */
} hedui_reply;

/** Tokens of the caseload's persons, made when the first needs them. */
typedef struct hedui_reply_tokens {
    const uint64_t *of_person; /**< NULL until then */
} hedui_reply_tokens;

/** Make them unless they were made. HEDUI_E1001. */
hedui_status hedui_reply_tokens_make(hedui_reply_tokens *tokens, const hedui_caseload *caseload,
                                     hedui_arena *arena, hedui_err *err);

typedef struct hedui_reply_question {
    const hedui_inbox_file *file;  /**< the delivery's */
    const hedui_inbox_file *other; /**< another answer to the same list that is not used, or NULL */
    const hedui_delivery *delivery;
    const hedui_caseload *caseload;
    const hedui_prior *prior;
    int32_t as_of;
} hedui_reply_question;

/**
 * Bind a guarded delivery to the query list that it names; remarks are added to `guarded`.
 *
 * Refused: a list that was never written here, one of another feed, one of a later day, one whose
 * time to answer is over. Held: data older than the list, two answers of one day, more than a tenth
 * of the rows about people not asked. Warned: no list named, fewer such rows, an older second
 * answer, verdicts that are missing. Deliveries that answer nothing and name no list stay as they
 * are.
 *
 * @param answer   Set on success. Its bits live in `arena`.
 * @param remarks  Arena of the remarks and texts.
 * @return HEDUI_E1001.
 */
hedui_status hedui_reply_bind(hedui_reply *answer, hedui_guarded *guarded,
                              const hedui_reply_question *question, hedui_reply_tokens *tokens,
                              hedui_arena *arena, hedui_arena *remarks, hedui_err *err);

#endif
