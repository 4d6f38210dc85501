/** @file
 * Packing a chunk of facts (see fact_chunk.h for what comes of it).
 */
#ifndef HEDUI_FEED_FACT_PACK_H
#define HEDUI_FEED_FACT_PACK_H

#include "feed/fact.h"

/** A text of a fact that is not packed yet: the number in its cell is where this is. */
typedef struct hedui_kept_text {
    uint32_t length;
    uint32_t place; /**< while packing: among the chunk's texts, + 1; 0: not yet */
    char bytes[];
} hedui_kept_text;

/** Texts of late, by hash: what is said again and again is kept once a chunk. */
enum { HEDUI_FACT_RECENT = 1024 };

/** Where facts wait to be packed; all of it in `scratch`, which nobody else uses. */
typedef struct hedui_fact_packer {
    hedui_arena *scratch;
    hedui_arena_mark start; /**< before the texts of a chunk */
    hedui_fact *facts;
    int64_t *values;
    uint8_t *states;
    struct hedui_fact_range *ranges; /**< by part and column */
    hedui_kept_text *recent[HEDUI_FACT_RECENT];
} hedui_fact_packer;

/** A packer without memory yet; NULL if there is none at all. */
hedui_fact_packer *hedui_fact_packer_open(hedui_arena *scratch);

/** Give a chunk room to be written. @return 1, or 0 without memory. */
int hedui_fact_packer_lend(hedui_fact_packer *packer, hedui_fact_chunk *chunk, uint32_t columns);

/** A text kept until the chunk is packed; the same one for the same text, if it came of late. NULL
 * without memory. */
hedui_kept_text *hedui_fact_packer_keep(hedui_fact_packer *packer, hedui_span text);

/** Pack the last chunk of the facts, which holds `count` of them. Its room is then free for the
 * next. @return 1, or 0 without memory. */
int hedui_fact_packer_pack(hedui_facts *facts, uint32_t count);

#endif
