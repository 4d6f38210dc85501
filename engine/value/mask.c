/* Masking by runs: first the length of the run is found, then its characters are shown or starred.
 * `at` and `length` count the characters of a run; gaps within a number are no part of it. */
#include "value/mask.h"

#include "value/cell.h"

typedef enum kind { OTHER, DIGIT, WORD } kind;

enum { CITIZEN = 15 }; /* digits from which on a number may be that of a citizen */

static uint32_t narrow(uint32_t c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + 0x21 : c;
}

static kind kind_of(uint32_t c)
{
    c = narrow(c);
    if ((c >= '0' && c <= '9') || c == 'X' || c == 'x')
        return DIGIT;
    return c >= 0x80 && c != UINT32_MAX && c != 0x3000 ? WORD : OTHER;
}

static int is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == UINT32_MAX || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static size_t run_length(hedui_span text, kind of)
{
    size_t n = 0;
    while (text.length && kind_of(hedui_utf8_take(&text)) == of)
        n++;
    return n;
}

/* What stands between the groups of a number written in groups: "659000 1990 0101 001X". */
static int is_gap(uint32_t c)
{
    return c == ' ' || c == '-' || c == 0xA0 || c == 0x3000 || is_hidden(c);
}

/* Digits of a run, those behind gaps included. */
static size_t grouped_length(hedui_span text)
{
    size_t n = 0;
    while (text.length) {
        uint32_t c = hedui_utf8_take(&text);
        if (kind_of(c) == DIGIT)
            n++;
        else if (!is_gap(c))
            break;
    }
    return n;
}

static int is_shown(hedui_mask mask, kind of, size_t at, size_t length)
{
    /* a citizen number may stand in any column once the cells of a row have shifted */
    if (mask == HEDUI_MASK_NOTHING && (of != DIGIT || length < CITIZEN))
        return 1;
    if (of == WORD)
        return at == 0;
    if (of == OTHER || length < 7)
        return 1;
    return length >= CITIZEN ? at < 6 || at + 4 >= length : at < 3;
}

void hedui_mask_excerpt(char *out, size_t room, hedui_span text, hedui_mask mask)
{
    static const char ellipsis[] = "…";
    size_t used = 0, at = 0, length = 0;
    kind of = OTHER;
    while (text.length) {
        if (at == length) {
            hedui_span first = text;
            of = kind_of(hedui_utf8_take(&first));
            length = of == OTHER ? 1 : run_length(text, of);
            size_t grouped = of == DIGIT ? grouped_length(text) : 0;
            if (grouped >= CITIZEN)
                length = grouped;
            at = 0;
        }
        uint32_t c = hedui_utf8_take(&text);
        int gap = of == DIGIT && kind_of(c) != DIGIT;
        char bytes[4];
        if (is_hidden(c))
            c = 0xFFFD;
        if (!gap && !is_shown(mask, of, at, length))
            c = '*';
        at += !gap;
        size_t size = (size_t)hedui_utf8_put(bytes, c);
        if (used + size + sizeof ellipsis > room) {
            if (used + sizeof ellipsis <= room) {
                memcpy(out + used, ellipsis, sizeof ellipsis - 1);
                used += sizeof ellipsis - 1;
            }
            break;
        }
        memcpy(out + used, bytes, size);
        used += size;
    }
    out[used] = '\0';
}
