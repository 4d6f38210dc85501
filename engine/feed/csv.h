/** @file
 * Rows and cells of delimited text: RFC 4180 with the stray cases of real exports.
 *
 * - Rows end at LF or CRLF; in a file whose first line ends at a lone CR, at CR too.
 * - A quote opens a field only as its first byte; quoted fields may hold delimiters, line ends and
 *   doubled quotes. A quote elsewhere, or text behind a closing quote, is a fault (csv_quote),
 *   except the ="…" that spreadsheets write. A faulty row ends at its first line end, so that it
 *   costs one line and not the rest of the file.
 * - Control characters other than tab (and line ends in quotes) are a fault (control_char).
 */
#ifndef HEDUI_FEED_CSV_H
#define HEDUI_FEED_CSV_H

#include "feed/reason.h"

#include <hedui/buffer.h>
#include <hedui/span.h>

#include <stddef.h>
#include <stdint.h>

/** Limits: bytes of a row, bytes of a field, fields of a row. */
enum { HEDUI_CSV_ROW = 1 << 20, HEDUI_CSV_FIELD = 64 * 1024, HEDUI_CSV_FIELDS = 512 };

/** No fault. */
#define HEDUI_CSV_SOUND ((hedui_reason)HEDUI_REASON_COUNT)

typedef struct hedui_csv_format {
    char delimiter;
    uint8_t cr_ends;    /**< a lone CR ends a row */
    uint8_t multi_byte; /**< GB18030 with a delimiter that can be a second byte */
} hedui_csv_format;

/** A row in the window. */
typedef struct hedui_csv_row {
    const char *at;
    uint32_t length;    /**< bytes without the line end */
    uint32_t lines;     /**< line ends in `taken` */
    size_t taken;       /**< bytes with the line end */
    uint8_t quotes;     /**< has a quote somewhere */
    hedui_reason fault; /**< or HEDUI_CSV_SOUND */
} hedui_csv_row;

typedef struct hedui_csv_cell {
    const char *at;
    uint32_t length;
    uint8_t doubled; /**< holds doubled quotes: hedui_csv_text */
} hedui_csv_cell;

typedef enum hedui_csv_step {
    HEDUI_CSV_GOT,     /**< a row */
    HEDUI_CSV_MORE,    /**< the row goes on behind what is there */
    HEDUI_CSV_ENDLESS, /**< longer than HEDUI_CSV_ROW and no end in sight: to be skipped to LF */
    HEDUI_CSV_END      /**< nothing left */
} hedui_csv_step;

/**
 * Find the next row at the front of `text`.
 *
 * @param row    Set for HEDUI_CSV_GOT; points into `text`.
 * @param ended  1: nothing comes behind `text`.
 */
hedui_csv_step hedui_csv_next(hedui_csv_row *row, const hedui_csv_format *format, hedui_span text,
                              int ended);

/**
 * Cut a sound row into cells. Of a faulty row the cells before the fault are as good, the last one
 * is what is left of it.
 *
 * @param cells  HEDUI_CSV_FIELDS of them.
 * @return number of cells; HEDUI_CSV_FIELDS + 1 if there are more.
 */
uint32_t hedui_csv_split(hedui_csv_cell *cells, const hedui_csv_row *row,
                         const hedui_csv_format *format);

/** The bytes of a cell: the cell itself, or without doubled quotes in `scratch` (appended; borrowed
 * until the next append). */
hedui_span hedui_csv_text(hedui_csv_cell cell, hedui_buffer *scratch);

/** 1 if some byte is a control character other than tab (and CR, LF if `lines`), else 0. */
int hedui_csv_has_control(hedui_span text, int lines);

#endif
