/** @file
 * Runs as the store keeps them: their counts, their inputs, who released or withdrew them.
 *
 * All arrays and texts live in the arena given. Numbers that are not known are INT64_MIN; codes are
 * stable words (see label.h for words for people).
 */
#ifndef HEDUI_STORE_RUN_H
#define HEDUI_STORE_RUN_H

#include <hedui/message.h>
#include <hedui/span.h>
#include <hedui/store.h>

/** Why a run was held back: a message number (0: none given) and its argument. */
typedef struct hedui_store_hold {
    hedui_span feed; /**< empty: the run as a whole */
    int number;
    hedui_span argument, verdict;
} hedui_store_hold;

/** A decision about a run. */
typedef struct hedui_store_event {
    hedui_span event, person, reason; /**< published or withdrawn */
    int64_t at;                       /**< seconds since 1970, information only */
} hedui_store_event;

typedef struct hedui_store_input {
    hedui_span kind, name;
    hedui_digest digest;
} hedui_store_input;

/** A rule as it was judged, and what it made of the households. */
typedef struct hedui_store_rule {
    hedui_span pack, id, title, basis, ask, clears, effect, severity;
    int64_t category; /**< 0: none */
    int in_force;
    hedui_span standing; /**< judged, or why not: not_yet, over, unconfirmed, lapsed; empty: not
                              said by an earlier version */
    hedui_digest digest;
    int64_t flags, households; /**< raised, and in how many households */
    int64_t unanswered;        /**< households without an answer, by whatever cause */
} hedui_store_rule;

/** What a source's absence or refusal left unanswered. */
typedef struct hedui_store_gap {
    hedui_span rule, reason, source, source_title;
    hedui_span field, field_title; /**< of no_column: the column's name, its heading; else empty */
    int64_t households;
} hedui_store_gap;

typedef struct hedui_store_town {
    hedui_span code, name;
    int64_t households, flagged, clear, unchecked, out_of_scope;
    int64_t flags, high, medium, low;
    int64_t flagged_before; /**< households flagged in the run it was compared with; not known once
                                 that one was purged */
    int64_t kept;           /**< flags that were not checked this time; not among `flags` */
} hedui_store_town;

/** What people call a town: its name, else its code; households of unknown areas have neither. */
hedui_span hedui_store_town_name(const hedui_store_town *town, hedui_language language);

typedef struct hedui_store_run {
    hedui_span id;
    int32_t as_of;
    hedui_span state;   /**< draft, published, withdrawn; listed: see below */
    hedui_span base;    /**< run it was compared with; empty: none */
    int64_t base_flags; /**< flags raised by it, and flagged households */
    int64_t base_flagged;
    int listed; /**< 1: about the households of a list; never published, and no run's base */
    int purged; /**< 1: only the numbers are left; no rules and towns below */
    hedui_span unit, engine;
    hedui_digest digest;
    int64_t started, finished; /**< seconds since 1970 by the clock, information only */
    int64_t persons, persons_matched, persons_authorised;
    int64_t rows_matched[4]; /**< id_name, id_only, name_differs, upgraded */
    int64_t households, flagged, clear, unchecked, out_of_scope;
    int64_t flags, high, medium, low;
    int64_t fresh, continuing, changed; /**< sum up to flags */
    int64_t not_checked, gone;          /**< of the base's flags */
    int64_t overridden; /**< found, and no flags by a recorded decision; INT64_MIN once purged */
    int64_t left_out;   /**< rows at a household that are not its people's by a recorded decision,
                             see store_pair.h; INT64_MIN once purged */
    /** Only by hedui_store_run_find: */
    const hedui_store_hold *holds;
    size_t hold_count;
    const hedui_store_event *events;
    size_t event_count;
    const hedui_store_input *inputs;
    size_t input_count;
    const hedui_store_rule *rules;
    size_t rule_count;
    const hedui_store_gap *gaps;
    size_t gap_count;
    const hedui_store_town *towns;
    size_t town_count;
} hedui_store_run;

/** All complete runs, the newest first. */
hedui_status hedui_store_run_list(const hedui_store_run **runs, size_t *count, hedui_store *store,
                                  hedui_arena *arena, hedui_err *err);

/**
 * One run with all its parts.
 *
 * @param id  Empty: the latest published run, or the latest draft if none was published.
 * @return HEDUI_E5014 no such run, HEDUI_E5016 no run at all (both exit 10).
 */
hedui_status hedui_store_run_find(const hedui_store_run **run, hedui_store *store, hedui_span id,
                                  hedui_arena *arena, hedui_err *err);

/** The first household by id that the run flagged, in `arena`; empty if it flagged none. */
hedui_status hedui_store_run_flagged(hedui_span *household, hedui_store *store, hedui_span id,
                                     hedui_arena *arena, hedui_err *err);

/**
 * Release a draft. It must rest on the run that is still the latest published one.
 *
 * @param person  Who releases it, and why: both must be given (HEDUI_E5020), without a whole number
 *                (HEDUI_E5047).
 * @param at      Seconds since 1970, information only; INT64_MIN unknown.
 * @return HEDUI_E5018 if it was withdrawn, HEDUI_E5027 if it is published already, HEDUI_E5030 if
 *         it is about a list of households, HEDUI_E5019 if
 *         another run was published since.
 */
hedui_status hedui_store_run_publish(hedui_store *store, hedui_span id, hedui_span person,
                                     hedui_span reason, int64_t at, hedui_err *err);

/** Withdraw a draft or a published run: it stays on record but is no base and no latest run any
 * more. HEDUI_E5018 if it was withdrawn before, HEDUI_E5020, HEDUI_E5047. */
hedui_status hedui_store_run_withdraw(hedui_store *store, hedui_span id, hedui_span person,
                                      hedui_span reason, int64_t at, hedui_err *err);

#endif
