/** @file
 * The list that a command is asked for, in the shape that --format names: on a terminal as a table
 * with what is said about it, for an office program or a document as the list alone.
 */
#ifndef HEDUI_CLI_LIST_H
#define HEDUI_CLI_LIST_H

#include "cli/command.h"
#include "cli/grid.h"

/** Values of --format, ended by NULL; by hedui_cli_shape. */
extern const char *const hedui_cli_shapes[];

/** The option, for the table of a command that lists. */
#define HEDUI_CLI_FORMAT_OPTION                                                                    \
    {                                                                                              \
        "format", 'f', HEDUI_CLI_CHOICE, "table|csv|md|json",                                      \
            "清单的形式：表格、CSV、Markdown、JSON（同 --json）",                                  \
            "shape of the list: table, CSV, Markdown, JSON (as --json)", 0, 0, hedui_cli_shapes    \
    }

/**
 * Print the list, its heads in the first row. As a table to cli->out, among the other text; else to
 * cli->list, which then goes to standard output, and cli->out to standard error. CSV is RFC 4180
 * with a byte order mark, as reports are; a lone dash is an empty cell there.
 */
void hedui_cli_list_print(hedui_cli *cli, const hedui_cli_grid *grid);

#endif
