/* What lies in an inbox: names are matched to layouts, manifests to files. Nothing is opened but
 * the manifests. */
#include "feed/inbox.h"

#include "feed/manifest.h"
#include "feed/query_number.h"

#include <hedui/file.h>

#include <fnmatch.h>
#include <sys/stat.h>

/* Names in YAML are NUL-terminated behind their length. */
static int fits(hedui_span pattern, const char *file_name)
{
    return pattern.length && fnmatch(pattern.at, file_name, FNM_PERIOD | FNM_NOESCAPE) == 0;
}

int hedui_inbox_is_delta(const hedui_layout *layout, const char *file_name)
{
    return fits(layout->delta_name, file_name);
}

hedui_status hedui_inbox_layout(const hedui_layout **layout, int *delta, const char *file_name,
                                const hedui_layouts *layouts, hedui_err *err)
{
    const hedui_layout *found = NULL;
    int is_delta = 0;
    for (uint32_t i = 0; i < layouts->count; i++) {
        const hedui_layout *one = layouts->list[i];
        int changes = hedui_inbox_is_delta(one, file_name);
        if (!changes && !fits(one->file_name, file_name))
            continue;
        if (found)
            return hedui_fail(err, HEDUI_E2030, hedui_place_none(), HEDUI_ARG_TEXT(file_name),
                              HEDUI_ARG_SPAN(found->name), HEDUI_ARG_SPAN(one->name));
        found = one;
        is_delta = changes;
    }
    *layout = found;
    if (delta)
        *delta = is_delta;
    return HEDUI_OK;
}

static int is_manifest(hedui_span name)
{
    static const hedui_span ending = HEDUI_SPAN(".manifest.yaml");
    return hedui_span_is(name, "manifest.yaml") ||
           (name.length > ending.length &&
            memcmp(name.at + name.length - ending.length, ending.at, ending.length) == 0);
}

static hedui_inbox_file *find(hedui_inbox_file *files, size_t count, hedui_span name)
{
    for (size_t i = 0; i < count; i++)
        if (hedui_span_is(name, files[i].name))
            return &files[i];
    return NULL;
}

/* Bind the files of one manifest to those of the inbox. */
static hedui_status bind(hedui_inbox_file *files, size_t count, const hedui_manifest *manifest,
                         const hedui_layouts *layouts, hedui_err *err)
{
    for (uint32_t i = 0; i < manifest->file_count; i++) {
        const hedui_manifest_file *entry = &manifest->files[i];
        hedui_inbox_file *file = find(files, count, entry->file);
        hedui_place place = hedui_place_at(manifest->path, entry->line, 0);
        if (!file)
            return hedui_fail(err, HEDUI_E2033, place, HEDUI_ARG_SPAN(entry->file));
        if (file->promise)
            return hedui_fail(err, HEDUI_E2035, place, HEDUI_ARG_SPAN(entry->file));
        file->promise = &entry->promise;
        if (entry->promise.cut_off != HEDUI_DAY_NONE)
            file->cut_off = entry->promise.cut_off;
        if (entry->answers.length)
            file->answers = entry->answers;
        if (!entry->feed.length)
            continue;
        const hedui_layout *named = hedui_layouts_find(layouts, entry->feed);
        if (!named)
            return hedui_fail(err, HEDUI_E2032, place, HEDUI_ARG_SPAN(entry->feed));
        if (file->layout && file->layout != named)
            return hedui_fail(err, HEDUI_E2036, place, HEDUI_ARG_SPAN(entry->file),
                              HEDUI_ARG_SPAN(entry->feed), HEDUI_ARG_SPAN(file->layout->name));
        file->layout = named;
    }
    return HEDUI_OK;
}

/* The list that a file answers may stand in its name as well; a file that says two things is sorted
 * out by people. */
static hedui_status bind_name(hedui_inbox_file *file, hedui_err *err)
{
    if (!file->layout || !hedui_layout_is_answer(file->layout))
        return HEDUI_OK;
    hedui_span named = hedui_query_number_in(hedui_span_of(file->name));
    if (named.length && file->answers.length && !hedui_span_equal(named, file->answers))
        return hedui_fail(err, HEDUI_E2037, hedui_place_none(), HEDUI_ARG_TEXT(file->name),
                          HEDUI_ARG_SPAN(file->answers));
    if (named.length)
        file->answers = named;
    return HEDUI_OK;
}

hedui_status hedui_inbox_list(const hedui_inbox_file **files, size_t *count, const char *folder,
                              const hedui_layouts *layouts, hedui_arena *arena, hedui_err *err)
{
    const char *const *names;
    size_t name_count, used = 0;
    hedui_status status = hedui_folder_list(&names, &name_count, folder, arena, err);
    if (status != HEDUI_OK)
        return status;
    hedui_inbox_file *list = hedui_arena_array(arena, name_count, sizeof *list);
    if (!list)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < name_count && status == HEDUI_OK; i++) {
        struct stat info;
        hedui_inbox_file *file = &list[used];
        file->name = names[i];
        file->path = hedui_path_join(folder, names[i], arena);
        if (!file->path)
            return hedui_fail_memory(err);
        if (lstat(file->path, &info) != 0 || !S_ISREG(info.st_mode) ||
            is_manifest(hedui_span_of(names[i])))
            continue;
        file->size = (uint64_t)info.st_size;
        status = hedui_inbox_layout(&file->layout, &file->delta, names[i], layouts, err);
        file->cut_off = HEDUI_DAY_NONE;
        if (file->layout)
            file->cut_off = hedui_cut_off_of(file->delta ? file->layout->delta_pattern
                                                         : file->layout->cut_off_pattern,
                                             hedui_span_of(names[i]));
        used++;
    }
    for (size_t i = 0; i < name_count && status == HEDUI_OK; i++) {
        const hedui_manifest *manifest;
        if (!is_manifest(hedui_span_of(names[i])))
            continue;
        const char *path = hedui_path_join(folder, names[i], arena);
        status = path ? hedui_manifest_load(&manifest, path, arena, err) : hedui_fail_memory(err);
        if (status == HEDUI_OK)
            status = bind(list, used, manifest, layouts, err);
    }
    for (size_t i = 0; i < used && status == HEDUI_OK; i++)
        status = bind_name(&list[i], err);
    if (status != HEDUI_OK)
        return status;
    *files = list;
    *count = used;
    return HEDUI_OK;
}
