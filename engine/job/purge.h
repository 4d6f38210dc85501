/** @file
 * What other jobs need of a purge.
 */
#ifndef HEDUI_JOB_PURGE_INTERNAL_H
#define HEDUI_JOB_PURGE_INTERNAL_H

#include <hedui/job_purge.h>

/** Delete the files that a purge has put on record and not deleted yet. With the store's lock held,
 * before anything is archived. HEDUI_E1004. */
hedui_status hedui_job_purge_finish(hedui_store *store, const char *archive, hedui_arena *arena,
                                    hedui_err *err);

/** Say that a run was purged: when, by whom, and which of its deliveries went from the archive.
 * @return HEDUI_E8028; HEDUI_E5025 if there is no record of it. */
hedui_status hedui_job_tell_purged(hedui_store *store, hedui_span run, hedui_arena *arena,
                                   hedui_err *err);

#endif
