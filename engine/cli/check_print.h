/** @file
 * What stands in a delivery, as a clerk reads it and as programs do.
 */
#ifndef HEDUI_CLI_CHECK_PRINT_H
#define HEDUI_CLI_CHECK_PRINT_H

#include "cli/cli.h"

#include <hedui/feed.h>
#include <hedui/json.h>

/** Append the sum of the ledger on one line. */
void hedui_cli_check_ledger(hedui_cli *cli, const hedui_feed_report *report);

/** Append rows by reason and column: how many, what to do, the first lines. */
void hedui_cli_check_problems(hedui_cli *cli, const hedui_feed_report *report);

/** Append the columns: counts, shares of empty cells, least and most, the most frequent codes. */
void hedui_cli_check_columns(hedui_cli *cli, const hedui_feed_report *report);

/** Append the first rejected rows, masked, with line, column and reason; nothing if there are none.
 */
void hedui_cli_check_rejects(hedui_cli *cli, const hedui_feed_report *report);

/** The same as members of the object that is open. */
void hedui_cli_check_write(const hedui_cli *cli, hedui_json *json, const hedui_feed_report *report);

#endif
