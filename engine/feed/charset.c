/* iconv for GB18030, a check for UTF-8; text without a byte above 0x7F needs neither. */
#include "feed/charset.h"

#include "value/cell.h"

#include <errno.h>
#include <iconv.h>

int hedui_converter_open(hedui_converter *converter, hedui_charset charset)
{
    converter->charset = charset;
    converter->iconv = NULL;
    if (charset == HEDUI_CHARSET_UTF8)
        return 1;
    iconv_t handle = iconv_open("UTF-8", "GB18030");
    if (handle == (iconv_t)-1)
        return 0;
    converter->iconv = handle;
    return 1;
}

void hedui_converter_close(hedui_converter *converter)
{
    if (converter->iconv)
        (void)iconv_close(converter->iconv);
    converter->iconv = NULL;
}

static int is_ascii(hedui_span text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.length; i++)
        all |= (unsigned char)text.at[i];
    return all < 0x80;
}

/* Append the conversion of `raw`; with `lenient` a broken byte becomes U+FFFD. */
static int convert(hedui_converter *converter, hedui_span raw, hedui_buffer *scratch, int lenient)
{
    char piece[1024];
    char *in = (char *)(uintptr_t)raw.at; /* iconv's prototype forgot const */
    size_t left = raw.length;
    (void)iconv(converter->iconv, NULL, NULL, NULL, NULL);
    while (left) {
        char *out = piece;
        size_t room = sizeof piece;
        size_t result = iconv(converter->iconv, &in, &left, &out, &room);
        hedui_buffer_add(scratch, (hedui_span){piece, sizeof piece - room});
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        if (!lenient)
            return 0;
        hedui_buffer_text(scratch, "\xEF\xBF\xBD");
        in++;
        left--;
    }
    return 1;
}

int hedui_converter_text(hedui_span *text, hedui_converter *converter, hedui_span raw,
                         hedui_buffer *scratch)
{
    if (is_ascii(raw)) {
        *text = raw;
        return 1;
    }
    if (converter->charset == HEDUI_CHARSET_UTF8) {
        if (!hedui_utf8_valid(raw))
            return 0;
        *text = raw;
        return 1;
    }
    size_t start = scratch->length;
    if (!convert(converter, raw, scratch, 0) || hedui_buffer_failed(scratch))
        return 0;
    *text = (hedui_span){scratch->data + start, scratch->length - start};
    return 1;
}

hedui_span hedui_converter_lenient(hedui_converter *converter, hedui_span raw,
                                   hedui_buffer *scratch)
{
    size_t start = scratch->length;
    if (converter->charset == HEDUI_CHARSET_GB18030) {
        (void)convert(converter, raw, scratch, 1);
    } else {
        while (raw.length) {
            char bytes[4];
            uint32_t c = hedui_utf8_take(&raw);
            int size = hedui_utf8_put(bytes, c == UINT32_MAX ? 0xFFFD : c);
            hedui_buffer_add(scratch, (hedui_span){bytes, (size_t)size});
        }
    }
    if (hedui_buffer_failed(scratch) || scratch->length == start)
        return (hedui_span){"", 0};
    return (hedui_span){scratch->data + start, scratch->length - start};
}

int hedui_charset_encode(hedui_buffer *out, hedui_charset charset, hedui_span text)
{
    hedui_converter converter = {charset, NULL};
    if (!hedui_utf8_valid(text))
        return 0;
    if (charset == HEDUI_CHARSET_UTF8) {
        hedui_buffer_add(out, text);
        return !hedui_buffer_failed(out);
    }
    iconv_t handle = iconv_open("GB18030", "UTF-8");
    if (handle == (iconv_t)-1)
        return 0;
    converter.iconv = handle;
    int done = convert(&converter, text, out, 0);
    hedui_converter_close(&converter);
    return done && !hedui_buffer_failed(out);
}
