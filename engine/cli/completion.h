/** @file
 * Scripts by which shells complete command lines, from the command table.
 */
#ifndef HEDUI_CLI_COMPLETION_H
#define HEDUI_CLI_COMPLETION_H

#include "cli/command.h"

/** What a value or an argument names, by the word that help has for it. */
typedef enum hedui_cli_names {
    HEDUI_CLI_NAMES_NOTHING, /**< that a shell could know */
    HEDUI_CLI_NAMES_FILES,
    HEDUI_CLI_NAMES_FOLDERS
} hedui_cli_names;

/** Of an option's value ("FILE") or a command's usage ("[FOLDER]"). */
hedui_cli_names hedui_cli_names_of(const char *usage);

/** Append every option of any command that takes a value, once, as "-C" and "--folder", with
 * `before` in front of each. */
void hedui_cli_valued_add(hedui_cli *cli, const char *before);

/** The options of a command, then the general ones, by number; NULL behind the last. */
const hedui_cli_option *hedui_cli_option_at(const hedui_cli_command *command, size_t at);

/** Call for each first word once with its one line: commands of one word, and words.def. */
void hedui_cli_first_each(void (*tell)(void *context, const char *name, const char *zh,
                                       const char *en),
                          void *context);

void hedui_cli_completion_bash(hedui_cli *cli);
void hedui_cli_completion_zsh(hedui_cli *cli);
void hedui_cli_completion_fish(hedui_cli *cli);

#endif
