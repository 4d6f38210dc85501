/* The cells of one sheet, row by row. A row is gathered, then handed on; only the shared texts
 * stay.
 *
 * Invariant of `rows`: spans of cells point into `text` by offset until the row is complete,
 * because the buffer moves as it grows. */
#include "sheet/xlsx_part.h"

#include "sheet/xlsx_number.h"

typedef enum content { NOTHING, VALUE, INLINE, PHONETIC } content;

typedef struct rows {
    hedui_xlsx *xlsx;
    const hedui_xlsx_sink *sink;
    hedui_xlsx_cell cells[HEDUI_XLSX_COLUMNS];
    size_t starts[HEDUI_XLSX_COLUMNS];
    hedui_xlsx_row row;
    hedui_buffer text;  /* of the row's cells */
    hedui_buffer value; /* of the cell being read */
    char type[12];
    uint32_t column, style; /* `column`: of the cell being read */
    int64_t last_column;    /* -1: none yet */
    uint8_t has_value, has_formula, hidden_default;
    content inside;
} rows;

static hedui_status broken(const rows *r, const char *why, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E2217, hedui_place_none(), HEDUI_ARG_TEXT(r->xlsx->name),
                      HEDUI_ARG_TEXT("sheetData"), HEDUI_ARG_NUMBER(r->row.number),
                      HEDUI_ARG_TEXT(why));
}

static hedui_status too_long(const rows *r, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E2220, hedui_place_none(), HEDUI_ARG_TEXT(r->xlsx->name),
                      HEDUI_ARG_NUMBER(r->row.number));
}

/* "BC17": column 54 (from 0), row 17. @return what stands behind it, or NULL. */
static const char *read_place(uint32_t *column, uint32_t *row, const char *text)
{
    enum { MOST = 16384 };
    uint64_t c = 0, n = 0;
    if (*text == '$')
        text++;
    for (; *text >= 'A' && *text <= 'Z' && c <= MOST; text++)
        c = c * 26 + (uint64_t)(*text - 'A') + 1;
    if (*text == '$')
        text++;
    for (; *text >= '0' && *text <= '9' && n <= UINT32_MAX; text++)
        n = n * 10 + (uint64_t)(*text - '0');
    if (!c || c > MOST || !n || n > UINT32_MAX)
        return NULL;
    *column = (uint32_t)c - 1;
    *row = (uint32_t)n;
    return text;
}

static hedui_status start_row(rows *r, const char *const *attributes, hedui_err *err)
{
    const char *number = hedui_xml_attribute(attributes, "r");
    const char *hidden = hedui_xml_attribute(attributes, "hidden");
    uint32_t last = r->row.number, given = 0;
    r->row.number++;
    if (number && (!hedui_xlsx_index(&given, number) || given <= last))
        return broken(r, "rows out of order", err);
    if (number)
        r->row.number = given;
    r->row.hidden = hidden ? hedui_xml_is_true(hidden) : r->hidden_default;
    r->row.count = 0;
    r->last_column = -1;
    hedui_buffer_clear(&r->text);
    return HEDUI_OK;
}

static hedui_status start_cell(rows *r, const char *const *attributes, hedui_err *err)
{
    const char *place = hedui_xml_attribute(attributes, "r");
    const char *type = hedui_xml_attribute(attributes, "t");
    uint32_t row = 0;
    r->column = (uint32_t)(r->last_column + 1);
    if (place) {
        const char *end = read_place(&r->column, &row, place);
        if (!end || *end || (int64_t)r->column <= r->last_column || row != r->row.number)
            return broken(r, "cells out of order", err);
    }
    r->last_column = r->column;
    r->style = 0;
    (void)hedui_xlsx_index(&r->style, hedui_xml_attribute(attributes, "s"));
    size_t length = type ? strlen(type) : 0;
    if (length >= sizeof r->type)
        return broken(r, "unknown type of cell", err);
    memcpy(r->type, type ? type : "", length);
    r->type[length] = '\0';
    r->has_value = r->has_formula = 0;
    hedui_buffer_clear(&r->value);
    return HEDUI_OK;
}

