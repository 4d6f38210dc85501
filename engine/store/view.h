/** @file
 * Views that are made for people: one .sql file each under views/, with its title and columns in
 * its head, as a table of typed cells.
 */
#ifndef HEDUI_STORE_VIEW_H
#define HEDUI_STORE_VIEW_H

#include "sheet/sheet.h"
#include "store/store.h"

typedef struct hedui_store_view {
    hedui_span title;
    const hedui_sheet_column *columns;
    uint32_t column_count;
    sqlite3_stmt *statement;
    struct hedui_walk *walk; /**< NULL: the statement's rows are the view's */
    const char *name;
    hedui_store *store;
    hedui_status status; /**< what ended it */
} hedui_store_view;

/**
 * Open a view of a run.
 *
 * @param view  Filled; the caller closes it. Texts of columns live in `arena`.
 * @param name  File name without folder and ending, e.g. "flags". HEDUI_E5024 if there is none.
 * @param run   Empty: the latest run.
 */
hedui_status hedui_store_view_open(hedui_store_view *view, hedui_store *store, const char *name,
                                   hedui_span run, hedui_arena *arena, hedui_err *err);

/** Only rows of the town with this code, which is empty for households of unknown areas; before the
 * first row, for views that ask for it. Without this call: all towns. */
hedui_status hedui_store_view_town(hedui_store_view *view, hedui_span town, hedui_err *err);

/** Only these households, whatever their town: a JSON array of their ids, borrowed until the view
 * is closed; before the first row, for views that ask for it. */
hedui_status hedui_store_view_households(hedui_store_view *view, hedui_span ids, hedui_err *err);

/** The next row into `cells` (column_count of them); texts are borrowed until the next call.
 * @return 1 with a row; 0 at the end or on failure: see view->status. */
int hedui_store_view_row(hedui_sheet_cell *cells, hedui_store_view *view, hedui_err *err);

void hedui_store_view_close(hedui_store_view *view);

/** Name of the view at `index`, from 0, in byte order; NULL past the end. Lives in the program. */
const char *hedui_store_view_path(uint32_t index);

#endif
