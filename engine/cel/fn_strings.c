/* Texts. Positions count code points; order and equality are those of the bytes. */
#include "cel/internal.h"

static value out_of_range(evaluation *e)
{
    return hedui_cel_error_at(e, HEDUI_CEL_ERROR_INDEX);
}

static value no_memory(evaluation *e)
{
    return hedui_cel_error_at(e, HEDUI_CEL_ERROR_MEMORY);
}

/* Every function here goes over its text once or a few times. */
static int paid(evaluation *e, const value *a)
{
    return hedui_cel_step(e, a[0].as.text.length / 16);
}

static value size(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    if (a[0].kind == HEDUI_CEL_STRING) {
        (void)paid(e, a);
        return hedui_cel_int((int64_t)hedui_cel_utf8_count(a[0].as.text));
    }
    if (a[0].kind == HEDUI_CEL_BYTES)
        return hedui_cel_int((int64_t)a[0].as.text.length);
    return hedui_cel_int(a[0].count);
}

static int found_at(size_t *at, hedui_span text, hedui_span wanted, size_t from)
{
    if (wanted.length > text.length)
        return 0;
    if (!wanted.length) {
        *at = from;
        return from <= text.length;
    }
    const char *found = from <= text.length
                            ? memmem(text.at + from, text.length - from, wanted.at, wanted.length)
                            : NULL;
    if (!found)
        return 0;
    *at = (size_t)(found - text.at);
    return 1;
}

static value contains(evaluation *e, const value *a, uint32_t count)
{
    size_t at;
    (void)count;
    (void)paid(e, a);
    return hedui_cel_bool(found_at(&at, a[0].as.text, a[1].as.text, 0));
}

static value starts_with(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    (void)e;
    (void)count;
    if (s.length < a[1].as.text.length)
        return hedui_cel_bool(0);
    s.length = a[1].as.text.length;
    return hedui_cel_bool(hedui_span_equal(s, a[1].as.text));
}

static value ends_with(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    (void)e;
    (void)count;
    if (s.length < a[1].as.text.length)
        return hedui_cel_bool(0);
    s.at += s.length - a[1].as.text.length;
    s.length = a[1].as.text.length;
    return hedui_cel_bool(hedui_span_equal(s, a[1].as.text));
}

static value matches(evaluation *e, const value *a, uint32_t count)
{
    const node *n = node_at(e->program, e->node);
    const struct regex *regex = n->regex;
    const char *problem;
    uint64_t steps = 0;
    (void)count;
    if (!regex)
        regex = hedui_cel_regex_compile(a[1].as.text, e->arena, &problem);
    if (!regex)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_ARGUMENT);
    int found = hedui_cel_regex_search(regex, a[0].as.text, e->arena, &steps);
    (void)hedui_cel_step(e, steps / 8);
    return found < 0 ? no_memory(e) : hedui_cel_bool(found);
}

static value char_at(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    (void)paid(e, a);
    hedui_span s = a[0].as.text;
    if (a[1].as.number < 0)
        return out_of_range(e);
    size_t from = hedui_cel_utf8_offset(s, (size_t)a[1].as.number);
    if (from == SIZE_MAX)
        return out_of_range(e);
    size_t to = from;
    if (from < s.length)
        (void)hedui_cel_utf8_decode(s, &to);
    return hedui_cel_string(span_between(s, (uint32_t)from, (uint32_t)to));
}

static value index_of(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    size_t at, from = 0;
    (void)paid(e, a);
    if (count == 3) {
        if (a[2].as.number < 0)
            return out_of_range(e);
        from = hedui_cel_utf8_offset(s, (size_t)a[2].as.number);
        if (from == SIZE_MAX)
            return out_of_range(e);
    }
    if (!found_at(&at, s, a[1].as.text, from))
        return hedui_cel_int(-1);
    s.length = at;
    return hedui_cel_int((int64_t)hedui_cel_utf8_count(s));
}

static value last_index_of(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text, wanted = a[1].as.text;
    (void)paid(e, a);
    size_t at = s.length;
    if (count == 3) {
        if (a[2].as.number < 0)
            return out_of_range(e);
        at = hedui_cel_utf8_offset(s, (size_t)a[2].as.number);
        if (at == SIZE_MAX)
            return out_of_range(e);
    }
    if (wanted.length > s.length)
        return hedui_cel_int(-1);
    if (at > s.length - wanted.length)
        at = s.length - wanted.length;
    for (size_t i = at + 1; i-- > 0;) {
        if (wanted.length && memcmp(s.at + i, wanted.at, wanted.length) != 0)
            continue;
        s.length = i;
        return hedui_cel_int((int64_t)hedui_cel_utf8_count(s));
    }
    return hedui_cel_int(-1);
}

static value substring(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    (void)paid(e, a);
    if (a[1].as.number < 0 || (count == 3 && a[2].as.number < a[1].as.number))
        return out_of_range(e);
    size_t from = hedui_cel_utf8_offset(s, (size_t)a[1].as.number);
    size_t to = count == 3 ? hedui_cel_utf8_offset(s, (size_t)a[2].as.number) : s.length;
    if (from == SIZE_MAX || to == SIZE_MAX)
        return out_of_range(e);
    s.at += from;
    s.length = to - from;
    return hedui_cel_string(s);
}

