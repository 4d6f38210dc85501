/* Packed facts say what facts say that are kept as they were written: every part, every cell, every
 * text, across the borders of chunks and for the widest values there are. */
#include "feed/fact.h"
#include "test.h"

#include <stdio.h>

enum { COLUMNS = 12, LONG = 20000 };

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 24 ^ *seed << 20;
}

/* How the values of a column are drawn. */
typedef enum drawing { SAME, SMALL, SIGNED, ID, NEARLY_WIDE, ALL_BITS, TEXT, NO_VALUE } drawing;

static const struct {
    drawing kind;
    int states; /* one in so many has no value; 0: all have */
} columns[COLUMNS] = {{SAME, 0},     {SAME, 3},     {SMALL, 0}, {SMALL, 5},
                      {SIGNED, 4},   {ID, 0},       {ID, 9},    {NEARLY_WIDE, 2},
                      {ALL_BITS, 0}, {ALL_BITS, 7}, {TEXT, 6},  {NO_VALUE, 1}};

static int64_t number_of(drawing kind, uint64_t *seed, uint32_t i)
{
    switch (kind) {
    case SAME:
        return -77;
    case SMALL:
        return (int64_t)(16000 + next_random(seed) % 900);
    case SIGNED:
        return (int64_t)(next_random(seed) % 200000) - 100000;
    case ID:
        return (int64_t)(next_random(seed) % UINT64_C(99999999999999999));
    case NEARLY_WIDE:
        return (int64_t)(next_random(seed) % ((UINT64_C(1) << (i / 1024 % 2 ? 57 : 56)) - 1));
    case ALL_BITS:
        return i % 50 == 1 ? INT64_MIN : i % 50 == 2 ? INT64_MAX : (int64_t)next_random(seed);
    case TEXT:
    case NO_VALUE:
        break;
    }
    return 0;
}

static hedui_span text_of(char *room, uint64_t *seed)
{
    uint64_t drawn = next_random(seed);
    size_t length = drawn % 97 == 0   ? LONG
                    : drawn % 31 == 0 ? 127 + drawn / 31 % 3
                    : drawn % 13 == 0 ? 0
                                      : 3 + drawn % 9;
    memset(room, (int)('a' + drawn / 7 % 4), length); /* four letters: many are equal */
    return (hedui_span){room, length};
}

typedef struct stores {
    hedui_arena *plain_arena, *packed_arena, *scratch;
    hedui_facts *plain, *packed;
} stores;

static void add(stores *s, uint64_t *seed, uint32_t row, uint32_t persons)
{
    static char room[LONG];
    uint8_t states[COLUMNS], again[COLUMNS];
    int64_t numbers[COLUMNS], same[COLUMNS];
    hedui_span texts[COLUMNS];
    for (uint32_t c = 0; c < COLUMNS; c++) {
        int none = columns[c].states && next_random(seed) % (unsigned)columns[c].states == 0;
        again[c] = states[c] = (uint8_t)(none ? 1 + next_random(seed) % HEDUI_FACT_STATES : 0);
        same[c] = numbers[c] = number_of(columns[c].kind, seed, s->plain->count);
        texts[c] = columns[c].kind == TEXT ? text_of(room, seed) : (hedui_span){"", 0};
    }
    hedui_draft draft = {states, numbers, texts, 0}, other = {again, same, texts, 0};
    for (uint32_t p = 0; p < persons; p++) {
        hedui_fact fact = {.offset = row ? (UINT64_C(1) << 33) + row * 90 : 0,
                           .length = (uint32_t)(next_random(seed) % 400),
                           .line = row + 2,
                           .person = persons == 1 ? HEDUI_PERSON_NONE : row * 2 + p,
                           .row = row,
                           .role = (uint8_t)(persons == 1 ? HEDUI_ROLE_NONE : p),
                           .form = (uint8_t)(next_random(seed) % 2)};
        assert_int_equal(hedui_facts_add(s->plain, &fact, &draft), 1);
        assert_int_equal(hedui_facts_add(s->packed, &fact, &other), 1);
    }
}

