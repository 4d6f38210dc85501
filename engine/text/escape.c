/* Escaping by context and display width, both from UTF-8 decoded here: wcwidth answers -1 in the C
 * locale, which is the one a server runs in. */
#include <hedui/escape.h>

size_t hedui_utf8_next(int32_t *code_point, hedui_span text, size_t at)
{
    static const struct {
        unsigned char mask, lead;
        int32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    if (at >= text.length)
        return 0;
    const unsigned char *c = (const unsigned char *)text.at + at;
    for (size_t extra = 0; extra < 4; extra++) {
        if ((c[0] & forms[extra].mask) != forms[extra].lead)
            continue;
        if (text.length - at <= extra)
            break;
        int32_t value = c[0] & ~forms[extra].mask;
        size_t i = 1;
        for (; i <= extra && (c[i] & 0xC0) == 0x80; i++)
            value = value << 6 | (c[i] & 0x3F);
        if (i <= extra || value < forms[extra].least || value > 0x10FFFF ||
            (value >= 0xD800 && value <= 0xDFFF))
            break;
        *code_point = value;
        return extra + 1;
    }
    *code_point = -1;
    return 1;
}

static const char *html_of(int32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return c < 0 || (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0)
                   ? "\xEF\xBF\xBD"
                   : NULL;
    }
}

void hedui_escape_html(hedui_buffer *out, hedui_span text)
{
    size_t from = 0, at = 0;
    int32_t c;
    for (size_t used; (used = hedui_utf8_next(&c, text, at)) > 0; at += used) {
        const char *instead = html_of(c);
        if (!instead)
            continue;
        hedui_buffer_add(out, (hedui_span){text.at + from, at - from});
        hedui_buffer_text(out, instead);
        from = at + used;
    }
    hedui_buffer_add(out, (hedui_span){text.at + from, at - from});
}

static int is_bidi_control(int32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F || c == 0x061C;
}

void hedui_escape_line(hedui_buffer *out, hedui_span text)
{
    int32_t c;
    for (size_t at = 0, used; (used = hedui_utf8_next(&c, text, at)) > 0; at += used) {
        if (c < 0 || c < 0x20 || c == 0x7F)
            hedui_buffer_format(out, "\\x%02X", (unsigned)(unsigned char)text.at[at]);
        else if ((c >= 0x80 && c < 0xA0) || is_bidi_control(c))
            hedui_buffer_format(out, "\\u{%X}", (unsigned)c);
        else
            hedui_buffer_add(out, (hedui_span){text.at + at, used});
    }
}

/* Ranges of Unicode's East Asian Width W and F (UAX #11) and of combining marks that appear in
 * names and messages; rare scripts count as narrow, which only costs an unaligned column. */
static const struct {
    int32_t from, to;
    size_t width;
} widths[] = {
    {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2}, {0x200B, 0x200F, 0},   {0x20D0, 0x20FF, 0},
    {0x231A, 0x231B, 2},   {0x2E80, 0x303E, 2}, {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2},
    {0x4E00, 0x9FFF, 2},   {0xA000, 0xA4CF, 2}, {0xAC00, 0xD7A3, 2},   {0xE000, 0xF8FF, 2},
    {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0}, {0xFE10, 0xFE19, 2},   {0xFE30, 0xFE6F, 2},
    {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2},
    {0xE0100, 0xE01EF, 0},
};

static size_t width_of(int32_t c)
{
    for (size_t i = 0; i < sizeof widths / sizeof *widths && widths[i].from <= c; i++)
        if (c <= widths[i].to)
            return widths[i].width;
    return 1;
}

size_t hedui_display_width(hedui_span text)
{
    size_t width = 0;
    int32_t c;
    for (size_t at = 0, used; (used = hedui_utf8_next(&c, text, at)) > 0; at += used)
        width += width_of(c);
    return width;
}

static void blanks(hedui_buffer *out, hedui_span text, size_t width)
{
    for (size_t taken = hedui_display_width(text); taken < width; taken++)
        hedui_buffer_byte(out, ' ');
}

void hedui_pad_right(hedui_buffer *out, hedui_span text, size_t width)
{
    hedui_buffer_add(out, text);
    blanks(out, text, width);
}

void hedui_pad_left(hedui_buffer *out, hedui_span text, size_t width)
{
    blanks(out, text, width);
    hedui_buffer_add(out, text);
}

/* Office programs open a file by guessing: guessed formulas and guessed numbers are both guarded
 * against. */
static int begins(hedui_span text, const char *with)
{
    size_t length = strlen(with);
    return text.length >= length && memcmp(text.at, with, length) == 0;
}

/* Most texts are told apart by their first byte. */
static int is_formula(hedui_span text)
{
    static const char first[] = "=+-@\t\r\xEF";
    if (!text.length || !memchr(first, text.at[0], sizeof first - 1))
        return 0;
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(text, starts[i]))
            return 1;
    return 0;
}

static int is_long_number(hedui_span text)
{
    enum { SHOWN_WHOLE = 11 };
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
    return text.length > SHOWN_WHOLE;
}

/* Whether one of eight bytes is below '-', as all are that need quotes: of Chinese text none is. */
static int is_any_low(const char *eight)
{
    const uint64_t each = UINT64_MAX / 255; /* 0x0101... */
    uint64_t bytes;
    memcpy(&bytes, eight, sizeof bytes);
    return ((bytes - each * '-') & ~bytes & each * 0x80) != 0;
}

static int needs_quotes(hedui_span text)
{
    for (size_t i = 0; i < text.length;) {
        if (text.length - i >= 8 && !is_any_low(text.at + i)) {
            i += 8;
            continue;
        }
        char c = text.at[i++];
        if (c == '"' || c == ',' || c == '\n' || c == '\r')
            return 1;
    }
    return 0;
}

void hedui_escape_csv(hedui_buffer *out, hedui_span text)
{
    int guard = is_formula(text) || is_long_number(text);
    int quote = needs_quotes(text);
    if (quote)
        hedui_buffer_byte(out, '"');
    if (guard)
        hedui_buffer_byte(out, '\'');
    size_t from = 0; /* a quote stands twice: once at the end of one piece, once before the next */
    for (size_t i = 0; quote && i < text.length; i++)
        if (text.at[i] == '"') {
            hedui_buffer_add(out, (hedui_span){text.at + from, i + 1 - from});
            from = i;
        }
    hedui_buffer_add(out, (hedui_span){text.at + from, text.length - from});
    if (quote)
        hedui_buffer_byte(out, '"');
}
