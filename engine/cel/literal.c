/* From the text of a literal to its value. */
#include "cel/internal.h"

static int hex_value(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int natural(uint64_t *out, hedui_span text)
{
    uint64_t n = 0;
    if (text.length < 3 || text.at[0] != '0' || (text.at[1] | 0x20) != 'x')
        return hedui_cel_uint_parse(out, text);
    for (size_t i = 2; i < text.length; i++) {
        if (n >> 60)
            return 0;
        n = n << 4 | (uint64_t)hex_value(text.at[i]);
    }
    *out = n;
    return 1;
}

int hedui_cel_literal_number(value *out, token kind, hedui_span text, int negative)
{
    uint64_t n;
    double real;
    if (kind == TOKEN_DOUBLE) {
        if (!hedui_cel_double_parse(&real, text))
            return 0;
        *out = hedui_cel_double(negative ? -real : real);
        return 1;
    }
    if (kind == TOKEN_UINT)
        text.length--;
    if (!natural(&n, text))
        return 0;
    if (kind == TOKEN_UINT) {
        *out = hedui_cel_uint(n);
        return 1;
    }
    if (n > (uint64_t)INT64_MAX + (unsigned)negative)
        return 0;
    *out = hedui_cel_int(negative ? (int64_t)(0 - n) : (int64_t)n);
    return 1;
}

typedef struct decoder {
    hedui_span text;
    size_t at;
    char *out;
    size_t used;
    int bytes;
} decoder;

static void put(decoder *d, uint32_t point)
{
    if (d->bytes)
        d->out[d->used++] = (char)point;
    else
        d->used += hedui_cel_utf8_encode(d->out + d->used, point);
}

static int digits(uint32_t *point, decoder *d, int count, int base)
{
    uint32_t n = 0;
    for (int i = 0; i < count; i++, d->at++) {
        int digit = d->at < d->text.length ? hex_value(d->text.at[d->at]) : -1;
        if (digit < 0 || digit >= base)
            return 0;
        n = n * (uint32_t)base + (uint32_t)digit;
    }
    *point = n;
    return 1;
}

static int escape(decoder *d)
{
    static const char from[] = "abfnrtv\\?\"'`", to[] = "\a\b\f\n\r\t\v\\?\"'`";
    if (d->at + 1 >= d->text.length)
        return 0;
    char c = d->text.at[d->at + 1];
    const char *simple = memchr(from, c, sizeof from - 1);
    uint32_t point;
    d->at += 2;
    if (simple) {
        put(d, (unsigned char)to[simple - from]);
        return 1;
    }
    if (c == 'x' || c == 'X') {
        if (!digits(&point, d, 2, 16))
            return 0;
    } else if (c >= '0' && c <= '3') {
        d->at--;
        if (!digits(&point, d, 3, 8))
            return 0;
    } else if ((c == 'u' || c == 'U') && !d->bytes) {
        if (!digits(&point, d, c == 'u' ? 4 : 8, 16))
            return 0;
        if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
            return 0;
    } else {
        return 0;
    }
    put(d, point);
    return 1;
}

int hedui_cel_literal_text(value *out, hedui_span *bad, hedui_span text, int bytes,
                           hedui_arena *arena)
{
    int raw = 0;
    while (text.at[0] != '"' && text.at[0] != '\'') {
        raw |= (text.at[0] | 0x20) == 'r';
        text.at++;
        text.length--;
    }
    size_t quote = text.length >= 6 && text.at[1] == text.at[0] && text.at[2] == text.at[0] ? 3 : 1;
    decoder d = {.text = {text.at + quote, text.length - 2 * quote}, .bytes = bytes};
    /* an escape never decodes to more bytes than it takes */
    d.out = hedui_arena_take(arena, d.text.length + 4);
    if (!d.out)
        return -1;
    while (d.at < d.text.length) {
        size_t start = d.at;
        if (raw || d.text.at[d.at] != '\\') {
            d.out[d.used++] = d.text.at[d.at++];
        } else if (!escape(&d)) {
            size_t end = d.at < d.text.length ? d.at + 1 : d.text.length;
            *bad = span_between(d.text, (uint32_t)start, (uint32_t)end);
            return 0;
        }
    }
    hedui_span decoded = {d.out, d.used};
    *out = bytes ? hedui_cel_bytes(decoded) : hedui_cel_string(decoded);
    return 1;
}
