/** @file
 * How the bytes of deliveries are taken in: buffers, and the library that inflates. All zero is the
 * usual way. Nothing that is found may hang on it, which whole nights are held to (tests/demo).
 */
#ifndef HEDUI_FEED_READING_H
#define HEDUI_FEED_READING_H

#include "feed/raw_inflate.h"

#include <stddef.h>
#include <stdint.h>

typedef struct hedui_reading {
    size_t input_size;    /**< compressed bytes read at a time, at least 1; 0: 256 KiB */
    size_t block_size;    /**< bytes of the window over the text, at least 1; it grows to hold one
                               row; 0: 256 KiB */
    uint32_t reject_keep; /**< see hedui_rejects_open */
    const hedui_raw_engine *inflate; /**< NULL: the fastest there is */
    uint8_t always_share;            /**< 1: rows are handed to other threads (feed/share.h) even if
                                          nobody waits for them */
} hedui_reading;

#endif