static hedui_status merge(rows *r, const char *const *attributes, hedui_err *err)
{
    hedui_xlsx_range range;
    const char *place = hedui_xml_attribute(attributes, "ref");
    if (place)
        place = read_place(&range.first_column, &range.first_row, place);
    if (place && *place == ':')
        place = read_place(&range.last_column, &range.last_row, place + 1);
    else
        place = NULL;
    if (!place || *place)
        return broken(r, "mergeCell", err);
    return r->sink->merged ? r->sink->merged(r->sink->context, &range, err) : HEDUI_OK;
}

static hedui_status rows_start(void *context, const char *name, const char *const *attributes,
                               hedui_err *err)
{
    rows *r = context;
    if (strcmp(name, "row") == 0)
        return start_row(r, attributes, err);
    if (strcmp(name, "c") == 0)
        return start_cell(r, attributes, err);
    if (strcmp(name, "mergeCell") == 0)
        return merge(r, attributes, err);
    if (strcmp(name, "v") == 0) {
        r->inside = VALUE;
        r->has_value = 1;
    } else if (strcmp(name, "t") == 0 && r->inside != PHONETIC) {
        r->inside = INLINE;
    } else if (strcmp(name, "rPh") == 0) {
        r->inside = PHONETIC;
    } else if (strcmp(name, "f") == 0) {
        r->has_formula = 1;
    } else if (strcmp(name, "sheetFormatPr") == 0) {
        r->hidden_default =
            (uint8_t)hedui_xml_is_true(hedui_xml_attribute(attributes, "zeroHeight"));
    }
    return HEDUI_OK;
}

static hedui_status rows_text(void *context, hedui_span text, hedui_err *err)
{
    rows *r = context;
    int wanted = r->inside == VALUE || r->inside == INLINE;
    if (!wanted)
        return HEDUI_OK;
    hedui_buffer_add(&r->value, text);
    if (hedui_buffer_failed(&r->value))
        return hedui_fail_memory(err);
    return r->value.length > HEDUI_XLSX_CELL ? too_long(r, err) : HEDUI_OK;
}

/* A number by its style; `cell` gets its kind, the text goes to the row. */
static hedui_status add_number(rows *r, hedui_xlsx_cell *cell, hedui_err *err)
{
    char text[HEDUI_XLSX_NUMBER_TEXT];
    hedui_span value = hedui_buffer_span(&r->value);
    unsigned format =
        r->style < r->xlsx->format_count ? r->xlsx->formats[r->style] : HEDUI_XLSX_PLAIN;
    cell->kind = format == HEDUI_XLSX_DAYS ? HEDUI_XLSX_DATE : HEDUI_XLSX_NUMBER;
    if (format == HEDUI_XLSX_DAYS) {
        if (!hedui_xlsx_date(text, value, r->xlsx->since_1904))
            return broken(r, "not a number", err);
    } else {
        unsigned zeros = format >= HEDUI_XLSX_ZEROS ? format - HEDUI_XLSX_ZEROS : 0;
        hedui_xlsx_form form = hedui_xlsx_number(text, value, zeros);
        if (form == HEDUI_XLSX_BROKEN)
            return broken(r, "not a number", err);
        cell->inexact = form == HEDUI_XLSX_INEXACT;
    }
    hedui_buffer_text(&r->text, text);
    return HEDUI_OK;
}

