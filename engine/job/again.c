/* A stored run with its deliveries, laid out again; the line from plan to result is the same one
 * that made it. */
#include "job/again.h"

#include <hedui/file.h>
#include <hedui/store_delivery.h>

#include "job/archive.h"
#include "job/inputs.h"

#include <errno.h>
#include <unistd.h>

static hedui_status check_digest(hedui_again *r, const char *path, const hedui_digest *recorded)
{
    hedui_digest found;
    hedui_status status = hedui_digest_of_file(&found, path, r->err);
    if (!status && memcmp(&found, recorded, sizeof found) != 0)
        status = hedui_fail(r->err, HEDUI_E8021, hedui_place_none(), HEDUI_ARG_TEXT(path));
    return status;
}

/* Under the names they came with, as further names of the archived files, which is why the folder
 * stands in the archive. */
static hedui_status lay_deliveries(hedui_again *r)
{
    const hedui_store_delivery *list = NULL;
    size_t count = 0;
    hedui_status status =
        hedui_store_delivery_list(&list, &count, r->store, r->run->id, r->arena, r->err);
    for (size_t i = 0; i < count && !status; i++) {
        if (!list[i].file.length)
            continue;
        const char *from = hedui_archive_path(r->workspace->archive, &list[i].digest, r->arena);
        hedui_span name = hedui_arena_copy(r->arena, list[i].file);
        const char *to =
            name.at ? hedui_path_join(r->laid.workspace->inbox, name.at, r->arena) : NULL;
        if (!from || !to)
            status = hedui_fail_memory(r->err);
        else if (!hedui_file_exists(from))
            status = hedui_fail(r->err, HEDUI_E8020, hedui_place_none(), HEDUI_ARG_TEXT(from));
        else if ((status = check_digest(r, from, &list[i].digest)) != HEDUI_OK)
            break;
        else if (link(from, to) != 0)
            status = hedui_fail(r->err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(to),
                                HEDUI_ARG_ERRNO(errno));
        r->deliveries++;
    }
    return status;
}

/* The list of a run about some households only. */
static hedui_status lay_households(hedui_again *r)
{
    enum { LARGEST = 1 << 24 };
    hedui_span text;
    if (!r->run->listed)
        return HEDUI_OK;
    const char *path = hedui_path_join(r->laid.folder, HEDUI_JOB_HOUSEHOLDS, r->arena);
    if (!path)
        return hedui_fail_memory(r->err);
    if (!hedui_file_exists(path))
        return hedui_fail(r->err, HEDUI_E8023, hedui_place_none(), HEDUI_ARG_SPAN(r->run->id));
    hedui_status status = hedui_file_read(&text, path, LARGEST, r->arena, r->err);
    return status ? status : hedui_scope_read(&r->scope, path, text, r->arena, r->err);
}

hedui_status hedui_again_lay_out(hedui_again *r)
{
    hedui_status status =
        hedui_job_laid_open(&r->laid, r->workspace->archive, r->run, r->arena, r->err);
    if (!status)
        status = hedui_prior_read(&r->prior, r->laid.prior, r->arena, r->err);
    if (!status)
        status = lay_deliveries(r);
    if (!status)
        status = lay_households(r);
    if (!status)
        status = hedui_job_packs_load(&r->packs, r->laid.workspace, r->arena, r->notes, r->err);
    return status;
}

/* What was read must be what is recorded: the archive's names promise it, its bytes must keep it.
 */
static hedui_status check_deliveries(hedui_again *r, const hedui_run_result *result)
{
    const hedui_store_delivery *list = NULL;
    size_t count = 0;
    hedui_status status =
        hedui_store_delivery_list(&list, &count, r->store, r->run->id, r->arena, r->err);
    for (size_t i = 0; i < count && !status; i++) {
        const hedui_run_delivery *made = i < result->delivery_count ? &result->deliveries[i] : NULL;
        if (!made || !hedui_span_equal(made->feed, list[i].feed) ||
            memcmp(&made->digest, &list[i].digest, sizeof made->digest) != 0)
            status = hedui_fail(r->err, HEDUI_E8021, hedui_place_none(),
                                HEDUI_ARG_SPAN(list[i].file.length ? list[i].file : list[i].feed));
    }
    return status;
}

hedui_status hedui_again_execute(const hedui_run_result **result, hedui_again *r,
                                 const hedui_run_look *look)
{
    const hedui_run_request request = {.unit = r->laid.workspace->unit,
                                       .area = r->laid.workspace->area,
                                       .areas = r->laid.workspace->areas,
                                       .inbox = r->laid.workspace->inbox,
                                       .spill = r->laid.folder,
                                       .layouts = r->packs.layouts,
                                       .rulebook = r->packs.rulebook,
                                       .need = r->laid.workspace->need,
                                       .need_count = r->laid.workspace->need_count,
                                       .prior = &r->prior,
                                       .scope = r->run->listed ? &r->scope : NULL,
                                       .look = look,
                                       .as_of = r->run->as_of,
                                       .threads = r->threads};
    const hedui_run_result *made = NULL;
    hedui_status status = hedui_run_execute(&made, NULL, &request, r->arena, NULL, r->err);
    if (!status)
        status = check_deliveries(r, made);
    if (!status)
        *result = made;
    return status;
}

void hedui_again_close(hedui_again *r)
{
    hedui_job_laid_close(&r->laid);
}
