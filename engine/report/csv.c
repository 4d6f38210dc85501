/* A view as CSV, into memory or piece by piece into a file. */
#include "report/csv.h"

#include "base/new_file.h"
#include "store/view.h"

enum { PIECE = 1 << 16 };

/* What stands in the buffer goes into the file, if there is one and it is `least` long. */
static hedui_status pass_on(hedui_new_file *file, hedui_buffer *out, size_t least, hedui_err *err)
{
    if (hedui_buffer_failed(out))
        return hedui_fail_memory(err);
    if (!file || out->length < least)
        return HEDUI_OK;
    hedui_status status = hedui_new_file_add(file, hedui_buffer_span(out), err);
    hedui_buffer_clear(out);
    return status;
}

/* @param file  NULL: all of it stays in the buffer. */
static hedui_status put(hedui_new_file *file, hedui_buffer *out, hedui_store *store,
                        const char *name, hedui_span run, hedui_arena *arena, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_status status = hedui_store_view_open(&view, store, name, run, arena, err);
    hedui_sheet_cell *cells = hedui_arena_array(arena, view.column_count, sizeof *cells);
    if (!status && !cells)
        status = hedui_fail_memory(err);
    if (!status)
        hedui_sheet_csv_head(out, view.columns, view.column_count, 1);
    while (!status && hedui_store_view_row(cells, &view, err)) {
        hedui_sheet_csv_row(out, view.columns, cells, view.column_count);
        status = pass_on(file, out, PIECE, err);
    }
    if (!status)
        status = view.status;
    if (!status)
        status = pass_on(file, out, 0, err);
    hedui_store_view_close(&view);
    return status;
}

hedui_status hedui_report_csv(hedui_buffer *out, hedui_store *store, const char *name,
                              hedui_span run, hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena)
        return hedui_fail_memory(err);
    hedui_status status = put(NULL, out, store, name, run, arena, err);
    hedui_arena_close(arena);
    return status;
}

hedui_status hedui_report_csv_file(const char *path, hedui_store *store, const char *name,
                                   hedui_span run, hedui_err *err)
{
    hedui_new_file *file = NULL;
    hedui_buffer out;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_buffer_init(&out);
    hedui_status status = arena ? HEDUI_OK : hedui_fail_memory(err);
    if (!status)
        status = hedui_new_file_open(&file, path, arena, err);
    if (!status)
        status = put(file, &out, store, name, run, arena, err);
    if (!status)
        status = hedui_new_file_sync(file, err);
    if (!status)
        status = hedui_new_file_publish(file, 1, err);
    hedui_new_file_close(file);
    hedui_buffer_free(&out);
    hedui_arena_close(arena);
    return status;
}

const char *hedui_report_view(uint32_t index)
{
    return hedui_store_view_path(index);
}
