/* Faults of packs are told as notes while they are found; other failures here. */
#include "cli/rules.h"

int hedui_cli_rules_load(hedui_cli *cli, const hedui_workspace **workspace,
                         const hedui_rules_book **book)
{
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_workspace_load(workspace, cli->folder, cli->share, cli->arena, &err))
        return hedui_cli_fail(cli, &err);
    if (hedui_job_rules_book(book, *workspace, cli->arena, &cli->notes, &err))
        return hedui_cli_fail_once(cli, &err);
    return 0;
}
