/** @file
 * What the parts of one writing of a run share.
 */
#ifndef HEDUI_STORE_WRITING_H
#define HEDUI_STORE_WRITING_H

#include "store/sql.h"
#include "store/write.h"

typedef struct hedui_store_writing {
    hedui_store *store;
    const hedui_run_result *result;
    const hedui_store_options *options;
    hedui_arena *arena; /**< lives as long as the writing */
    hedui_digester *digester;
    int64_t run, base, receipt;
    int64_t *deliveries; /**< index in the result to row number */
    int64_t *households;
    uint32_t in_chunk; /**< rows since the last commit */
    int64_t fresh, continuing, changed, not_checked, gone;
} hedui_store_writing;

/** Receive the deliveries; sets receipt and deliveries. */
hedui_status hedui_store_write_deliveries(hedui_store_writing *w, hedui_err *err);

/** Inside a transaction, which they may commit and begin anew. */
hedui_status hedui_store_write_households(hedui_store_writing *w, hedui_err *err);
hedui_status hedui_store_write_causes(hedui_store_writing *w, hedui_err *err);
hedui_status hedui_store_write_flags(hedui_store_writing *w, hedui_err *err);

/** Called after each row's group: commits and begins anew when the chunk is full. */
hedui_status hedui_store_write_breathe(hedui_store_writing *w, hedui_err *err);

#endif
