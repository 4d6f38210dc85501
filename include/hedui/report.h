/** @file
 * Reports: what the store holds about a run, as files for people and for programs. They are made
 * from the store's own questions and views, so that they agree with it, and are equal byte for byte
 * for equal stores: no clock, no timings.
 */
#ifndef HEDUI_REPORT_H
#define HEDUI_REPORT_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/store.h>

/** Paths of what hedui_report_write has written; they live in its arena. */
typedef struct hedui_report_files {
    const char *html;           /**< run report for people */
    const char *json;           /**< the same for programs */
    const char *flags_csv;      /**< one row a flag */
    const char *households_csv; /**< one row a household: "not flagged" is an answer too */
    const char *rejects_csv;    /**< one row a rejected row */
} hedui_report_files;

/**
 * Append the run report as one HTML document that needs no other file; prints on A4.
 *
 * @param run  Empty: the latest run, as in store_run.h.
 */
hedui_status hedui_report_run_html(hedui_buffer *out, hedui_store *store, hedui_span run,
                                   hedui_err *err);

/** Append the run report as JSON, schema "hedui.run_report/1": money in fen, unknown is null, dates
 * are YYYY-MM-DD, codes are stable words with a Chinese label beside. */
hedui_status hedui_report_run_json(hedui_buffer *out, hedui_store *store, hedui_span run,
                                   hedui_err *err);

/**
 * Append a view as CSV for office programs: UTF-8 with a byte order mark, RFC 4180, formulas and
 * long numbers guarded, nothing cut off.
 *
 * @param view  flags, households, rejects: see engine/store/views/. HEDUI_E5024 for others.
 */
hedui_status hedui_report_csv(hedui_buffer *out, hedui_store *store, const char *view,
                              hedui_span run, hedui_err *err);

/** Name of the view at `index` from 0, with its ending .sql; NULL past the end. */
const char *hedui_report_view(uint32_t index);

/**
 * Write all reports of a run into `folder`, each replaced whole. The name of the run is part of
 * each file name.
 *
 * @return E1004 for the first that cannot be written; those before it stand.
 */
hedui_status hedui_report_write(hedui_report_files *files, const char *folder, hedui_store *store,
                                hedui_span run, hedui_arena *arena, hedui_err *err);

#endif