static value with_case(evaluation *e, const value *a, char first, char last, int by)
{
    if (!paid(e, a))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_LIMIT);
    hedui_span s = a[0].as.text;
    char *text = hedui_arena_take(e->arena, s.length + 1);
    if (!text)
        return no_memory(e);
    for (size_t i = 0; i < s.length; i++)
        text[i] = (char)(s.at[i] >= first && s.at[i] <= last ? s.at[i] + by : s.at[i]);
    s.at = text;
    return hedui_cel_string(s);
}

static value lower(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return with_case(e, a, 'A', 'Z', 32);
}

static value upper(evaluation *e, const value *a, uint32_t count)
{
    (void)count;
    return with_case(e, a, 'a', 'z', -32);
}

static int is_space(uint32_t c)
{
    return (c >= 9 && c <= 13) || c == 32 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static value trim(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    size_t begin = SIZE_MAX, end = 0;
    (void)count;
    (void)paid(e, a);
    for (size_t at = 0; at < s.length;) {
        size_t start = at;
        if (!is_space(hedui_cel_utf8_decode(s, &at))) {
            if (begin == SIZE_MAX)
                begin = start;
            end = at;
        }
    }
    if (begin == SIZE_MAX)
        begin = 0;
    s.at += begin;
    s.length = end > begin ? end - begin : 0;
    return hedui_cel_string(s);
}

static value reverse_text(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text;
    (void)count;
    if (!paid(e, a))
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_LIMIT);
    char *text = hedui_arena_take(e->arena, s.length + 1);
    if (!text)
        return no_memory(e);
    size_t write = s.length;
    for (size_t at = 0; at < s.length;) {
        size_t start = at;
        (void)hedui_cel_utf8_decode(s, &at);
        write -= at - start;
        memcpy(text + write, s.at + start, at - start);
    }
    s.at = text;
    return hedui_cel_string(s);
}

static value replace(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text, from = a[1].as.text, to = a[2].as.text;
    int64_t left = count == 4 ? a[3].as.number : -1;
    hedui_buffer out;
    size_t at = 0, found;
    hedui_buffer_init(&out);
    while (left != 0 && hedui_cel_step(e, 1 + to.length / 16) && found_at(&found, s, from, at)) {
        size_t end = found + from.length;
        if (!from.length) { /* before every character and at the end */
            if (found >= s.length)
                end = SIZE_MAX;
            else
                (void)hedui_cel_utf8_decode(s, &end);
        }
        hedui_buffer_add(&out, span_between(s, (uint32_t)at, (uint32_t)found));
        hedui_buffer_add(&out, to);
        left -= left > 0;
        if (end == SIZE_MAX) {
            at = s.length;
            break;
        }
        if (!from.length)
            hedui_buffer_add(&out, span_between(s, (uint32_t)found, (uint32_t)end));
        at = end;
    }
    if (at < s.length)
        hedui_buffer_add(&out, span_between(s, (uint32_t)at, (uint32_t)s.length));
    return hedui_cel_text_value(e, &out);
}

static size_t pieces_of(hedui_span s, hedui_span separator, int64_t limit)
{
    size_t n = 1, at = 0, found;
    if (!separator.length)
        n = hedui_cel_utf8_count(s);
    else
        for (; found_at(&found, s, separator, at); n++)
            at = found + separator.length;
    return limit >= 0 && n > (size_t)limit ? (size_t)limit : n;
}

static value split(evaluation *e, const value *a, uint32_t count)
{
    hedui_span s = a[0].as.text, separator = a[1].as.text;
    size_t wanted = pieces_of(s, separator, count == 3 ? a[2].as.number : -1), at = 0;
    if (!hedui_cel_step(e, s.length / 16 + wanted) || wanted >= NONE)
        return hedui_cel_error_at(e, HEDUI_CEL_ERROR_LIMIT);
    value *items = hedui_arena_array(e->arena, wanted, sizeof *items);
    if (!items)
        return no_memory(e);
    for (size_t i = 0; i < wanted; i++) {
        size_t end = s.length, next = s.length;
        if (i + 1 < wanted && !separator.length) {
            next = at;
            (void)hedui_cel_utf8_decode(s, &next);
            end = next;
        } else if (i + 1 < wanted && found_at(&end, s, separator, at)) {
            next = end + separator.length;
        }
        items[i] = hedui_cel_string(span_between(s, (uint32_t)at, (uint32_t)end));
        at = next;
    }
    return hedui_cel_list(items, (uint32_t)wanted);
}

