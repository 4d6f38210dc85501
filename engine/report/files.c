/* All reports of a run as files. */
#include "report/data.h"
#include "report/kinds.h"

#include <hedui/file.h>
#include <hedui/report.h>

/* One report: what it is called and who makes it. */
typedef struct kind {
    const char *prefix, *ending, *view; /**< view: NULL for the run report */
    hedui_report_data_format *format;   /**< NULL with `view`: the summary */
    size_t path;                        /**< where its path goes in hedui_report_files */
} kind;

static const kind kinds[] = {
    {"核对批次报告_", ".html", NULL, hedui_report_data_html, offsetof(hedui_report_files, html)},
    {"核对批次报告_", ".json", NULL, hedui_report_data_json, offsetof(hedui_report_files, json)},
    {"疑点汇总表_", ".html", NULL, NULL, offsetof(hedui_report_files, summary_html)},
    {"核查疑点清单_", ".csv", "flags", NULL, offsetof(hedui_report_files, flags_csv)},
    {"核对结果（按户）_", ".csv", "households", NULL, offsetof(hedui_report_files, households_csv)},
    {"问题行清单_", ".csv", "rejects", NULL, offsetof(hedui_report_files, rejects_csv)},
};

static hedui_status write_one(const char **path, const kind *k, const char *folder,
                              hedui_store *store, const hedui_report_data *data, hedui_arena *arena,
                              hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    const char *joined = NULL;
    hedui_buffer name, content;
    hedui_buffer_init(&name);
    hedui_buffer_init(&content);
    hedui_buffer_text(&name, k->prefix);
    hedui_buffer_add(&name, data->run->id);
    hedui_buffer_text(&name, k->ending);
    if (k->view)
        status = hedui_report_csv(&content, store, k->view, data->run->id, err);
    else if (k->format)
        k->format(&content, data);
    else {
        const hedui_report_order order = {
            .store = store, .run = data->run, .format = "html", .arena = arena};
        status = hedui_report_summary(&content, &order, err);
    }
    if (!status && !hedui_buffer_failed(&name) && !hedui_buffer_failed(&content))
        joined = hedui_path_join(folder, name.data, arena);
    if (!status && !joined)
        status = hedui_fail_memory(err);
    if (!status)
        status = hedui_file_replace(joined, hedui_buffer_span(&content), err);
    if (!status)
        *path = joined;
    hedui_buffer_free(&content);
    hedui_buffer_free(&name);
    return status;
}

hedui_status hedui_report_write(hedui_report_files *files, const char *folder, hedui_store *store,
                                hedui_span run, hedui_arena *arena, hedui_err *err)
{
    hedui_report_files written = {0};
    hedui_report_data data; /* asked once: counting by rule is the dearest question */
    hedui_status status = hedui_report_data_load(&data, store, run, arena, err);
    for (size_t i = 0; !status && i < sizeof kinds / sizeof *kinds; i++) {
        const char *path = NULL;
        status = write_one(&path, &kinds[i], folder, store, &data, arena, err);
        memcpy((char *)&written + kinds[i].path, &path, sizeof path);
    }
    if (!status)
        *files = written;
    return status;
}
