/** @file
 * One nightly run with its progress, and the store it went into: what `run` and `demo` share.
 */
#ifndef HEDUI_CLI_NIGHT_H
#define HEDUI_CLI_NIGHT_H

#include "cli/summary.h"

#include <hedui/workspace.h>

typedef struct hedui_cli_night {
    const hedui_workspace *workspace;
    hedui_store *store; /**< open, owned: hedui_cli_night_close */
    hedui_job_outcome outcome;
    int signal; /**< that stopped the run; 0: none did */
    hedui_cli_run view;
} hedui_cli_night;

/**
 * Load the workspace of `folder`, run, open the store and read the run back.
 *
 * SIGINT, SIGTERM and SIGHUP stop the run with HEDUI_E5023: its exit code is that of the signal.
 *
 * @param night  Filled on success; it must not move afterwards (the view points into it).
 */
hedui_status hedui_cli_night_run(hedui_cli_night *night, hedui_cli *cli, const char *folder,
                                 const hedui_job_options *options, hedui_err *err);

/** Tell why a run failed. @return the exit code. */
int hedui_cli_night_fail(hedui_cli *cli, const hedui_cli_night *night, const hedui_err *err);

/** Open the store of the invocation's workspace and read a run. @param id  Empty: the latest. */
hedui_status hedui_cli_night_load(hedui_cli_night *night, hedui_cli *cli, hedui_span id,
                                  hedui_err *err);

/** A household that the run has flagged, for commands to copy; empty: none. In the invocation's
 * arena. */
hedui_span hedui_cli_night_flagged(const hedui_cli_night *night, hedui_cli *cli);

/** Tell that the reports of a stored run were not written, if so; what is in `out` goes first. */
void hedui_cli_night_tell(hedui_cli *cli, const hedui_job_outcome *outcome);

/** The same of any run whose reports were to be written. @param failed  Why they were not. */
void hedui_cli_night_tell_unwritten(hedui_cli *cli, const char *run, const hedui_err *failed);

/** " -C FOLDER" as commands to copy need it, or "". */
const char *hedui_cli_night_place(const hedui_cli *cli);

/** Close the store; a night of zeros is accepted. */
void hedui_cli_night_close(hedui_cli_night *night);

#endif
