/* The layouts as the faces list them. */
#include "feed/layout.h"

#include <hedui/feed.h>

hedui_status hedui_feed_list(const hedui_feed_entry **entries, size_t *count,
                             const char *const *folders, size_t folder_count, hedui_arena *arena,
                             hedui_err *err)
{
    const hedui_layouts *layouts = NULL;
    hedui_status status = hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, err);
    if (status)
        return status;
    hedui_feed_entry *list = hedui_arena_array(arena, layouts->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < layouts->count; i++) {
        const hedui_layout *layout = layouts->list[i];
        list[i] = (hedui_feed_entry){.feed = layout->name,
                                     .title = layout->title,
                                     .source = layout->source,
                                     .kind = hedui_feed_kind_name(layout->kind),
                                     .age_warn_days = layout->guards.age_warn_days,
                                     .age_refuse_days = layout->guards.age_refuse_days,
                                     .due = layout->due};
    }
    *entries = list;
    *count = layouts->count;
    return HEDUI_OK;
}
