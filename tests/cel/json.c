#include "json.h"

#include <stdint.h>

typedef struct reader {
    hedui_span text;
    size_t at;
    hedui_arena *arena;
} reader;

static json *read_value(reader *r, int depth);

static void skip(reader *r)
{
    while (r->at < r->text.length && strchr(" \t\r\n", r->text.at[r->at]) && r->text.at[r->at])
        r->at++;
}

static int take(reader *r, char c)
{
    skip(r);
    if (r->at >= r->text.length || r->text.at[r->at] != c)
        return 0;
    r->at++;
    return 1;
}

static int hex4(reader *r, uint32_t *out)
{
    uint32_t n = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        if (r->at >= r->text.length)
            return 0;
        int c = r->text.at[r->at];
        int d = c >= '0' && c <= '9'                 ? c - '0'
                : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                     : -1;
        if (d < 0)
            return 0;
        n = n * 16 + (uint32_t)d;
    }
    *out = n;
    return 1;
}

static size_t encode(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[n] | c);
    return n;
}

static int read_escape(reader *r, char *out, size_t *used)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = r->at < r->text.length ? r->text.at[r->at++] : '\0';
    const char *simple = c ? strchr(from, c) : NULL;
    uint32_t point, low;
    if (simple) {
        out[(*used)++] = to[simple - from];
        return 1;
    }
    if (c != 'u' || !hex4(r, &point))
        return 0;
    if (point >= 0xD800 && point < 0xDC00 && r->at + 6 <= r->text.length &&
        r->text.at[r->at] == '\\' && r->text.at[r->at + 1] == 'u') {
        r->at += 2;
        if (!hex4(r, &low))
            return 0;
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    *used += encode(out + *used, point);
    return 1;
}

static int read_string(reader *r, hedui_span *out)
{
    size_t used = 0;
    if (!take(r, '"'))
        return 0;
    char *text = hedui_arena_take(r->arena, r->text.length - r->at + 1);
    if (!text)
        return 0;
    while (r->at < r->text.length && r->text.at[r->at] != '"') {
        char c = r->text.at[r->at++];
        if (c != '\\')
            text[used++] = c;
        else if (!read_escape(r, text, &used))
            return 0;
    }
    out->at = text;
    out->length = used;
    return take(r, '"');
}

static int read_members(reader *r, json *whole, int depth)
{
    json **last = &whole->child;
    char closing = whole->kind == JSON_OBJECT ? '}' : ']';
    r->at++;
    if (take(r, closing))
        return 1;
    do {
        hedui_span key = {"", 0};
        if (whole->kind == JSON_OBJECT && (!read_string(r, &key) || !take(r, ':')))
            return 0;
        *last = read_value(r, depth + 1);
        if (!*last)
            return 0;
        (*last)->key = key;
        last = &(*last)->next;
    } while (take(r, ','));
    return take(r, closing);
}

static int read_word(reader *r, json *v)
{
    static const struct {
        const char *word;
        json_kind kind;
        int truth;
    } words[] = {{"true", JSON_BOOL, 1}, {"false", JSON_BOOL, 0}, {"null", JSON_NULL, 0}};
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(words[i].word);
        if (r->text.length - r->at >= n && memcmp(r->text.at + r->at, words[i].word, n) == 0) {
            r->at += n;
            v->kind = words[i].kind;
            v->truth = words[i].truth;
            return 1;
        }
    }
    v->kind = JSON_NUMBER;
    v->text.at = r->text.at + r->at;
    while (r->at < r->text.length && strchr("+-.eE0123456789", r->text.at[r->at])) {
        r->at++;
        v->text.length++;
    }
    return v->text.length > 0;
}

static json *read_value(reader *r, int depth)
{
    json *v = hedui_arena_take(r->arena, sizeof *v);
    skip(r);
    if (!v || depth > 100 || r->at >= r->text.length)
        return NULL;
    int fine;
    switch (r->text.at[r->at]) {
    case '{':
        v->kind = JSON_OBJECT;
        fine = read_members(r, v, depth);
        break;
    case '[':
        v->kind = JSON_ARRAY;
        fine = read_members(r, v, depth);
        break;
    case '"':
        v->kind = JSON_STRING;
        fine = read_string(r, &v->text);
        break;
    default:
        fine = read_word(r, v);
    }
    return fine ? v : NULL;
}

json *json_read(hedui_span text, hedui_arena *arena)
{
    reader r = {text, 0, arena};
    json *v = read_value(&r, 0);
    skip(&r);
    return v && r.at == text.length ? v : NULL;
}

const json *json_get(const json *object, const char *key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (const json *m = object->child; m; m = m->next)
        if (hedui_span_is(m->key, key))
            return m;
    return NULL;
}

int json_true(const json *object, const char *key, int otherwise)
{
    const json *m = json_get(object, key);
    return m ? m->truth : otherwise;
}

hedui_span json_text(const json *object, const char *key)
{
    const json *m = json_get(object, key);
    hedui_span none = {"", 0};
    return m && m->kind == JSON_STRING ? m->text : none;
}
