/* Region 1: one delivery, one thread; the largest first, so that no thread is left alone with it at
 * the end. Each task writes its own slot, and of several failures the first in order is reported.
 */
#include "run/scan.h"

#include <stdlib.h>

typedef struct slot {
    hedui_scan_task *task;
    hedui_err err;
} slot;

static int by_size(const void *a, const void *b)
{
    const hedui_scan_task *x = ((const slot *)a)->task, *y = ((const slot *)b)->task;
    uint64_t left = x->file ? x->file->size : 0, right = y->file ? y->file->size : 0;
    if (left != right)
        return left > right ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void scan_one(slot *s, const hedui_matcher *matcher, const char *spill)
{
    hedui_scan_options options = {
        .matcher = matcher, .spill_folder = spill, .promise = s->task->file->promise};
    (void)hedui_delivery_scan(&s->task->delivery, s->task->file->path, s->task->layout, &options,
                              &s->err);
}

hedui_status hedui_scan_all(hedui_scan_task *tasks, uint32_t count, const hedui_matcher *matcher,
                            const char *spill, int threads, const hedui_scan_progress *progress,
                            hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    slot *slots = arena ? hedui_arena_array(arena, count, sizeof *slots) : NULL;
    int64_t total = 0, done = 0;
    if (!slots) {
        hedui_arena_close(arena);
        return hedui_fail_memory(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        slots[i].task = &tasks[i];
        hedui_err_init(&slots[i].err);
        total += tasks[i].file ? (int64_t)tasks[i].file->size : 0;
    }
    if (count)
        qsort(slots, count, sizeof *slots, by_size);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) default(none)                   \
    shared(slots, count, matcher, spill, progress, done, total)
    for (uint32_t i = 0; i < count; i++) {
        if (!slots[i].task->file)
            continue;
        scan_one(&slots[i], matcher, spill);
#pragma omp critical(hedui_scan_progress)
        {
            done += (int64_t)slots[i].task->file->size;
            if (progress && progress->tell)
                progress->tell(progress->context, done, total);
        }
    }
    const slot *first = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (slots[i].err.status && (!first || slots[i].task < first->task))
            first = &slots[i];
    hedui_status status = first ? first->err.status : HEDUI_OK;
    if (first && err && err->status == HEDUI_OK)
        *err = first->err;
    hedui_arena_close(arena);
    return status;
}
