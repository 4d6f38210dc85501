/* All reports of a run as files. Whoever has two cores has the lists made by two: each takes the
 * next that nobody has begun. The store is complete by then, and two readers of it see the same. */
#include "report/csv.h"
#include "report/data.h"
#include "report/kinds.h"

#include "base/invariant.h"

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

enum { KINDS = sizeof kinds / sizeof *kinds, LISTS = 3 }; /* LISTS: the first that is a view */

/* What is shared by those who write: the next list that nobody has begun. */
typedef struct queue {
    pthread_mutex_t mutex;
    size_t next;
} queue;

static size_t take(queue *q)
{
    (void)pthread_mutex_lock(&q->mutex);
    size_t taken = q->next++;
    (void)pthread_mutex_unlock(&q->mutex);
    return taken;
}

/* One who writes: a connection, an arena, and where he failed. */
typedef struct writer {
    queue *lists;
    const char *folder;
    const char *format; /* the only one wanted, or NULL */
    hedui_span run;
    hedui_store *store;
    hedui_arena *arena;
    const char *paths[KINDS];
    hedui_status status;
    size_t failed; /* what he could not write, if anything */
    hedui_err err;
} writer;

/* Reports of a few pages are made in memory. @param data  As the store was asked for it. */
static hedui_status write_pages(const char *path, const kind *k, writer *w,
                                const hedui_report_data *data)
{
    hedui_status status = HEDUI_OK;
    hedui_buffer content;
    hedui_buffer_init(&content);
    if (k->format)
        k->format(&content, data);
    else {
        const hedui_report_order order = {
            .store = w->store, .run = data->run, .data = data, .format = "html", .arena = w->arena};
        status = hedui_report_summary(&content, &order, &w->err);
    }
    if (!status && hedui_buffer_failed(&content))
        status = hedui_fail_memory(&w->err);
    if (!status)
        status = hedui_file_replace(path, hedui_buffer_span(&content), &w->err);
    hedui_buffer_free(&content);
    return status;
}

/* @param data  NULL where a view is asked for. */
static void write_one(writer *w, size_t index, const hedui_report_data *data)
{
    const kind *k = &kinds[index];
    if (w->format && strcmp(k->ending + 1, w->format) != 0)
        return;
    hedui_buffer name;
    hedui_buffer_init(&name);
    hedui_buffer_text(&name, k->prefix);
    hedui_buffer_add(&name, w->run);
    hedui_buffer_text(&name, k->ending);
    const char *path =
        hedui_buffer_failed(&name) ? NULL : hedui_path_join(w->folder, name.data, w->arena);
    hedui_buffer_free(&name);
    if (!path)
        w->status = hedui_fail_memory(&w->err);
    else if (k->view)
        w->status = hedui_report_csv_file(path, w->store, k->view, w->run, &w->err);
    else
        w->status = write_pages(path, k, w, data);
    if (!w->status)
        w->paths[index] = path;
    w->failed = index;
}

static void write_lists(writer *w)
{
    while (!w->status) {
        size_t index = take(w->lists);
        if (index >= KINDS)
            break;
        write_one(w, index, NULL);
    }
}

/* --- a second writer beside the first --------------------------------------------------------- */

typedef struct aside {
    pthread_t thread;
    int is_running;
    writer writer; /* over a connection of its own */
} aside;

static void *write_aside(void *context)
{
    write_lists(context);
    return NULL;
}

/* What cannot be begun is left to the first. */
static void begin_aside(aside *a, const writer *first)
{
    a->writer = *first;
    a->writer.store = NULL;
    a->writer.arena = hedui_arena_open(0);
    if (a->writer.arena && hedui_store_open_again(&a->writer.store, first->store, NULL) == HEDUI_OK)
        a->is_running = pthread_create(&a->thread, NULL, write_aside, &a->writer) == 0;
}

/* The first takes over what the second has done, and the failure that is first in the order. */
static void end_aside(aside *a, writer *first)
{
    if (a->is_running)
        (void)pthread_join(a->thread, NULL);
    if (a->writer.status && (!first->status || a->writer.failed < first->failed)) {
        first->status = a->writer.status;
        first->err = a->writer.err;
    }
    for (size_t i = 0; !first->status && i < KINDS; i++) {
        if (!a->writer.paths[i])
            continue;
        first->paths[i] = hedui_arena_copy(first->arena, hedui_span_of(a->writer.paths[i])).at;
        if (!first->paths[i])
            first->status = hedui_fail_memory(&first->err);
    }
    hedui_store_close(a->writer.store);
    hedui_arena_close(a->writer.arena);
}

hedui_status hedui_report_write(hedui_report_files *files, const char *folder, hedui_store *store,
                                hedui_span run, const char *format, int threads, hedui_arena *arena,
                                hedui_err *err)
{
    hedui_report_files written = {0};
    hedui_report_data data = {0}; /* asked once: counting by rule is the dearest question */
    queue lists = {.mutex = PTHREAD_MUTEX_INITIALIZER, .next = LISTS};
    writer w = {.lists = &lists,
                .folder = folder,
                .format = format,
                .run = run,
                .store = store,
                .arena = arena};
    aside a = {0};
    HEDUI_INVARIANT(run.length); /* the files are named after it */
    hedui_err_init(&w.err);
    if (threads > 1)
        begin_aside(&a, &w);
    w.status = hedui_report_data_load(&data, store, run, arena, &w.err);
    for (size_t i = 0; !w.status && i < LISTS; i++)
        write_one(&w, i, &data);
    write_lists(&w);
    end_aside(&a, &w);
    if (w.status) {
        if (err)
            *err = w.err;
        return w.status;
    }
    for (size_t i = 0; i < KINDS; i++)
        memcpy((char *)&written + kinds[i].path, &w.paths[i], sizeof w.paths[i]);
    written.run = data.run;
    *files = written;
    return HEDUI_OK;
}
