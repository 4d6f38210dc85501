/* Patterns: sets of characters and what stands behind a backslash. */
#include "cel/regex.h"

int hedui_cel_regex_fail(builder *b, const char *problem)
{
    if (!b->problem)
        b->problem = problem;
    return 0;
}

static void *bigger(builder *b, void *array, uint32_t *capacity, uint32_t count, size_t size)
{
    if (count < *capacity)
        return array;
    uint32_t more = *capacity ? *capacity * 2 : 32;
    void *fresh = hedui_arena_array(b->arena, more, size);
    if (!fresh) {
        (void)hedui_cel_regex_fail(b, "memory");
        return NULL;
    }
    if (count)
        memcpy(fresh, array, (size_t)count * size);
    *capacity = more;
    return fresh;
}

uint32_t hedui_cel_regex_emit(builder *b, code c, uint32_t x, uint32_t y)
{
    if (b->count >= MAX_PROGRAM) {
        (void)hedui_cel_regex_fail(b, "too large");
        return 0;
    }
    instruction *program = bigger(b, b->program, &b->capacity, b->count, sizeof *program);
    if (!program)
        return 0;
    b->program = program;
    instruction i = {(uint8_t)c, 0, 0, x, y};
    b->program[b->count] = i;
    return b->count++;
}

static void add_range(builder *b, uint32_t low, uint32_t high)
{
    range *ranges = bigger(b, b->ranges, &b->range_capacity, b->range_count, sizeof *ranges);
    if (!ranges)
        return;
    b->ranges = ranges;
    b->ranges[b->range_count].low = low;
    b->ranges[b->range_count++].high = high;
}

void hedui_cel_regex_folded(builder *b, uint32_t low, uint32_t high)
{
    add_range(b, low, high);
    if (!b->fold)
        return;
    for (uint32_t c = 'a'; c <= 'z'; c++) {
        if (c >= low && c <= high)
            add_range(b, c - 32, c - 32);
        if (c - 32 >= low && c - 32 <= high)
            add_range(b, c, c);
    }
}

/* --- classes ---------------------------------------------------------------------------------- */

typedef struct named_class {
    const char *name;
    range ranges[6];
} named_class;

static const named_class perl[] = {
    {"d", {{'0', '9'}}},
    {"w", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
    {"s", {{9, 10}, {12, 13}, {32, 32}}},
};

/* The scripts and categories people here write, coarsely where Unicode has hundreds of ranges. */
static const named_class unicode[] = {
    {"Han",
     {{0x2E80, 0x2FD5},
      {0x3005, 0x3007},
      {0x3021, 0x3029},
      {0x3400, 0x4DBF},
      {0x4E00, 0x9FFF},
      {0x20000, 0x323AF}}},
    {"L", {{'A', 'Z'}, {'a', 'z'}, {0xAA, 0xAA}, {0xB5, 0xB5}, {0xC0, 0x2AF}, {0x370, 0x1FFF}}},
    {"Lu", {{'A', 'Z'}, {0xC0, 0xDE}, {0x391, 0x3A9}, {0x410, 0x42F}}},
    {"Ll", {{'a', 'z'}, {0xDF, 0xFF}, {0x3B1, 0x3C9}, {0x430, 0x44F}}},
    {"N", {{'0', '9'}, {0xB2, 0xB3}, {0xB9, 0xB9}, {0xBC, 0xBE}, {0x660, 0x669}, {0xFF10, 0xFF19}}},
    {"Nd", {{'0', '9'}, {0x660, 0x669}, {0xFF10, 0xFF19}}},
    {"P", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}, {0x3001, 0x303F}, {0xFF01, 0xFF0F}}},
    {"Z", {{32, 32}, {0xA0, 0xA0}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x3000, 0x3000}}},
};

static const range more_letters[] = {
    {0x2C00, 0x2DFF}, {0x3005, 0x3007}, {0x3031, 0x3035}, {0x3040, 0x318F},   {0x31A0, 0x31FF},
    {0x3400, 0x4DBF}, {0x4E00, 0xA48C}, {0xA4D0, 0xABFF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE70, 0xFEFC}, {0xFF21, 0xFF3A}, {0xFF41, 0xFF5A}, {0x10000, 0x1FFFF}, {0x20000, 0x323AF}};

static int compare_low(const range *a, const range *b)
{
    return a->low < b->low ? -1 : a->low > b->low;
}

/* Turn the ranges from `first` on into their complement. */
static void complement(builder *b, uint32_t first)
{
    uint32_t n = b->range_count - first, next = 0;
    for (uint32_t i = 1; i < n; i++) /* few ranges: insertion */
        for (uint32_t j = first + i; j > first; j--) {
            if (compare_low(&b->ranges[j - 1], &b->ranges[j]) <= 0)
                break;
            range swap = b->ranges[j];
            b->ranges[j] = b->ranges[j - 1];
            b->ranges[j - 1] = swap;
        }
    range *sorted = hedui_arena_array(b->arena, n + 1u, sizeof *sorted);
    if (!sorted) {
        (void)hedui_cel_regex_fail(b, "memory");
        return;
    }
    if (n)
        memcpy(sorted, b->ranges + first, n * sizeof *sorted);
    b->range_count = first;
    for (uint32_t i = 0; i < n; i++) {
        if (sorted[i].low > next)
            add_range(b, next, sorted[i].low - 1);
        if (sorted[i].high + 1 > next)
            next = sorted[i].high + 1;
    }
    if (next <= 0x10FFFF)
        add_range(b, next, 0x10FFFF);
}

