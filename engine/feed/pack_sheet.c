/* A sheet becomes lines as its cells show themselves, line n from row n unless a cell holds a line
 * end. What would pass for a value that it is not, refuses the table; what the ledger rejects by
 * itself goes along, so that it is counted and kept like any bad row.
 *
 * Rows end at the header's width, because a sheet has no notion of where a row ends. */
#include "feed/pack.h"

#include "feed/header.h"
#include "sheet/xlsx.h"
#include "value/cell.h"

#include <hedui/citizen_id.h>

#include <stdio.h>

enum { MERGED_KEPT = 4096 };

typedef struct sheet_writer {
    hedui_pack *pack;
    hedui_pack_item *item;
    hedui_pack_gzip gzip;
    hedui_buffer line;
    uint32_t written;     /* lines so far: the row that comes next is at least this + 1 */
    uint32_t header_row;  /* 0: not found yet */
    uint32_t footer_from; /* first of the rows at the end that are footers, or 0 */
    uint32_t width;
    uint32_t column_of[HEDUI_XLSX_COLUMNS]; /* by sheet column, or HEDUI_COLUMN_NONE */
    hedui_span cells[HEDUI_XLSX_COLUMNS];   /* of the row, gaps included */
    hedui_xlsx_range merged[MERGED_KEPT];
    uint32_t merged_count;
} sheet_writer;

static void cell_name(char out[16], uint32_t column, uint32_t row)
{
    char letters[4];
    int used = 0, at = 0;
    for (uint32_t c = column + 1; c && used < 3; c = (c - 1) / 26)
        letters[used++] = (char)('A' + (c - 1) % 26);
    while (used)
        out[at++] = letters[--used];
    (void)snprintf(out + at, 16 - (size_t)at, "%u", row);
}

static hedui_status fault(sheet_writer *w, hedui_pack_fault kind, const hedui_xlsx_row *row,
                          const hedui_xlsx_cell *cell, const hedui_column *column, hedui_err *err)
{
    char place[16];
    cell_name(place, cell->column, row->number);
    return hedui_pack_fault_add(w->pack, w->item, kind, row->number, place, column, cell->text,
                                err);
}

static int is_scientific(hedui_span text)
{
    text = hedui_trim(text);
    const char *e = memchr(text.at, 'E', text.length);
    e = e ? e : memchr(text.at, 'e', text.length);
    return e && e > text.at && e + 1 < text.at + text.length && (e[1] == '+' || e[1] == '-');
}

/* A citizen number that is none any more; its row is kept and rejected. */
static hedui_status check_number(sheet_writer *w, const hedui_xlsx_row *row,
                                 const hedui_xlsx_cell *cell, const hedui_column *column,
                                 hedui_err *err)
{
    hedui_citizen_id id;
    if (cell->inexact)
        return fault(w, HEDUI_PACK_FAULT_number_destroyed, row, cell, column, err);
    hedui_citizen_id_form form = hedui_citizen_id_parse(&id, cell->text);
    if (form == HEDUI_CITIZEN_ID_MASKED)
        return fault(w, HEDUI_PACK_FAULT_number_masked, row, cell, column, err);
    if (form == HEDUI_CITIZEN_ID_FORMAT && is_scientific(cell->text))
        return fault(w, HEDUI_PACK_FAULT_number_scientific, row, cell, column, err);
    return HEDUI_OK;
}

static hedui_status check_cell(sheet_writer *w, const hedui_xlsx_row *row,
                               const hedui_xlsx_cell *cell, hedui_err *err)
{
    uint32_t index = w->column_of[cell->column];
    if (index == HEDUI_COLUMN_NONE) /* nobody reads it */
        return HEDUI_OK;
    const hedui_column *column = &w->item->layout->columns[index];
    if (cell->pending)
        return fault(w, HEDUI_PACK_FAULT_formula_pending, row, cell, column, err);
    if (cell->kind == HEDUI_XLSX_ERROR)
        return fault(w, HEDUI_PACK_FAULT_error_cell, row, cell, column, err);
    if (column->type == HEDUI_COLUMN_CITIZEN_ID)
        return check_number(w, row, cell, column, err);
    /* any text is a good text: nothing behind would see that digits are gone */
    if (cell->inexact && (column->type == HEDUI_COLUMN_TEXT || column->type == HEDUI_COLUMN_NAME))
        return fault(w, HEDUI_PACK_FAULT_text_destroyed, row, cell, column, err);
    return HEDUI_OK;
}

/* Rows above the header are titles; the first that names columns of the layout is the header. */
static void look_for_header(sheet_writer *w, const hedui_xlsx_row *row, uint32_t width)
{
    const hedui_layout *layout = w->item->layout;
    if (hedui_header_known(layout, w->cells, width) < hedui_header_enough(layout))
        return;
    w->header_row = row->number;
    while (width && !hedui_trim(w->cells[width - 1]).length)
        width--;
    w->width = width;
    for (uint32_t c = 0; c < HEDUI_XLSX_COLUMNS; c++)
        w->column_of[c] = c < width ? hedui_header_column(layout, w->cells[c]) : HEDUI_COLUMN_NONE;
}

