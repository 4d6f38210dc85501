/* The folder stands in the archive, so that archived files can be given further names in it. */
#include "job/laid.h"

#include "job/archive.h"
#include "job/inputs.h"

#include <unistd.h>

static const hedui_digest *listing_of(const hedui_store_run *run)
{
    for (size_t i = 0; i < run->input_count; i++)
        if (hedui_span_is(run->inputs[i].kind, "inputs"))
            return &run->inputs[i].digest;
    return NULL;
}

hedui_status hedui_job_laid_open(hedui_job_laid *laid, const char *archive,
                                 const hedui_store_run *run, hedui_arena *arena, hedui_err *err)
{
    const hedui_digest *listing = listing_of(run);
    laid->prior = hedui_span_of("");
    if (!listing)
        return hedui_fail(err, HEDUI_E8023, hedui_place_none(), HEDUI_ARG_SPAN(run->id));
    hedui_status status = hedui_archive_claim(&laid->folder, &laid->held, archive, arena, err);
    return status ? status
                  : hedui_job_inputs_lay_out(&laid->workspace, &laid->prior, laid->folder, archive,
                                             listing, arena, err);
}

void hedui_job_laid_close(hedui_job_laid *laid)
{
    if (!laid->folder)
        return;
    hedui_archive_delete(laid->folder);
    (void)close(laid->held);
    laid->folder = NULL;
}
