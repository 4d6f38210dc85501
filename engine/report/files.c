/* All reports of a run as files. Whoever has two cores has the longest list made by the second; the
 * store is complete by then, and two readers of it see the same. */
#include "report/data.h"
#include "report/kinds.h"

#include <hedui/file.h>
#include <hedui/report.h>

#include <pthread.h>

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

/* --- the longest list beside the others ------------------------------------------------------- */

enum { LONGEST = 3 }; /* the flags: as long to ask for as all others together */

typedef struct aside {
    pthread_t thread;
    int is_running;
    const char *folder, *path;
    hedui_store *store; /* its own */
    hedui_arena *arena; /* likewise */
    const hedui_report_data *data;
    hedui_status status;
    hedui_err err;
} aside;

static void *write_aside(void *context)
{
    aside *a = context;
    a->status =
        write_one(&a->path, &kinds[LONGEST], a->folder, a->store, a->data, a->arena, &a->err);
    return NULL;
}

/* What cannot be begun is left to be written in its turn. */
static void begin_aside(aside *a, const char *folder, const hedui_store *store,
                        const hedui_report_data *data)
{
    hedui_err_init(&a->err);
    a->folder = folder;
    a->data = data;
    a->arena = hedui_arena_open(0);
    if (a->arena && hedui_store_open_again(&a->store, store, NULL) == HEDUI_OK)
        a->is_running = pthread_create(&a->thread, NULL, write_aside, a) == 0;
}

/* @param status  Of the others. @return the first failure in the order of the reports. */
static hedui_status end_aside(aside *a, hedui_report_files *files, hedui_status status,
                              size_t failed, hedui_arena *arena, hedui_err *err)
{
    if (a->is_running) {
        (void)pthread_join(a->thread, NULL);
        if (a->status && (!status || failed > LONGEST)) {
            status = a->status;
            if (err)
                *err = a->err;
        } else if (!status) {
            files->flags_csv = hedui_arena_copy(arena, hedui_span_of(a->path)).at;
            if (!files->flags_csv)
                status = hedui_fail_memory(err);
        }
    }
    hedui_store_close(a->store);
    hedui_arena_close(a->arena);
    return status;
}

hedui_status hedui_report_write(hedui_report_files *files, const char *folder, hedui_store *store,
                                hedui_span run, int threads, hedui_arena *arena, hedui_err *err)
{
    hedui_report_files written = {0};
    hedui_report_data data; /* asked once: counting by rule is the dearest question */
    aside a = {0};
    size_t i = 0;
    hedui_status status = hedui_report_data_load(&data, store, run, arena, err);
    if (!status && threads > 1)
        begin_aside(&a, folder, store, &data);
    for (; !status && i < sizeof kinds / sizeof *kinds; i++) {
        const char *path = NULL;
        if (i == LONGEST && a.is_running)
            continue;
        status = write_one(&path, &kinds[i], folder, store, &data, arena, err);
        memcpy((char *)&written + kinds[i].path, &path, sizeof path);
    }
    status = end_aside(&a, &written, status, i, arena, err);
    if (status)
        return status;
    written.run = data.run;
    *files = written;
    return HEDUI_OK;
}
