/** @file
 * The insides of patterns, shared by the three sources that read, build and run them.
 */
#ifndef HEDUI_CEL_REGEX_H
#define HEDUI_CEL_REGEX_H

#include "cel/internal.h"

enum { MAX_PROGRAM = 20000, MAX_REPEAT = 1000, MAX_GROUPS = 100 };

typedef enum code { CODE_SET, CODE_ANY, CODE_SPLIT, CODE_JUMP, CODE_ASSERT, CODE_MATCH } code;

typedef struct range {
    uint32_t low, high;
} range;

typedef struct instruction {
    uint8_t code, assertion, negated;
    uint32_t x, y; /* targets; of a set: first range and count */
} instruction;

struct regex {
    instruction *program;
    uint32_t count;
    range *ranges;
};

typedef struct builder {
    hedui_span text;
    size_t at;
    hedui_arena *arena;
    instruction *program;
    uint32_t count, capacity;
    range *ranges;
    uint32_t range_count, range_capacity;
    uint32_t depth;
    int fold, dot_all, multiline;
    const char *problem;
} builder;

/* regex_class.c */
int hedui_cel_regex_fail(builder *b, const char *problem);
uint32_t hedui_cel_regex_emit(builder *b, code c, uint32_t x, uint32_t y);
void hedui_cel_regex_folded(builder *b, uint32_t low, uint32_t high);
/* After a backslash: 1 a character in *out, 2 ranges were added, 0 a mistake. */
int hedui_cel_regex_escape(builder *b, uint32_t *out);
/* After an opening bracket. */
int hedui_cel_regex_bracket(builder *b);

static inline int regex_more(const builder *b)
{
    return b->at < b->text.length;
}

static inline int regex_next_is(const builder *b, char c)
{
    return regex_more(b) && b->text.at[b->at] == c;
}

static inline int regex_take(builder *b, char c)
{
    if (!regex_next_is(b, c))
        return 0;
    b->at++;
    return 1;
}

static inline uint32_t regex_point(builder *b)
{
    return hedui_cel_utf8_decode(b->text, &b->at);
}

#endif