static void add_class(builder *b, const named_class *c, int negated, int letters)
{
    uint32_t first = b->range_count;
    for (int i = 0; i < 6 && c->ranges[i].high; i++)
        add_range(b, c->ranges[i].low, c->ranges[i].high);
    for (size_t i = 0; letters && i < sizeof more_letters / sizeof *more_letters; i++)
        add_range(b, more_letters[i].low, more_letters[i].high);
    if (negated)
        complement(b, first);
}

static int unicode_class(builder *b, int negated)
{
    hedui_span name;
    if (regex_take(b, '{')) {
        if (regex_take(b, '^'))
            negated = !negated;
        name.at = b->text.at + b->at;
        name.length = 0;
        while (regex_more(b) && !regex_next_is(b, '}')) {
            b->at++;
            name.length++;
        }
        if (!regex_take(b, '}'))
            return hedui_cel_regex_fail(b, "\\p{");
    } else {
        if (!regex_more(b))
            return hedui_cel_regex_fail(b, "\\p");
        name.at = b->text.at + b->at++;
        name.length = 1;
    }
    for (size_t i = 0; i < sizeof unicode / sizeof *unicode; i++)
        if (hedui_span_is(name, unicode[i].name)) {
            add_class(b, &unicode[i], negated, i == 1);
            return 1;
        }
    return hedui_cel_regex_fail(b, "\\p");
}

static int hex_point(builder *b, uint32_t *out)
{
    uint32_t n = 0;
    int braces = regex_take(b, '{'), digits = 0;
    for (; regex_more(b) && (braces || digits < 2); digits++, b->at++) {
        int c = b->text.at[b->at];
        int d = c >= '0' && c <= '9'                     ? c - '0'
                : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                         : -1;
        if (d < 0)
            break;
        n = n * 16 + (uint32_t)d;
        if (n > 0x10FFFF)
            return hedui_cel_regex_fail(b, "\\x");
    }
    if (!digits || (braces && !regex_take(b, '}')) || (!braces && digits < 2))
        return hedui_cel_regex_fail(b, "\\x");
    *out = n;
    return 1;
}

/* After a backslash: 1 a character in *out, 2 ranges were added, 0 a mistake. */
int hedui_cel_regex_escape(builder *b, uint32_t *out)
{
    static const char from[] = "afnrtv", to[] = "\a\f\n\r\t\v";
    if (!regex_more(b))
        return hedui_cel_regex_fail(b, "\\");
    uint32_t c = regex_point(b);
    for (size_t i = 0; i < 3; i++)
        if (c == (unsigned char)perl[i].name[0] || c == (unsigned char)perl[i].name[0] - 32u) {
            add_class(b, &perl[i], c < 'a', 0);
            return 2;
        }
    if (c == 'p' || c == 'P')
        return unicode_class(b, c == 'P') ? 2 : 0;
    const char *simple = c && c < 128 ? strchr(from, (int)c) : NULL;
    if (simple) {
        *out = (unsigned char)to[simple - from];
        return 1;
    }
    if (c == 'x')
        return hex_point(b, out);
    int word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (word || c >= 128)
        return hedui_cel_regex_fail(b, "\\");
    *out = c;
    return 1;
}

static int posix_class(builder *b)
{
    static const named_class classes[] = {
        {"[:alpha:]", {{'A', 'Z'}, {'a', 'z'}}},
        {"[:digit:]", {{'0', '9'}}},
        {"[:alnum:]", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
        {"[:upper:]", {{'A', 'Z'}}},
        {"[:lower:]", {{'a', 'z'}}},
        {"[:space:]", {{9, 13}, {32, 32}}},
        {"[:punct:]", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
        {"[:xdigit:]", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        size_t n = strlen(classes[i].name);
        if (b->text.length - b->at >= n && !memcmp(b->text.at + b->at, classes[i].name, n)) {
            b->at += n;
            add_class(b, &classes[i], 0, 0);
            return 1;
        }
    }
    return 0;
}

int hedui_cel_regex_bracket(builder *b)
{
    uint32_t first = b->range_count;
    int negated = regex_take(b, '^'), start = 1;
    while (regex_more(b) && (start || !regex_next_is(b, ']'))) {
        uint32_t low, high;
        int kind = 1;
        start = 0;
        if (regex_next_is(b, '[') && posix_class(b))
            continue;
        low = regex_point(b);
        if (low == '\\')
            kind = hedui_cel_regex_escape(b, &low);
        if (!kind)
            return 0;
        if (kind == 2)
            continue;
        high = low;
        if (regex_next_is(b, '-') && b->at + 1 < b->text.length && b->text.at[b->at + 1] != ']') {
            b->at++;
            high = regex_point(b);
            if (high == '\\' && hedui_cel_regex_escape(b, &high) != 1)
                return hedui_cel_regex_fail(b, "[-]");
            if (high < low)
                return hedui_cel_regex_fail(b, "[-]");
        }
        hedui_cel_regex_folded(b, low, high);
    }
    if (!regex_take(b, ']'))
        return hedui_cel_regex_fail(b, "[");
    if (negated)
        complement(b, first);
    (void)hedui_cel_regex_emit(b, CODE_SET, first, b->range_count - first);
    return !b->problem;
}
