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

/** What goes from caseload, feeds and rules to results, for as long as a run judges. */
typedef struct hedui_assembler hedui_assembler;

/**
 * Fill what a result says beside its households: inputs, rules, people counted.
 *
 * @param assembler  Set on success; lives in `arena`, as all that it makes.
 * @param only       By household: 1 if the result is to have it; NULL: all.
 * @param first      By catalogue source: index of its first delivery in the result; borrowed.
 */
hedui_status hedui_assemble_head(hedui_assembler **assembler, hedui_run_result *result,
                                 const hedui_run_request *request, const hedui_book *book,
                                 const uint8_t *only, const uint32_t *first, hedui_arena *arena,
                                 hedui_err *err);

/**
 * Fill the households of a part with all that was found about them. Texts of layouts and rules are
 * borrowed from the request, those of the head from the head, the rest is in `arenas`, where the
 * judges' findings are.
 *
 * @param part    Has the head's contents, and gets the part's.
 * @param arenas  One a thread of the request.
 */
hedui_status hedui_assemble_part(hedui_run_result *part, hedui_assembler *assembler,
                                 const hedui_judged *judged, hedui_arena *const *arenas,
                                 hedui_err *err);

/** Fill the gaps, once all parts are judged. */
hedui_status hedui_assemble_gaps(hedui_run_result *result, hedui_assembler *assembler,
                                 const hedui_judges *judges, hedui_arena *arena, hedui_err *err);

#endif
