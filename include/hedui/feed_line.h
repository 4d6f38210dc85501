/** @file
 * One line of a delivery: as it stands there, as it is read, and what becomes of it.
 */
#ifndef HEDUI_FEED_LINE_H
#define HEDUI_FEED_LINE_H

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/span.h>

#include <stddef.h>
#include <stdint.h>

/** What a line of a delivery is. */
typedef enum hedui_line_kind {
    HEDUI_LINE_NONE,  /**< the text ends before it */
    HEDUI_LINE_TITLE, /**< above the header */
    HEDUI_LINE_HEADER,
    HEDUI_LINE_FOOTER,
    HEDUI_LINE_BLANK,
    HEDUI_LINE_READ, /**< a record of a file that is refused as a whole */
    HEDUI_LINE_ACCEPTED,
    HEDUI_LINE_DUPLICATE,
    HEDUI_LINE_OTHER_DOCUMENT,
    HEDUI_LINE_REJECTED
} hedui_line_kind;

/** One cell of a line; texts are masked unless they were to be revealed. */
typedef struct hedui_feed_cell {
    hedui_span name, header; /**< name: empty for a column that the layout does not know */
    const char *type;        /**< word of the layout */
    hedui_span raw;          /**< as it stands, in UTF-8 */
    const char *state;       /**< value, absent, unknown, unlisted, bad, other_document, extra */
    hedui_span value;        /**< canonically, codes with their label; empty without a value */
    const char *reason, *zh, *en; /**< why it cannot be read, or NULL */
} hedui_feed_cell;

/** One line of a delivery. */
typedef struct hedui_feed_line {
    hedui_span feed, title, source;
    char sha256[65];
    const char *refusal, *refusal_zh, *refusal_en; /**< of the file, or NULL */
    hedui_line_kind kind;
    const char *reason, *zh, *en; /**< of a rejected row, or NULL */
    hedui_span column;            /**< that it was rejected for; empty: the row as a whole */
    uint32_t line, first, lines;  /**< a row may span several lines */
    uint64_t offset;              /**< of the row in the uncompressed text */
    uint32_t length;              /**< in bytes, without the line end */
    const hedui_feed_cell *cells; /**< of a line that is no record: one, with the whole line */
    uint32_t cell_count;
} hedui_feed_line;

/**
 * Show one line of a delivery. The whole is read: what becomes of a row depends on the others.
 *
 * @param line    Set on success; kind HEDUI_LINE_NONE if there is no such line.
 * @param number  From 1, in the uncompressed text.
 * @param reveal  1: names, numbers and texts whole. For consented reveals only.
 * @return as hedui_feed_check.
 */
hedui_status hedui_feed_show(const hedui_feed_line **line, const char *path, const char *feed,
                             uint32_t number, int reveal, const char *const *folders,
                             size_t folder_count, hedui_arena *arena, hedui_err *err);

#endif
