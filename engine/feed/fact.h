/** @file
 * Typed facts: what the matched rows of a delivery say, column by column, in the delivery's arena.
 *
 * A fact is one row as seen by one matched person: a row about husband and wife, both in the
 * caseload, is two facts with the same `row`. Without a matcher a fact is a row.
 */
#ifndef HEDUI_FEED_FACT_H
#define HEDUI_FEED_FACT_H

#include "feed/layout.h"
#include "feed/matcher.h"

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>

#include <stdint.h>

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

/** Facts per chunk, as a power of two: facts grow by chunks and never move. */
enum { HEDUI_FACT_SHIFT = 10, HEDUI_FACT_CHUNK = 1 << HEDUI_FACT_SHIFT };

/** One chunk; the cells of a fact stand beside each other, because who reads one reads others:
 * `values[i * columns + c]` and `states[i * columns + c]` for column c. */
typedef struct hedui_fact_chunk {
    hedui_fact facts[HEDUI_FACT_CHUNK];
    int64_t *values;
    uint8_t *states;
} hedui_fact_chunk;

/** The facts of one delivery, in file order. Read-only after the scan. */
typedef struct hedui_facts {
    const hedui_layout *layout;
    hedui_arena *arena;
    hedui_fact_chunk **chunks;
    uint32_t count, chunk_capacity;
    uint32_t columns; /**< of the layout */
} hedui_facts;

/** The fact with index `i` below facts->count. */
static inline const hedui_fact *hedui_facts_at(const hedui_facts *facts, uint32_t i)
{
    return &facts->chunks[i >> HEDUI_FACT_SHIFT]->facts[i & (HEDUI_FACT_CHUNK - 1)];
}

/** What is known of a cell. */
static inline hedui_cell_state hedui_facts_state(const hedui_facts *facts, uint32_t i,
                                                 uint32_t column)
{
    size_t at = (size_t)(i & (HEDUI_FACT_CHUNK - 1)) * facts->columns + column;
    return (hedui_cell_state)facts->chunks[i >> HEDUI_FACT_SHIFT]->states[at];
}

/** The number in a cell (see hedui_column_type); meaningful for HEDUI_CELL_VALUE only, else 0. */
static inline int64_t hedui_facts_number(const hedui_facts *facts, uint32_t i, uint32_t column)
{
    size_t at = (size_t)(i & (HEDUI_FACT_CHUNK - 1)) * facts->columns + column;
    return facts->chunks[i >> HEDUI_FACT_SHIFT]->values[at];
}

/** Say something else of a number or code that is kept; not for texts. For examples of rules. */
static inline void hedui_facts_set(hedui_facts *facts, uint32_t i, uint32_t column,
                                   hedui_cell_state state, int64_t number)
{
    size_t at = (size_t)(i & (HEDUI_FACT_CHUNK - 1)) * facts->columns + column;
    facts->chunks[i >> HEDUI_FACT_SHIFT]->states[at] = (uint8_t)state;
    facts->chunks[i >> HEDUI_FACT_SHIFT]->values[at] = number;
}

/** The text in a cell of a text column, UTF-8, as long as the delivery lives; empty unless
 * HEDUI_CELL_VALUE. Not for columns of numbers. */
hedui_span hedui_facts_text(const hedui_facts *facts, uint32_t i, uint32_t column);

/**
 * Append a value canonically: dates 2026-11-18, months 2026-11, money 1234.50, areas 89.30, rates
 * 0.08, codes by their code, several codes [A, G], yes/no true/false, citizen numbers whole. A cell
 * without a value prints as "absent" or "unknown".
 */
void hedui_facts_print(hedui_buffer *buffer, const hedui_facts *facts, uint32_t i, uint32_t column);

/** The same for a number of a column that is not of texts. */
void hedui_column_print(hedui_buffer *buffer, const hedui_column *column, int64_t value);

/** Append the row key: the key columns' canonical values joined by U+001F; without key columns the
 * hexadecimal content digest. Contains whole citizen numbers if the layout's key does. */
void hedui_facts_key(hedui_buffer *buffer, const hedui_facts *facts, uint32_t i);

/** The digest of the row's decoded content: layout name, then name, state and canonical value of
 * each column. Place, delivery and person are not in it. HEDUI_E1001. */
hedui_status hedui_facts_digest(hedui_digest *digest, const hedui_facts *facts, uint32_t i,
                                hedui_err *err);

/** A row being decoded: one entry for each column of the layout. Texts are borrowed. */
typedef struct hedui_draft {
    uint8_t *states; /**< hedui_cell_state */
    int64_t *numbers;
    hedui_span *texts;
    uint8_t kept; /**< texts were copied into the facts: numbers hold where */
} hedui_draft;

/** An empty store in `arena`, which takes all that is added; NULL without memory. */
hedui_facts *hedui_facts_open(const hedui_layout *layout, hedui_arena *arena);

/** Append a fact. Texts of one draft are copied once, however many facts it makes. @return 1, or 0
 * without memory. */
int hedui_facts_add(hedui_facts *facts, const hedui_fact *fact, hedui_draft *draft);

/** 1 if the draft's cell is the same as fact `i`'s, else 0. */
int hedui_facts_same(const hedui_facts *facts, uint32_t i, const hedui_draft *draft,
                     uint32_t column);

#endif
