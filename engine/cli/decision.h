/** @file
 * A person's decision about a run: what `runs publish` and `runs withdraw` share, and with them
 * every other decision on record.
 */
#ifndef HEDUI_CLI_DECISION_H
#define HEDUI_CLI_DECISION_H

#include "cli/consent.h"

/** Options of both. */
#define HEDUI_CLI_DECISION_OPTIONS                                                                 \
    {"person", 0,   HEDUI_CLI_TEXT, "NAME", "操作人姓名（必填）", "who decides (required)", 0,     \
     0,        NULL},                                                                              \
        {"reason", 0, HEDUI_CLI_TEXT, "TEXT", "理由（必填）", "why (required)", 0, 0, NULL},       \
        HEDUI_CLI_OPTION_YES

/** The text of an option without blanks around, since blanks alone are no reason; empty if it was
 * not given. */
hedui_span hedui_cli_given(const hedui_cli_call *call, const char *name);

/** Publish (1) or withdraw (0) the run named by the call's argument. @return the exit code. */
int hedui_cli_decide(hedui_cli *cli, const hedui_cli_call *call, int publish);

#endif
