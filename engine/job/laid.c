/* The folder stands in the archive, so that archived files can be given further names in it. */
#include "job/laid.h"

#include "job/inputs.h"

#include <hedui/file.h>

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static hedui_status make_folder(hedui_job_laid *laid, const char *archive, hedui_arena *arena,
                                hedui_err *err)
{
    const char *pattern = hedui_path_join(archive, ".replay-XXXXXX", arena);
    hedui_span copy =
        pattern ? hedui_arena_copy(arena, hedui_span_of(pattern)) : (hedui_span){NULL, 0};
    char *name = copy.at ? hedui_arena_take(arena, copy.length + 1) : NULL;
    if (!name)
        return hedui_fail_memory(err);
    memcpy(name, copy.at, copy.length + 1);
    if (!mkdtemp(name))
        return hedui_fail(err, HEDUI_E1006, hedui_place_none(), HEDUI_ARG_TEXT(name),
                          HEDUI_ARG_ERRNO(errno));
    laid->folder = name;
    return HEDUI_OK;
}

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
    hedui_status status = make_folder(laid, archive, arena, err);
    return status ? status
                  : hedui_job_inputs_lay_out(&laid->workspace, &laid->prior, laid->folder, archive,
                                             listing, arena, err);
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

void hedui_job_laid_close(hedui_job_laid *laid)
{
    if (laid->folder)
        (void)nftw(laid->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    laid->folder = NULL;
}
