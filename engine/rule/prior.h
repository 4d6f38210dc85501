/** @file
 * What earlier runs mean for this one: an input like any file, with a digest of its own.
 */
#ifndef HEDUI_RULE_PRIOR_H
#define HEDUI_RULE_PRIOR_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/digest.h>
#include <hedui/err.h>
#include <hedui/span.h>

#include <stdint.h>

/** One figure of a delivery's contents, kept so that the next one can be held against it: a part of
 * a whole (rows with a code of rows with a value), or a median and how many values it is of. */
typedef struct hedui_figure {
    hedui_span name; /**< kind, column, code: "share status A", "zero amount", "median amount" */
    int64_t part, whole;
} hedui_figure;

/** The last accepted delivery of a feed, against which change is measured. */
typedef struct hedui_baseline {
    hedui_span feed;
    const hedui_figure *figures; /**< of the columns that its layout watched then */
    uint32_t figure_count;
    int64_t records, matched;
    int64_t content_length;
    uint32_t content_crc;
    int32_t cut_off; /**< day number, INT32_MIN unknown */
} hedui_baseline;

/** A query list that a delivery may answer. */
typedef struct hedui_query {
    hedui_span number, feed; /**< Q20140705-01; the layout it was written for */
    int32_t day, answer_by; /**< day numbers; last day on which an answer is used, INT32_MAX: any */
    const uint64_t *asked;  /**< tokens of the people asked about, ascending, each once */
    uint32_t asked_count;
} hedui_query;

/** A rule whose document's text a named person has seen: what the rule said then. */
typedef struct hedui_confirmation {
    hedui_span pack, document, rule; /**< the document's pack and its id there; the rule's id */
    hedui_digest said;               /**< see hedui_rule_said */
} hedui_confirmation;

/** Two people's decision that one finding of one household is no flag as long as its facts are the
 * same. */
typedef struct hedui_override {
    hedui_span id; /**< X20140705-01 */
    hedui_span household, rule, subject;
    hedui_digest content; /**< of the finding it was made for */
    int32_t until;        /**< last day, a day number */
    int revoked;          /**< 1: taken back */
} hedui_override;

/** Two people's decision that a row of a feed is not this person's as long as it says the same. */
typedef struct hedui_pair {
    hedui_span id;   /**< P20140705-01 */
    uint64_t person; /**< token, see hedui_citizen_id_token_number */
    hedui_span feed;
    hedui_digest key, content; /**< see hedui_row_key_digest and hedui_facts_digest */
    int32_t until;             /**< last day, a day number */
    int revoked;               /**< 1: taken back */
} hedui_pair;

typedef struct hedui_prior {
    const hedui_baseline *baselines; /**< at most one a feed */
    uint32_t baseline_count;
    const hedui_query *queries; /**< those that a file of the inbox names, as far as they exist */
    uint32_t query_count;
    const hedui_confirmation *confirmations; /**< at most one a rule */
    uint32_t confirmation_count;
    const hedui_override *overrides; /**< by household, rule, subject; at most one each */
    uint32_t override_count;
    const hedui_pair *pairs; /**< by person, feed, key, content; at most one each */
    uint32_t pair_count;
    hedui_digest digest; /**< of its text, as hedui_prior_print writes it */
} hedui_prior;

/** Append the text of a prior: the same content, the same bytes. */
void hedui_prior_print(hedui_buffer *out, const hedui_prior *prior);

/**
 * Read what hedui_prior_print wrote.
 *
 * @param prior  Set on success with its digest; lives in `arena`.
 * @return HEDUI_E3090 with the line that cannot be read.
 */
hedui_status hedui_prior_read(hedui_prior *prior, hedui_span text, hedui_arena *arena,
                              hedui_err *err);

/** The override of a finding, whether or not it holds, or NULL; `prior` may be NULL. */
const hedui_override *hedui_prior_override(const hedui_prior *prior, hedui_span household,
                                           hedui_span rule, hedui_span subject);

/** What was confirmed of a rule, or NULL; `prior` may be NULL. */
const hedui_confirmation *hedui_prior_confirmation(const hedui_prior *prior, hedui_span rule);

#endif
