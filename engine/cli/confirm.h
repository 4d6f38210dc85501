/** @file
 * A person's word about a document: what `rules confirm` and `rules unconfirm` share.
 */
#ifndef HEDUI_CLI_CONFIRM_H
#define HEDUI_CLI_CONFIRM_H

#include "cli/decision.h"

/** Options of both. */
#define HEDUI_CLI_CONFIRM_OPTIONS                                                                  \
    HEDUI_CLI_DECISION_OPTIONS,                                                                    \
        {"as-of",                                                                                  \
         0,                                                                                        \
         HEDUI_CLI_DATE,                                                                           \
         "YYYY-MM-DD",                                                                             \
         "哪一天（缺省为今天）",                                                                   \
         "of which day (default: today)",                                                          \
         0,                                                                                        \
         0,                                                                                        \
         NULL},                                                                                    \
        HEDUI_CLI_OPTION_DRY_RUN

/** Confirm (0) or take back (1) the document named by the call's argument. @return exit code. */
int hedui_cli_confirm(hedui_cli *cli, const hedui_cli_call *call, int withdraw);

#endif
