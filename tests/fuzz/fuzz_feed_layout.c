/* Any text as a layout and as a code list. */
#include "feed_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const hedui_yaml *yaml;
    const hedui_layout *layout;
    const hedui_code_list *list;
    hedui_err err;
    hedui_arena *arena = hedui_arena_open(0);
    need(arena != NULL);
    hedui_err_init(&err);
    hedui_span text = {(const char *)data, size};
    const hedui_code_list *lists[] = {target_kept_layout("utf-8")->columns[3].list};
    hedui_code_lists all = {lists, 1};
    if (hedui_yaml_parse(&yaml, "layout", text, arena, &err) == HEDUI_OK) {
        (void)hedui_layout_parse(&layout, yaml, &all, arena, &err);
        hedui_err_init(&err);
        (void)hedui_code_list_parse(&list, yaml, arena, &err);
    }
    hedui_arena_close(arena);
    return 0;
}
