/** @file
 * A zip archive as a list of entries and streams of their bytes; what cannot be trusted is refused
 * when the archive is opened, before a byte is unpacked. Nothing is ever written by an entry's
 * name.
 */
#ifndef HEDUI_SHEET_ZIP_H
#define HEDUI_SHEET_ZIP_H

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

enum {
    HEDUI_ZIP_ENTRIES = 1000,     /**< most in one archive */
    HEDUI_ZIP_RATIO = 200,        /**< an entry may expand by this factor … */
    HEDUI_ZIP_FREE = 4 * 1048576, /**< … once it is larger than this */
    HEDUI_ZIP_DIRECTORY = 1 << 20 /**< most bytes of the list of entries, which is read whole */
};

/** Most bytes of one entry. */
#define HEDUI_ZIP_LARGEST (INT64_C(8) << 30)

typedef struct hedui_zip hedui_zip;
typedef struct hedui_zip_stream hedui_zip_stream;

typedef struct hedui_zip_entry {
    hedui_span name; /**< UTF-8; names without the mark of it that are not are read as GB18030 */
    uint64_t index;
    uint64_t packed; /**< bytes as the archive says; the unpacked size is not believed */
    int is_folder;
} hedui_zip_entry;

/**
 * @param zip   Set on success; in `arena`, to be closed before the arena is.
 * @param fd    Open for reading; stays the caller's and must stay open.
 * @param path  For errors; borrowed.
 * @return HEDUI_E2209 (damaged), E2210 (an encrypted entry), E2211 (an absolute name, or one with
 *         .. or a backslash or a drive), E2213 (too many entries).
 *
 * Source: PKWARE APPNOTE 6.3 for the end of the central directory.
 */
hedui_status hedui_zip_open(hedui_zip **zip, int fd, const char *path, hedui_arena *arena,
                            hedui_err *err);

/** NULL is accepted. */
void hedui_zip_close(hedui_zip *zip);

/** All entries in the order of the archive. */
const hedui_zip_entry *hedui_zip_entries(const hedui_zip *zip, uint32_t *count);

/** The entry of exactly this name, or NULL. */
const hedui_zip_entry *hedui_zip_find(const hedui_zip *zip, hedui_span name);

/** Begin to read an entry. @param stream  Set on success; the archive must outlive it. */
hedui_status hedui_zip_stream_open(hedui_zip_stream **stream, hedui_zip *zip,
                                   const hedui_zip_entry *entry, hedui_arena *arena,
                                   hedui_err *err);

/**
 * Read up to `room` bytes. The CRC-32 is checked at the end.
 *
 * @param got  Set on success; 0 at the end.
 * @return HEDUI_E2209, E2212 (expands suspiciously much), E2237 (larger than HEDUI_ZIP_LARGEST).
 */
hedui_status hedui_zip_read(size_t *got, hedui_zip_stream *stream, void *out, size_t room,
                            hedui_err *err);

/** NULL is accepted. */
void hedui_zip_stream_close(hedui_zip_stream *stream);

#endif
