/** @file
 * Judging one household by one rule, and saying what the answer rests on.
 *
 * A judge belongs to one thread. What it finds is appended to its own lists in its own arena; the
 * rule layer knows nothing of threads.
 */
#ifndef HEDUI_RULE_JUDGE_H
#define HEDUI_RULE_JUDGE_H

#include "rule/rulebook.h"

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/digest.h>
#include <hedui/err.h>

#include <stdint.h>

/** Answer of a rule for a household. */
typedef enum hedui_answer {
    HEDUI_ANSWER_NO,
    HEDUI_ANSWER_YES, /**< at least one finding */
    HEDUI_ANSWER_UNDETERMINED,
    HEDUI_ANSWER_OUT_OF_SCOPE /**< applies_to leaves the household out */
} hedui_answer;

/** How many sources may miss something: the feeds and the caseload's two. */
static inline uint32_t hedui_judge_sources(const hedui_book *book)
{
    return book->feed_count + 2;
}

/** Why a place (hedui_catalogue_place) is missed. */
static inline hedui_cause hedui_judge_missed_cause(const hedui_book *book, uint32_t source,
                                                   uint32_t column)
{
    hedui_cause cause = source < book->feed_count ? book->feeds[source].cause : HEDUI_CAUSE_NONE;
    if (column != HEDUI_COLUMN_NONE)
        return HEDUI_CAUSE_NO_COLUMN;
    /* an answer that was used and names no query list leaves open who was asked */
    return cause == HEDUI_CAUSE_NONE ? HEDUI_CAUSE_NOT_ASKED : cause;
}

/** Nobody, no row. */
#define HEDUI_NONE UINT32_MAX

typedef struct hedui_proof_cell {
    uint32_t column;  /**< layout column */
    hedui_span value; /**< as people read it */
} hedui_proof_cell;

/** One row an answer rests on, or a source searched in vain (row HEDUI_NONE). */
typedef struct hedui_proof {
    uint16_t source;    /**< catalogue source */
    uint32_t row;       /**< link of the feed; household or member index for the caseload */
    uint32_t member;    /**< whom it is about, or HEDUI_NONE */
    hedui_span row_key; /**< see hedui_proof_row_key; empty for a search */
    const hedui_proof_cell *cells;
    uint32_t cell_count;
    hedui_digest content; /**< rule, subject, row key, fields read */
} hedui_proof;

/** Whether an override of a finding holds, or why not. */
typedef enum hedui_override_state {
    HEDUI_OVERRIDE_NONE, /**< there is none */
    HEDUI_OVERRIDE_HOLDS,
    HEDUI_OVERRIDE_CHANGED, /**< the facts are other ones */
    HEDUI_OVERRIDE_EXPIRED,
    HEDUI_OVERRIDE_REVOKED,
    HEDUI_OVERRIDE_NOT_ALLOWED /**< the rule takes none any more */
} hedui_override_state;

typedef struct hedui_finding {
    uint32_t household, rule;
    hedui_span subject; /**< row key, member's token, or empty */
    uint32_t member;    /**< the person meant, or HEDUI_NONE */
    int effect;         /**< hedui_effect: the rule's, or review when only weak matches carry it */
    int capped;
    hedui_span message;
    const hedui_proof *proofs;
    uint32_t proof_count;
    hedui_digest content;
    const hedui_override *override; /**< NULL: none */
    hedui_override_state override_state;
    const struct hedui_finding *next;
} hedui_finding;

/** Why a rule gave no answer for a household (or one of its elements). */
typedef struct hedui_doubt {
    uint32_t household, rule;
    hedui_span subject;
    hedui_cel_reason reason; /**< kind: hedui_cause; row: member or HEDUI_NONE */
    const struct hedui_doubt *next;
} hedui_doubt;

typedef struct hedui_judge {
    const hedui_rulebook *rulebook;
    const hedui_book *book;
    hedui_arena *results; /**< findings and doubts, see hedui_judge_keep_in */
    const hedui_finding **last_finding, *findings;
    /** Findings that an override holds for: kept and shown, but no flags. */
    const hedui_finding **last_overridden, *overridden;
    const hedui_finding *const *overridden_since; /**< those of the household being judged */
    uint32_t overridden_count;
    const hedui_doubt **last_doubt, *doubts;
    uint32_t finding_count, doubt_count;
    hedui_digester *digester;
    hedui_buffer key; /**< of the row last asked for its key */
    hedui_err err;    /**< first failure; judging stops with it */
    /* One household at a time: */
    hedui_case the_case;
    hedui_arena *own_arena, *scratch;
    hedui_cel_value *variables; /**< slot_count + 1 */
    hedui_cel_value *memo;      /**< of lazy variables; kind LAZY: not computed yet */
    hedui_cel_value *own;       /**< values of members likewise, kind NULL: not computed yet; NULL:
                                     none was */
    hedui_span codes[3];        /**< of the household, as hedui_applies_to names them */
    uint32_t depth;             /**< of member values that use each other */
    /** By place (hedui_catalogue_place): 1 if a whole source of which nothing is known, or a column
     * that a delivery lacks, left the rule judged last unanswered. Such causes are no doubts: they
     * would be the same for every household. */
    uint8_t *missed;
    int misses; /**< 1 if any of them is set */
} hedui_judge;

/** Prepare a judge. Its arenas are opened here. HEDUI_E1001. */
hedui_status hedui_judge_open(hedui_judge *judge, const hedui_rulebook *rulebook,
                              const hedui_book *book);

/**
 * From here on what is found lives in `arena`, which stays the caller's; the lists and their counts
 * start anew. Without this call it lives as long as the judge.
 */
void hedui_judge_keep_in(hedui_judge *judge, hedui_arena *arena);

/** Give back what open took; lists in an arena of the caller's stay. */
void hedui_judge_close(hedui_judge *judge);

/** Turn to a household: forget what was computed for the one before. */
void hedui_judge_household(hedui_judge *judge, uint32_t household);

/**
 * Judge the household by a rule; findings and doubts are appended to the judge's lists.
 *
 * @return the answer; on a failure (no memory) judge->err is set and the answer means nothing.
 */
hedui_answer hedui_judge_rule(hedui_judge *judge, uint32_t rule);

/** 1 if one of the rule's ways out is `override: allowed`. */
int hedui_rule_allows_override(const hedui_rule *rule);

/** 1 if the household's programme, kind and status are among those named. */
int hedui_judge_applies(const hedui_judge *judge, const hedui_applies_to *to);

/** when && !unless1 && !unless2 with the judge's variables, in three values. */
hedui_cel_value hedui_judge_condition(hedui_judge *judge, const hedui_rule *rule);

#endif
