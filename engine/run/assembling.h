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
    hedui_buffer words;     /* while households are assembled */
    const uint32_t *first;  /* by catalogue source: its first delivery */
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

/** The households of the result, and the people in them; sets `place`. */
void hedui_assemble_households(assembler *a);

#endif
