/** @file
 * A stored run of the demo held against the truth that was planted.
 */
#ifndef HEDUI_CLI_TRUTH_H
#define HEDUI_CLI_TRUTH_H

#include <hedui/demo.h>
#include <hedui/store_run.h>

/** Everything the run says is read back from the store, so that the comparison covers storing too.
 * @param report  Set on success; texts in `arena`. */
hedui_status hedui_cli_truth_compare(hedui_demo_report *report, hedui_store *store,
                                     const hedui_store_run *run, const char *folder,
                                     hedui_arena *arena, hedui_err *err);

#endif
