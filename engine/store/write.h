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
    int64_t started, finished; /**< seconds since 1970, information only; INT64_MIN unknown.
                                    `finished` and the holds: of hedui_store_write only */
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
 * Receives the deliveries if that was not done. Takes the lock unless held. The same as the calls
 * below with one part.
 *
 * @param id  Filled on success: R20140705-01.
 * @return a failure leaves every flag as it was.
 */
hedui_status hedui_store_write(char id[HEDUI_STORE_RUN_ID], hedui_store *store,
                               const hedui_run_result *result, const hedui_store_options *options,
                               hedui_err *err);

/** A run that comes in parts, household after household, so that the whole of it never stands in
 * memory. Between the calls no transaction is open and the store may be read; one thread at a time
 * uses it. Nothing of the run is seen before its end, and the rows do not depend on the parts. */
typedef struct hedui_store_writing hedui_store_writing;

/**
 * Begin a run: take the lock unless held, receive the deliveries, write what stands over the run.
 *
 * @param begun    Set on success; the caller closes it.
 * @param head     as_of, unit, inputs, deliveries, rules and listed are read, no more; borrowed,
 *                 like `options`, until the writing is closed.
 * @param options  `chunk` and `stop` hold for each part and after it.
 * @return HEDUI_E5012, HEDUI_E5013 as hedui_store_verify, HEDUI_E5005 locked, HEDUI_E5023 stopped.
 */
hedui_status hedui_store_write_begin(hedui_store_writing **begun, hedui_store *store,
                                     const hedui_run_result *head,
                                     const hedui_store_options *options, hedui_err *err);

/**
 * Write the next households with all that was found about them: checked, compared with those of the
 * base up to the last of them, committed.
 *
 * @param part  Only households, flags, overridden, met and undetermined are read; households are
 *              indices into the part's own, in the orders of result.h, with ids above all earlier
 *              ones; rules and deliveries are indices into the head's. May be empty. Not needed
 *              after the call.
 * @return after a failure the writing can only be closed. HEDUI_E5013, HEDUI_E5023.
 */
hedui_status hedui_store_write_part(hedui_store_writing *w, const hedui_run_result *part,
                                    hedui_err *err);

/**
 * Write what is about the run as a whole, and what the base has that no part had, and make it
 * visible.
 *
 * @param id        Filled on success.
 * @param whole     gaps, persons, persons_matched, persons_authorised, rows_matched, digest and
 * held are read; households and flags are counted by the parts.
 * @param holds     as options->holds, `hold_count` of them.
 * @param finished  as options->finished.
 * @return after a failure the writing can only be closed.
 */
hedui_status hedui_store_write_end(char id[HEDUI_STORE_RUN_ID], hedui_store_writing *w,
                                   const hedui_run_result *whole, const hedui_run_remark *holds,
                                   uint32_t hold_count, int64_t finished, hedui_err *err);

/** Give everything back, the lock too if begin took it. Of a run that was not ended every row is
 * taken out but the receipt; what cannot be is swept when the store is next locked. NULL-safe. */
void hedui_store_write_close(hedui_store_writing *w);

#endif
