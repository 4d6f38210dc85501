/** @file
 * Typed facts: what the matched rows of a delivery say, column by column, in the delivery's arena.
 *
 * A fact is one row as seen by one matched person: a row about husband and wife, both in the
 * caseload, is two facts with the same `row`. Without a matcher a fact is a row.
 */
#ifndef HEDUI_FEED_FACT_H
#define HEDUI_FEED_FACT_H

#include "feed/fact_chunk.h"
#include "feed/layout.h"
#include "feed/matcher.h"

#include <hedui/buffer.h>
#include <hedui/citizen_id.h>

#include <stdint.h>

/** The facts of one delivery, in file order. Read-only after the scan. */
typedef struct hedui_facts {
    const hedui_layout *layout;
    hedui_arena *arena;
    hedui_fact_chunk **chunks;
    uint32_t count, chunk_capacity;
    uint32_t columns;                 /**< of the layout */
    struct hedui_fact_packer *packer; /**< NULL: chunks stay as they were written */
} hedui_facts;

static inline const hedui_fact_chunk *hedui_facts_chunk(const hedui_facts *facts, uint32_t i)
{
    return facts->chunks[i >> HEDUI_FACT_SHIFT];
}

/** The fact with index `i` below facts->count. */
hedui_fact hedui_facts_at(const hedui_facts *facts, uint32_t i);

/** Single parts of it. */
static inline uint32_t hedui_facts_person(const hedui_facts *facts, uint32_t i)
{
    return (uint32_t)hedui_fact_part(hedui_facts_chunk(facts, i), i, HEDUI_FACT_PERSON);
}

static inline uint32_t hedui_facts_row(const hedui_facts *facts, uint32_t i)
{
    return (uint32_t)hedui_fact_part(hedui_facts_chunk(facts, i), i, HEDUI_FACT_ROW);
}

static inline uint8_t hedui_facts_role(const hedui_facts *facts, uint32_t i)
{
    return (uint8_t)hedui_fact_part(hedui_facts_chunk(facts, i), i, HEDUI_FACT_ROLE);
}

static inline uint8_t hedui_facts_form(const hedui_facts *facts, uint32_t i)
{
    return (uint8_t)hedui_fact_part(hedui_facts_chunk(facts, i), i, HEDUI_FACT_FORM);
}

static inline int hedui_facts_gone(const hedui_facts *facts, uint32_t i)
{
    uint32_t at = i & (HEDUI_FACT_CHUNK - 1);
    return (int)(hedui_facts_chunk(facts, i)->gone[at / 64] >> (at % 64) & 1);
}

/** Say of a fact that it is not to be used, or that it is again. */
static inline void hedui_facts_set_gone(const hedui_facts *facts, uint32_t i, int gone)
{
    uint32_t at = i & (HEDUI_FACT_CHUNK - 1);
    uint64_t bit = UINT64_C(1) << (at % 64),
             *word = &facts->chunks[i >> HEDUI_FACT_SHIFT]->gone[at / 64];
    *word = gone ? *word | bit : *word & ~bit;
}

/** What is known of a cell, and its number (see hedui_column_type), which is 0 unless
 * HEDUI_CELL_VALUE. */
static inline hedui_cell_state hedui_facts_cell(int64_t *number, const hedui_facts *facts,
                                                uint32_t i, uint32_t column)
{
    return hedui_fact_cell(number, hedui_facts_chunk(facts, i), i, column, facts->columns);
}

static inline hedui_cell_state hedui_facts_state(const hedui_facts *facts, uint32_t i,
                                                 uint32_t column)
{
    int64_t number;
    return hedui_facts_cell(&number, facts, i, column);
}

static inline int64_t hedui_facts_number(const hedui_facts *facts, uint32_t i, uint32_t column)
{
    int64_t number;
    (void)hedui_facts_cell(&number, facts, i, column);
    return number;
}

/** Say something else of a number or code that is kept; not for texts. For examples of rules: the
 * facts are not packed. */
static inline void hedui_facts_set(const hedui_facts *facts, uint32_t i, uint32_t column,
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

/** From now on facts are packed by the chunk (see fact_chunk.h), and texts are where they are until
 * the next fact is added only. `scratch` must live until hedui_facts_finish. @return 1, or 0
 * without memory. */
int hedui_facts_pack(hedui_facts *facts, hedui_arena *scratch);

/** No more facts come: pack the last ones. @return 1, or 0 without memory. */
int hedui_facts_finish(hedui_facts *facts);

/** Append a fact. Texts of one draft are copied once, however many facts it makes. @return 1, or 0
 * without memory. */
int hedui_facts_add(hedui_facts *facts, const hedui_fact *fact, hedui_draft *draft);

/** 1 if the draft's cell is the same as fact `i`'s, else 0. */
int hedui_facts_same(const hedui_facts *facts, uint32_t i, const hedui_draft *draft,
                     uint32_t column);

#endif
