/** @file
 * From what the stages hold to the plain arrays of a result.
 */
#ifndef HEDUI_RUN_ASSEMBLE_H
#define HEDUI_RUN_ASSEMBLE_H

#include "feed/inbox.h"
#include "run/execute.h"
#include "run/guard.h"
#include "run/judge.h"
#include "run/reply.h"

/** A delivery with what became of it, in the result's order: the caseload's two, then the feeds of
 * the catalogue, each with its full delivery and its deltas. */
typedef struct hedui_run_source {
    const hedui_layout *layout;
    hedui_delivery *delivery; /**< NULL: missing, or a delta behind one that was refused */
    const hedui_inbox_file *file;
    hedui_guarded guarded;
    hedui_reply reply;
} hedui_run_source;

/** Fill result->deliveries from the sources. `caseload` NULL: strays are not known yet. */
hedui_status hedui_assemble_deliveries(hedui_run_result *result, const hedui_run_source *sources,
                                       uint32_t count, const hedui_caseload *caseload,
                                       hedui_arena *arena, hedui_err *err);

/**
 * Fill everything else of the result and compute its digest. Texts of layouts and rules are
 * borrowed from the request, the rest is in `arena`, which takes over what the judges found.
 *
 * @param first  By catalogue source: index of its first delivery in the result.
 */
hedui_status hedui_assemble_result(hedui_run_result *result, const hedui_run_request *request,
                                   const hedui_book *book, hedui_judged *judged,
                                   const uint32_t *first, hedui_arena *arena, hedui_err *err);

#endif
