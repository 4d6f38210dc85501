/* Two ways through a row. Most rows have no quote: one look finds the line end (csv_line), and that
 * is all. A row with a quote goes byte by byte through the grammar, whose result depends on the
 * text alone, never on where a window happened to end.
 *
 * Source: RFC 4180; GB 18030 (second bytes 0x40-0x7E and 0x80-0xFE, four-byte forms have 0x30-0x39
 * there), so comma, quote and line ends are never part of a character, but | ^ are. */
#include "feed/csv.h"
#include "feed/csv_line.h"

#include <string.h>

/* The text from `at` to `end`; `ended`: nothing comes behind; `one_row`: it is a row that was found
 * before, whose line ends all stand in quotes. */
typedef struct cursor {
    const char *at, *end;
    const hedui_csv_format *format;
    int ended, one_row;
} cursor;

/* What a piece of the grammar came to. OPEN: it goes on behind what is there. */
typedef enum piece { OPEN, FIELD_END, ROW_END, FAULT, GOES_ON } piece;

/* Bytes of the character at `at`; 1 unless delimiters can hide in characters. */
static size_t width(const cursor *c)
{
    size_t left = (size_t)(c->end - c->at);
    unsigned char first = (unsigned char)*c->at;
    if (!c->format->multi_byte || first < 0x81 || first == 0xFF || left < 2)
        return 1;
    unsigned char second = (unsigned char)c->at[1];
    if (second >= '0' && second <= '9')
        return left < 4 ? left : 4;
    return second >= 0x40 && second != 0x7F ? 2 : 1;
}

/* Whether a field or the row ends at the cursor. */
static piece boundary(const cursor *c)
{
    if (c->at == c->end)
        return c->ended ? ROW_END : OPEN;
    if (*c->at == c->format->delimiter)
        return FIELD_END;
    if (c->one_row)
        return GOES_ON;
    if (*c->at == '\n')
        return ROW_END;
    if (*c->at != '\r')
        return GOES_ON;
    if (c->at + 1 == c->end)
        return c->ended ? ROW_END : OPEN;
    return c->format->cr_ends || c->at[1] == '\n' ? ROW_END : GOES_ON;
}

static piece behind_quote(const cursor *c)
{
    piece got = boundary(c);
    return got == GOES_ON ? FAULT : got;
}

/* From behind an opening quote to behind the closing one. */
static piece quoted_field(cursor *c)
{
    for (;;) {
        const char *quote = memchr(c->at, '"', (size_t)(c->end - c->at));
        if (!quote || (quote + 1 == c->end && !c->ended)) {
            c->at = c->end;
            return OPEN; /* a quote as the last byte may be half of a doubled one */
        }
        c->at = quote + 1;
        if (c->at == c->end || *c->at != '"')
            return behind_quote(c);
        c->at++;
    }
}

/* ="…", as spreadsheets write it to keep a number a text; no line ends inside. */
static piece wrapped_field(cursor *c)
{
    piece got;
    for (c->at += 2; (got = boundary(c)) == GOES_ON || got == FIELD_END; c->at += width(c))
        if (*c->at == '"') {
            c->at++;
            return behind_quote(c);
        }
    return got == OPEN ? OPEN : FAULT;
}

static piece plain_field(cursor *c)
{
    piece got;
    if (c->at < c->end && *c->at == '=') {
        if (c->at + 1 == c->end && !c->ended)
            return OPEN;
        if (c->at + 1 < c->end && c->at[1] == '"')
            return wrapped_field(c);
    }
    for (;; c->at += width(c)) {
        hedui_span rest = {c->at, (size_t)(c->end - c->at)};
        c->at = hedui_csv_line_stop(rest, c->format->delimiter, c->format->multi_byte);
        if ((got = boundary(c)) != GOES_ON)
            return got;
        if (*c->at == '"')
            return FAULT;
    }
}

/* One field; the cursor is left behind it. */
static piece field(cursor *c)
{
    if (c->at < c->end && *c->at == '"') {
        c->at++;
        return quoted_field(c);
    }
    return plain_field(c);
}

static uint32_t count_lines(const hedui_csv_row *row, int cr_ends)
{
    uint32_t lines = 0;
    for (size_t i = 0; i < row->taken; i++)
        lines += row->at[i] == '\n' ? !(cr_ends && i && row->at[i - 1] == '\r')
                                    : cr_ends && row->at[i] == '\r';
    return lines;
}

/* The row ends at `stop`, which is a line end or the end of the text. */
static void end_row(hedui_csv_row *row, const char *stop, const char *end)
{
    size_t length = (size_t)(stop - row->at);
    row->taken = length;
    if (stop < end)
        row->taken += *stop == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1;
    row->lines = stop < end;
    if (length && stop[-1] == '\r' && (stop == end || *stop == '\n'))
        length--;
    row->length = length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
}

static hedui_reason fault_of(const hedui_csv_row *row)
{
    hedui_span text = {row->at, row->length};
    if (row->length > HEDUI_CSV_ROW)
        return HEDUI_REASON_row_too_long;
    return hedui_csv_has_control(text, row->quotes) ? HEDUI_REASON_control_char : HEDUI_CSV_SOUND;
}

