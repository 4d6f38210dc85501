/* A window over the inflated text. The unread rest of a row is moved to the front before more is
 * read, so that a row always lies in one piece; it is short against the window, so moving is cheap.
 */
#include "feed/block.h"

#include <string.h>

enum { DEFAULT_SIZE = 256 * 1024 }; /* with the input it stays in a core's cache */

int hedui_block_init(hedui_block *block, hedui_inflate *inflate, size_t size, hedui_arena *arena)
{
    memset(block, 0, sizeof *block);
    block->inflate = inflate;
    block->arena = arena;
    block->size = size ? size : DEFAULT_SIZE;
    block->line = 1;
    block->data = hedui_arena_take(arena, block->size);
    return block->data != NULL;
}

static int make_room(hedui_block *block)
{
    if (block->to < block->size)
        return 1;
    if (block->from > 0) {
        memmove(block->data, block->data + block->from, block->to - block->from);
        block->to -= block->from;
        block->from = 0;
        return 1;
    }
    if (block->size > SIZE_MAX / 2)
        return 0;
    char *larger = hedui_arena_take(block->arena, block->size * 2);
    if (!larger)
        return 0;
    memcpy(larger, block->data, block->to);
    block->data = larger;
    block->size *= 2;
    return 1;
}

int hedui_block_part(hedui_block *block, char **text, size_t *size)
{
    size_t rest = block->to - block->from, room = *size;
    char *fresh = *text, *old = block->data;
    if (room < block->size) {
        room = block->size;
        fresh = hedui_arena_take(block->arena, room);
    }
    if (!fresh)
        return 0;
    if (rest)
        memcpy(fresh, old + block->from, rest);
    *text = old;
    *size = block->size;
    block->data = fresh;
    block->size = room;
    block->from = 0;
    block->to = rest;
    return 1;
}

hedui_status hedui_block_more(hedui_block *block, hedui_err *err)
{
    if (block->from == block->to)
        block->from = block->to = 0;
    if (!make_room(block))
        return hedui_fail_memory(err);
    size_t got = 0;
    hedui_status status = hedui_inflate_read(&got, block->inflate, block->data + block->to,
                                             block->size - block->to, err);
    if (status != HEDUI_OK)
        return status;
    block->to += got;
    block->ended = got == 0;
    return HEDUI_OK;
}
