/* One side of a comparison of packs: those of the workspace, one pack, or what a run judged by. */
#include <hedui/job_rules_diff.h>

#include <hedui/file.h>
#include <hedui/store.h>

#include "job/laid.h"
#include "job/packs.h"

/* R, eight digits, and a number behind a dash. */
static int names_run(hedui_span name)
{
    if (name.length < 11 || name.at[0] != 'R' || name.at[9] != '-')
        return 0;
    for (size_t i = 1; i < name.length; i++)
        if (i != 9 && (name.at[i] < '0' || name.at[i] > '9'))
            return 0;
    return 1;
}

static hedui_status book_of_run(const hedui_rules_book **book, const hedui_workspace *workspace,
                                hedui_span name, hedui_arena *arena, const hedui_notes *notes,
                                hedui_err *err)
{
    const hedui_store_run *run = NULL;
    hedui_job_laid laid = {0};
    hedui_store *store = NULL;
    hedui_status status = hedui_store_open(&store, workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_store_run_find(&run, store, name, arena, err);
    hedui_store_close(store);
    if (!status)
        status = hedui_job_laid_open(&laid, workspace->archive, run, arena, err);
    if (!status)
        status = hedui_job_rules_book(book, laid.workspace, arena, notes, err);
    hedui_job_laid_close(&laid);
    return status;
}

static hedui_span last_part(const char *folder)
{
    hedui_span all = hedui_span_of(folder), part = all;
    for (size_t i = 0; i < all.length; i++)
        if (all.at[i] == '/')
            part = (hedui_span){all.at + i + 1, all.length - i - 1};
    return part;
}

/* A folder in the way goes before a name: what the author sees is meant. */
static hedui_status folder_of(const char **folder, const hedui_workspace *workspace,
                              hedui_span name, hedui_arena *arena, hedui_err *err)
{
    hedui_span path = hedui_arena_copy(arena, name);
    const char *pack = path.at ? hedui_path_join(path.at, "pack.yaml", arena) : NULL;
    if (!pack)
        return hedui_fail_memory(err);
    *folder = hedui_file_exists(pack) ? path.at : NULL;
    for (uint32_t i = 0; i < workspace->pack_count && !*folder; i++)
        if (hedui_span_equal(last_part(workspace->pack_folders[i]), name))
            *folder = workspace->pack_folders[i];
    for (const char *const *home = workspace->pack_homes; home && *home && !*folder; home++) {
        const char *there = hedui_path_join(*home, path.at, arena);
        pack = there ? hedui_path_join(there, "pack.yaml", arena) : NULL;
        if (!pack)
            return hedui_fail_memory(err);
        *folder = hedui_file_exists(pack) ? there : NULL;
    }
    return *folder ? HEDUI_OK
                   : hedui_fail(err, HEDUI_E8002, hedui_place_none(), HEDUI_ARG_SPAN(name));
}

hedui_status hedui_job_rules_side(const hedui_rules_book **book, const hedui_workspace *workspace,
                                  hedui_span name, hedui_arena *arena, const hedui_notes *notes,
                                  hedui_err *err)
{
    hedui_workspace one = *workspace;
    const char *folder = NULL;
    if (names_run(name))
        return book_of_run(book, workspace, name, arena, notes, err);
    if (name.length) {
        hedui_status status = folder_of(&folder, workspace, name, arena, err);
        if (status)
            return status;
        one.pack_folders = &folder;
        one.pack_count = 1;
    }
    return hedui_job_rules_book(book, &one, arena, notes, err);
}
