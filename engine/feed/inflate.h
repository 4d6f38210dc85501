/** @file
 * A gzip file as a stream of bytes, checked to the last one.
 *
 * Headers and trailers are read here and only the raw deflate data by a library (raw_inflate.h),
 * because zlib's own gzip reading takes a truncated file for a whole one, ignores what stands
 * behind the stream and passes plain files through.
 */
#ifndef HEDUI_FEED_INFLATE_H
#define HEDUI_FEED_INFLATE_H

#include "feed/raw_inflate.h"
#include "feed/reason.h"

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>

#include <stddef.h>
#include <stdint.h>

/** Content larger than a mebibyte may be this many times as large as the file. */
enum { HEDUI_INFLATE_RATIO = 200, HEDUI_INFLATE_FREE = 1 << 20 };

typedef struct hedui_inflate hedui_inflate;

/** What is known of a stream; complete once hedui_inflate_read gave 0 bytes. */
typedef struct hedui_inflate_state {
    hedui_refusal refusal;   /**< HEDUI_REFUSAL_none while sound */
    uint64_t refusal_offset; /**< in the compressed file */
    uint64_t compressed;     /**< bytes read so far */
    uint64_t length;         /**< bytes of content so far */
    uint32_t crc;            /**< CRC-32 of the content of all members that ended */
    uint32_t members;        /**< that ended well */
} hedui_inflate_state;

/**
 * @param fd          Open for reading at its beginning; stays the caller's, used until the close.
 * @param path        For errors; borrowed.
 * @param input_size  Bytes to read at a time; 0: 256 KiB.
 * @param engine      NULL: the fastest there is.
 * @param arena       Holds it until after the close.
 * @return NULL without memory.
 */
hedui_inflate *hedui_inflate_open(int fd, const char *path, size_t input_size,
                                  const hedui_raw_engine *engine, hedui_arena *arena);

/** NULL is accepted. */
void hedui_inflate_close(hedui_inflate *inflate);

/**
 * Read up to `room` (at least 1) bytes of content.
 *
 * What was given out is to be trusted only when the end was reached without a refusal: the checks
 * of a member stand behind its data.
 *
 * @param got  Set on success; 0 at the end and at a refusal (see hedui_inflate_state).
 * @return HEDUI_E1001, HEDUI_E1003.
 */
hedui_status hedui_inflate_read(size_t *got, hedui_inflate *inflate, void *out, size_t room,
                                hedui_err *err);

/** Where the stream stands. */
hedui_inflate_state hedui_inflate_now(const hedui_inflate *inflate);

/**
 * Read what is left of the file, if anything, and give the digest of all its bytes. To be called
 * once, at the end.
 *
 * @return HEDUI_E1003.
 */
hedui_status hedui_inflate_digest(hedui_digest *digest, hedui_inflate *inflate, hedui_err *err);

#endif
