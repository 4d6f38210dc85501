/* Runs of sorted records in a nameless file, merged through windows of the memory they were sorted
 * in. More runs than there are windows are first merged into fewer and longer ones.
 *
 * Invariants: every run in the file but the last has `run` records; after the sort, `heap` holds
 * the sources that have records left, the least record first. */
#include "base/sorter.h"

#include "base/invariant.h"
#include "base/new_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_SOURCES = 127, LEAST_ROOM = 3 };

typedef struct source {
    uint64_t at, end; /* records of the file still to be read */
    char *window;
    size_t from, to; /* in the window */
} source;

struct hedui_sorter {
    hedui_arena *arena;
    const char *folder;
    size_t record, room, used; /* room and used in records */
    char *memory;
    int fd;
    uint64_t written, run; /* records: in the file, of a run */
    size_t most, window;   /* sources merged at a time, and records in the window of each */
    source *sources;
    size_t *heap;
    size_t heap_count;
};

hedui_status hedui_sorter_open(hedui_sorter **sorter, size_t record, size_t memory,
                               const char *folder, hedui_arena *arena, hedui_err *err)
{
    hedui_sorter *opened = hedui_arena_take(arena, sizeof *opened);
    size_t room = memory / record;
    HEDUI_INVARIANT(room >= LEAST_ROOM);
    if (!opened)
        return hedui_fail_memory(err);
    opened->arena = arena;
    opened->fd = -1;
    opened->record = record;
    opened->room = opened->run = room;
    opened->most = room - 1 < MOST_SOURCES ? room - 1 : MOST_SOURCES;
    opened->window = room / (opened->most + 1); /* one more is for what the merge writes */
    opened->folder = hedui_arena_copy(arena, hedui_span_of(folder)).at;
    opened->memory = hedui_arena_array(arena, room, record);
    opened->sources = hedui_arena_array(arena, opened->most, sizeof *opened->sources);
    opened->heap = hedui_arena_array(arena, opened->most, sizeof *opened->heap);
    if (!opened->folder || !opened->memory || !opened->sources || !opened->heap)
        return hedui_fail_memory(err);
    *sorter = opened;
    return HEDUI_OK;
}

void hedui_sorter_close(hedui_sorter *sorter)
{
    if (!sorter || sorter->fd < 0)
        return;
    (void)close(sorter->fd);
    sorter->fd = -1;
}

static int in_order(const void *a, const void *b, void *size)
{
    return memcmp(a, b, *(size_t *)size);
}

static void sort_memory(hedui_sorter *s)
{
    qsort_r(s->memory, s->used, s->record, in_order, &s->record);
}

static hedui_status write_records(const hedui_sorter *s, int fd, const char *records, size_t count,
                                  uint64_t at, hedui_err *err)
{
    size_t left = count * s->record;
    off_t offset = (off_t)(at * s->record);
    while (left) {
        ssize_t put = pwrite(fd, records, left, offset);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return hedui_fail(err, HEDUI_E1004, hedui_place_none(), HEDUI_ARG_TEXT(s->folder),
                              HEDUI_ARG_ERRNO(put < 0 ? errno : ENOSPC));
        records += put;
        left -= (size_t)put;
        offset += put;
    }
    return HEDUI_OK;
}

static hedui_status spill(hedui_sorter *s, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    if (s->fd < 0)
        status = hedui_nameless_open(&s->fd, s->folder, s->arena, err);
    if (status != HEDUI_OK)
        return status;
    sort_memory(s);
    status = write_records(s, s->fd, s->memory, s->used, s->written, err);
    if (status != HEDUI_OK)
        return status;
    s->written += s->used;
    s->used = 0;
    return HEDUI_OK;
}

hedui_status hedui_sorter_add(hedui_sorter *sorter, const void *record, hedui_err *err)
{
    if (sorter->used == sorter->room) {
        hedui_status status = spill(sorter, err);
        if (status != HEDUI_OK)
            return status;
    }
    memcpy(sorter->memory + sorter->used++ * sorter->record, record, sorter->record);
    return HEDUI_OK;
}

