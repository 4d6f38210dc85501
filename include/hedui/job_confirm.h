/** @file
 * Confirming a document: a named person has seen its text and held the rules that rest on it
 * against it, so that nights judge by them.
 */
#ifndef HEDUI_JOB_CONFIRM_H
#define HEDUI_JOB_CONFIRM_H

#include <hedui/job_rules.h>
#include <hedui/store_confirmation.h>

/** A document that its register calls unconfirmed, as it stands now. */
typedef struct hedui_confirm_document {
    const hedui_rules_document *document;
    /** "unconfirmed"; "confirmed"; "lapsed": a rule has changed since, or one is new; "withdrawn"
     */
    const char *state;
    const hedui_rules_rule *const *rules; /**< that rest on it, those for people's eyes left out */
    uint32_t rule_count, judged;          /**< judged: for how many it is confirmed */
    const hedui_store_confirmation *entries; /**< the newest first */
    size_t entry_count;
} hedui_confirm_document;

typedef struct hedui_confirm_options {
    hedui_span document; /**< its id, or pack/id where several packs have one */
    hedui_span person, reason;
    int32_t day;
    int64_t at;   /**< seconds since 1970, information only; INT64_MIN unknown */
    int withdraw; /**< 1: take the confirmation back */
    int dry_run;  /**< 1: change nothing */
    /** Asked once all is known and nothing is written; a failure is passed on. NULL: not asked. */
    hedui_status (*agree)(void *context, const hedui_confirm_document *before, hedui_err *err);
    void *context;
} hedui_confirm_options;

/**
 * Confirm a document, or take its confirmation back.
 *
 * @param before  Set on success: how it stood before; lives in `arena`.
 * @return HEDUI_E3080 to E3086, HEDUI_E5020 without person or reason, HEDUI_E5005 while a run is at
 *         work, and what loading the packs and opening the store return.
 */
hedui_status hedui_job_confirm(const hedui_confirm_document **before,
                               const hedui_workspace *workspace,
                               const hedui_confirm_options *options, hedui_arena *arena,
                               const hedui_notes *notes, hedui_err *err);

/**
 * All documents that their registers call unconfirmed, in the packs' order.
 *
 * @param document  Of this one only, as above; empty: all.
 */
hedui_status hedui_job_confirmations(const hedui_confirm_document **documents, uint32_t *count,
                                     const hedui_workspace *workspace, hedui_span document,
                                     hedui_arena *arena, const hedui_notes *notes, hedui_err *err);

#endif
