/** @file
 * An invented county: a workspace with gzip feeds full of the quirks that real exports have, the
 * truth of what a run must find in it, and the comparison of a run with that truth.
 *
 * Nobody in it exists: area 659000 belongs to no county. The truth comes from what the generator
 * planted, judged by plain code of its own; it shares nothing with the engine but base and value.
 *
 * Written under the folder:
 * - hedui.yaml, areas.csv, inbox/: each feed that rules of cleanup-2014 read; with `further` every
 *   layout of feeds/, a delta of cars, three feeds of the county's own and eight whose files are
 *   no good (layouts in its feeds/)
 * - truth/, tab-separated, UTF-8, sorted as made:
 *   - households.tsv: household, state, quirk (or -)
 *   - answers.tsv: household, rule, flagged|clear|undetermined, reasons (comma, or -)
 *   - flags.tsv: household, rule, subject, person, effect, capped (0|1)
 *   - rejects.tsv: file, line, reason, quirk; rows.tsv (of note, not rejected): file, line, quirk
 *   - matched.tsv: file, line, household (rows about a household that stand in the end)
 *   - ledgers.tsv: feed, file, numbers of hedui_demo_ledger in order; files.tsv: file, its dress
 *   - facts.tsv: file, line, header, canonical value, or absent, or unknown (on request)
 *   - queries.tsv, asked.tsv, replies.tsv: see hedui/demo_answers.h; refusals.tsv, gaps.tsv: see
 *     hedui/demo_deliveries.h
 *   - quirks.tsv: quirk, count, Chinese title; in further feeds "feed.quirk"
 *
 * answers.tsv holds every rule for every household it applies to. Subjects: the row key for cars
 * (plate_type|plate_no), the 18-digit number for members, the household id for households.
 */
#ifndef HEDUI_DEMO_H
#define HEDUI_DEMO_H

#include <hedui/arena.h>
#include <hedui/demo_answers.h>
#include <hedui/demo_deliveries.h>
#include <hedui/err.h>
#include <hedui/span.h>

#include <stdint.h>

/** What to make; zero takes the default named. */
typedef struct hedui_demo_options {
    uint32_t households; /**< 5,000; at least 1,000, so that every quirk finds
                              a household and no feed is refused for its bad rows */
    uint64_t seed;       /**< 0 is a seed like any other */
    int32_t as_of;       /**< day number; 2014-07-05. The truth holds from 2014-06-01 to
                              2014-08-30, while the rules of cleanup-2014 are in force */
    uint32_t strangers;  /**< registry rows of people outside the caseload, a household; 34 */
    int level;           /**< of compression, 1 fastest to 9 smallest; 6 */
    int further; /**< 1: all layouts of feeds/, by some 3,500 to 10,000 rows each, and a delta of
                      cars; what rules must find is the same */
    int answers; /**< 1: with `further`, an earlier caseload from which query lists can be written,
                      and feeds of hits and verdicts that can answer them: hedui_demo_bind */
    int facts;   /**< 1: truth/facts.tsv too: what each cell of the further feeds' used rows says */
} hedui_demo_options;

/** What was made. */
typedef struct hedui_demo_made {
    uint64_t households, members, rows, bytes; /**< rows of all feeds; uncompressed bytes */
} hedui_demo_made;

/**
 * Write the workspace. The same options give the same bytes. Memory does not grow with the county.
 *
 * @param made     Set on success; may be NULL.
 * @param folder   Made if it does not exist; files of the same names are replaced.
 * @param options  NULL: all defaults.
 * @return HEDUI_E1001, E1004, E1006, E9001 (too few households), E9003 (no GB18030).
 */
hedui_status hedui_demo_write(hedui_demo_made *made, const char *folder,
                              const hedui_demo_options *options, hedui_err *err);

/** The state a household ended with: flagged, clear, unchecked, out_of_scope. */
typedef struct hedui_demo_state {
    hedui_span household, state;
} hedui_demo_state;

/** A flag. A member is recognised by name and masked number if the subject is not his number. */
typedef struct hedui_demo_flag {
    hedui_span household, rule, subject;
    hedui_span person, person_masked; /**< may be empty */
    hedui_span effect;                /**< exclude_person, review, … */
    int capped;
} hedui_demo_flag;

/** One cause that left a rule unanswered for a household; reason as hedui_run_reason_code. */
typedef struct hedui_demo_undetermined {
    hedui_span household, rule, reason;
} hedui_demo_undetermined;

/** A row that a flag rests on. */
typedef struct hedui_demo_evidence {
    hedui_span household, rule, file;
    uint32_t line; /**< 0: searched in vain; not compared */
} hedui_demo_evidence;

/** What a run found, in any order. A rule that applies and is not named here answered "no". */
typedef struct hedui_demo_actual {
    const hedui_demo_state *states;
    size_t state_count;
    const hedui_demo_flag *flags;
    size_t flag_count;
    const hedui_demo_undetermined *undetermined;
    size_t undetermined_count;
    const hedui_demo_reject *rejects;
    size_t reject_count;
    const hedui_demo_ledger *ledgers;
    size_t ledger_count;
    const hedui_demo_evidence *evidence; /**< none: evidence is not compared */
    size_t evidence_count;
    const hedui_demo_reply *replies; /**< of every delivery; none: they are not compared */
    size_t reply_count;
    const hedui_demo_refusal *refusals;
    size_t refusal_count;
    const hedui_demo_gap *gaps;
    size_t gap_count;
} hedui_demo_actual;

/** One difference in words. */
typedef struct hedui_demo_difference {
    hedui_span zh, en;
} hedui_demo_difference;

enum { HEDUI_DEMO_DIFFERENCES = 20 };

/** One point for each state, answer, flag, reject, ledger, refusal and gap, expected or found; one
 * for each row of evidence (is it about the household?) and each flag (has it any?). */
typedef struct hedui_demo_report {
    uint64_t points, agreed; /**< 真值核对：agreed / points */
    hedui_demo_difference differences[HEDUI_DEMO_DIFFERENCES];
    uint32_t difference_count; /**< of those kept; points - agreed is the whole number */
} hedui_demo_report;

/**
 * Compare a run with the truth beside its workspace.
 *
 * @param report  Set on success, also when they differ; texts live in `arena`.
 * @param folder  The workspace.
 * @param actual  Borrowed for the call.
 * @return HEDUI_E1001, E1002, E1003, E1005, E9002 (a truth file is damaged).
 */
hedui_status hedui_demo_compare(hedui_demo_report *report, const char *folder,
                                const hedui_demo_actual *actual, hedui_arena *arena,
                                hedui_err *err);

#endif
