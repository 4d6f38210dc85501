/** @file
 * What the parts of one writing of a run share.
 */
#ifndef HEDUI_STORE_WRITING_H
#define HEDUI_STORE_WRITING_H

#include "store/rows.h"
#include "store/write.h"

#include <hedui/buffer.h>

/** What the base says of a flag of the result. */
typedef enum hedui_store_before {
    HEDUI_STORE_FRESH,     /**< nothing */
    HEDUI_STORE_AS_IT_WAS, /**< the same */
    HEDUI_STORE_RESUMED,   /**< the same, only not checked last time */
    HEDUI_STORE_RESTATED,  /**< the same facts in other words */
    HEDUI_STORE_CHANGED    /**< other facts */
} hedui_store_before;

/** Where a flag of the result stands; the overridden follow behind the flags. */
typedef struct hedui_store_place {
    int64_t number, version;      /**< 0: none yet */
    const char *kind;             /**< of the event to be written; NULL: none */
    uint8_t before;               /**< hedui_store_before */
    uint8_t fresh, fresh_version; /**< 1: its row is still to be written */
} hedui_store_place;

/** What the store knows of a household of the result, added up. */
enum {
    HEDUI_STORE_KNOWN = 1,     /**< its row is there: it was seen before */
    HEDUI_STORE_IN_BASE = 2,   /**< it stands in the base */
    HEDUI_STORE_SAME_FOUND = 4 /**< where the same was looked for and found */
};

/** What becomes of a cause of the result. */
typedef enum hedui_store_telling {
    HEDUI_STORE_TOLD_NEW,   /**< never told before */
    HEDUI_STORE_TOLD_AGAIN, /**< told before, not open in the base */
    HEDUI_STORE_TOLD_STILL, /**< open in the base: nothing to write */
    HEDUI_STORE_TOLD_TWICE  /**< stands earlier in the same result */
} hedui_store_telling;

/** The last numbers given; nobody else gives any while the lock is held. */
typedef struct hedui_store_numbers {
    int64_t household, flag, version, evidence, cause;
} hedui_store_numbers;

struct hedui_store_writing {
    hedui_store *store;
    const hedui_run_result *head;
    const hedui_run_result *result; /**< the part at hand, with the head's rules and deliveries */
    const hedui_store_options *options;
    hedui_arena *arena; /**< of the writing; what a part takes is given up behind it */
    hedui_digester *digester;
    hedui_buffer after; /**< id of the last household of the parts before; empty: none */
    int64_t run, base, receipt;
    int64_t *deliveries; /**< index in the head to row number */
    hedui_store_numbers last;
    int locked, failed, ended; /**< locked: by this writing */
    char id[HEDUI_STORE_RUN_ID];

    /* of the part at hand */
    int64_t *households;   /**< index to row number; of those the store does not know 0 until they
                                are written */
    uint8_t *known;        /**< likewise: sums of the above */
    hedui_digest *records; /**< what those of the base were; NULL without a base */
    hedui_store_place *places; /**< by flag of the part, then by overridden */
    int64_t *causes;           /**< by cause of the part: its number; 0: none yet */
    uint8_t *tellings;         /**< hedui_store_telling */
    uint32_t in_chunk;         /**< rows since the last commit */

    /* of all parts so far */
    int64_t met, states[4], severities[3], flags;
    int64_t fresh, continuing, changed, not_checked, gone;
};

/** Checks of hedui_store_verify, each for one step of the writing. The ids of a part are all above
 * `after`. */
hedui_status hedui_store_verify_head(const hedui_run_result *head, hedui_err *err);
hedui_status hedui_store_verify_part(const hedui_run_result *part, hedui_span after,
                                     hedui_err *err);
hedui_status hedui_store_verify_gaps(const hedui_run_result *whole, uint32_t rule_count,
                                     hedui_err *err);

/** Receive the deliveries; sets receipt and deliveries. */
hedui_status hedui_store_write_deliveries(hedui_store_writing *w, hedui_err *err);

/** Inside a transaction: what stands over the run, and in the end why it is held and what it could
 * not ask. */
hedui_status hedui_store_write_head(hedui_store_writing *w, hedui_err *err);
hedui_status hedui_store_write_holds(hedui_store_writing *w, const hedui_run_remark *holds,
                                     uint32_t count, hedui_err *err);
hedui_status hedui_store_write_gaps(hedui_store_writing *w, const hedui_run_result *whole,
                                    hedui_err *err);

/**
 * Find what the part names in the store and in the base, and lay out in temporary tables what the
 * base has beside it, from the last household of the parts before to this one's. A part of nobody:
 * to the end.
 */
hedui_status hedui_store_compare(hedui_store_writing *w, hedui_err *err);

/** Inside a transaction, which they may commit and begin anew. */
hedui_status hedui_store_write_households(hedui_store_writing *w, hedui_err *err);
hedui_status hedui_store_write_causes(hedui_store_writing *w, hedui_err *err);
hedui_status hedui_store_write_flags(hedui_store_writing *w, hedui_err *err);
hedui_status hedui_store_write_pairs(hedui_store_writing *w, hedui_err *err);

/** How many flags, households or causes go into one transaction. */
uint32_t hedui_store_write_chunk(const hedui_store_writing *w);

/** Called after `count` of them were written: commits and begins anew when the chunk is full. */
hedui_status hedui_store_write_breathe(hedui_store_writing *w, uint32_t count, hedui_err *err);

/** Flag `i` of the part, or the overridden one behind them. */
static inline const hedui_run_flag *hedui_store_flag_at(const hedui_store_writing *w, uint32_t i)
{
    uint32_t flags = w->result->flag_count;
    return i < flags ? &w->result->flags[i] : &w->result->overridden[i - flags];
}

/** Digest of how a flag is put into words. */
hedui_status hedui_store_digest_shown(hedui_digest *shown, hedui_digester *to,
                                      const hedui_run_flag *flag, hedui_err *err);

#endif
