/** @file
 * One look at the bytes of a line: where it ends, and whether anything in it needs more care.
 */
#ifndef HEDUI_FEED_CSV_LINE_H
#define HEDUI_FEED_CSV_LINE_H

#include "feed/csv.h"

typedef struct hedui_csv_line {
    const char *end;  /**< its line end, or NULL: not in this text */
    uint8_t quotes;   /**< there is a quote before its end */
    uint8_t controls; /**< a control character other than tab, CRLF's CR not counted */
} hedui_csv_line;

/**
 * Look at the first line of `text`, which is not empty.
 *
 * @param cr_ends  1: a CR ends a line too; as the last byte it says nothing until more is there.
 */
hedui_csv_line hedui_csv_line_find(hedui_span text, int cr_ends);

/**
 * The first byte of `text` at which a cell may end or go wrong: the delimiter, a quote, CR, LF.
 *
 * @param wide  1: also a byte above 0x7F, with which a character of several bytes begins.
 * @return its place, or the end of `text`.
 */
const char *hedui_csv_line_stop(hedui_span text, char delimiter, int wide);

/** As hedui_csv_split, for a line without quotes in which the delimiter is never part of a
 * character. */
uint32_t hedui_csv_line_split(hedui_csv_cell *cells, hedui_span line, char delimiter);

/**
 * As hedui_csv_split, for a line in which quotes are used in the usual way: around whole cells,
 * doubled inside them. The delimiter is never part of a character.
 *
 * @param cells  NULL: the line is looked at only.
 * @return number of cells, below HEDUI_CSV_FIELDS + 1; 0 if the line is not like that: nothing is
 * said then of what is wrong with it, if anything.
 */
uint32_t hedui_csv_line_split_quoted(hedui_csv_cell *cells, hedui_span line, char delimiter);

#endif
