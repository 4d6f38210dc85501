/** @file
 * The text of a delivery in a sliding window: whole rows are cut from its front, new text comes in
 * at its end.
 */
#ifndef HEDUI_FEED_BLOCK_H
#define HEDUI_FEED_BLOCK_H

#include "feed/inflate.h"

#include <hedui/err.h>

#include <stddef.h>
#include <stdint.h>

/** The unread text is data[from..to). */
typedef struct hedui_block {
    hedui_inflate *inflate;
    hedui_arena *arena;
    char *data;
    size_t size, from, to;
    uint64_t offset; /**< of data[from] in the content */
    uint32_t line;   /**< of data[from], from 1 */
    int ended;       /**< 1: data[to] is where the content (or what is sound of it) ends */
} hedui_block;

/**
 * @param inflate  Read from until its end; stays the caller's.
 * @param size     Bytes of the window to begin with; 0: 256 KiB. It doubles when a row does not
 * fit.
 * @param arena    Holds the window.
 * @return 1, or 0 without memory.
 */
int hedui_block_init(hedui_block *block, hedui_inflate *inflate, size_t size, hedui_arena *arena);

/**
 * Get more text behind the unread part, which may move: pointers into the window die. Sets `ended`
 * when there is no more.
 *
 * @return HEDUI_E1001, HEDUI_E1003.
 */
hedui_status hedui_block_more(hedui_block *block, hedui_err *err);

/**
 * Leave the text of the rows that were taken off where it is: the unread part moves to other room.
 *
 * @param text  Room of `size` bytes, or NULL and 0; set to that of the old window, which is the
 *              caller's until it is given back here.
 * @return 1, or 0 without memory: nothing has moved.
 */
int hedui_block_part(hedui_block *block, char **text, size_t *size);

/** Take `length` bytes holding `lines` line ends off the front. */
static inline void hedui_block_take(hedui_block *block, size_t length, uint32_t lines)
{
    block->from += length;
    block->offset += length;
    block->line += lines;
}

#endif
