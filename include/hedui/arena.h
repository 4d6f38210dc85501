/** @file
 * Memory by lifetime: whatever is taken from an arena lives until the arena is reset or closed,
 * and nobody frees it piece by piece. One arena belongs to one thread at a time.
 */
#ifndef HEDUI_ARENA_H
#define HEDUI_ARENA_H

#include <hedui/span.h>

#include <stddef.h>
#include <stdint.h>

typedef struct hedui_arena hedui_arena;

/** A point to go back to: everything taken after it is given up at once. */
typedef struct hedui_arena_mark {
    void *block;
    size_t used;
} hedui_arena_mark;

/**
 * Open an empty arena.
 *
 * @param block_size  Bytes to ask of the system at a time; 0 takes 64 KiB. Larger requests get a
 *                    block of their own.
 * @return the arena, owned by the caller (hedui_arena_close), or NULL when there is no memory.
 */
hedui_arena *hedui_arena_open(size_t block_size);

/** Give everything back. NULL is accepted. */
void hedui_arena_close(hedui_arena *arena);

/**
 * Take `size` bytes, aligned for any type and set to zero.
 *
 * @return NULL when there is no memory; the caller reports HEDUI_E1001. A size of 0 gives a valid
 *         pointer to nothing.
 */
void *hedui_arena_take(hedui_arena *arena, size_t size);

/** Take `count` elements of `size` bytes each; NULL also when the product overflows. */
void *hedui_arena_array(hedui_arena *arena, size_t count, size_t size);

/** Copy a span; the copy is NUL-terminated behind its length. `at` is NULL when out of memory. */
hedui_span hedui_arena_copy(hedui_arena *arena, hedui_span text);

/** Where the arena stands now. */
hedui_arena_mark hedui_arena_here(const hedui_arena *arena);

/** Give up all that was taken since the mark; the memory is kept for reuse. */
void hedui_arena_reset(hedui_arena *arena, hedui_arena_mark mark);

/**
 * Take over all that `from` holds, without copying it: it lives until `arena` is closed, or reset
 * to a mark of the empty arena. `from` is closed; NULL is accepted.
 */
void hedui_arena_adopt(hedui_arena *arena, hedui_arena *from);

/**
 * Give the system back what closed arenas held and the C library kept to hand out again. Between
 * stages of which the next one needs little of it; costs some milliseconds.
 */
void hedui_arena_give_back(void);

/** Bytes asked of the system so far, for the memory figures of a run. */
size_t hedui_arena_size(const hedui_arena *arena);

/** 1 if it ever had to say no. */
int hedui_arena_failed(const hedui_arena *arena);

#endif
