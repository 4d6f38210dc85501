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

typedef struct assembler {
    hedui_run_result *result;
    const hedui_run_request *request;
    const hedui_book *book;
    const hedui_judged *judged;
    hedui_arena *arena;
    int failed;
    uint32_t *place; /* by household of the caseload: its index in the result, HEDUI_NONE if none */
    hedui_kept_area *areas; /* by area of the caseload's table */
    hedui_buffer words;     /* for one text at a time */
    const uint32_t *first;  /* by catalogue source: its first delivery */
    /* Columns of the caseload that layouts usually have; HEDUI_COLUMN_NONE: this one does not. */
    uint32_t address, benefit_from, relation;
    /* The result's arrays while pieces of them are filled. */
    hedui_run_household *households;
    hedui_run_flag *flags, *overridden;
    hedui_run_undetermined *undetermined;
} assembler;

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

/** Make room for the households of the result; sets `place` and what they share. */
void hedui_assemble_places(assembler *a);

/** Households `from` to before `to` of the caseload, and the people in them. */
void hedui_assemble_households(assembler *a, uint32_t from, uint32_t to);

/** The rows that decisions on record speak of, at the households of the result. */
void hedui_assemble_met(assembler *a);

#endif
