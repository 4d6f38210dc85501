/* Folders of layouts: which files there are, which replaces which, and finding things by name. */
#include "feed/layout.h"

#include "feed/layout_parse.h"

#include <hedui/file.h>

#include <stdlib.h>
#include <sys/stat.h>

/* The files of one kind; a name found in an earlier folder hides the same in a later one. */
typedef struct found {
    const char **paths;
    hedui_span *names;
    uint32_t count, capacity;
} found;

typedef struct loader {
    hedui_arena *arena;
    const hedui_notes *notes;
    hedui_err *err;
    hedui_status first; /**< of the faults that were noted */
} loader;

uint32_t hedui_layout_column(const hedui_layout *layout, hedui_span name)
{
    for (uint32_t c = 0; c < layout->column_count; c++)
        if (hedui_span_equal(layout->columns[c].name, name))
            return c;
    return HEDUI_COLUMN_NONE;
}

const hedui_layout *hedui_layouts_find(const hedui_layouts *layouts, hedui_span name)
{
    for (uint32_t i = 0; i < layouts->count; i++)
        if (hedui_span_equal(layouts->list[i]->name, name))
            return layouts->list[i];
    return NULL;
}

const hedui_layout *hedui_layouts_find_named(const hedui_layouts *layouts, hedui_span text)
{
    const hedui_layout *named = hedui_layouts_find(layouts, text), *titled = NULL;
    int several = 0;
    for (uint32_t i = 0; i < layouts->count && !named; i++)
        if (hedui_span_equal(layouts->list[i]->title, text)) {
            several = titled != NULL;
            titled = layouts->list[i];
        }
    return named ? named : several ? NULL : titled;
}

const hedui_layout *hedui_layouts_find_as(const hedui_layouts *layouts, hedui_span as)
{
    for (uint32_t i = 0; i < layouts->count; i++)
        if (hedui_span_equal(layouts->list[i]->as, as))
            return layouts->list[i];
    return NULL;
}

/* "vehicle" of "vehicle.yaml"; empty for other files. */
static hedui_span stem_of(const char *name)
{
    static const hedui_span ending = HEDUI_SPAN(".yaml");
    hedui_span stem = hedui_span_of(name);
    if (stem.length <= ending.length ||
        memcmp(stem.at + stem.length - ending.length, ending.at, ending.length) != 0)
        return (hedui_span){"", 0};
    stem.length -= ending.length;
    return stem;
}

static int add(found *files, hedui_span name, const char *path, hedui_arena *arena)
{
    for (uint32_t i = 0; i < files->count; i++)
        if (hedui_span_equal(files->names[i], name))
            return 1;
    if (files->count == files->capacity) {
        uint32_t capacity = files->capacity ? files->capacity * 2 : 64;
        const char **paths = hedui_arena_array(arena, capacity, sizeof *paths);
        hedui_span *names = hedui_arena_array(arena, capacity, sizeof *names);
        if (!paths || !names)
            return 0;
        if (files->count) {
            memcpy(paths, files->paths, files->count * sizeof *paths);
            memcpy(names, files->names, files->count * sizeof *names);
        }
        files->paths = paths;
        files->names = names;
        files->capacity = capacity;
    }
    files->names[files->count] = name;
    files->paths[files->count++] = path;
    return path != NULL;
}

static hedui_status look_into(loader *l, found *files, const char *folder)
{
    const char *const *names;
    size_t count;
    hedui_status status = hedui_folder_list(&names, &count, folder, l->arena, l->err);
    for (size_t i = 0; i < count && status == HEDUI_OK; i++) {
        hedui_span stem = stem_of(names[i]);
        if (stem.length && !add(files, stem, hedui_path_join(folder, names[i], l->arena), l->arena))
            status = hedui_fail_memory(l->err);
    }
    return status;
}

static int is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* A fault of one file: noted if somebody listens, so that all are seen in one go. */
static hedui_status fault(loader *l, hedui_err *one)
{
    if (!l->notes) {
        if (l->err)
            *l->err = *one;
        return one->status;
    }
    l->notes->add(l->notes->context, one);
    if (l->first == HEDUI_OK) {
        l->first = one->status;
        if (l->err)
            *l->err = *one;
    }
    return HEDUI_OK;
}

