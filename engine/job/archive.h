/** @file
 * The archive: the deliveries that flags rest on, kept by their digest so that a flag can be
 * derived again from the bytes that caused it.
 */
#ifndef HEDUI_JOB_ARCHIVE_H
#define HEDUI_JOB_ARCHIVE_H

#include "run/result.h"

#include <hedui/arena.h>
#include <hedui/err.h>
#include <hedui/stop.h>

/**
 * Copy every delivery of a run that is not in the archive yet to `archive`/<digest>.gz (mode 0400).
 *
 * @param result  Its deliveries name the files in `inbox`.
 * @param stop    Asked with every piece that is copied.
 * @return HEDUI_E5023 if it was stopped, HEDUI_E8010 if a file is no longer the one that was read,
 * E1002, E1003, E1004, E1006.
 */
hedui_status hedui_archive_keep(const char *archive, const char *inbox,
                                const hedui_run_result *result, const hedui_stop *stop,
                                hedui_arena *arena, hedui_err *err);

/**
 * Delete what an earlier call left half done in the folder of the archive: copies without their
 * name, and folders of replays that nobody is making any more (see hedui_archive_claim). Everything
 * else in the folder is left alone. One run at a time: the caller holds the store's lock.
 */
void hedui_archive_sweep(const char *archive);

/** Make a folder for a replay in the archive and hold it, so that no sweep takes it away.
 * @param folder  Set to its path in `arena`. @param fd  Holds it until closed. HEDUI_E1006. */
hedui_status hedui_archive_claim(const char **folder, int *fd, const char *archive,
                                 hedui_arena *arena, hedui_err *err);

/** Delete such a folder with all it holds. */
void hedui_archive_delete(const char *folder);

/** Path of an archived delivery in `arena`; NULL without memory. It need not exist. */
const char *hedui_archive_path(const char *archive, const hedui_digest *digest, hedui_arena *arena);

#endif
