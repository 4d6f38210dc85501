/** @file
 * The archive: the deliveries that flags rest on, kept by their digest so that a flag can be
 * derived again from the bytes that caused it.
 */
#ifndef HEDUI_JOB_ARCHIVE_H
#define HEDUI_JOB_ARCHIVE_H

#include "run/result.h"

#include <hedui/arena.h>
#include <hedui/err.h>

/**
 * Copy every delivery of a run that is not in the archive yet to `archive`/<digest>.gz (mode 0400).
 *
 * @param result  Its deliveries name the files in `inbox`.
 * @return HEDUI_E8010 if a file is no longer the one that was read, E1002, E1003, E1004, E1006.
 */
hedui_status hedui_archive_keep(const char *archive, const char *inbox,
                                const hedui_run_result *result, hedui_arena *arena, hedui_err *err);

/** Path of an archived delivery in `arena`; NULL without memory. It need not exist. */
const char *hedui_archive_path(const char *archive, const hedui_digest *digest, hedui_arena *arena);

#endif
