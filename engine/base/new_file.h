/** @file
 * A file that is written piece by piece and appears under its name whole, or not at all.
 */
#ifndef HEDUI_BASE_NEW_FILE_H
#define HEDUI_BASE_NEW_FILE_H

#include <hedui/arena.h>
#include <hedui/err.h>

typedef struct hedui_new_file hedui_new_file;

/**
 * Begin a file (mode 0600) beside `path`, under a name that starts with a dot: no inbox lists it.
 *
 * @param file  Set on success; in `arena`, to be closed before the arena is.
 * @return HEDUI_E1001, HEDUI_E1004.
 */
hedui_status hedui_new_file_open(hedui_new_file **file, const char *path, hedui_arena *arena,
                                 hedui_err *err);

/** Where the bytes are until they are published. */
const char *hedui_new_file_place(const hedui_new_file *file);

/** Append. HEDUI_E1004. */
hedui_status hedui_new_file_add(hedui_new_file *file, hedui_span bytes, hedui_err *err);

/** Make what was written durable. HEDUI_E1004; a failed fsync is never retried. */
hedui_status hedui_new_file_sync(hedui_new_file *file, hedui_err *err);

/**
 * Give the file its name and make the name durable; to be called after hedui_new_file_sync.
 *
 * @param replace  0: another file under the name is never touched, and HEDUI_E1008 says so.
 * @return HEDUI_E1004, HEDUI_E1008.
 */
hedui_status hedui_new_file_publish(hedui_new_file *file, int replace, hedui_err *err);

/**
 * The same for many files of one folder: the name is durable only after hedui_folder_sync, which
 * the caller calls once for all of them.
 */
hedui_status hedui_new_file_name(hedui_new_file *file, int replace, hedui_err *err);

/** Drop the file unless it was published. NULL is accepted. */
void hedui_new_file_close(hedui_new_file *file);

/**
 * A file without a name in `folder`, gone when its descriptor is closed.
 *
 * @param fd  Set on success, open for reading and writing; the caller's.
 * @return HEDUI_E1001, HEDUI_E1004.
 */
hedui_status hedui_nameless_open(int *fd, const char *folder, hedui_arena *arena, hedui_err *err);

#endif
