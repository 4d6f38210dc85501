/** @file
 * Manual pages (man) of all commands, from the command table.
 */
#ifndef HEDUI_CLI_MANUAL_H
#define HEDUI_CLI_MANUAL_H

#include "cli/command.h"

/** Append hedui(1): commands by group, general options, exit codes, environment. */
void hedui_cli_manual_top(hedui_buffer *page, hedui_cli *cli, hedui_language language);

/** Append hedui-COMMAND(1). */
void hedui_cli_manual_command(hedui_buffer *page, hedui_cli *cli, const hedui_cli_command *command,
                              hedui_language language);

/** The page's name: "hedui-feeds-list"; in the invocation's arena. */
const char *hedui_cli_manual_name(hedui_cli *cli, const hedui_cli_command *command);

#endif
