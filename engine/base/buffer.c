/* Growing text: capacity doubles; the byte behind the end is always NUL. */
#include <hedui/buffer.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void hedui_buffer_init(hedui_buffer *buffer)
{
    memset(buffer, 0, sizeof *buffer);
}

void hedui_buffer_begin(hedui_buffer *buffer, char *room, size_t size)
{
    hedui_buffer_init(buffer);
    buffer->data = room;
    buffer->capacity = size;
    buffer->lent = 1;
    room[0] = '\0';
}

void hedui_buffer_free(hedui_buffer *buffer)
{
    if (!buffer->lent)
        free(buffer->data);
    hedui_buffer_init(buffer);
}

void hedui_buffer_restart(hedui_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void hedui_buffer_clear(hedui_buffer *buffer)
{
    hedui_buffer_restart(buffer);
    buffer->failed = 0;
}

static int reserve(hedui_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return 0;
    size_t need;
    if (__builtin_add_overflow(buffer->length, more, &need) || need > SIZE_MAX / 2 - 1)
        goto failed;
    if (need + 1 <= buffer->capacity)
        return 1;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < need + 1)
        capacity *= 2;
    char *data = realloc(buffer->lent ? NULL : buffer->data, capacity);
    if (!data)
        goto failed;
    if (buffer->lent)
        memcpy(data, buffer->data, buffer->length + 1);
    buffer->lent = 0;
    buffer->data = data;
    buffer->capacity = capacity;
    return 1;
failed:
    buffer->failed = 1;
    return 0;
}

void hedui_buffer_add(hedui_buffer *buffer, hedui_span text)
{
    if (!reserve(buffer, text.length))
        return;
    if (text.length)
        memcpy(buffer->data + buffer->length, text.at, text.length);
    buffer->length += text.length;
    buffer->data[buffer->length] = '\0';
}

void hedui_buffer_text(hedui_buffer *buffer, const char *text)
{
    hedui_buffer_add(buffer, hedui_span_of(text));
}

void hedui_buffer_byte(hedui_buffer *buffer, char byte)
{
    hedui_span one = {&byte, 1};
    hedui_buffer_add(buffer, one);
}

void hedui_buffer_number(hedui_buffer *buffer, int64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + size % 10);
    while (size /= 10);
    if (number < 0)
        digits[--at] = '-';
    hedui_buffer_add(buffer, (hedui_span){digits + at, sizeof digits - at});
}

void hedui_buffer_format(hedui_buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        buffer->failed = 1;
    else if (reserve(buffer, (size_t)length)) {
        (void)vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

hedui_span hedui_buffer_keep(hedui_buffer *buffer, hedui_arena *arena)
{
    static const hedui_span too_long = {NULL, SIZE_MAX};
    hedui_span kept =
        hedui_arena_copy(arena, buffer->failed ? too_long : hedui_buffer_span(buffer));
    hedui_buffer_free(buffer);
    return kept;
}
