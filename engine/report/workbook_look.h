/** @file
 * How the cells of a workbook look: fonts that Chinese offices have, thin borders, colours for what
 * people fill in.
 */
#ifndef HEDUI_REPORT_WORKBOOK_LOOK_H
#define HEDUI_REPORT_WORKBOOK_LOOK_H

#include <xlsxwriter.h>

/** Points of the type in cells. A sheet on A3 is wide and is printed smaller than it is: its type
 * is larger, or nobody could read it on paper. A column is measured in digits of the workbook's
 * first font, Song of 11 points: 8 pixels, a Latin letter of the larger type. */
#define HEDUI_WORKBOOK_TYPE 10.0
#define HEDUI_WORKBOOK_LARGE_TYPE 12.0

/** Formats of one kind of cell, by what is in it. */
typedef struct hedui_workbook_look {
    lxw_format *text, *number, *money, *date;
} hedui_workbook_look;

typedef struct hedui_workbook_looks {
    lxw_format *title, *caption, *caption_fill;
    /** [A3] */
    lxw_format *line[2], *note[2], *total[2], *total_money[2], *total_count[2];
    hedui_workbook_look cells[2][2][2]; /**< [A3][to fill in][heavier line above] */
} hedui_workbook_looks;

/** Make them all; they belong to the workbook. @return 0 without memory. */
int hedui_workbook_looks_make(hedui_workbook_looks *looks, lxw_workbook *file);

/** Add a sheet whose tab is `name` as nearly as a tab can be: 31 characters, some not allowed, none
 * twice. @return NULL without memory. */
lxw_worksheet *hedui_workbook_tab(lxw_workbook *file, const char *name);

#endif
