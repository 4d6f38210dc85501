/** @file
 * Pieces of HTML: everything that comes from data is escaped here.
 */
#ifndef HEDUI_REPORT_HTML_H
#define HEDUI_REPORT_HTML_H

#include "report/data.h"

#include <hedui/buffer.h>
#include <hedui/digest.h>
#include <hedui/span.h>

/** 12,408; a dash for what is not known (INT64_MIN). */
void hedui_report_html_number(hedui_buffer *out, int64_t number);

/** 2014-06-30; 未知 for what is not known (INT32_MIN). */
void hedui_report_html_date(hedui_buffer *out, int32_t day);

/** All 64 digits, which may break anywhere. */
void hedui_report_html_digest(hedui_buffer *out, const hedui_digest *digest);

/** Begin a document for print that needs no other file; end it. @param css  One of the style sheets
 * that the program carries. */
void hedui_report_html_begin(hedui_buffer *out, hedui_span title, const char *css);
void hedui_report_html_end(hedui_buffer *out);

/** Text with its line breaks. */
void hedui_report_html_text(hedui_buffer *out, hedui_span text);

/** 1,245.00; a dash for what is not known (INT64_MIN). */
void hedui_report_html_money(hedui_buffer *out, int64_t fen);

/** Titles of feeds and what is said of all of them: a few stand before the sentence, many behind
 * it, none alone. @param count  How many titles. */
void hedui_report_html_about(hedui_buffer *out, hedui_span titles, size_t count,
                             hedui_span sentence);

/** Parts of the run report: ledgers with remarks and rejects counted; what was not checked; rules;
 * overrides that stood; rows that are not these people's; towns; inputs with digests. */
void hedui_report_html_ledgers(hedui_buffer *out, const hedui_report_data *data);
void hedui_report_html_gaps(hedui_buffer *out, const hedui_report_data *data);
void hedui_report_html_rules(hedui_buffer *out, const hedui_store_run *run);
void hedui_report_html_stood(hedui_buffer *out, const hedui_report_data *data);
void hedui_report_html_met(hedui_buffer *out, const hedui_report_data *data);
void hedui_report_html_towns(hedui_buffer *out, const hedui_store_run *run);
void hedui_report_html_inputs(hedui_buffer *out, const hedui_report_data *data);

/** "total = a + b", each part with its name. */
void hedui_report_html_equation(hedui_buffer *out, const char *name, const char *unit,
                                int64_t total, const char *const *names, const int64_t *parts,
                                int count);

/** A table of why rules stayed without an answer, or a sentence that none did.
 * @param most  Rows shown: what leads the list tells whom to call, the rest is a line. 0: all. */
void hedui_report_html_open(hedui_buffer *out, const hedui_report_open *open, size_t count,
                            size_t most);

/** One cell of a table. */
void hedui_report_html_cell(hedui_buffer *out, hedui_span text);
void hedui_report_html_cell_number(hedui_buffer *out, int64_t number);

#endif
