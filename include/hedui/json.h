/** @file
 * A JSON writer (RFC 8259). Money is a whole number of fen, unknown is null, dates and identifiers
 * are strings. Invalid UTF-8 becomes U+FFFD; what is written always parses.
 */
#ifndef HEDUI_JSON_H
#define HEDUI_JSON_H

#include <hedui/buffer.h>
#include <hedui/span.h>

#include <stdint.h>

enum { HEDUI_JSON_DEPTH = 32 };

/** One document being written; a failure to allocate is remembered by the buffer. */
typedef struct hedui_json {
    hedui_buffer *out;
    int depth;
    uint32_t started; /**< bit per depth: a value was written at this level */
    int after_key;
} hedui_json;

/** Begin a document at the end of `out`. */
void hedui_json_init(hedui_json *json, hedui_buffer *out);

void hedui_json_open_object(hedui_json *json);
void hedui_json_close_object(hedui_json *json);
void hedui_json_open_array(hedui_json *json);
void hedui_json_close_array(hedui_json *json);

/** A member's name; exactly one value follows. */
void hedui_json_key(hedui_json *json, const char *key);

void hedui_json_text(hedui_json *json, hedui_span text);
void hedui_json_number(hedui_json *json, int64_t number);
void hedui_json_flag(hedui_json *json, int flag);
void hedui_json_null(hedui_json *json);

/** Name and value in one call. */
void hedui_json_member_text(hedui_json *json, const char *key, hedui_span text);
void hedui_json_member_number(hedui_json *json, const char *key, int64_t number);
void hedui_json_member_flag(hedui_json *json, const char *key, int flag);
void hedui_json_member_null(hedui_json *json, const char *key);

#endif
