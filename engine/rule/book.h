/** @file
 * The gathered facts of a run, sorted by household, and the case: one household's view of them with
 * what was computed from it so far.
 */
#ifndef HEDUI_RULE_BOOK_H
#define HEDUI_RULE_BOOK_H

#include "caseload/caseload.h"
#include "feed/fact.h"
#include "rule/prior.h"

#include <hedui/arena.h>
#include <hedui/cel.h>

#include <stdint.h>

/** Why a rule could not be answered. The numbers are stored: only append. */
typedef enum hedui_cause {
    HEDUI_CAUSE_NOT_SUPPLIED,
    HEDUI_CAUSE_STALE,
    HEDUI_CAUSE_REFUSED,
    HEDUI_CAUSE_NOT_AUTHORISED,
    HEDUI_CAUSE_REJECTED_ROW,
    HEDUI_CAUSE_CONFLICT,
    HEDUI_CAUSE_EMPTY_FIELD,
    HEDUI_CAUSE_BAD_FIELD,
    HEDUI_CAUSE_PARAMETER,
    HEDUI_CAUSE_CASELOAD,
    HEDUI_CAUSE_EVALUATION,   /**< the expression failed for no reason in the data */
    HEDUI_CAUSE_NOT_ASKED,    /**< of an answer to a query list: the person did not stand in it */
    HEDUI_CAUSE_NOT_ANSWERED, /**< the person stood in it, and the list of verdicts says nothing */
    HEDUI_CAUSE_NO_COLUMN,    /**< the whole delivery lacks the column */
    HEDUI_CAUSE_NO_RECORD,    /**< searched, and there is no row where the rule needs one */
    HEDUI_CAUSE_BAD_VALUE,    /**< the cell was read, and its value cannot be worked with */
    HEDUI_CAUSE_NONE          /**< the feed was checked */
} hedui_cause;

/** 1 if the reason names a column of its source. */
static inline int hedui_cause_has_field(uint32_t cause)
{
    return cause == HEDUI_CAUSE_EMPTY_FIELD || cause == HEDUI_CAUSE_BAD_FIELD ||
           cause == HEDUI_CAUSE_NO_COLUMN || cause == HEDUI_CAUSE_BAD_VALUE;
}

/** How a row came to be about a person; all but the first are weak. */
typedef enum hedui_match {
    HEDUI_MATCH_ID_NAME,
    HEDUI_MATCH_ID_ONLY,
    HEDUI_MATCH_NAME_DIFFERS,
    HEDUI_MATCH_UPGRADED
} hedui_match;

/** One row at one member's place. */
typedef struct hedui_link {
    uint32_t member;   /**< index into the caseload's members */
    uint32_t fact;     /**< index into the facts of `delivery` */
    uint16_t delivery; /**< index into the feed's deliveries */
    uint8_t match;     /**< hedui_match */
} hedui_link;

/** 1 if the row is the member's and not perhaps another person's (another name, an old number). */
static inline int hedui_link_is_sure(const hedui_link *link)
{
    return link->match == HEDUI_MATCH_ID_NAME || link->match == HEDUI_MATCH_ID_ONLY;
}

/** What became of a row that a decision on record (rule/prior.h) says is not this person's. */
typedef enum hedui_met_state {
    HEDUI_MET_LEFT_OUT, /**< it stands among no links */
    HEDUI_MET_CHANGED,  /**< its key is the same and it says something else: it counts */
    HEDUI_MET_EXPIRED,  /**< the decision has run out: it counts */
    HEDUI_MET_REVOKED   /**< the decision was taken back: it counts */
} hedui_met_state;

/** Such a row, at one member's place; how it was matched is not told. */
typedef struct hedui_met_row {
    hedui_link link;
    const hedui_pair *pair;
    hedui_met_state state;
    hedui_digest content;
} hedui_met_row;

/** What is gathered of one feed. */
typedef struct hedui_feed_book {
    const hedui_layout *layout;
    hedui_cause cause;                 /**< HEDUI_CAUSE_NONE, or why nothing of it is known */
    hedui_delivery *const *deliveries; /**< in order; empty if not supplied */
    uint32_t delivery_count;
    const hedui_link *links; /**< by household, member, delivery, fact */
    uint32_t link_count;
    const uint32_t *first;    /**< household_count + 1 offsets into `links` */
    uint64_t **left_out;      /**< by delivery, bit by fact: left out for its person; NULL: none */
    const hedui_met_row *met; /**< in no order */
    uint32_t met_count;
    const uint64_t *incomplete; /**< bit by member: a row about that person was rejected */
    int asked; /**< 1: everybody: who has no row has no record; 0: an answer to a query list */
    const uint64_t *asked_about; /**< of an answer, bit by person: stood in the list; NULL: nobody
                                      knows who did */
} hedui_feed_book;

typedef struct hedui_book {
    const hedui_caseload *caseload;
    const hedui_feed_book *feeds; /**< in the catalogue's order */
    uint32_t feed_count;
    int32_t as_of;
    const hedui_prior *prior; /**< NULL: there was no run before */
} hedui_book;

/** 1 if a row about the member was rejected in this feed. */
static inline int hedui_feed_book_incomplete(const hedui_feed_book *feed, uint32_t member)
{
    return feed->incomplete && (feed->incomplete[member / 64] >> (member % 64) & 1);
}

/** 1 if the answer's query list asked about this person. */
static inline int hedui_feed_book_asked(const hedui_feed_book *feed, uint32_t person)
{
    return feed->asked_about && (feed->asked_about[person / 64] >> (person % 64) & 1);
}

#endif
