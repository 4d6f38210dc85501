/** @file
 * Decisions that take two people: what the commands of `overrides` and of `pairs` share.
 */
#ifndef HEDUI_CLI_MATTER_H
#define HEDUI_CLI_MATTER_H

#include "cli/decision.h"

#include <hedui/store_decision.h>

/** How people call a matter, and how documents do. */
typedef struct hedui_cli_matter {
    hedui_store_matter matter;
    const char *zh, *en;           /**< one of them */
    const char *about_zh;          /**< what it is about, as a heading */
    const char *key, *keys;        /**< members of a document: of its number, of the list */
    const char *about;             /**< member: the rule, the feed */
    const char *listed;            /**< schema of the list */
    const char *decided;           /**< schema of an approval, a refusal, a revocation */
    const char *proposed;          /**< schema of a proposal */
    const char *none_zh, *none_en; /**< the list is empty */
} hedui_cli_matter;

/** The words of a matter. */
const hedui_cli_matter *hedui_cli_matter_of(hedui_store_matter matter);

/** Options of a decision, and of a proposal behind what is its own. */
#define HEDUI_CLI_MATTER_DAY                                                                       \
    {                                                                                              \
        "as-of", 0, HEDUI_CLI_DATE, "YYYY-MM-DD", "哪一天（缺省为今天）",                          \
            "of which day (default: today)", 0, 0, NULL                                            \
    }
#define HEDUI_CLI_MATTER_OPTIONS HEDUI_CLI_DECISION_OPTIONS, HEDUI_CLI_MATTER_DAY
#define HEDUI_CLI_MATTER_GROUNDS                                                                   \
    {                                                                                              \
        "evidence",                                                                                \
        0,                                                                                         \
        HEDUI_CLI_TEXT,                                                                            \
        "TEXT",                                                                                    \
        "佐证材料（必填）",                                                                        \
        "what it rests on (required)",                                                             \
        0,                                                                                         \
        0,                                                                                         \
        NULL},                                                                                     \
        {"until",                                                                                  \
         0,                                                                                        \
         HEDUI_CLI_DATE,                                                                           \
         "YYYY-MM-DD",                                                                             \
         "截止日（必填，一年以内）",                                                               \
         "its last day (required, within a year)",                                                 \
         0,                                                                                        \
         0,                                                                                        \
         NULL},                                                                                    \
        HEDUI_CLI_MATTER_DAY, HEDUI_CLI_OPTION_DRY_RUN, HEDUI_CLI_DECISION_OPTIONS

/** Propose an override of the flag, or a pair of the row, that the call names. @return exit code.
 */
int hedui_cli_override_propose(hedui_cli *cli, const hedui_cli_call *call);
int hedui_cli_pair_propose(hedui_cli *cli, const hedui_cli_call *call);

/** Approve, refuse or revoke the decision that the call names.
 * @param event  approved, refused, revoked. @return exit code. */
int hedui_cli_matter_decide(hedui_cli *cli, const hedui_cli_call *call, hedui_store_matter matter,
                            const char *event);

/** List them; of the one that the call names also what was said. @return exit code. */
int hedui_cli_matter_list(hedui_cli *cli, const hedui_cli_call *call, hedui_store_matter matter);

#endif
