/** @file
 * The rows of a case and of the people outside the caseload.
 */
#ifndef HEDUI_DEMO_ROWS_H
#define HEDUI_DEMO_ROWS_H

#include "demo/out.h"

/** Write all rows of a case into the five deliveries. */
hedui_status hedui_demo_case_rows(hedui_demo_out outs[HEDUI_DEMO_FEEDS], hedui_demo_case *made,
                                  hedui_err *err);

/** Begin a car's row up to its owner, for cases and strangers alike. */
void hedui_demo_car_row(hedui_demo_row *row, const hedui_demo_car *car, const char *status,
                        const char *document, uint32_t brand);

/** Write the rows that an earlier caseload had: of its households, of its members. */
hedui_status hedui_demo_case_before(hedui_demo_out outs[2], hedui_demo_case *made, hedui_err *err);

/** How many rows of strangers a feed of a county gets, and what is planted among them. */
uint64_t hedui_demo_stranger_count(hedui_demo_feed feed, const hedui_demo_options *options);

/** Write stranger `index` of `count` of a registry feed. */
hedui_status hedui_demo_stranger_row(hedui_demo_out *out, uint64_t index, uint64_t count,
                                     const hedui_demo_options *options, hedui_err *err);

/** One quirk among the strangers of a feed; HEDUI_DEMO_FURTHER: of every further feed. */
typedef struct hedui_demo_stray {
    const char *name, *zh;
    hedui_demo_feed feed;
    uint16_t per_million; /**< of the feed's strangers; at least one */
    const char *reason;   /**< rejected for, or NULL */
} hedui_demo_stray;

/** The stray quirk number `index` of a feed, or NULL. */
const hedui_demo_stray *hedui_demo_stray_at(hedui_demo_feed feed, uint32_t index);

/** How many rows of it a feed with so many strangers holds. */
uint64_t hedui_demo_stray_count(const hedui_demo_stray *stray, uint64_t strangers);

#endif
