/** @file
 * What one nightly run found: plain arrays, complete before anything is stored, in an order that
 * does not depend on threads. The store writes it, the reports show it, the digest covers it.
 */
#ifndef HEDUI_RUN_RESULT_H
#define HEDUI_RUN_RESULT_H

#include <hedui/arena.h>
#include <hedui/citizen_id.h>
#include <hedui/digest.h>
#include <hedui/span.h>

#include <stdint.h>

/** What a guard made of a delivery. */
typedef enum hedui_run_verdict {
    HEDUI_RUN_ACCEPTED, /**< used */
    HEDUI_RUN_WARNED,   /**< used, and reported */
    HEDUI_RUN_HELD,     /**< used, but the run stays a draft until a named person releases it */
    HEDUI_RUN_REFUSED,  /**< facts dropped: the source is "not checked" */
    HEDUI_RUN_MISSING   /**< nothing was delivered for this feed */
} hedui_run_verdict;

/** One remark about a delivery: a message number of the catalogue and its arguments as text. */
typedef struct hedui_run_remark {
    int number;          /**< HEDUI_E2xxx */
    hedui_span argument; /**< may be empty */
    hedui_run_verdict verdict;
} hedui_run_remark;

/** Rows by what became of them; the sums are checked before anything is stored:
 * records = accepted + other_document + duplicate + rejected; accepted = matched + not_in_caseload.
 */
typedef struct hedui_run_ledger {
    int64_t records, accepted, other_document, duplicate, rejected;
    int64_t matched, not_in_caseload;
    int64_t apart;          /**< header, title and footer lines */
    int64_t unknown_fields; /**< cells of matched rows that could not be read and became unknown */
} hedui_run_ledger;

/** One rejected row. */
typedef struct hedui_run_reject {
    int64_t offset; /**< byte offset of the row in the uncompressed text */
    uint32_t line;  /**< first line of the row, from 1 */
    uint32_t length;
    hedui_span reason;  /**< reason class, e.g. id_check */
    hedui_span column;  /**< the column's title for people, may be empty */
    hedui_span excerpt; /**< masked */
} hedui_run_reject;

/** The query list that a delivery answers; all zero unless it names one that was used. */
typedef struct hedui_run_answer {
    hedui_span query; /**< its number; empty: none */
    int32_t day;      /**< of the list */
    int64_t asked;    /**< people it asked about */
    int64_t answered; /**< of those now in the caseload: with rows in the delivery */
    int64_t unasked;  /**< rows about people of the caseload that it did not ask about: not used */
} hedui_run_answer;

typedef struct hedui_run_delivery {
    hedui_span feed, title, source; /**< layout name, its title, the agency */
    hedui_span file;                /**< file name without folder; empty when MISSING */
    hedui_span charset;             /**< "UTF-8", "GB18030" */
    hedui_span part;        /**< of the caseload: household, member, supporter; empty: a register */
    int32_t own;            /**< 1: what the family declared or the bureau recorded: vouches for
                                 nothing that others say */
    int32_t visit_sheet;    /**< 1: as of rules: that it has rows stands in no list and no report */
    hedui_digest digest;    /**< of the compressed bytes */
    int64_t size;           /**< compressed bytes */
    int64_t content_length; /**< uncompressed bytes */
    uint32_t content_crc;
    int32_t cut_off; /**< day number; INT32_MIN unknown */
    hedui_run_answer answer;
    hedui_run_verdict verdict;
    const hedui_run_remark *remarks;
    uint32_t remark_count;
    hedui_run_ledger ledger;
    const hedui_run_reject *rejects;
    uint32_t reject_count;
    const struct hedui_figure *figures; /**< what later deliveries are held against: rule/prior.h */
    uint32_t figure_count;
} hedui_run_delivery;

/** A file that is an input of the run beside the deliveries: pack, layout, workspace. */
typedef struct hedui_run_input {
    hedui_span kind, name; /**< "pack", "layout", "codes", "areas", "workspace" */
    hedui_digest digest;
} hedui_run_input;

/** Effects and severities are labels; no code acts on a household by them. */
typedef enum hedui_run_effect {
    HEDUI_RUN_EXCLUDE_PERSON,
    HEDUI_RUN_OVER_LIMIT,
    HEDUI_RUN_ADD_INCOME,
    HEDUI_RUN_REVIEW,
    HEDUI_RUN_INFORM,
    HEDUI_RUN_INCLUDE
} hedui_run_effect;

typedef enum hedui_run_severity {
    HEDUI_RUN_HIGH,
    HEDUI_RUN_MEDIUM,
    HEDUI_RUN_LOW
} hedui_run_severity;

