/* Records through a sorter of little memory come out as qsort puts them. */
#include "test.h"

#include "base/sorter.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 5000, RECORD = 5 };

static uint64_t seed = 20141231;

static unsigned random_below(unsigned limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % limit;
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, RECORD);
}

static hedui_sorter *open_sorter(size_t records, hedui_arena *arena)
{
    hedui_sorter *sorter = NULL;
    const char *folder = getenv("TMPDIR");
    assert_int_equal(
        hedui_sorter_open(&sorter, RECORD, records * RECORD, folder ? folder : "/tmp", arena, NULL),
        HEDUI_OK);
    return sorter;
}

/* `values` is how many different first bytes there are: few make many equal records. */
static void try(size_t count, size_t memory, unsigned values)
{
    static unsigned char records[MOST][RECORD];
    unsigned char record[RECORD];
    int got = 1;
    hedui_arena *arena = hedui_arena_open(0);
    hedui_sorter *sorter = open_sorter(memory, arena);
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < RECORD; k++)
            records[i][k] = (unsigned char)random_below(k ? (values > 1 ? 256 : 1) : values);
        assert_int_equal(hedui_sorter_add(sorter, records[i], NULL), HEDUI_OK);
    }
    qsort(records, count, RECORD, by_bytes);
    assert_int_equal(hedui_sorter_sort(sorter, NULL), HEDUI_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(hedui_sorter_next(record, &got, sorter, NULL), HEDUI_OK);
        assert_int_equal(got, 1);
        assert_memory_equal(record, records[i], RECORD);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(hedui_sorter_next(record, &got, sorter, NULL), HEDUI_OK);
        assert_int_equal(got, 0);
    }
    hedui_sorter_close(sorter);
    hedui_arena_close(arena);
}

static void any_count_through_any_memory(void **state)
{
    static const size_t memories[] = {3, 4, 7, 64, 1000, MOST};
    static const size_t counts[] = {0, 1, 2, 3, 4, 6, 7, 8, 9, 13, 63, 64, 65, 1000, 1001, MOST};
    (void)state;
    for (size_t m = 0; m < sizeof memories / sizeof *memories; m++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            try(counts[c], memories[m], 256);
            try(counts[c], memories[m], 2);
            try(counts[c], memories[m], 1);
        }
}

static void without_a_folder_it_says_so(void **state)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_sorter *sorter = NULL;
    hedui_err err;
    (void)state;
    hedui_err_init(&err);
    assert_int_equal(hedui_sorter_open(&sorter, RECORD, 3 * RECORD, "/nowhere", arena, &err),
                     HEDUI_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(hedui_sorter_add(sorter, "abcde", &err), HEDUI_OK);
    assert_int_equal(hedui_sorter_add(sorter, "abcde", &err), HEDUI_E1004);
    hedui_sorter_close(sorter);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_count_through_any_memory),
        cmocka_unit_test(without_a_folder_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
