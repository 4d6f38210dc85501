/* Of the query lists only those that are named are read: a year of lists would be a thousand times
 * the caseload. */
#include "job/prior.h"

#include <hedui/buffer.h>
#include <hedui/store_confirmation.h>

#include "feed/inbox.h"
#include "store/overrides.h"
#include "store/pairs.h"
#include "store/query_lists.h"

hedui_status hedui_job_baseline_of(hedui_baseline *baseline, const hedui_store_baseline *stored,
                                   hedui_arena *arena, hedui_err *err)
{
    hedui_figure *figures = hedui_arena_array(arena, stored->figure_count, sizeof *figures);
    if (!figures)
        return hedui_fail_memory(err);
    for (size_t n = 0; n < stored->figure_count; n++)
        figures[n] = (hedui_figure){stored->figures[n].name, stored->figures[n].part,
                                    stored->figures[n].whole};
    *baseline = (hedui_baseline){.feed = stored->feed,
                                 .figures = figures,
                                 .figure_count = (uint32_t)stored->figure_count,
                                 .records = stored->records,
                                 .matched = stored->matched,
                                 .content_length = stored->content_length,
                                 .content_crc = (uint32_t)stored->content_crc,
                                 .cut_off = stored->cut_off};
    return HEDUI_OK;
}

static hedui_status read_baselines(hedui_prior *prior, hedui_store *store, hedui_arena *arena,
                                   hedui_err *err)
{
    const hedui_store_baseline *stored = NULL;
    size_t count = 0;
    hedui_status status = hedui_store_baseline_list(&stored, &count, store, arena, err);
    hedui_baseline *list = hedui_arena_array(arena, count, sizeof *list);
    if (!status && !list)
        status = hedui_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++)
        status = hedui_job_baseline_of(&list[i], &stored[i], arena, err);
    if (status)
        return status;
    prior->baselines = list;
    prior->baseline_count = (uint32_t)count;
    return status;
}

static int is_read(const hedui_query *queries, uint32_t count, hedui_span number)
{
    for (uint32_t i = 0; i < count; i++)
        if (hedui_span_equal(queries[i].number, number))
            return 1;
    return 0;
}

static hedui_status read_queries(hedui_prior *prior, hedui_store *store, const char *inbox,
                                 const hedui_layouts *layouts, hedui_arena *arena, hedui_err *err)
{
    const hedui_inbox_file *files = NULL;
    size_t count = 0;
    uint32_t used = 0;
    hedui_status status = hedui_inbox_list(&files, &count, inbox, layouts, arena, err);
    if (status)
        return status;
    hedui_query *queries = hedui_arena_array(arena, count, sizeof *queries);
    if (!queries)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++) {
        int found = 0;
        if (!files[i].answers.length || is_read(queries, used, files[i].answers))
            continue;
        status =
            hedui_store_query_load(&queries[used], &found, store, files[i].answers, arena, err);
        used += !status && found;
    }
    prior->queries = queries;
    prior->query_count = used;
    return status;
}

static hedui_status read_overrides(hedui_prior *prior, hedui_store *store, hedui_arena *arena,
                                   hedui_err *err)
{
    size_t count = 0;
    hedui_status status = hedui_store_override_prior(&prior->overrides, &count, store, arena, err);
    prior->override_count = status ? 0 : (uint32_t)count;
    return status;
}

static hedui_status read_pairs(hedui_prior *prior, hedui_store *store, hedui_arena *arena,
                               hedui_err *err)
{
    size_t count = 0;
    hedui_status status = hedui_store_pair_prior(&prior->pairs, &count, store, arena, err);
    prior->pair_count = status ? 0 : (uint32_t)count;
    return status;
}

hedui_status hedui_job_confirmations_read(hedui_prior *prior, hedui_store *store,
                                          hedui_arena *arena, hedui_err *err)
{
    const hedui_store_confirmed *stored = NULL;
    size_t count = 0;
    hedui_status status = hedui_store_confirmed_list(&stored, &count, store, arena, err);
    if (status)
        return status;
    hedui_confirmation *list = hedui_arena_array(arena, count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        list[i] = (hedui_confirmation){stored[i].pack, stored[i].document, stored[i].rule,
                                       stored[i].said};
    prior->confirmations = list;
    prior->confirmation_count = (uint32_t)count;
    return HEDUI_OK;
}

hedui_status hedui_job_prior_read(hedui_prior *prior, hedui_span *text, hedui_store *store,
                                  const char *inbox, const hedui_layouts *layouts,
                                  hedui_arena *arena, hedui_err *err)
{
    hedui_prior made = {0};
    hedui_span copy = {NULL, 0};
    hedui_buffer out;
    hedui_buffer_init(&out);
    hedui_status status = read_baselines(&made, store, arena, err);
    if (!status)
        status = read_queries(&made, store, inbox, layouts, arena, err);
    if (!status)
        status = hedui_job_confirmations_read(&made, store, arena, err);
    if (!status)
        status = read_overrides(&made, store, arena, err);
    if (!status)
        status = read_pairs(&made, store, arena, err);
    if (!status) {
        hedui_prior_print(&out, &made);
        copy = hedui_arena_copy(arena, hedui_buffer_span(&out));
        if (hedui_buffer_failed(&out) || !copy.at)
            status = hedui_fail_memory(err);
    }
    hedui_buffer_free(&out);
    if (!status)
        status = hedui_digest_of(&made.digest, copy, err);
    if (status)
        return status;
    *prior = made;
    *text = copy;
    return HEDUI_OK;
}
