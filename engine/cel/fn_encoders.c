/* Base 64, with and without padding. */
#include "cel/internal.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static value encode(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    const unsigned char *in = (const unsigned char *)s.at;
    size_t length = (s.length + 2) / 3 * 4, used = 0;
    (void)count;
    char *text = hedui_cel_step(e, length / 16) ? hedui_arena_take(e->arena, length + 1) : NULL;
    if (!text)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
    for (size_t i = 0; i < s.length; i += 3) {
        size_t left = s.length - i;
        uint32_t bits = (uint32_t)in[i] << 16;
        bits |= left > 1 ? (uint32_t)in[i + 1] << 8 : 0;
        bits |= left > 2 ? in[i + 2] : 0;
        text[used++] = alphabet[bits >> 18];
        text[used++] = alphabet[bits >> 12 & 63];
        text[used++] = left > 1 ? alphabet[bits >> 6 & 63] : '=';
        text[used++] = left > 2 ? alphabet[bits & 63] : '=';
    }
    hedui_span out = {text, used};
    return hedui_cel_string(out);
}

static value decode(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    uint32_t bits = 0, held = 0;
    size_t used = 0;
    (void)count;
    if (s.length % 4 == 0)
        for (int i = 0; i < 2 && s.length && s.at[s.length - 1] == '='; i++)
            s.length--;
    char *bytes =
        hedui_cel_step(e, s.length / 16) ? hedui_arena_take(e->arena, s.length + 1) : NULL;
    if (!bytes)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
    for (size_t i = 0; i < s.length; i++) {
        const char *found = s.at[i] ? strchr(alphabet, s.at[i]) : NULL;
        if (!found)
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
        bits = bits << 6 | (uint32_t)(found - alphabet);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[used++] = (char)(bits >> held & 0xFF);
        }
    }
    if (s.length % 4 == 1)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_CONVERSION);
    hedui_span out = {bytes, used};
    return hedui_cel_bytes(out);
}

static const function_row rows[] = {
    {"base64.encode(bytes) -> string", encode, SCALE_NONE, "Bytes as base 64.",
     "base64.encode(b\"hello\") => \"aGVsbG8=\""},
    {"base64.decode(string) -> bytes", decode, SCALE_NONE, "Bytes from base 64.",
     "base64.decode(\"aGVsbG8\") => b\"hello\""},
};

const function_topic hedui_cel_topic_encoders = {"encoders", rows, sizeof rows / sizeof *rows};
