/** @file
 * Asking before something is published, withdrawn or deleted.
 */
#ifndef HEDUI_CLI_CONSENT_H
#define HEDUI_CLI_CONSENT_H

#include "cli/command.h"

/** The option that answers beforehand, and the one that only rehearses. */
#define HEDUI_CLI_OPTION_YES                                                                       \
    {                                                                                              \
        "yes", 'y', HEDUI_CLI_FLAG, NULL, "不再询问，直接执行", "do not ask", 0, 0, NULL           \
    }
#define HEDUI_CLI_OPTION_DRY_RUN                                                                   \
    {                                                                                              \
        "dry-run", 'n', HEDUI_CLI_FLAG, NULL, "试运行：只说明将做什么，不改动",                    \
            "only tell what would be done", 0, 0, NULL                                             \
    }

/**
 * Ask on standard error, read the answer from the terminal; with --yes nothing is asked.
 *
 * @param question  Without its question mark.
 * @return HEDUI_E8514 if there is no terminal to ask at, HEDUI_E8515 if the answer is no.
 */
hedui_status hedui_cli_consent(const hedui_cli *cli, const hedui_cli_call *call,
                               const char *question, hedui_err *err);

#endif
