/* The plan. A file that is not used is named, never passed over in silence. */
#include "run/plan.h"

#include <stdlib.h>

static void note(const hedui_notes *notes, hedui_status number, const hedui_inbox_file *file,
                 const char *other)
{
    hedui_err e;
    if (!notes)
        return;
    hedui_err_init(&e);
    (void)hedui_fail(&e, number, hedui_place_none(), HEDUI_ARG_TEXT(file->name),
                     HEDUI_ARG_TEXT(other));
    notes->add(notes->context, &e);
}

/* Whether a file can serve at all; if not, it is named. */
static int is_candidate(const hedui_inbox_file *file, const hedui_layout *layout, int delta,
                        int32_t as_of)
{
    return file->layout == layout && file->delta == delta && file->cut_off <= as_of;
}

static const hedui_inbox_file *latest_full(const hedui_inbox_file *files, size_t count,
                                           const hedui_layout *layout, int32_t as_of)
{
    const hedui_inbox_file *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (is_candidate(&files[i], layout, 0, as_of) &&
            (!best || files[i].cut_off >= best->cut_off))
            best = &files[i];
    return best;
}

static int by_day(const void *a, const void *b)
{
    const hedui_inbox_file *x = *(const hedui_inbox_file *const *)a,
                           *y = *(const hedui_inbox_file *const *)b;
    if (x->cut_off != y->cut_off)
        return x->cut_off < y->cut_off ? -1 : 1;
    return strcmp(x->name, y->name);
}

static hedui_status plan_feed(hedui_plan_feed *feed, const hedui_inbox_file *files, size_t count,
                              int32_t as_of, hedui_arena *arena, const hedui_notes *notes,
                              hedui_err *err)
{
    const hedui_inbox_file *full = latest_full(files, count, feed->layout, as_of);
    const hedui_inbox_file **chain = hedui_arena_array(arena, count + 1, sizeof *chain);
    uint32_t used = 0;
    if (!chain)
        return hedui_fail_memory(err);
    if (full)
        chain[used++] = full;
    for (size_t i = 0; i < count; i++) {
        const hedui_inbox_file *file = &files[i];
        if (file->layout != feed->layout || file == full)
            continue;
        if (file->cut_off > as_of) { /* INT32_MIN, not known, is never later */
            note(notes, HEDUI_E2103, file, "");
            feed->later = feed->later ? feed->later : file;
        } else if (!full) {
            note(notes, HEDUI_E2104, file, "");
        } else if (!file->delta || file->cut_off <= full->cut_off) {
            note(notes, HEDUI_E2102, file, full->name);
        } else {
            chain[used++] = file;
        }
    }
    for (size_t i = 0; full && full->answers.length && i < count; i++)
        if (&files[i] != full && is_candidate(&files[i], feed->layout, 0, as_of) &&
            hedui_span_equal(files[i].answers, full->answers))
            feed->other = &files[i];
    if (used > 2)
        qsort(chain + 1, used - 1, sizeof *chain, by_day);
    feed->files = chain;
    feed->file_count = used;
    return HEDUI_OK;
}

hedui_status hedui_plan_make(const hedui_plan **plan, const char *inbox,
                             const hedui_layouts *layouts, int32_t as_of, hedui_arena *arena,
                             const hedui_notes *notes, hedui_err *err)
{
    const hedui_inbox_file *files = NULL;
    size_t count = 0;
    hedui_status status = hedui_inbox_list(&files, &count, inbox, layouts, arena, err);
    if (status)
        return status;
    hedui_plan *made = hedui_arena_take(arena, sizeof *made);
    hedui_plan_feed *feeds = hedui_arena_array(arena, layouts->count, sizeof *feeds);
    if (!made || !feeds)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        if (!files[i].layout)
            note(notes, HEDUI_E2101, &files[i], "");
    for (uint32_t i = 0; i < layouts->count && !status; i++) {
        feeds[i].layout = layouts->list[i];
        status = plan_feed(&feeds[i], files, count, as_of, arena, notes, err);
    }
    made->feeds = feeds;
    made->feed_count = layouts->count;
    made->as_of = as_of;
    if (!status)
        *plan = made;
    return status;
}

const hedui_plan_feed *hedui_plan_find(const hedui_plan *plan, const hedui_layout *layout)
{
    for (uint32_t i = 0; i < plan->feed_count; i++)
        if (plan->feeds[i].layout == layout)
            return &plan->feeds[i];
    return NULL;
}
