/* The line is noted when it is taken; what came of it is known only at the end, when every waiting
 * row was dealt with, and is looked up there by its offset. */
#include "feed/watch.h"

#include "feed/scan.h"

#include "value/cell.h"

static hedui_span keep(hedui_watch *watch, hedui_span text)
{
    hedui_span kept = hedui_arena_copy(watch->arena, text);
    watch->failed |= kept.at == NULL;
    return kept.at ? kept : (hedui_span){"", 0};
}

static hedui_span raw_text(hedui_scan *scan, hedui_csv_cell cell)
{
    hedui_span bytes = hedui_csv_text(cell, &scan->reader.unquoted);
    return keep(scan->watch,
                hedui_converter_lenient(&scan->reader.converter, bytes, &scan->reader.scratch));
}

static uint32_t column_of(const hedui_scan *scan, uint32_t cell)
{
    for (uint32_t c = 0; c < scan->layout->column_count; c++)
        if (scan->header.cell_of[c] == cell)
            return c;
    return HEDUI_COLUMN_NONE;
}

static hedui_decoded decoded_of(hedui_scan *scan, uint32_t column, uint32_t cell)
{
    hedui_decoded decoded = {HEDUI_CELL_BAD, 0, {"", 0}, HEDUI_REASON_encoding};
    hedui_span text;
    for (uint32_t i = 0; i < scan->layout->person_count; i++)
        if (scan->layout->persons[i].id_column == column &&
            hedui_reader_person(&scan->reader, i).kind == HEDUI_PERSON_OTHER)
            return (hedui_decoded){HEDUI_CELL_OTHER_DOCUMENT, 0, {"", 0}, HEDUI_DECODED};
    if (!hedui_reader_text(&text, &scan->reader, cell))
        return decoded;
    decoded = hedui_decode(&scan->layout->columns[column], text, scan->reader.row_arena);
    decoded.text = keep(scan->watch, decoded.text.at ? decoded.text : hedui_span_of(""));
    return decoded;
}

static void note_cells(hedui_scan *scan, const hedui_csv_row *row)
{
    hedui_watch *watch = scan->watch;
    uint32_t count = hedui_csv_split(scan->reader.cells, row, &scan->reader.format), extra = 0;
    if (count > HEDUI_CSV_FIELDS)
        count = HEDUI_CSV_FIELDS;
    watch->cells = hedui_arena_array(watch->arena, count, sizeof *watch->cells);
    if (!watch->cells) {
        watch->failed = 1;
        return;
    }
    watch->cell_count = count;
    for (uint32_t i = 0; i < count; i++) {
        hedui_watch_cell *cell = &watch->cells[i];
        cell->column = column_of(scan, i);
        cell->raw = raw_text(scan, scan->reader.cells[i]);
        cell->header = hedui_span_of("");
        if (cell->column != HEDUI_COLUMN_NONE) {
            cell->header = scan->layout->columns[cell->column].title;
            cell->decoded = decoded_of(scan, cell->column, i);
        } else if (i < scan->header.cells && extra < scan->header.extra_count) {
            cell->header = keep(watch, scan->header.extra[extra++]);
        }
    }
}

static void note_line(hedui_scan *scan, const hedui_csv_row *row)
{
    hedui_watch *watch = scan->watch;
    enum { ENOUGH = 4096 };
    hedui_span bytes = {row->at, row->length < ENOUGH ? row->length : ENOUGH};
    watch->cells = hedui_arena_array(watch->arena, 1, sizeof *watch->cells);
    if (!watch->cells) {
        watch->failed = 1;
        return;
    }
    watch->cell_count = 1;
    watch->cells[0] = (hedui_watch_cell){
        .column = HEDUI_COLUMN_NONE,
        .header = {"", 0},
        .raw = keep(
            watch, hedui_converter_lenient(&scan->reader.converter, bytes, &scan->reader.scratch))};
}

void hedui_watch_row(hedui_scan *scan, const hedui_csv_row *row, const hedui_ledger *before,
                     uint32_t footers_before)
{
    hedui_watch *watch = scan->watch;
    uint32_t lines = row->lines ? row->lines : 1;
    if (watch->line < scan->block.line || watch->line - scan->block.line >= lines)
        return;
    watch->first = scan->block.line;
    watch->lines = lines;
    watch->offset = scan->block.offset;
    watch->length = row->length;
    if (scan->ledger.blank_lines > before->blank_lines)
        watch->kind = HEDUI_LINE_BLANK;
    else if (scan->ledger.title_lines > before->title_lines)
        watch->kind = HEDUI_LINE_TITLE;
    else if (scan->ledger.header_lines > before->header_lines)
        watch->kind = HEDUI_LINE_HEADER;
    else if (!scan->header_found)
        watch->kind = HEDUI_LINE_TITLE; /* the line at which the search for a header was given up */
    else if (scan->footer_count > footers_before)
        watch->kind = HEDUI_LINE_FOOTER;
    else if (scan->ledger.other_document > before->other_document)
        watch->kind = HEDUI_LINE_OTHER_DOCUMENT;
    else
        watch->kind = HEDUI_LINE_READ;
    int is_row = watch->kind == HEDUI_LINE_READ || watch->kind == HEDUI_LINE_OTHER_DOCUMENT;
    if (is_row && row->fault == HEDUI_CSV_SOUND)
        note_cells(scan, row);
    else
        note_line(scan, row);
    hedui_arena_reset(scan->reader.row_arena, scan->reader.row_start);
}

void hedui_watch_double(hedui_scan *scan, uint64_t offset)
{
    hedui_watch *watch = scan->watch;
    if (watch->kind == HEDUI_LINE_READ && watch->offset == offset)
        watch->kind = HEDUI_LINE_DUPLICATE;
}

void hedui_watch_endless(hedui_scan *scan)
{
    hedui_watch *watch = scan->watch;
    if (watch->line != scan->block.line)
        return;
    watch->kind = HEDUI_LINE_READ;
    watch->first = scan->block.line;
    watch->lines = 1;
    watch->offset = scan->block.offset;
}
