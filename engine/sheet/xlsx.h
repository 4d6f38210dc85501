/** @file
 * The read side of a workbook (.xlsx): its sheets, and the cells of one as a stream of rows.
 *
 * What a cell gives is what its sheet shows, never more: a number has the 15 digits that a
 * spreadsheet keeps, a date is one where the cell has a date's format, a formula has the result
 * that was stored with it. Whether that will do is for the caller to say.
 *
 * Memory: the table of shared texts, bounded by `shared_bytes`, and one row; not the size of the
 * sheet.
 *
 * Source: ECMA-376 part 1 (SpreadsheetML): 18.3 worksheets, 18.4 shared strings, 18.8 styles;
 * formats 27 to 36 and 50 to 58 as Chinese versions have them.
 */
#ifndef HEDUI_SHEET_XLSX_H
#define HEDUI_SHEET_XLSX_H

#include "sheet/zip.h"

enum {
    HEDUI_XLSX_SHEETS = 256,
    HEDUI_XLSX_COLUMNS = 512,         /**< a cell with content further right is refused */
    HEDUI_XLSX_CELL = 32767 * 4,      /**< bytes of one cell: the format's limit of characters */
    HEDUI_XLSX_ROW = 1 << 20,         /**< bytes of one row */
    HEDUI_XLSX_SHARED = 256 * 1048576 /**< bytes of the shared texts, with 4 for each */
};

typedef struct hedui_xlsx hedui_xlsx;

typedef struct hedui_xlsx_sheet {
    hedui_span name;
    int hidden;
} hedui_xlsx_sheet;

typedef enum hedui_xlsx_kind {
    HEDUI_XLSX_TEXT,
    HEDUI_XLSX_NUMBER,
    HEDUI_XLSX_DATE, /**< YYYY-MM-DD, a time of day behind it where there is one */
    HEDUI_XLSX_FLAG, /**< TRUE or FALSE */
    HEDUI_XLSX_ERROR /**< #N/A, #REF! … */
} hedui_xlsx_kind;

typedef struct hedui_xlsx_cell {
    uint32_t column; /**< from 0 */
    hedui_xlsx_kind kind;
    hedui_span text; /**< UTF-8, as the sheet shows it; empty only with `pending` */
    uint8_t inexact; /**< a number of more digits than a spreadsheet keeps: written as 6.59E+17,
                          which no reader takes for the number it was */
    uint8_t pending; /**< a formula without a stored result */
} hedui_xlsx_cell;

typedef struct hedui_xlsx_row {
    uint32_t number;              /**< as the sheet counts, from 1 */
    int hidden;                   /**< by hand or by a filter */
    const hedui_xlsx_cell *cells; /**< those with content, from left to right */
    uint32_t count;               /**< at least 1 */
} hedui_xlsx_row;

/** Cells joined into one; columns from 0, rows from 1, both ends included. */
typedef struct hedui_xlsx_range {
    uint32_t first_column, first_row, last_column, last_row;
} hedui_xlsx_range;

/** Takes what a sheet holds: rows with content in ascending order, then what is merged. Another
 * status than HEDUI_OK ends the reading and is given back. Everything is borrowed for the call. */
typedef struct hedui_xlsx_sink {
    hedui_status (*row)(void *context, const hedui_xlsx_row *row, hedui_err *err);
    hedui_status (*merged)(void *context, const hedui_xlsx_range *range, hedui_err *err);
    void *context;
} hedui_xlsx_sink;

/**
 * Open a workbook.
 *
 * @param xlsx          Set on success; in `arena`, to be closed before the arena is.
 * @param zip           The workbook's archive; must outlive it.
 * @param name          For errors; borrowed.
 * @param shared_bytes  0: HEDUI_XLSX_SHARED.
 * @return HEDUI_E2204 (macros), E2205 (.xlsb), E2216, E2217, E2218 (damaged), E2238, E22xx of
 *         zip.h.
 */
hedui_status hedui_xlsx_open(hedui_xlsx **xlsx, hedui_zip *zip, const char *name,
                             size_t shared_bytes, hedui_arena *arena, hedui_err *err);

/** NULL is accepted. */
void hedui_xlsx_close(hedui_xlsx *xlsx);

/** All sheets, in the order of their tabs; those that hold no cells (charts) too. */
const hedui_xlsx_sheet *hedui_xlsx_sheets(const hedui_xlsx *xlsx, uint32_t *count);

/** Whether a sheet has no content. @param empty  Set on success. @return as hedui_xlsx_read. */
hedui_status hedui_xlsx_is_empty(int *empty, hedui_xlsx *xlsx, uint32_t sheet, hedui_err *err);

/**
 * Read a sheet from top to bottom.
 *
 * @return HEDUI_E2216 to E2220 for a damaged or oversized workbook, E22xx of zip.h, what the sink
 *         gave.
 */
hedui_status hedui_xlsx_read(hedui_xlsx *xlsx, uint32_t sheet, const hedui_xlsx_sink *sink,
                             hedui_err *err);

#endif
