/** @file
 * The packs of the invocation's workspace: what the commands about rules share.
 */
#ifndef HEDUI_CLI_RULES_H
#define HEDUI_CLI_RULES_H

#include "cli/cli.h"

#include <hedui/job_rules.h>

/**
 * Load workspace and packs; both live in the invocation's arena.
 *
 * @return 0, or the exit code: then everything has been told.
 */
int hedui_cli_rules_load(hedui_cli *cli, const hedui_workspace **workspace,
                         const hedui_rules_book **book);

#endif
