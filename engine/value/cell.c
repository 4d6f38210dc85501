/* Characters of short cells. Nothing here repairs: what is not a known character stays a character
 * that no parser accepts. */
#include "value/cell.h"

uint32_t hedui_utf8_take(hedui_span *text)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *c = (const unsigned char *)text->at;
    size_t size = c[0] < 0x80 ? 1 : c[0] < 0xC2 ? 0 : c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
    uint32_t point = size == 1 ? c[0] : c[0] & (0xFFu >> (size + 1));
    int bad = size == 0 || c[0] > 0xF4 || size > text->length;
    for (size_t i = 1; i < size && !bad; i++) {
        bad = (c[i] & 0xC0) != 0x80;
        point = point << 6 | (c[i] & 0x3Fu);
    }
    if (bad || point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
        text->at++;
        text->length--;
        return UINT32_MAX;
    }
    text->at += size;
    text->length -= size;
    return point;
}

int hedui_utf8_put(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    int size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = size - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(0xF00u >> size | c);
    return size;
}

int hedui_utf8_valid(hedui_span text)
{
    while (text.length) {
        const unsigned char *c = (const unsigned char *)text.at;
        size_t size = c[0] < 0x80 ? 1 : 0;
        /* of what three bytes spell, E0 may be overlong and ED a surrogate; Chinese is neither */
        if (c[0] > 0xE0 && c[0] < 0xED && text.length >= 3 && (c[1] & 0xC0) == 0x80 &&
            (c[2] & 0xC0) == 0x80)
            size = 3;
        text.at += size;
        text.length -= size;
        if (!size && hedui_utf8_take(&text) == UINT32_MAX)
            return 0;
    }
    return 1;
}

int hedui_is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || c == 0x200B || c == 0xFEFF;
}

/* Nearly all cells begin and end in bytes that no blank begins or ends in: see hedui_is_blank. */
static int begins_no_blank(char first)
{
    unsigned char c = (unsigned char)first;
    return c > ' ' && c != 0xC2 && c != 0xE2 && c != 0xE3 && c != 0xEF;
}

static int ends_no_blank(char last)
{
    unsigned char c = (unsigned char)last;
    return c > ' ' && c != 0xA0 && c != 0x80 && c != 0x8B && c != 0xBF;
}

hedui_span hedui_trim(hedui_span text)
{
    if (text.length && begins_no_blank(text.at[0]) && ends_no_blank(text.at[text.length - 1]))
        return text;
    while (text.length) {
        hedui_span rest = text;
        if (!hedui_is_blank(hedui_utf8_take(&rest)))
            break;
        text = rest;
    }
    while (text.length) {
        size_t start = text.length - 1;
        while (start > 0 && ((unsigned char)text.at[start] & 0xC0) == 0x80)
            start--;
        hedui_span last = {text.at + start, text.length - start};
        if (!hedui_is_blank(hedui_utf8_take(&last)) || last.length)
            break;
        text.length = start;
    }
    return text;
}

static uint32_t narrowed(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFF01 + 0x21;
    return c == 0xFFE5 ? 0xA5 : c;
}

int hedui_cell_read(hedui_cell *cell, hedui_span text)
{
    cell->from = cell->to = 0;
    text = hedui_trim(text);
    int n = 0;
    while (text.length) {
        uint32_t c = (unsigned char)*text.at;
        if (c < 0x80) {
            text.at++;
            text.length--;
        } else {
            c = hedui_utf8_take(&text);
        }
        if (c == UINT32_MAX || n == HEDUI_CELL_LONGEST)
            return 0;
        cell->at[n++] = narrowed(c);
    }
    cell->to = n;
    return 1;
}

int hedui_cell_is(const hedui_cell *cell, const char *text)
{
    int i = cell->from;
    for (; *text && i < cell->to; text++, i++)
        if (cell->at[i] != (unsigned char)*text)
            return 0;
    return !*text && i == cell->to;
}

int hedui_cell_says_nothing(const hedui_cell *cell)
{
    static const char *const signs[] = {"-", "--", "/", "\\N", "NULL", "null", "Null", "N/A"};
    int length = cell->to - cell->from;
    if (length && cell->at[cell->from] >= '0' && cell->at[cell->from] <= '9')
        return 0;
    if (length == 0 || (length == 1 && (cell->at[cell->from] == 0x65E0 /* 无 */ ||
                                        cell->at[cell->from] == 0x2014 /* — */)))
        return 1;
    for (unsigned i = 0; i < sizeof signs / sizeof *signs; i++)
        if (hedui_cell_is(cell, signs[i]))
            return 1;
    return 0;
}

int hedui_cell_skip(hedui_cell *cell, uint32_t c)
{
    if (cell->from == cell->to || cell->at[cell->from] != c)
        return 0;
    cell->from++;
    return 1;
}

int hedui_cell_skip_end(hedui_cell *cell, uint32_t c)
{
    if (cell->from == cell->to || cell->at[cell->to - 1] != c)
        return 0;
    cell->to--;
    return 1;
}
