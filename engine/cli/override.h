/** @file
 * Two people's decision that a flag is none: what the commands of `overrides` share.
 */
#ifndef HEDUI_CLI_OVERRIDE_H
#define HEDUI_CLI_OVERRIDE_H

#include "cli/decision.h"

/** Propose an override of the flag that the call names. @return exit code. */
int hedui_cli_override_propose(hedui_cli *cli, const hedui_cli_call *call);

/** Approve, refuse or revoke the override that the call names.
 * @param event  approved, refused, revoked. @return exit code. */
int hedui_cli_override_decide(hedui_cli *cli, const hedui_cli_call *call, const char *event);

#endif
