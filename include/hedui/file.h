/** @file
 * Whole files: read with a bound, replace so that a reader sees the old or the new one, never half.
 */
#ifndef HEDUI_FILE_H
#define HEDUI_FILE_H

#include <hedui/arena.h>
#include <hedui/err.h>

/**
 * Read a whole file.
 *
 * @param text   Set on success; lives in `arena`, NUL-terminated behind its length.
 * @param limit  Largest size accepted, in bytes.
 * @return HEDUI_E1001, HEDUI_E1002 (cannot open), HEDUI_E1003 (cannot read), HEDUI_E1005 (too
 * large).
 */
hedui_status hedui_file_read(hedui_span *text, const char *path, size_t limit, hedui_arena *arena,
                             hedui_err *err);

/**
 * Replace a file whole: temporary file in the same folder (mode 0600), fsync, rename, fsync of the
 * folder. A failed fsync is never retried (the kernel may have dropped the pages).
 *
 * @return HEDUI_E1004; the file at `path` is then as it was.
 */
hedui_status hedui_file_replace(const char *path, hedui_span content, hedui_err *err);

/** Make a folder (mode 0700) and those above it; one that exists is fine. HEDUI_E1006. */
hedui_status hedui_folder_make(const char *path, hedui_err *err);

/** Make the names in a folder durable (fsync). HEDUI_E1004. */
hedui_status hedui_folder_sync(const char *path, hedui_err *err);

/**
 * List the plain file names of a folder in byte order, without those that start with a dot.
 *
 * @param names  Set on success to an array in `arena`.
 * @param count  Its length.
 */
hedui_status hedui_folder_list(const char *const **names, size_t *count, const char *path,
                               hedui_arena *arena, hedui_err *err);

/** 1 if something stands at `path`. */
int hedui_file_exists(const char *path);

/** `folder` and `name` joined by a slash, in `arena`; NULL without memory. An absolute `name` is
 * taken as it is. */
const char *hedui_path_join(const char *folder, const char *name, hedui_arena *arena);

#endif
