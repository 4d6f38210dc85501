/* The summary is read back from the store, never passed along: screen and database agree. */
#include "cli/night.h"
#include "cli/progress.h"

hedui_status hedui_cli_night_run(hedui_cli_night *night, hedui_cli *cli, const char *folder,
                                 const hedui_job_options *options, hedui_err *err)
{
    hedui_cli_progress progress;
    hedui_job_options shown = *options;
    hedui_status status =
        hedui_workspace_load(&night->workspace, folder, cli->share, cli->arena, err);
    if (status)
        return status;
    hedui_cli_progress_init(&progress, cli);
    shown.progress = hedui_cli_progress_step;
    shown.context = &progress;
    status = hedui_job_run(&night->outcome, night->workspace, &shown, cli->arena, &cli->notes, err);
    hedui_cli_progress_end(&progress);
    if (!status)
        status =
            hedui_store_open(&night->store, night->workspace->store, HEDUI_STORE_EXISTING, err);
    if (!status)
        status = hedui_cli_run_load(&night->view, night->store, hedui_span_of(night->outcome.run),
                                    cli->arena, err);
    if (!status)
        night->view.outcome = &night->outcome;
    return status;
}
