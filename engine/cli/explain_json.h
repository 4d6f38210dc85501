/** @file
 * hedui explain --json: schema "hedui.explain/2", held by tests/explain/explain.py.
 */
#ifndef HEDUI_CLI_EXPLAIN_JSON_H
#define HEDUI_CLI_EXPLAIN_JSON_H

#include "cli/cli.h"

#include <hedui/job_explain.h>
#include <hedui/json.h>

/** Append the document. @param rule  Empty: all rules; else this one with what it used. */
void hedui_cli_explain_write(hedui_cli *cli, const hedui_job_explanation *explanation,
                             hedui_span rule);

/** Append how the rules of an account came out, with values and parameters, as members. */
void hedui_cli_account_write(hedui_json *json, const hedui_job_explanation *explanation,
                             hedui_span rule, hedui_language language);

#endif
