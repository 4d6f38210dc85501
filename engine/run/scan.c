/* Region 1: one chain, one thread, the largest first. Threads for which no chain is left read rows
 * for the others (feed/share.h), so that none is left alone with the largest at the end. Each task
 * writes its own slot, and of several failures the first in order is reported. */
#include "run/scan.h"

#include "base/crew.h"

#include <stdlib.h>

typedef struct slot {
    hedui_scan_task *task;
    hedui_err err;
} slot;

static uint64_t size_of(const hedui_scan_task *task)
{
    uint64_t size = 0;
    for (uint32_t i = 0; i < task->file_count; i++)
        size += task->files[i]->size;
    return size;
}

static int by_size(const void *a, const void *b)
{
    const hedui_scan_task *x = ((const slot *)a)->task, *y = ((const slot *)b)->task;
    uint64_t left = size_of(x), right = size_of(y);
    if (left != right)
        return left > right ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* A delta behind one that was refused is laid over the wrong rows, and the whole chain is not used.
 * It is read all the same: what is wrong with it is told too, and its digest names it in the store
 * and the archive. */
static void scan_one(slot *s, const hedui_scan_options *options)
{
    if (!s->task->file_count)
        return;
    s->task->chain = hedui_chain_open(s->task->layout);
    if (!s->task->chain) {
        (void)hedui_fail_memory(&s->err);
        return;
    }
    for (uint32_t i = 0; i < s->task->file_count && !s->err.status; i++) {
        hedui_scan_options own = *options;
        hedui_delivery *delivery = NULL;
        own.promise = s->task->files[i]->promise;
        if (hedui_stop_check(options->stop, &s->err))
            break;
        (void)hedui_chain_add(&delivery, s->task->chain, s->task->files[i]->path, &own, &s->err);
    }
}

/* Once the whole chain is read: a delta takes rows of the full delivery away. */
static void gauge_one(slot *s, const hedui_caseload *caseload)
{
    const hedui_scan_task *task = s->task;
    for (uint32_t i = 0; task->gauges && i < task->file_count && !s->err.status; i++) {
        const hedui_delivery *delivery = hedui_chain_at(task->chain, i);
        if (delivery->refusal == HEDUI_REFUSAL_none)
            (void)hedui_gauge_take(&task->gauges[i], delivery, i == 0, caseload, task->arena,
                                   &s->err);
    }
}

hedui_status hedui_scan_all(hedui_scan_task *tasks, uint32_t count,
                            const hedui_scan_options *options, const hedui_caseload *caseload,
                            int threads, const hedui_scan_progress *progress, hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    slot *slots = arena ? hedui_arena_array(arena, count, sizeof *slots) : NULL;
    hedui_scan_options own = *options;
    int64_t total = 0, done = 0;
    own.crew = slots ? hedui_crew_open(count, arena) : NULL;
    if (!own.crew) {
        hedui_arena_close(arena);
        return hedui_fail_memory(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        slots[i].task = &tasks[i];
        hedui_err_init(&slots[i].err);
        total += (int64_t)size_of(&tasks[i]);
    }
    if (count)
        qsort(slots, count, sizeof *slots, by_size);
    if (progress && progress->tell)
        progress->tell(progress->context, 0, total);
#pragma omp parallel num_threads(threads) default(none)                                            \
    shared(slots, count, own, caseload, progress, done, total)
    {
#pragma omp for schedule(dynamic, 1) nowait
        for (uint32_t i = 0; i < count; i++) {
            scan_one(&slots[i], &own);
            gauge_one(&slots[i], caseload);
            hedui_crew_leave(own.crew);
#pragma omp critical(hedui_scan_progress)
            {
                done += (int64_t)size_of(slots[i].task);
                if (progress && progress->tell)
                    progress->tell(progress->context, done, total);
            }
        }
        hedui_crew_help(own.crew);
    }
    hedui_crew_close(own.crew);
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
