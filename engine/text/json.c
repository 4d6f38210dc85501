/* JSON, without ever being able to write half a structure: commas follow from the depth's state. */
#include <hedui/escape.h>
#include <hedui/json.h>

#include "base/invariant.h"

void hedui_json_init(hedui_json *json, hedui_buffer *out)
{
    memset(json, 0, sizeof *json);
    json->out = out;
}

static void separate(hedui_json *json)
{
    if (!json->after_key && (json->started >> json->depth & 1))
        hedui_buffer_byte(json->out, ',');
    json->started |= UINT32_C(1) << json->depth;
    json->after_key = 0;
}

static void open_level(hedui_json *json, char bracket)
{
    separate(json);
    HEDUI_INVARIANT(json->depth + 1 < HEDUI_JSON_DEPTH);
    json->depth++;
    json->started &= ~(UINT32_C(1) << json->depth);
    hedui_buffer_byte(json->out, bracket);
}

static void close_level(hedui_json *json, char bracket)
{
    HEDUI_INVARIANT(json->depth > 0 && !json->after_key);
    json->depth--;
    hedui_buffer_byte(json->out, bracket);
    if (json->depth == 0)
        hedui_buffer_byte(json->out, '\n');
}

void hedui_json_open_object(hedui_json *json)
{
    open_level(json, '{');
}

void hedui_json_close_object(hedui_json *json)
{
    close_level(json, '}');
}

void hedui_json_open_array(hedui_json *json)
{
    open_level(json, '[');
}

void hedui_json_close_array(hedui_json *json)
{
    close_level(json, ']');
}

/* What stands in a text as it is, with no look at each character: up to the first byte that may
 * not. */
static size_t plain_end(hedui_span text, size_t at)
{
    while (at < text.length) {
        unsigned char c = (unsigned char)text.at[at];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
            break;
        at++;
    }
    return at;
}

static void quote(hedui_buffer *out, hedui_span text)
{
    static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    size_t from = 0, at = plain_end(text, 0);
    int32_t c;
    hedui_buffer_byte(out, '"');
    for (size_t used; (used = hedui_utf8_next(&c, text, at)) > 0; at = plain_end(text, at)) {
        const char *special = c > 0 && c < 128 ? strchr(shorts, (char)c) : NULL;
        int changes = special || c < 0x20 || c == 0x7F;
        if (changes)
            hedui_buffer_add(out, (hedui_span){text.at + from, at - from});
        if (special) {
            hedui_buffer_byte(out, '\\');
            hedui_buffer_byte(out, letters[special - shorts]);
        } else if (c >= 0 && changes)
            hedui_buffer_format(out, "\\u%04x", (unsigned)c);
        else if (c < 0)
            hedui_buffer_text(out, "\xEF\xBF\xBD");
        at += used;
        from = changes ? at : from;
    }
    hedui_buffer_add(out, (hedui_span){text.at + from, at - from});
    hedui_buffer_byte(out, '"');
}

void hedui_json_key(hedui_json *json, const char *key)
{
    separate(json);
    quote(json->out, hedui_span_of(key));
    hedui_buffer_byte(json->out, ':');
    json->after_key = 1;
}

void hedui_json_text(hedui_json *json, hedui_span text)
{
    separate(json);
    quote(json->out, text);
}

void hedui_json_number(hedui_json *json, int64_t number)
{
    separate(json);
    hedui_buffer_number(json->out, number);
}

void hedui_json_flag(hedui_json *json, int flag)
{
    separate(json);
    hedui_buffer_text(json->out, flag ? "true" : "false");
}

void hedui_json_null(hedui_json *json)
{
    separate(json);
    hedui_buffer_text(json->out, "null");
}

void hedui_json_member_text(hedui_json *json, const char *key, hedui_span text)
{
    hedui_json_key(json, key);
    hedui_json_text(json, text);
}

void hedui_json_member_number(hedui_json *json, const char *key, int64_t number)
{
    hedui_json_key(json, key);
    hedui_json_number(json, number);
}

void hedui_json_member_flag(hedui_json *json, const char *key, int flag)
{
    hedui_json_key(json, key);
    hedui_json_flag(json, flag);
}

void hedui_json_member_null(hedui_json *json, const char *key)
{
    hedui_json_key(json, key);
    hedui_json_null(json);
}