static int is_footer(const sheet_writer *w, const hedui_xlsx_row *row)
{
    const hedui_layout *layout = w->item->layout;
    hedui_span text = hedui_trim(row->cells[0].text);
    for (uint32_t i = 0; i < layout->footer_count; i++)
        if (text.length >= layout->footers[i].length &&
            memcmp(text.at, layout->footers[i].at, layout->footers[i].length) == 0)
            return 1;
    return 0;
}

static hedui_status check_row(sheet_writer *w, const hedui_xlsx_row *row, hedui_err *err)
{
    char place[16];
    hedui_status status = HEDUI_OK;
    if (!is_footer(w, row))
        w->footer_from = 0;
    else if (!w->footer_from)
        w->footer_from = row->number;
    (void)snprintf(place, sizeof place, "%u", row->number);
    if (row->hidden)
        status = hedui_pack_fault_add(w->pack, w->item, HEDUI_PACK_FAULT_hidden_row, row->number,
                                      place, NULL, (hedui_span){"", 0}, err);
    for (uint32_t i = 0;
         i < row->count && status == HEDUI_OK && w->header_row && row->number > w->header_row; i++)
        status = check_cell(w, row, &row->cells[i], err);
    return status;
}

static void put_cell(hedui_buffer *line, hedui_span text, char delimiter)
{
    int quote = 0;
    for (size_t i = 0; i < text.length && !quote; i++)
        quote = text.at[i] == delimiter || text.at[i] == '"' || text.at[i] == '\n' ||
                text.at[i] == '\r';
    if (!quote) {
        hedui_buffer_add(line, text);
        return;
    }
    hedui_buffer_byte(line, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"')
            hedui_buffer_byte(line, '"');
        hedui_buffer_byte(line, text.at[i]);
    }
    hedui_buffer_byte(line, '"');
}

static hedui_status write_line(sheet_writer *w, const hedui_xlsx_row *row, uint32_t width,
                               hedui_err *err)
{
    char delimiter = w->item->layout->delimiter;
    hedui_buffer_clear(&w->line);
    for (w->written++; w->written < row->number; w->written++)
        hedui_buffer_byte(&w->line, '\n');
    if (width < w->width)
        width = w->width;
    for (uint32_t c = 0; c < width; c++) {
        if (c)
            hedui_buffer_byte(&w->line, delimiter);
        put_cell(&w->line, w->cells[c], delimiter);
    }
    hedui_buffer_byte(&w->line, '\n');
    if (hedui_buffer_failed(&w->line))
        return hedui_fail_memory(err);
    return hedui_pack_gzip_text(&w->gzip, hedui_buffer_span(&w->line), err);
}

static hedui_status on_row(void *context, const hedui_xlsx_row *row, hedui_err *err)
{
    sheet_writer *w = context;
    uint32_t width = row->cells[row->count - 1].column + 1;
    for (uint32_t c = 0; c < HEDUI_XLSX_COLUMNS; c++)
        w->cells[c] = (hedui_span){"", 0};
    for (uint32_t i = 0; i < row->count; i++)
        w->cells[row->cells[i].column] = row->cells[i].text;
    if (!w->header_row)
        look_for_header(w, row, width);
    hedui_status status = check_row(w, row, err);
    return status ? status : write_line(w, row, width, err);
}

static hedui_status on_merged(void *context, const hedui_xlsx_range *range, hedui_err *err)
{
    sheet_writer *w = context;
    (void)err;
    if (w->merged_count < MERGED_KEPT)
        w->merged[w->merged_count++] = *range;
    return HEDUI_OK;
}

/* Titles above the header and totals below the data may be merged, and so may empty rows. */
static hedui_status check_merged(sheet_writer *w, hedui_err *err)
{
    char place[40], first[16], last[16];
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < w->merged_count && w->header_row && status == HEDUI_OK; i++) {
        const hedui_xlsx_range *range = &w->merged[i];
        if (range->last_row < w->header_row || range->first_row > w->written ||
            (w->footer_from && range->first_row >= w->footer_from))
            continue;
        cell_name(first, range->first_column, range->first_row);
        cell_name(last, range->last_column, range->last_row);
        (void)snprintf(place, sizeof place, "%s:%s", first, last);
        status = hedui_pack_fault_add(w->pack, w->item, HEDUI_PACK_FAULT_merged_cells,
                                      range->first_row, place, NULL, (hedui_span){"", 0}, err);
    }
    return status;
}

static hedui_span list_sheets(const hedui_xlsx_sheet *sheets, const uint8_t *shown, uint32_t count,
                              hedui_arena *arena)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < count; i++) {
        if (shown && !shown[i])
            continue;
        if (text.length)
            hedui_buffer_text(&text, "、");
        hedui_buffer_add(&text, sheets[i].name);
    }
    hedui_span copy = hedui_buffer_keep(&text, arena);
    return copy;
}

