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

/** Survey a file by the layout that its name or `feed` calls for. @param delivery  Set on success;
 * owned by the caller, its layout in `arena`. @return as hedui_feed_check. */
hedui_status hedui_feed_survey(hedui_delivery **delivery, const char *path, const char *feed,
                               const char *const *folders, size_t folder_count, hedui_arena *arena,
                               hedui_err *err);

#endif
