/* Rows and cells. Oracle: a parser written the plain way, one character and one state at a time,
 * over the whole text; random texts from characters that matter. */
#include "test.h"

#include "feed/csv.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 40, CELLS = 64 };

typedef struct plain_row {
    size_t start, end, next; /* text, line end, behind the line end */
    int fault;               /* a quote where none may be */
    int cells;
    char cell[CELLS][LONGEST + 1];
} plain_row;

static int line_end_at(const char *text, size_t length, size_t i, int cr, size_t *next)
{
    if (i == length) {
        *next = i;
        return 1;
    }
    if (text[i] == '\n') {
        *next = i + 1;
        return 1;
    }
    if (text[i] != '\r')
        return 0;
    if (i + 1 < length && text[i + 1] == '\n') {
        *next = i + 2;
        return 1;
    }
    *next = i + 1;
    return cr || i + 1 == length;
}

static void plain_parse(plain_row *row, const char *text, size_t length, size_t i, char delimiter,
                        int cr)
{
    enum { START, PLAIN, QUOTED, CLOSED, WRAPPED } state = START;
    memset(row, 0, sizeof *row);
    row->start = i;
    size_t n = 0, next;
    for (;; i++) {
        char *cell = row->cell[row->cells];
        char c = i < length ? text[i] : '\0';
        int ends = line_end_at(text, length, i, cr, &next);
        if (state == QUOTED) {
            if (i == length)
                break;
            if (c == '"' && i + 1 < length && text[i + 1] == '"')
                cell[n++] = text[++i];
            else if (c == '"')
                state = CLOSED;
            else
                cell[n++] = c;
            continue;
        }
        if (state == WRAPPED) {
            if (ends)
                break;
            cell[n++] = c;
            if (c == '"')
                state = CLOSED;
            continue;
        }
        if (ends || c == delimiter) {
            row->cells++;
            n = 0;
            state = START;
            if (!ends)
                continue;
            row->end = i;
            row->next = next;
            return;
        }
        if (state == CLOSED || (c == '"' && state == PLAIN))
            break;
        if (c == '"') {
            state = QUOTED;
        } else if (state == START && c == '=' && i + 1 < length && text[i + 1] == '"') {
            cell[n++] = c;
            cell[n++] = text[++i];
            state = WRAPPED;
        } else {
            cell[n++] = c;
            state = PLAIN;
        }
    }
    row->fault = 1;
    for (i = row->start; !line_end_at(text, length, i, cr, &next); i++) {
    }
    row->end = i;
    row->next = next;
}

/* A lone CR in the text of a row is a control character, whatever else is right. */
static int has_lone_cr(const char *text, const plain_row *row, int quotes)
{
    for (size_t i = row->start; i < row->end; i++)
        if (text[i] == '\r' && !quotes)
            return 1;
    return 0;
}

