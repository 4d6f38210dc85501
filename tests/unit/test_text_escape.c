/* Texts that are escaped in pieces against the same character by character, and numbers against
 * printf. */
#include "test.h"

#include <hedui/escape.h>
#include <hedui/json.h>

#include <stdio.h>

enum { ROUNDS = 20000, MOST = 24 };

static uint32_t draw(uint32_t *seed, uint32_t bound)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % bound;
}

static void html_of(hedui_buffer *out, int32_t c, hedui_span bytes)
{
    static const char marks[] = "&<>\"'";
    static const char *const words[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    const char *mark = c > 0 && c < 128 ? strchr(marks, (char)c) : NULL;
    if (mark)
        hedui_buffer_text(out, words[mark - marks]);
    else if (c < 0 || (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0))
        hedui_buffer_text(out, "\xEF\xBF\xBD");
    else
        hedui_buffer_add(out, bytes);
}

static void json_of(hedui_buffer *out, int32_t c, hedui_span bytes)
{
    static const char marks[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *mark = c > 0 && c < 128 ? strchr(marks, (char)c) : NULL;
    if (mark)
        hedui_buffer_format(out, "\\%c", letters[mark - marks]);
    else if (c >= 0 && (c < 0x20 || c == 0x7F))
        hedui_buffer_format(out, "\\u%04x", (unsigned)c);
    else if (c < 0)
        hedui_buffer_text(out, "\xEF\xBF\xBD");
    else
        hedui_buffer_add(out, bytes);
}

static void csv_of(hedui_buffer *out, int32_t c, hedui_span bytes)
{
    hedui_buffer_text(out, c == '"' ? "\"" : "");
    hedui_buffer_add(out, bytes);
}

static void each(hedui_buffer *out, hedui_span text,
                 void (*put)(hedui_buffer *out, int32_t c, hedui_span bytes))
{
    int32_t c;
    for (size_t at = 0, used; (used = hedui_utf8_next(&c, text, at)) > 0; at += used)
        put(out, c, (hedui_span){text.at + at, used});
}

static void same(const hedui_buffer *got, const hedui_buffer *want)
{
    assert_false(hedui_buffer_failed(got));
    assert_int_equal(got->length, want->length);
    assert_memory_equal(hedui_buffer_span(got).at, hedui_buffer_span(want).at, want->length);
}

static void texts_are_escaped_as_character_by_character(void **state)
{
    static const char *const pieces[] = {
        "a", "王",   "\"",   "\\",       "\n", "\r",   "\t",   "&",        "<",          ">",
        "'", "\x01", "\x7F", "\xC2\x85", ",",  "\xFF", "\xE7", "户籍登记", "plain text "};
    uint32_t seed = 659000;
    char bytes[MOST * 16];
    hedui_buffer got, want;
    hedui_json json;
    (void)state;
    hedui_buffer_init(&got);
    hedui_buffer_init(&want);
    for (int round = 0; round < ROUNDS; round++) {
        size_t length = 0;
        for (uint32_t i = draw(&seed, MOST); i > 0; i--) {
            const char *piece = pieces[draw(&seed, sizeof pieces / sizeof *pieces)];
            memcpy(bytes + length, piece, strlen(piece));
            length += strlen(piece);
        }
        if (length && draw(&seed, 8) == 0)
            bytes[draw(&seed, (uint32_t)length)] = '\0';
        const hedui_span text = {bytes, length};
        hedui_buffer_clear(&got);
        hedui_buffer_clear(&want);
        hedui_escape_html(&got, text);
        each(&want, text, html_of);
        same(&got, &want);
        hedui_buffer_clear(&got);
        hedui_buffer_clear(&want);
        hedui_json_init(&json, &got);
        hedui_json_text(&json, text);
        hedui_buffer_byte(&want, '"');
        each(&want, text, json_of);
        hedui_buffer_byte(&want, '"');
        same(&got, &want);
        hedui_buffer_clear(&got);
        hedui_buffer_clear(&want);
        hedui_escape_csv(&got, text);
        int quoted = memchr(bytes, '"', length) || memchr(bytes, ',', length) ||
                     memchr(bytes, '\n', length) || memchr(bytes, '\r', length);
        hedui_buffer_text(&want, quoted ? "\"" : "");
        if (length && (*bytes == '\t' || *bytes == '\r')) /* an office program reads a formula */
            continue;
        each(&want, text, csv_of);
        hedui_buffer_text(&want, quoted ? "\"" : "");
        same(&got, &want);
    }
    hedui_buffer_free(&got);
    hedui_buffer_free(&want);
}

/* Every byte at every place of texts of every length that is looked at in one step or several. */
static void a_text_is_quoted_wherever_its_reason_stands(void **state)
{
    enum { LONGEST = 26 };
    char bytes[LONGEST];
    hedui_buffer got;
    (void)state;
    hedui_buffer_init(&got);
    for (size_t length = 1; length <= LONGEST; length++)
        for (size_t at = 0; at < length; at++)
            for (int byte = 0; byte < 256; byte++) {
                memset(bytes, byte % 2 ? 'a' : '\xE7', length);
                bytes[at] = (char)byte;
                hedui_buffer_clear(&got);
                hedui_escape_csv(&got, (hedui_span){bytes, length});
                int quoted = byte == '"' || byte == ',' || byte == '\n' || byte == '\r';
                int guarded = at == 0 && byte && strchr("=+-@\t\r", byte) != NULL;
                assert_int_equal(got.data[0] == '"', quoted);
                assert_int_equal(got.data[quoted] == '\'', guarded || (byte == '\'' && at == 0));
                assert_int_equal(got.length,
                                 length + (size_t)guarded + (quoted ? 2 : 0) + (byte == '"'));
            }
    hedui_buffer_free(&got);
}

static void numbers_are_as_printf_writes_them(void **state)
{
    static const int64_t numbers[] = {0,  1,   -1,        9,         10,       -10,
                                      99, 100, INT32_MAX, INT64_MAX, INT64_MIN};
    char text[24];
    hedui_buffer got;
    (void)state;
    hedui_buffer_init(&got);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        hedui_buffer_clear(&got);
        hedui_buffer_number(&got, numbers[i]);
        (void)snprintf(text, sizeof text, "%lld", (long long)numbers[i]);
        assert_string_equal(got.data, text);
    }
    hedui_buffer_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped_as_character_by_character),
        cmocka_unit_test(a_text_is_quoted_wherever_its_reason_stands),
        cmocka_unit_test(numbers_are_as_printf_writes_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
