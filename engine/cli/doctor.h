/** @file
 * What `hedui doctor` looks at: the machine, the workspace's files, its store, runs, feeds, rules.
 * Nothing is changed and no lock is taken, so that it can run beside a night.
 */
#ifndef HEDUI_CLI_DOCTOR_H
#define HEDUI_CLI_DOCTOR_H

#include "cli/cli.h"

#include <hedui/workspace.h>

typedef enum hedui_cli_health {
    HEDUI_CLI_SOUND,
    HEDUI_CLI_LOOK,    /**< works, but somebody should look */
    HEDUI_CLI_BAD,     /**< a night would fail, or people's data lie open */
    HEDUI_CLI_UNKNOWN, /**< could not be checked, because of another one */
    HEDUI_CLI_HEALTHS
} hedui_cli_health;

/** One thing looked at. */
typedef struct hedui_cli_check {
    const char *code; /**< stable: "store.schema" */
    hedui_cli_health health;
    hedui_span found;  /**< one sentence */
    hedui_span remedy; /**< what to do; empty: nothing */
    int number;        /**< of the message behind it, or 0 */
} hedui_cli_check;

enum { HEDUI_CLI_CHECKS = 32 };

typedef struct hedui_cli_doctor {
    hedui_cli *cli;
    const hedui_workspace *workspace; /**< NULL: there is none, or it cannot be loaded */
    int32_t today;
    int64_t now; /**< seconds since 1970 */
    hedui_cli_check checks[HEDUI_CLI_CHECKS];
    uint32_t count;
} hedui_cli_doctor;

/** Note what a check found; texts as of hedui_cli_print. */
void hedui_cli_doctor_tell(hedui_cli_doctor *doctor, const char *code, hedui_cli_health health,
                           hedui_span found, hedui_span remedy);

/** Note a failure: its sentence, and `hedui help E…` as the remedy if none is given (NULL). */
void hedui_cli_doctor_fail(hedui_cli_doctor *doctor, const char *code, const hedui_err *err,
                           const char *remedy);

/** Locale, clock, temporary files. */
void hedui_cli_doctor_machine(hedui_cli_doctor *doctor);

/** Modes, writing, local disk, room, leftovers. Needs the workspace, as all below. */
void hedui_cli_doctor_files(hedui_cli_doctor *doctor);

/** Schema, opening, whether a run is at work, the newest run, its publication, feeds needed. */
void hedui_cli_doctor_store(hedui_cli_doctor *doctor);

/** Layouts and packs. */
void hedui_cli_doctor_rules(hedui_cli_doctor *doctor);

/** What would stop a run of today or be passed over by it: areas, inbox, rules in force. */
void hedui_cli_doctor_tonight(hedui_cli_doctor *doctor);

#endif
