/* Gathering: one run, its deliveries, its rejects counted. */
#include "report/data.h"

#include <hedui/message.h>

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
