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
        *data = loaded;
    return status;
}

void hedui_report_remark(hedui_buffer *out, int number, hedui_span argument)
{
    hedui_message_remark(out, number, argument, HEDUI_ZH);
}
