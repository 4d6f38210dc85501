/* Lines by steps of sixteen bytes. Oracle: one byte at a time. The texts lie in memory of their own
 * size, so that a byte read behind them is found. */
#include "test.h"

#include "feed/csv_line.h"

#include <stdlib.h>

enum { ROUNDS = 300000, LONGEST = 70 };

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static char *invent(size_t *length, uint64_t *seed)
{
    static const char rare[] = "\n\r\"\t\x01\x1F\x7F,|\0\x80\xFF";
    *length = 1 + next_random(seed) % LONGEST;
    char *text = malloc(*length);
    assert_non_null(text);
    for (size_t i = 0; i < *length; i++)
        text[i] = next_random(seed) % 24 ? "abc,"[next_random(seed) % 4]
                                         : rare[next_random(seed) % (sizeof rare - 1)];
    return text;
}

static int is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7F;
}

static void finds_ends_quotes_and_controls(void **state)
{
    uint64_t seed = 17;
    int ends = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        size_t length, stop = 0;
        char *text = invent(&length, &seed);
        int cr = (int)(next_random(&seed) % 2), quotes = 0, controls = 0;
        while (stop < length && text[stop] != '\n' && !(cr && text[stop] == '\r'))
            stop++;
        int ended = stop < length && !(text[stop] == '\r' && stop + 1 == length);
        for (size_t i = 0; i < stop; i++) {
            quotes |= text[i] == '"';
            controls |= is_control(text[i]) && !(text[i] == '\r' && i + 1 == stop);
        }
        hedui_csv_line line = hedui_csv_line_find((hedui_span){text, length}, cr);
        assert_ptr_equal(line.end, ended ? text + stop : NULL);
        assert_int_equal(line.quotes, quotes);
        assert_int_equal(line.controls, controls);
        ends += ended;
        free(text);
    }
    assert_true(ends > ROUNDS / 10 && ends < ROUNDS);
}

static void stops_where_a_cell_may_end(void **state)
{
    uint64_t seed = 19;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        size_t length, stop = 0;
        char *text = invent(&length, &seed), delimiter = next_random(&seed) % 2 ? '|' : 'a';
        int wide = (int)(next_random(&seed) % 2);
        while (stop < length && text[stop] != delimiter && text[stop] != '"' &&
               text[stop] != '\n' && text[stop] != '\r' &&
               !(wide && (unsigned char)text[stop] >= 0x80))
            stop++;
        hedui_span whole = {text, length};
        assert_ptr_equal(hedui_csv_line_stop(whole, delimiter, wide), text + stop);
        free(text);
    }
}

static void cuts_cells(void **state)
{
    uint64_t seed = 18;
    static hedui_csv_cell cells[HEDUI_CSV_FIELDS];
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        size_t length, start = 0;
        char *text = invent(&length, &seed);
        uint32_t count = hedui_csv_line_split(cells, (hedui_span){text, length}, ','), at = 0;
        for (size_t i = 0; i <= length; i++)
            if (i == length || text[i] == ',') {
                assert_true(at < count);
                assert_ptr_equal(cells[at].at, text + start);
                assert_int_equal(cells[at].length, i - start);
                start = i + 1;
                at++;
            }
        assert_int_equal(at, count);
        free(text);
    }
}

/* What is said of a line is what the grammar says, which is asked by way of a format in which
 * delimiters may hide in characters. */
static void cuts_quoted_cells_as_the_grammar_does(void **state)
{
    static const char signs[] = {',', '"', '"', 'a', ',', '"', '=', '\n'};
    static const hedui_csv_format grammar = {.delimiter = ',', .multi_byte = 1};
    static hedui_csv_cell cells[HEDUI_CSV_FIELDS], want[HEDUI_CSV_FIELDS];
    uint64_t seed = 20;
    uint32_t usual = 0;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        char text[64] = "\"";
        uint32_t length = 2 + (uint32_t)(next_random(&seed) % 40);
        for (uint32_t i = next_random(&seed) % 2 ? 0 : 1; i < length; i++)
            text[i] = signs[next_random(&seed) % sizeof signs];
        if (next_random(&seed) % 2)
            text[length - 1] = '"';
        const hedui_csv_row row = {.at = text, .length = length, .quotes = 1};
        uint32_t count = hedui_csv_line_split_quoted(cells, (hedui_span){text, length}, ',');
        assert_int_equal(hedui_csv_line_split_quoted(NULL, (hedui_span){text, length}, ','), count);
        if (!count)
            continue;
        usual++;
        assert_int_equal(hedui_csv_split(want, &row, &grammar), count);
        for (uint32_t i = 0; i < count; i++) {
            assert_ptr_equal(cells[i].at, want[i].at);
            assert_int_equal(cells[i].length, want[i].length);
            assert_int_equal(cells[i].doubled, want[i].doubled);
        }
    }
    assert_true(usual > ROUNDS / 50);
    static const char *const others[] = {"\"a",     "a\"", "\"a\"b",   "=\"a\"",
                                         "\"a\"\"", "\"",  "a,\"\"\","};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(hedui_csv_line_split_quoted(NULL, hedui_span_of(others[i]), ','), 0);
}

static void counts_no_further_than_there_is_room(void **state)
{
    static hedui_csv_cell cells[HEDUI_CSV_FIELDS];
    static char text[HEDUI_CSV_FIELDS + 1];
    (void)state;
    memset(text, ',', sizeof text);
    for (size_t length = HEDUI_CSV_FIELDS - 2; length <= sizeof text; length++)
        assert_int_equal(hedui_csv_line_split(cells, (hedui_span){text, length}, ','),
                         length + 1 <= HEDUI_CSV_FIELDS ? length + 1 : HEDUI_CSV_FIELDS + 1);
    assert_int_equal(hedui_csv_line_split(cells, (hedui_span){text, 0}, ','), 1);
    assert_int_equal(cells[0].length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_ends_quotes_and_controls),
        cmocka_unit_test(stops_where_a_cell_may_end),
        cmocka_unit_test(cuts_cells),
        cmocka_unit_test(cuts_quoted_cells_as_the_grammar_does),
        cmocka_unit_test(counts_no_further_than_there_is_room),
    };
    return cmocka_run_group_tests_name("feed/csv_line", tests, NULL, NULL);
}
