/** @file
 * The inside of a packing, shared by its sources: tables in, deliveries not yet published out.
 */
#ifndef HEDUI_FEED_PACK_PART_H
#define HEDUI_FEED_PACK_PART_H

#include "base/new_file.h"
#include "feed/layout.h"
#include "sheet/zip.h"

#include <hedui/buffer.h>
#include <hedui/digest.h>
#include <hedui/feed_pack.h>

#include <stdint.h>
#include <zlib.h>

typedef enum hedui_pack_fault {
#define HEDUI_PACK_FAULT(word, refuses, zh, en, remedy_zh, remedy_en) HEDUI_PACK_FAULT_##word,
#include "feed/pack_fault.def"
#undef HEDUI_PACK_FAULT
    HEDUI_PACK_FAULT_COUNT
} hedui_pack_fault;

/** What the first bytes of a file say it is. */
typedef enum hedui_pack_kind {
    HEDUI_PACK_TEXT,
    HEDUI_PACK_UTF16,
    HEDUI_PACK_MARKUP,
    HEDUI_PACK_ZIP,
    HEDUI_PACK_GZIP,
    HEDUI_PACK_OLE,   /**< an old workbook or a protected new one */
    HEDUI_PACK_BIFF,  /**< a workbook older still */
    HEDUI_PACK_OTHER, /**< `word` says what */
    HEDUI_PACK_EMPTY
} hedui_pack_kind;

/** A gzip file being written: no time, no name, so that the same text gives the same bytes. */
typedef struct hedui_pack_gzip {
    hedui_new_file *file;
    hedui_digester *digester;
    z_stream stream;
    int is_open;
    hedui_charset charset;
    void *iconv;        /**< UTF-8 to `charset`, or NULL */
    const char *source; /**< for errors */
} hedui_pack_gzip;

/** One table on its way. */
typedef struct hedui_pack_item {
    hedui_feed_packed *packed;
    const hedui_layout *layout;
    const char *name; /**< of the delivery */
    hedui_new_file *delivery, *manifest;
    hedui_digest digest; /**< of the delivery */
    hedui_feed_fault *faults;
} hedui_pack_item;

/** One call of hedui_feed_pack. */
typedef struct hedui_pack {
    const hedui_feed_pack_options *options;
    const hedui_layouts *layouts;
    hedui_arena *arena;   /**< what the report and the deliveries stand in */
    hedui_arena *scratch; /**< given up after each table of an archive */
    hedui_digest source_digest;
    hedui_pack_item *items; /* room for one for each entry of an archive */
    uint32_t item_count;
    hedui_span *left_out;
    uint32_t left_out_count, left_out_room;
} hedui_pack;

/** A table to pack. */
typedef struct hedui_pack_table {
    const char *source; /**< for people */
    const char *name;   /**< its file name, by which its layout is found */
    int fd;
    int optional; /**< 1: leave it out, and say so, if no layout fits its name */
} hedui_pack_table;

/** Tell what a file is. @param word  Set for OTHER: "pdf". */
hedui_pack_kind hedui_pack_kind_of(const char **word, int fd);

/** HEDUI_E2201 to E2208, E2224 for what is no table. HEDUI_E2202 if an OLE file is protected. */
hedui_status hedui_pack_kind_refuse(hedui_pack_kind kind, const char *word, int fd,
                                    const char *source, hedui_err *err);

/** Begin the delivery of a table: find its layout, its day and its name.
 * @param item  Set on success; NULL if the table was left out. */
hedui_status hedui_pack_begin(hedui_pack_item **item, hedui_pack *pack,
                              const hedui_pack_table *table, hedui_err *err);

/** Check the delivery written, and write its manifest. */
hedui_status hedui_pack_finish(hedui_pack *pack, hedui_pack_item *item, hedui_err *err);

/** Note something that is not packed. */
hedui_status hedui_pack_leave_out(hedui_pack *pack, const char *what, hedui_err *err);

/** Write the rows of a sheet. `zip` is that of the workbook. */
hedui_status hedui_pack_workbook(hedui_pack *pack, const hedui_pack_table *table, hedui_zip *zip,
                                 hedui_err *err);

/** Write a text as it stands, or in the layout's character set if that is another. */
hedui_status hedui_pack_text(hedui_pack *pack, const hedui_pack_table *table, hedui_err *err);

/** Note a fault; `cell` is shown masked, `column` may be NULL. */
hedui_status hedui_pack_fault_add(hedui_pack *pack, hedui_pack_item *item, hedui_pack_fault fault,
                                  uint32_t row, const char *place, const hedui_column *column,
                                  hedui_span cell, hedui_err *err);

/** Begin to write `item`'s delivery. */
hedui_status hedui_pack_gzip_open(hedui_pack_gzip *gzip, hedui_pack_item *item, const char *source,
                                  hedui_err *err);

/** Append bytes as they are. */
hedui_status hedui_pack_gzip_add(hedui_pack_gzip *gzip, hedui_span bytes, hedui_err *err);

/** Append UTF-8 in the delivery's character set. A byte that is no character stays none: 0xFF in
 * either set, which costs its row. HEDUI_E2235 for a character that the set cannot write. */
hedui_status hedui_pack_gzip_text(hedui_pack_gzip *gzip, hedui_span text, hedui_err *err);

/** End the file and make it durable. @param digest  Set on success. */
hedui_status hedui_pack_gzip_end(hedui_digest *digest, hedui_pack_gzip *gzip, hedui_err *err);

/** Free what the writing took; the file stays open. */
void hedui_pack_gzip_close(hedui_pack_gzip *gzip);

#endif
