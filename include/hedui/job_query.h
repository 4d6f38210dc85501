/** @file
 * Writing a query list: the people whom a department is to look up, with whole numbers, on record.
 */
#ifndef HEDUI_JOB_QUERY_H
#define HEDUI_JOB_QUERY_H

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/workspace.h>

#include <stdint.h>

/** What a list says, before and after it is written. */
typedef struct hedui_query_made {
    hedui_span number, title;   /**< Q20140705-01; of the feed */
    hedui_span source, charset; /**< the department; "UTF-8", "GB18030" */
    const char *path;           /**< of the file */
    int32_t day, answer_by;     /**< INT32_MAX: no last day */
    int64_t asked, entries;     /**< people; rows (a person under two names has two) */
    int64_t omitted;            /**< members who are not asked about, see hedui/store_query.h */
    int64_t unreadable;         /**< member rows without a number that could be asked */
    const char *const *reasons; /**< codes of HEDUI_LABEL_OMITTED that occur … */
    const int64_t *counts;      /**< … and how often */
    uint32_t reason_count;
    int written;
} hedui_query_made;

typedef struct hedui_query_options {
    hedui_span feed;   /**< name of a layout of hits or verdicts */
    hedui_span person; /**< who writes it, required */
    int32_t day;       /**< of the query: on it authorisations must be live */
    int32_t days;      /**< for the answer; -1: as long as the layout lets data age */
    int64_t at;        /**< seconds since 1970, information only; INT64_MIN unknown */
    int dry_run;       /**< 1: write and keep nothing */
    /** Asked once all is known and nothing is written; a failure is passed on. NULL: not asked. */
    hedui_status (*agree)(void *context, const hedui_query_made *made, hedui_err *err);
    void *context;
} hedui_query_options;

/**
 * Write the list of one feed: `out`/requests/<feed>-<number>.csv, mode 0600, in the layout's
 * character set; what spreadsheets would round or run is guarded. It is kept in the store before
 * the file gets its name, so that no list is out that nobody recorded. Holds the store's lock.
 *
 * @param made    Filled on success; lives in `arena`.
 * @return HEDUI_E4014 (no such layout), E2180 (it answers no lists), E2183 (no person), E2181
 *         (nobody to ask), E2182 (character set), E4010, E4011 (caseload), E5005 (a run is at
 *         work), E5xxx, E10xx: then no list was written and none is kept.
 */
hedui_status hedui_query_write(hedui_query_made *made, const hedui_workspace *workspace,
                               const hedui_query_options *options, hedui_arena *arena,
                               hedui_err *err);

#endif
