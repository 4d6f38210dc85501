/** @file
 * A view as a CSV file.
 */
#ifndef HEDUI_REPORT_CSV_H
#define HEDUI_REPORT_CSV_H

#include <hedui/report.h>

/**
 * The same as hedui_report_csv in a file, which is replaced whole. It is written as the rows come:
 * no list is ever whole in memory.
 *
 * @return HEDUI_E1004, and those of hedui_report_csv; the file at `path` is then as it was.
 */
hedui_status hedui_report_csv_file(const char *path, hedui_store *store, const char *view,
                                   hedui_span run, hedui_err *err);

#endif