/* A row that has a quote; `first` is its first line end or the end of the text. */
static hedui_csv_step next_quoted(hedui_csv_row *row, const hedui_csv_format *format,
                                  const char *end, const char *first, int ended)
{
    static const size_t most = HEDUI_CSV_ROW + 2;
    int cut = (size_t)(end - row->at) > most;
    cursor c = {row->at, cut ? row->at + most : end, format, ended && !cut, 0};
    piece got;
    while ((got = field(&c)) == FIELD_END)
        c.at++;
    if (got == OPEN && !cut && !ended)
        return HEDUI_CSV_MORE;
    row->quotes = 1;
    if (got == ROW_END) {
        end_row(row, c.at, end);
        if (c.at != first && c.at + 1 != first) /* there are line ends in quotes */
            row->lines = count_lines(row, format->cr_ends);
        row->fault = fault_of(row);
    } else {
        end_row(row, first, end);
        row->fault =
            row->length > HEDUI_CSV_ROW ? HEDUI_REASON_row_too_long : HEDUI_REASON_csv_quote;
    }
    return HEDUI_CSV_GOT;
}

/* Whether a row with quotes ends at its first line end `stop`, and nothing is wrong with it, as
 * with nearly all: told without going through the grammar. `row` is then set but for `quotes`. */
static int is_usual(hedui_csv_row *row, const hedui_csv_format *format, const char *stop,
                    const char *end)
{
    hedui_csv_row found = *row;
    if (format->multi_byte || (size_t)(stop - row->at) > HEDUI_CSV_ROW)
        return 0;
    end_row(&found, stop, end);
    if (!hedui_csv_line_split_quoted(NULL, (hedui_span){found.at, found.length}, format->delimiter))
        return 0;
    *row = found;
    return 1;
}

hedui_csv_step hedui_csv_next(hedui_csv_row *row, const hedui_csv_format *format, hedui_span text,
                              int ended)
{
    if (!text.length)
        return ended ? HEDUI_CSV_END : HEDUI_CSV_MORE;
    hedui_csv_line line = hedui_csv_line_find(text, format->cr_ends);
    const char *end = text.at + text.length, *stop = line.end;
    if (!stop && !ended)
        return text.length > HEDUI_CSV_ROW + 2 ? HEDUI_CSV_ENDLESS : HEDUI_CSV_MORE;
    if (!stop)
        stop = end;
    hedui_csv_row found = {.at = text.at, .fault = HEDUI_CSV_SOUND};
    hedui_csv_step step = HEDUI_CSV_GOT;
    if (line.quotes && line.end && !line.controls && is_usual(&found, format, stop, end)) {
        found.quotes = 1;
    } else if (line.quotes && (size_t)(stop - text.at) <= HEDUI_CSV_ROW) {
        step = next_quoted(&found, format, end, stop, ended);
    } else {
        end_row(&found, stop, end);
        if (found.length > HEDUI_CSV_ROW)
            found.fault = HEDUI_REASON_row_too_long;
        else if (line.controls)
            found.fault = HEDUI_REASON_control_char;
    }
    if (step == HEDUI_CSV_GOT)
        *row = found;
    return step;
}

uint32_t hedui_csv_split(hedui_csv_cell *cells, const hedui_csv_row *row,
                         const hedui_csv_format *format)
{
    if (!row->quotes && !format->multi_byte)
        return hedui_csv_line_split(cells, (hedui_span){row->at, row->length}, format->delimiter);
    uint32_t usual = 0;
    if (!format->multi_byte)
        usual = hedui_csv_line_split_quoted(cells, (hedui_span){row->at, row->length},
                                            format->delimiter);
    if (usual)
        return usual;
    cursor c = {row->at, row->at + row->length, format, 1, 1};
    for (uint32_t count = 0; count < HEDUI_CSV_FIELDS; count++) {
        const char *start = c.at;
        int quoted = c.at < c.end && *c.at == '"';
        piece got = field(&c);
        hedui_csv_cell cell = {start, (uint32_t)(c.at - start), 0};
        if (quoted && (got == FIELD_END || got == ROW_END)) {
            cell.at++;
            cell.length -= 2;
            cell.doubled = memchr(cell.at, '"', cell.length) != NULL;
        }
        cells[count] = cell;
        if (got != FIELD_END)
            return count + 1;
        c.at++;
    }
    return HEDUI_CSV_FIELDS + 1;
}

hedui_span hedui_csv_text(hedui_csv_cell cell, hedui_buffer *scratch)
{
    hedui_span text = {cell.at, cell.length};
    if (!cell.doubled)
        return text;
    size_t start = scratch->length;
    while (text.length) {
        const char *quote = memchr(text.at, '"', text.length);
        size_t part = quote ? (size_t)(quote - text.at) + 1 : text.length;
        hedui_buffer_add(scratch, (hedui_span){text.at, part});
        part += quote != NULL;
        text.at += part;
        text.length -= part;
    }
    if (hedui_buffer_failed(scratch) || scratch->length == start)
        return (hedui_span){"", 0};
    return (hedui_span){scratch->data + start, scratch->length - start};
}

int hedui_csv_has_control(hedui_span text, int lines)
{
    unsigned char bad = 0; /* without branches: the compiler makes vectors of it */
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bad |= (unsigned char)(((c < 0x20) & (c != '\t')) | (c == 0x7F));
    }
    if (!bad || !lines)
        return bad;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (((c < 0x20) & (c != '\t') & (c != '\n') & (c != '\r')) | (c == 0x7F))
            return 1;
    }
    return 0;
}
