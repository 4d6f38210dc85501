/** @file
 * What earlier runs mean for this one: an input like any file, with a digest of its own.
 */
#ifndef HEDUI_RULE_PRIOR_H
#define HEDUI_RULE_PRIOR_H

#include <hedui/digest.h>
#include <hedui/span.h>

#include <stdint.h>

/** The last accepted delivery of a feed, against which change is measured. */
typedef struct hedui_baseline {
    hedui_span feed;
    int64_t records, matched;
    int64_t content_length;
    uint32_t content_crc;
    int32_t cut_off; /**< day number, INT32_MIN unknown */
} hedui_baseline;

typedef struct hedui_prior {
    const hedui_baseline *baselines; /**< at most one a feed */
    uint32_t baseline_count;
    hedui_digest digest;
} hedui_prior;

#endif
