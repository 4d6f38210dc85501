/* Arena: a chain of blocks filled from the front. Texts stand close to each other, all else at
 * multiples of what any type asks for; a run keeps millions of texts of some ten bytes.
 *
 * Invariants: `current` is the block being filled; blocks behind it (`next`) are empty and kept for
 * reuse after a reset. Under AddressSanitizer the unused part of each block is poisoned, so that a
 * read past an allocation or after a reset is caught like one past malloc. */
#include <hedui/arena.h>

#include <malloc.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
enum { GAP = 16 };
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
enum { GAP = 0 };
#endif

enum { ALIGNMENT = 16, DEFAULT_BLOCK = 64 * 1024 };

typedef struct block {
    struct block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) char data[];
} block;

struct hedui_arena {
    block *first, *current;
    size_t block_size, total;
    int failed;
};

hedui_arena *hedui_arena_open(size_t block_size)
{
    hedui_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->block_size = block_size ? block_size : DEFAULT_BLOCK;
    return arena;
}

void hedui_arena_close(hedui_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->first; b;) {
        block *next = b->next;
        UNPOISON(b->data, b->size);
        free(b);
        b = next;
    }
    free(arena);
}

static block *grow(hedui_arena *arena, size_t size)
{
    block *next = arena->current ? arena->current->next : arena->first;
    if (next && next->size >= size)
        return arena->current = next;
    size_t room = size > arena->block_size ? size : arena->block_size;
    if (room > SIZE_MAX - sizeof(block))
        return NULL;
    block *fresh = malloc(sizeof *fresh + room);
    if (!fresh)
        return NULL;
    fresh->size = room;
    fresh->used = 0;
    POISON(fresh->data, room);
    fresh->next = next;
    if (arena->current)
        arena->current->next = fresh;
    else
        arena->first = fresh;
    arena->total += room;
    return arena->current = fresh;
}

/* `size` bytes behind all that was taken, at a multiple of `alignment`. */
static char *reserve(hedui_arena *arena, size_t size, size_t alignment)
{
    if (size > SIZE_MAX - 2 * ALIGNMENT - GAP)
        return NULL;
    size_t padded = GAP ? (size + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : size;
    block *b = arena->current;
    size_t from = b ? (b->used + alignment - 1) / alignment * alignment : 0;
    if (!b || from > b->size || b->size - from < padded) {
        b = grow(arena, padded);
        if (!b) {
            arena->failed = 1;
            return NULL;
        }
        from = 0;
    }
    char *at = b->data + from;
    b->used = from + padded;
    UNPOISON(at, size);
    return at;
}

void *hedui_arena_take(hedui_arena *arena, size_t size)
{
    char *at = reserve(arena, size, ALIGNMENT);
    return at ? memset(at, 0, size) : NULL;
}

void *hedui_arena_array(hedui_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return hedui_arena_take(arena, bytes);
}

hedui_span hedui_arena_copy(hedui_arena *arena, hedui_span text)
{
    hedui_span copy = {NULL, 0};
    if (text.length == SIZE_MAX) {
        arena->failed = 1;
        return copy;
    }
    char *at = reserve(arena, text.length + 1, 1);
    if (!at)
        return copy;
    if (text.length)
        memcpy(at, text.at, text.length);
    at[text.length] = '\0';
    copy.at = at;
    copy.length = text.length;
    return copy;
}

hedui_arena_mark hedui_arena_here(const hedui_arena *arena)
{
    hedui_arena_mark mark = {arena->current, arena->current ? arena->current->used : 0};
    return mark;
}

void hedui_arena_reset(hedui_arena *arena, hedui_arena_mark mark)
{
    block *target = mark.block;
    for (block *b = target ? target->next : arena->first; b; b = b->next) {
        POISON(b->data, b->size);
        b->used = 0;
    }
    if (target) {
        POISON(target->data + mark.used, target->size - mark.used);
        target->used = mark.used;
    }
    arena->current = target;
}

/* The adopted blocks go to the front, where no mark of this arena reaches; if it is empty itself
 * the last of them is the one being filled. */
void hedui_arena_adopt(hedui_arena *arena, hedui_arena *from)
{
    if (!from)
        return;
    block *last = from->first;
    while (last && last->next)
        last = last->next;
    if (last) {
        last->next = arena->first;
        arena->first = from->first;
        if (!arena->current)
            arena->current = last;
        arena->total += from->total;
    }
    free(from);
}

size_t hedui_arena_size(const hedui_arena *arena)
{
    return arena->total;
}

int hedui_arena_failed(const hedui_arena *arena)
{
    return arena->failed;
}

void hedui_arena_give_back(void)
{
#if defined(__GLIBC__)
    (void)malloc_trim(0);
#endif
}