static void compare(const char *text, size_t length, char delimiter, int cr)
{
    hedui_csv_format format = {.delimiter = delimiter, .cr_ends = (uint8_t)cr};
    static hedui_csv_cell cells[HEDUI_CSV_FIELDS];
    static plain_row want;
    hedui_buffer scratch;
    hedui_buffer_init(&scratch);
    for (size_t at = 0; at < length;) {
        hedui_csv_row row, early;
        plain_parse(&want, text, length, at, delimiter, cr);
        hedui_span rest = {text + at, length - at};
        assert_int_equal(hedui_csv_next(&row, &format, rest, 1), HEDUI_CSV_GOT);
        int quotes = memchr(text + want.start, '"', want.end - want.start) != NULL;
        int control = !want.fault && has_lone_cr(text, &want, quotes);
        if (row.taken != want.next - want.start || row.length != want.end - want.start ||
            (row.fault == HEDUI_REASON_csv_quote) != want.fault ||
            (row.fault == HEDUI_REASON_control_char) != control)
            fail_msg("at %zu: taken %zu, length %u, fault %d", at, row.taken, row.length,
                     (int)row.fault);
        /* the same from any window that is large enough to say anything */
        for (size_t window = 0; window < rest.length; window++) {
            hedui_csv_step step = hedui_csv_next(&early, &format, (hedui_span){rest.at, window}, 0);
            if (step == HEDUI_CSV_MORE)
                continue;
            assert_int_equal(step, HEDUI_CSV_GOT);
            if (early.taken != row.taken || early.fault != row.fault || early.lines != row.lines ||
                early.length != row.length)
                fail_msg("window of %zu: taken %zu, not %zu", window, early.taken, row.taken);
        }
        if (row.fault == HEDUI_CSV_SOUND) {
            uint32_t count = hedui_csv_split(cells, &row, &format);
            assert_int_equal(count, want.cells);
            for (uint32_t i = 0; i < count; i++) {
                hedui_span cell = hedui_csv_text(cells[i], &scratch);
                if (!hedui_span_is(cell, want.cell[i]))
                    fail_msg("cell %u: %.*s, not %s", i, (int)cell.length, cell.at, want.cell[i]);
            }
        }
        at += row.taken;
    }
    hedui_buffer_free(&scratch);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void agrees_with_the_plain_parser(void **state)
{
    static const char alphabet[] = "a,\"\n\r=b|\t ";
    uint64_t seed = 20141231;
    (void)state;
    for (int round = 0; round < 60000; round++) {
        char text[LONGEST];
        size_t length = next_random(&seed) % LONGEST;
        for (size_t i = 0; i < length; i++)
            text[i] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
        compare(text, length, next_random(&seed) % 4 ? ',' : '|', (int)(next_random(&seed) % 2));
    }
}

static void splits_gb18030_between_characters_only(void **state)
{
    /* 0x8B 0x7C and 0xAA 0x5E end in the bytes of | and ^ */
    static const struct {
        const char *text;
        char delimiter;
        uint32_t cells;
    } cases[] = {
        {"\x8B\x7C|b\n", '|', 2},         {"a|\x8B\x7C\n", '|', 2}, {"\xAA\x5E^\xAA\x5E\n", '^', 2},
        {"\x81\x30\x81\x30|x\n", '|', 2},                       /* four bytes */
        {"\"\x8B\x7C|\"|x\n", '|', 2},    {"\x8B|x\n", '|', 1}, /* a character that swallows the
                                                                   delimiter */
    };
    hedui_csv_cell cells[HEDUI_CSV_FIELDS];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hedui_csv_format format = {.delimiter = cases[i].delimiter, .multi_byte = 1};
        hedui_csv_row row;
        assert_int_equal(hedui_csv_next(&row, &format, hedui_span_of(cases[i].text), 1),
                         HEDUI_CSV_GOT);
        assert_int_equal(row.fault, HEDUI_CSV_SOUND);
        if (hedui_csv_split(cells, &row, &format) != cases[i].cells)
            fail_msg("case %zu", i);
    }
}

static void keeps_its_limits(void **state)
{
    hedui_buffer text;
    hedui_csv_row row;
    hedui_csv_format format = {.delimiter = ','};
    static hedui_csv_cell cells[HEDUI_CSV_FIELDS];
    (void)state;
    hedui_buffer_init(&text);
    for (int i = 0; i < HEDUI_CSV_ROW; i++)
        hedui_buffer_byte(&text, 'a');
    hedui_buffer_text(&text, "\nb\n");
    assert_int_equal(hedui_csv_next(&row, &format, hedui_buffer_span(&text), 0), HEDUI_CSV_GOT);
    assert_int_equal(row.fault, HEDUI_CSV_SOUND);
    text.data[HEDUI_CSV_ROW] = 'a';
    assert_int_equal(hedui_csv_next(&row, &format, hedui_buffer_span(&text), 0), HEDUI_CSV_GOT);
    assert_int_equal(row.fault, HEDUI_REASON_row_too_long);
    hedui_span open = {text.data, HEDUI_CSV_ROW + 1};
    assert_int_equal(hedui_csv_next(&row, &format, open, 0), HEDUI_CSV_MORE);
    hedui_buffer_clear(&text);
    /* a quote that is never closed costs its first line, however much stands behind it */
    hedui_buffer_text(&text, "x,\"abc\n");
    for (int i = 0; i < HEDUI_CSV_ROW / 2; i++)
        hedui_buffer_text(&text, "b,c\n");
    assert_int_equal(hedui_csv_next(&row, &format, hedui_buffer_span(&text), 0), HEDUI_CSV_GOT);
    assert_int_equal(row.fault, HEDUI_REASON_csv_quote);
    assert_int_equal(row.taken, 7);
    hedui_buffer_clear(&text);
    for (int i = 0; i < HEDUI_CSV_FIELDS - 1; i++)
        hedui_buffer_byte(&text, ',');
    assert_int_equal(hedui_csv_next(&row, &format, hedui_buffer_span(&text), 1), HEDUI_CSV_GOT);
    assert_int_equal(hedui_csv_split(cells, &row, &format), HEDUI_CSV_FIELDS);
    hedui_buffer_byte(&text, ',');
    assert_int_equal(hedui_csv_next(&row, &format, hedui_buffer_span(&text), 1), HEDUI_CSV_GOT);
    assert_int_equal(hedui_csv_split(cells, &row, &format), HEDUI_CSV_FIELDS + 1);
    hedui_buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_plain_parser),
        cmocka_unit_test(splits_gb18030_between_characters_only),
        cmocka_unit_test(keeps_its_limits),
    };
    return cmocka_run_group_tests_name("feed/csv", tests, NULL, NULL);
}
