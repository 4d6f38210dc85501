/** @file
 * The files of an inbox, each with the layout that its name calls for.
 */
#ifndef HEDUI_FEED_INBOX_H
#define HEDUI_FEED_INBOX_H

#include "feed/delivery.h"
#include "feed/layout.h"

/** One file of the inbox. */
typedef struct hedui_inbox_file {
    const char *path, *name;
    const hedui_layout *layout;   /**< NULL: no layout's name pattern fits; to be named to people */
    const hedui_promise *promise; /**< from a manifest, or NULL */
    int delta;                    /**< 1: changes since the delivery before */
    int32_t cut_off;              /**< by manifest, else by the file's name, else HEDUI_DAY_NONE */
    hedui_span answers; /**< the query list that it answers: by manifest, else by the name of
                             a file of hits or verdicts; may be empty */
    uint64_t size;
} hedui_inbox_file;

/**
 * List an inbox: plain files in byte order of their names, dot files left out.
 *
 * @param files   Set on success to an array in `arena`. Manifests (*.manifest.yaml) are read, bound
 *                to the files they name and not listed.
 * @return HEDUI_E2030 if two layouts fit one file, E2032 to E2037 for manifests.
 */
hedui_status hedui_inbox_list(const hedui_inbox_file **files, size_t *count, const char *folder,
                              const hedui_layouts *layouts, hedui_arena *arena, hedui_err *err);

/** 1 if the name is that of a delta of this layout. */
int hedui_inbox_is_delta(const hedui_layout *layout, const char *file_name);

/** The layout whose name pattern fits; NULL and HEDUI_OK if none. HEDUI_E2030 if several do.
 *
 * @param delta  Set too, unless NULL: 1 if the name is that of a delta.
 */
hedui_status hedui_inbox_layout(const hedui_layout **layout, int *delta, const char *file_name,
                                const hedui_layouts *layouts, hedui_err *err);

#endif
