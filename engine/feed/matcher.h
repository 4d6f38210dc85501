/** @file
 * How the feed layer asks which people matter, without knowing the caseload.
 */
#ifndef HEDUI_FEED_MATCHER_H
#define HEDUI_FEED_MATCHER_H

#include <hedui/citizen_id.h>

#include <stdint.h>

/** Nobody the run cares about. */
#define HEDUI_PERSON_NONE UINT32_MAX

/** Numbers asked about at a time. */
enum { HEDUI_MATCH_BATCH = 64 };

/** Given by the caller of a scan. Called from the thread of the scan; shared by several scans at
 * once, so `find` must only read. */
typedef struct hedui_matcher {
    const void *context;
    /** For each of `count` (at most HEDUI_MATCH_BATCH) numbers set `persons[i]` to the caller's
     * index of the person (without a gap 0.., the same for all feeds) or HEDUI_PERSON_NONE. */
    void (*find)(const void *context, const hedui_citizen_id *ids, uint32_t count,
                 uint32_t *persons);
} hedui_matcher;

#endif
