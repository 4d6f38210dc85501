/** @file
 * Raw deflate data (RFC 1951) by one library or another, behind one table: both must come to the
 * same verdict, because headers, trailers and checks are ours.
 */
#ifndef HEDUI_FEED_RAW_INFLATE_H
#define HEDUI_FEED_RAW_INFLATE_H

#include <hedui/arena.h>

#include <stddef.h>
#include <stdint.h>

typedef enum hedui_raw_result {
    HEDUI_RAW_ON,    /**< goes on: more input or more room is needed */
    HEDUI_RAW_ENDED, /**< the last block has ended */
    HEDUI_RAW_BAD,   /**< not deflate data */
    HEDUI_RAW_MEMORY /**< no memory */
} hedui_raw_result;

/** One call: what goes in and what comes out. */
typedef struct hedui_raw_step {
    const uint8_t *in;
    size_t in_length;
    uint8_t *out;
    size_t room;
    size_t used, made;   /**< set: bytes of `in` used, bytes of `out` written */
    uint8_t back[8];     /**< set when ENDED: bytes of earlier input that were not needed … */
    unsigned back_count; /**< … and how many; they stand before in[used] */
} hedui_raw_step;

typedef struct hedui_raw_engine {
    const char *name;
    void *(*open)(hedui_arena *arena); /**< NULL without memory */
    void (*close)(void *state);        /**< NULL is accepted */
    int (*start)(void *state);         /**< begin a new stream; 0 without memory */
    hedui_raw_result (*run)(void *state, hedui_raw_step *step);
    uint32_t (*crc)(uint32_t crc, const uint8_t *bytes, size_t length); /**< CRC-32 of gzip */
} hedui_raw_engine;

extern const hedui_raw_engine hedui_raw_zlib;

/** The fastest one in this build. */
const hedui_raw_engine *hedui_raw_best(void);

#endif
