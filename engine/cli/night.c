/* A run read back from the store of a workspace. */
#include "cli/night.h"

hedui_status hedui_cli_night_load(hedui_cli_night *night, hedui_cli *cli, hedui_span id,
                                  hedui_err *err)
{
    hedui_status status =
        hedui_workspace_load(&night->workspace, cli->folder, cli->share, cli->arena, err);
    if (!status)
        status =
            hedui_store_open(&night->store, night->workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_cli_run_load(&night->view, night->store, id, cli->arena, err);
    return status;
}

void hedui_cli_night_close(hedui_cli_night *night)
{
    hedui_store_close(night->store);
    night->store = NULL;
}
