/** @file
 * The tables in which a run is counted: of tally.c, which reads, and tally_lay.c, which adds up.
 */
#ifndef HEDUI_STORE_TALLYING_H
#define HEDUI_STORE_TALLYING_H

#include "store/sql.h"

#include <hedui/buffer.h>

#define HEDUI_TALLY_NOWHERE UINT32_MAX

enum { HEDUI_TALLY_NO_TERM = INT32_MIN };

/* A household by its number: where it is, what it is, and what its flags come to. */
typedef struct hedui_tally_house {
    uint32_t town, was_town; /* HEDUI_TALLY_NOWHERE: the run, the one before knows nothing of it */
    int32_t term;            /* days left of the flag that is due first */
    uint32_t unanswered;
    uint8_t listed, raised; /* a flag stands; one that was raised */
} hedui_tally_house;

/* A flag whose changes are being read, oldest first: what they come to so far. */
typedef struct hedui_tally_mark {
    int64_t number; /* 0: none */
    hedui_tally_house *house;
    struct hedui_tally_rule *rule; /* NULL: nothing that the run rests on was read of it */
    int is_raised, is_kept, tag;   /* as the newest says */
    int was_raised;                /* as the newest before the run says, tags left out */
    int32_t term;                  /* of the run that raised it last */
} hedui_tally_mark;

typedef struct hedui_tally_town {
    hedui_span code, name;
    int is_now; /* not only in the run before */
    int64_t households, states[4], before, unanswered, listed, kept_only, overdue, soon, later,
        open_end;
    int32_t first;
} hedui_tally_town;

/* Of a rule in a town; [1] of tags. */
typedef struct hedui_tally_figures {
    int64_t households, flags, kept, before;
} hedui_tally_figures;

typedef struct hedui_tally_rule {
    hedui_span id;
    int is_lead, is_told, has_gap;
    uint8_t *raised, *open; /* a bit a household; NULL: none */
    hedui_tally_figures (*towns)[2];
    int64_t open_count, missed;
} hedui_tally_rule;

/* A reason and source that left rules unanswered. */
typedef struct hedui_tally_reason {
    hedui_span key; /* reason, a zero byte, source */
    size_t split;
    uint8_t *rules, *households; /* bits */
    uint32_t rule_room;
    int64_t rule_count, household_count;
} hedui_tally_reason;

/* A list that grows by doubling, of pointers, so that items stay where they are. */
typedef struct hedui_tally_list {
    void **items;
    uint32_t count, room;
    hedui_table names;
} hedui_tally_list;

typedef struct hedui_tally {
    hedui_store *store;
    int64_t run;
    hedui_arena *arena;
    hedui_tally_house *houses; /* by number, from 0 */
    uint32_t house_count;
    int32_t *terms; /* of runs, by number, from 0: days left */
    uint32_t run_count;
    hedui_tally_mark mark;
    int64_t cause; /* whose changes are being read */
    hedui_tally_list towns, rules, reasons;
    hedui_buffer key;
    int no_memory;
} hedui_tally;

/** Whether the bit of a number is set; of no set none is. */
static inline int hedui_tally_has(const uint8_t *set, uint32_t index)
{
    return set && (set[index / 8] >> index % 8 & 1);
}

/** What comes of it when all is read: into the temporary tables. */
hedui_status hedui_store_tally_lay(hedui_tally *tally, hedui_err *err);

#endif
