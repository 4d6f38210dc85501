/** @file
 * One nightly run from files to result: plan, scan, guard, gather, judge.
 */
#ifndef HEDUI_RUN_EXECUTE_H
#define HEDUI_RUN_EXECUTE_H

#include "feed/layout.h"
#include "feed/reading.h"
#include "rule/judge.h"
#include "rule/prior.h"
#include "rule/rulebook.h"
#include "run/result.h"
#include "run/scope.h"

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/stop.h>

#include <stdint.h>

typedef enum hedui_run_stage {
    HEDUI_RUN_STAGE_CASELOAD,
    HEDUI_RUN_STAGE_SCAN,
    HEDUI_RUN_STAGE_JUDGE,
    HEDUI_RUN_STAGES
} hedui_run_stage;

/** A look at one household among all that was read. */
typedef struct hedui_run_look {
    hedui_span household; /**< its id */
    /** Called once it was judged, by the judge that did so; not if the caseload has no such
     * household. The judge goes when the call returns. */
    hedui_status (*at)(void *context, hedui_judge *judge, uint32_t household, hedui_err *err);
    void *context;
} hedui_run_look;

/** Who takes what a run finds, part by part, while the run goes on. All calls come from the thread
 * that called hedui_run_execute; a failure ends the run. */
typedef struct hedui_run_sink {
    /** Before the first part. `head` has everything of the result that is not about single
     * households, but for gaps and digest, which are known in the end only; its arrays live as long
     * as the result. */
    hedui_status (*begin)(void *context, const hedui_run_result *head, hedui_err *err);
    /** A part: the head with the households of a range and all that was found about them, where
     * `household` counts from the part's first. It goes when the call returns. Parts come in the
     * order of their households. */
    hedui_status (*take)(void *context, const hedui_run_result *part, hedui_err *err);
    void *context;
    uint32_t households; /**< of the caseload to a part; 0: as the program thinks best */
} hedui_run_sink;

typedef struct hedui_run_request {
    hedui_span unit, area; /**< name of the centre; root of the area tree */
    const char *areas;     /**< path of areas.csv */
    const char *inbox;     /**< folder */
    const char *spill;     /**< folder for rejects beyond memory */
    const hedui_layouts *layouts;
    const hedui_rulebook *rulebook;
    const hedui_span *need; /**< feeds without which the run fails (E4020) */
    uint32_t need_count;
    const hedui_prior *prior;   /**< NULL: there was no run before */
    const hedui_digest *inputs; /**< of the listing of all files beside the deliveries, or NULL */
    const hedui_scope *scope;   /**< the households it is about; NULL: all */
    const hedui_run_look *look; /**< NULL: a run. Else only this household is judged: flags, causes
                                     and its state are its own, all else of households is empty, and
                                     the digest is that of no run */
    const hedui_run_sink *sink; /**< NULL: households, flags and causes stay in the result. Else
                                     they go there, and the result has none of them in the end */
    int32_t as_of;
    int threads;                  /**< at least 1 */
    const hedui_reading *reading; /**< NULL: the usual; the result is the same for any */
    const hedui_stop *stop;       /**< asked all the time, from all threads; NULL: never */
    void (*progress)(void *context, hedui_run_stage stage, int64_t done, int64_t total);
    void *context;
} hedui_run_request;

/**
 * Run.
 *
 * @param result  Set on success; all of it lives in `arena`.
 * @param receipt Set as soon as the deliveries were read, also when the run fails afterwards: a
 *                result that holds deliveries and rejects only. NULL until then. May be NULL.
 * @param notes   Files that were not used. May be NULL.
 * @return E4010, E4011 (no usable caseload), E4020 (a needed feed), E4016, E4017 (scope), E5023
 *         (stopped), E40xx,
 *         E10xx.
 */
hedui_status hedui_run_execute(const hedui_run_result **result, const hedui_run_result **receipt,
                               const hedui_run_request *request, hedui_arena *arena,
                               const hedui_notes *notes, hedui_err *err);

#endif