static hedui_status leave_out_sheets(hedui_pack *pack, const char *source,
                                     const hedui_xlsx_sheet *sheets, const uint8_t *full,
                                     uint32_t count, uint32_t chosen, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; i < count && status == HEDUI_OK; i++) {
        hedui_buffer text;
        if (i == chosen || !full[i])
            continue;
        hedui_buffer_init(&text);
        hedui_buffer_format(&text, "%s: ", source);
        hedui_buffer_add(&text, sheets[i].name);
        status = text.data ? hedui_pack_leave_out(pack, text.data, err) : hedui_fail_memory(err);
        hedui_buffer_free(&text);
    }
    return status;
}

/* The sheet to pack: the one asked for, else the only one with content; never one that is hidden.
 */
static hedui_status choose(uint32_t *chosen, hedui_pack *pack, hedui_xlsx *xlsx, const char *source,
                           hedui_err *err)
{
    uint32_t count, full_count = 0, found = UINT32_MAX;
    uint8_t full[HEDUI_XLSX_SHEETS] = {0};
    const hedui_xlsx_sheet *sheets = hedui_xlsx_sheets(xlsx, &count);
    const char *wanted = pack->options->sheet;
    hedui_place none = hedui_place_none();
    for (uint32_t i = 0; i < count; i++) {
        int empty = 0;
        hedui_status status = hedui_xlsx_is_empty(&empty, xlsx, i, err);
        if (status != HEDUI_OK)
            return status;
        full[i] = !empty;
        full_count += !empty;
        if (wanted ? hedui_span_is(sheets[i].name, wanted) : !empty)
            found = i;
    }
    if (wanted && found == UINT32_MAX)
        return hedui_fail(err, HEDUI_E2222, none, HEDUI_ARG_TEXT(source), HEDUI_ARG_TEXT(wanted),
                          HEDUI_ARG_SPAN(list_sheets(sheets, NULL, count, pack->scratch)));
    if (found == UINT32_MAX || !full[found])
        return hedui_fail(err, HEDUI_E2224, none, HEDUI_ARG_TEXT(source));
    if (!wanted && full_count > 1)
        return hedui_fail(err, HEDUI_E2221, none, HEDUI_ARG_TEXT(source),
                          HEDUI_ARG_SPAN(list_sheets(sheets, full, count, pack->scratch)));
    if (sheets[found].hidden)
        return hedui_fail(err, HEDUI_E2223, none, HEDUI_ARG_TEXT(source),
                          HEDUI_ARG_SPAN(sheets[found].name));
    *chosen = found;
    return leave_out_sheets(pack, source, sheets, full, count, found, err);
}

static hedui_status write_sheet(hedui_pack *pack, hedui_pack_item *item, hedui_xlsx *xlsx,
                                uint32_t sheet, const char *source, hedui_err *err)
{
    uint32_t count;
    sheet_writer *w = hedui_arena_take(pack->scratch, sizeof *w);
    if (!w)
        return hedui_fail_memory(err);
    hedui_xlsx_sink sink = {on_row, on_merged, w};
    w->pack = pack;
    w->item = item;
    item->packed->sheet =
        hedui_arena_copy(pack->arena, hedui_xlsx_sheets(xlsx, &count)[sheet].name);
    if (!item->packed->sheet.at)
        return hedui_fail_memory(err);
    hedui_status status = hedui_pack_gzip_open(&w->gzip, item, source, err);
    if (status == HEDUI_OK)
        status = hedui_xlsx_read(xlsx, sheet, &sink, err);
    if (status == HEDUI_OK)
        status = check_merged(w, err);
    if (status == HEDUI_OK)
        status = hedui_pack_gzip_end(&item->digest, &w->gzip, err);
    hedui_pack_gzip_close(&w->gzip);
    hedui_buffer_free(&w->line);
    return status;
}

hedui_status hedui_pack_workbook(hedui_pack *pack, const hedui_pack_table *table, hedui_zip *zip,
                                 hedui_err *err)
{
    hedui_pack_item *item = NULL;
    hedui_xlsx *xlsx = NULL;
    uint32_t sheet = 0;
    hedui_status status =
        hedui_xlsx_open(&xlsx, zip, table->source, pack->options->shared_bytes, pack->arena, err);
    if (status == HEDUI_OK)
        status = choose(&sheet, pack, xlsx, table->source, err);
    if (status == HEDUI_OK)
        status = hedui_pack_begin(&item, pack, table, err);
    if (status == HEDUI_OK && item)
        status = write_sheet(pack, item, xlsx, sheet, table->source, err);
    hedui_xlsx_close(xlsx);
    return status || !item ? status : hedui_pack_finish(pack, item, err);
}
