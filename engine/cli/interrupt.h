/** @file
 * Being asked to stop, by Ctrl-C, a service manager or a terminal that goes away.
 */
#ifndef HEDUI_CLI_INTERRUPT_H
#define HEDUI_CLI_INTERRUPT_H

#include <hedui/stop.h>

#include <signal.h>

typedef struct hedui_cli_interrupt {
    sigset_t watched, before;
} hedui_cli_interrupt;

/** From now on SIGINT, SIGTERM and SIGHUP wait to be asked for, in this thread and those that it
 * starts. One that the caller had ignored stays ignored. */
void hedui_cli_interrupt_begin(hedui_cli_interrupt *interrupt);

/** For hedui_job_options.stop; it may not move until the end. */
hedui_stop hedui_cli_interrupt_stop(hedui_cli_interrupt *interrupt);

/** Take back what begin did. @return the signal that waited, or 0. It is dealt with: it does not
 * end the program behind the caller's back. */
int hedui_cli_interrupt_end(const hedui_cli_interrupt *interrupt);

#endif
