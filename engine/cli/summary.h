/** @file
 * A run as its operator reads it, every number from the store.
 */
#ifndef HEDUI_CLI_SUMMARY_H
#define HEDUI_CLI_SUMMARY_H

#include "cli/cli.h"

#include <hedui/job.h>
#include <hedui/json.h>
#include <hedui/store_delivery.h>
#include <hedui/store_run.h>

/** What a summary is made of. */
typedef struct hedui_cli_run {
    const hedui_store_run *run;
    const hedui_store_delivery *deliveries;
    size_t delivery_count;
    const hedui_job_outcome *outcome; /**< times and files of a run just done, or NULL */
} hedui_cli_run;

/** Read a run from an open store. @param view  Its run is kept where it is there already, else
 * NULL.
 * @param id  Empty: the latest. */
hedui_status hedui_cli_run_load(hedui_cli_run *view, hedui_store *store, hedui_span id,
                                hedui_arena *arena, hedui_err *err);

/** If `run` was taken because none was named, and a draft was made after it: append a line that
 * says so, with the command that shows the draft. @param command  "runs show". */
void hedui_cli_tell_newer(hedui_cli *cli, hedui_store *store, const hedui_store_run *run,
                          const char *command);

/** Append it to `out` as text; lines of sums add up and a test adds them. */
void hedui_cli_run_print(hedui_cli *cli, const hedui_cli_run *view);

/** Append what inspectors will have to look at: flagged households by town, beside those of the run
 * it was compared with. */
void hedui_cli_run_print_load(hedui_cli *cli, const hedui_store_run *run);

/** The same as members of the object that is open: base, base_flagged, towns. */
void hedui_cli_run_write_load(hedui_json *json, const hedui_store_run *run);

/** Append it as one JSON document. @param schema  "hedui.run/1". */
void hedui_cli_run_write(hedui_cli *cli, const hedui_cli_run *view, const char *schema);

/** "E2204 sentence" of a stored message number and its argument, in the invocation's arena. */
hedui_span hedui_cli_remark(const hedui_cli *cli, int number, hedui_span argument);

/** "2014-06-30", or a question mark where the day is not known. */
hedui_span hedui_cli_day(const hedui_cli *cli, int32_t day);

#endif
