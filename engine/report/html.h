/** @file
 * Pieces of HTML: everything that comes from data is escaped here.
 */
#ifndef HEDUI_REPORT_HTML_H
#define HEDUI_REPORT_HTML_H

#include <hedui/buffer.h>
#include <hedui/digest.h>
#include <hedui/span.h>

/** 12,408; a dash for what is not known (INT64_MIN). */
void hedui_report_html_number(hedui_buffer *out, int64_t number);

/** 2014-06-30; 未知 for what is not known (INT32_MIN). */
void hedui_report_html_date(hedui_buffer *out, int32_t day);

/** All 64 digits, which may break anywhere. */
void hedui_report_html_digest(hedui_buffer *out, const hedui_digest *digest);

/** One cell of a table. */
void hedui_report_html_cell(hedui_buffer *out, hedui_span text);
void hedui_report_html_cell_number(hedui_buffer *out, int64_t number);

#endif