static void compare(const stores *s)
{
    assert_int_equal(s->plain->count, s->packed->count);
    for (uint32_t i = 0; i < s->plain->count; i++) {
        hedui_fact a = hedui_facts_at(s->plain, i), b = hedui_facts_at(s->packed, i);
        assert_memory_equal(&a, &b, sizeof a);
        assert_int_equal(hedui_facts_person(s->packed, i), a.person);
        assert_int_equal(hedui_facts_row(s->packed, i), a.row);
        assert_int_equal(hedui_facts_role(s->packed, i), a.role);
        assert_int_equal(hedui_facts_form(s->packed, i), a.form);
        for (uint32_t c = 0; c < COLUMNS; c++) {
            if (hedui_facts_state(s->plain, i, c) != hedui_facts_state(s->packed, i, c))
                fail_msg("state of fact %u, column %u", i, c);
            if (columns[c].kind == TEXT) {
                hedui_span x = hedui_facts_text(s->plain, i, c);
                if (!hedui_span_equal(x, hedui_facts_text(s->packed, i, c)))
                    fail_msg("text of fact %u", i);
            } else if (hedui_facts_number(s->plain, i, c) != hedui_facts_number(s->packed, i, c)) {
                fail_msg("number of fact %u, column %u", i, c);
            }
        }
    }
}

static void says_the_same_packed(void **state)
{
    static const uint32_t rows[] = {0, 1, 700, HEDUI_FACT_CHUNK, HEDUI_FACT_CHUNK + 1, 5000};
    hedui_column layout_columns[COLUMNS];
    uint64_t seed = 20261122;
    (void)state;
    memset(layout_columns, 0, sizeof layout_columns);
    for (uint32_t c = 0; c < COLUMNS; c++)
        layout_columns[c].type = columns[c].kind == TEXT ? HEDUI_COLUMN_TEXT : HEDUI_COLUMN_INTEGER;
    hedui_layout layout = {.columns = layout_columns, .column_count = COLUMNS};
    for (size_t n = 0; n < sizeof rows / sizeof *rows * 2; n++) {
        stores s = {hedui_arena_open(0), hedui_arena_open(0), hedui_arena_open(0), NULL, NULL};
        s.plain = hedui_facts_open(&layout, s.plain_arena);
        s.packed = hedui_facts_open(&layout, s.packed_arena);
        assert_int_equal(hedui_facts_pack(s.packed, s.scratch), 1);
        for (uint32_t i = 0; i < rows[n / 2]; i++) {
            add(&s, &seed, i, n % 2 ? 1 : 1 + i % 3); /* rows of three cross from chunk to chunk */
            if (i % 5 == 0) {
                hedui_facts_set_gone(s.plain, i, i % 2 == 0);
                hedui_facts_set_gone(s.packed, i, i % 2 == 0);
            }
        }
        compare(&s); /* the last chunk is not packed yet */
        assert_int_equal(hedui_facts_finish(s.packed), 1);
        hedui_arena_close(s.scratch); /* nothing is left in it */
        compare(&s);
        hedui_arena_close(s.plain_arena);
        hedui_arena_close(s.packed_arena);
    }
}

static void takes_no_room_for_what_is_always_the_same(void **state)
{
    enum { FACTS = 100 * HEDUI_FACT_CHUNK };
    hedui_column column[2] = {{.type = HEDUI_COLUMN_TEXT}, {.type = HEDUI_COLUMN_MONEY}};
    hedui_layout layout = {.columns = column, .column_count = 2};
    hedui_arena *arena = hedui_arena_open(0), *scratch = hedui_arena_open(0);
    hedui_facts *facts = hedui_facts_open(&layout, arena);
    uint8_t states[2] = {HEDUI_CELL_VALUE, HEDUI_CELL_UNKNOWN};
    (void)state;
    assert_int_equal(hedui_facts_pack(facts, scratch), 1);
    for (uint32_t i = 0; i < FACTS; i++) {
        int64_t numbers[2] = {0, 0};
        hedui_span texts[2] = {hedui_span_of("示例县民政局"), {"", 0}};
        hedui_draft draft = {states, numbers, texts, 0};
        hedui_fact fact = {.offset = i * UINT64_C(64), .length = 63, .line = i + 2, .row = i};
        assert_int_equal(hedui_facts_add(facts, &fact, &draft), 1);
    }
    assert_int_equal(hedui_facts_finish(facts), 1);
    assert_true(hedui_span_is(hedui_facts_text(facts, FACTS - 1, 0), "示例县民政局"));
    assert_true(hedui_arena_size(arena) / FACTS < 8); /* where it stands: 36 bits, and its chunk */
    hedui_arena_close(scratch);
    hedui_arena_close(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_the_same_packed),
        cmocka_unit_test(takes_no_room_for_what_is_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
