/* Where layouts are looked for. */
#include "cli/folders.h"

#include <hedui/file.h>

hedui_status hedui_cli_workspace_find(const hedui_workspace **workspace, hedui_cli *cli,
                                      hedui_err *err)
{
    const char *file = hedui_path_join(cli->folder ? cli->folder : ".", "hedui.yaml", cli->arena);
    if (!file)
        return hedui_fail_memory(err);
    *workspace = NULL;
    if (!cli->folder && !hedui_file_exists(file))
        return HEDUI_OK;
    return hedui_workspace_load(workspace, cli->folder, cli->share, cli->arena, err);
}

/* Layouts of the workspace if there is one here, else the shipped ones alone: a file can be looked
 * at before anything is set up. */
hedui_status hedui_cli_feed_folders(const char *const **folders, uint32_t *count, hedui_cli *cli,
                                    hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    hedui_status status = hedui_cli_workspace_find(&workspace, cli, err);
    if (status)
        return status;
    if (workspace) {
        *folders = workspace->feed_folders;
        *count = workspace->feed_folder_count;
        return HEDUI_OK;
    }
    const char **shipped = hedui_arena_array(cli->arena, 1, sizeof *shipped);
    if (!shipped || !(shipped[0] = hedui_path_join(cli->share, "feeds", cli->arena)))
        return hedui_fail_memory(err);
    *folders = shipped;
    *count = 1;
    return HEDUI_OK;
}
