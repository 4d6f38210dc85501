/* Work offered to a crew: each piece is done once, whoever does it, and seen by who waited. */
#include "test.h"

#include "base/crew.h"

#include <pthread.h>

enum { PIECES = 400, OWNERS = 2, HELPERS = 2 };

typedef struct piece {
    hedui_crew_work work;
    uint32_t from, done;
    uint64_t sum;
} piece;

static void add(hedui_crew_work *work)
{
    piece *p = (piece *)work;
    for (uint32_t i = 0; i < 1000; i++)
        p->sum += p->from + i;
    p->done++;
}

static int is_done(const piece *p)
{
    return p->done == 1 && p->sum == 1000ull * p->from + 999 * 500;
}

static void *help(void *crew)
{
    hedui_crew_help(crew);
    return NULL;
}

/* Several at a time, waited for in turn, as a scan does. @return pieces that are not as they should
 * be.
 */
static uintptr_t offer_all(hedui_crew *crew)
{
    enum { RING = 5 };
    piece pieces[RING] = {0};
    uintptr_t wrong = 0;
    for (uint32_t i = 0; i < PIECES + RING; i++) {
        piece *p = &pieces[i % RING];
        if (i >= RING) {
            hedui_crew_finish(crew, &p->work);
            wrong += !is_done(p);
        }
        *p = (piece){.work = {.run = add}, .from = i};
        if (i < PIECES)
            hedui_crew_offer(crew, &p->work);
    }
    return wrong;
}

static void *own(void *crew)
{
    uintptr_t wrong = offer_all(crew);
    hedui_crew_leave(crew);
    hedui_crew_help(crew);
    return (void *)wrong;
}

static void who_waits_does_it_alone(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_crew *crew = hedui_crew_open(1, arena);
    (void)state;
    assert_int_equal(hedui_crew_idle(crew), 0);
    assert_int_equal(offer_all(crew), 0);
    hedui_crew_leave(crew);
    hedui_crew_help(crew); /* comes back at once: nobody will offer anything */
    hedui_crew_close(crew);
    hedui_arena_close(arena);
}

static void each_piece_is_done_once(void **state)
{
    pthread_t owners[OWNERS], helpers[HELPERS];
    hedui_arena *arena = hedui_arena_open(0);
    hedui_crew *crew = hedui_crew_open(OWNERS, arena);
    (void)state;
    for (int i = 0; i < HELPERS; i++)
        assert_int_equal(pthread_create(&helpers[i], NULL, help, crew), 0);
    for (int i = 0; i < OWNERS; i++)
        assert_int_equal(pthread_create(&owners[i], NULL, own, crew), 0);
    for (int i = 0; i < OWNERS; i++) {
        void *wrong;
        assert_int_equal(pthread_join(owners[i], &wrong), 0);
        assert_null(wrong);
    }
    for (int i = 0; i < HELPERS; i++)
        assert_int_equal(pthread_join(helpers[i], NULL), 0);
    hedui_crew_close(crew);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_does_it_alone),
        cmocka_unit_test(each_piece_is_done_once),
    };
    return cmocka_run_group_tests_name("base/crew", tests, NULL, NULL);
}
