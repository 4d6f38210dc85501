/* Which folder is the workspace, and where layouts are looked for. */
#include "cli/folders.h"

#include <hedui/file.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *nearest_above(hedui_cli *cli)
{
    enum { MOST = 64 };
    struct stat below, above;
    const char *folder = "..";
    if (stat(".", &below) != 0)
        return NULL;
    for (int i = 0; i < MOST && stat(folder, &above) == 0; i++) {
        if (above.st_dev == below.st_dev && above.st_ino == below.st_ino)
            return NULL; /* the root is above itself */
        const char *file = hedui_path_join(folder, "hedui.yaml", cli->arena);
        if (file && above.st_uid == geteuid() && hedui_file_exists(file))
            return folder;
        below = above;
        folder = hedui_cli_print(cli, "../%s", folder).at;
    }
    return NULL;
}

void hedui_cli_folder_settle(hedui_cli *cli, const char *option)
{
    const char *named = getenv("HEDUI_FOLDER");
    cli->origin = HEDUI_CLI_HERE;
    cli->folder = NULL;
    if (option) {
        cli->origin = HEDUI_CLI_OPTION;
        cli->folder = option;
    } else if (named && named[0]) {
        cli->origin = HEDUI_CLI_VARIABLE;
        cli->folder = named;
    } else if (!hedui_file_exists("hedui.yaml") && (named = nearest_above(cli))) {
        cli->origin = HEDUI_CLI_ABOVE;
        cli->folder = named;
    }
}

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

hedui_status hedui_cli_store_open(hedui_store **store, hedui_cli *cli, hedui_err *err)
{
    const hedui_workspace *workspace = NULL;
    hedui_status status =
        hedui_workspace_load(&workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status = hedui_store_open(store, workspace->store, HEDUI_STORE_EXISTING, err);
    return status;
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
