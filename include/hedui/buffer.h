/** @file
 * A text that grows at its end. Running out of memory is remembered, not reported call by call:
 * append freely, then ask hedui_buffer_failed once.
 */
#ifndef HEDUI_BUFFER_H
#define HEDUI_BUFFER_H

#include <hedui/arena.h>
#include <hedui/span.h>

#include <stddef.h>
#include <stdint.h>

typedef struct hedui_buffer {
    char *data; /**< NUL-terminated once something was appended */
    size_t length, capacity;
    int failed;
    int lent; /**< 1: `data` is the caller's, see hedui_buffer_begin */
} hedui_buffer;

/** Make it empty, owning nothing. */
void hedui_buffer_init(hedui_buffer *buffer);

/** Make it empty, over `room` of the caller: memory is asked for only by a text that is longer than
 * that, and if there is none, what fits stays. For what must be said without memory.
 * @param size  of `room`, at least 1, which must outlive the buffer's use. */
void hedui_buffer_begin(hedui_buffer *buffer, char *room, size_t size);

/** Free the text and make it empty, owning nothing. */
void hedui_buffer_free(hedui_buffer *buffer);

/** Empty it, keeping the memory and clearing a remembered failure. */
void hedui_buffer_clear(hedui_buffer *buffer);

/** Empty it, keeping the memory and a remembered failure: for one text after another, asked once at
 * their end whether all were whole. */
void hedui_buffer_restart(hedui_buffer *buffer);

/** Append a span. */
void hedui_buffer_add(hedui_buffer *buffer, hedui_span text);

/** Append a NUL-terminated text. */
void hedui_buffer_text(hedui_buffer *buffer, const char *text);

/** Append one byte. */
void hedui_buffer_byte(hedui_buffer *buffer, char byte);

/** Append a whole number in decimal digits. */
void hedui_buffer_number(hedui_buffer *buffer, int64_t number);

/** Append as printf would; for numbers and fixed formats only (no locale is ever set). */
void hedui_buffer_format(hedui_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** The text in an arena, NUL-terminated, and the buffer freed; NULL without memory for either,
 * which the arena remembers. */
hedui_span hedui_buffer_keep(hedui_buffer *buffer, hedui_arena *arena);

/** 1 if an append ran out of memory since the last init, clear or free. */
static inline int hedui_buffer_failed(const hedui_buffer *buffer)
{
    return buffer->failed;
}

/** The text so far, borrowed until the next append. */
static inline hedui_span hedui_buffer_span(const hedui_buffer *buffer)
{
    hedui_span span = {buffer->data ? buffer->data : "", buffer->length};
    return span;
}

#endif
