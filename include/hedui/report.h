/** @file
 * Reports: what the store holds about a run, as files for people and for programs. They are made
 * from the store's own questions and views, so that they agree with it, and are equal byte for byte
 * for equal stores: no clock, no timings.
 */
#ifndef HEDUI_REPORT_H
#define HEDUI_REPORT_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/store_run.h>

/** Paths of what hedui_report_write has written; they live in its arena. NULL: not asked for. */
typedef struct hedui_report_files {
    const char *html;           /**< run report for people */
    const char *json;           /**< the same for programs */
    const char *summary_html;   /**< flags by rule and town, for leaders */
    const char *flags_csv;      /**< one row a flag */
    const char *households_csv; /**< one row a household: "not flagged" is an answer too */
    const char *rejects_csv;    /**< one row a rejected row */
    const hedui_store_run *run; /**< the run as it was read back for them */
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
 * @param run      Its name, never empty.
 * @param format   "html", "json" or "csv": only files of this kind; NULL: all.
 * @param threads  With more than 1, two write the lists, the second over a connection of its own.
 * @return E1004 for the first that cannot be written; those before it stand, and of those behind it
 *         what was written meanwhile.
 */
hedui_status hedui_report_write(hedui_report_files *files, const char *folder, hedui_store *store,
                                hedui_span run, const char *format, int threads, hedui_arena *arena,
                                hedui_err *err);

/** A report that can be built from a stored run. */
typedef struct hedui_report_kind {
    const char *name;              /**< "ledger" */
    const char *id;                /**< "R1" */
    const char *zh, *en;           /**< title */
    const char *whom_zh, *whom_en; /**< who holds it in their hands */
    const char *const *formats; /**< "xlsx", "html" …, ended by NULL; the first is the usual one */
    int by_town;                /**< 1: one file a town, more where a town has many households */
    int by_household; /**< 1: households can be named; without by_town they must be, and each has a
                         file of its own */
    int by_source;    /**< 1: one file a department with something to be told */
    int by_run;       /**< 1: what hedui_report_write writes, in every format unless one is named */
} hedui_report_kind;

/** The reports in the order of their ids; NULL past the end. */
const hedui_report_kind *hedui_report_kind_at(uint32_t index);

typedef struct hedui_report_request {
    const char *kind;
    const char *format;    /**< NULL: the usual one */
    const char *folder;    /**< exists */
    hedui_span run;        /**< empty: the latest run */
    hedui_span town;       /**< name or code; empty: every town with flags */
    hedui_span households; /**< ids between commas, of any town, flagged or not; may be empty */
} hedui_report_request;

/**
 * Build a report from what the store holds: files of mode 0600 that appear whole or not at all,
 * masked, equal byte for byte for equal stores.
 *
 * @param paths  Set to the files written, in `arena`. A town without flags, of this run or kept
 *              as not checked, has none unless named.
 * @return HEDUI_E7001 … E7008, E5014, E5015 no such household, E5016, E5025 purged, E1004 for the
 *         first file that cannot be written; those before it stand.
 */
hedui_status hedui_report_build(const char *const **paths, size_t *count, hedui_store *store,
                                const hedui_report_request *request, hedui_arena *arena,
                                hedui_err *err);

#endif
