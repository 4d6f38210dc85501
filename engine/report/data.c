/* Gathering: one run, its deliveries, its rejects counted. */
#include "report/data.h"

#include "store/view.h"

#include <hedui/message.h>

/* A list that grows by doubling; one reads a few rows into it, a bad night some dozens. */
static hedui_status add_open(hedui_report_open **list, size_t *room, size_t *count,
                             const hedui_sheet_cell *cells, hedui_arena *arena, hedui_err *err)
{
    if (*count == *room) {
        size_t more = *room ? 2 * *room : 32;
        hedui_report_open *longer = hedui_arena_array(arena, more, sizeof *longer);
        if (!longer)
            return hedui_fail_memory(err);
        if (*count)
            memcpy(longer, *list, *count * sizeof *longer);
        *list = longer;
        *room = more;
    }
    hedui_report_open *open = &(*list)[*count];
    hedui_span *const texts[] = {&open->reason, &open->feed, &open->mender};
    for (int i = 0; i < 3; i++) {
        *texts[i] = hedui_arena_copy(arena, cells[i].text);
        if (!texts[i]->at)
            return hedui_fail_memory(err);
    }
    open->rules = cells[3].number;
    open->households = cells[4].number;
    ++*count;
    return HEDUI_OK;
}

hedui_status hedui_report_open_load(const hedui_report_open **open, size_t *count,
                                    hedui_store *store, const hedui_store_run *run,
                                    hedui_arena *arena, hedui_err *err)
{
    hedui_report_open *list = NULL;
    hedui_store_view view = {0};
    hedui_sheet_cell cells[5];
    size_t room = 0, used = 0;
    hedui_status status =
        run->purged ? HEDUI_OK
                    : hedui_store_view_open(&view, store, "unanswered", run->id, arena, err);
    while (!status && !run->purged && hedui_store_view_row(cells, &view, err))
        status = add_open(&list, &room, &used, cells, arena, err);
    if (!status)
        status = view.status;
    hedui_store_view_close(&view);
    if (status)
        return status;
    *open = list;
    *count = used;
    return HEDUI_OK;
}

hedui_status hedui_report_data_load(hedui_report_data *data, hedui_store *store, hedui_span run,
                                    hedui_arena *arena, hedui_err *err)
{
    hedui_report_data loaded = {0};
    hedui_status status = hedui_store_run_find(&loaded.run, store, run, arena, err);
    if (!status)
        status = hedui_store_delivery_list(&loaded.deliveries, &loaded.delivery_count, store,
                                           loaded.run->id, arena, err);
    if (!status)
        status = hedui_store_reject_counts(&loaded.rejects, &loaded.reject_count, store,
                                           loaded.run->id, arena, err);
    if (!status)
        status = hedui_store_stood_list(&loaded.stood, &loaded.stood_count, store, loaded.run->id,
                                        arena, err);
    if (!status)
        status = hedui_store_met_list(&loaded.met, &loaded.met_count, store, loaded.run->id,
                                      hedui_span_of(""), arena, err);
    if (!status)
        status =
            hedui_report_open_load(&loaded.open, &loaded.open_count, store, loaded.run, arena, err);
    if (!status)
        *data = loaded;
    return status;
}

hedui_status hedui_report_data_put(hedui_buffer *out, hedui_report_data_format *format,
                                   hedui_store *store, hedui_span run, hedui_err *err)
{
    hedui_report_data data;
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena)
        return hedui_fail_memory(err);
    hedui_status status = hedui_report_data_load(&data, store, run, arena, err);
    if (!status) {
        format(out, &data);
        if (hedui_buffer_failed(out))
            status = hedui_fail_memory(err);
    }
    hedui_arena_close(arena);
    return status;
}

void hedui_report_remark(hedui_buffer *out, int number, hedui_span argument)
{
    hedui_message_remark(out, number, argument, HEDUI_ZH);
}
