/* The caseload's sorting against qsort of the library, and its table of numbers against a search
 * through all of them. */
#include "caseload/index.h"
#include "caseload/order.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 16;
}

static int by_key_and_place(const void *a, const void *b)
{
    const hedui_ordered *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void sorts_numbers_and_leaves_equal_ones_in_place(void **state)
{
    static const struct {
        uint32_t count;
        uint64_t mask; /* of the bits that differ */
    } cases[] = {{0, 0},
                 {1, 0},
                 {2, ~UINT64_C(0)},
                 {64, 15},
                 {65, 15},
                 {1000, 0},
                 {3000, 0xFF},
                 {3000, ~UINT64_C(0)},
                 {3000, 0x7F0000000000FF},
                 {3000, UINT64_C(0xF) << 60}};
    uint64_t seed = 20261122;
    (void)state;
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        hedui_arena *arena = hedui_arena_open(0);
        uint32_t count = cases[n].count;
        hedui_ordered *items = hedui_arena_array(arena, count, sizeof *items);
        hedui_ordered *want = hedui_arena_array(arena, count, sizeof *want);
        for (uint32_t i = 0; i < count; i++)
            want[i] = items[i] = (hedui_ordered){next_random(&seed) << 20 & cases[n].mask, i};
        for (uint32_t i = 0; i < count; i++) /* shifting emptied the low bits */
            want[i].key = items[i].key |= next_random(&seed) & cases[n].mask & 0xFFFFF;
        if (count)
            qsort(want, count, sizeof *want, by_key_and_place);
        assert_int_equal(hedui_order_by_key(items, count, arena), 1);
        for (uint32_t i = 0; i < count; i++)
            if (items[i].key != want[i].key || items[i].index != want[i].index)
                fail_msg("case %zu, place %u", n, i);
        hedui_arena_close(arena);
    }
}

static void sorts_texts_by_their_bytes(void **state)
{
    enum { COUNT = 2000 };
    static const char *const beginnings[] = {"", "DB", "DB0000000", "DB\xE6\xB0\x91"};
    static char room[COUNT][24];
    hedui_span texts[COUNT];
    uint64_t seed = 7;
    (void)state;
    for (size_t n = 0; n < sizeof beginnings / sizeof *beginnings; n++) {
        hedui_arena *arena = hedui_arena_open(0);
        hedui_ordered *order;
        for (uint32_t i = 0; i < COUNT; i++) {
            /* lengths differ, many are equal, some go on behind eight equal bytes */
            int length = snprintf(room[i], sizeof room[i], "%s%llu", beginnings[n],
                                  (unsigned long long)(next_random(&seed) % 3000));
            if (i % 7 == 0)
                length = snprintf(room[i], sizeof room[i], "%s12345678%u", beginnings[n], i % 50);
            texts[i] = (hedui_span){room[i], (size_t)length - (i % 11 == 0)};
        }
        texts[5].length = n ? 2 : 0;
        texts[6] = (hedui_span){"DB\0", 3}; /* a NUL is a byte like others */
        assert_int_equal(hedui_order_texts(&order, texts, COUNT, arena), 1);
        for (uint32_t i = 1; i < COUNT; i++) {
            int compared = hedui_span_compare(texts[order[i - 1].index], texts[order[i].index]);
            if (compared > 0 || (compared == 0 && order[i - 1].index >= order[i].index))
                fail_msg("case %zu, place %u", n, i);
        }
        hedui_arena_close(arena);
    }
}

static void finds_whom_it_was_given_and_nobody_else(void **state)
{
    enum { PERSONS = 5000, ASKED = HEDUI_MATCH_BATCH };
    hedui_arena *arena = hedui_arena_open(0);
    hedui_person *persons = hedui_arena_array(arena, PERSONS, sizeof *persons);
    uint8_t *wanted = hedui_arena_array(arena, PERSONS, 1);
    hedui_caseload caseload = {.persons = persons, .person_count = PERSONS};
    uint64_t seed = 11, id = UINT64_C(65900019500101000);
    (void)state;
    for (uint32_t i = 0; i < PERSONS; i++) {
        id += 1 + next_random(&seed) % 40;
        persons[i].id = id;
        wanted[i] = next_random(&seed) % 4 != 0;
    }
    assert_int_equal(hedui_person_index_build(&caseload.index, persons, wanted, PERSONS, arena), 1);
    for (uint64_t from = persons[0].id - 50; from < id + 50; from += ASKED) {
        hedui_citizen_id ids[ASKED];
        uint32_t found[ASKED];
        for (uint32_t i = 0; i < ASKED; i++)
            ids[i] = from + i;
        hedui_caseload_find(&caseload, ids, ASKED, found);
        for (uint32_t i = 0; i < ASKED; i++) {
            uint32_t want = HEDUI_PERSON_NONE;
            for (uint32_t low = 0, high = PERSONS; low < high;) {
                uint32_t middle = (low + high) / 2;
                if (persons[middle].id == ids[i] && wanted[middle])
                    want = middle;
                if (persons[middle].id < ids[i])
                    low = middle + 1;
                else
                    high = middle;
            }
            assert_int_equal(found[i], want);
        }
    }
    hedui_arena_close(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_numbers_and_leaves_equal_ones_in_place),
        cmocka_unit_test(sorts_texts_by_their_bytes),
        cmocka_unit_test(finds_whom_it_was_given_and_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
