/** @file
 * Whole jobs in one call each: what a command, a timer or a page asks for.
 */
#ifndef HEDUI_JOB_H
#define HEDUI_JOB_H

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/stop.h>
#include <hedui/workspace.h>

#include <stdint.h>

/** Stages of a run, for progress. */
typedef enum hedui_job_stage {
    HEDUI_JOB_PLAN,
    HEDUI_JOB_CASELOAD,
    HEDUI_JOB_SCAN,
    HEDUI_JOB_JUDGE, /**< and storing what was judged */
    HEDUI_JOB_STORE, /**< closing the run in the store */
    HEDUI_JOB_REPORT,
    HEDUI_JOB_STAGES
} hedui_job_stage;

typedef struct hedui_job_options {
    int32_t as_of;          /**< day the run is about; an input, never read from a clock here */
    int threads;            /**< 0: as many as cores; results are the same for any number */
    const char *households; /**< file of household ids, one a line: a run apart; NULL: all */
    const struct hedui_reading *reading; /**< NULL: the usual; results are the same for any */
    uint32_t part; /**< households judged at a time; 0: the usual; results are the same for any */
    int reports;   /**< 1: write the run report and the list of flags under out/ */
    /** NULL, or called by one thread at a time; `total` (bytes, rows, households) 0: not known. */
    void (*progress)(void *context, hedui_job_stage stage, int64_t done, int64_t total);
    void *context;
    hedui_stop stop; /**< asked all the time, from all threads, until the run is stored */
} hedui_job_options;

typedef struct hedui_job_outcome {
    char run[24];                          /**< the run's name, R20140705-01 */
    char digest[65];                       /**< of the result, hexadecimal */
    int exit_code;                         /**< 0, or 3: done, but look (held, refused, stale) */
    double seconds[HEDUI_JOB_STAGES];      /**< wall time by stage */
    int64_t peak_kib;                      /**< largest resident size of the process */
    const char *report_html, *report_json; /**< paths in `arena`, NULL if not written */
    const char *summary_html, *flags_csv, *households_csv, *rejects_csv;
    const struct hedui_store_run *read; /**< the run as the reports read it back, or NULL */
    int report_failed;      /**< 1: the run is stored, its reports could not be written … */
    hedui_err report_error; /**< … because of this; exit_code is that of the error */
} hedui_job_outcome;

/**
 * One nightly run: lock, plan, scan, guard, gather, judge and store, reports. A folder for reports
 * that cannot be written is refused first; see `report_failed` for later.
 *
 * @param outcome  Filled on success.
 * @param arena    Texts of the outcome.
 * @param notes    Warnings about files and deliveries. May be NULL.
 * @return E2xxx feeds (exit 5: nothing was changed but the receipts of deliveries), E3xxx rules,
 * E4xxx caseload, E5xxx store (E5023: stopped). Flags and reports are then as they were.
 */
hedui_status hedui_job_run(hedui_job_outcome *outcome, const hedui_workspace *workspace,
                           const hedui_job_options *options, hedui_arena *arena,
                           const hedui_notes *notes, hedui_err *err);

/** Counts of a rules check or test. */
typedef struct hedui_job_rules {
    uint32_t packs, rules, parameters, values; /**< loaded */
    uint32_t examples, failed;                 /**< run by hedui_job_rules_test */
    uint32_t scenarios, expectations, unmet;   /**< likewise */
    uint32_t unseen; /**< by hedui_job_rules_check: rules that wait for their document to be seen */
} hedui_job_rules;

/** Load and check the workspace's layouts and packs, their examples and scenarios included. Every
 * error goes to `notes`. @return the first error, exit code 4. */
hedui_status hedui_job_rules_check(hedui_job_rules *counts, const hedui_workspace *workspace,
                                   const hedui_notes *notes, hedui_err *err);

/** One example of a rule and what came of it, judged on `as_of`. Texts are borrowed. */
typedef struct hedui_job_example {
    hedui_span rule, title;
    hedui_span expected, actual; /**< true, false, undetermined; actual with its reason */
    const char *file;
    uint32_t line;
    int32_t as_of;
    int passed;
} hedui_job_example;

/** One expectation of a scenario and what came of it. All texts are borrowed for the call. */
typedef struct hedui_job_scenario {
    hedui_span pack, scenario, title;
    hedui_span what; /**< a rule, a value, and the part that is meant */
    hedui_span expected, actual;
    const char *file;
    uint32_t line;
    int passed;
} hedui_job_scenario;

/** Who is told of each, in the order of the files, all examples before all scenarios. */
typedef struct hedui_job_rules_watch {
    void (*example)(void *context, const hedui_job_example *example);
    void (*scenario)(void *context, const hedui_job_scenario *scenario);
    void *context;
} hedui_job_rules_watch;

/** Check, then run every example of every rule and every scenario of every pack. Both are
 * judged by their own pack and those it inherits, whatever stands above them in the workspace.
 * @return HEDUI_OK also when something came out otherwise: see counts->failed and ->unmet. */
hedui_status hedui_job_rules_test(hedui_job_rules *counts, const hedui_workspace *workspace,
                                  const hedui_job_rules_watch *watch, const hedui_notes *notes,
                                  hedui_err *err);

/** A flag of the stored run that came out otherwise, or not at all, or is new. */
typedef struct hedui_job_difference {
    hedui_span household, rule, subject;
    /** "missing": stored, not found again; "added": found, not stored; "facts": other content;
     * "place": the same facts from another row of a delivery; "words": another message. */
    const char *kind;
} hedui_job_difference;

enum { HEDUI_JOB_DIFFERENCES = 50 }; /**< listed; all are counted */

/** What became of a run that was made again. All texts live in the caller's arena. */
typedef struct hedui_job_replay_outcome {
    hedui_span run;
    int32_t as_of;
    hedui_span engine, engine_now; /**< versions that made the run, and that replayed it */
    char stored[65], made[65];     /**< result digests */
    int64_t deliveries; /**< read again from the archive, each with its recorded digest */
    int64_t flags, flags_same;
    int64_t rows, rows_same; /**< evidence whose place this run recorded: line, offset, length */
    int64_t difference_count;
    const hedui_job_difference *differences; /**< the first HEDUI_JOB_DIFFERENCES */
    int same; /**< 1: the digest and every flag and place are as they were stored */
} hedui_job_replay_outcome;

/**
 * Make a stored run again from the archive alone: its deliveries, layouts, rules, areas and what
 * earlier runs meant for it, and compare. Nothing is stored; a temporary folder in the archive is
 * deleted at the end.
 * @param run        Name of the run; empty: the latest.
 * @param household  Empty: compare everything; else only this household's flags.
 * @return HEDUI_OK also when something differs: see `same`. HEDUI_E8020 if a file is no longer
 *         archived, HEDUI_E8021 if it was changed, HEDUI_E8023 if the run was stored without its
 *         inputs, E5xxx store, and what hedui_job_run gives.
 */
hedui_status hedui_job_replay(hedui_job_replay_outcome *outcome, const hedui_workspace *workspace,
                              hedui_span run, hedui_span household, int threads, hedui_arena *arena,
                              const hedui_notes *notes, hedui_err *err);

#endif
