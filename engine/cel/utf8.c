/* Characters: validated once at the door, then decoded without checks. */
#include "cel/internal.h"

/* Bytes of the character at `at`, 0 if it is not well-formed (overlong, surrogate, too large, cut).
 */
static size_t character(hedui_span text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.at + at;
    size_t left = text.length - at;
    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return 0;
    size_t n = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if (left < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return n;
}

int hedui_cel_utf8_valid(hedui_span text)
{
    for (size_t at = 0; at < text.length;) {
        size_t n = character(text, at);
        if (!n)
            return 0;
        at += n;
    }
    return 1;
}

uint32_t hedui_cel_utf8_decode(hedui_span text, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text.at + *at;
    size_t left = text.length - *at;
    if (s[0] < 0x80 || left < 2) {
        *at += 1;
        return s[0];
    }
    if (s[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    }
    if (s[0] < 0xF0 && left >= 3) {
        *at += 3;
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    }
    if (left < 4) {
        *at += 1;
        return s[0];
    }
    *at += 4;
    return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
           (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
}

size_t hedui_cel_utf8_encode(char out[4], uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

size_t hedui_cel_utf8_count(hedui_span text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++)
        n += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return n;
}

size_t hedui_cel_utf8_offset(hedui_span text, size_t points)
{
    for (size_t i = 0; i < text.length; i++)
        if (((unsigned char)text.at[i] & 0xC0) != 0x80 && points-- == 0)
            return i;
    return points == 0 ? text.length : SIZE_MAX;
}
