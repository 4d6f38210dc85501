/** @file
 * Text made safe for where it goes, and measured for where it stands.
 */
#ifndef HEDUI_ESCAPE_H
#define HEDUI_ESCAPE_H

#include <hedui/buffer.h>
#include <hedui/span.h>

/** Append as HTML text or as an attribute value in double quotes. Control characters other than tab
 * and line feed, and invalid UTF-8, become U+FFFD. */
void hedui_escape_html(hedui_buffer *out, hedui_span text);

/** Append on one line for a terminal or a log: control characters and invalid UTF-8 as \xHH,
 * bidirectional controls as \u{...}. */
void hedui_escape_line(hedui_buffer *out, hedui_span text);

/** Append as one field of a CSV (RFC 4180) that office programs open: in quotes where it must be.
 * What a spreadsheet would run as a formula (it begins with = + - @, their full-width forms, a tab
 * or a carriage return), and a number too long for one, get an apostrophe in front. */
void hedui_escape_csv(hedui_buffer *out, hedui_span text);

/** Columns a text takes on a terminal: 2 for East Asian wide and full-width characters, 0 for
 * combining marks, else 1. Needs no locale. */
size_t hedui_display_width(hedui_span text);

/** Append `text` and blanks up to `width` columns; a longer text is appended whole. */
void hedui_pad_right(hedui_buffer *out, hedui_span text, size_t width);

/** The same with the blanks in front. */
void hedui_pad_left(hedui_buffer *out, hedui_span text, size_t width);

/** Decode one character. @return its bytes consumed (1 for an invalid byte, code point set to -1),
 * 0 at the end. */
size_t hedui_utf8_next(int32_t *code_point, hedui_span text, size_t at);

#endif