typedef struct hedui_run_rule {
    hedui_span pack, id, title, basis; /**< basis: document title and article, for people */
    hedui_span ask, clears;            /**< may be empty */
    hedui_span questions; /**< what only people can judge, one question a line; may be empty */
    int32_t category;     /**< key category 1..12, 0 none */
    hedui_run_effect effect;
    hedui_run_severity severity;
    hedui_digest digest; /**< of the rule's own text and what it rests on */
    int32_t in_force;    /**< 1 if it was judged on this day, else 0 */
    hedui_span standing; /**< judged, or why not: manual, not_yet, over, unconfirmed, lapsed */
    int32_t visit_sheet; /**< 1: in no list and no report but the inspector's own sheet: a tip, or
                              what only a visit can tell */
    /** Codes of households it applies to, each between commas: ",dibao,low_edge,"; empty: any. */
    hedui_span programmes, urban_rurals, statuses;
} hedui_run_rule;

/** How a row came to be about a person, strongest first. All but the first cap the effect at
 * review. */
typedef enum hedui_run_match {
    HEDUI_RUN_MATCH_ID_NAME,      /**< 18-digit number and name agree */
    HEDUI_RUN_MATCH_ID_ONLY,      /**< number agrees, the row names nobody */
    HEDUI_RUN_MATCH_NAME_DIFFERS, /**< number agrees, the name differs */
    HEDUI_RUN_MATCH_UPGRADED      /**< the number was upgraded from 15 digits on either side */
} hedui_run_match;

/** One row that made an outcome so, or (delivery only, line 0) a source searched in vain. */
typedef struct hedui_run_evidence {
    uint32_t delivery; /**< index into deliveries */
    uint32_t line;     /**< 0: the source was searched and has no row */
    int64_t offset;
    uint32_t length;
    hedui_span row_key;
    hedui_span person; /**< name of the household member the row is about */
    hedui_run_match match;
    const struct hedui_column *columns;   /**< of its layout */
    const struct hedui_proof_cell *cells; /**< that were read: index into `columns`, and value */
    uint32_t cell_count;
    hedui_digest content; /**< rule, subject, row key, fields read; no place, cut-off or day */
} hedui_run_evidence;

typedef struct hedui_run_flag {
    uint32_t household, rule; /**< indices */
    hedui_span subject;       /**< stable text that tells flags of one rule and household apart */
    hedui_span person;        /**< name of the person meant, may be empty */
    hedui_span person_masked; /**< masked citizen number, may be empty */
    hedui_run_effect effect;  /**< the rule's, or review when the match is weak */
    int32_t capped;           /**< 1 if a weak match lowered the effect */
    hedui_span message;       /**< rendered, Chinese */
    hedui_digest content;     /**< over the evidence contents: the same facts, the same digest */
    const hedui_run_evidence *evidence;
    uint32_t evidence_count;
    hedui_span override; /**< the recorded decision about it, X20140705-01; empty: none */
    /** Why that decision does not hold: changed, expired, revoked, not_allowed; empty: it does. */
    hedui_span returned;
} hedui_run_flag;

/** What became of a row that a decision on record says is not this person's. */
typedef enum hedui_run_met_state {
    HEDUI_RUN_LEFT_OUT, /**< nothing of the run rests on it */
    HEDUI_RUN_CHANGED,  /**< it says something else now, and counts */
    HEDUI_RUN_EXPIRED,  /**< the decision's last day is over: it counts */
    HEDUI_RUN_REVOKED   /**< the decision was taken back: it counts */
} hedui_run_met_state;

/** Such a row, at one household. */
typedef struct hedui_run_met {
    uint32_t household, delivery; /**< indices */
    hedui_span pair;              /**< the decision, P20140705-01 */
    hedui_run_met_state state;
    hedui_span person, person_masked; /**< whose it is not */
    int64_t offset;
    uint32_t line, length;
} hedui_run_met;

/** Stable code of such a state, e.g. "left_out". */
const char *hedui_run_met_code(hedui_run_met_state state);

/** Why a rule could not be answered. */
typedef enum hedui_run_reason {
    HEDUI_RUN_NOT_SUPPLIED,   /**< the feed is missing */
    HEDUI_RUN_STALE,          /**< too old */
    HEDUI_RUN_REFUSED_FEED,   /**< refused by a guard */
    HEDUI_RUN_NOT_AUTHORISED, /**< the person gave no authorisation that is live */
    HEDUI_RUN_REJECTED_ROW,   /**< a row about the person was rejected */
    HEDUI_RUN_CONFLICT,       /**< rows contradict each other */
    HEDUI_RUN_EMPTY_FIELD,    /**< the cell is empty where empty means unknown */
    HEDUI_RUN_BAD_FIELD,      /**< the cell could not be read, or its code is not listed */
    HEDUI_RUN_PARAMETER,      /**< no row, or more than one, of a parameter table fits */
    HEDUI_RUN_CASELOAD,       /**< the caseload's own rows of this household are incomplete */
    HEDUI_RUN_EVALUATION,     /**< step limit and other faults that no row accounts for */
    HEDUI_RUN_NOT_ASKED,    /**< the query list that the delivery answers did not name the person */
    HEDUI_RUN_NOT_ANSWERED, /**< it did, and the list of verdicts says nothing of the person */
    HEDUI_RUN_NO_COLUMN,    /**< the whole delivery lacks a column that the rule reads */
    HEDUI_RUN_NO_RECORD,    /**< the source has no row where the rule needs one */
    HEDUI_RUN_BAD_VALUE     /**< the cell's value cannot be worked with: a household of nobody */
} hedui_run_reason;

