/** @file
 * Deliveries that are no good as files, whatever they say: what real offices put into an inbox.
 * Each is of a feed of its own, so that none spoils another's, and each is asked by one rule.
 */
#ifndef HEDUI_DEMO_BROKEN_H
#define HEDUI_DEMO_BROKEN_H

#include "demo/truth.h"

enum { HEDUI_DEMO_BROKEN_PEOPLE = 40 };

/** What is wrong with a file. */
typedef enum hedui_demo_break {
    HEDUI_DEMO_UTF16,
    HEDUI_DEMO_PLAIN,
    HEDUI_DEMO_ZIP,
    HEDUI_DEMO_CUT,
    HEDUI_DEMO_WRONG_CRC,
    HEDUI_DEMO_WRONG_LENGTH,
    HEDUI_DEMO_TRAILING_BYTES,
    HEDUI_DEMO_DELTA_CUT, /**< of the delta; the full delivery before it is sound */
    HEDUI_DEMO_BREAKS
} hedui_demo_break;

typedef struct hedui_demo_broken_feed {
    const char *feed, *prefix, *title, *source;
    const char *kind;          /**< in files.tsv */
    const char *word, *reason; /**< of the refusal: stable word, and as it is told */
} hedui_demo_broken_feed;

/** The feed of a kind. */
const hedui_demo_broken_feed *hedui_demo_broken_feed_of(hedui_demo_break kind);

/** People of the caseload of whom all these files tell. */
typedef struct hedui_demo_broken {
    struct {
        char id[19], name[HEDUI_DEMO_CELL];
    } people[HEDUI_DEMO_BROKEN_PEOPLE];
    uint32_t count;
} hedui_demo_broken;

/** Take a person of the case, if one is needed. */
void hedui_demo_broken_meet(hedui_demo_broken *broken, const hedui_demo_case *made);

/** Write the layouts of these feeds and the pack that asks them. */
hedui_status hedui_demo_broken_layouts(const char *folder, hedui_arena *arena, hedui_err *err);

/** Write the files and what must become of them. Adds their rows that can be read to `made`. */
hedui_status hedui_demo_broken_write(hedui_demo_made *made, hedui_demo_truth_out *truth,
                                     const hedui_demo_broken *broken, const char *folder,
                                     const hedui_demo_options *options, hedui_arena *arena,
                                     hedui_err *err);

/** The container of `text` with its fault; exactly so many of its bytes. NULL: no memory. */
hedui_span hedui_demo_break_text(hedui_demo_break kind, hedui_span text, int level,
                                 hedui_arena *arena);

/** A sound gzip file of `text`; NULL: no memory. */
hedui_span hedui_demo_pack_text(hedui_span text, int level, hedui_arena *arena);

#endif
