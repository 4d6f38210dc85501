/* The summary is read back from the store, never passed along: screen and database agree. */
#include "cli/interrupt.h"
#include "cli/night.h"
#include "cli/progress.h"

hedui_status hedui_cli_night_run(hedui_cli_night *night, hedui_cli *cli, const char *folder,
                                 const hedui_job_options *options, hedui_err *err)
{
    hedui_cli_progress progress;
    hedui_cli_interrupt interrupt;
    hedui_job_options shown = *options;
    hedui_status status =
        hedui_workspace_load(&night->workspace, folder, cli->share, cli->arena, err);
    if (status)
        return status;
    hedui_cli_progress_init(&progress, cli);
    shown.progress = hedui_cli_progress_step;
    shown.context = &progress;
    hedui_cli_interrupt_begin(&interrupt);
    shown.stop = hedui_cli_interrupt_stop(&interrupt);
    status = hedui_job_run(&night->outcome, night->workspace, &shown, cli->arena, &cli->notes, err);
    hedui_cli_progress_end(&progress);
    /* behind the commit the run is done, and a signal came too late to stop it */
    int signal = hedui_cli_interrupt_end(&interrupt);
    if (status == HEDUI_E5023)
        night->signal = signal;
    if (!status)
        status =
            hedui_store_open(&night->store, night->workspace->store, HEDUI_STORE_EXISTING, err);
    night->view.run = night->outcome.read; /* as it was read back for the reports */
    if (!status)
        status = hedui_cli_run_load(&night->view, night->store, hedui_span_of(night->outcome.run),
                                    cli->arena, err);
    if (!status)
        night->view.outcome = &night->outcome;
    return status;
}

int hedui_cli_night_fail(hedui_cli *cli, const hedui_cli_night *night, const hedui_err *err)
{
    int code = hedui_cli_fail_once(cli, err);
    return night->signal ? 128 + night->signal : code;
}
