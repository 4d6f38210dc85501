/** @file
 * The run's sink: what a run found becomes rows, all of them or none.
 */
#ifndef HEDUI_STORE_WRITE_H
#define HEDUI_STORE_WRITE_H

#include "run/result.h"

#include <hedui/store.h>

enum { HEDUI_STORE_RUN_ID = 24 };

typedef struct hedui_store_options {
    hedui_span engine;         /**< version of the program */
    int64_t started, finished; /**< seconds since 1970, information only; INT64_MIN unknown */
    /** Reasons of the run as a whole to hold it back (a jump of flags), beside its deliveries'. */
    const hedui_run_remark *holds;
    uint32_t hold_count;
    int64_t visit_within; /**< days in which what the run finds new is to be looked at; 0: none */
    uint32_t chunk;       /**< flags or households a transaction; 0: as the program thinks best */
    /** Asked between transactions; not 0: give up with HEDUI_E5023. NULL: never asked. */
    int (*stop)(void *context);
    void *context;
} hedui_store_options;

/**
 * Check that the result agrees with itself: ledgers balance, indices stay in their arrays, orders
 * and counts are as result.h says. HEDUI_E5012, HEDUI_E5013.
 */
hedui_status hedui_store_verify(const hedui_run_result *result, hedui_err *err);

/**
 * Store the receipt of the deliveries (with ledgers and all rejects) on its own, so that it is kept
 * where the run fails afterwards. The same deliveries with the same outcome are stored once.
 * Only result->as_of and ->deliveries are read. HEDUI_E5012.
 */
hedui_status hedui_store_receive(hedui_store *store, const hedui_run_result *result,
                                 hedui_err *err);

/**
 * Store a run. It is compared with the latest published run; flags are written where they are new,
 * changed, no longer checked or gone. It is published at once unless result->held or options->holds
 * hold it back as a draft. A run of a list of households is compared with none and never published.
 * Receives the deliveries if that was not done. Takes the lock unless
 * held.
 *
 * @param id  Filled on success: R20140705-01.
 * @return a failure leaves every flag as it was.
 */
hedui_status hedui_store_write(char id[HEDUI_STORE_RUN_ID], hedui_store *store,
                               const hedui_run_result *result, const hedui_store_options *options,
                               hedui_err *err);

#endif
