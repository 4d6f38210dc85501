/** @file
 * How many records a footer line says there are: 共 12345 条.
 */
#ifndef HEDUI_FEED_FOOTER_H
#define HEDUI_FEED_FOOTER_H

#include <hedui/span.h>

#include <stdint.h>

/** It speaks of no count; it speaks of one that cannot be read. */
#define HEDUI_FOOTER_SILENT INT64_C(-1)
#define HEDUI_FOOTER_UNREADABLE INT64_C(-2)

/**
 * The number before the last 条, 行 or 笔 of a line, with or without thousands separators, in ASCII
 * or full-width digits.
 *
 * @param text  The whole line, UTF-8.
 * @return the count, HEDUI_FOOTER_SILENT without such a word, HEDUI_FOOTER_UNREADABLE if what
 *         stands before it is no whole number.
 */
int64_t hedui_footer_count(hedui_span text);

#endif
