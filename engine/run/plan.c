/* The plan. A file that is not used is named, never passed over in silence. */
#include "run/plan.h"

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

static hedui_plan_feed *entry_of(hedui_plan_feed *feeds, uint32_t count, const hedui_layout *layout)
{
    for (uint32_t i = 0; i < count; i++)
        if (feeds[i].layout == layout)
            return &feeds[i];
    return NULL;
}

static void choose(hedui_plan_feed *feed, const hedui_inbox_file *file, int32_t as_of,
                   const hedui_notes *notes)
{
    if (file->cut_off > as_of) { /* INT32_MIN, not known, is never later */
        note(notes, HEDUI_E2103, file, "");
        feed->future = feed->file == NULL;
        return;
    }
    if (feed->file && feed->file->cut_off > file->cut_off) {
        note(notes, HEDUI_E2102, file, feed->file->name);
        return;
    }
    if (feed->file)
        note(notes, HEDUI_E2102, feed->file, file->name);
    feed->file = file;
    feed->future = 0;
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
    for (uint32_t i = 0; i < layouts->count; i++)
        feeds[i].layout = layouts->list[i];
    for (size_t i = 0; i < count; i++) {
        if (!files[i].layout)
            note(notes, HEDUI_E2101, &files[i], "");
        else
            choose(entry_of(feeds, layouts->count, files[i].layout), &files[i], as_of, notes);
    }
    made->feeds = feeds;
    made->feed_count = layouts->count;
    made->as_of = as_of;
    *plan = made;
    return HEDUI_OK;
}

const hedui_plan_feed *hedui_plan_find(const hedui_plan *plan, const hedui_layout *layout)
{
    for (uint32_t i = 0; i < plan->feed_count; i++)
        if (plan->feeds[i].layout == layout)
            return &plan->feeds[i];
    return NULL;
}
