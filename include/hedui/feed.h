/** @file
 * Looking at one delivery without a caseload: what stands in it, what is wrong with it; and what
 * departments are asked to deliver.
 */
#ifndef HEDUI_FEED_H
#define HEDUI_FEED_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/err.h>
#include <hedui/feed_due.h>
#include <hedui/feed_report.h>

#include <stdint.h>

/**
 * Read a delivery, decode every row and tell what was found.
 *
 * @param report   Set on success, also for a delivery that is refused.
 * @param path     The gzip file.
 * @param feed     Name of the layout; NULL: by the file's name.
 * @param folders  Folders of layouts, the workspace's before the shipped one.
 * @return as hedui_layouts_load and hedui_delivery_scan; HEDUI_E2031 if no layout fits, E2032 if
 * none has the name, E2030 if several fit; HEDUI_E1004 without room for temporary files (TMPDIR,
 * else /tmp; 80 bytes a row at most). Memory does not grow with the file.
 */
hedui_status hedui_feed_check(const hedui_feed_report **report, const char *path, const char *feed,
                              const char *const *folders, size_t folder_count, hedui_arena *arena,
                              hedui_err *err);

/** One layout: what a department is asked to deliver, and how old its data may be. */
typedef struct hedui_feed_entry {
    hedui_span feed, title, source;
    const char *kind;      /**< word of the layout: "full", "delta", "hits", "verdict" */
    int32_t age_warn_days; /**< -1: no limit */
    int32_t age_refuse_days;
    hedui_due due; /**< HEDUI_DUE_NEVER: no day was agreed */
} hedui_feed_entry;

/** All layouts by name in byte order. @return as hedui_layouts_load. */
hedui_status hedui_feed_list(const hedui_feed_entry **entries, size_t *count,
                             const char *const *folders, size_t folder_count, hedui_arena *arena,
                             hedui_err *err);

/**
 * Append the interface document for departments (Markdown, Chinese), written from the layouts:
 * files, columns, what may be empty, code lists.
 *
 * @param feed  Name of one layout; NULL: all.
 * @return as hedui_layouts_load; HEDUI_E2032 if there is no such layout.
 */
hedui_status hedui_feed_document(hedui_buffer *out, const char *feed, const char *const *folders,
                                 size_t folder_count, hedui_arena *arena, hedui_err *err);

/** A sample of a layout that is not read as the layout says. Values are as written by `gives`. */
typedef struct hedui_feed_sample {
    hedui_span feed, column; /**< column empty: the row as a whole */
    const char *path;        /**< the layout's file … */
    uint32_t line;           /**< … and the sample's line */
    hedui_span want, got;    /**< of a row: "accepted", "other_document", a reason or refusal */
} hedui_feed_sample;

/** What became of the samples. */
typedef struct hedui_feed_samples {
    uint32_t layouts, samples, failed; /**< failed: samples with at least one failure */
    const hedui_feed_sample *failures;
    uint32_t failure_count;
} hedui_feed_samples;

/**
 * Read every sample of the layouts as a delivery of one row.
 *
 * @param samples  Set on success, also where samples fail; lives in `arena`.
 * @param feed     Name of one layout; NULL: all.
 * @return as hedui_layouts_load and hedui_delivery_scan; HEDUI_E2032 if there is no such layout;
 * HEDUI_E1004 without a place for temporary files (TMPDIR, else /tmp).
 */
hedui_status hedui_feed_test(const hedui_feed_samples **samples, const char *feed,
                             const char *const *folders, size_t folder_count, hedui_arena *arena,
                             hedui_err *err);

#endif