/* Read the next window of a source that has records in the file. */
static hedui_status fill(const hedui_sorter *s, source *from, hedui_err *err)
{
    uint64_t left = from->end - from->at;
    size_t count = left < s->window ? (size_t)left : s->window, done = 0;
    off_t offset = (off_t)(from->at * s->record);
    while (done < count * s->record) {
        ssize_t got =
            pread(s->fd, from->window + done, count * s->record - done, offset + (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return hedui_fail(err, HEDUI_E1003, hedui_place_none(), HEDUI_ARG_TEXT(s->folder),
                              HEDUI_ARG_ERRNO(got < 0 ? errno : EIO));
        done += (size_t)got;
    }
    from->at += count;
    from->from = 0;
    from->to = count;
    return HEDUI_OK;
}

static const char *first_of(const hedui_sorter *s, size_t in_heap)
{
    const source *from = &s->sources[s->heap[in_heap]];
    return from->window + from->from * s->record;
}

static void sift_down(hedui_sorter *s, size_t at)
{
    for (;;) {
        size_t least = at, child = 2 * at + 1;
        for (size_t c = child; c < child + 2 && c < s->heap_count; c++)
            if (memcmp(first_of(s, c), first_of(s, least), s->record) < 0)
                least = c;
        if (least == at)
            return;
        size_t moved = s->heap[at];
        s->heap[at] = s->heap[least];
        s->heap[least] = moved;
        at = least;
    }
}

/* Begin to merge `count` runs from run `first` on. */
static hedui_status begin_merge(hedui_sorter *s, uint64_t first, size_t count, hedui_err *err)
{
    for (size_t i = 0; i < count; i++) {
        source *from = &s->sources[i];
        from->at = (first + i) * s->run;
        from->end = from->at + s->run < s->written ? from->at + s->run : s->written;
        from->window = s->memory + i * s->window * s->record;
        hedui_status status = fill(s, from, err);
        if (status != HEDUI_OK)
            return status;
        s->heap[i] = i;
    }
    s->heap_count = count;
    for (size_t i = count / 2; i-- > 0;)
        sift_down(s, i);
    return HEDUI_OK;
}

/* Take the least record off the heap, which must not be empty. */
static hedui_status take(void *record, hedui_sorter *s, hedui_err *err)
{
    source *from = &s->sources[s->heap[0]];
    memcpy(record, first_of(s, 0), s->record);
    if (++from->from == from->to && from->at < from->end) {
        hedui_status status = fill(s, from, err);
        if (status != HEDUI_OK)
            return status;
    } else if (from->from == from->to) {
        s->heap[0] = s->heap[--s->heap_count];
    }
    sift_down(s, 0);
    return HEDUI_OK;
}

/* Merge all runs of the heap into `fd`, where `at` records are. */
static hedui_status merge_into(hedui_sorter *s, int fd, uint64_t *at, hedui_err *err)
{
    char *out = s->memory + s->most * s->window * s->record;
    size_t count = 0;
    hedui_status status = HEDUI_OK;
    while (status == HEDUI_OK && s->heap_count) {
        status = take(out + count * s->record, s, err);
        if (status == HEDUI_OK && (++count == s->window || !s->heap_count)) {
            status = write_records(s, fd, out, count, *at, err);
            *at += count;
            count = 0;
        }
    }
    return status;
}

/* One pass over the file: as many times fewer runs as there are sources. */
static hedui_status merge_pass(hedui_sorter *s, hedui_err *err)
{
    int fd;
    uint64_t runs = (s->written + s->run - 1) / s->run, at = 0;
    hedui_status status = hedui_nameless_open(&fd, s->folder, s->arena, err);
    if (status != HEDUI_OK)
        return status;
    for (uint64_t first = 0; first < runs && status == HEDUI_OK; first += s->most) {
        size_t count = runs - first < s->most ? (size_t)(runs - first) : s->most;
        status = begin_merge(s, first, count, err);
        if (status == HEDUI_OK)
            status = merge_into(s, fd, &at, err);
    }
    if (status != HEDUI_OK) {
        (void)close(fd);
        return status;
    }
    HEDUI_INVARIANT(at == s->written);
    (void)close(s->fd);
    s->fd = fd;
    s->run *= s->most;
    return HEDUI_OK;
}

hedui_status hedui_sorter_sort(hedui_sorter *sorter, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    if (sorter->fd < 0) { /* all in memory, as one source that has been read */
        sort_memory(sorter);
        sorter->sources[0] = (source){.window = sorter->memory, .to = sorter->used};
        sorter->heap_count = sorter->used != 0;
        return HEDUI_OK;
    }
    if (sorter->used)
        status = spill(sorter, err);
    while (status == HEDUI_OK && (sorter->written + sorter->run - 1) / sorter->run > sorter->most)
        status = merge_pass(sorter, err);
    if (status == HEDUI_OK)
        status = begin_merge(sorter, 0, (size_t)((sorter->written + sorter->run - 1) / sorter->run),
                             err);
    return status;
}

hedui_status hedui_sorter_next(void *record, int *got, hedui_sorter *sorter, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    int there = sorter->heap_count != 0;
    if (there)
        status = take(record, sorter, err);
    if (status == HEDUI_OK)
        *got = there;
    return status;
}
