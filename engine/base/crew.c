/* One lock over one queue: work comes by the thousandth of a second, not faster. Who waits for work
 * that a helper has begun does other work that waits meanwhile.
 *
 * Invariant: work is in the queue while its state is WAITS, and nowhere else. */
#include "base/crew.h"

#include <pthread.h>

enum { WAITS, BEGUN, DONE };

struct hedui_crew {
    pthread_mutex_t lock;
    pthread_cond_t offered, done;
    hedui_crew_work *first, **end;
    uint32_t owners, idle;
};

hedui_crew *hedui_crew_open(uint32_t owners, hedui_arena *arena)
{
    hedui_crew *crew = hedui_arena_take(arena, sizeof *crew);
    if (!crew || pthread_mutex_init(&crew->lock, NULL) != 0)
        return NULL;
    int made = pthread_cond_init(&crew->offered, NULL) == 0;
    if (made && pthread_cond_init(&crew->done, NULL) == 0) {
        crew->end = &crew->first;
        crew->owners = owners;
        return crew;
    }
    if (made)
        (void)pthread_cond_destroy(&crew->offered);
    (void)pthread_mutex_destroy(&crew->lock);
    return NULL;
}

void hedui_crew_close(hedui_crew *crew)
{
    if (!crew)
        return;
    (void)pthread_cond_destroy(&crew->done);
    (void)pthread_cond_destroy(&crew->offered);
    (void)pthread_mutex_destroy(&crew->lock);
}

static void lock(hedui_crew *crew)
{
    (void)pthread_mutex_lock(&crew->lock);
}

static void unlock(hedui_crew *crew)
{
    (void)pthread_mutex_unlock(&crew->lock);
}

uint32_t hedui_crew_idle(hedui_crew *crew)
{
    lock(crew);
    uint32_t idle = crew->idle;
    unlock(crew);
    return idle;
}

void hedui_crew_offer(hedui_crew *crew, hedui_crew_work *work)
{
    lock(crew);
    work->state = WAITS;
    work->next = NULL;
    *crew->end = work;
    crew->end = &work->next;
    (void)pthread_cond_signal(&crew->offered);
    unlock(crew);
}

/* Take work out of the queue and do it. The lock is held before and after, not meanwhile. */
static void begin(hedui_crew *crew, hedui_crew_work *work)
{
    hedui_crew_work **at = &crew->first;
    while (*at != work)
        at = &(*at)->next;
    *at = work->next;
    if (!*at)
        crew->end = at;
    work->state = BEGUN;
    unlock(crew);
    work->run(work);
    lock(crew);
    work->state = DONE;
    (void)pthread_cond_broadcast(&crew->done);
}

void hedui_crew_finish(hedui_crew *crew, hedui_crew_work *work)
{
    lock(crew);
    if (work->state == WAITS)
        begin(crew, work);
    while (work->state != DONE) {
        if (crew->first)
            begin(crew, crew->first);
        else
            (void)pthread_cond_wait(&crew->done, &crew->lock);
    }
    unlock(crew);
}

void hedui_crew_leave(hedui_crew *crew)
{
    lock(crew);
    if (--crew->owners == 0)
        (void)pthread_cond_broadcast(&crew->offered);
    unlock(crew);
}

void hedui_crew_help(hedui_crew *crew)
{
    lock(crew);
    while (crew->owners) {
        if (crew->first) {
            begin(crew, crew->first);
            continue;
        }
        crew->idle++;
        (void)pthread_cond_wait(&crew->offered, &crew->lock);
        crew->idle--;
    }
    unlock(crew);
}
