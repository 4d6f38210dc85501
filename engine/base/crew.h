/** @file
 * Threads that have nothing of their own left to do help those that have.
 *
 * It starts no thread: those who call hedui_crew_help are the crew. What is offered is done by
 * whoever comes first, a helper or the one who waits for it, so that nothing hangs on how many
 * there are or when they come.
 */
#ifndef HEDUI_BASE_CREW_H
#define HEDUI_BASE_CREW_H

#include <hedui/arena.h>

#include <stdint.h>

typedef struct hedui_crew hedui_crew;

/** A piece of work; part of a caller's struct. */
typedef struct hedui_crew_work {
    void (*run)(
        struct hedui_crew_work *work); /**< set by the caller; in any thread, once an offer */
    struct hedui_crew_work *next;      /**< the crew's own, like `state` */
    int state;
} hedui_crew_work;

/**
 * @param owners  How many there are who may offer work; each calls hedui_crew_leave in the end.
 * @param arena   Holds it until after the close.
 * @return NULL without memory.
 */
hedui_crew *hedui_crew_open(uint32_t owners, hedui_arena *arena);

/** When nobody helps any more. NULL is accepted. */
void hedui_crew_close(hedui_crew *crew);

/** Threads that wait for work at this moment; by the time one looks there may be others. */
uint32_t hedui_crew_idle(hedui_crew *crew);

/** Put work where helpers find it; it stays the caller's, who must finish it. What the caller wrote
 * before is seen by who does it. */
void hedui_crew_offer(hedui_crew *crew, hedui_crew_work *work);

/** Come back when the work is done: do it here if nobody has begun it. What was written in doing it
 * is seen by the caller. */
void hedui_crew_finish(hedui_crew *crew, hedui_crew_work *work);

/** An owner will offer nothing more. */
void hedui_crew_leave(hedui_crew *crew);

/** Do what is offered until all owners have left. */
void hedui_crew_help(hedui_crew *crew);

#endif
