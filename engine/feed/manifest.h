/** @file
 * The list that may come with a delivery (<anything>.manifest.yaml): what was sent, bindingly.
 */
#ifndef HEDUI_FEED_MANIFEST_H
#define HEDUI_FEED_MANIFEST_H

#include "feed/delivery.h"

/** One file of a manifest. */
typedef struct hedui_manifest_file {
    hedui_span file, feed; /**< `feed` may be empty */
    hedui_span answers;    /**< number of the query list that it answers; may be empty */
    hedui_promise promise;
    uint32_t line; /**< in the manifest */
} hedui_manifest_file;

typedef struct hedui_manifest {
    const char *path;
    int32_t delivery; /**< the day, or HEDUI_DAY_NONE */
    const hedui_manifest_file *files;
    uint32_t file_count;
} hedui_manifest;

/**
 * Read a manifest. All of it lives in `arena`.
 *
 * @return E11xx; HEDUI_E2034 for a file name that is not a plain name of letters, digits, dots,
 *         hyphens and underscores; HEDUI_E2035 for a file named twice; HEDUI_E2011 for a bad
 * digest or a bad number of a query list.
 */
hedui_status hedui_manifest_load(const hedui_manifest **manifest, const char *path,
                                 hedui_arena *arena, hedui_err *err);

/** 1 for a plain name of letters, digits, dots, hyphens and underscores, which a manifest may name.
 */
int hedui_manifest_is_name(hedui_span name);

#endif