/* The text of a cell by its type, appended to the row's. */
static hedui_status add_content(rows *r, hedui_xlsx_cell *cell, hedui_err *err)
{
    hedui_span value = hedui_buffer_span(&r->value);
    const char *type = r->type;
    size_t start = r->text.length;
    uint32_t index = 0;
    if (!value.length) /* whatever the type: nothing is shown */
        return HEDUI_OK;
    if (!*type || strcmp(type, "n") == 0)
        return add_number(r, cell, err);
    if (strcmp(type, "s") == 0) {
        if (!hedui_xlsx_index(&index, value.at) || !hedui_xlsx_shared(&value, r->xlsx, index))
            return broken(r, "no such shared text", err);
        hedui_buffer_add(&r->text, value);
    } else if (strcmp(type, "inlineStr") == 0 || strcmp(type, "str") == 0) {
        hedui_buffer_add(&r->text, value);
        hedui_xlsx_unescape(&r->text, start);
    } else if (strcmp(type, "b") == 0) {
        cell->kind = HEDUI_XLSX_FLAG;
        hedui_buffer_text(&r->text, hedui_xml_is_true(value.at) ? "TRUE" : "FALSE");
    } else if (strcmp(type, "e") == 0) {
        cell->kind = HEDUI_XLSX_ERROR;
        hedui_buffer_add(&r->text, value);
    } else if (strcmp(type, "d") == 0) {
        cell->kind = HEDUI_XLSX_DATE;
        hedui_buffer_add(&r->text, value);
    } else {
        return broken(r, "unknown type of cell", err);
    }
    return HEDUI_OK;
}

static hedui_status end_cell(rows *r, hedui_err *err)
{
    hedui_xlsx_cell cell = {.column = r->column, .kind = HEDUI_XLSX_TEXT};
    size_t start = r->text.length;
    hedui_status status = add_content(r, &cell, err);
    if (status != HEDUI_OK)
        return status;
    if (hedui_buffer_failed(&r->text))
        return hedui_fail_memory(err);
    cell.text.length = r->text.length - start;
    cell.pending = r->has_formula && !r->has_value && !cell.text.length;
    if (!cell.text.length && !cell.pending)
        return HEDUI_OK;
    if (r->column >= HEDUI_XLSX_COLUMNS || r->text.length > HEDUI_XLSX_ROW)
        return too_long(r, err);
    r->starts[r->row.count] = start;
    r->cells[r->row.count++] = cell;
    return HEDUI_OK;
}

static hedui_status end_row(rows *r, hedui_err *err)
{
    if (!r->row.count)
        return HEDUI_OK;
    for (uint32_t i = 0; i < r->row.count; i++)
        r->cells[i].text.at = hedui_buffer_span(&r->text).at + r->starts[i];
    r->row.cells = r->cells;
    return r->sink->row(r->sink->context, &r->row, err);
}

static hedui_status rows_end(void *context, const char *name, hedui_err *err)
{
    rows *r = context;
    if (strcmp(name, "c") == 0)
        return end_cell(r, err);
    if (strcmp(name, "row") == 0)
        return end_row(r, err);
    if (strcmp(name, "v") == 0 || strcmp(name, "rPh") == 0 ||
        (strcmp(name, "t") == 0 && r->inside == INLINE))
        r->inside = NOTHING;
    return HEDUI_OK;
}

hedui_status hedui_xlsx_read(hedui_xlsx *xlsx, uint32_t sheet, const hedui_xlsx_sink *sink,
                             hedui_err *err)
{
    const hedui_zip_entry *part = NULL;
    if (!xlsx->sheet_parts[sheet].length) /* a chart */
        return HEDUI_OK;
    hedui_arena *arena = hedui_arena_open(0);
    rows *r = arena ? hedui_arena_take(arena, sizeof *r) : NULL;
    hedui_status status = r ? hedui_xlsx_read_shared(xlsx, err) : hedui_fail_memory(err);
    if (status == HEDUI_OK)
        status = hedui_xlsx_part(&part, xlsx, xlsx->sheet_parts[sheet], err);
    if (status == HEDUI_OK) {
        hedui_xml_reader reader = {rows_start, rows_end, rows_text, r};
        r->xlsx = xlsx;
        r->sink = sink;
        status = hedui_xml_read(&reader, xlsx->zip, part, xlsx->name, err);
    }
    if (r) {
        hedui_buffer_free(&r->text);
        hedui_buffer_free(&r->value);
    }
    hedui_arena_close(arena);
    return status;
}
