/** @file
 * Code lists (feeds/codes/<name>.yaml): what a registry's letters and numbers mean, as labels for
 * people and typed attributes for rules.
 */
#ifndef HEDUI_FEED_CODE_LIST_H
#define HEDUI_FEED_CODE_LIST_H

#include <hedui/digest.h>
#include <hedui/span.h>
#include <hedui/table.h>

#include <stdint.h>

/** Most codes of a list that a `codes` column may use: they are stored as bits of one word. */
enum { HEDUI_CODES_MAX = 64 };

/** Not in the list. */
#define HEDUI_CODE_NONE UINT32_MAX

typedef enum hedui_attribute_type {
    HEDUI_ATTRIBUTE_BOOL, /**< true or false */
    HEDUI_ATTRIBUTE_TEXT, /**< one word */
    HEDUI_ATTRIBUTE_TEXTS /**< several words */
} hedui_attribute_type;

/** An attribute that the codes of a list may carry; one type for the whole list. */
typedef struct hedui_attribute {
    hedui_span name;
    hedui_attribute_type type;
} hedui_attribute;

/** What one code says for one attribute. A code that does not say is unknown, not false. */
typedef struct hedui_attribute_value {
    uint8_t given;           /**< 0: the list does not say */
    uint8_t yes;             /**< HEDUI_ATTRIBUTE_BOOL */
    hedui_span text;         /**< HEDUI_ATTRIBUTE_TEXT */
    const hedui_span *texts; /**< HEDUI_ATTRIBUTE_TEXTS */
    uint32_t text_count;
} hedui_attribute_value;

typedef struct hedui_code {
    hedui_span code;                     /**< as rules write it */
    hedui_span label;                    /**< as people read it */
    const hedui_attribute_value *values; /**< one for each attribute of the list */
} hedui_code;

/** A code list; all of it lives in the arena that the layouts were loaded into. */
typedef struct hedui_code_list {
    hedui_span name, title;
    const char *path;
    const hedui_attribute *attributes;
    uint32_t attribute_count;
    const hedui_code *codes; /**< in the order of the file; a fact holds an index into this */
    uint32_t count;
    uint8_t single;      /**< every code is one ASCII character: `codes` cells are letter strings */
    hedui_table by_text; /**< code, label and `also` texts -> index */
    hedui_digest digest; /**< of the file's bytes */
} hedui_code_list;

/** The index of the code written as `text` (code, label or a text under `also`; blanks around it
 * are the caller's to trim), or HEDUI_CODE_NONE. */
uint32_t hedui_code_list_find(const hedui_code_list *list, hedui_span text);

/** The index of the attribute called `name`, or HEDUI_CODE_NONE. */
uint32_t hedui_code_list_attribute(const hedui_code_list *list, hedui_span name);

#endif
