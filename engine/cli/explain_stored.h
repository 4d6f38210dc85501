/** @file
 * What the store has of a household, on a terminal.
 */
#ifndef HEDUI_CLI_EXPLAIN_STORED_H
#define HEDUI_CLI_EXPLAIN_STORED_H

#include "cli/cli.h"

#include <hedui/job_explain.h>

/** Append who it is, the run, and how it came out. */
void hedui_cli_print_household(hedui_cli *cli, const hedui_store_household *household);

/** Append a row that a flag rests on, with its place, or a source searched in vain. */
void hedui_cli_print_evidence(hedui_cli *cli, const hedui_store_household *household,
                              const hedui_store_evidence *evidence);

/** The run's delivery behind a row of evidence; NULL if the same facts were first seen in an
 * earlier one. */
const hedui_store_delivery *hedui_cli_delivery_of(const hedui_store_household *household,
                                                  const hedui_store_evidence *evidence);

/** Append what was found and is no flag by a recorded decision. */
void hedui_cli_print_overridden(hedui_cli *cli, const hedui_store_household *household);

/** Append the rows that decisions on record say are not these people's. */
void hedui_cli_print_met(hedui_cli *cli, const hedui_store_household *household);

/** Append the tags. */
void hedui_cli_print_tags(hedui_cli *cli, const hedui_store_household *household);

/** Append what every rule answered, which sources were looked at as of which day, and which were
 * not: "not flagged" is an answer too. */
void hedui_cli_print_checked(hedui_cli *cli, const hedui_job_explanation *explanation);

/** Append what is open, what of, and what would close it. */
void hedui_cli_print_causes(hedui_cli *cli, const hedui_job_explanation *explanation);

/** Append the sources that a rule reads, each with its day, or why it was not looked at. */
void hedui_cli_print_looked_at(hedui_cli *cli, const hedui_store_household *household,
                               const hedui_account_rule *rule);

/** The rule in an account; NULL where there is none. */
const hedui_account_rule *hedui_cli_rule_of(const hedui_account *account, hedui_span id);

#endif
