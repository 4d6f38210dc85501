/** @file
 * How outcomes came about, for a person at a terminal: outcomes in one column, conditions as a
 * tree, figures with their units.
 */
#ifndef HEDUI_CLI_ACCOUNT_PRINT_H
#define HEDUI_CLI_ACCOUNT_PRINT_H

#include "cli/cli.h"

#include <hedui/account.h>

/** What is printed, and how much. */
typedef struct hedui_cli_account {
    hedui_cli *cli;
    const hedui_account *account;
    int full; /**< 1: for authors: expressions beside titles, values that came to nothing too */
} hedui_cli_account;

/** Append a rule's condition for one thing, with its ways out. */
void hedui_cli_print_judgement(const hedui_cli_account *a,
                               const hedui_account_judgement *judgement);

/** Append the values, with breakdowns, and the parameters that judgements rest on. */
void hedui_cli_print_used(const hedui_cli_account *a, const hedui_account_judgement *judgements,
                          size_t count);

/** Append why something is not known: "数据源未收到  户籍登记". */
void hedui_cli_print_reason(hedui_cli *cli, const hedui_account_reason *reason);

/** Append the reasons of a figure, the several behind each other. */
void hedui_cli_print_reasons(hedui_cli *cli, const hedui_account_figure *figure);

/** Append lines of an expression, `indent` blanks in front of their first column. */
void hedui_cli_print_parts(const hedui_cli_account *a, const hedui_account_part *parts,
                           size_t count, uint32_t indent);

/** Append a figure with its unit. */
void hedui_cli_print_figure(hedui_cli *cli, const hedui_account_figure *figure);

/** Append a number; one with a point gets a comma each three digits. */
void hedui_cli_print_number(hedui_cli *cli, hedui_span text);

#endif
