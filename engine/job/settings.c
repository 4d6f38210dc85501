/* hedui.yaml key by key: what is written there and what stands for it where nothing is. */
#include "job/workspace_keys.h"

#include <hedui/workspace.h>

typedef struct lister {
    const hedui_workspace *w;
    hedui_arena *arena;
    hedui_setting *settings;
    size_t count;
    int failed; /**< 1: no memory */
} lister;

enum { MOST = 64 };

static hedui_span joined(lister *l, const hedui_yaml_node *node)
{
    hedui_buffer text;
    if (node->kind != HEDUI_YAML_SEQUENCE)
        return hedui_arena_copy(l->arena, node->text);
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < node->count; i++) {
        if (i)
            hedui_buffer_text(&text, ", ");
        hedui_buffer_add(&text, node->items[i]->text);
    }
    return hedui_buffer_keep(&text, l->arena);
}

static void resolve(lister *l, hedui_setting *setting)
{
    const hedui_workspace *w = l->w;
    const struct {
        const char *key;
        const char *const *paths;
        uint32_t count;
    } known[] = {{"areas", &w->areas, 1},
                 {"inbox", &w->inbox, 1},
                 {"archive", &w->archive, 1},
                 {"out", &w->out, 1},
                 {"store", &w->store, 1},
                 {"feeds", w->feed_folders, w->feed_folder_count},
                 {"packs", w->pack_folders, w->pack_count}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].key, setting->key) == 0) {
            setting->paths = known[i].paths;
            setting->path_count = known[i].count;
        }
}

static const char *full_key(lister *l, const char *above, const char *key)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_format(&text, "%s%s%s", above, above[0] ? "." : "", key);
    return hedui_buffer_keep(&text, l->arena).at;
}

/* `mapping` may be NULL: nothing of it is given. */
static void list(lister *l, const char *above, const hedui_yaml_field *fields,
                 const hedui_yaml_node *mapping)
{
    for (; fields->key; fields++) {
        const hedui_yaml_node *node = mapping ? hedui_yaml_find(mapping, fields->key) : NULL;
        const char *key = full_key(l, above, fields->key);
        if (!key || l->count == MOST) {
            l->failed = 1;
            return;
        }
        if (fields->kind == HEDUI_YAML_STRUCT) {
            list(l, key, fields->detail, node);
            continue;
        }
        hedui_setting *setting = &l->settings[l->count++];
        setting->key = key;
        setting->line = node ? node->line : 0;
        if (node)
            setting->value = joined(l, node);
        else if (fields->kind == HEDUI_YAML_INTEGER)
            setting->value = hedui_span_of("0");
        resolve(l, setting);
    }
}

hedui_status hedui_workspace_settings(const hedui_setting **settings, size_t *count,
                                      const hedui_workspace *workspace, hedui_arena *arena,
                                      hedui_err *err)
{
    lister l = {.w = workspace, .arena = arena};
    const hedui_yaml *yaml = NULL;
    hedui_status status = hedui_yaml_load(&yaml, workspace->file, arena, err);
    if (status)
        return status;
    l.settings = hedui_arena_array(arena, MOST, sizeof *l.settings);
    if (l.settings)
        list(&l, "", hedui_workspace_keys, yaml->root);
    if (!l.settings || l.failed)
        return hedui_fail_memory(err);
    *settings = l.settings;
    *count = l.count;
    return HEDUI_OK;
}