static value join(evaluation *e, const value *a, uint32_t count)
{
    hedui_buffer out;
    hedui_buffer_init(&out);
    for (uint32_t i = 0; i < a[0].count; i++) {
        value item = a[0].as.items[i];
        if (item.kind != HEDUI_CEL_STRING || !hedui_cel_step(e, 1 + item.as.text.length / 16)) {
            hedui_buffer_free(&out);
            return hedui_cel_error_at(e, HEDUI_CEL_ERROR_OVERLOAD);
        }
        if (i && count == 2)
            hedui_buffer_add(&out, a[1].as.text);
        hedui_buffer_add(&out, item.as.text);
    }
    return hedui_cel_text_value(e, &out);
}

static value quote(evaluation *e, const value *a, uint32_t count)
{
    static const char from[] = "\a\b\f\n\r\t\v\\\"", to[] = "abfnrtv\\\"";
    hedui_buffer out;
    (void)count;
    (void)paid(e, a);
    hedui_buffer_init(&out);
    hedui_buffer_byte(&out, '"');
    for (size_t i = 0; i < a[0].as.text.length; i++) {
        char c = a[0].as.text.at[i];
        const char *special = c ? strchr(from, c) : NULL;
        if (special)
            hedui_buffer_byte(&out, '\\');
        hedui_buffer_byte(&out, special ? to[special - from] : c);
    }
    hedui_buffer_byte(&out, '"');
    return hedui_cel_text_value(e, &out);
}

#define ROW(signature, call)                                                                       \
    {                                                                                              \
        signature, call, SCALE_NONE, NULL, NULL                                                    \
    }

static const function_row rows[] = {
    {"size(string) -> int", size, SCALE_NONE, "Characters of a text, elements of a list.",
     "size(\"低保\") => 2"},
    ROW("size(bytes) -> int", size),
    ROW("size(list(A)) -> int", size),
    ROW("size(map(A, B)) -> int", size),
    ROW("string.size() -> int", size),
    ROW("bytes.size() -> int", size),
    ROW("list(A).size() -> int", size),
    ROW("map(A, B).size() -> int", size),
    {"string.contains(string) -> bool", contains, SCALE_NONE, "The other text occurs in it.",
     "\"牌照\".contains(\"照\") => true"},
    {"string.startsWith(string) -> bool", starts_with, SCALE_NONE, "It begins with the other.",
     "\"K33\".startsWith(\"K\") => true"},
    {"string.endsWith(string) -> bool", ends_with, SCALE_NONE, "It ends with the other.",
     "\"K33\".endsWith(\"3\") => true"},
    {"matches(string, string) -> bool", matches, SCALE_NONE,
     "The pattern (RE2) occurs in it; ^ and $ tie it to the ends.",
     "\"K33\".matches(\"^K[0-9]+$\") => true"},
    ROW("string.matches(string) -> bool", matches),
    {"string.charAt(int) -> string", char_at, SCALE_NONE, "The character at a position from 0.",
     "\"abc\".charAt(1) => \"b\""},
    {"string.indexOf(string) -> int", index_of, SCALE_NONE, "First position, -1 if none.",
     "\"banana\".indexOf(\"an\") => 1"},
    ROW("string.indexOf(string, int) -> int", index_of),
    {"string.lastIndexOf(string) -> int", last_index_of, SCALE_NONE, "Last position, -1 if none.",
     "\"banana\".lastIndexOf(\"an\") => 3"},
    ROW("string.lastIndexOf(string, int) -> int", last_index_of),
    {"string.substring(int) -> string", substring, SCALE_NONE, "From one position up to another.",
     "\"659000\".substring(0, 4) => \"6590\""},
    ROW("string.substring(int, int) -> string", substring),
    {"string.lowerAscii() -> string", lower, SCALE_NONE, "A to Z in lower case.",
     "\"K33\".lowerAscii() => \"k33\""},
    {"string.upperAscii() -> string", upper, SCALE_NONE, "a to z in upper case.",
     "\"k33\".upperAscii() => \"K33\""},
    {"string.trim() -> string", trim, SCALE_NONE, "Without blanks at both ends.",
     "\" a \".trim() => \"a\""},
    {"string.reverse() -> string", reverse_text, SCALE_NONE, "From the last character on.",
     "\"abc\".reverse() => \"cba\""},
    {"string.replace(string, string) -> string", replace, SCALE_NONE,
     "With one text put for another, at most so many times.",
     "\"a-b-c\".replace(\"-\", \"\", 1) => \"ab-c\""},
    ROW("string.replace(string, string, int) -> string", replace),
    {"string.split(string) -> list(string)", split, SCALE_NONE,
     "The parts between separators, at most so many.", "\"a,b\".split(\",\") => [\"a\", \"b\"]"},
    ROW("string.split(string, int) -> list(string)", split),
    {"list(string).join() -> string", join, SCALE_NONE, "The texts one after the other.",
     "[\"a\", \"b\"].join(\"-\") => \"a-b\""},
    ROW("list(string).join(string) -> string", join),
    {"strings.quote(string) -> string", quote, SCALE_NONE, "As a literal, in quotes.",
     "strings.quote(\"a\") => \"\\\"a\\\"\""},
};

const function_topic hedui_cel_topic_strings = {"texts", rows, sizeof rows / sizeof *rows};
