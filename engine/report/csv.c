/* A view as CSV. */
#include "store/view.h"

#include <hedui/report.h>

hedui_status hedui_report_csv(hedui_buffer *out, hedui_store *store, const char *name,
                              hedui_span run, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena)
        return hedui_fail_memory(err);
    hedui_status status = hedui_store_view_open(&view, store, name, run, arena, err);
    hedui_sheet_cell *cells = hedui_arena_array(arena, view.column_count, sizeof *cells);
    if (!status && !cells)
        status = hedui_fail_memory(err);
    if (!status) {
        hedui_sheet_csv_head(out, view.columns, view.column_count, 1);
        while (hedui_store_view_row(cells, &view, err))
            hedui_sheet_csv_row(out, view.columns, cells, view.column_count);
        status = view.status;
    }
    if (!status && hedui_buffer_failed(out))
        status = hedui_fail_memory(err);
    hedui_store_view_close(&view);
    hedui_arena_close(arena);
    return status;
}

const char *hedui_report_view(uint32_t index)
{
    return hedui_store_view_path(index);
}
