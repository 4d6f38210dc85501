/* From the words of a table to bytes. Words are converted to the delivery's character set; bytes
 * given as \xNN are not. */
#include "bad.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_converted(hedui_buffer *out, const bad_case *c, const char *at, size_t length,
                          int gb18030)
{
    if (!gb18030) {
        hedui_buffer_add(out, (hedui_span){at, length});
        return;
    }
    iconv_t handle = iconv_open("GB18030", "UTF-8");
    size_t room = length * 2 + 8, left = length;
    char *text = malloc(room), *to = text, *from = (char *)(uintptr_t)at;
    if (handle == (iconv_t)-1 || !text || iconv(handle, &from, &left, &to, &room) == (size_t)-1)
        bad_stop(c, "these words cannot be written in GB18030");
    hedui_buffer_add(out, (hedui_span){text, (size_t)(to - text)});
    free(text);
    (void)iconv_close(handle);
}

static int hex(const bad_case *c, char digit)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *found = digit ? strchr(digits, digit) : NULL;
    if (!found)
        bad_stop(c, "two hexadecimal digits, large, are missing");
    return (int)(found - digits);
}

static const char *escape(hedui_buffer *out, const bad_case *c, const char *at)
{
    static const char plain[][2] = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'\\', '\\'},
                                    {'$', '$'},  {'0', '\0'}, {')', ')'},  {';', ';'}};
    if (*at == 'x') {
        hedui_buffer_byte(out, (char)(hex(c, at[1]) * 16 + hex(c, at[2])));
        return at + 3;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (*at == plain[i][0]) {
            hedui_buffer_byte(out, plain[i][1]);
            return at + 1;
        }
    bad_stop(c, "unknown escape");
}

/* Letters without a pattern, so that they do not compress as a bomb does; a fixed seed. */
static void noise(hedui_buffer *out, long count)
{
    uint64_t seed = 20141231;
    for (; count > 0; count--) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        hedui_buffer_byte(out, (char)('a' + (seed >> 40) % 26));
    }
}

/* $REPEAT(n,text): the text n times; no brackets inside. */
static const char *repeat(hedui_buffer *out, const bad_case *c, const char *at, int gb18030,
                          const char *sha)
{
    const char *text, *end;
    long count = bad_number(c, at, &text);
    if (*text != ',')
        bad_stop(c, "$REPEAT(n,text)");
    text++;
    for (end = text; *end && *end != ')'; end++)
        end += *end == '\\' && end[1];
    if (!*end)
        bad_stop(c, "$REPEAT(n,text)");
    char *piece = strndup(text, (size_t)(end - text));
    hedui_buffer once;
    hedui_buffer_init(&once);
    if (!piece)
        exit(2);
    bad_expand(&once, c, piece, gb18030, sha);
    for (; count > 0; count--)
        hedui_buffer_add(out, hedui_buffer_span(&once));
    hedui_buffer_free(&once);
    free(piece);
    return end + 1;
}

/* $ROWS(n): n good rows, each with a number of its own in the first cell, from 1. */
static void rows(hedui_buffer *out, const bad_case *c, long count, int gb18030)
{
    const char *rest = strchr(c->set.rows[0], ',');
    for (long i = 1; rest && i <= count; i++) {
        hedui_buffer_format(out, "%ld", i);
        add_converted(out, c, rest, strlen(rest), gb18030);
        hedui_buffer_byte(out, '\n');
    }
}

static const char *macro(hedui_buffer *out, const bad_case *c, const char *at, int gb18030,
                         const char *sha)
{
    const char *end;
    if (*at == 'H' || (*at >= '1' && *at <= '3')) {
        const char *text = *at == 'H' ? c->set.header : c->set.rows[*at - '1'];
        add_converted(out, c, text, strlen(text), gb18030);
        return at + 1;
    }
    if (strncmp(at, "SHA", 3) == 0 && sha) {
        hedui_buffer_text(out, sha);
        return at + 3;
    }
    if (strncmp(at, "REPEAT(", 7) == 0)
        return repeat(out, c, at + 7, gb18030, sha);
    if (strncmp(at, "NOISE(", 6) == 0)
        noise(out, bad_number(c, at + 6, &end));
    else if (strncmp(at, "ROWS(", 5) == 0)
        rows(out, c, bad_number(c, at + 5, &end), gb18030);
    else
        bad_stop(c, "unknown macro behind $");
    if (*end != ')')
        bad_stop(c, "a closing bracket is missing");
    return end + 1;
}

void bad_expand(hedui_buffer *out, const bad_case *c, const char *text, int gb18030,
                const char *sha)
{
    while (*text) {
        size_t length = strcspn(text, "\\$");
        add_converted(out, c, text, length, gb18030);
        text += length;
        if (*text == '\\')
            text = escape(out, c, text + 1);
        else if (*text == '$')
            text = macro(out, c, text + 1, gb18030, sha);
    }
}

/* Where cell `index` of a row begins and how long it is; rows of the tables quote nothing. */
static void find_cell(const bad_case *c, const char **at, size_t *length, const char *row,
                      unsigned index, char delimiter)
{
    for (; index; index--) {
        row = strchr(row, delimiter);
        if (!row)
            bad_stop(c, "the row has no such cell");
        row++;
    }
    const char *end = strchr(row, delimiter);
    *at = row;
    *length = end ? (size_t)(end - row) : strlen(row);
}

static unsigned column_index(const bad_case *c, char delimiter)
{
    const char *at;
    size_t length;
    for (unsigned i = 0;; i++) {
        find_cell(c, &at, &length, c->set.header, i, delimiter);
        if (strlen(c->set.column) == length && memcmp(at, c->set.column, length) == 0)
            return i;
    }
}

void bad_content(hedui_buffer *out, const bad_case *c, const hedui_layout *layout)
{
    const bad_set *set = &c->set;
    int gb18030 = set->charset ? strcmp(set->charset, "gb18030") == 0
                               : layout->charset == HEDUI_CHARSET_GB18030;
    if (set->kind == BAD_TEXT) {
        bad_expand(out, c, c->cells[1], gb18030, NULL);
        return;
    }
    bad_expand(out, c, "$H\\n$1\\n", gb18030, NULL);
    const char *row = set->rows[1];
    if (set->kind == BAD_CELL) {
        const char *cell;
        size_t length;
        find_cell(c, &cell, &length, row, column_index(c, layout->delimiter), layout->delimiter);
        add_converted(out, c, row, (size_t)(cell - row), gb18030);
        bad_expand(out, c, c->cells[1], gb18030, NULL);
        add_converted(out, c, cell + length, strlen(cell + length), gb18030);
    } else {
        add_converted(out, c, row, strlen(row), gb18030);
    }
    bad_expand(out, c, "\\n$3\\n", gb18030, NULL);
}
