/* An arena that takes over another: what was in either is still there, whatever is taken, given up
 * or adopted later. */
#include "test.h"

#include <hedui/arena.h>

#include <stdio.h>

enum { TEXTS = 40 };

/* Texts of 1 to 40 bytes, so that small blocks fill at different places. */
static void fill(hedui_span texts[TEXTS], hedui_arena *arena, char letter)
{
    char text[TEXTS];
    memset(text, letter, sizeof text);
    for (size_t i = 0; i < TEXTS; i++) {
        texts[i] = hedui_arena_copy(arena, (hedui_span){text, i + 1});
        assert_non_null(texts[i].at);
    }
}

static void holds(const hedui_span texts[TEXTS], char letter)
{
    for (size_t i = 0; i < TEXTS; i++) {
        assert_int_equal(texts[i].length, i + 1);
        for (size_t k = 0; k < texts[i].length; k++)
            assert_int_equal(texts[i].at[k], letter);
    }
}

static void what_was_adopted_stays(void **state)
{
    static const struct {
        const char *name;
        int before, reset, adopted, trailing; /* trailing: the other one was used and reset */
    } cases[] = {
        {"both hold texts", 1, 0, 1, 0},
        {"the taker is empty", 0, 0, 1, 0},
        {"the taker was reset and keeps its blocks", 1, 1, 1, 0},
        {"the other is empty", 1, 0, 0, 0},
        {"the other keeps blocks of what was given up", 1, 0, 1, 1},
        {"nothing at all", 0, 0, 0, 0},
        {"nothing but blocks of what was given up", 0, 0, 0, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_span old[TEXTS], given[TEXTS], later[TEXTS], last[TEXTS];
        hedui_arena *arena = hedui_arena_open(64), *other = hedui_arena_open(128);
        hedui_arena_mark start = hedui_arena_here(arena), others = hedui_arena_here(other);
        size_t size = 0;
        assert_true(arena && other);
        if (cases[i].before)
            fill(old, arena, 'o');
        if (cases[i].reset)
            hedui_arena_reset(arena, start);
        if (cases[i].trailing) {
            fill(given, other, 'x');
            fill(given, other, 'x');
            hedui_arena_reset(other, others);
        }
        if (cases[i].adopted)
            fill(given, other, 'g');
        size = hedui_arena_size(arena) + hedui_arena_size(other);
        hedui_arena_adopt(arena, other);
        assert_int_equal(hedui_arena_size(arena), size);
        hedui_arena_mark mark = hedui_arena_here(arena);
        fill(later, arena, 'l');
        hedui_arena_reset(arena, mark);
        fill(last, arena, 'z');
        if (cases[i].before && !cases[i].reset)
            holds(old, 'o');
        if (cases[i].adopted)
            holds(given, 'g');
        holds(last, 'z');
        hedui_arena_close(arena);
    }
}

static void nothing_is_adopted_of_none(void **state)
{
    hedui_span texts[TEXTS];
    hedui_arena *arena = hedui_arena_open(0);
    (void)state;
    fill(texts, arena, 'a');
    hedui_arena_adopt(arena, NULL);
    holds(texts, 'a');
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_adopted_stays),
        cmocka_unit_test(nothing_is_adopted_of_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