static hedui_status same_name(const hedui_yaml *yaml, const char *key, hedui_span name,
                              hedui_span stem, hedui_err *err)
{
    if (hedui_span_equal(name, stem))
        return HEDUI_OK;
    return hedui_yaml_fail(err, yaml, hedui_yaml_find(yaml->root, key), HEDUI_E2001,
                           HEDUI_ARG_SPAN(name), HEDUI_ARG_SPAN(stem));
}

static hedui_status load_lists(loader *l, hedui_code_lists *lists, const found *files)
{
    const hedui_code_list **list = hedui_arena_array(l->arena, files->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(l->err);
    lists->list = list;
    for (uint32_t i = 0; i < files->count; i++) {
        hedui_err one;
        const hedui_yaml *yaml;
        const hedui_code_list *read = NULL;
        hedui_err_init(&one);
        hedui_status status = hedui_yaml_load(&yaml, files->paths[i], l->arena, &one);
        if (status == HEDUI_OK)
            status = hedui_code_list_parse(&read, yaml, l->arena, &one);
        if (status == HEDUI_OK)
            status = same_name(yaml, "codes", read->name, files->names[i], &one);
        if (status != HEDUI_OK && (status = fault(l, &one)) != HEDUI_OK)
            return status;
        if (read)
            list[lists->count++] = read;
    }
    return HEDUI_OK;
}

static int by_name(const void *a, const void *b)
{
    return hedui_span_compare((*(const hedui_layout *const *)a)->name,
                              (*(const hedui_layout *const *)b)->name);
}

static hedui_status load_layouts(loader *l, hedui_layouts *layouts, const hedui_code_lists *lists,
                                 const found *files)
{
    const hedui_layout **list = hedui_arena_array(l->arena, files->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(l->err);
    layouts->list = list;
    for (uint32_t i = 0; i < files->count; i++) {
        hedui_err one;
        const hedui_yaml *yaml;
        const hedui_layout *read = NULL;
        hedui_err_init(&one);
        hedui_status status = hedui_yaml_load(&yaml, files->paths[i], l->arena, &one);
        if (status == HEDUI_OK)
            status = hedui_layout_parse(&read, yaml, lists, l->arena, &one);
        if (status == HEDUI_OK)
            status = same_name(yaml, "feed", read->name, files->names[i], &one);
        const hedui_layout *other =
            status == HEDUI_OK ? hedui_layouts_find_as(layouts, read->as) : NULL;
        if (other)
            status = hedui_yaml_fail(&one, yaml, hedui_yaml_find(yaml->root, "as"), HEDUI_E2012,
                                     HEDUI_ARG_SPAN(other->name), HEDUI_ARG_SPAN(read->name),
                                     HEDUI_ARG_SPAN(read->as));
        if (status != HEDUI_OK && (status = fault(l, &one)) != HEDUI_OK)
            return status;
        if (read && !other)
            list[layouts->count++] = read;
    }
    if (layouts->count)
        qsort(list, layouts->count, sizeof *list, by_name);
    return HEDUI_OK;
}

hedui_status hedui_layouts_load(const hedui_layouts **layouts, const char *const *folders,
                                size_t folder_count, hedui_arena *arena, const hedui_notes *notes,
                                hedui_err *err)
{
    loader l = {arena, notes, err, HEDUI_OK};
    found files = {0}, codes = {0};
    hedui_code_lists lists = {0};
    hedui_status status = HEDUI_OK;
    hedui_layouts *all = hedui_arena_take(arena, sizeof *all);
    if (!all)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < folder_count && status == HEDUI_OK; i++) {
        const char *below = hedui_path_join(folders[i], "codes", arena);
        status = below ? look_into(&l, &files, folders[i]) : hedui_fail_memory(err);
        if (status == HEDUI_OK && is_folder(below))
            status = look_into(&l, &codes, below);
    }
    if (status == HEDUI_OK)
        status = load_lists(&l, &lists, &codes);
    if (status == HEDUI_OK)
        status = load_layouts(&l, all, &lists, &files);
    if (status == HEDUI_OK)
        status = l.first;
    if (status != HEDUI_OK)
        return status;
    all->code_lists = lists.list;
    all->code_list_count = lists.count;
    *layouts = all;
    return HEDUI_OK;
}
