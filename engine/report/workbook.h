/** @file
 * Workbooks (ECMA-376 .xlsx) that people in offices read, print and fill in: a sheet is a title, a
 * line below it, a table, a note. Written by libxlsxwriter; what is known to go wrong with it and
 * with the programs that open its files is settled here once (see DECISIONS).
 *
 * Equal contents give equal bytes: no clock.
 */
#ifndef HEDUI_REPORT_WORKBOOK_H
#define HEDUI_REPORT_WORKBOOK_H

#include "sheet/sheet.h"

#include <hedui/buffer.h>
#include <hedui/err.h>

/** What stands below a column. */
typedef enum hedui_workbook_sum {
    HEDUI_WORKBOOK_NO_SUM,
    HEDUI_WORKBOOK_SUM,  /**< the numbers added up */
    HEDUI_WORKBOOK_COUNT /**< how many cells have something in them */
} hedui_workbook_sum;

/** A column as it looks on paper. */
typedef struct hedui_workbook_column {
    hedui_span title;
    hedui_sheet_kind kind;
    double width;     /**< in Latin letters of the sheet's type; a Chinese character takes two */
    int fill;         /**< 1: people write here: coloured, never locked; 2: in strong rows only */
    int hidden;       /**< 1: for the way back only */
    const char *list; /**< name of a list to choose from, or NULL; see hedui_workbook_list */
    int sum; /**< one of hedui_workbook_sum: below the table, for the rows a filter leaves */
} hedui_workbook_column;

/** How a sheet is laid out. */
typedef struct hedui_workbook_page {
    const char *name; /**< on its tab; made to fit where a tab cannot hold it */
    hedui_span title; /**< first row, over all columns */
    hedui_span line;  /**< second row: unit, run, days */
    hedui_span note;  /**< below the table */
    const char *foot; /**< left end of the printed foot, e.g. who signs; the right has the page */
    uint32_t frozen;  /**< columns that stay in sight */
    int large;        /**< 1: A3 landscape, else A4 landscape */
    uint32_t printed; /**< columns that go onto paper, from the left; 0: all */
    uint32_t most;    /**< rows that it takes; 0: what a sheet holds */
} hedui_workbook_page;

typedef struct hedui_workbook hedui_workbook;

/** @return NULL without memory. Ended by hedui_workbook_end in every case. */
hedui_workbook *hedui_workbook_begin(hedui_err *err);

/** A list to choose from, kept on a hidden sheet. Texts are borrowed until the end. At most eight
 * lists a workbook. */
void hedui_workbook_list(hedui_workbook *book, const char *name, const char *const *texts,
                         uint32_t count);

/** Begin a sheet; columns and page are borrowed until the sheet's end. */
void hedui_workbook_sheet(hedui_workbook *book, const hedui_workbook_page *page,
                          const hedui_workbook_column *columns, uint32_t count);

/**
 * A row of the table.
 *
 * A text longer than a cell can hold (32,767 characters) is cut and says so in the cell.
 *
 * @param cells   One for each column; those of columns to fill in may be empty.
 * @param strong  1: the first row of a group, drawn with a heavier line above.
 */
void hedui_workbook_row(hedui_workbook *book, const hedui_sheet_cell *cells, int strong);

/** End the sheet: totals, note, filter, print set-up. */
void hedui_workbook_sheet_end(hedui_workbook *book);

/** A hidden sheet of names and values that tells where the file comes from; texts are copied. */
void hedui_workbook_identity(hedui_workbook *book, const char *name, hedui_span value);

/**
 * End the workbook and append its bytes. The handle is gone afterwards.
 *
 * @param out  NULL: throw it away.
 * @return HEDUI_E1001, E7001 for what the library refused; E7002 more rows than a sheet holds.
 */
hedui_status hedui_workbook_end(hedui_buffer *out, hedui_workbook *book, hedui_err *err);

#endif
