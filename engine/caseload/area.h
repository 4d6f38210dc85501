/** @file
 * The tree of areas (areas.csv): county, towns, villages, by administrative code.
 */
#ifndef HEDUI_CASELOAD_AREA_H
#define HEDUI_CASELOAD_AREA_H

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>
#include <hedui/span.h>
#include <hedui/table.h>

#include <stdint.h>

/** Not in the tree; also the parent of the root. */
#define HEDUI_AREA_NONE UINT32_MAX

typedef struct hedui_area {
    hedui_span code, name;
    uint32_t parent;
    uint32_t depth; /**< 0 for the root */
} hedui_area;

typedef struct hedui_areas {
    const hedui_area *list;
    uint32_t count, root;
    hedui_table by_code;
    hedui_digest digest; /**< of the file */
} hedui_areas;

/**
 * Load areas.csv: UTF-8, comma separated, a header line with code, name, parent and urban_rural;
 * parents may stand anywhere in the file; exactly one row has no parent, and it is `root`.
 *
 * @param areas  Set on success; lives in `arena`.
 * @param root   Code of the workspace's area.
 * @return HEDUI_E4001 (columns), E4002 (a code twice), E4003 (unknown parent or a circle), E4004
 *         (root missing or not the only one), E4006 (a name is not UTF-8), E10xx.
 */
hedui_status hedui_areas_load(const hedui_areas **areas, const char *path, hedui_span root,
                              hedui_arena *arena, hedui_err *err);

/** Index of the area with this code, or HEDUI_AREA_NONE. */
uint32_t hedui_areas_find(const hedui_areas *areas, hedui_span code);

/** The ancestor of `area` at `depth` (itself if it stands there), HEDUI_AREA_NONE if it stands
 * higher. Depth 1 is the town level under a county. */
uint32_t hedui_areas_at_depth(const hedui_areas *areas, uint32_t area, uint32_t depth);

#endif
