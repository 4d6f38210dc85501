/** @file
 * A reader of JSON for the conformance records: trusting about size, strict about form.
 */
#ifndef HEDUI_TESTS_CEL_JSON_H
#define HEDUI_TESTS_CEL_JSON_H

#include <hedui/arena.h>
#include <hedui/span.h>

typedef enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

typedef struct json {
    json_kind kind;
    int truth;
    hedui_span text;    /* string; number as written */
    hedui_span key;     /* in an object */
    struct json *child; /* first element */
    struct json *next;
} json;

/** Read one value that is the whole text. NULL if it is not well-formed. */
json *json_read(hedui_span text, hedui_arena *arena);

/** Member of an object, NULL if there is none. */
const json *json_get(const json *object, const char *key);

/** 1 if the member is the literal true; `otherwise` if it is missing. */
int json_true(const json *object, const char *key, int otherwise);

/** Text of a string member, the empty span if it is missing. */
hedui_span json_text(const json *object, const char *key);

#endif
