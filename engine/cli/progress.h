/** @file
 * How far a run is, on standard error: a bar redrawn at most ten times a second, or a line a stage.
 */
#ifndef HEDUI_CLI_PROGRESS_H
#define HEDUI_CLI_PROGRESS_H

#include "cli/cli.h"

#include <hedui/job.h>

#include <stdint.h>

typedef struct hedui_cli_progress {
    const hedui_cli *cli;
    int stage;     /**< -1: none yet */
    int64_t drawn; /**< monotonic milliseconds of the last drawing */
    int shown;     /**< 1: a bar stands on the line */
} hedui_cli_progress;

void hedui_cli_progress_init(hedui_cli_progress *progress, const hedui_cli *cli);

/** For hedui_job_options.progress; `context` is the hedui_cli_progress. */
void hedui_cli_progress_step(void *context, hedui_job_stage stage, int64_t done, int64_t total);

/** Clear the bar, so that what follows stands on a clean line. */
void hedui_cli_progress_end(hedui_cli_progress *progress);

/** The name of a stage in the language spoken. */
const char *hedui_cli_stage(const hedui_cli *cli, hedui_job_stage stage);

#endif
