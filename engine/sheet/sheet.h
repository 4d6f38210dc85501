/** @file
 * A table of typed cells, written row by row. Nothing is ever truncated.
 */
#ifndef HEDUI_SHEET_SHEET_H
#define HEDUI_SHEET_SHEET_H

#include <hedui/buffer.h>
#include <hedui/span.h>

#include <stdint.h>

typedef enum hedui_sheet_kind {
    HEDUI_SHEET_TEXT,
    HEDUI_SHEET_NUMBER, /**< whole number */
    HEDUI_SHEET_MONEY,  /**< in fen, shown in yuan */
    HEDUI_SHEET_DATE    /**< day number, shown as YYYY-MM-DD */
} hedui_sheet_kind;

typedef struct hedui_sheet_column {
    hedui_span title;
    hedui_sheet_kind kind;
} hedui_sheet_column;

typedef struct hedui_sheet_cell {
    int is_empty;    /**< not known: nothing is shown */
    hedui_span text; /**< of TEXT */
    int64_t number;  /**< of the others */
} hedui_sheet_cell;

/** A cell of text, and one of a number: INT64_MIN is not known. */
static inline hedui_sheet_cell hedui_sheet_text(hedui_span words)
{
    return (hedui_sheet_cell){.text = words};
}

static inline hedui_sheet_cell hedui_sheet_number(int64_t n)
{
    return (hedui_sheet_cell){.is_empty = n == INT64_MIN, .number = n == INT64_MIN ? 0 : n};
}

/**
 * Append the header line of a CSV file (RFC 4180, UTF-8, CRLF).
 *
 * @param bom  1: begin with a byte order mark, without which office programs take Chinese for
 *             another character set.
 */
void hedui_sheet_csv_head(hedui_buffer *out, const hedui_sheet_column *columns, uint32_t count,
                          int bom);

/**
 * Append one row.
 *
 * A text that a spreadsheet would run as a formula (it begins with = + - @, their full-width forms,
 * a tab or a carriage return) or turn into a rounded number (more than 11 digits) gets an
 * apostrophe in front; line breaks inside stay, in quotes. Numbers are written bare.
 */
void hedui_sheet_csv_row(hedui_buffer *out, const hedui_sheet_column *columns,
                         const hedui_sheet_cell *cells, uint32_t count);

#endif
