/** @file
 * Cells of a delivery's character set as UTF-8.
 */
#ifndef HEDUI_FEED_CHARSET_H
#define HEDUI_FEED_CHARSET_H

#include "feed/layout.h"

#include <hedui/buffer.h>
#include <hedui/span.h>

typedef struct hedui_converter {
    hedui_charset charset;
    void *iconv; /**< NULL for UTF-8 */
} hedui_converter;

/** @return 1, or 0 if the system has no converter or no memory. */
int hedui_converter_open(hedui_converter *converter, hedui_charset charset);

void hedui_converter_close(hedui_converter *converter);

/**
 * `raw` as UTF-8: itself where it is UTF-8 already, else appended to `scratch`.
 *
 * @param text  Set on success; borrowed from `raw` or, until its next append, from `scratch`.
 * @return 1, or 0 for broken characters (nothing is put in their place) or a failed buffer.
 */
int hedui_converter_text(hedui_span *text, hedui_converter *converter, hedui_span raw,
                         hedui_buffer *scratch);

/** The same, with U+FFFD for broken characters: for excerpts and for naming columns. */
hedui_span hedui_converter_lenient(hedui_converter *converter, hedui_span raw,
                                   hedui_buffer *scratch);

/** Append UTF-8 text in a character set. @return 1; 0 for broken UTF-8, a character that the set
 * does not have, a system without a converter, or a failed buffer. */
int hedui_charset_encode(hedui_buffer *out, hedui_charset charset, hedui_span text);

#endif
