/* Names are compared code point by code point, skipping what writers leave out or in. */
#include "value/name.h"

#include "value/cell.h"

enum { NO_MORE = 0 };
#define UNREADABLE UINT32_MAX /* beyond the range of an enumerator */

static int is_skipped(uint32_t c)
{
    static const uint32_t interpuncts[] = {'.',    0xB7,   0x2022, 0x2027, 0x2219, 0x22C5,
                                           0x30FB, 0xFF0E, 0xFF65, 0x200C, 0x200D, 0x2060};
    if (hedui_is_blank(c))
        return 1;
    for (unsigned i = 0; i < sizeof interpuncts / sizeof *interpuncts; i++)
        if (c == interpuncts[i])
            return 1;
    return 0;
}

static int stands_for_another(uint32_t c)
{
    return c == '*' || c == '?' || c == 0x25A1 || c == 0xFFFD || c == UINT32_MAX ||
           (c >= 0xE000 && c < 0xF900) || c >= 0xF0000;
}

static uint32_t narrowed(uint32_t c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + 0x21 : c;
}

/* Past a bracket that says it holds a former name, if it is closed. Other brackets count: some
 * systems spell the parts of a character that they cannot write in them. */
static void skip_former_name(hedui_span *name)
{
    static const char *const words[] = {"曾用", "曾名", "原名", "又名"};
    hedui_span rest = *name;
    int former = 0;
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        former |=
            rest.length >= strlen(words[i]) && memcmp(rest.at, words[i], strlen(words[i])) == 0;
    while (former && rest.length)
        if (narrowed(hedui_utf8_take(&rest)) == ')') {
            *name = rest;
            return;
        }
}

static uint32_t next(hedui_span *name)
{
    while (name->length) {
        uint32_t c = narrowed(hedui_utf8_take(name));
        if (c == '(') {
            size_t before = name->length;
            skip_former_name(name);
            if (name->length != before)
                continue;
        }
        if (is_skipped(c))
            continue;
        if (stands_for_another(c))
            return UNREADABLE;
        return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    }
    return NO_MORE;
}

/* 1 if all characters are of U+4000 to U+9FFF: nothing there is skipped, narrowed or unreadable. */
static int is_plain(hedui_span name)
{
    const unsigned char *c = (const unsigned char *)name.at;
    size_t i = 0;
    while (i + 3 <= name.length && c[i] >= 0xE4 && c[i] <= 0xE9 && (c[i + 1] & 0xC0) == 0x80 &&
           (c[i + 2] & 0xC0) == 0x80)
        i += 3;
    return i && i == name.length;
}

int hedui_name_agree(hedui_span a, hedui_span b)
{
    if (hedui_span_equal(a, b) && is_plain(a))
        return 1;
    for (int some = 0;; some = 1) {
        uint32_t x = next(&a), y = next(&b);
        if (x != y || x == UNREADABLE)
            return 0;
        if (x == NO_MORE)
            return some;
    }
}

void hedui_name_normalise(hedui_buffer *buffer, hedui_span name)
{
    char bytes[4];
    for (;;) {
        uint32_t c = next(&name);
        if (c == NO_MORE)
            return;
        hedui_span text = {bytes, (size_t)hedui_utf8_put(bytes, c == UNREADABLE ? 0xFFFD : c)};
        hedui_buffer_add(buffer, text);
    }
}
