/** @file
 * A portion of the rows of a delivery, read out of its turn: by whoever has time, while the rows
 * before it are read elsewhere. What comes of it is settled by the scan, in the order of the file.
 */
#ifndef HEDUI_FEED_PORTION_H
#define HEDUI_FEED_PORTION_H

#include "base/crew.h"
#include "feed/reader.h"

enum { HEDUI_PORTION_ROWS = 4096 };

/** A row of somebody who matters, and who that is. */
typedef struct hedui_portion_row {
    hedui_decoded_row *decoded;
    uint32_t id_count;
    uint32_t persons[HEDUI_LAYOUT_PERSONS];
    uint8_t roles[HEDUI_LAYOUT_PERSONS], forms[HEDUI_LAYOUT_PERSONS];
} hedui_portion_row;

/** A row that is more than a count, and how many before it are not, since the event before. */
typedef struct hedui_portion_event {
    uint32_t strangers, others;   /**< sound rows of nobody who matters, of other documents */
    const hedui_line *line;       /**< NULL: the portion ends */
    const hedui_portion_row *row; /**< NULL: something is wrong with it, or may be: not decoded */
} hedui_portion_event;

typedef struct hedui_portion {
    hedui_crew_work work; /**< first: reads the lines, sets what follows them */
    hedui_reader reader;
    hedui_arena_mark start; /**< of what reading takes */
    char *text; /**< window in which the lines stand, of `size` bytes; the owner's to set */
    size_t size;
    hedui_line *lines;
    uint32_t line_count;
    uint32_t blank;
    hedui_portion_event *events; /**< the last one has no line */
    uint32_t event_count, event_room;
    int failed; /**< no memory */
} hedui_portion;

/**
 * An empty portion.
 *
 * @param of     Whose layout, header and matcher it reads by; they must outlive it.
 * @param arena  Holds it until after the close; reading takes nothing of it.
 * @return NULL without memory.
 */
hedui_portion *hedui_portion_open(const hedui_reader *of, hedui_arena *arena);

/** NULL is accepted. */
void hedui_portion_close(hedui_portion *portion);

/** Forget what was read and the lines. */
void hedui_portion_reset(hedui_portion *portion);

#endif
