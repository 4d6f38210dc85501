/** @file
 * From what was gathered to what was found, a part of the households at a time: while a part is
 * taken by whoever wants the result, the next one is judged, and no more than two stand in memory.
 */
#ifndef HEDUI_RUN_PARTS_H
#define HEDUI_RUN_PARTS_H

#include "run/execute.h"

/** What the parts are made of. */
typedef struct hedui_parts_input {
    const hedui_run_request *request;
    const hedui_book *book;
    const uint8_t *only;   /**< by household: it is asked about; NULL: all are */
    uint32_t looked_at;    /**< household of a look, HEDUI_NONE: no look, or it is not there */
    const uint32_t *first; /**< by catalogue source: index of its first delivery in the result */
    void (*tell)(void *context, int64_t done, int64_t total);
    void *context;
} hedui_parts_input;

/**
 * Judge all households, and fill everything of the result but its deliveries, which it has. Where
 * the request has a sink each part goes there and the result has no households in the end;
 * else one part is the whole and stays in the result.
 *
 * @param arena  Keeps the result.
 */
hedui_status hedui_parts_run(hedui_run_result *result, const hedui_parts_input *input,
                             hedui_arena *arena, hedui_err *err);

#endif
