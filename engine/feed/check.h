/** @file
 * What a scanned delivery holds, told for people.
 */
#ifndef HEDUI_FEED_CHECK_H
#define HEDUI_FEED_CHECK_H

#include "feed/delivery.h"

#include <hedui/feed.h>

/** @param report  Set on success; in `arena`, layouts and words borrowed. */
hedui_status hedui_feed_tell(hedui_feed_report **report, const hedui_delivery *delivery,
                             hedui_arena *arena, hedui_err *err);

#endif
