/** @file
 * Deleting what was found about people when its time is over, in the store and in the archive.
 *
 * What a run that stays rests on stays: its deliveries, layouts, packs and prior, and the
 * deliveries that evidence of its flags or of findings under an override comes from. Everything
 * else that was archived goes. The store says so first, with who and why; then the files are
 * deleted. A purge that was struck in between is finished by the next one or by the next run.
 */
#ifndef HEDUI_JOB_PURGE_H
#define HEDUI_JOB_PURGE_H

#include <hedui/store_purge.h>
#include <hedui/store_run.h>
#include <hedui/workspace.h>

typedef struct hedui_job_purge_options {
    int32_t before;  /**< runs as of an earlier day go */
    hedui_span keep; /**< the oldest run to keep; empty: the newest with which only runs before that
                          day go */
    hedui_span person, reason;
    int32_t day; /**< of the purge */
    int64_t at;  /**< seconds since 1970, information only; INT64_MIN unknown */
    int dry;     /**< 1: only tell what would go */
} hedui_job_purge_options;

typedef struct hedui_job_purge {
    hedui_span keep;
    const hedui_span *runs; /**< whose particulars go */
    size_t run_count;
    hedui_archived_list files;  /**< of the archive, by kind and digest */
    const hedui_store_run *all; /**< runs of the store before, the newest first */
    size_t all_count;
} hedui_job_purge;

/**
 * Purge. Files that no run knows (of nights that failed) go if they were written before that day.
 *
 * @param purge  Set on success; lives in `arena`.
 * @return HEDUI_E8517 if there is no run to keep from, HEDUI_E5005, E5014, E5020, E5026, E5047,
 *         HEDUI_E1004 if a file cannot be deleted: it is on record and goes the next time.
 */
hedui_status hedui_job_purge_work(hedui_job_purge *purge, const hedui_workspace *workspace,
                                  const hedui_job_purge_options *options, hedui_arena *arena,
                                  hedui_err *err);

/** Delete what a purge has put on record and was struck before it had deleted; mostly nothing.
 * @return HEDUI_E5005 while a run is at work, HEDUI_E1004. */
hedui_status hedui_job_purge_resume(const hedui_workspace *workspace, hedui_arena *arena,
                                    hedui_err *err);

/**
 * Check that the archive has what the store rests on: every delivery with its size, every listing
 * with its digest, every file that one names.
 *
 * @param files  Set to their number.
 * @return HEDUI_E8029 (exit 8) if some are gone that nobody purged, HEDUI_E8021 if one is another.
 */
hedui_status hedui_job_check_archive(int64_t *files, const hedui_workspace *workspace,
                                     hedui_store *store, hedui_arena *arena, hedui_err *err);

#endif
