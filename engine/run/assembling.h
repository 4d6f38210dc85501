/** @file
 * What the sources that assemble a result share: where it grows, and how texts get into it. Running
 * out of memory is remembered and told once.
 */
#ifndef HEDUI_RUN_ASSEMBLING_H
#define HEDUI_RUN_ASSEMBLING_H

#include "run/assemble.h"

/** Of an area, in the result's arena. */
typedef struct hedui_kept_area {
    hedui_span code, name;
} hedui_kept_area;

/** A row of a pair with what it stands by, see assemble_pairs.c. */
typedef struct hedui_met_entry {
    const hedui_met_row *row;
    uint32_t household, feed; /* household: index among those of the whole result */
} hedui_met_entry;

struct hedui_assembler {
    const hedui_run_request *request;
    const hedui_book *book;
    const uint32_t *first;  /* by catalogue source: its first delivery */
    uint32_t *place;        /* by household of the caseload: its index in the whole, HEDUI_NONE */
    hedui_kept_area *areas; /* by area of the caseload's table */
    hedui_met_entry *met;   /* by household and what comes after it */
    uint32_t met_count;
    /* Columns of the caseload that layouts usually have; HEDUI_COLUMN_NONE: this one does not. */
    uint32_t address, benefit_from, relation;
    /* The part being assembled; each thread has these of its own but for `judged`. */
    const hedui_judged *judged;
    hedui_arena *arena;
    hedui_buffer words; /* for one text at a time */
    int failed;
    uint32_t first_place; /* index in the whole of the part's first household */
    hedui_run_household *households;
    hedui_run_flag *flags, *overridden;
    hedui_run_undetermined *undetermined;
};
typedef struct hedui_assembler assembler;

static inline hedui_span keep(assembler *a, hedui_span text)
{
    hedui_span kept = hedui_arena_copy(a->arena, text);
    if (kept.at)
        return kept;
    a->failed = 1;
    return hedui_span_of("");
}

static inline void *room(assembler *a, size_t count, size_t size)
{
    void *made = hedui_arena_array(a->arena, count, size);
    a->failed |= made == NULL;
    return made;
}

/** Where households go; what they share. */
void hedui_assemble_places(assembler *a, const uint8_t *only);

/** Households `from` to before `to` of the part, and the people in them. */
void hedui_assemble_households(assembler *a, uint32_t from, uint32_t to);

/** The rows that decisions on record speak of, at all households of the result. */
void hedui_assemble_met_entries(assembler *a);

/** Those of the part, which has `count` households. */
void hedui_assemble_met(assembler *a, hedui_run_result *part, uint32_t count);

#endif
