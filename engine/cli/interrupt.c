/* Signals are blocked and asked for, not handled: a handler would need a variable that everything
 * can write to, and interrupts calls at places that nobody tests. */
#include "cli/interrupt.h"

#include <pthread.h>
#include <time.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

void hedui_cli_interrupt_begin(hedui_cli_interrupt *interrupt)
{
    (void)sigemptyset(&interrupt->watched);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction now;
        /* nohup: what is ignored would wait all the same once it is blocked */
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            (void)sigaddset(&interrupt->watched, signals[i]);
    }
    (void)pthread_sigmask(SIG_BLOCK, &interrupt->watched, &interrupt->before);
}

static int asked(void *context)
{
    const hedui_cli_interrupt *interrupt = context;
    sigset_t waiting;
    if (sigpending(&waiting) != 0)
        return 0;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigismember(&waiting, signals[i]) == 1 &&
            sigismember(&interrupt->watched, signals[i]) == 1)
            return 1;
    return 0;
}

hedui_stop hedui_cli_interrupt_stop(hedui_cli_interrupt *interrupt)
{
    return (hedui_stop){asked, interrupt};
}

int hedui_cli_interrupt_end(const hedui_cli_interrupt *interrupt)
{
    static const struct timespec at_once = {0, 0};
    int first = 0;
    for (int got; (got = sigtimedwait(&interrupt->watched, NULL, &at_once)) > 0;)
        first = first ? first : got;
    (void)pthread_sigmask(SIG_SETMASK, &interrupt->before, NULL);
    return first;
}
