/* Rows by the words of feeds/README.md ("文件怎么读"). Characters are converted before anything is
 * split, so no delimiter can hide in one. */
#include "export.h"

#include "oracle.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_FIELD = 64 * 1024, LONGEST_ROW = 1 << 20 };

void export_open(export *file, const char *path, int gb18030, char mark)
{
    size_t length = 0;
    char *raw = oracle_slurp(path, &length);
    iconv_t convert = iconv_open("UTF-8", gb18030 ? "GB18030" : "UTF-8");
    char *from = raw, *text = calloc(1, length * 2 + 16), *to = text;
    size_t left = length, room = length * 2 + 8;
    if (!text || convert == (iconv_t)-1)
        oracle_die("cannot convert", path);
    if (!gb18030 && length >= 3 && memcmp(raw, "\xEF\xBB\xBF", 3) == 0) {
        from += 3;
        left -= 3;
    }
    while (left && iconv(convert, &from, &left, &to, &room) == (size_t)-1) {
        if (errno == E2BIG)
            oracle_die("too much text in", path);
        *to++ = '\xFF';
        room--;
        from++;
        left--;
        (void)iconv(convert, NULL, NULL, NULL, NULL);
    }
    (void)iconv_close(convert);
    free(raw);
    *file = (export){text, (size_t)(to - text), 0, 1, mark, 0};
    size_t first = strcspn(text, "\r\n");
    file->cr_ends = text[first] == '\r' && text[first + 1] && text[first + 1] != '\n';
}

void export_close(export *file)
{
    free(file->text);
    file->text = NULL;
}

/* The bytes of the line end at `at`; 0 if there is none. The end of the text is one of no bytes. */
static size_t line_end(const export *file, size_t at, int *is)
{
    const char *c = file->text + at;
    *is = 1;
    if (at >= file->length)
        return 0;
    if (*c == '\n')
        return 1;
    if (*c == '\r' && at + 1 < file->length && c[1] == '\n')
        return 2;
    if (*c == '\r' && (file->cr_ends || at + 1 == file->length))
        return 1;
    *is = 0;
    return 0;
}

static int ends(const export *file, size_t at)
{
    int is = 0;
    (void)line_end(file, at, &is);
    return is || file->text[at] == file->mark;
}

static int ends_row(const export *file, size_t at)
{
    int is = 0;
    (void)line_end(file, at, &is);
    return is;
}

/* One field into `out`, `at` behind it. 0 if its quotes are wrong. */
static int read_field(const export *file, size_t *at, char **out)
{
    const char *text = file->text;
    int wrapped = text[*at] == '=' && text[*at + 1] == '"';
    if (text[*at] == '"') {
        for (++*at; *at < file->length && *at - file->at <= LONGEST_ROW; ++*at) {
            if (text[*at] == '"' && text[*at + 1] != '"')
                break;
            *at += text[*at] == '"';
            *(*out)++ = text[*at];
        }
        if (*at >= file->length || text[*at] != '"')
            return 0;
        ++*at;
    } else if (wrapped) {
        *(*out)++ = text[(*at)++];
        *(*out)++ = text[(*at)++];
        while (!ends_row(file, *at) && text[*at] != '"')
            *(*out)++ = text[(*at)++];
        if (ends_row(file, *at))
            return 0;
        *(*out)++ = text[(*at)++];
    } else {
        while (!ends(file, *at) && text[*at] != '"')
            *(*out)++ = text[(*at)++];
    }
    return ends(file, *at);
}

static int has_control(const char *text, size_t length, int quotes)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == 0x7F || (c < 0x20 && c != '\t' && !(quotes && (c == '\r' || c == '\n'))))
            return 1;
    }
    return 0;
}

/* Behind the row that ends at `end`. */
static void step(export *file, size_t end)
{
    int is = 0;
    size_t start = file->at;
    file->at = end + line_end(file, end, &is);
    for (size_t i = start; i < file->at; i++)
        file->line += file->text[i] == '\n'
                          ? !(file->cr_ends && i > start && file->text[i - 1] == '\r')
                          : file->cr_ends && file->text[i] == '\r';
}

int export_next(export *file, export_row *row)
{
    static char cells[LONGEST_ROW * 2];
    char *out = cells;
    size_t at = file->at, first = at;
    int sound = 1;
    if (at >= file->length)
        return 0;
    while (!ends_row(file, first))
        first++;
    *row = (export_row){.line = file->line, .blank = 1};
    for (size_t i = at; i < first; i++)
        row->blank &= strchr(" \t", file->text[i]) != NULL || file->text[i] == file->mark;
    if (first - at > LONGEST_ROW) {
        row->fault = "row_too_long";
        step(file, first);
        return 1;
    }
    for (;;) {
        char *cell = out;
        sound = read_field(file, &at, &out);
        *out++ = '\0';
        if (row->count <= EXPORT_CELLS)
            row->cells[row->count++] = cell;
        if (out - cell > LONGEST_FIELD + 1)
            row->fault = "field_too_long";
        if (!sound || ends_row(file, at) || at - file->at > LONGEST_ROW)
            break;
        at++;
    }
    int quotes = memchr(file->text + file->at, '"', (sound ? at : first) - file->at) != NULL;
    if (!sound)
        row->fault = "csv_quote";
    else if (has_control(file->text + file->at, at - file->at, quotes))
        row->fault = "control_char";
    else if (at - file->at > LONGEST_ROW)
        row->fault = "row_too_long";
    step(file, sound ? at : first);
    return 1;
}
