/** @file
 * A thousand facts in memory: as they are written, or packed.
 *
 * Packed, a fact is a record of bits, as wide for each part and each column as the chunk's values
 * need; what all its facts agree in takes none. A text is the place of its length and bytes among
 * the chunk's texts, where equal ones stand once.
 */
#ifndef HEDUI_FEED_FACT_CHUNK_H
#define HEDUI_FEED_FACT_CHUNK_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/** Role of a fact that was not matched through a person. */
#define HEDUI_ROLE_NONE UINT8_MAX

/** What is known of one cell. Everything from HEDUI_CELL_UNKNOWN on is "nobody knows", by reason.
 */
typedef enum hedui_cell_state {
    HEDUI_CELL_VALUE,
    HEDUI_CELL_ABSENT,        /**< the registry says there is none */
    HEDUI_CELL_UNKNOWN,       /**< empty where emptiness means nobody knows, or a word for it */
    HEDUI_CELL_UNLISTED,      /**< a code that its list does not have */
    HEDUI_CELL_BAD,           /**< cannot be read (optional columns; else the row is rejected) */
    HEDUI_CELL_NO_COLUMN,     /**< the delivery has no such column */
    HEDUI_CELL_OTHER_DOCUMENT /**< the document is not a citizen number */
} hedui_cell_state;

/** Where a fact comes from and whom it is about. */
typedef struct hedui_fact {
    uint64_t offset; /**< of the row's first byte in the uncompressed text */
    uint32_t length; /**< of the row in bytes, without its line end */
    uint32_t line;   /**< of the row's start, from 1 */
    uint32_t person; /**< the matcher's index, or HEDUI_PERSON_NONE */
    uint32_t row;    /**< running number of the row among decoded ones, from 0 */
    uint8_t role;    /**< index into layout->persons, or HEDUI_ROLE_NONE */
    uint8_t form;    /**< hedui_citizen_id_form of the match: HEDUI_CITIZEN_ID_18 or _15 */
    uint8_t gone;    /**< 1: a later delta changed or deleted the row; not to be used */
    uint8_t zero[5]; /**< so that facts can be compared byte by byte */
} hedui_fact;

/** Facts per chunk, as a power of two: facts grow by chunks. */
enum { HEDUI_FACT_SHIFT = 10, HEDUI_FACT_CHUNK = 1 << HEDUI_FACT_SHIFT };

/** Parts of a record before its cells. */
typedef enum hedui_fact_part_name {
    HEDUI_FACT_OFFSET,
    HEDUI_FACT_LENGTH,
    HEDUI_FACT_LINE,
    HEDUI_FACT_PERSON,
    HEDUI_FACT_ROW,
    HEDUI_FACT_ROLE,
    HEDUI_FACT_FORM,
    HEDUI_FACT_PARTS
} hedui_fact_part_name;

/** Widest part that is read at one go; beyond, a part takes 64 bits and the state of a cell 8 more.
 */
enum { HEDUI_FACT_WIDTH = 57, HEDUI_FACT_WIDE = 64, HEDUI_FACT_STATES = 6 };

/** Where a part of a record stands. A cell is one number: below HEDUI_FACT_STATES a state without a
 * value less one, from there on a value less `base`; what is stored is that number less `lowest`.
 */
typedef struct hedui_fact_field {
    int64_t base;
    uint32_t bit;   /**< in the record */
    uint8_t width;  /**< in bits; HEDUI_FACT_WIDE: the value itself, then its state */
    uint8_t lowest; /**< at most HEDUI_FACT_STATES */
} hedui_fact_field;

/** One chunk. `facts`, `values[i * columns + c]` and `states[i * columns + c]` until it is packed,
 * then NULL; the others from then on. */
typedef struct hedui_fact_chunk {
    hedui_fact *facts;
    int64_t *values;
    uint8_t *states;
    const hedui_fact_field *fields; /**< HEDUI_FACT_PARTS, then the columns */
    const unsigned char *records;   /**< 8 bytes may be read behind the last */
    const char *texts;
    uint32_t stride;                      /**< bits from one record to the next */
    uint64_t gone[HEDUI_FACT_CHUNK / 64]; /**< by fact, however it is kept: hedui_fact.gone */
} hedui_fact_chunk;

/** `width` bits, at most HEDUI_FACT_WIDTH, from bit `at` on. */
static inline uint64_t hedui_fact_bits(const unsigned char *records, uint64_t at, unsigned width)
{
    uint64_t word;
    memcpy(&word, records + (at >> 3), sizeof word);
    return le64toh(word) >> (at & 7) & ((UINT64_C(1) << width) - 1);
}

static inline uint64_t hedui_fact_wide(const unsigned char *records, uint64_t at)
{
    return hedui_fact_bits(records, at, 32) | hedui_fact_bits(records, at + 32, 32) << 32;
}

/** A part of fact `i` of a chunk; indices of the whole delivery will do. */
uint64_t hedui_fact_open_part(const hedui_fact *fact, hedui_fact_part_name part);

static inline uint64_t hedui_fact_part(const hedui_fact_chunk *chunk, uint32_t i,
                                       hedui_fact_part_name part)
{
    i &= HEDUI_FACT_CHUNK - 1;
    if (chunk->facts)
        return hedui_fact_open_part(&chunk->facts[i], part);
    const hedui_fact_field *field = &chunk->fields[part];
    uint64_t at = (uint64_t)i * chunk->stride + field->bit;
    if (field->width == HEDUI_FACT_WIDE)
        return hedui_fact_wide(chunk->records, at);
    return (uint64_t)field->base + hedui_fact_bits(chunk->records, at, field->width);
}

static inline hedui_cell_state hedui_fact_cell(int64_t *number, const hedui_fact_chunk *chunk,
                                               uint32_t i, uint32_t column, uint32_t columns)
{
    i &= HEDUI_FACT_CHUNK - 1;
    if (chunk->facts) {
        *number = chunk->values[(size_t)i * columns + column];
        return (hedui_cell_state)chunk->states[(size_t)i * columns + column];
    }
    const hedui_fact_field *field = &chunk->fields[HEDUI_FACT_PARTS + column];
    uint64_t at = (uint64_t)i * chunk->stride + field->bit;
    if (field->width == HEDUI_FACT_WIDE) {
        *number = (int64_t)hedui_fact_wide(chunk->records, at);
        return (hedui_cell_state)hedui_fact_bits(chunk->records, at + HEDUI_FACT_WIDE, 8);
    }
    uint64_t cell = field->lowest + hedui_fact_bits(chunk->records, at, field->width);
    *number = 0;
    if (cell < HEDUI_FACT_STATES)
        return (hedui_cell_state)(cell + 1);
    *number = (int64_t)((uint64_t)field->base + (cell - HEDUI_FACT_STATES));
    return HEDUI_CELL_VALUE;
}

#endif
