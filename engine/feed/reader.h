/** @file
 * What one thread needs to read rows below a header: where they are cut into cells, whose they are,
 * what their cells say. The scan of a delivery has one, and so has every portion of its rows that
 * is read beside it (portion.h); nothing in it speaks of the rows before.
 */
#ifndef HEDUI_FEED_READER_H
#define HEDUI_FEED_READER_H

#include "feed/charset.h"
#include "feed/csv.h"
#include "feed/decode.h"
#include "feed/fact.h"
#include "feed/header.h"
#include "feed/matcher.h"

#include <hedui/arena.h>
#include <hedui/buffer.h>

#include <stdint.h>

enum {
    HEDUI_READER_IDS = HEDUI_MATCH_BATCH,
    HEDUI_READER_KINDS = 32 /**< spellings of document kinds remembered */
};

/** A row and where it stands. */
typedef struct hedui_line {
    hedui_csv_row row;
    uint64_t offset; /**< of its first byte in the text */
    uint32_t number; /**< of its first line, from 1 */
} hedui_line;

/** A row waiting for its numbers to be looked up; rows keep their order. */
typedef struct hedui_pending {
    hedui_line line;
    hedui_reason fault; /**< or HEDUI_CSV_SOUND */
    uint32_t fault_column;
    uint32_t first_id, id_count; /**< in ids, persons, roles, forms */
    int other_document;          /**< of nobody with a citizen number; waits in deltas only */
} hedui_pending;

/** A row of somebody who matters. */
typedef struct hedui_decoded_row {
    hedui_draft draft;
    uint64_t hash;      /**< hedui_seen_hash of it */
    hedui_reason fault; /**< for which the row is rejected, or HEDUI_DECODED */
    uint32_t fault_column;
} hedui_decoded_row;

/** What stands in a person's cells. */
typedef enum hedui_person_kind {
    HEDUI_PERSON_CITIZEN,
    HEDUI_PERSON_EMPTY,
    HEDUI_PERSON_OTHER, /**< another document */
    HEDUI_PERSON_BAD
} hedui_person_kind;

typedef struct hedui_person_cells {
    hedui_person_kind kind;
    hedui_citizen_id id;
    hedui_citizen_id_form form;
    hedui_reason reason; /**< for BAD; id_type also for CITIZEN with a kind that is not listed */
    uint32_t column;     /**< of the reason */
} hedui_person_cells;

typedef struct hedui_reader {
    const hedui_layout *layout;
    const hedui_header *header;   /**< to be found before rows are read */
    const hedui_matcher *matcher; /**< or NULL */
    hedui_csv_format format;
    hedui_converter converter;
    hedui_arena *row_arena; /**< texts of the row being read */
    hedui_arena_mark row_start;
    hedui_buffer scratch;  /**< converted texts */
    hedui_buffer unquoted; /**< cells without doubled quotes, which are then converted */
    hedui_draft draft;
    hedui_csv_cell cells[HEDUI_CSV_FIELDS];

    hedui_pending pending[HEDUI_MATCH_BATCH];
    uint32_t pending_count;
    hedui_citizen_id ids[HEDUI_READER_IDS];
    uint32_t persons[HEDUI_READER_IDS];
    uint8_t roles[HEDUI_READER_IDS], forms[HEDUI_READER_IDS];
    uint32_t id_count;

    struct {
        char raw[24];
        uint8_t length;
        uint32_t code;
    } kinds[HEDUI_READER_KINDS];
    uint32_t kind_count;
} hedui_reader;

/** @param reader  Zeroed. @return 1, or 0 without memory or a converter: to be closed all the same.
 */
int hedui_reader_open(hedui_reader *reader, const hedui_layout *layout, const hedui_header *header,
                      const hedui_matcher *matcher);

void hedui_reader_close(hedui_reader *reader);

/** Give up the texts of a row. @return 0 if memory ran out while it was read. */
int hedui_reader_forget(hedui_reader *reader);

/** 1 if there is nothing in the row but delimiters and blanks. */
int hedui_reader_blank(const hedui_reader *reader, const hedui_csv_row *row);

/** Cut a sound row into reader->cells. @return their number; `fault` is set to what is wrong with
 * the structure, or to HEDUI_CSV_SOUND. */
uint32_t hedui_reader_cut(hedui_reason *fault, hedui_reader *reader, const hedui_csv_row *row);

/** Whether the first of `count` cells begins as a footer does, in a row of which the structure is
 * `fault`: it has not the header's cells, or none that says whose row it is or which. */
int hedui_reader_footer(hedui_reader *reader, uint32_t count, hedui_reason fault);

/** Read the cells of one person of a row that was cut. */
hedui_person_cells hedui_reader_person(hedui_reader *reader, uint32_t person);

/** Read everybody's number; put those that are numbers among the reader's ids, which have room for
 * them. Faults go into `pending`. @return 1 if the row is of another document and done with. */
int hedui_reader_persons(hedui_reader *reader, hedui_pending *pending);

/** 1 if there is no room for another row among those that wait. */
static inline int hedui_reader_full(const hedui_reader *reader)
{
    return reader->pending_count == HEDUI_MATCH_BATCH ||
           reader->id_count + reader->layout->person_count > HEDUI_READER_IDS;
}

/** Look up the numbers of all rows that wait. */
void hedui_reader_match(hedui_reader *reader);

/** 1 if a row that waited is of a person that matters; without a matcher all are. */
int hedui_reader_wanted(const hedui_reader *reader, const hedui_pending *pending);

/** A cell as UTF-8 that lives as long as the row arena. @return 1, or 0 for broken characters.
 * Running out of memory is remembered in reader->scratch. */
int hedui_reader_text(hedui_span *text, hedui_reader *reader, uint32_t cell);

/** Decode one column of a row that was cut. */
hedui_decoded hedui_reader_cell(hedui_reader *reader, uint32_t column);

/** Decode all columns of a row that was cut into reader->draft. @return HEDUI_DECODED, or the
 * reason for which the row is rejected, and its column. */
hedui_reason hedui_reader_decode(hedui_reader *reader, uint32_t *fault_column);

/** Cut and decode a row; with its texts it stands in the row arena. NULL without memory. */
hedui_decoded_row *hedui_reader_keep(hedui_reader *reader, const hedui_line *line);

#endif
