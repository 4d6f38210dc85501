/* Gzip files by steps, whole ones and all kinds of others. Headers and trailers are written here,
 * the deflate data by zlib; nothing of the reader under test is used. */
#include "bad.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { FIELD_HCRC = 2, FIELD_EXTRA = 4, FIELD_NAME = 8, FIELD_COMMENT = 16, HEAD = 10, TAIL = 8 };

static void deflate_into(hedui_buffer *out, hedui_span content, int level, int strategy, int bits)
{
    z_stream z = {0};
    static unsigned char piece[1 << 14];
    if (deflateInit2(&z, level, Z_DEFLATED, bits, 8, strategy) != Z_OK)
        exit(2);
    z.next_in = (Bytef *)(uintptr_t)content.at;
    z.avail_in = (uInt)content.length;
    int result;
    do {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        result = deflate(&z, Z_FINISH);
        hedui_buffer_add(out, (hedui_span){(char *)piece, sizeof piece - z.avail_out});
    } while (result == Z_OK);
    if (result != Z_STREAM_END)
        exit(2);
    (void)deflateEnd(&z);
}

static void add_number(hedui_buffer *out, uint32_t value, int bytes)
{
    for (; bytes; bytes--, value >>= 8)
        hedui_buffer_byte(out, (char)value);
}

static uint32_t crc_of(const char *at, size_t length)
{
    return (uint32_t)crc32_z(0, (const Bytef *)at, length);
}

static void add_head(hedui_buffer *out, int fields)
{
    size_t start = out->length;
    hedui_buffer_add(out, (hedui_span){"\x1F\x8B\x08", 3});
    hedui_buffer_byte(out, (char)fields);
    hedui_buffer_add(out, (hedui_span){"\x00\x94\xA4\x54\x00\x03", 6}); /* a day in 2015, Unix */
    if (fields & FIELD_EXTRA)
        hedui_buffer_add(out, (hedui_span){"\x06\0AB\x02\0xy", 8});
    if (fields & FIELD_NAME)
        hedui_buffer_add(out, (hedui_span){"plain.csv", 10});
    if (fields & FIELD_COMMENT)
        hedui_buffer_add(out, (hedui_span){"test", 5});
    if (fields & FIELD_HCRC)
        add_number(out, crc_of(out->data + start, out->length - start) & 0xFFFF, 2);
}

static void add_tail(hedui_buffer *out, hedui_span content)
{
    add_number(out, crc_of(content.at, content.length), 4);
    add_number(out, (uint32_t)content.length, 4);
}

void bad_member(hedui_buffer *out, hedui_span content, int level, int strategy, int fields)
{
    add_head(out, fields);
    deflate_into(out, content, level, strategy, -15);
    add_tail(out, content);
}

static int fields_of(const char *words)
{
    int fields = strstr(words, "extra") ? FIELD_EXTRA : 0;
    fields |= strstr(words, "name") ? FIELD_NAME : 0;
    fields |= strstr(words, "comment") ? FIELD_COMMENT : 0;
    fields |= strstr(words, "hcrc") ? FIELD_HCRC : 0;
    return fields | (strstr(words, "istext") ? 1 : 0);
}

/* member [stored|fast|fixed|huffman|rle] [istext extra name comment hcrc] [first|second|nothing]:
 * the content, or its half */
static void step_member(hedui_buffer *out, const char *words, hedui_span content)
{
    size_t half = content.length / 2;
    if (strstr(words, "first"))
        content.length = half;
    else if (strstr(words, "second"))
        content = (hedui_span){content.at + half, content.length - half};
    else if (strstr(words, "nothing"))
        content.length = 0;
    int strategy = strstr(words, "fixed")     ? Z_FIXED
                   : strstr(words, "huffman") ? Z_HUFFMAN_ONLY
                   : strstr(words, "rle")     ? Z_RLE
                                              : Z_DEFAULT_STRATEGY;
    int level = strstr(words, "stored") ? 0 : strstr(words, "fast") ? 1 : 9;
    bad_member(out, content, level, strategy, fields_of(words));
}

/* A place in the file: from its beginning, or, below 0, from its end. */
static size_t place(const bad_case *c, const hedui_buffer *out, const char **text)
{
    long at = bad_number(c, *text, text);
    size_t distance = (size_t)(at < 0 ? -at : at);
    if (distance > out->length)
        bad_stop(c, "behind the end of the file");
    return at < 0 ? out->length - distance : distance;
}

static void step_set(hedui_buffer *out, const bad_case *c, const char *words)
{
    hedui_buffer bytes;
    size_t at = place(c, out, &words);
    hedui_buffer_init(&bytes);
    bad_expand(&bytes, c, words + strspn(words, " "), 0, NULL);
    if (at + bytes.length > out->length)
        bad_stop(c, "behind the end of the file");
    memcpy(out->data + at, bytes.data, bytes.length);
    hedui_buffer_free(&bytes);
}

