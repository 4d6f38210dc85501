/** @file
 * One delivery being written: rows in a scattered order, its character set, gzip, its ledger.
 */
#ifndef HEDUI_DEMO_OUT_H
#define HEDUI_DEMO_OUT_H

#include "demo/tsv.h"
#include "demo/world.h"

#include <hedui/buffer.h>

#include <iconv.h>
#include <stdio.h>
#include <zlib.h>

enum { HEDUI_DEMO_WINDOW = 1024, HEDUI_DEMO_CHUNK = 1 << 16, HEDUI_DEMO_ANSWERED = 16 };

/** What becomes of a row. */
typedef enum hedui_demo_fate {
    HEDUI_DEMO_MATCHED,
    HEDUI_DEMO_STRANGER,
    HEDUI_DEMO_OTHER_DOCUMENT,
    HEDUI_DEMO_DUPLICATE,
    HEDUI_DEMO_REJECTED
} hedui_demo_fate;

/** A row before it is written; every "~" in it becomes a byte that no character set has. */
typedef struct hedui_demo_row {
    hedui_buffer text;
    int cells;
    char mark; /**< between cells; 0: a comma */
    hedui_demo_fate fate;
    const char *reason;     /**< of HEDUI_DEMO_REJECTED */
    const char *quirk;      /**< NULL: nothing of note */
    hedui_buffer said;      /**< lines "header, tab, meaning", if facts are told */
    int telling;            /**< 1: they are */
    int withdrawn;          /**< 1: a later row contradicts it: it is no fact */
    int followed;           /**< 1: another row of its slot comes behind it */
    int doubted;            /**< 1: a later delta has its key under a number that is none */
    char households[2][16]; /**< where the person of a matched row stands; empty: nowhere */
} hedui_demo_row;

/** A place in the window: a row and one that must come after it. */
typedef struct hedui_demo_slot {
    hedui_demo_row row, then;
    int has_then;
} hedui_demo_slot;

typedef struct hedui_demo_out {
    hedui_demo_feed feed;
    int is_delta;                 /**< 1: of changes since the full file; set before it is opened */
    struct hedui_demo_out *delta; /**< of a full file: its delta, or NULL; see delta.h */
    char name[64];                /**< file name */
    char path[4096];
    FILE *file;
    z_stream deflate;
    int deflating;
    iconv_t convert; /**< or (iconv_t)-1 for UTF-8 */
    uint32_t crc;
    uint64_t length, member_length; /**< of the text; of what stands in this gzip member */
    uint32_t dress;                 /**< bits, see registry.h */
    char mark;                      /**< between cells */
    uint32_t line;                  /**< of the next row */
    const char *line_end;
    hedui_buffer pending; /**< text not yet deflated */
    hedui_demo_slot *slots;
    uint32_t used;
    hedui_demo_random random;
    hedui_demo_ledger ledger;
    hedui_demo_tsv *rejects, *rows,
        *matched;          /**< of the truth, borrowed; all NULL: no part of it */
    hedui_demo_tsv *facts; /**< or NULL */
    hedui_demo_tsv *files;
    /* of further feeds: what is planted among the rows about the caseload */
    uint64_t serial, matched_rows;
    uint64_t faults; /**< bits of hedui_demo_fault_at */
    uint32_t plant;  /**< how often each */
    uint32_t planted[HEDUI_DEMO_FAULTS], next_fault;
    /* of answers to query lists, see reply.h */
    char answered_ids[HEDUI_DEMO_ANSWERED][19]; /**< of this case: people with rows */
    uint32_t answered_count;
    int64_t answered, unasked; /**< people asked about with rows; rows about nobody asked */
    unsigned char packed[HEDUI_DEMO_CHUNK];
    char converted[2 * HEDUI_DEMO_CHUNK];
} hedui_demo_out;

/** Open folder/inbox/<name of the feed's delivery> and write what stands above the rows. */
hedui_status hedui_demo_out_open(hedui_demo_out *out, const char *folder, hedui_demo_feed feed,
                                 const hedui_demo_options *options, hedui_arena *arena,
                                 hedui_err *err);

/** An empty slot to fill; an older row is written to make room. Valid until the next call. */
hedui_status hedui_demo_out_slot(hedui_demo_slot **slot, hedui_demo_out *out, hedui_err *err);

/** The second row of a slot, to come somewhere after the first. */
hedui_demo_row *hedui_demo_slot_then(hedui_demo_slot *slot);

/** Write a row at once, past the window. For deltas. */
hedui_status hedui_demo_out_row(hedui_demo_out *out, const hedui_demo_row *row, hedui_err *err);

/** Write the rest, the footer, the gzip trailer. */
hedui_status hedui_demo_out_finish(hedui_demo_out *out, hedui_err *err);

/** Give everything back; a second call is harmless. */
void hedui_demo_out_close(hedui_demo_out *out);

/** Append a cell, quoted where it must be. */
void hedui_demo_cell(hedui_demo_row *row, const char *text);

/** What a cell of the row means, canonically; line ends and tabs in it become blanks. */
void hedui_demo_say(hedui_demo_row *row, const char *header, const char *meaning);

/** Append a cell without any quoting. */
void hedui_demo_raw_cell(hedui_demo_row *row, const char *text);

/** Append a date: "iso" 2014-07-05, "compact" 20140705, "slash" 2014/7/5; NEVER gives an empty
 * cell. */
void hedui_demo_date_cell(hedui_demo_row *row, int32_t day, const char *style);

/** Append an amount in yuan, without needless zeros. */
void hedui_demo_money_cell(hedui_demo_row *row, int64_t fen);

/** The name of the feed's layout. */
const char *hedui_demo_feed_name(hedui_demo_feed feed);

#endif
