/** @file
 * Rows handed over, a window at a time, to threads that have nothing else to do. The scan goes on
 * unpacking and finding the ends of rows; what comes back is settled in the order of the file, so
 * that nothing found can hang on who read what.
 */
#ifndef HEDUI_FEED_SHARE_H
#define HEDUI_FEED_SHARE_H

#include "feed/csv.h"

#include <hedui/err.h>

struct hedui_scan;

typedef struct hedui_share hedui_share;

/** To be called when no row waits: from now on rows are handed over, if there is somebody to take
 * them and the rows read so far left nothing open. HEDUI_E1001. */
hedui_status hedui_share_begin(struct hedui_scan *scan, hedui_err *err);

/** 1 while rows are to be handed over. */
int hedui_share_goes_on(const struct hedui_scan *scan);

/** The row at the front of the window. */
hedui_status hedui_share_row(struct hedui_scan *scan, const hedui_csv_row *row, hedui_err *err);

/** The window is to move: what was put together is handed over. Rows are still taken if anybody
 * reads beside the scan. */
hedui_status hedui_share_send(struct hedui_scan *scan, hedui_err *err);

/** Settle all that was handed over. */
hedui_status hedui_share_end(struct hedui_scan *scan, hedui_err *err);

/** Nobody reads for the scan any more; what was not settled is lost. NULL is accepted. */
void hedui_share_close(hedui_share *share);

#endif
