/** @file
 * The header line of a delivery: which cell is which column of the layout.
 */
#ifndef HEDUI_FEED_HEADER_H
#define HEDUI_FEED_HEADER_H

#include "feed/layout.h"

/** The columns of one delivery. */
typedef struct hedui_header {
    uint32_t cells; /**< of the header line, empty ones at the end left out */
    uint32_t cell_of[HEDUI_LAYOUT_COLUMNS]; /**< by layout column: its cell, or HEDUI_COLUMN_NONE */
    const hedui_span *extra;                /**< cells that the layout does not know */
    uint32_t extra_count;
} hedui_header;

/** How many of `cells` (UTF-8) name a column of the layout. */
uint32_t hedui_header_known(const hedui_layout *layout, const hedui_span *cells, uint32_t count);

/** Cells that the layout must know before a line counts as its header. */
static inline uint32_t hedui_header_enough(const hedui_layout *layout)
{
    return layout->column_count < 2 ? layout->column_count : 2;
}

/**
 * Read a header line. Columns are told by their headers, in any order; case, full-width forms,
 * blanks and line breaks don't matter.
 *
 * @param header  Set unless without memory; `extra` is copied into `arena`.
 * @param detail  Set for a refusal: the column.
 * @return HEDUI_REFUSAL_none, _column_missing, _column_doubled; HEDUI_REFUSAL_COUNT without memory.
 */
hedui_refusal hedui_header_read(hedui_header *header, hedui_span *detail,
                                const hedui_layout *layout, const hedui_span *cells, uint32_t count,
                                hedui_arena *arena);

/** The column that `cell` names, or HEDUI_COLUMN_NONE. */
uint32_t hedui_header_column(const hedui_layout *layout, hedui_span cell);

#endif
