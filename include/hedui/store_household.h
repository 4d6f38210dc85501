/** @file
 * One household in one run: what was found, what was looked at and what was not. "Not flagged" is
 * an answer too: it names the sources that were checked, as of which day, under which rules.
 *
 * All arrays and texts live in the arena given.
 */
#ifndef HEDUI_STORE_HOUSEHOLD_H
#define HEDUI_STORE_HOUSEHOLD_H

#include <hedui/span.h>
#include <hedui/store.h>
#include <hedui/store_delivery.h>

typedef struct hedui_store_cell {
    hedui_span column, title, value;
} hedui_store_cell;

/** A row that made a flag: its place for replay, its content for comparison. */
typedef struct hedui_store_evidence {
    hedui_span feed, feed_title, source, file;
    hedui_digest file_digest;
    int32_t cut_off; /**< INT32_MIN unknown */
    int64_t line;    /**< 0: the source was searched and has no row */
    int64_t offset, length;
    hedui_span row_key, person, match;
    hedui_digest content;
    const hedui_store_cell *cells;
    size_t cell_count;
} hedui_store_evidence;

typedef struct hedui_store_flag {
    hedui_span household, town_name, head_name;
    hedui_span rule, title, basis, ask, clears, severity; /**< of the rule in this run */
    int64_t category;
    hedui_span effect;
    int capped; /**< 1: a weak match lowered the effect */
    hedui_span subject, person, person_masked, message;
    hedui_span status; /**< new, continuing, changed, not_checked, gone */
    hedui_span why;    /**< of not_checked and gone */
    hedui_span since;  /**< run that raised it first */
    hedui_digest content;
    int placed; /**< 1: the rows below are where this run found them, not an earlier one */
    const hedui_store_evidence *evidence;
    size_t evidence_count;
} hedui_store_flag;

/** A reason to look at the household again that makes it no flagged one. */
typedef struct hedui_store_tag {
    hedui_span rule, title, basis, ask;
    int64_t category;
    hedui_span person, person_masked, message;
} hedui_store_tag;

/** What was found and is no flag by a recorded decision, see store_override.h. */
typedef struct hedui_store_overridden {
    hedui_store_flag flag; /**< what it would be; without status, why, since, basis, ask, clears */
    hedui_span override, rests_on; /**< number of the decision, and what it rests on */
    hedui_span proposer, approver;
    int32_t until;
} hedui_store_overridden;

typedef struct hedui_store_cause {
    hedui_span rule, subject, reason, source, source_title, field, person;
    int review; /**< 1: the rule asks for a review of such households */
} hedui_store_cause;

/** What a rule answered for the household. */
typedef struct hedui_store_answer {
    hedui_span rule, title;
    hedui_span answer; /**< flagged, tagged, overridden, clear, undetermined, not_applicable */
} hedui_store_answer;

typedef struct hedui_store_household {
    hedui_span id, area_code, area_name, town_code, town_name, head_name;
    hedui_span programme, urban_rural, status; /**< codes */
    int64_t members, counted, paid_fen;        /**< paid_fen: INT64_MIN unknown */
    hedui_span state; /**< flagged, clear, unchecked, out_of_scope, absent */
    int64_t flag_total, unanswered;
    hedui_span searched; /**< by source and member, see engine/run/searched.h; empty: not said */
    hedui_span run;
    int32_t as_of;
    const hedui_store_flag *flags; /**< raised, not checked, and gone in this very run */
    size_t flag_count;
    const hedui_store_tag *tags; /**< tips and what else stands on visit sheets only left out */
    const hedui_store_overridden *overridden;
    const struct hedui_store_met *met; /**< see store_pair.h */
    size_t tag_count, overridden_count, met_count;
    const hedui_store_cause *causes;
    size_t cause_count;
    const hedui_store_answer *answers; /**< of each rule in force */
    size_t answer_count;
    const hedui_store_delivery *deliveries; /**< the run's: which sources were checked */
    size_t delivery_count;
} hedui_store_household;

/**
 * Explain a household.
 *
 * @param run  Empty: the latest run, as in store_run.h.
 * @return HEDUI_E5015 (exit 10) if the run does not know it.
 */
hedui_status hedui_store_household_find(const hedui_store_household **household, hedui_store *store,
                                        hedui_span run, hedui_span id, hedui_arena *arena,
                                        hedui_err *err);

/** Flags of a run by household, rule (in the order of judging) and subject, with their evidence.
 * @param household  Empty: all. Those gone in this very run stand among them. */
hedui_status hedui_store_flag_list(const hedui_store_flag **flags, size_t *count,
                                   hedui_store *store, hedui_span run, hedui_span household,
                                   hedui_arena *arena, hedui_err *err);

/** A household's state and what was searched; and a cause of its own that left a rule open. */
typedef struct hedui_store_state {
    hedui_span household, state, searched;
} hedui_store_state;

/** A flag or a tag by its identity. */
typedef struct hedui_store_mark {
    hedui_span household, rule, subject, person, person_masked, effect;
    int capped;
} hedui_store_mark;

typedef struct hedui_store_open_cause {
    hedui_span household, rule, reason;
} hedui_store_open_cause;

/** The states of all households of a run, by id; those no longer in the caseload left out.
 * @param run  Empty: the latest run, as in store_run.h. */
hedui_status hedui_store_state_list(const hedui_store_state **states, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err);

/** All flags and tags that a run raised, tips too, by household, rule and subject: for comparison
 * with a truth. No face shows them. */
hedui_status hedui_store_mark_list(const hedui_store_mark **marks, size_t *count,
                                   hedui_store *store, hedui_span run, hedui_arena *arena,
                                   hedui_err *err);

/** The same with those that left the caseload (state absent) and have flags that went, or stay
 * unchecked, for it: the households of all that hedui_store_flag_list lists. */
hedui_status hedui_store_shown_list(const hedui_store_state **states, size_t *count,
                                    hedui_store *store, hedui_span run, hedui_arena *arena,
                                    hedui_err *err);

/** The open causes of all households of a run, by household, rule and reason. */
hedui_status hedui_store_open_cause_list(const hedui_store_open_cause **causes, size_t *count,
                                         hedui_store *store, hedui_span run, hedui_arena *arena,
                                         hedui_err *err);

#endif