static void step_flip(hedui_buffer *out, const bad_case *c, const char *words)
{
    size_t at = place(c, out, &words);
    long bit = bad_number(c, words, &words);
    out->data[at] = (char)(out->data[at] ^ (1 << bit));
}

static void step_remove(hedui_buffer *out, const bad_case *c, const char *words)
{
    size_t at = place(c, out, &words);
    size_t count = (size_t)bad_number(c, words, &words);
    if (at + count > out->length)
        bad_stop(c, "behind the end of the file");
    memmove(out->data + at, out->data + at + count, out->length - at - count);
    out->length -= count;
}

/* again: what is there once more */
static void step_again(hedui_buffer *out)
{
    hedui_buffer copy;
    hedui_buffer_init(&copy);
    hedui_buffer_add(&copy, hedui_buffer_span(out));
    hedui_buffer_add(out, hedui_buffer_span(&copy));
    hedui_buffer_free(&copy);
}

/* pack: all there is, in a member of its own */
static void step_pack(hedui_buffer *out)
{
    hedui_buffer packed;
    hedui_buffer_init(&packed);
    bad_member(&packed, hedui_buffer_span(out), 9, Z_DEFAULT_STRATEGY, 0);
    hedui_buffer_clear(out);
    hedui_buffer_add(out, hedui_buffer_span(&packed));
    hedui_buffer_free(&packed);
}

/* megabytes N BYTE: a member of so many equal bytes */
static void step_megabytes(hedui_buffer *out, const bad_case *c, const char *words)
{
    size_t length = (size_t)bad_number(c, words, &words) << 20;
    char *bytes = malloc(length);
    hedui_buffer byte;
    hedui_buffer_init(&byte);
    bad_expand(&byte, c, words + strspn(words, " "), 0, NULL);
    if (!bytes || byte.length != 1)
        bad_stop(c, "megabytes N BYTE");
    memset(bytes, byte.data[0], length);
    bad_member(out, (hedui_span){bytes, length}, 9, Z_DEFAULT_STRATEGY, 0);
    hedui_buffer_free(&byte);
    free(bytes);
}

static int starts(const char **words, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*words, word, length) != 0 || ((*words)[length] && (*words)[length] != ' '))
        return 0;
    *words += length;
    *words += strspn(*words, " ");
    return 1;
}

static void step(hedui_buffer *out, const bad_case *c, const char *words, hedui_span content)
{
    if (starts(&words, "member"))
        step_member(out, words, content);
    else if (starts(&words, "head"))
        add_head(out, fields_of(words));
    else if (starts(&words, "tail"))
        add_tail(out, content);
    else if (starts(&words, "deflate"))
        deflate_into(out, content, 9, Z_DEFAULT_STRATEGY, -15);
    else if (starts(&words, "zlib"))
        deflate_into(out, content, 9, Z_DEFAULT_STRATEGY, 15);
    else if (starts(&words, "content"))
        hedui_buffer_add(out, content);
    else if (starts(&words, "bytes"))
        bad_expand(out, c, words, 0, NULL);
    else if (starts(&words, "cut"))
        out->length = place(c, out, &words);
    else if (starts(&words, "set"))
        step_set(out, c, words);
    else if (starts(&words, "flip"))
        step_flip(out, c, words);
    else if (starts(&words, "remove"))
        step_remove(out, c, words);
    else if (starts(&words, "again"))
        step_again(out);
    else if (starts(&words, "pack"))
        step_pack(out);
    else if (starts(&words, "megabytes"))
        step_megabytes(out, c, words);
    else
        bad_stop(c, "unknown step");
}

void bad_container(hedui_buffer *out, const bad_case *c, const char *steps, hedui_span content)
{
    while (*steps) {
        const char *end = steps;
        while (*end && *end != ';')
            end += *end == '\\' && end[1] ? 2 : 1;
        size_t length = (size_t)(end - steps);
        while (length && steps[length - 1] == ' ')
            length--;
        char *words = strndup(steps, length);
        if (!words)
            exit(2);
        step(out, c, words, content);
        free(words);
        steps = *end ? end + 1 : end;
        steps += strspn(steps, " ");
    }
}

void bad_file(hedui_buffer *out, const bad_case *c, const hedui_layout *layout)
{
    hedui_buffer content;
    hedui_buffer_init(&content);
    bad_content(&content, c, layout);
    hedui_span text = hedui_buffer_span(&content);
    if (c->set.kind == BAD_GZ)
        bad_container(out, c, c->cells[1], text);
    else
        bad_member(out, text, 6, Z_DEFAULT_STRATEGY, 0);
    hedui_buffer_free(&content);
}
