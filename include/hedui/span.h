/** @file
 * A piece of text that somebody else owns: pointer and length, NUL bytes allowed, not terminated.
 */
#ifndef HEDUI_SPAN_H
#define HEDUI_SPAN_H

#include <stddef.h>
#include <string.h>

typedef struct hedui_span {
    const char *at;
    size_t length;
} hedui_span;

/** The span of a string literal, usable in static initialisers. */
#define HEDUI_SPAN(literal)                                                                        \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/** The span of a NUL-terminated text; NULL gives the empty span. Borrows `text`. */
static inline hedui_span hedui_span_of(const char *text)
{
    hedui_span span = {text ? text : "", text ? strlen(text) : 0};
    return span;
}

/** 1 if both spans hold the same bytes, else 0. */
static inline int hedui_span_equal(hedui_span a, hedui_span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

/** 1 if the span holds the bytes of the NUL-terminated `text`, else 0. */
static inline int hedui_span_is(hedui_span span, const char *text)
{
    return hedui_span_equal(span, hedui_span_of(text));
}

/** Order by bytes, which for UTF-8 is the order of code points: below, equal, above zero. */
static inline int hedui_span_compare(hedui_span a, hedui_span b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    if (order)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

#endif