/** Stable code of a reason, e.g. "not_authorised". */
const char *hedui_run_reason_code(hedui_run_reason reason);

/** A household's own cause that left a rule unanswered. Feed-level causes are gaps. */
typedef struct hedui_run_undetermined {
    uint32_t household, rule;
    hedui_span subject; /**< may be empty */
    hedui_run_reason reason;
    hedui_span source; /**< feed or parameter name, may be empty */
    hedui_span field;  /**< column name, may be empty */
    hedui_span person; /**< name of the member concerned, may be empty */
    int32_t review;    /**< 1 if the rule asks for a review of such households */
} hedui_run_undetermined;

/** A cause of a whole feed: one line for a rule, a source, a reason and (no_column) a column, not
 * one for a household. */
typedef struct hedui_run_gap {
    uint32_t rule;
    hedui_run_reason reason;
    hedui_span source;
    int64_t households; /**< how many this left unanswered */
    hedui_span field,
        field_title; /**< of no_column: the column's name, and its heading; else empty */
} hedui_run_gap;

typedef enum hedui_run_state {
    HEDUI_RUN_FLAGGED,     /**< at least one flag; wins over the others */
    HEDUI_RUN_CLEAR,       /**< every rule that applies was answered no */
    HEDUI_RUN_UNCHECKED,   /**< partly unchecked: no flag, and a rule could not be answered */
    HEDUI_RUN_OUT_OF_SCOPE /**< no rule applies (e.g. exited) */
} hedui_run_state;

/** A member as the caseload names them, for the sheets that people take along. */
typedef struct hedui_run_member {
    hedui_span name;
    hedui_span relation;                   /**< to the head, as people read it; may be empty */
    char id_masked[HEDUI_CITIZEN_ID_TEXT]; /**< masked citizen number */
    int32_t born;                          /**< day number, from the citizen number */
    uint8_t counted, authorised;
} hedui_run_member;

typedef struct hedui_run_household {
    hedui_span id, area_code, area_name, town_code, town_name, head_name;
    hedui_span programme, urban_rural, status; /**< codes */
    hedui_span address;                        /**< may be empty */
    hedui_span benefit_from;                   /**< "2013-07"; empty if unknown */
    uint32_t members, counted;
    const hedui_run_member *people; /**< `members` of them, by citizen number */
    hedui_span searched;            /**< what was looked for and found, see run/searched.h */
    int64_t paid_fen;               /**< INT64_MIN unknown */
    hedui_run_state state;
    uint32_t flags, unanswered; /**< how many flags; how many rules could not be answered; tags
                                     count for neither */
} hedui_run_household;

typedef struct hedui_run_result {
    int32_t as_of;
    hedui_span unit; /**< name of the verification centre */
    const hedui_run_input *inputs;
    uint32_t input_count;
    const hedui_run_delivery *deliveries;
    uint32_t delivery_count;
    const hedui_run_rule *rules;
    uint32_t rule_count;
    const hedui_run_household *households; /**< in caseload order: by household id */
    uint32_t household_count;
    const hedui_run_flag *flags; /**< by household, rule, subject; with effect inform: tags */
    uint32_t flag_count;
    const hedui_run_flag *overridden; /**< likewise: found, and no flags by a recorded decision */
    uint32_t overridden_count;
    const hedui_run_met *met; /**< by household, feed, member, pair */
    uint32_t met_count;
    const hedui_run_undetermined *undetermined; /**< by household, rule, subject, reason */
    uint32_t undetermined_count;
    const hedui_run_gap *gaps; /**< by rule, source, reason */
    uint32_t gap_count;
    int64_t persons;         /**< distinct citizen numbers in the caseload */
    int64_t persons_matched; /**< of which a feed row was found */
    int64_t persons_authorised;
    int64_t rows_matched[4]; /**< by hedui_run_match */
    hedui_digest digest;     /**< over flags, evidence, rejects, states, ledgers; no timings */
    int32_t listed;          /**< 1: about the households of a list, no night of its own */
    int32_t held;            /**< 1 if a delivery was held or refused: the run is a draft */
} hedui_run_result;

#endif
