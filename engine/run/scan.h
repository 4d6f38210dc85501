/** @file
 * Reading the deliveries, several at a time.
 */
#ifndef HEDUI_RUN_SCAN_H
#define HEDUI_RUN_SCAN_H

#include "feed/chain.h"
#include "run/gauge.h"
#include "run/plan.h"

#include <hedui/err.h>

#include <stdint.h>

/** One chain to read: a full delivery and its deltas, in order. */
typedef struct hedui_scan_task {
    const hedui_layout *layout;
    const hedui_inbox_file *const *files;
    uint32_t file_count; /**< 0: nothing to read */
    hedui_chain *chain;  /**< set by the scan where there is something to read */
    /** By file; taken where it is not NULL, of what was read and not refused. */
    hedui_gauge *gauges;
    hedui_arena *arena; /**< holds what the gauges point to; nobody else's while the scan runs */
} hedui_scan_task;

/** Told of every chain that was read; called by one thread at a time. */
typedef struct hedui_scan_progress {
    void (*tell)(void *context, int64_t done, int64_t total); /**< compressed bytes; may be NULL */
    void *context;
} hedui_scan_progress;

/**
 * Scan all tasks, the largest files first, with `threads` threads.
 *
 * @param tasks    Their chains belong to the caller, also on failure.
 * @param caseload For the gauges; NULL: only figures are taken.
 * @param options  For every file; `promise` in it is not looked at, each file has its own.
 * @return the failure of the first task in order, whatever the timing.
 */
hedui_status hedui_scan_all(hedui_scan_task *tasks, uint32_t count,
                            const hedui_scan_options *options, const hedui_caseload *caseload,
                            int threads, const hedui_scan_progress *progress, hedui_err *err);

#endif
